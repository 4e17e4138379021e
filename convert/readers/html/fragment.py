"""A fragment of HTML, such as the body field of a CMS: its blocks and its reading text, without a page around them."""

from __future__ import annotations

from msgspec import Struct

from convert.errors import LimitError
from convert.readers.html.addresses import Addresses
from convert.readers.html.blocks import Builder
from convert.readers.html.finish import parsed, tell_refused, with_levels, without_rules_at_ends
from convert.readers.html.shape import shape
from convert.readers.html.survey import survey
from convert.readers.html.words import words
from convert.readers.pictures import Pictures
from convert.report import Report
from convert.tree import Block, Note

__all__ = ["LONGEST", "Fragment", "read_fragment"]

LONGEST = 16_000_000
"""Characters of one fragment."""


class Fragment(Struct, frozen=True):
    """What a fragment holds: blocks and notes, and the words of both, taken from the elements themselves."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    text: str = ""
    notes_text: str = ""


def read_fragment(
    html: str, pictures: Pictures, report: Report, where: str, *, base: str = "", page: str = "", language: str = ""
) -> Fragment:
    """The blocks of a fragment; its pictures are added to `pictures`.

    `base` is the address that links are relative to, `page` the article's own, `language` the article's. Nothing
    is left out for being no part of the article but what the markup hides. Raises InputError for what costs too much.
    """
    if len(html) > LONGEST:
        raise LimitError("html.size", f"The article's body has more than {LONGEST:,} characters. Split it.", where)
    parser = parsed(html.replace("\0", ""), report, where)
    root = parser.body
    if root is None or not html.strip():
        return Fragment()
    found = survey(root, frozenset(), page)
    notes = shape(root, found)
    builder = Builder(
        Addresses(base or page, page), pictures, report, where,
        furniture=frozenset(node.mem_id for node in found.furniture), marks=notes.marks, notes=notes.ids,
        targets=frozenset(target for _, target in found.anchors), language=language,
    )  # fmt: skip
    blocks = with_levels(without_rules_at_ends(builder.build(root)))
    tell_refused(builder.addresses, report, where)
    whole = words(root, builder.told, notes.marks)
    for home in notes.homes:
        home.decompose()
    body = words(root, builder.told, notes.marks) if notes.homes else whole
    return Fragment(blocks, tuple(builder.notes), body, whole[len(body) :])
