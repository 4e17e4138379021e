"""Lengths as Word counts them, and what fonts measure there."""

from __future__ import annotations

from convert.themes.model import FontFamily, Page, Style, Theme

__all__ = ["EMU", "column_width", "em", "leading", "line_twips", "list_step", "text_height", "text_width", "twips"]

EMU = 635
"""English Metric Units to a twip (914,400 to an inch, of 1,440 twips)."""

LINE_HEIGHTS = {
    "Arial": 1.15, "Calibri": 1.22, "Cambria": 1.17, "Consolas": 1.17, "Constantia": 1.22, "Courier New": 1.13,
    "Franklin Gothic Book": 1.13, "Garamond": 1.12, "Georgia": 1.14, "Helvetica": 1.15, "Palatino Linotype": 1.35,
    "Segoe UI": 1.33, "Tahoma": 1.21, "Times New Roman": 1.15, "Trebuchet MS": 1.16, "Verdana": 1.22,
}  # fmt: skip
"""Single line spacing of fonts that come with Word, as ratios of their size."""

USUAL_LINE_HEIGHT = 1.17
NARROWEST_STEP = 1.3


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def em(theme: Theme, length: float) -> int:
    """A length in em of the base size, in twips."""
    return round(length * theme.sizes.word * 20)


def line_twips(theme: Theme, units: float) -> int:
    """A vertical space in units of half a body line, in twips."""
    return em(theme, units * theme.unit)


def list_step(theme: Theme) -> int:
    """How much further in each level of a list stands, in twips: room for a mark and for "10."."""
    return max(em(theme, theme.style("list-item").margin_start), em(theme, NARROWEST_STEP))


def leading(style: Style, font: FontFamily) -> int:
    """The `w:line` of a style, in 240ths of single spacing.

    Word multiplies a font's own line height where a theme multiplies the size: single spacing of
    Georgia is already 1.14 times its size.
    """
    return round(240 * style.leading / LINE_HEIGHTS.get(font.word, USUAL_LINE_HEIGHT))


def text_width(page: Page) -> int:
    """From margin to margin, in twips."""
    return twips(page.width - page.margin_inner - page.margin_outer)


def text_height(page: Page) -> int:
    """From the top margin to the bottom one, in twips."""
    return twips(page.height - page.margin_top - page.margin_bottom)


def column_width(page: Page) -> int:
    """The width of a column of text, in twips."""
    columns = max(1, page.columns)
    return round((text_width(page) - (columns - 1) * twips(page.column_gap)) / columns)
