"""Formats by name, and which reader an article gets."""

from __future__ import annotations

import pytest

from convert import formats
from convert.errors import CopydeskError, UsageError
from convert.world import Source
from convert.writers import ALIASES, WRITERS

MARKDOWN = b"# A title\n\nWords with *emphasis*, a [link](https://example.com).\n\n- one\n- two\n"
TEXT = b"A title\n\nWords.\n"
TREE = b'{"copydesk": 1, "document": {}}'
WORD = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(16) + b"\x13\x00\x00\x00[Content_Types].xml"
PAGE = b"<!DOCTYPE html><title>A title</title><p>Words.</p>"


@pytest.mark.parametrize(("name", "data", "media_type", "found"), [
    ("a.txt", TEXT, "", "text"),
    ("a.TXT", TEXT, "", "text"),
    ("a.md", TEXT, "", "markdown"),
    ("a.markdown", TEXT, "", "markdown"),
    ("a.txt", MARKDOWN, "", "text"),  # the name says more than a few signs
    ("a.json", TREE, "", "json"),
    ("a.txt", TREE, "", "json"),
    ("", TREE, "", "json"),
    ("", b"---\ntitle: A title\n---\n\nWords.\n", "", "markdown"),
    ("article", MARKDOWN, "", "markdown"),
    ("", MARKDOWN, "", "markdown"),
    ("article", TEXT, "", "text"),
    ("", TEXT, "text/markdown", "markdown"),
    ("", TEXT, "text/plain", "text"),
    ("a.pdf", b"%PDF-1.7\n\0", "", "text"),  # whose sentence about binary files is the right one
    ("a.md", b"", "", "text"),
    ("a.html", PAGE, "", "html"),
    ("a.txt", PAGE, "", "html"),  # a page is a page, whatever it is called
    ("a.xhtml", b"<?xml version='1.0'?>\n<!DOCTYPE html><html/>", "", "html"),
    ("", b"<p>A fragment.</p>", "", "html"),
    ("a.docx", WORD, "", "docx"),
    ("", WORD, "", "docx"),
    ("a.txt", WORD, "", "docx"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "", "docx"),  # whose sentence about old files is right
    ("", b"<div>A fragment.</div>", "text/html", "html"),
    ("", b"<div>\n\n# A title\n\n[a](https://example.org/)\n\n</div>\n", "", "markdown"),
    ("a.md", b"<div>\n\n# A title\n\n[a](https://example.org/)\n\n</div>\n", "", "markdown"),
])  # fmt: skip
def test_the_reader_that_an_article_gets(name: str, data: bytes, media_type: str, found: str) -> None:
    assert formats.reader_for(Source(data, name, media_type=media_type)).name == found


@pytest.mark.parametrize(("name", "data", "code"), [
    ("", TEXT, "format.unclear"),
    ("a.txt", b"<?xml version='1.0'?><svg><body/></svg>", "format.unsupported"),
    ("a.json", b'{"name": "x"}', "format.unsupported"),
])  # fmt: skip
def test_an_article_that_nobody_reads(name: str, data: bytes, code: str) -> None:
    with pytest.raises(CopydeskError) as caught:
        formats.reader_for(Source(data, name))
    assert caught.value.code == code
    assert "--from" in caught.value.text


def test_every_format_has_what_a_format_needs() -> None:
    for name in WRITERS:
        made = formats.writer(name)
        assert (made.name, made.suffix[0]) == (name, ".")
        assert "/" in made.media_type
    suffixes = [formats.writer(name).suffix for name in WRITERS]
    assert len(set(suffixes)) == len(suffixes)  # or two formats of one article would be one file
    for alias, name in ALIASES.items():
        assert formats.format_name(alias) == name
    for name in formats.reader_names():
        assert formats.reader(name).name == name


@pytest.mark.parametrize(("name", "hint"), [("doxc", "Did you mean “docx”?"), ("zzzz", "There are: markdown, docx")])
def test_an_unknown_format_gets_a_hint(name: str, hint: str) -> None:
    for find in (formats.writer, formats.format_name):
        with pytest.raises(UsageError, match="is no output format") as caught:
            find(name)
        assert hint in caught.value.text
    with pytest.raises(UsageError, match=r"“txet” is no input format\. Did you mean “text”"):
        formats.reader("txet")
