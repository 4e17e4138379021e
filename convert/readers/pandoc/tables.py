"""Pandoc's tables: rows whose cells fill every column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convert.errors import LimitError
from convert.readers.pandoc import api
from convert.readers.pandoc.inlines import Inlines
from convert.tree import build
from convert.tree import nodes as n

__all__ = ["caption_of", "table_of"]

MOST_PLACES = 400_000
"""Columns times rows: beyond, no table is meant."""

ALIGNS: dict[str, n.Align] = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "centre"}


def table_of(table: api.Table, makers: Inlines, blocks: Callable[[list[api.Block]], tuple[n.Block, ...]]) -> n.Table:
    """The table; heads within it and its foot are rows of the body. Raises LimitError."""
    attr, (_, caption), specs, (_, head), bodies, (_, foot) = table.c
    sections: list[tuple[list[api.Row], int, n.Scope]] = []
    for _, head_columns, between, rows in bodies:
        sections += [(between, 0, "column"), (rows, head_columns, "")]
    sections.append((foot, 0, ""))
    every = [head, *(rows for rows, _, _ in sections)]
    width = max(len(specs), 1)
    fits = all(_fits(rows, width) for rows in every)
    if not fits:
        makers.say("table", "doubt", "The cells of a table do not fit its columns, so each fills one place.")
        width = max(width, *(len(cells) for rows in every for _, cells in rows))
    if width * sum(map(len, every)) > MOST_PLACES:
        raise LimitError("pandoc.table", "A table has too many columns and rows. Split it.", makers.where)
    words = caption_of(caption, makers)
    made = [
        _rows(rows, width, head_columns, scope, makers, blocks, spans=fits)
        for rows, head_columns, scope in ((head, 0, "column"), *sections)
    ]
    columns = tuple(n.Column(ALIGNS.get(align.t, "")) for align, _ in specs)
    columns += (n.Column(),) * (width - len(columns))
    body = tuple(row for rows in made[1:] for row in rows)
    return n.Table(columns, made[0], body, words, attrs=makers.attrs(attr))


def caption_of(caption: list[api.Block], makers: Inlines) -> tuple[n.Inline, ...]:
    """A caption's paragraphs as lines; the shaper has left nothing else."""
    made: list[n.Inline] = []
    for block in caption:
        if isinstance(block, api.Plain | api.Para):
            made += [n.Break()] if made else []
            made += makers.inlines(block.c)
    return build.strip(tuple(made))


def _free(cells: Sequence[api.Cell], covered: list[int], height: int) -> list[tuple[int, list[int], int]]:
    """For each cell its first column, the columns it fills and the rows; `covered` is brought to the next row."""
    free = [column for column, left in enumerate(covered) if not left]
    covered[:] = [max(0, left - 1) for left in covered]
    placed: list[tuple[int, list[int], int]] = []
    at = 0
    for _, _, rowspan, colspan, _ in cells:
        taken = free[at : at + colspan]
        at += len(taken)
        rows = min(rowspan, height)
        for column in taken:
            covered[column] = rows - 1
        placed.append((taken[0] if taken else -1, taken, rows))
    return placed


def _fits(rows: list[api.Row], width: int) -> bool:
    """Whether every cell of a section finds a place; spans that reach beyond its edges are cut there."""
    if width * len(rows) > MOST_PLACES:
        return False
    covered = [0] * width
    return all(
        taken for number, (_, cells) in enumerate(rows) for _, taken, _ in _free(cells, covered, len(rows) - number)
    )


def _rows(
    rows: list[api.Row], width: int, head_columns: int, scope: n.Scope, makers: Inlines,
    blocks: Callable[[list[api.Block]], tuple[n.Block, ...]], *, spans: bool,
) -> tuple[n.Row, ...]:  # fmt: skip
    """The rows of a section, with empty cells where they are too short."""
    covered = [0] * width
    made: list[n.Row] = []
    for number, (attr, cells) in enumerate(rows):
        if not spans:
            cells = [(name, align, 1, 1, content) for name, align, _, _, content in cells]
        left = sum(not rest for rest in covered)
        new: list[n.Cell] = []
        for (name, _, _, _, content), (first, taken, high) in zip(
            cells, _free(cells, covered, len(rows) - number), strict=True
        ):
            said: n.Scope = "row" if not scope and first < head_columns else scope
            new.append(n.Cell(blocks(content), len(taken), high, said, attrs=makers.attrs(name)))
            left -= len(taken)
        new += [n.Cell(scope=scope)] * left
        made.append(n.Row(tuple(new), attrs=makers.attrs(attr)))
    return tuple(made)
