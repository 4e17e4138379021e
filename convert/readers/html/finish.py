"""What pages and fragments share: how they are parsed, and the last touches to their blocks."""

from __future__ import annotations

from textwrap import shorten

from msgspec import structs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.readers.html.addresses import Addresses
from convert.readers.html.guard import bounded
from convert.report import Report
from convert.tree import Block, Document, Figure, Heading, Image, Rule
from convert.tree.text import letters
from convert.tree.walk import find, rewrite, walk

__all__ = ["parsed", "tell_drawings", "tell_refused", "with_levels", "with_used_assets", "without_rules_at_ends"]

_DESKS = ", ".join(
    f'[class~="{name}" i]' for name in ("not-for-publication", "not_for_publication", "notforpublication", "npa")
)
"""Elements that a system marks as not for publication; NITF calls such notes "npa"."""


def parsed(text: str, report: Report, where: str) -> LexborHTMLParser:
    """The page that the HTML standard makes of markup, within bounds, without what it marks as the desk's.

    Raises InputError.
    """
    safe = bounded(text, where)
    if safe.tags:
        report.add("html.depth", "loss", f"{safe.tags:,} tags nest too deeply; only their text was kept.", where)
    if safe.attributes:
        report.add("html.attributes", "loss", f"{safe.attributes:,} attributes of one tag were left out.", where)
    parser = LexborHTMLParser(safe.html)
    _drop_desks(parser, report)
    return parser


def _drop_desks(parser: LexborHTMLParser, report: Report) -> None:
    """Take out the elements that are not for publication, and say that some were, not what."""
    marked = [node for node in parser.css(_DESKS) if node.tag not in ("html", "body")]
    inside = {node.mem_id for node in marked}
    for node in [one for one in marked if not _is_within(one, inside)]:
        node.decompose()
    if marked:
        report.add("desk.not-for-publication", "info", "What is marked as not for publication stands in no output.")


def _is_within(node: LexborNode, others: set[int]) -> bool:
    up = node.parent
    while up is not None and up.mem_id not in others:
        up = up.parent
    return up is not None


def without_rules_at_ends(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without rules that part nothing: those of a page's layout, and those above notes."""
    first, last = 0, len(blocks)
    while first < last and isinstance(blocks[first], Rule):
        first += 1
    while last > first and isinstance(blocks[last - 1], Rule):
        last -= 1
    return blocks[first:last]


def with_levels(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with headings' levels counted from 1, and none below 5."""
    headings = list(find(Document(blocks=blocks), Heading))
    top = min((heading.level for heading in headings), default=1)
    if top == 1 and all(heading.level <= 5 for heading in headings):
        return blocks

    def level(node: object) -> object:
        return structs.replace(node, level=min(node.level - top + 1, 5)) if isinstance(node, Heading) else node

    return rewrite(Document(blocks=blocks), level).blocks


def with_used_assets(document: Document) -> Document:
    """The document without pictures that nothing shows."""
    used = {node.asset for node in walk(document) if isinstance(node, Figure | Image)} | {document.metadata.lead_image}
    if used.issuperset(document.assets):
        return document
    return structs.replace(document, assets={key: asset for key, asset in document.assets.items() if key in used})


def tell_refused(addresses: Addresses, report: Report, where: str) -> None:
    """Report the links that an article may not have."""
    if addresses.refused:
        shown = ", ".join(sorted(addresses.refused)[:5])
        report.add("link.scheme", "loss", f"Links that lead to no page were made plain text: {shown}.", where)


def tell_drawings(parser: LexborHTMLParser, report: Report, where: str) -> None:
    """Say which words stand in drawings, for they are not read."""
    words = " ".join(node.text(separator=" ") for node in parser.css("body svg text"))
    if letters(words):
        report.add("html.drawing", "loss", f"The words of a drawing were not read: {shorten(words, 200)}", where)
