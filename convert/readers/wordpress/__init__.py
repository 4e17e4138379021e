"""WordPress: its export file (WXR) in `wxr`, a post from its REST API in `rest`, and what both share."""
