"""Styles: what each says of paragraphs and runs through those it is based on, and what kind of text it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from convert.readers.docx.xml import Element, W, first, is_on, value

__all__ = ["RunLooks", "Style", "Styles", "is_hidden", "is_mono", "run_looks", "whole"]

LONGEST_CHAIN = 20

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
    "embargo": "embargo",
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
    """The level of its headings, 0 for none, 10 for body text."""
    run: RunLooks = RunLooks()
    list: str | None = None
    """The `w:numId` of its list."""
    list_level: int | None = None
    left: int | None = None
    bidi: bool | None = None
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
        self._own: dict[str, tuple[Style, str]] = {}
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

    def _chain(self, name: str) -> Iterator[Style]:
        """What a style and those it is based on say themselves; a circle ends where it closes."""
        seen: set[str] = set()
        while name in self._elements and name not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(name)
            if name not in self._own:
                self._own[name] = _own(name, self._elements[name])
            said, name = self._own[name]
            yield said

    def _make(self, name: str) -> Style:
        """A style over those it is based on."""
        found: Style | None = None
        for weak in self._chain(name):
            found = weak if found is None else _inherit(found, weak)
        return Style(name, name.lower()) if found is None else found


def _own(name: str, element: Element) -> tuple[Style, str]:
    """What a style says itself, and the name of the one that it is based on."""
    called = _name(element) or name.lower()
    character = element.get(W + "type") == "character"
    properties = first(element, "pPr")
    number_level = value(properties, "numPr", "ilvl")
    parts = element.iter(W + "tblStylePr")
    made = Style(
        name, called,
        kind=("code" if called in CODE_NAMES else "") if character else kind_of(called),
        level=heading_level(called, value(properties, "outlineLvl")),
        run=run_looks(first(element, "rPr")),
        list=value(properties, "numPr", "numId") or None,
        list_level=int(number_level) if number_level.isdigit() and number_level.isascii() else None,
        left=whole(first(properties, "ind"), "left", "start"),
        bidi=is_on(properties, "bidi"),
        ruled=is_ruled(properties),
        head_row=any(part.get(W + "type") == "firstRow" and len(part) > 0 for part in parts),
    )  # fmt: skip
    return made, value(element, "basedOn")


def _inherit(strong: Style, weak: Style) -> Style:
    """One style over the one that it is based on; a line drawn below a paragraph is its own only."""
    return Style(
        strong.id, strong.name, strong.kind or weak.kind, strong.level or weak.level, over(strong.run, weak.run),
        strong.list or weak.list, weak.list_level if strong.list_level is None else strong.list_level,
        weak.left if strong.left is None else strong.left, weak.bidi if strong.bidi is None else strong.bidi,
        strong.ruled, strong.head_row or weak.head_row,
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
