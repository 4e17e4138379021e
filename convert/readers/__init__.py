"""Readers: one module an input format, found by name and imported on use."""

from __future__ import annotations

READERS = {
    "pandoc": "convert.readers.pandoc:Reader",
    "json": "convert.readers.json:Reader",
    "ninjs": "convert.readers.ninjs:Reader",
    "wxr": "convert.readers.wordpress.wxr:Reader",
    "wordpress": "convert.readers.wordpress.rest:Reader",
    "ghost": "convert.readers.ghost:Reader",
    "feed": "convert.readers.feed:Reader",
    "nitf": "convert.readers.nitf:Reader",
    "newsml": "convert.readers.newsml:Reader",
    "text": "convert.readers.text:Reader",
    "markdown": "convert.readers.markdown:Reader",
    "html": "convert.readers.html:Reader",
    "docx": "convert.readers.docx:Reader",
}
"""Input formats by name. Sniffing asks them in this order and takes the first that is surest."""
