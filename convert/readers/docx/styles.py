"""Styles: what each says of paragraphs and runs through those it is based on, and what kind of text it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from convert.readers.docx.xml import Element, W, first, is_on, value

__all__ = ["RunLooks", "Style", "Styles", "is_hidden", "is_mono", "run_looks", "whole"]

LONGEST_CHAIN = 50

_NUMBERED_HEADING = re.compile(
    r"(?:heading|header|überschrift|ueberschrift|titre|título|titulo|titolo|encabezado|intestazione|"
    r"kop|rubrik|overskrift|otsikko|nagłówek|nadpis|naslov|címsor|titlu|başlık|заголовок|επικεφαλίδα|"
    r"عنوان|כותרת|見出し|标题|標題|제목)[ _]*([1-9])",
    re.IGNORECASE,
)
"""Names of headings: Word writes "heading 1" in every language, other programs write their own."""

_KINDS: Mapping[str, str] = {
    "title": "title", "titel": "title", "titre": "title", "título": "title", "titolo": "title", "headline": "title",
    "subtitle": "deck", "untertitel": "deck", "sous-titre": "deck", "subtítulo": "deck", "sottotitolo": "deck",
    "deck": "deck", "standfirst": "deck",
    "author": "byline", "byline": "byline", "date": "date", "dateline": "dateline", "section": "section",
    "quote": "quote", "quotations": "quote", "block text": "quote", "block quotation": "quote",
    "block quote": "quote", "blockquote": "quote", "zitat": "quote", "citation": "quote", "cita": "quote",
    "intense quote": "pull", "pull quote": "pull", "pullquote": "pull",
    "quote attribution": "attribution",
    "source code": "code", "html preformatted": "code", "preformatted text": "code", "code": "code",
    "code block": "code", "macro text": "code", "macro": "code", "plain text code": "code",
    "caption": "caption", "image caption": "caption", "figure caption": "caption", "figurecaption": "caption",
    "beschriftung": "caption",
    "légende": "caption", "leyenda": "caption", "didascalia": "caption", "illustration": "caption", "figure": "",
    "table caption": "caption", "table": "caption",
    "lede": "lede", "lead": "lede", "question": "question", "answer": "answer",
    "definition term": "term", "definition": "definition", "definition definition": "definition",
    "aside": "aside", "aside title": "aside-title", "correction": "correction", "rule": "rule",
    "horizontal line": "rule",
    "list-paragraph": "continue", "list continue": "continue", "list continue 2": "continue",
    "list continue 3": "continue", "list continue 4": "continue", "list continue 5": "continue",
    "notes title": "furniture", "about": "about", "about title": "about", "origin": "origin", "toc heading": "contents",
    "table of contents": "contents", "table of figures": "contents", "contents heading": "contents",
    "about the author": "about",
}  # fmt: skip
"""What paragraphs of a style are, by its name in lower case."""

CODE_NAMES = frozenset((
    "verbatim char", "source text", "html code", "html typewriter", "html keyboard", "html sample", "code",
    "code char", "inline code", "html preformatted char", "teletype",
))  # fmt: skip
"""Character styles of code."""

_MONO = re.compile(
    r"courier|consolas|monaco|menlo|\bmono\b|monospace|lucida console|andale|fixedsys|terminal|inconsolata|"
    r"source code|fira code|cascadia|jetbrains|ocr a",
    re.IGNORECASE,
)


class RunLooks(Struct, frozen=True):
    """What a `w:rPr` says that has a meaning; None and empty where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    strike: bool | None = None
    hidden: bool | None = None
    shift: str = ""
    font: str = ""
    languages: tuple[str, str, str] = ("", "", "")
    """For Latin, East Asian and right-to-left text."""
    rtl: bool | None = None


def run_looks(properties: Element | None) -> RunLooks:
    """What a `w:rPr` says."""
    if properties is None:
        return RunLooks()
    strike, double = is_on(properties, "strike"), is_on(properties, "dstrike")
    fonts, language = first(properties, "rFonts"), first(properties, "lang")
    names = ("ascii", "hAnsi", "cs")
    font = "" if fonts is None else next((name for each in names if (name := fonts.get(W + each))), "")
    slots = ("val", "eastAsia", "bidi")
    val, east, bidi = ("" if language is None else language.get(W + slot) or "" for slot in slots)
    return RunLooks(
        is_on(properties, "b"), is_on(properties, "i"), strike or double if strike is not None else double,
        is_on(properties, "vanish"), value(properties, "vertAlign"), font, (val, east, bidi), is_on(properties, "rtl"),
    )  # fmt: skip


def over(strong: RunLooks, weak: RunLooks) -> RunLooks:
    """One over another: what the first does not say is what the second says."""
    return RunLooks(
        weak.bold if strong.bold is None else strong.bold,
        weak.italic if strong.italic is None else strong.italic,
        weak.strike if strong.strike is None else strong.strike,
        weak.hidden if strong.hidden is None else strong.hidden,
        strong.shift or weak.shift,
        strong.font or weak.font,
        (
            strong.languages[0] or weak.languages[0],
            strong.languages[1] or weak.languages[1],
            strong.languages[2] or weak.languages[2],
        ),
        weak.rtl if strong.rtl is None else strong.rtl,
    )


class Style(Struct, frozen=True):
    """A style with all that it inherits."""

    id: str = ""
    name: str = ""
    kind: str = ""
    """What its paragraphs are (`_KINDS`), or "code" for a character style; empty for plain text."""
    level: int = 0
    """The level of its headings, 0 for none."""
    run: RunLooks = RunLooks()
    list: str | None = None
    """The `w:numId` of its list."""
    list_level: int | None = None
    left: int | None = None
    bidi: bool = False
    ruled: bool = False
    """Whether a line is drawn below or above it."""
    head_row: bool = False
    """Of a table: whether it sets the first row apart."""

    @property
    def mono(self) -> bool:
        """Whether its font is one of typewriters."""
        return is_mono(self.run.font)


def is_mono(font: str) -> bool:
    """Whether a font's letters are all as wide as one another, by its name."""
    return bool(font) and _MONO.search(font) is not None


class Styles:
    """The styles of a file by id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._made: dict[str, Style] = {}
        self.base = RunLooks()
        self._default = ""
        if root is None:
            return
        self.base = run_looks(first(root, "docDefaults", "rPrDefault", "rPr"))
        for element in root.iter(W + "style"):
            name = element.get(W + "styleId") or ""
            self._elements.setdefault(name, element)
            if element.get(W + "type") == "paragraph" and (element.get(W + "default") or "0").lower() in (
                "1",
                "true",
                "on",
            ):
                self._default = self._default or name

    def paragraph(self, properties: Element | None) -> Style:
        """The style that a `w:pPr` names, or the default one."""
        return self.named(value(properties, "pStyle") or self._default)

    def named(self, name: str) -> Style:
        """The style of an id; one of no looks where there is none."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _chain(self, name: str) -> Iterator[Element]:
        """A style and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while name in self._elements and name not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(name)
            yield self._elements[name]
            name = value(self._elements[name], "basedOn")

    def _make(self, name: str) -> Style:
        looks, kind, level, number, number_level = RunLooks(), "", 0, None, None
        left: int | None = None
        bidi: bool | None = None
        ruled = head_row = False
        chain = list(self._chain(name))
        character = bool(chain) and chain[0].get(W + "type") == "character"
        for depth, element in enumerate(chain):
            called = _name(element) or element.get(W + "styleId") or ""
            properties = first(element, "pPr")
            looks = over(looks, run_looks(first(element, "rPr")))
            kind = kind or ("code" if character and called in CODE_NAMES else "" if character else kind_of(called))
            level = level or heading_level(called, value(properties, "outlineLvl"))
            if number is None and first(properties, "numPr") is not None:
                number = value(properties, "numPr", "numId") or None
                found = value(properties, "numPr", "ilvl")
                number_level = int(found) if found.isdigit() else None
            left = whole(first(properties, "ind"), "left", "start") if left is None else left
            bidi = is_on(properties, "bidi") if bidi is None else bidi
            ruled = ruled or (depth == 0 and is_ruled(properties))
            parts = element.iter(W + "tblStylePr")
            head_row = head_row or any(part.get(W + "type") == "firstRow" and len(part) > 0 for part in parts)
        called = _name(chain[0]) if chain else ""
        return Style(
            name, called or name.lower(), kind, 0 if level > 9 else level, looks, number, number_level, left,
            bool(bidi), ruled, head_row,
        )  # fmt: skip


def _name(element: Element) -> str:
    return value(element, "name").strip().replace("_", " ").lower()


def kind_of(name: str) -> str:
    """What paragraphs of a style's name are; the parts of a list of contents are "contents"."""
    if re.fullmatch(
        r"(?:toc|table of contents|contents|verzeichnis|inhaltsverzeichnis|tm|tdc|sommario|目录) ?[1-9]", name
    ):
        return "contents"
    return _KINDS.get(name.removesuffix(" tight"), "")


def heading_level(name: str, outline: str) -> int:
    """The level of a heading by its style's name, or its outline level (17.3.1.20); 10 for body text."""
    match = _NUMBERED_HEADING.fullmatch(name)
    if match:
        return int(match[1])
    if outline.isdigit():
        return int(outline) + 1 if int(outline) < 9 else 10
    return 0


def is_ruled(properties: Element | None) -> bool:
    """Whether a `w:pPr` draws a line below or above the paragraph, and none beside it."""
    borders = first(properties, "pBdr")
    if borders is None:
        return False
    drawn = {child.tag for child in borders if (child.get(W + "val") or "none") not in ("none", "nil")}
    return bool(drawn & {W + "bottom", W + "top"}) and not drawn & {W + "left", W + "right"}


def whole(element: Element | None, *names: str) -> int | None:
    """The first of some attributes as a whole number (twips)."""
    for name in names:
        found = None if element is None else element.get(W + name)
        if found and re.fullmatch(r"-?\d{1,6}(?:\.\d+)?", found):
            return int(float(found))
    return None


def is_hidden(run: Element, style: Style, styles: Styles) -> bool:
    """Whether a run's words are hidden (17.3.2.41), by itself, its own style or its paragraph's."""
    properties = first(run, "rPr")
    own = is_on(properties, "vanish")
    if own is None:
        named = value(properties, "rStyle")
        own = styles.named(named).run.hidden if named else None
    return bool(style.run.hidden if own is None else own)
