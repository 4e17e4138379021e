"""The table style: rules above and below the head and below the last row, as the theme's cells have them."""

from __future__ import annotations

from convert.themes.model import Border, Theme
from convert.writers.docx.formats import line
from convert.writers.docx.measures import em
from convert.writers.docx.xml import Element, w

__all__ = ["table_styles"]


def table_styles(theme: Theme) -> list[Element]:
    """Word's plain table, its plain list, and the theme's table, based on the former."""
    return [_hidden("Normal Table", "table", "TableNormal"), _hidden("No List", "numbering", "NoList"), _ours(theme)]


def _hidden(name: str, kind: str, key: str) -> Element:
    """A default that Word expects to find."""
    made = w("style", w("name", val=name), w("uiPriority", val=99), w("semiHidden"), type=kind, default=1, styleId=key)
    if kind == "table":
        made.append(w("tblPr", w("tblInd", w=0, type="dxa")))
    return made


def _ours(theme: Theme) -> Element:
    head, cell = theme.style("table-header"), theme.style("table-cell")
    above, side = em(theme, cell.padding), em(theme, 2 * cell.padding)
    margins = w("tblCellMar", w("top", w=above, type="dxa"), w("left", w=side, type="dxa"),
                w("bottom", w=above, type="dxa"), w("right", w=side, type="dxa"))  # fmt: skip
    last = cell.border_bottom or head.border_bottom or head.border_top
    borders = w("tblBorders", _rule("top", head.border_top), _rule("left", None), _rule("bottom", last),
                _rule("right", None), _rule("insideH", cell.border_top), _rule("insideV", None))  # fmt: skip
    made = w("style", w("name", val="Article Table"), w("basedOn", val="TableNormal"), w("qFormat"),
             w("tblPr", w("tblInd", w=0, type="dxa"), borders, margins),
             type="table", customStyle=1, styleId="ArticleTable")  # fmt: skip
    sides = [
        _rule(side, border) for side, border in (("top", head.border_top), ("bottom", head.border_bottom)) if border
    ]
    first = w("tcPr")
    if sides:
        first.append(w("tcBorders", *sides))
    if head.background:
        first.append(w("shd", val="clear", color="auto", fill=head.background.removeprefix("#").upper()))
    if len(first):
        made.append(w("tblStylePr", first, type="firstRow"))
    return made


def _rule(side: str, border: Border | None) -> Element:
    return w(side, **line(border, "0")) if border else w(side, val="nil")
