"""Which column each cell of a table stands in, and what follows for how it is set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from convert.tree import Cell, Row, Table
from convert.tree.walk import plain_text

__all__ = ["cell_text", "column_words", "number_columns", "placed", "without_gaps"]

_NUMBER = re.compile(
    r"[(<>≈~±+\-−–]*\s*[^\w\s]?\s*\d[\d.,'’\u00a0\u202f\u2009 ]*(?:[\-–/:]\d[\d.,]*)*"
    r"\s*(?:%|‰|°|\)|[A-Za-z]{1,3}|[€$£¥₺])?\)?"
)
"""A figure, perhaps with a sign, a unit of up to three letters, a currency, or as a range."""


def placed(rows: tuple[Row, ...], width: int) -> Iterator[list[tuple[int, Cell]]]:
    """Row by row, the cells that begin in it with the number of their first column, from 0."""
    covered = [0] * width  # how many further rows a cell from above covers, by column
    for row in rows:
        free = [k for k in range(width) if not covered[k]]
        covered = [max(0, left - 1) for left in covered]
        line: list[tuple[int, Cell]] = []
        at = 0
        for cell in row.cells:
            over = free[at : at + cell.colspan]
            line.append((over[0] if over else max(0, width - 1), cell))
            for column in over:
                covered[column] = cell.rowspan - 1
            at += cell.colspan
        yield line


def without_gaps(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows without those in which no cell begins: HTML has no place for one (section 4.9.12.1)."""
    if all(row.cells for row in rows):
        return rows
    gap = [not row.cells for row in rows]

    def shortened(cell: Cell, number: int) -> Cell:
        return structs.replace(cell, rowspan=cell.rowspan - sum(gap[number : number + cell.rowspan]))

    return tuple(
        structs.replace(row, cells=tuple(shortened(cell, number) for cell in row.cells))
        for number, row in enumerate(rows)
        if row.cells
    )


def cell_text(cell: Cell) -> str:
    """The words of a cell in one line."""
    return " ".join(plain_text((block,)) for block in cell.blocks).strip()


def number_columns(table: Table) -> frozenset[int]:
    """The columns whose body holds figures and nothing else (a dash or an empty cell may stand among them)."""
    figures: dict[int, bool] = {}
    for row in placed(table.body, len(table.columns)):
        for column, cell in row:
            text = cell_text(cell)
            if cell.colspan > 1 or text in ("", "-", "–", "—"):
                continue
            figures[column] = figures.get(column, True) and bool(_NUMBER.fullmatch(text))
    return frozenset(column for column, all_figures in figures.items() if all_figures)


def column_words(table: Table) -> tuple[int, ...]:
    """The length of the longest run in each column that should not break: a word, or a whole figure."""
    width = len(table.columns)
    numbers = number_columns(table)
    longest = [1] * width
    for rows, whole in ((table.head, frozenset[int]()), (table.body, numbers)):
        for row in placed(rows, width):
            for column, cell in row:
                if cell.colspan == 1:
                    text = cell_text(cell)
                    words = [text] if column in whole else text.split()
                    longest[column] = max([longest[column], *map(len, words)])
    return tuple(longest)
