"""Which cells of a tagged table head which (ISO 32000-1, 14.8.5.7)."""

from __future__ import annotations

from collections.abc import Iterator

import pydyf
from msgspec import Struct

from convert.writers.pdf.structure import Element

__all__ = ["head_cells"]


class _Placed(Struct, eq=False):
    """A cell with the rows and columns it covers."""

    cell: Element
    rows: range
    columns: range

    @property
    def scope(self) -> str:
        """What it heads, empty if nothing."""
        if self.cell.kind != "TH":
            return ""
        return "Row" if self.cell.attribute("scope") == "row" else "Column"


def head_cells(table: Element, name: str) -> None:
    """Give header cells their scope and data cells the names of their headers; `name` begins these."""
    cells = list(_placed(table))
    heads = [each for each in cells if each.scope]
    for each in heads:
        identifier = pydyf.String(f"{name}-{each.rows.start + 1}-{each.columns.start + 1}")
        each.cell.entry["ID"] = identifier
        each.cell.layout("Table", Scope=f"/{each.scope}")
    for each in cells:
        if each.cell.kind != "TD":
            continue
        over = [head for head in heads if head.scope == "Row" and _meet(head.rows, each.rows)]
        over += [
            head
            for head in heads
            if head.scope == "Column" and head.rows.start < each.rows.start and _meet(head.columns, each.columns)
        ]
        held = each.cell.entry.get("A", {})
        held.pop("Headers", None)
        if over:
            each.cell.layout("Table", Headers=pydyf.Array(head.cell.entry["ID"] for head in over))
        elif len(held) == 1:
            del each.cell.entry["A"]


def _rows(part: Element) -> list[Element]:
    """The rows of a part of a table; a row that stands in none is one."""
    return [row for row in ([part] if part.kind == "TR" else part.elements) if row.kind == "TR"]


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _placed(table: Element) -> Iterator[_Placed]:
    """The cells in reading order. A cell never reaches beyond the last row of its part of the table."""
    number = 0
    for part in table.elements:
        rows = _rows(part)
        taken: set[tuple[int, int]] = set()
        for row, element in enumerate(rows):
            column = 0
            for cell in element.elements:
                while (row, column) in taken:
                    column += 1
                held = cell.entry.get("A", {})
                down = min(held.get("RowSpan", 1), len(rows) - row)
                across = held.get("ColSpan", 1)
                taken.update((row + y, column + x) for y in range(down) for x in range(across))
                yield _Placed(cell, range(number + row, number + row + down), range(column, column + across))
                column += across
        number += len(rows)
