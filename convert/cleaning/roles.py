"""Acts on what lines are by their look and place: takes the title, drops the furniture of the page, makes headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct, structs

from convert.cleaning.authors import describes_author
from convert.cleaning.flat import line_of, lines_of
from convert.cleaning.ledger import Marks, block_starts
from convert.cleaning.line_facts import facts_of
from convert.cleaning.line_looks import Seen
from convert.cleaning.line_roles import Told, Weights, tell
from convert.cleaning.titles import byline_names, make_title
from convert.tree import Block, Document, Heading, List, ListItem, Metadata, Paragraph, Table, build
from convert.tree.text import block_text

__all__ = ["follow_roles", "seen_lines"]

FEWEST_LINES = 12
FEWEST_PROSE = 3
"""A shorter text says too little about what is usual on its page."""
LONGEST_SHOWN = 60
"""Characters of a doubtful line that a message shows."""


class Part(Struct, frozen=True):
    """A block with its place, and which of the page's lines it makes."""

    block: Block
    at: int
    end: int
    lines: range


def follow_roles(document: Document, marks: Marks) -> Document:
    """Take the title, take out what belongs to the page, make headings of lines that look like some."""
    seen, parts = seen_lines(document, marks)
    if len(seen) < FEWEST_LINES or sum(line.prose for line in seen) < FEWEST_PROSE:
        return document
    told = tell(seen, facts_of(seen), Weights.packaged())
    authors = _author_lines(parts)
    blocks: list[Block] = []
    for part in parts:
        roles = [told[k] for k in part.lines]
        if part.at in authors:
            blocks.append(part.block)
            continue
        if not document.metadata.title and roles and roles[0].role == "title":
            metadata = _titled(part, roles, document.metadata, marks)
            if metadata:
                document = structs.replace(document, metadata=metadata)
                continue
        kept = _kept(part, roles, marks)
        if kept is not None:
            blocks.append(kept)
    _note_doubts([part for part in parts if any(told[k].doubt for k in part.lines) and part.at not in authors], marks)
    return structs.replace(document, blocks=tuple(blocks))


def _note_doubts(parts: Sequence[Part], marks: Marks) -> None:
    """One message for all that may be furniture and was kept: on some pages it is most of the text."""
    if parts:
        text = " ".join(block_text(parts[0].block).split())
        begins = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
        many = f", and {len(parts) - 1} more below" if len(parts) > 1 else ""
        marks.note("roles.unsure", "doubt", f"“{begins}” may be furniture of the page{many}; it was kept.", parts[0].at)


def _author_lines(parts: Sequence[Part]) -> set[int]:
    """Where paragraphs begin that name an author or say who it is: furniture by their look, and wanted."""
    lines = [line_of(part.block, part.at) for part in parts]
    found = {line.at for line in lines if line and byline_names(line.bare)}
    for name, bio in pairwise(lines):
        if name and bio and describes_author(name, bio):
            found |= {name.at, bio.at}
    return found


def _titled(part: Part, told: Sequence[Told], metadata: Metadata, marks: Marks) -> Metadata | None:
    """The metadata with a paragraph of one line as the title."""
    line = line_of(part.block, part.at)
    if not line:
        return None
    return make_title(line, metadata, marks, f"The title, by its look and place ({told[0].chance:.0%} sure).")


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


def seen_lines(document: Document, marks: Marks) -> tuple[list[Seen], list[Part]]:
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
