"""How far colours stand out from one another, as WCAG 2 measures it."""

from __future__ import annotations

from convert.themes.model import Style, Theme

__all__ = ["contrast", "faint"]

_TEXT, _LARGE = 4.5, 3.0
"""The contrast that text needs, and large text (WCAG 2.1, success criterion 1.4.3)."""

_LINK = 3.0
"""The contrast to the words around it of a link that is not underlined (WCAG 2.1, technique G183)."""


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminance, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def faint(theme: Theme) -> bool:
    """Whether a style stands out too little from its ground, or its links from what they stand in."""
    paper = theme.colours["paper"]
    if any(contrast(style.colour, style.background or paper) < _needed(style) for style in theme.styles.values()):
        return True
    link = theme.styles["link"]
    return not link.underline and contrast(link.colour, theme.styles["body"].colour) < _LINK


def _needed(style: Style) -> float:
    """Large is 18 points, or 14 in bold, where the body has 12."""
    large = style.size >= 1.5 or (style.size >= 1.17 and style.weight >= 700)
    return _LARGE if large else _TEXT


def _luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.1, glossary)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
