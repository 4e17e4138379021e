"""Tables as `w:tbl`: rows that do not break, heads that repeat, cells that span."""

from __future__ import annotations

from msgspec import structs

from convert.tree import nodes as n
from convert.writers.docx.field import counted
from convert.writers.docx.measures import em
from convert.writers.docx.paragraphs import Paragraphs, Spot
from convert.writers.docx.tables import Place, column_widths, places
from convert.writers.docx.xml import Element, q, w
from convert.writers.xhtml.tables import number_columns

__all__ = ["Grids"]

LETTER = 0.52
"""The width of a letter in em of a table's text, as a rule of thumb."""

LOOKS = {"first_row": 0x0020, "first_column": 0x0080, "no_bands": 0x0600}
"""Bits of `w:tblLook` (ECMA-376 part 4, 14.4.11)."""

SIDES: dict[n.Align, str] = {"": "", "left": "left", "centre": "center", "right": "right"}
MIRRORED = {"left": "right", "right": "left"}


class Grids(Paragraphs):
    """Sets tables."""

    def table(self, node: n.Table) -> list[Element]:
        made = [self.make("TableCaption", node.caption)] if node.caption else []
        for caption in made:
            caption[1:1] = counted("Table")
        rows = node.head + node.body
        width = max([len(node.columns), *(sum(cell.colspan for cell in row.cells) for row in rows)])
        if not width or not rows:
            return made
        node = self._aligned(structs.replace(node, columns=node.columns + (n.Column(),) * (width - len(node.columns))))
        grid = [*places(node.head, width), *places(node.body, width)]
        widths = self._widths(node, grid)
        table = w("tbl", self._table_properties(node, sum(widths)), w("tblGrid", *(w("gridCol", w=k) for k in widths)))
        for number, (row, line) in enumerate(zip(rows, grid, strict=True)):
            with self.within(row.attrs):
                table.append(self._row(node, row, line, widths, head=number < len(node.head)))
        return [*made, table]

    def _aligned(self, node: n.Table) -> n.Table:
        """The table with its columns of figures set to the line's end, where it does not say otherwise."""
        figures = number_columns(node)
        end = n.Column("left" if self.marks.direction == "rtl" else "right")
        columns = (end if k in figures and not column.align else column for k, column in enumerate(node.columns))
        return structs.replace(node, columns=tuple(columns))

    def _widths(self, node: n.Table, grid: list[list[Place]]) -> list[int]:
        style = self.theme.style("table-cell")
        letter = em(self.theme, style.size * LETTER)
        padding = 4 * em(self.theme, style.padding) + letter
        return column_widths(node, grid, max(1, self.room - self.spot.edge), letter, padding)

    def _table_properties(self, node: n.Table, width: int) -> Element:
        made = w("tblPr", w("tblStyle", val="ArticleTable"))
        if self.marks.direction == "rtl":
            made.append(w("bidiVisual"))
        made.append(w("tblW", w=width, type="dxa"))
        if self.spot.edge:
            made.append(w("tblInd", w=self.spot.edge, type="dxa"))
        made.append(w("tblLayout", type="fixed"))
        first_row = bool(node.head)
        first_column = bool(node.body) and all(row.cells[:1] and row.cells[0].scope == "row" for row in node.body)
        bits = LOOKS["no_bands"] | LOOKS["first_row"] * first_row | LOOKS["first_column"] * first_column
        made.append(w("tblLook", val=f"{bits:04X}", firstRow=int(first_row), lastRow=0,
                      firstColumn=int(first_column), lastColumn=0, noHBand=1, noVBand=1))  # fmt: skip
        return made

    def _row(self, node: n.Table, row: n.Row, line: list[Place], widths: list[int], *, head: bool) -> Element:
        properties = w("trPr", w("cantSplit"))
        if head:
            properties.append(w("tblHeader"))
        made = w("tr", properties)
        for place in line:
            width = sum(widths[place.column : place.column + place.span])
            made.append(self._cell(place, width, node.columns[place.column].align, head=head))
        self.anchored(row.attrs, [made])
        return made

    def _cell(self, place: Place, width: int, align: n.Align, *, head: bool) -> Element:
        properties = w("tcPr", w("tcW", w=width, type="dxa"))
        if place.span > 1:
            properties.append(w("gridSpan", val=place.span))
        if place.continued:
            properties.append(w("vMerge"))
        elif place.cell.rowspan > 1:
            properties.append(w("vMerge", val="restart"))
        if head:
            properties.append(w("vAlign", val="bottom"))
        style = "TableHeading" if head or place.cell.scope else "TableText"
        made = [] if place.continued else self._cell_blocks(place.cell, style, align, width)
        if not made or made[-1].tag != q("w:p"):
            made.append(w("p", w("pPr", w("pStyle", val=style))))  # a cell ends with a paragraph (17.4.65)
        return w("tc", properties, *made)

    def _cell_blocks(self, cell: n.Cell, style: str, align: n.Align, width: int) -> list[Element]:
        spot, room = self.spot, self.room
        self.room = max(1, width - 4 * em(self.theme, self.theme.style("table-cell").padding))
        try:
            with self.within(cell.attrs):
                side = SIDES[align]
                if self.marks.direction == "rtl":  # what Word calls left is where a line begins
                    side = MIRRORED.get(side, side)
                self.spot = Spot(style=style, align=side)
                return self.anchored(cell.attrs, self.blocks(cell.blocks))
        finally:
            self.spot, self.room = spot, room
