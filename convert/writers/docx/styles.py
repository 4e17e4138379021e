"""The styles of a Word file, made from a theme's.

Where Word has a style built in, its name is used ("heading 1"): Word's navigation, its translation of
names and other programs' importers know those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal

from msgspec import Struct, structs

from convert.themes.model import Style, StyleName, Theme
from convert.writers.docx.formats import (
    Properties,
    changes,
    paragraph_format,
    paragraph_properties,
    run_format,
    run_properties,
)
from convert.writers.docx.measures import column_width, list_step, text_width
from convert.writers.docx.table_style import table_styles
from convert.writers.docx.xml import NAMESPACES, Element, element_root, q, w

__all__ = ["LANGUAGE_MARK", "STYLE_NAMES", "paragraph_looks", "styles"]

LANGUAGE_MARK = "x-copydesk-language"
"""Stands in the styles for the language of an article, which is put in when one is set."""


class WordStyle(Struct, frozen=True):
    """A style of Word: whose looks it has, what it is based on, what follows it.

    `next` is the style of the paragraph that is typed after it; `flush` drops the first line's indent,
    `snug` the space between paragraphs of the style. `built_in` says that Word knows the name.
    """

    id: str
    name: str
    looks: StyleName
    based: str = "Normal"
    kind: Literal["paragraph", "character"] = "paragraph"
    next: str = ""
    outline: int = 0
    built_in: bool = False
    flush: bool = False
    keep_next: bool | None = None
    snug: bool = False


FONT = "DefaultParagraphFont"
TOC_STEP = 1.2
"""How much further in each level of a list of contents stands, in em."""

PARAGRAPHS: tuple[WordStyle, ...] = (
    WordStyle("Normal", "Normal", "body", built_in=True, based="", flush=True),
    WordStyle("BodyText", "Body Text", "body", built_in=True, flush=True, next="BodyTextFirstIndent"),
    WordStyle("BodyTextFirstIndent", "Body Text First Indent", "body", built_in=True, based="BodyText"),
    WordStyle("Embargo", "Embargo", "embargo", next="Title"),
    WordStyle("Section", "Section", "section"),
    WordStyle("Title", "Title", "headline", built_in=True, next="Subtitle"),
    WordStyle("Subtitle", "Subtitle", "deck", built_in=True, next="BodyText"),
    WordStyle("Byline", "Byline", "byline"),
    WordStyle("Dateline", "Dateline", "dateline"),
    WordStyle("Disclosure", "Disclosure", "disclosure"),
    WordStyle("Lede", "Lede", "lede", based="BodyText", next="BodyText"),
    WordStyle("Question", "Question", "question", based="BodyText", next="Answer"),
    WordStyle("Answer", "Answer", "answer", based="BodyText"),
    WordStyle("Heading1", "heading 1", "heading-1", built_in=True, next="BodyText", outline=1),
    WordStyle("Heading2", "heading 2", "heading-2", built_in=True, next="BodyText", outline=2),
    WordStyle("Heading3", "heading 3", "heading-3", built_in=True, next="BodyText", outline=3),
    WordStyle("Heading4", "heading 4", "heading-4", built_in=True, next="BodyText", outline=4),
    WordStyle("Heading5", "heading 5", "heading-4", built_in=True, based="Heading4", next="BodyText", outline=5),
    WordStyle("TOCHeading", "TOC Heading", "notes-title", built_in=True, next="BodyText", keep_next=True),
    WordStyle("TOC1", "toc 1", "body", built_in=True, next="BodyText", flush=True),
    WordStyle("TOC2", "toc 2", "body", built_in=True, based="TOC1", next="BodyText", flush=True),
    WordStyle("TOC3", "toc 3", "body", built_in=True, based="TOC1", next="BodyText", flush=True),
    WordStyle("ListParagraph", "List Paragraph", "list-item", built_in=True, snug=True),
    WordStyle("ListContinue", "list-paragraph", "list-item", based="ListParagraph"),
    WordStyle("DefinitionTerm", "Definition Term", "term", next="Definition", keep_next=True),
    WordStyle("Definition", "Definition", "description"),
    WordStyle("Figure", "Figure", "caption", keep_next=False),
    WordStyle("CaptionedFigure", "Captioned Figure", "caption", based="Figure", keep_next=True),
    WordStyle("Caption", "caption", "caption", built_in=True, next="BodyText"),
    WordStyle("TableCaption", "Table Caption", "table-caption", based="Caption", keep_next=True),
    WordStyle("TableHeading", "Table Heading", "table-header", keep_next=True),
    WordStyle("TableText", "Table Text", "table-cell"),
    WordStyle("Quote", "Quote", "quote", built_in=True),
    WordStyle("QuoteAttribution", "Quote Attribution", "quote-attribution", based="Quote", next="BodyText"),
    WordStyle("IntenseQuote", "Intense Quote", "pull-quote", built_in=True),
    WordStyle("SourceCode", "Source Code", "code"),
    WordStyle("Aside", "Aside", "aside"),
    WordStyle("AsideTitle", "Aside Title", "aside-title", based="Aside", next="Aside", keep_next=True),
    WordStyle("Embed", "Embed", "embed"),
    WordStyle("Rule", "Rule", "rule", next="BodyText"),
    WordStyle("FootnoteText", "footnote text", "note", built_in=True),
    WordStyle("NotesTitle", "Notes Title", "notes-title", keep_next=True),
    WordStyle("Correction", "Correction", "correction"),
    WordStyle("AboutTitle", "About Title", "notes-title", next="About", keep_next=True),
    WordStyle("About", "About the Author", "about"),
    WordStyle("Origin", "Origin", "origin"),
    WordStyle("Header", "header", "running-head", built_in=True),
    WordStyle("Footer", "footer", "running-head", built_in=True),
)
"""Paragraph styles, each after the one it is based on. The further paragraphs of a list's item have the
one name by which pandoc joins them to the item (its Docx/Lists.hs, `listParagraphDivs`)."""

CHARACTERS: tuple[WordStyle, ...] = (
    WordStyle("Hyperlink", "Hyperlink", "link", FONT, "character", built_in=True),
    WordStyle("VerbatimChar", "Verbatim Char", "code-span", FONT, "character"),
    WordStyle("Credit", "Credit", "credit", FONT, "character"),
    WordStyle("CorrectionLabel", "Correction Label", "correction-label", FONT, "character"),
    WordStyle("PageNumber", "page number", "folio", FONT, "character", built_in=True),
)

AROUND: dict[str, StyleName] = {
    "Hyperlink": "body",
    "VerbatimChar": "body",
    "Credit": "caption",
    "CorrectionLabel": "correction",
    "PageNumber": "running-head",
}
"""The paragraphs that each of them stands in, from whose looks it differs."""

STYLE_NAMES: tuple[StyleName, ...] = tuple(style.looks for style in PARAGRAPHS + CHARACTERS)
"""Every style of a theme that a Word file shows."""

PLAIN_CHARACTERS: tuple[tuple[WordStyle, Properties], ...] = (
    (WordStyle("Emphasis", "Emphasis", "body", FONT, "character", built_in=True), {"i": {}, "iCs": {}}),
    (WordStyle("Strong", "Strong", "body", FONT, "character", built_in=True), {"b": {}, "bCs": {}}),
    (
        WordStyle("StrongEmphasis", "Strong Emphasis", "body", FONT, "character"),
        {"b": {}, "bCs": {}, "i": {}, "iCs": {}},
    ),
    (
        WordStyle("FootnoteReference", "footnote reference", "body", FONT, "character", built_in=True),
        {"vertAlign": {"val": "superscript"}},
    ),
)
"""Character styles that are the same in every theme."""


def paragraph_looks(theme: Theme) -> dict[str, Style]:
    """How each paragraph style looks, by its id."""
    return {style.id: _looks(style, theme) for style in PARAGRAPHS}


def styles(theme: Theme, *, rtl: bool) -> Element:
    """The root of styles.xml; `rtl` for articles that read from right to left."""
    root = element_root("w:styles", {name: NAMESPACES[name] for name in ("w", "r", "mc", "w14")})
    root.set(q("mc:Ignorable"), "w14")  # Words before 2010 skip what they do not know of OpenType
    language = w("lang", val=LANGUAGE_MARK, eastAsia=LANGUAGE_MARK, bidi=LANGUAGE_MARK)
    root.append(w("docDefaults", w("rPrDefault", w("rPr", language)), w("pPrDefault")))
    root.extend(_paragraphs(theme, rtl))
    root.append(w("style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"),
                  type="character", default=1, styleId="DefaultParagraphFont"))  # fmt: skip
    root.extend(_character(style, theme, rtl) for style in CHARACTERS)
    for style, properties in PLAIN_CHARACTERS:
        root.append(_style(style, run_properties(properties)))
    root.extend(table_styles(theme))
    return root


def _looks(style: WordStyle, theme: Theme) -> Style:
    """The theme's style, with what Word needs otherwise."""
    looks = theme.style(style.looks)
    if style.flush:
        looks = structs.replace(looks, indent=0)
    if style.keep_next is not None:
        looks = structs.replace(looks, keep_with_next=style.keep_next)
    adapt = ADAPTED.get(style.id)
    return adapt(looks, theme) if adapt else looks


def _figure(looks: Style, theme: Theme) -> Style:
    """A line that holds a picture: no ground, no lines of its own, close to its caption."""
    return structs.replace(
        looks, space_before=max(2, looks.space_before), space_after=1 if looks.keep_with_next else looks.space_after,
        leading=1.2, indent=0, background=None, border_top=None, border_bottom=None, border_start=None,
    )  # fmt: skip


def _list(looks: Style, theme: Theme) -> Style:
    """Items stand as far in as the list's first level, with a little space around the list."""
    return structs.replace(
        looks, indent=0, margin_start=list_step(theme) / (theme.sizes.word * 20),
        space_before=max(1, looks.space_before), space_after=max(1, looks.space_after),
    )  # fmt: skip


def _contents(steps: int, looks: Style, theme: Theme) -> Style:
    """A line of the list of contents: close to the next one, lower levels further in."""
    return structs.replace(
        looks, indent=0, align="start", space_before=0, space_after=0, margin_start=steps * TOC_STEP,
        keep_with_next=False,
    )  # fmt: skip


def _rule(looks: Style, theme: Theme) -> Style:
    """An empty paragraph takes a line; the drawn line is all that should show."""
    return structs.replace(looks, size=0.1, leading=1, keep_with_next=False)


def _boxed(name: StyleName, looks: Style, theme: Theme) -> Style:
    """The title of a box: Word draws one around neighbours only if their grounds, lines and indents are the same."""
    box = theme.style(name)
    return structs.replace(
        looks, background=box.background, padding=box.padding, border_top=box.border_top,
        border_bottom=box.border_bottom, border_start=box.border_start, margin_start=box.margin_start,
        margin_end=box.margin_end, space_before=box.space_before,
    )  # fmt: skip


def _cell(looks: Style, theme: Theme) -> Style:
    """Lines and padding of a cell are its table's."""
    return structs.replace(
        looks, padding=0, border_top=None, border_bottom=None, border_start=None, background=None, space_before=0,
        space_after=0,
    )  # fmt: skip


ADAPTED: dict[str, Callable[[Style, Theme], Style]] = {
    "Figure": _figure,
    "CaptionedFigure": _figure,
    "ListParagraph": _list,
    "ListContinue": _list,
    "TOC1": partial(_contents, 0),
    "TOC2": partial(_contents, 1),
    "TOC3": partial(_contents, 2),
    "Rule": _rule,
    "AsideTitle": partial(_boxed, "aside"),
    "AboutTitle": partial(_boxed, "about"),
    "TableHeading": _cell,
    "TableText": _cell,
}
"""The styles that differ in Word, and how."""


def _paragraphs(theme: Theme, rtl: bool) -> Iterator[Element]:
    """The paragraph styles, each with what differs from the one it is based on."""
    formats: dict[str, tuple[Properties, Properties]] = {"": ({}, {})}
    for style in PARAGRAPHS:
        looks = _looks(style, theme)
        paragraph, run = paragraph_format(theme, looks, rtl=rtl), run_format(theme, looks, rtl=rtl)
        formats[style.id] = (paragraph, run)
        base_paragraph, base_run = formats[style.based]
        properties = paragraph_properties(changes(paragraph, base_paragraph))
        _add_to(properties, style, theme, rtl)
        yield _style(style, properties, run_properties(changes(run, base_run)))


def _add_to(properties: Element, style: WordStyle, theme: Theme, rtl: bool) -> None:
    """Put into a style's `w:pPr` what no theme decides: tabs, direction, outline level, tight lists."""
    if style.id in ("Header", "Footer"):
        width = text_width(theme.page)
        tabs = w("tabs", w("tab", val="center", pos=width // 2), w("tab", val="right", pos=width))
        _insert(properties, tabs, ("suppressAutoHyphens", "bidi", "spacing", "ind", "jc"))
    if style.id == "TOC1":
        tabs = w("tabs", w("tab", val="right", leader="dot", pos=column_width(theme.page)))
        _insert(properties, tabs, ("suppressAutoHyphens", "bidi", "spacing", "ind", "jc"))
    if rtl and style.id == "Normal":
        _insert(properties, w("bidi"), ("spacing", "ind", "jc"))
    if style.snug:
        _insert(properties, w("contextualSpacing"), ("jc",))
    if style.outline:
        properties.append(w("outlineLvl", val=style.outline - 1))


def _insert(properties: Element, new: Element, followers: tuple[str, ...]) -> None:
    """Put an element before the first of those that the schema places after it."""
    names = {q(f"w:{name}") for name in followers}
    place = next((k for k, child in enumerate(properties) if child.tag in names), len(properties))
    properties.insert(place, new)


def _character(style: WordStyle, theme: Theme, rtl: bool) -> Element:
    """A character style: how it differs from the paragraphs that it stands in."""
    looks, around = theme.style(style.looks), theme.style(AROUND[style.id])
    properties = changes(run_format(theme, looks, rtl=rtl), run_format(theme, around, rtl=rtl))
    made = run_properties(properties)
    if looks.background:
        ground = w("shd", val="clear", color="auto", fill=looks.background.removeprefix("#").upper())
        _insert(made, ground, ("w14:numForm", "w14:numSpacing"))
    return _style(style, made)


def _style(style: WordStyle, *properties: Element) -> Element:
    made = w("style", w("name", val=style.name), type=style.kind, styleId=style.id)
    if not style.based:
        made.set(q("w:default"), "1")
    elif not style.built_in:
        made.set(q("w:customStyle"), "1")
    if style.based:
        made.append(w("basedOn", val=style.based))
    if style.next:
        made.append(w("next", val=style.next))
    made.append(w("qFormat"))
    made.extend(part for part in properties if len(part))
    return made
