"""How well structure is recovered, from flat text and from web pages: fitting and measuring."""
