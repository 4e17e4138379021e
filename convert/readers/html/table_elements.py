"""The elements of tables; `tables` makes the grid of them."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from convert.readers.html.core import Attributes, Close, Core, nothing
from convert.readers.html.frames import Frame, settled
from convert.readers.html.tables import Grid, RawCell, RawRow, alignment, scope_of, span_of, table_of
from convert.tree import nodes as n

__all__ = ["TableElements"]


class TableElements(Core):
    """What the elements of tables do."""

    def _table_element(self, node: LexborNode, attributes: Attributes) -> Close:
        grid = Grid(plain=(attributes.get("role") or "").lower() in ("presentation", "none"))
        if self.frame.kind == "heading" or not self._open(Frame("table", self._attrs(attributes), grid=grid)):
            return self._block(node, attributes)

        def leave() -> None:
            frame = self._pop()
            self._put(*frame.pieces, *table_of(grid, frame.attrs))

        return leave

    def _table_caption(self, node: LexborNode, attributes: Attributes) -> Close:
        owner = self.frame
        if owner.grid is None or not self._open(Frame("caption")):
            return self._block(node, attributes)

        def leave() -> None:
            frame = self._pop()
            content, rest = self._as_line(frame)
            if owner.grid is not None and content:  # of several, one below the other
                owner.grid.caption = (*owner.grid.caption, n.Break(), *content) if owner.grid.caption else content
            self._put(*rest)

        return leave

    def _rows(self, node: LexborNode, attributes: Attributes) -> Close:
        return nothing

    def _row(self, node: LexborNode, attributes: Attributes) -> Close:
        owner = self.frame
        if owner.grid is None:
            return self._block(node, attributes)
        parent = node.parent
        owner.row = RawRow(head=parent is not None and parent.tag == "thead")
        owner.grid.rows.append(owner.row)
        return nothing

    def _cell(self, node: LexborNode, attributes: Attributes) -> Close:
        owner = self.frame
        if owner.row is None or not self._open(Frame("cell")):
            return self._block(node, attributes)
        zero = 65_534  # "0" means: to the end of the group
        cell = RawCell(
            (), span_of(attributes.get("colspan")), span_of(attributes.get("rowspan"), zero=zero),
            scope_of(node.tag or "", attributes), alignment(attributes), self._attrs(attributes),
        )  # fmt: skip
        outer, self.line_attrs = self.line_attrs, None
        row = owner.row

        def leave() -> None:
            frame = self._pop()
            self.line_attrs = outer
            cell.blocks = tuple(settled(frame.pieces, self.told))
            row.cells.append(cell)

        return leave
