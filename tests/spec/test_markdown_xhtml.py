"""Every example of CommonMark and GFM: what is read, written as XHTML, is the HTML that the specification gives."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from markdown_it import MarkdownIt
from msgspec import structs

from convert.themes.load import load_theme
from convert.tree import Document, Link
from convert.tree.walk import rewrite
from convert.world import Picture
from convert.writers.base import Options
from convert.writers.xhtml import article
from tests.spec.html_form import BASE, form
from tests.spec.test_markdown_round_trip import SUITES, pages, read

THEME = load_theme("base")
PICTURE = Picture(b"\x89PNG", "image/png", 1, 1)
RAW = MarkdownIt("commonmark")

EMPTY = "an element that holds nothing is no node"
NOWHERE = "a link that leads nowhere is its words"
SCHEME = "a link leads to web, mail or telephone addresses, or is its words"
BARE = "GFM's autolinks are on"

OTHERWISE: dict[tuple[str, int], str] = {
    ("commonmark", 25): "a paragraph does not begin with a space, be it one that does not break",
    ("commonmark", 79): EMPTY,
    ("commonmark", 202): NOWHERE,
    ("commonmark", 220): EMPTY,
    ("commonmark", 241): EMPTY,
    ("commonmark", 242): EMPTY,
    ("commonmark", 487): NOWHERE,
    ("commonmark", 488): NOWHERE,
    ("commonmark", 503): NOWHERE,
    ("commonmark", 569): NOWHERE,
    ("commonmark", 598): SCHEME,
    ("commonmark", 600): SCHEME,
    ("commonmark", 601): SCHEME,
    ("commonmark", 603): SCHEME,
    ("commonmark", 610): BARE,
    ("commonmark", 613): BARE,
    ("commonmark", 614): BARE,
    ("gfm", 628): SCHEME,
    ("gfm", 631): "the parser's autolinks of mail begin after an underscore",
    ("gfm_extensions", 19): "hosts are written in ASCII, and no autolink begins after a quotation mark",
}
"""Examples whose page differs, and why. One that no longer does must leave this list. What GFM's specification repeats
from CommonMark's (see `REPEATED`) is not named twice."""

REPEATED = {
    321: 25, 49: 79, 169: 202, 187: 220, 217: 241, 218: 242, 495: 487, 496: 488, 509: 503, 575: 569, 604: 598, 606: 600,
    607: 601, 609: 603, 616: 610, 619: 613, 620: 614,
}  # fmt: skip
"""GFM's number of an example, and CommonMark's."""

WITHOUT = {("gfm_extensions", 20), ("gfm_extensions", 23)}
"""Examples that give no HTML ("<IGNORE>"), and one that gives footnotes' own: markup that no standard has."""

UNDER_A_TITLE = "---\ntitle: t\n---\n\n"
"""Front matter below which a first heading is not the article's headline, which would be plain words."""


def page(markdown: str) -> str:
    """The first reading as XHTML; links and pictures lead where the Markdown says, seen from a page of ours."""
    document = read(markdown.encode())
    if markdown.startswith(UNDER_A_TITLE):
        document = structs.replace(document, metadata=structs.replace(document.metadata, title=""))
    sources = {key: asset.source for key, asset in document.assets.items()}
    made: Document = rewrite(document, lambda node: _whole(node) if isinstance(node, Link) else node)
    pictures = dict.fromkeys(sources, PICTURE)
    return article.make(made, pictures, THEME, Options(), "", lambda key, _: sources[key]).markup


def _whole(link: Link) -> Link:
    return Link(link.content, urljoin(BASE + "/", link.href), link.title)


def is_page_of(markdown: str, html: str) -> bool:
    """Whether an example's HTML is its page, with its first heading for a headline or below another one."""
    wanted = form(html)
    return form(page(markdown)) == wanted or form(page(UNDER_A_TITLE + markdown)) == wanted


def is_raw(markdown: str) -> bool:
    """Whether an example holds raw HTML, which an article has no place for."""
    tokens = RAW.parse(markdown)
    return any(
        token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ())
        for token in tokens
    )


@pytest.mark.parametrize("suite", SUITES)
def test_every_example_becomes_the_page_of_the_specification(suite: str, shared: Path) -> None:
    given = {number: pair for number, pair in pages(shared, suite).items() if not is_raw(pair[0])}
    differing = {number for number, (markdown, html) in given.items() if not is_page_of(markdown, html)}
    named = {number for name, number in OTHERWISE if name == suite}
    named |= set(REPEATED) if suite == "gfm" else set()
    assert differing == named | {number for name, number in WITHOUT if name == suite}


def test_what_is_repeated_is_the_same_example(shared: Path) -> None:
    ours, theirs = pages(shared, "gfm"), pages(shared, "commonmark")
    for number, first in REPEATED.items():
        assert ours[number][0].replace("http:", "https:") == theirs[first][0], number
        assert ("commonmark", first) in OTHERWISE


def test_the_list_is_short() -> None:
    assert len(OTHERWISE) <= 20
