"""A table of contents on request: Word's own field, filled with the headings so that every program shows it.

Page numbers are for Word, which works the field out when it opens the file; till then an entry is a link without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from convert.writers.docx.field import field_end, field_start
from convert.writers.docx.xml import Element, w

__all__ = ["DEEPEST", "Entry", "contents", "place_name"]

DEEPEST = 3
"""The deepest level of headings that is listed, as in Word's own tables of contents."""


class Entry(Struct, frozen=True):
    """A heading: its level, its words, and the bookmark around it."""

    level: int
    words: str
    bookmark: str


def contents(title: str, entries: Iterable[Entry], runs: Callable[[str], list[Element]]) -> list[Element]:
    """The list as Word knows it, a block of its gallery of such (17.5.2.12); nothing for no entries.

    `runs` makes the runs of a text.
    """
    lines = [_line(entry, runs) for entry in entries]
    if not lines:
        return []
    lines[0][1:1] = field_start(f'TOC \\o "1-{DEEPEST}" \\h \\z \\u', dirty=True)
    lines[-1].append(field_end())
    heading = w("p", w("pPr", w("pStyle", val="TOCHeading")), *runs(title))
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    return [w("sdt", w("sdtPr", gallery), w("sdtContent", heading, *lines))]


def place_name(number: int) -> str:
    """The name of the bookmark around a heading, as Word itself names those."""
    return f"_Toc{number:09}"


def _line(entry: Entry, runs: Callable[[str], list[Element]]) -> Element:
    link = w("hyperlink", *runs(entry.words), anchor=entry.bookmark, history=1)
    return w("p", w("pPr", w("pStyle", val=f"TOC{entry.level}")), link)
