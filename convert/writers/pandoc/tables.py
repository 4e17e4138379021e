"""Tables as pandoc holds them: a head, one body whose first columns may be heads, an empty foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from convert.tree import nodes as n
from convert.writers.pandoc.parts import NO_ATTR, Raw, attr_of, node

__all__ = ["head_columns", "table"]

ALIGNS = {"": "AlignDefault", "left": "AlignLeft", "centre": "AlignCenter", "right": "AlignRight"}


def table(made: n.Table, caption: list[Raw], blocks: Callable[[Sequence[n.Block]], list[Raw]]) -> Raw:
    """A table. `blocks` makes the content of a cell."""

    def rows(part: Sequence[n.Row]) -> list[Any]:
        return [[attr_of(row.attrs), [cell(one) for one in row.cells]] for row in part]

    def cell(one: n.Cell) -> list[Any]:
        return [attr_of(one.attrs), node("AlignDefault"), one.rowspan, one.colspan, blocks(one.blocks)]

    return node("Table", [
        attr_of(made.attrs),
        [None, [node("Plain", caption)] if caption else []],
        [[node(ALIGNS[column.align]), node("ColWidthDefault")] for column in made.columns],
        [NO_ATTR, rows(made.head)],
        [[NO_ATTR, head_columns(made), [], rows(made.body)]],
        [NO_ATTR, []],
    ])  # fmt: skip


def head_columns(made: n.Table) -> int:
    """How many columns at the start of the body hold heads of rows only; any other head of a row is a plain cell."""
    scopes: list[set[str]] = [set() for _ in made.columns]
    for column, cell in _placed(made):
        scopes[column].add(cell.scope)
    count = 0
    while count < len(scopes) and scopes[count] == {"row"}:
        count += 1
    return count


def _placed(made: n.Table) -> Iterator[tuple[int, n.Cell]]:
    """Each cell of the body with every column that it fills in its first row."""
    covered = [0] * len(made.columns)
    for row in made.body:
        free = [column for column, left in enumerate(covered) if not left]
        covered = [max(0, left - 1) for left in covered]
        for cell in row.cells:
            taken, free = free[: cell.colspan], free[cell.colspan :]
            for column in taken:
                covered[column] = cell.rowspan - 1
                yield column, cell
