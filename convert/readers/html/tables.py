"""Tables: from cells with spans as pages write them to a grid in which every row is full."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field, structs

from convert.tree import nodes as n

__all__ = ["Grid", "RawCell", "RawRow", "alignment", "scope_of", "span_of", "table_of"]

WIDEST_SPAN = 1000
"""What the HTML standard lets a colspan be (4.9.11)."""

MOST_COLUMNS = 1000
MOST_SLOTS = 400_000
"""Places of a grid, spanned ones counted, beyond which spans are not believed."""

_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|start|end)", re.IGNORECASE)
_ALIGNS: Mapping[str, n.Align] = {
    "left": "left",
    "center": "centre",
    "right": "right",
    "middle": "centre",
    "centre": "centre",
}
_SCOPES: Mapping[str, n.Scope] = {"col": "column", "colgroup": "column", "row": "row", "rowgroup": "row"}
_DIGITS = re.compile(r"\s*(\d{1,9})")


class RawCell(Struct):
    """A cell as the page has it; `scope` is what it says, or "?" for a <th> that says nothing."""

    blocks: tuple[n.Block, ...]
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    align: n.Align = ""
    attrs: n.Attrs | None = None


class RawRow(Struct):
    """A row, and whether it stands in a <thead>."""

    cells: list[RawCell] = field(default_factory=list)
    head: bool = False


class Grid(Struct):
    """A table while it is read."""

    rows: list[RawRow] = field(default_factory=list)
    caption: tuple[n.Inline, ...] = ()
    plain: bool = False
    """Whether the page says that it is layout (role=presentation)."""


def span_of(value: str | None, *, zero: int = 1) -> int:
    """A span as the standard reads it: digits first, 1 where there are none; `zero` is what 0 means."""
    match = _DIGITS.match(value or "")
    if not match:
        return 1
    return min(int(match[1]), 65_534) or zero


def alignment(attributes: Mapping[str, str | None]) -> n.Align:
    """How a cell is set, by its own style, its attribute or its class."""
    style = _ALIGN.search((attributes.get("style") or "")[:500])
    if style:
        return _ALIGNS.get(style[1].lower(), "")
    names = [(attributes.get("align") or "").lower(), *(attributes.get("class") or "").split()]
    return next((_ALIGNS[name] for name in names if name in _ALIGNS), "")


def scope_of(tag: str, attributes: Mapping[str, str | None]) -> str:
    """What a cell is the head of."""
    if tag != "th":
        return ""
    return _SCOPES.get((attributes.get("scope") or "").lower(), "?")


def table_of(grid: Grid, attrs: n.Attrs | None) -> tuple[n.Block, ...]:
    """The table, or the blocks of its cells where it only sets them side by side."""
    rows = [row for row in grid.rows if row.cells]
    if _is_layout(grid, rows):
        return _as_blocks(grid, rows)
    head = _head_size(rows)
    width = max((row.last for row in (*_part(rows[:head]), *_part(rows[head:]))), default=-1) + 1
    made = [*_part(rows[:head], width), *_part(rows[head:], width)]  # columns in which no cell begins are none
    if not 0 < width <= MOST_COLUMNS or width * len(made) > MOST_SLOTS:
        return _as_blocks(grid, rows)
    full = [_filled(row, width) for row in made]
    columns = _columns(rows, width)
    parts = [n.Row(tuple(_cell(cell, number < head) for cell in cells)) for number, cells in enumerate(full)]
    return (n.Table(columns, tuple(parts[:head]), tuple(parts[head:]), grid.caption, attrs=attrs),)


class _Placed(Struct):
    """A row with spans that fit, how many of its columns cells from above cover, and where its last cell begins."""

    cells: list[RawCell]
    covered: int
    last: int


def _is_layout(grid: Grid, rows: Sequence[RawRow]) -> bool:
    cells = [cell for row in rows for cell in row.cells]
    if grid.plain or len(cells) <= 1:
        return True
    if any(isinstance(block, n.Table) for cell in cells for block in cell.blocks):
        return True
    if grid.caption or any(row.head for row in rows) or any(cell.scope for cell in cells):
        return False
    if all(len(row.cells) == 1 for row in rows):
        return any(len(cell.blocks) > 1 for cell in cells)
    return len(rows) == 1 and any(len(cell.blocks) > 2 for cell in cells)


def _as_blocks(grid: Grid, rows: Sequence[RawRow]) -> tuple[n.Block, ...]:
    caption: tuple[n.Block, ...] = (n.Paragraph(grid.caption),) if grid.caption else ()
    return caption + tuple(block for row in rows for cell in row.cells for block in cell.blocks)


def _head_size(rows: Sequence[RawRow]) -> int:
    """How many rows at the top are the head: those of a <thead>, else the first if it holds nothing but <th>.

    A head goes on as far as its cells reach down, for a cell belongs to one of the two parts.
    """
    size = 0
    while size < len(rows) and rows[size].head:
        size += 1
    if size or len(rows) < 2:
        return size if size < len(rows) else 0 if len(rows) == 1 and not rows[0].head else size
    first = rows[0].cells
    titled = all(cell.scope in ("?", "column") for cell in first) or (
        not first[0].blocks and len(first) > 1 and all(cell.scope in ("?", "column") for cell in first[1:])
    )
    if not titled or not any(cell.scope == "" for row in rows[1:] for cell in row.cells):
        return 0
    size, reach = 0, 1
    while size < reach and reach < len(rows):
        reach = max(reach, *(size + min(cell.rowspan, len(rows)) for cell in rows[size].cells))
        size += 1
    return size if size < len(rows) else 1


def _part(rows: Sequence[RawRow], width: int = MOST_COLUMNS) -> list[_Placed]:
    """The rows of a head or body, with spans that end where it does and never overlap."""
    placed: list[_Placed] = []
    below: dict[int, int] = {}  # rows that each column is still covered by a cell from above
    budget = MOST_SLOTS
    for number, row in enumerate(rows):
        covered = {at for at, left in below.items() if left}
        at, last, cells = 0, -1, []
        for cell in row.cells:
            while at in covered:
                at += 1
            last, colspan = at, 1
            while colspan < min(cell.colspan, WIDEST_SPAN) and at + colspan not in covered and at + colspan < width:
                colspan += 1
            rowspan = min(cell.rowspan, len(rows) - number)
            budget -= colspan * rowspan
            if budget < 0:
                colspan = rowspan = 1
            cells.append(structs.replace(cell, colspan=colspan, rowspan=rowspan))
            for column in range(at, at + colspan):
                below[column] = rowspan
            at += colspan
        below = {column: left - 1 for column, left in below.items() if left > 1}
        placed.append(_Placed(cells, len(covered), last))
    return placed


def _filled(row: _Placed, width: int) -> list[RawCell]:
    """The cells of a row with empty ones where it is too short."""
    missing = width - row.covered - sum(cell.colspan for cell in row.cells)
    if missing <= 0:
        return row.cells
    return [*row.cells, *(RawCell(()) for _ in range(missing))]


def _columns(rows: Sequence[RawRow], width: int) -> tuple[n.Column, ...]:
    """The alignment that most cells of a column ask for; only rows without spans are asked."""
    votes: list[dict[n.Align, int]] = [{} for _ in range(width)]
    for row in rows[:200]:
        if row.head or len(row.cells) != width:
            continue
        for column, cell in enumerate(row.cells):
            votes[column][cell.align] = votes[column].get(cell.align, 0) + 1
    return tuple(n.Column(max(vote, key=lambda align: vote[align]) if vote else "") for vote in votes)


def _cell(cell: RawCell, in_head: bool) -> n.Cell:
    scope: n.Scope = "column" if in_head else "row"
    said = scope if cell.scope == "?" else cell.scope
    return n.Cell(cell.blocks, cell.colspan, cell.rowspan, said, attrs=cell.attrs)  # type: ignore[arg-type]
