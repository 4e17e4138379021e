"""copydesk: one article in, every format out."""
