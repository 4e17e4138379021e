"""Making wide tables fit a page: widths of columns by what they hold, smaller type before broken words."""

from __future__ import annotations

from convert.themes.model import Theme
from convert.tree import Document, Table
from convert.tree.walk import find
from convert.writers.css import number
from convert.writers.xhtml.fold import Shapes
from convert.writers.xhtml.tables import cell_text

__all__ = ["fit", "repeated_heads"]

_LETTER = 0.56
"""Width of a letter or figure of text type, in em; a little more than the average, so that what is
reckoned to fit does."""
_SMALLEST = 0.62
"""A table's type is never set smaller than this part of the theme's; beyond it words are broken."""
_POINTS = 72 / 25.4
_KEPT = 14
"""A table of more rows may break between pages: kept whole, it would leave half a page empty before it."""


def fit(theme: Theme) -> Shapes:
    """What sets a table whose unbreakable words together are wider than the column it stands in."""
    cell, head = theme.styles["table-cell"], theme.styles["table-header"]
    page = theme.page
    sheet = page.width - page.margin_inner - page.margin_outer
    column = (sheet - page.column_gap * (page.columns - 1)) / page.columns
    letter = theme.sizes.pdf * max(cell.size, head.size) * _LETTER
    pad = 4 * max(cell.padding, head.padding) * theme.sizes.pdf

    def shape(table: Table, words: tuple[int, ...]) -> tuple[str, str]:
        wanted = [word * letter + pad for word in words]
        room = column * _POINTS / sum(wanted)
        breaks = "break-inside: auto" if _may_break(table) else ""
        if room >= 1:
            return breaks, ""
        size = max(_SMALLEST, room)
        cols = "".join(f'<col style="width: {number(100 * one / sum(wanted))}%"/>' for one in wanted)
        wrap = "; overflow-wrap: anywhere" if room < _SMALLEST else ""
        style = f"table-layout: fixed; font-size: {number(size)}em{wrap}" + (breaks and f"; {breaks}")
        return style, f"<colgroup>{cols}</colgroup>"

    return shape


def repeated_heads(document: Document) -> tuple[str, ...]:
    """The words of long tables' heads, which every page repeats that a table runs over to."""
    rows = (row for table in find(document, Table) if _may_break(table) for row in table.head)
    return tuple(filter(None, (cell_text(cell) for row in rows for cell in row.cells)))


def _may_break(table: Table) -> bool:
    return len(table.head) + len(table.body) > _KEPT
