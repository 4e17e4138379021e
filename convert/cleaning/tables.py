"""Recovers tables from lines that touch: cells parted by tabs, bars or wide spaces, or run together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct, structs

from convert.cleaning import glued_tables
from convert.cleaning.flat import Line, is_prose, lines_of, paragraph_of, words_in
from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Block, Column, Document, Row, Table, build
from convert.tree.text import document_text, letters

__all__ = ["recover_tables"]

LEAST = 0.1
"""A table whose rows are on average less sure than this stays a run of lines."""

SURE = 0.5
"""A row that is less sure than this is reported."""

LONGEST_ROW = 400

MOST = 20
"""Tables that are looked for in one run of lines."""

_NUMBER = re.compile(r"[^\w\s]{0,2}\d[\d\s.,:/–-]*\s?[%‰€$£kKmMbBn]{0,2}\+?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_BAR_RULE = re.compile(r"[\s|:+=–-]+")


class Found(Struct, frozen=True):
    """A table found in `lines[first:last]`."""

    first: int
    last: int
    rows: tuple[tuple[str, ...], ...]
    header: bool
    reason: str


def recover_tables(document: Document, marks: Marks) -> Document:
    """Make tables of runs of lines whose cells were parted by signs or glued together."""
    vocabulary: Counter[str] | None = None
    blocks: list[Block] = []
    for block, at in zip(document.blocks, block_starts(document), strict=False):
        lines = lines_of(block, at)
        if not lines or len(lines) < 2 or any(len(line.text) > LONGEST_ROW for line in lines):
            blocks.append(block)
            continue
        if vocabulary is None:
            vocabulary = Counter(word.lower() for word in words_in(document_text(document)))
        blocks.extend(_parts(lines, vocabulary, marks) or [block])
    return structs.replace(document, blocks=tuple(blocks))


def _parts(lines: Sequence[Line], vocabulary: Counter[str], marks: Marks) -> list[Block]:
    """The tables among lines, and the lines around them as paragraphs; nothing if there is no table."""
    parts: list[Block] = []
    for _ in range(MOST):
        found = (_delimited(lines) or _glued(lines, vocabulary, marks)) if len(lines) > 1 else None
        if found is None:
            break
        rows = lines[found.first : found.last]
        if not marks.respace(rows[0].at, "\n".join(line.text for line in rows), "", found.reason):
            break
        if found.first:
            parts.append(paragraph_of(lines[: found.first]))
        parts.append(_table(found.rows, found.header))
        lines = lines[found.last :]
    return [*parts, paragraph_of(lines)] if parts and lines else parts


def _table(rows: Sequence[Sequence[str]], header: bool) -> Table:
    """A table of plain cells; columns of numbers are set to the right."""
    head = (build.row(*rows[0], scope="column"),) if header else ()
    data = rows[1:] if header else rows
    columns = tuple(
        Column("right" if all(_NUMBER.fullmatch(cell) for cell in column if cell) and any(column) else "")
        for column in zip(*data, strict=True)
    )
    return Table(columns, head, tuple(Row(build.row(*row).cells) for row in data))


def _glued(lines: Sequence[Line], vocabulary: Counter[str], marks: Marks) -> Found | None:
    """A table whose cells ran together."""
    texts = [line.bare for line in lines]
    if sum(is_prose(text) for text in texts) * 2 > len(texts):
        return None
    found = glued_tables.find(texts, vocabulary)
    if found is None or _are_names(found.rows):
        return None
    mean = sum(found.confidence) / len(found.confidence)
    if found.odds <= 0 or mean < LEAST:
        marks.note("table.unsure", "doubt", "These lines may be a table; they were left as they stand.", lines[0].at)
        return None
    weakest = min(found.confidence)
    if weakest < SURE:
        row = found.confidence.index(weakest) + 1
        marks.note(
            "table.row", "doubt", f"Row {row} of this table may be cut wrongly.", lines[found.first + row - 1].at
        )
    header = not _begins_with_figures(found.rows) and (found.header or _is_header(found.rows))
    signs = found.reasons
    if header and found.header:
        signs += ("the first line is unlike those below",)
    elif header:
        text = "The first row was taken for the head of this table, for want of a sign that it is none."
        marks.note("table.head", "doubt", text, lines[found.first].at)
    reason = f"Cells that ran together were parted: {'; '.join(signs)}."
    return Found(found.first, found.last, found.rows, header, reason)


CAMEL_NAMES = frozenset((
    "youtube", "tiktok", "linkedin", "paypal", "github", "gitlab", "whatsapp", "facetime", "playstation", "fedex",
    "mastercard", "blackrock", "exxonmobil", "pricewaterhousecoopers", "spacex", "openai", "deepmind", "astrazeneca",
    "glaxosmithkline", "harpercollins", "javascript", "typescript", "wordpress", "powerpoint", "biontech", "buzzfeed",
    "lebron", "lamelo", "deandre", "mcdonald", "macarthur", "unicredit", "timberlake", "airbnb", "icloud", "itunes",
    "quicktime", "photoshop", "soundcloud", "snapchat", "wechat", "doordash", "wework", "softbank", "mcgregor",
))  # fmt: skip
"""Names with a capital within, which look like two cells that ran together."""

_NAME_NUMBER = re.compile(r"\d{1,4}(?: [a-zß-ÿ].*)?")


def _are_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the cells are halves of names: "You|Tube", "Covid|19 cases rose", single words and no numbers."""
    whole = ["".join(row).split() for row in rows]
    named = sum(any(word.strip(".,'’s").lower() in CAMEL_NAMES for word in words) for words in whole)
    single = sum(len(words) == 1 and words[0].isalpha() for words in whole)
    numbered = sum(
        len(row) == 2 and row[0].isalpha() and bool(_NAME_NUMBER.fullmatch(row[1])) and " " in row[1] for row in rows
    )
    return 2 * max(named, numbered) >= len(rows) or single == len(rows)


def _tabs(line: str) -> list[str] | None:
    return line.split("\t") if "\t" in line.strip() else None


def _bars(line: str) -> list[str] | None:
    return line.strip().strip("|").split("|") if line.count("|") else None


def _wide_spaces(line: str) -> list[str] | None:
    cells = re.split(r"\s{2,}", line.strip())
    return cells if len(cells) > 1 else None


DELIMITERS: tuple[tuple[str, Callable[[str], list[str] | None], int], ...] = (
    ("tabs", _tabs, 2),
    ("bars", _bars, 2),
    ("wide spaces", _wide_spaces, 3),
)
"""How cells may be parted, and the fewest rows that prove it."""


def _delimited(lines: Sequence[Line]) -> Found | None:
    """A table whose cells are parted by the same sign in every line."""
    for name, split, fewest in DELIMITERS:
        cut = [split(line.text) for line in lines]
        rows = [[cell.strip() for cell in cells] for cells in cut if cells and not _is_rule(cells)]
        if len(rows) < fewest or not all(cut) or len({len(row) for row in rows}) != 1:
            continue
        if name == "wide spaces" and any(is_prose(cell) for row in rows for cell in row):
            continue
        header = _is_header(rows)
        return Found(0, len(lines), tuple(map(tuple, rows)), header, f"Cells parted by {name} are a table.")
    return None


def _is_rule(cells: Sequence[str]) -> bool:
    """Whether a row only draws the line below a head."""
    return all(_BAR_RULE.fullmatch(cell) for cell in cells) and not any(letters(cell) for cell in cells)


def _begins_with_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row has a number, and no year, in a column where the second has one: then it heads nothing."""
    return any(
        bool(_NUMBER.fullmatch(first)) and not _YEAR.fullmatch(first) and bool(_NUMBER.fullmatch(second))
        for first, second in zip(*rows[:2], strict=False)
    )


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row may be a head: words in every cell, and no longer than the rows below."""
    head, *body = rows
    if len(body) < 2 or any(not cell or _NUMBER.fullmatch(cell) for cell in head):
        return False
    if any(_NUMBER.fullmatch(cell) for row in body for cell in row):
        return True
    return len("".join(head)) <= max(len("".join(row)) for row in body) and not any(is_prose(cell) for cell in head)
