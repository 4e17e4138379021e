"""A theme: the design decisions that every writer dresses an article with.

Sizes of styles are ratios of a base size, which differs by target: points in PDF and Word, the
reader's own choice (1 em) in EPUB. Vertical spaces are counted in units of half the body's line, so
that columns agree. Everything here is resolved: styles are complete, colours are `#rrggbb`.
"""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

__all__ = [
    "STYLES", "Align", "Border", "Face", "FontFamily", "Furniture", "MarkdownOptions", "Page", "Part",
    "Sizes", "Style", "StyleName", "Theme",
]  # fmt: skip

StyleName = Literal[
    "embargo", "section", "headline", "deck", "byline", "dateline", "disclosure",
    "body", "lede", "question", "answer", "heading-1", "heading-2", "heading-3", "heading-4",
    "list-item", "term", "description",
    "table-caption", "table-header", "table-cell",
    "caption", "credit", "quote", "quote-attribution", "pull-quote", "code", "code-span",
    "aside", "aside-title", "embed", "rule", "link", "note", "correction", "correction-label",
    "notes-title", "about", "origin", "running-head", "folio",
]  # fmt: skip
"""Every named style. Heading levels beyond 4 use heading-4."""

STYLES: tuple[StyleName, ...] = get_args(StyleName)

Align = Literal["start", "end", "centre", "justify"]

Part = Literal[
    "section", "headline", "deck", "byline", "dateline", "disclosure", "lead-image", "body", "corrections",
    "notes", "about", "origin",
]  # fmt: skip
"""What a page can show, see `Theme.show`."""


class Face(Struct, frozen=True, forbid_unknown_fields=True):
    """One static font file: `file` is its name in the package's `fonts/` or a path beside the theme."""

    file: str
    weight: int = 400
    italic: bool = False


class FontFamily(Struct, frozen=True, forbid_unknown_fields=True):
    """A font as a theme names it.

    `family` is the name in the files, `generic` what CSS falls back to, `word` the font that Word
    should name (a reader of DOCX has only the fonts of its machine), `fallback` further fonts of the
    theme for scripts that this one lacks.
    """

    family: str
    generic: Literal["serif", "sans-serif", "monospace"]
    faces: tuple[Face, ...]
    word: str = ""
    fallback: tuple[str, ...] = ()


class Border(Struct, frozen=True, forbid_unknown_fields=True):
    """A line along an edge: its width in points and its colour."""

    width: float
    colour: str


class Style(Struct, frozen=True, kw_only=True):
    """How one kind of text looks. Every field has its final value."""

    font: str
    """The key of a family in `Theme.fonts`."""
    size: float
    """A ratio of the target's base size."""
    leading: float
    """From line to line, a ratio of this style's own size."""
    weight: int
    italic: bool
    colour: str
    background: str | None
    align: Align
    space_before: float
    """In units of half a body line."""
    space_after: float
    indent: float
    """Of the first line, in em of this style."""
    margin_start: float
    """Before every line, in em of the base size."""
    margin_end: float
    padding: float
    """Between border or background and text, in em of the base size."""
    border_top: Border | None
    border_bottom: Border | None
    border_start: Border | None
    tracking: float
    """Added between characters, in em of this style."""
    caps: Literal["none", "small", "all"]
    underline: bool
    hyphenate: bool
    keep_with_next: bool
    keep_together: bool
    figures: Literal["default", "lining", "oldstyle", "tabular"]


class Sizes(Struct, frozen=True, forbid_unknown_fields=True):
    """The base size of each target in points; EPUB and screens are a ratio of the reader's own size."""

    pdf: float
    word: float
    epub: float
    screen: float


class Furniture(Struct, frozen=True, forbid_unknown_fields=True):
    """A line in a page's margin. Its texts may name {title}, {publisher}, {section}, {page} and {pages}."""

    start: str = ""
    centre: str = ""
    end: str = ""
    first_page: bool = False


class Page(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The sheet, in millimetres."""

    width: float
    height: float
    margin_top: float
    margin_bottom: float
    margin_inner: float
    margin_outer: float
    facing: bool
    """Whether inner and outer margins change sides from page to page."""
    columns: int
    column_gap: float
    head: Furniture
    foot: Furniture


class MarkdownOptions(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a theme decides for Markdown."""

    bullet: Literal["-", "*", "+"]
    emphasis: Literal["*", "_"]
    front_matter: bool
    setext: bool


class Theme(Struct, frozen=True, kw_only=True):
    """One theme, resolved."""

    name: str
    title: str
    description: str
    fonts: dict[str, FontFamily]
    colours: dict[str, str]
    """Named colours as #rrggbb; "paper" and "ink" are always among them."""
    sizes: Sizes
    page: Page
    styles: dict[StyleName, Style]
    show: tuple[Part, ...]
    markdown: MarkdownOptions
    widows: int
    orphans: int
    measure: float
    """The longest line on a screen, in em."""
    bullets: tuple[str, ...]
    """The mark of each level of a bulleted list; deeper levels begin again."""
    origin: str
    """The origin line's text; {publisher} and {url} stand for the article's."""

    @property
    def unit(self) -> float:
        """The unit of vertical space, as a ratio of the base size."""
        body = self.styles["body"]
        return body.size * body.leading / 2

    def style(self, name: StyleName) -> Style:
        """The style of a name."""
        return self.styles[name]

    def heading(self, level: int) -> Style:
        """The style of a heading's level."""
        return self.styles[heading_style(level)]


def heading_style(level: int) -> StyleName:
    """The name of the style for a heading's level."""
    names: tuple[StyleName, ...] = ("heading-1", "heading-2", "heading-3", "heading-4")
    return names[min(level, 4) - 1]
