"""What must be true of a theme beyond the type of each value.

It is checked on the marked tree, whatever the values are: a wrong type elsewhere must not hide a
contradiction here. Values of a wrong type are passed over; converting them says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from convert.marked_yaml import Findings, Marked, Place, nearest
from convert.themes.model import STYLES, Part
from convert.themes.units import PAPERS, millimetres, points

__all__ = ["check"]

NEEDED: tuple[Part, ...] = ("headline", "body", "corrections", "notes")
"""Parts that a theme may move but not hide: what a reader must be able to see."""

RANGES = {"widows": (1.0, 9.0), "orphans": (1.0, 9.0), "measure": (15.0, 100.0)}
SIZE_RANGES = {"pdf": (4.0, 40.0), "word": (4.0, 40.0), "epub": (0.5, 3.0), "screen": (0.5, 3.0)}
PAGE_RANGES = {"width": (50.0, 2000.0), "height": (50.0, 2000.0)}
STYLE_RANGES = {
    "size": (0.3, 10.0),
    "leading": (0.8, 3.0),
    "weight": (1, 1000),
    "space-before": (0.0, 40.0),
    "space-after": (0.0, 40.0),
    "indent": (-10.0, 20.0),
    "margin-start": (0.0, 20.0),
    "margin-end": (0.0, 20.0),
    "padding": (0.0, 10.0),
    "tracking": (-0.2, 1.0),
}
BORDER_RANGES = {"width": (0.05, 20.0)}
FURNITURE = ("title", "publisher", "section", "page", "pages")
ORIGIN = ("publisher", "url")
SMALLEST = 20.0
"""Millimetres that must remain for a column of text."""


def check(tree: Marked, broken: frozenset[str], findings: Findings) -> None:
    """Add what is missing, contradicts itself or leaves its range, at its place in the tree.

    `broken` are styles that were taken out because a finding about them is made already.
    """
    for one in (_ranges, _fonts, _faces, _colours, _show, _page, _texts):
        one(tree, findings)
    styles = tree.at("styles")
    missing = [name for name in STYLES if name not in styles.mapping and name not in broken]
    if "styles" in tree.mapping and missing:
        findings.add(styles.key, f"Styles are missing here: {', '.join(missing)}.")


# Ranges


def _ranges(tree: Marked, findings: Findings) -> None:
    _within(tree, RANGES, float, findings)
    _within(tree.at("sizes"), SIZE_RANGES, points, findings)
    _within(tree.at("page"), PAGE_RANGES, millimetres, findings)
    _within(tree.at("page"), {"columns": (1, 6)}, float, findings)
    for style in tree.at("styles").mapping.values():
        _within(style, STYLE_RANGES, float, findings)
        for item in style.mapping.values():
            _within(item, BORDER_RANGES, float, findings)


def _within(
    node: Marked, bounds: dict[str, tuple[float, float]], parse: Callable[[str], float], findings: Findings
) -> None:
    for key, (low, high) in bounds.items():
        item = node.mapping.get(key)
        value = None if item is None else _number(item, parse)
        if item is not None and value is not None and not low <= value <= high:
            findings.add(item.place, f"'{key}': expected {low:g} to {high:g}, found '{item.value}'.")


def _number(node: Marked, parse: Callable[[str], float]) -> float | None:
    """The number that a value stands for; None for what converting will refuse."""
    try:
        return parse(node.value if isinstance(node.value, str) else "")
    except ValueError:
        return None


# Fonts, styles, colours


def _fonts(tree: Marked, findings: Findings) -> None:
    fonts = tree.at("fonts")
    if "fonts" in tree.mapping and fonts.value == {}:
        findings.add(fonts.key, "'fonts': a theme needs at least one font.")
    for key, family in fonts.mapping.items():
        if family.at("faces").value == ():
            findings.add(family.key, f"The font '{key}' has no faces; name at least one file.")
        for item in _items(family.mapping.get("fallback")):
            if isinstance(item.value, str) and item.value not in fonts.mapping:
                findings.unknown(item.place, "font", item.value, fonts.mapping)


def _faces(tree: Marked, findings: Findings) -> None:
    """The face that a style asks for is there: no bold or italic is faked."""
    fonts = tree.at("fonts").mapping
    said: set[Place] = set()
    for name, style in tree.at("styles").mapping.items():
        font = style.mapping.get("font")
        if font is None or not isinstance(font.value, str) or not fonts:
            continue
        if font.value not in fonts:
            findings.unknown(font.place, "font", font.value, fonts)
            continue
        faces = {_cut(item) for item in _items(fonts[font.value].mapping.get("faces"))}
        place = _asked(style, tree.place.file)
        if faces and _cut(style) not in faces and place not in said:
            said.add(place)  # styles that are like this one would only say it again
            has = ", ".join(sorted(map(_cut_name, faces)))
            sentence = (
                f"The style '{name}' asks for {_cut_name(_cut(style))} of the font '{font.value}', which has {has}."
            )
            findings.add(place, sentence)


def _asked(style: Marked, top: str) -> Place:
    """Where a style asks for its face: the last of the keys that do so in the file itself, if any."""
    places = [style.mapping[key].place for key in ("font", "weight", "italic") if key in style.mapping]
    return max((place for place in places if place.file == top), default=places[-1])


def _cut(node: Marked) -> tuple[str, bool]:
    """The weight and slope that a face has or a style asks for."""
    weight, italic = node.mapping.get("weight"), node.mapping.get("italic")
    slanted = italic is not None and str(italic.value).lower() in {"true", "yes", "on"}
    return (str(weight.value) if weight else "400", slanted)


def _cut_name(cut: tuple[str, bool]) -> str:
    return f"{cut[0]} italic" if cut[1] else cut[0]


def _items(node: Marked | None) -> Iterator[Marked]:
    if node is not None and isinstance(node.value, tuple):
        yield from node.value


def _colours(tree: Marked, findings: Findings) -> None:
    colours = tree.at("colours")
    for needed in ("paper", "ink"):
        if "colours" in tree.mapping and isinstance(colours.value, dict) and needed not in colours.mapping:
            findings.add(colours.key, f"The colour '{needed}' is missing here.")


# The page


def _show(tree: Marked, findings: Findings) -> None:
    node = tree.mapping.get("show")
    if node is None or not isinstance(node.value, tuple):
        return
    seen: set[str] = set()
    for item in _items(node):
        part = item.value if isinstance(item.value, str) else ""
        if part in seen:
            findings.add(item.place, f"'{part}' is shown twice.")
        seen.add(part)
    missing = [part for part in NEEDED if part not in seen]
    if missing:
        findings.add(node.key, f"'show' must name {', '.join(missing)}: a theme may not hide what readers must see.")


def _page(tree: Marked, findings: Findings) -> None:
    """The sheet has a size, and its margins leave room for text."""
    page = tree.at("page")
    if "page" not in tree.mapping or not isinstance(page.value, dict):
        return
    size = page.mapping.get("size")
    name = size.value.lower() if size is not None and isinstance(size.value, str) else ""
    if size is not None and name and name not in PAPERS:
        findings.unknown(size.place, "page size", str(size.value), ("A4", "A5", "B5", "Letter", "Legal", "Tabloid"))
        return
    width, height = PAPERS.get(name, (0.0, 0.0))
    width, height = _length(page, "width") or width, _length(page, "height") or height
    if not (width and height):
        findings.add(page.key, "The page needs a 'size' such as A4, or a 'width' and a 'height'.")
        return
    columns = max(1.0, _length(page, "columns", float))
    column = width - _length(page, "margin-inner") - _length(page, "margin-outer")
    column = (column - _length(page, "column-gap") * (columns - 1)) / columns
    rest = height - _length(page, "margin-top") - _length(page, "margin-bottom")
    if column < SMALLEST or rest < SMALLEST:
        findings.add(page.key, f"The margins leave no room for text: {column:.0f} by {rest:.0f} mm.")


def _length(node: Marked, key: str, parse: Callable[[str], float] = millimetres) -> float:
    item = node.mapping.get(key)
    return (_number(item, parse) or 0.0) if item is not None else 0.0


def _texts(tree: Marked, findings: Findings) -> None:
    for line in ("head", "foot"):
        for part in ("start", "centre", "end"):
            _fields(tree.at("page").at(line).mapping.get(part), FURNITURE, findings)
    _fields(tree.mapping.get("origin"), ORIGIN, findings)


def _fields(node: Marked | None, known: tuple[str, ...], findings: Findings) -> None:
    """Refuse {words} in braces that stand for nothing."""
    if node is None or not isinstance(node.value, str):
        return
    for word in re.findall(r"\{([^{}]*)\}", node.value):
        if word not in known:
            close = nearest(f"{{{word}}}", [f"{{{one}}}" for one in known])
            findings.add(node.place, f"Nothing is called {{{word}}}{close}")
