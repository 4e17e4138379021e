"""What of a page's own structure arrives in the tree: tables, captions, credits, notes.

    python -m benchmarks.structure.kept ../shared/bench [--misses]

For each page of the benchmark, the part that is read as the article is asked by plain queries of its DOM, written
without a look at the reader, how many there are; each counts as kept if the tree has one of its kind with its letters.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.readers.html import Reader
from convert.readers.html.selection import furniture
from convert.tree import Document, Embed, Figure, Gallery, Note, Quote, Table
from convert.tree.text import letters
from convert.tree.walk import find, plain_text
from convert.world import Source

KINDS = ("tables", "captions", "credits", "notes")
FILES = ("html_other", "b_extract", "b_snip_html")
GONE = (
    "script, style, template, noscript, svg, video, audio, button, select, [hidden], sup.reference, [role=doc-noteref]"
)
PICTURE = "img, picture, video, iframe, table"
CAPTION = "figcaption, .wp-caption-text, .caption, .image-caption, .photo-caption, [itemprop=caption]"
CREDIT = ".credit, .photo-credit, .image-credit, .copyright, .wp-media-credit, [itemprop=copyrightHolder]"


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """Every page, by its name, once."""
    seen: set[str] = set()
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                if item["page"] not in seen:
                    seen.add(item["page"])
                    yield item["page"], item["html"]


def key(text: str) -> str:
    """The letters of a text, without case."""
    return letters(text).casefold()


def wanted(html: str) -> dict[str, list[str]]:
    """The letters of each table, caption, credit and note in the part of a page that is the article."""
    parser = LexborHTMLParser(html)
    dropped = furniture(parser)
    captions = [node for node in parser.css(CAPTION) if _is_caption(node)]
    for node in [node for node in parser.css("*") if node.mem_id in dropped]:
        node.decompose()
    led = _led_to(parser)
    for node in parser.css(GONE):
        node.decompose()
    for node in parser.css("[style]"):
        if "display:none" in (node.attributes.get("style") or "").replace(" ", ""):
            node.decompose()
    body = parser.body
    if body is None:
        return {}
    alive = {node.mem_id for node in body.css(CAPTION)}
    kept = [node for node in captions if node.mem_id in alive]
    return {
        "tables": [key(node.text()) for node in body.css("table") if _is_data(node)],
        "captions": [key(node.text()) for node in kept],
        "credits": [key(node.text()) for node in body.css(CREDIT) if _is_in_caption(node, kept)],
        "notes": [key(node.text()) for node in _notes(body, led)],
    }


def _is_data(table: LexborNode) -> bool:
    """Whether a table is one of data: rows and columns, no tables or headings within, not said to be layout."""
    if table.attributes.get("role") in ("presentation", "none") or table.css_first("table table, h1, h2") is not None:
        return False
    rows = [len([cell for cell in row.iter() if cell.tag in ("td", "th")]) for row in table.css("tr")]
    return len(rows) > 1 and max(rows, default=0) > 1 and bool(key(table.text()))


def _is_caption(node: LexborNode) -> bool:
    """Whether an element has words and stands beside a picture, in its figure or the box around it."""
    if not key(node.text()) or node.css_first(PICTURE) is not None:
        return False
    up = node.parent
    while up is not None and up.tag in ("div", "span", "a") and up.css_first(PICTURE) is None and up.parent is not None:
        up = up.parent
    return up is not None and up.tag in ("figure", "div", "span", "a", "li") and up.css_first(PICTURE) is not None


def _is_in_caption(node: LexborNode, captions: list[LexborNode]) -> bool:
    homes = {caption.mem_id for caption in captions}
    up = node.parent
    while up is not None:
        if up.mem_id in homes or up.tag == "figure":
            return bool(key(node.text())) and node.css_first("img, .credit") is None
        up = up.parent
    return False


def _led_to(parser: LexborHTMLParser) -> set[str]:
    """The ids that raised links lead to."""
    return {(link.attributes.get("href") or "")[1:] for link in parser.css("sup a[href^='#'], a[role=doc-noteref]")}


def _notes(body: LexborNode, led: set[str]) -> Iterator[LexborNode]:
    """Items of lists that say they are notes, if a raised link leads to them."""
    for node in body.css("ol.references li[id], ol.footnotes li[id], .footnotes li[id], [role=doc-endnotes] li[id]"):
        if node.attributes.get("id") in led:
            for back in node.css(".mw-cite-backlink, [role=doc-backlink], a[href^='#fnref'], a[href^='#cite_ref']"):
                back.decompose()
            yield node


def held(document: Document) -> dict[str, list[str]]:
    """The letters of what the tree holds, by kind."""
    figures = list(find(document, Figure))
    captions = [
        *((*figure.caption, *figure.credit) for figure in figures),
        *(gallery.caption for gallery in find(document, Gallery)),
        *(table.caption for table in find(document, Table)), *(quote.attribution for quote in find(document, Quote)),
    ]  # fmt: skip
    return {
        "tables": [key(plain_text(table)) for table in find(document, Table)],
        "captions": [key("".join(map(plain_text, parts))) for parts in captions]
        + [key(embed.text) for embed in find(document, Embed)],
        "credits": [key("".join(map(plain_text, figure.credit))) for figure in figures],
        "notes": [key(plain_text(note)) for note in find(document, Note)],
    }


def arrivals(html: str) -> Iterator[tuple[str, str, bool]]:
    """The kind and the letters of each thing that a page has, and whether it arrives in the tree."""
    have = held(Reader().read(Source(html.encode("utf-8", "surrogatepass"), "page.html")).value.document)
    for kind, texts in wanted(html).items():
        for text in texts:
            yield kind, text, any(text in other or sorted(text) == sorted(other) for other in have[kind])


def main(folder: Path, misses: bool) -> None:
    """Print how many of each kind the pages have, and which share arrives."""
    total: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for name, html in pages(folder):
        for kind, text, found in arrivals(html):
            total[kind] += 1
            kept[kind] += found
            if misses and not found:
                print(f"{kind:9} {name}: {text[:100]}")
    for kind in KINDS:
        print(f"{kind:9} {kept[kind]:5} of {total[kind]:5}  {kept[kind] / max(1, total[kind]):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--misses" in sys.argv)
