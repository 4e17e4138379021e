"""Where a table's cells stand, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from convert.tree import nodes as n
from convert.tree.walk import plain_text

__all__ = ["Place", "column_widths", "places"]

FEWEST_LETTERS = 3


class Place(Struct, frozen=True):
    """A cell at a column of a row; `continued` where it reaches down from a row above."""

    cell: n.Cell
    column: int
    span: int
    continued: bool


def places(rows: tuple[n.Row, ...], width: int) -> list[list[Place]]:
    """The cells of each row from the first column to the last, those from above included.

    Whatever a tree says, every row is filled to `width` exactly: Word refuses files in which one is not.
    """
    above: list[tuple[Place, int]] = []  # the places that reach further down, and how many rows
    grid: list[list[Place]] = []
    for row in rows:
        made = list(_row(row, width, above))
        reach = {place.column: left - 1 for place, left in above}
        above = []
        for place in made:
            left = reach.get(place.column, 0) if place.continued else place.cell.rowspan - 1
            if left > 0:
                above.append((place, left))
        grid.append(made)
    return grid


def column_widths(table: n.Table, grid: list[list[Place]], room: int, letter: float, padding: int) -> list[int]:
    """Widths in twips that fill `room`: each column gets its longest word, the rest goes where there is most text."""
    count = len(table.columns)
    longest_word, longest_text = [FEWEST_LETTERS] * count, [FEWEST_LETTERS] * count
    for place in (place for row in grid for place in row if place.span == 1 and not place.continued):
        text = " ".join(plain_text(block) for block in place.cell.blocks)
        longest_text[place.column] = max(longest_text[place.column], len(text))
        longest_word[place.column] = max(longest_word[place.column], *map(len, text.split() or [""]))
    least = [round(letters * letter) + padding for letters in longest_word]
    wanted = [round(letters * letter) + padding for letters in longest_text]
    return _share(least, wanted, room)


def _row(row: n.Row, width: int, above: list[tuple[Place, int]]) -> Iterator[Place]:
    held = {place.column: place for place, _ in above}
    cells = iter(row.cells)
    column = 0
    while column < width:
        if column in held:
            place = held[column]
            yield Place(place.cell, column, place.span, True)
        else:
            free = next((k for k in range(column, width) if k in held), width) - column
            cell = next(cells, None) or n.Cell()
            place = Place(cell, column, max(1, min(cell.colspan, free)), False)
            yield place
        column += place.span


def _share(least: list[int], wanted: list[int], room: int) -> list[int]:
    """Split `room` so that each gets its least, and its part of the rest by what it wants beyond."""
    if sum(wanted) <= room:
        widths = [room * want // sum(wanted) for want in wanted]
    elif sum(least) >= room:
        widths = [room * part // sum(least) for part in least]
    else:
        more = [want - part for want, part in zip(wanted, least, strict=True)]
        spare = room - sum(least)
        widths = [part + spare * extra // sum(more) for part, extra in zip(least, more, strict=True)]
    widths[-1] += room - sum(widths)
    return widths
