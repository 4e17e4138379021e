"""Pipe tables (GFM, section 4.10), padded so that a person can read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from convert.tree import nodes as n
from convert.tree.walk import walk

__all__ = ["is_simple", "pipe_table"]

WIDEST = 100
"""Columns with a longer cell are not padded to it."""

_RULES = {"": "{}-", "left": ":{}", "right": "{}:", "centre": ":{}:"}


def is_simple(table: n.Table) -> bool:
    """Whether a pipe table can hold a table: one head row, no caption, a line of words in every cell."""
    if len(table.head) != 1 or table.caption or table.attrs:
        return False
    heads = all(cell.scope == "column" for cell in table.head[0].cells)
    return (
        heads
        and all(_is_simple_row(row) for row in table.head)
        and all(_is_simple_row(row) and not any(cell.scope for cell in row.cells) for row in table.body)
    )


def _is_simple_row(row: n.Row) -> bool:
    return row.attrs is None and all(_is_simple_cell(cell) for cell in row.cells)


def _is_simple_cell(cell: n.Cell) -> bool:
    if cell.colspan > 1 or cell.rowspan > 1 or cell.attrs or len(cell.blocks) > 1:
        return False
    plain = all(isinstance(block, n.Paragraph) and block.attrs is None for block in cell.blocks)
    return plain and not any(isinstance(node, n.Break) for node in walk(cell))


def pipe_table(columns: Sequence[n.Column], rows: Sequence[Sequence[str]]) -> str:
    """The lines of a table whose first row is the head."""
    widths = [_width_of(number, rows) for number in range(len(columns))]
    lines = [_row(row, widths, columns) for row in rows]
    rules = []
    for column, width in zip(columns, widths, strict=True):
        signs = 1 if column.align != "centre" else 2
        rules.append(_RULES[column.align].format("-" * (width + 2 - signs)))
    lines.insert(1, f"|{'|'.join(rules)}|")
    return "\n".join(lines)


def _width_of(number: int, rows: Sequence[Sequence[str]]) -> int:
    widths = [width for row in rows if (width := _columns(row[number])) <= WIDEST]
    return max([3, *widths])


def _row(cells: Sequence[str], widths: Sequence[int], columns: Sequence[n.Column]) -> str:
    padded = []
    for cell, width, column in zip(cells, widths, columns, strict=True):
        space = " " * max(0, width - _columns(cell))
        padded.append(f" {space}{cell} " if column.align == "right" else f" {cell}{space} ")
    return f"|{'|'.join(padded)}|"


def _columns(text: str) -> int:
    """How many columns of a fixed-width font a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
