"""Tables: rows of `w:tc` with `w:gridSpan` and `w:vMerge` to a grid in which every row is full (17.4)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from msgspec import Struct, structs

from convert.readers.docx.styles import Styles
from convert.readers.docx.xml import Element, W, children, first, is_on, value
from convert.tree import nodes as n
from convert.tree.text import block_text, letters

__all__ = ["table_of"]

MOST_COLUMNS = 1_000
SIDES: dict[str, n.Align] = {"center": "centre", "right": "right", "end": "right"}


class Slot(Struct, eq=False):
    """A cell at its column. `up` is the cell above that it continues."""

    column: int
    width: int
    cell: n.Cell
    align: n.Align = ""
    bold: bool = False
    up: Slot | None = None
    down: int = 1


class Grid(Struct):
    """A table's rows, and how many of them are its head."""

    rows: list[list[Slot]]
    head: int


def table_of(table: Element, styles: Styles, blocks_of: Callable[[Element], list[n.Block]]) -> list[n.Block]:
    """The table, or the blocks of its cells where it holds one cell or no table could hold its parts."""
    rows: list[list[Slot]] = []
    heads: list[bool] = []
    for row in _rows(table):
        above = rows[-1] if rows else []
        rows.append(_slots(row, above, styles, blocks_of))
        heads.append(bool(is_on(first(row, "trPr"), "tblHeader")))
    kept = [k for k, row in enumerate(rows) if row]
    rows, heads = [rows[k] for k in kept], [heads[k] for k in kept]
    width = max((slot.column + slot.width for row in rows for slot in row), default=0)
    cells = [slot.cell for row in rows for slot in row if slot.up is None]
    nested = any(isinstance(block, n.Table) for cell in cells for block in cell.blocks)
    if len(cells) < 2 or width > MOST_COLUMNS or nested:
        return [block for cell in cells for block in cell.blocks]
    head = _head_size(table, rows, heads, styles)
    head = _cut_spans(rows, head)
    narrow = _without_empty_columns(rows, width)
    parts = [n.Row(tuple(_filled(row, narrow))) for row in rows]
    return [n.Table(_columns(rows[head:], narrow), tuple(parts[:head]), tuple(parts[head:]))]


def _rows(table: Element) -> list[Element]:
    return [child for child in children(table) if child.tag == W + "tr"]


def _slots(
    row: Element, above: Sequence[Slot], styles: Styles, blocks_of: Callable[[Element], list[n.Block]]
) -> list[Slot]:
    """The cells of a row at their columns."""
    found: list[Slot] = []
    column = _number(value(first(row, "trPr"), "gridBefore"), 0)
    merges = {slot.column: slot for slot in above}
    for cell in children(row):
        if cell.tag != W + "tc":
            continue
        properties = first(cell, "tcPr")
        width = max(1, _number(value(properties, "gridSpan"), 1))
        merge = first(properties, "vMerge")
        blocks = tuple(blocks_of(cell))
        over = merges.get(column)
        goes_on = merge is not None and (merge.get(W + "val") or "continue") == "continue"
        slot = Slot(column, width, n.Cell(blocks), _align(cell, styles), _is_bold(blocks))
        if (
            goes_on
            and over is not None
            and over.width == width
            and not letters(block_text(n.Note("", blocks)))
            and not _shows(blocks)
        ):
            slot.up = over.up or over
            slot.up.down += 1
        elif _names_row(cell, styles):
            slot.cell = structs.replace(slot.cell, scope="row")
        found.append(slot)
        column += width
    return found


def _shows(blocks: Sequence[n.Block]) -> bool:
    """Whether something stands in a cell that has no letters."""
    return any(not isinstance(block, n.Paragraph) or block.content for block in blocks)


def _number(text: str, otherwise: int) -> int:
    return min(int(text[:6]), MOST_COLUMNS) if re.fullmatch(r"\d+", text) else otherwise


def _head_size(table: Element, rows: list[list[Slot]], heads: list[bool], styles: Styles) -> int:
    """How many rows at the top are the head: those that repeat on every page, else one that looks so."""
    size = 0
    while size < len(heads) and heads[size]:
        size += 1
    if size or len(rows) < 2:
        return size
    if all(slot.cell.scope for slot in rows[0]) and not all(slot.cell.scope for slot in rows[1]):
        return 1
    properties = first(table, "tblPr")
    look = first(properties, "tblLook")
    said = "" if look is None else look.get(W + "firstRow") or ""
    bits = "" if look is None else look.get(W + "val") or ""
    flagged = said.lower() in ("1", "true", "on") or (
        not said and re.fullmatch(r"[0-9A-Fa-f]{1,8}", bits) is not None and int(bits, 16) & 0x20 != 0
    )
    if flagged and styles.named(value(properties, "tblStyle")).head_row:
        return 1
    top = [slot for slot in rows[0] if slot.cell.blocks]
    bold = len(rows[0]) > 1 and bool(top) and all(slot.bold for slot in top)
    return int(bold and not any(slot.bold for slot in rows[1]))


def _is_bold(blocks: Sequence[n.Block]) -> bool:
    return bool(blocks) and all(
        isinstance(block, n.Paragraph) and len(block.content) == 1 and isinstance(block.content[0], n.Strong)
        for block in blocks
    )  # fmt: skip


def _names_row(cell: Element, styles: Styles) -> bool:
    paragraph = first(cell, "p")
    return paragraph is not None and styles.paragraph(first(paragraph, "pPr")).name == "table heading"


def _align(cell: Element, styles: Styles) -> n.Align:
    paragraph = first(cell, "p")
    return SIDES.get(value(first(paragraph, "pPr"), "jc"), "")


def _cut_spans(rows: list[list[Slot]], head: int) -> int:
    """End the spans from the head where the body begins; every cell of the head names a column."""
    starts = {id(slot): number for number, row in enumerate(rows) for slot in row}
    for number, row in enumerate(rows):
        for slot in row:
            if number < head:
                slot.cell = structs.replace(slot.cell, scope="column")
            if slot.up is not None and starts[id(slot.up)] < head <= number:
                if number == head:
                    slot.up.down = head - starts[id(slot.up)]
                    slot.up = None
                else:
                    above = next(each for each in rows[number - 1] if each.column == slot.column)
                    slot.up = above.up or above
                    slot.up.down += 1
    return head


def _without_empty_columns(rows: list[list[Slot]], width: int) -> int:
    """Leave out the columns in which no cell begins: Word's grid has one for every edge of a cell, seen or not."""
    starts = sorted({slot.column for row in rows for slot in row})
    place = {column: number for number, column in enumerate(starts)}
    for row in rows:
        for slot in row:
            end = slot.column + slot.width
            slot.width = bisect_left(starts, end) - place[slot.column]
            slot.column = place[slot.column]
    return len(starts)


def _filled(row: list[Slot], width: int) -> list[n.Cell]:
    """The cells that begin in a row, with empty ones where no cell is."""
    cells: list[n.Cell] = []
    at = 0
    for slot in row:
        cells.extend(n.Cell() for _ in range(slot.column - at))
        if slot.up is None:
            cells.append(structs.replace(slot.cell, colspan=slot.width, rowspan=slot.down))
        at = slot.column + slot.width
    cells.extend(n.Cell() for _ in range(width - at))
    return cells


def _columns(rows: list[list[Slot]], width: int) -> tuple[n.Column, ...]:
    """The side that most cells of a column are set to."""
    votes: list[dict[n.Align, int]] = [{} for _ in range(width)]
    for row in rows[:200]:
        for slot in row:
            if slot.width == 1 and slot.up is None and slot.cell.blocks:
                votes[slot.column][slot.align] = votes[slot.column].get(slot.align, 0) + 1
    return tuple(n.Column(max(vote, key=lambda side: vote[side]) if vote else "") for vote in votes)
