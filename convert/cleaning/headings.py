"""Finds headings: lines that stand twice, and short lines that stand alone before prose."""

from __future__ import annotations

import re

from msgspec import structs

from convert.cleaning.flat import Line, ends_sentence, is_prose, line_of, lines_of, words_in
from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Block, Document, Heading, List, Table, Text, build
from convert.tree.text import letters
from convert.tree.walk import rewrite

__all__ = ["close_heading_gaps", "drop_doubles", "recover_headings"]

LONGEST_HEADING = 220
LONGEST_SINGLE = 90
"""A line that stands only once has to be shorter to be taken for a heading."""

_NUMBERED = re.compile(r"\d+[.)]\s")
_CREDIT = re.compile(
    r"(?:photo|image|picture|foto|credit|source|illustration|via|ap|afp|reuters|getty)\b.{0,60}|.*[/©].*", re.IGNORECASE
)


def drop_doubles(document: Document, marks: Marks) -> Document:
    """Of a heading that stands twice in a row (once as a picture's alternative text) keep the second, as a heading.

    The two may differ in capitals. A line that repeats the title goes too.
    """
    lines = [line_of(block, at) for block, at in zip(document.blocks, block_starts(document), strict=False)] + [None]
    title = _key(document.metadata.title)
    blocks: list[Block] = []
    waiting: Line | None = None
    for number, block in enumerate(document.blocks):
        line = lines[number]
        following = lines[number + 1]
        if line and title and _key(line.text) == title and not is_prose(line.text):  # noqa: SIM102
            if marks.remove(line.at, line.end, line.bare, "The title again."):
                continue
        if line and following and _is_double(line.bare, following.bare):
            reason = "The heading below, once more: the alternative text of a picture."
            if marks.remove(line.at, line.end, line.bare, reason):
                waiting = following
                continue
        if line and waiting and line.at == waiting.at:
            blocks.append(Heading(1, build.text(line.bare)))
            waiting = None
            continue
        blocks.append(block)
    return structs.replace(document, blocks=tuple(blocks))


def _is_double(text: str, following: str) -> bool:
    """Whether two lines are the same heading but for capitals and signs: a question, or no sentence."""
    same = bool(_key(text)) and _key(text) == _key(following)
    return same and len(text) <= LONGEST_HEADING and (text[-1] in "?？؟" or not is_prose(text))


def recover_headings(document: Document, marks: Marks) -> Document:
    """Make headings of short lines without a full stop that stand alone above prose."""
    starts = block_starts(document)
    blocks = list(document.blocks)
    first = next((k for k, block in enumerate(blocks) if _is_matter(block, starts[k])), len(blocks))
    for number, block in enumerate(blocks[:-1]):
        line = line_of(block, starts[number])
        if (
            number < first
            or not line
            or isinstance(block, Heading)
            or not _may_be_heading(line.bare)
            or marks.ledger.is_crowded(line.at)
        ):
            continue  # above the first prose stand decks, bylines and dates
        if not _is_matter(blocks[number + 1], starts[number + 1]):
            continue
        if marks.respace(
            line.at, line.bare, f"## {line.bare}", "A short line that stands alone above text is a heading."
        ):
            blocks[number] = Heading(1, build.text(line.bare))
    return structs.replace(document, blocks=tuple(blocks))


def _key(text: str) -> str:
    return letters(text).casefold()


def _may_be_heading(text: str) -> bool:
    words = words_in(text)
    return (
        2 <= len(text) <= LONGEST_SINGLE
        and 1 <= len(words) <= 14
        and (not ends_sentence(text) or text[-1] in "?？؟")
        and text[-1] not in ",，、"
        and text[0].isalnum()
        and not text[0].islower()
        and not _CREDIT.fullmatch(text)
        and not _NUMBERED.match(text)  # an item of a list that could not be told
    )


def _is_matter(block: Block, at: int) -> bool:
    """Whether a block is what headings stand above: prose, a list or a table."""
    if isinstance(block, List | Table):
        return True
    return any(is_prose(line.text) for line in lines_of(block, at) or ())


def close_heading_gaps(document: Document, marks: Marks) -> Document:
    """Make levels begin at 1 and skip none: each heading stands at most one below the one before it."""
    open_levels: list[int] = []  # the given levels of the headings that the current place stands under

    def close(node: object) -> object:
        if not isinstance(node, Heading):
            return node
        while open_levels and open_levels[-1] >= node.level:
            open_levels.pop()
        open_levels.append(node.level)
        level = min(len(open_levels), 5)
        if level == node.level:
            return node
        text = "".join(part.value for part in node.content if isinstance(part, Text))
        marks.ledger.report.add(
            "heading.level", "info", f"The heading “{text}” of level {node.level} became one of level {level}."
        )
        return structs.replace(node, level=level)

    return rewrite(document, close)
