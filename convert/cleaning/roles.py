"""Acts on what lines are by their look and place: drops the furniture of the page, makes headings."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from convert.cleaning.flat import lines_of
from convert.cleaning.ledger import Marks, block_starts
from convert.cleaning.line_facts import Seen, facts_of
from convert.cleaning.line_roles import Told, Weights, tell
from convert.tree import Block, Document, Heading, List, ListItem, Paragraph, Table, build
from convert.tree.text import block_text

__all__ = ["follow_roles"]

FEWEST_LINES = 12
FEWEST_PROSE = 3
"""A shorter text says too little about what is usual on its page."""


class Part(Struct, frozen=True):
    """A block with its place, and which of the page's lines it makes."""

    block: Block
    at: int
    end: int
    lines: range


def follow_roles(document: Document, marks: Marks) -> Document:
    """Take out paragraphs and lists that belong to the page, and make headings of lines that look like some."""
    seen, parts = _seen(document, marks)
    if len(seen) < FEWEST_LINES or sum(line.prose for line in seen) < FEWEST_PROSE:
        return document
    told = tell(seen, facts_of(seen), Weights.packaged())
    blocks: list[Block] = []
    for part in parts:
        kept = _kept(part, [told[k] for k in part.lines], marks)
        if kept is not None:
            blocks.append(kept)
    return structs.replace(document, blocks=tuple(blocks))


def _kept(part: Part, told: Sequence[Told], marks: Marks) -> Block | None:
    """What becomes of a block: itself, a heading, or nothing."""
    block = part.block
    if not told or not isinstance(block, Paragraph | List) or (isinstance(block, Paragraph) and len(told) > 1):
        return block
    if all(each.role == "furniture" for each in told):
        chance = min(each.chance for each in told)
        text = block_text(block).strip()
        reason = f"Furniture of the web page, by its look and place ({chance:.0%} sure)."
        return None if marks.remove(part.at, part.end, text, reason) else block
    if isinstance(block, Paragraph) and told[0].role == "heading":
        text = block_text(block).strip()
        reason = f"A heading, by its look and place ({told[0].chance:.0%} sure)."
        if marks.respace(part.at, text, f"## {text}", reason):
            return Heading(1, build.text(text))
    return block


def _seen(document: Document, marks: Marks) -> tuple[list[Seen], list[Part]]:
    """The lines of a document as the page showed them, title first, and the blocks that they make."""
    title = document.metadata.title
    seen = [Seen(title)] if title else []
    parts = []
    starts = block_starts(document)
    for block, at, end in zip(document.blocks, starts, starts[1:], strict=False):
        first = len(seen)
        match block:
            case List():
                seen.extend(_items(block))
            case Table():
                for row in block.head + block.body:
                    seen.append(Seen(" ".join(block_text(cell).strip() for cell in row.cells), row=True))
            case _:
                lines = lines_of(block, at) or []
                touches = marks.ledger.is_crowded(at)
                texts = [line.bare for line in lines if line.bare] or [block_text(block)]
                seen.extend(Seen(text, touches=touches) for text in texts)
        parts.append(Part(block, at, end, range(first, len(seen))))
    return seen, parts


def _items(block: List, depth: int = 0) -> list[Seen]:
    found: list[Seen] = []
    mark = "1" if block.ordered else "•"
    for item in block.items:
        found.append(Seen(_own_text(item), item=mark, depth=depth))
        for inner in item.blocks:
            if isinstance(inner, List):
                found.extend(_items(inner, depth + 1))
    return found


def _own_text(item: ListItem) -> str:
    return " ".join(block_text(inner).strip() for inner in item.blocks if not isinstance(inner, List))
