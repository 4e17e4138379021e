"""A theme's style as Word's run and paragraph properties.

Every style is complete, so each property has a value in each of them, an explicit "off" included.
A Word style then writes down only where it differs from the style it is based on.
"""

from __future__ import annotations

from typing import TypeAlias

from convert.themes.model import Border, Style, Theme
from convert.writers.docx.measures import em, leading, line_twips
from convert.writers.docx.xml import Element, element, q, w

__all__ = [
    "Properties",
    "changes",
    "colour",
    "line",
    "paragraph_format",
    "paragraph_properties",
    "run_format",
    "run_properties",
]

Properties: TypeAlias = dict[str, dict[str, str]]
"""Element names in the schema's order with their attributes; "pBdr/top" stands for a child."""

COMPLEX_SCRIPT_FONTS = {"serif": "Times New Roman", "sans-serif": "Arial", "monospace": "Courier New"}
"""Fonts of Word that cover Arabic and Hebrew."""

ALIGNMENTS = {"start": "left", "end": "right", "centre": "center", "justify": "both"}
"""`left` is where a line begins, also in right-to-left paragraphs."""

NO_BORDER = {"val": "none", "sz": "0", "space": "0", "color": "auto"}
BOLD_FROM = 600
MOST_BORDER_SPACE = 31  # points; ECMA-376 part 1, 17.18.2 bounds what Word accepts


def run_format(theme: Theme, style: Style, *, rtl: bool = False) -> Properties:
    """The run properties of a style."""
    size = str(max(2, round(theme.sizes.word * style.size * 2)))
    bold, italic = _switch(style.weight >= BOLD_FROM), _switch(style.italic)
    tracking = 0 if rtl else round(style.tracking * style.size * theme.sizes.word * 20)
    return {
        "rFonts": _fonts(theme, style),
        "b": bold,
        "bCs": bold,
        "i": italic,
        "iCs": italic,
        "caps": _switch(style.caps == "all"),
        "smallCaps": _switch(style.caps == "small"),
        "color": {"val": colour(style.colour)},
        "spacing": {"val": str(tracking)},
        "sz": {"val": size},
        "szCs": {"val": size},
        "u": {"val": "single" if style.underline else "none"},
        "w14:numForm": {"val": style.figures if style.figures == "lining" else _old_style(style)},
        "w14:numSpacing": {"val": "tabular" if style.figures == "tabular" else "default"},
    }


def paragraph_format(theme: Theme, style: Style, *, rtl: bool = False) -> Properties:
    """The paragraph properties of a style."""
    borders = _borders(theme, style, rtl)
    inset = {side: em(theme, style.padding) if f"pBdr/{side}" in borders else 0 for side in ("left", "right")}
    if rtl:
        inset = {"left": inset["right"], "right": inset["left"]}
    return {
        "keepNext": _switch(style.keep_with_next),
        "keepLines": _switch(style.keep_together),
        "widowControl": _switch(max(theme.widows, theme.orphans) > 1),
        **{f"pBdr/{side}": borders.get(f"pBdr/{side}", NO_BORDER) for side in ("top", "left", "bottom", "right")},
        "shd": {"val": "clear", "color": "auto", "fill": colour(style.background) if style.background else "auto"},
        "suppressAutoHyphens": _switch(not style.hyphenate),
        "spacing": {
            "before": str(line_twips(theme, style.space_before)),
            "after": str(line_twips(theme, style.space_after)),
            "line": str(leading(style, theme.fonts[style.font])),
            "lineRule": "auto",
        },
        "ind": {
            "left": str(em(theme, style.margin_start) + inset["left"]),
            "right": str(em(theme, style.margin_end) + inset["right"]),
            "firstLine": str(em(theme, style.indent * style.size)),
        },
        "jc": {"val": ALIGNMENTS[style.align]},
    }


def changes(properties: Properties, base: Properties) -> Properties:
    """What a style must say that its base does not."""
    changed = {name: value for name, value in properties.items() if base.get(name) != value}
    if any(name.startswith("pBdr/") for name in changed):
        # Word takes a style's pBdr as a whole, so sides that stay must be said again.
        sides = {n: v for n, v in properties.items() if n.startswith("pBdr/") and (n in changed or v is not NO_BORDER)}
        changed = {name: value for name, value in properties.items() if name in changed or name in sides}
    return changed


def run_properties(properties: Properties) -> Element:
    """`w:rPr`, empty where there is nothing to say."""
    made = w("rPr")
    for name, attributes in properties.items():
        if name.startswith("w14:"):
            extension = element(name)
            for key, value in attributes.items():
                extension.set(q(f"w14:{key}"), value)
            made.append(extension)
        else:
            made.append(w(name, **attributes))
    return made


def paragraph_properties(properties: Properties) -> Element:
    """`w:pPr`, empty where there is nothing to say."""
    made = w("pPr")
    borders: Element | None = None
    for name, attributes in properties.items():
        if not name.startswith("pBdr/"):
            made.append(w(name, **attributes))
            continue
        if borders is None:
            borders = w("pBdr")
            made.append(borders)
        borders.append(w(name.removeprefix("pBdr/"), **attributes))
    return made


def _fonts(theme: Theme, style: Style) -> dict[str, str]:
    family = theme.fonts[style.font]
    name = family.word or family.family
    return {"ascii": name, "hAnsi": name, "cs": COMPLEX_SCRIPT_FONTS[family.generic]}


def _switch(on: bool) -> dict[str, str]:
    """An on/off property; off must be said where a base style has it on."""
    return {} if on else {"val": "0"}


def colour(value: str) -> str:
    """A colour as Word writes it: six digits."""
    return value.removeprefix("#").upper()


def _old_style(style: Style) -> str:
    return "oldStyle" if style.figures == "oldstyle" else "default"


def _borders(theme: Theme, style: Style, rtl: bool) -> Properties:
    """The lines around a style. A ground without lines gets lines of its own colour: Word has no other padding."""
    start, end = ("right", "left") if rtl else ("left", "right")
    lines: dict[str, Border | None] = {
        "top": style.border_top,
        "bottom": style.border_bottom,
        start: style.border_start,
        end: None,
    }
    if style.background and style.padding:
        lines = {side: border or Border(0.25, style.background) for side, border in lines.items()}
    space = str(min(MOST_BORDER_SPACE, round(style.padding * theme.sizes.word)))
    return {f"pBdr/{side}": line(border, space) for side, border in lines.items() if border}


def line(border: Border, space: str) -> dict[str, str]:
    """A line: its width is in eighths of a point."""
    return {"val": "single", "sz": str(max(2, round(border.width * 8))), "space": space, "color": colour(border.colour)}
