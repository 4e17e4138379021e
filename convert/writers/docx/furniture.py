"""Running heads and folios, and the sections whose pages carry them."""

from __future__ import annotations

import re
from typing import Literal

from convert.themes.model import Furniture, Theme
from convert.writers.docx.language import split_directions
from convert.writers.docx.measures import text_width, twips
from convert.writers.docx.xml import ROOT_NAMESPACES, Element, element_root, q, string, w

__all__ = ["Facts", "Line", "furniture_line", "furniture_part", "is_empty", "page_properties"]

Line = tuple[str, str, str]
"""What stands at the start, in the centre and at the end; page numbers are still signs of `FIELDS`."""

Facts = dict[str, str]
"""What an article puts for {title}, {publisher} and {section}."""

MARKS = {"{page}": "\x01", "{pages}": "\x02"}
"""No fact of an article holds these, so a headline that says {page} is not taken for a page's number."""

FIELDS = {"\x01": " PAGE ", "\x02": " NUMPAGES "}
FIELD = re.compile("([\x01\x02])")
LOOSE_ENDS = re.compile(r"^[\s·|•–—/,-]+|[\s·|•–—/,-]+$")
DOUBLED = re.compile(r"(\s[·|•–—/])(?:\s*[·|•–—/])+")
LETTER = 0.58
"""The width of a letter in em, as a rule of thumb."""


def furniture_line(furniture: Furniture, facts: Facts, theme: Theme) -> Line:
    """The three texts for an article: facts that it lacks leave no sign behind, long ones are cut."""
    room = text_width(theme.page) / (theme.style("running-head").size * theme.sizes.word * 20 * LETTER)
    texts = (furniture.start, furniture.centre, furniture.end)
    used = sum(1 for text in texts if text)
    start, centre, end = (_fill(text, facts, int(room / max(1, used))) for text in texts)
    return start, centre, end


def is_empty(line: Line) -> bool:
    """Whether there is nothing to print."""
    return not any(line)


def furniture_part(kind: Literal["hdr", "ftr"], line: Line, *, rtl: bool) -> Element:
    """The root of a header's or footer's part, one paragraph with two tab stops."""
    paragraph = w("p", w("pPr", w("pStyle", val="Header" if kind == "hdr" else "Footer")))
    start, centre, end = line
    if start:
        paragraph.extend(_runs(start, rtl))
    if centre or end:
        paragraph.append(w("r", w("tab")))
        paragraph.extend(_runs(centre, rtl))
    if end:
        paragraph.append(w("r", w("tab")))
        paragraph.extend(_runs(end, rtl))
    root = element_root(f"w:{kind}", ROOT_NAMESPACES)
    root.append(paragraph)
    return root


def page_properties(
    theme: Theme, references: list[tuple[str, str, str]], *, columns: int, continuous: bool, first: bool, rtl: bool
) -> Element:
    """`w:sectPr`; `references` are (element, type, relationship id) of headers and footers."""
    page = theme.page
    made = w("sectPr")
    for name, kind, relation in references:
        reference = w(name, type=kind)
        reference.set(q("r:id"), relation)
        made.append(reference)
    if continuous:
        made.append(w("type", val="continuous"))
    top, bottom = twips(page.margin_top), twips(page.margin_bottom)
    made.append(w("pgSz", w=twips(page.width), h=twips(page.height)))
    made.append(w("pgMar", top=top, right=twips(page.margin_outer), bottom=bottom, left=twips(page.margin_inner),
                  header=top // 2, footer=bottom // 2, gutter=0))  # fmt: skip
    if columns > 1:
        made.append(w("cols", num=columns, space=twips(page.column_gap)))
    if first:
        made.append(w("titlePg"))
    if rtl:
        made.append(w("bidi"))
    return made


def _fill(text: str, facts: Facts, room: int) -> str:
    for name, mark in MARKS.items():
        text = text.replace(name, mark)
    for name, fact in facts.items():
        text = text.replace(name, _shorten(" ".join(fact.split()), room))
    return LOOSE_ENDS.sub("", DOUBLED.sub(r"\1", text))


def _shorten(text: str, room: int) -> str:
    """A text cut at a word's end with an ellipsis, where it is longer than there is room for."""
    if len(text) <= room:
        return text
    cut = text[: max(1, room - 1)]
    return (cut.rsplit(" ", 1)[0] if " " in cut[room // 2 :] else cut).rstrip(" ,.;:") + "…"


def _runs(text: str, rtl: bool) -> list[Element]:
    """The runs of a text, page numbers as fields."""
    made: list[Element] = []
    for piece in FIELD.split(text):
        if piece in FIELDS:
            number = w("r", w("rPr", w("rStyle", val="PageNumber")), string("1"))
            made.append(w("fldSimple", number, instr=FIELDS[piece]))
        elif piece:
            for words, direction in split_directions(piece, "rtl" if rtl else "ltr"):
                made.append(w("r", *([w("rPr", w("rtl"))] if direction == "rtl" else []), string(words)))
    return made
