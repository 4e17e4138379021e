"""Lists as numbering.xml defines them: which level a paragraph stands at, how it is marked, which number it has."""

from __future__ import annotations

import re

from msgspec import Struct

from convert.readers.docx.styles import Style, Styles, whole
from convert.readers.docx.xml import Element, W, first, value

__all__ = ["Mark", "Numbering"]

DEEPEST = 8
STEP = 360
"""Twips that a level without an indent of its own stands further in."""

MOST = 1_000_000_000
MOST_LINKS = 20
"""Definitions that stand for one another."""


_NAMED_LEVEL = re.compile(r"list (?:bullet|number) ([2-5])")
"""Word's own styles for items further in."""


class Level(Struct, frozen=True):
    """One level of a list."""

    form: str = "decimal"
    start: int = 1
    left: int = 0
    style: str = ""
    text: str = ""

    @property
    def ordered(self) -> bool:
        """Whether it counts."""
        return self.form not in ("bullet", "none") and "%" in self.text

    @property
    def bare(self) -> bool:
        """Whether nothing stands before its paragraphs, so that they are no items of their own."""
        return self.form == "none" or not self.text.strip(" ")


class Mark(Struct, frozen=True):
    """The place of a paragraph in a list. `group` tells lists apart, `number` is 0 for bullets."""

    group: str
    level: int
    left: int
    ordered: bool
    number: int = 0
    form: str = ""


class _Instance(Struct):
    """A `w:num`: the definition that it follows, and what it changes."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """The lists of a file. `mark` counts, so it is asked once a paragraph, in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._instances: dict[str, _Instance] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for element in root.iter(W + "abstractNum"):
            name = element.get(W + "abstractNumId") or ""
            self._definitions[name] = _levels(element)
            link = value(element, "numStyleLink")
            if link:
                self._links[name] = link
        for element in root.iter(W + "num"):
            starts, levels = {}, {}
            for override in element.iter(W + "lvlOverride"):
                at = _digit(override.get(W + "ilvl"))
                start = value(override, "startOverride")
                if start.isdigit():
                    starts[at] = int(start[:9])
                levels.update(_levels(override))
            self._instances[element.get(W + "numId") or ""] = _Instance(value(element, "abstractNumId"), starts, levels)

    def further(self, properties: Element | None, style: Style) -> int:
        """How far in a paragraph stands that is in a list but has no mark, as further ones of an item do; else -1."""
        found = first(properties, "numPr")
        number = value(found, "numId") or style.list
        if not number or number not in self._instances:
            return -1
        said = value(found, "ilvl")
        level = self._level(number, _digit(said) if said else self._styled_level(number, style))
        return self._left(properties, style, level, _digit(said)) if level.bare else -1

    def mark(self, properties: Element | None, style: Style) -> Mark | None:
        """The list that a paragraph is an item of, by its own properties or its style's; None for no list."""
        found = first(properties, "numPr")
        own = value(found, "numId")
        number = own or style.list
        if not number or number == "0" or number not in self._instances:
            return None
        said = value(found, "ilvl")
        at = _digit(said) if said else self._styled_level(number, style) if not own else 0
        level = self._level(number, at)
        if level.bare:
            return None
        named = _NAMED_LEVEL.fullmatch(style.name) if not at else None
        instance = self._instances[number]
        definition = self._definition(number)
        ordered = level.ordered
        count = self._count(definition, number, at, level, instance) if ordered else 0
        # an instance is no list: LibreOffice gives each item one of its own (measured)
        shown = int(named[1]) - 1 if named else at  # "List Bullet 2" is a list of its own, made to stand in another
        return Mark(definition, shown, self._left(properties, style, level, at), ordered, count, level.form)

    def _left(self, properties: Element | None, style: Style, level: Level, at: int) -> int:
        own = whole(first(properties, "ind"), "left", "start")
        return own if own is not None else level.left or style.left or STEP * (at + 1)

    def _count(self, definition: str, number: str, at: int, level: Level, instance: _Instance) -> int:
        """The number of the next item at a level (17.9.26: an instance's own start holds from its first item on)."""
        counts = self._counts.setdefault(definition, {})
        if at in instance.starts and (number, at) not in self._begun:
            counts[at] = instance.starts[at] - 1
        elif at not in counts:
            counts[at] = level.start - 1
        self._begun.add((number, at))
        counts[at] = min(counts[at] + 1, MOST)
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        return counts[at]

    def _styled_level(self, number: str, style: Style) -> int:
        """The level of a paragraph whose list is its style's: what it says, or the level that names it."""
        if style.list_level is not None:
            return min(style.list_level, DEEPEST)
        for at in range(DEEPEST + 1):
            if self._level(number, at).style == style.id:
                return at
        return 0

    def _level(self, number: str, at: int) -> Level:
        instance = self._instances[number]
        return (
            instance.levels.get(at) or self._definitions.get(self._definition(number), {}).get(at) or Level(text="%1.")
        )

    def _definition(self, number: str) -> str:
        """The definition behind an instance; one that stands for a style's list is followed, but in no circle."""
        seen: set[str] = set()
        while True:
            instance = self._instances.get(number)
            if instance is None:
                return ""
            link = self._links.get(instance.definition)
            if not link or number in seen or len(seen) > MOST_LINKS:
                return instance.definition
            seen.add(number)
            number = self._styles.named(link).list or ""


def _levels(element: Element) -> dict[int, Level]:
    found = {}
    for level in element.iter(W + "lvl"):
        start = value(level, "start")
        found[_digit(level.get(W + "ilvl"))] = Level(
            value(level, "numFmt") or "decimal",
            int(start[:9]) if start.isdigit() else 1,
            whole(first(level, "pPr", "ind"), "left", "start") or 0,
            value(level, "pStyle"),
            value(level, "lvlText"),
        )
    return found


def _digit(text: str | None) -> int:
    return min(int(text[:3]), DEEPEST) if text and text.isdigit() and text.isascii() else 0
