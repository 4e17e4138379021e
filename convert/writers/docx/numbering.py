"""Lists: one definition each of bullets, numbers and tasks, and one instance for every list.

An instance of its own makes a list begin anew, at its own start, whatever stood before it
(ECMA-376 part 1, 17.9.26: `w:startOverride`).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from convert.themes.model import Theme
from convert.writers.docx.measures import list_step
from convert.writers.docx.xml import NAMESPACES, Element, element_root, serialise, w

__all__ = ["DEEPEST", "ListKind", "Numbering", "definitions"]

ListKind: TypeAlias = Literal["bullets", "numbers", "tasks"]

DEEPEST = 8
"""Word's lists have nine levels, counted from 0."""

DEFINITIONS: dict[ListKind, int] = {"bullets": 1, "numbers": 2, "tasks": 3}


def definitions(theme: Theme) -> bytes:
    """A numbering.xml that has the kinds of lists and no list yet."""
    root = element_root("w:numbering", {"w": NAMESPACES["w"]})
    for kind, number in DEFINITIONS.items():
        # nsid tells definitions apart when Word merges documents: any fixed number will do
        made = w("abstractNum", w("nsid", val=f"0C0D5E{number:02X}"), w("multiLevelType", val="hybridMultilevel"),
                 abstractNumId=number)  # fmt: skip
        made.extend(_level(theme, kind, level) for level in range(DEEPEST + 1))
        root.append(made)
    return serialise(root)


class Numbering:
    """The lists of one article."""

    def __init__(self, definitions: bytes) -> None:
        self._definitions = definitions
        self._lists: list[str] = []

    def add(self, kind: ListKind, level: int, start: int) -> int:
        """The number of a new list that stands at a level and counts from `start`."""
        number = len(self._lists) + 1
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        self._lists.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{DEFINITIONS[kind]}"/>'
            f"{override if kind == 'numbers' else ''}</w:num>"
        )
        return number

    def part(self) -> bytes:
        """numbering.xml with every list that was added."""
        end = b"</w:numbering>"
        return self._definitions.removesuffix(end) + "".join(self._lists).encode() + end


def _level(theme: Theme, kind: ListKind, level: int) -> Element:
    step = list_step(theme)
    marks = theme.bullets or ("•",)
    mark = {"bullets": marks[level % len(marks)], "numbers": f"%{level + 1}.", "tasks": "\u00a0"}[kind]
    made = w("lvl", w("start", val=1), w("numFmt", val="decimal" if kind == "numbers" else "bullet"), ilvl=level)
    if kind == "tasks":
        made.append(w("suff", val="nothing"))
    made.extend((
        w("lvlText", val=mark),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=step * (level + 1), hanging=step)),
    ))  # fmt: skip
    if kind == "tasks":
        # The box is part of the text, and a mark beside it one too many. An empty mark would do in Word, but
        # pandoc takes items without one for further paragraphs of the item before.
        made.append(w("rPr", w("sz", val=2), w("szCs", val=2)))
    return made
