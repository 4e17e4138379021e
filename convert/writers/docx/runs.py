"""Inline nodes as runs: the half of the walk that happens within a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

from msgspec import Struct, structs

from convert.report import Report
from convert.themes.model import Theme
from convert.tree import Attrs, Document
from convert.tree import nodes as n
from convert.tree.fold import Fold
from convert.tree.walk import walk
from convert.world import Assets, Picture
from convert.writers.base import SCHEMES, tell_missing
from convert.writers.docx.language import Direction, language_slot, split_directions
from convert.writers.docx.links import bookmark_name, safe_target, scheme
from convert.writers.docx.measures import column_width, text_height
from convert.writers.docx.package import RELATIONSHIP_TYPE, Package, Relations
from convert.writers.docx.pictures import STAND_IN, drawing, inline_size
from convert.writers.docx.xml import Element, legal, q, string, w
from convert.writers.docx.xml import text_elements as elements_of
from convert.writers.labels import Labels
from convert.writers.xhtml.article import direction_of
from convert.writers.xhtml.markup import language_tag

__all__ = ["Marks", "Runs"]

LONGEST_TIP = 255


class Marks(Struct, frozen=True):
    """What holds for the words that are being set."""

    language: str = ""
    direction: Direction = "ltr"
    style: str = ""
    """A character style of their own, which goes before emphasis."""
    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    shift: Literal["", "superscript", "subscript"] = ""
    in_bold: bool = False
    """Whether the paragraph itself is bold: Word would take bold on bold for plain (17.7.3, toggle properties)."""


class Runs(Fold[list[Element]]):
    """Sets inline content. One instance sets one article."""

    def __init__(
        self, document: Document, theme: Theme, assets: Assets, package: Package, labels: Labels, report: Report,
        time_zone: str,
    ) -> None:  # fmt: skip
        super().__init__()
        self.time_zone = time_zone
        self.document = document
        self.theme = theme
        self.report = report
        self.labels = labels
        self.declared: list[str] = []
        self.base = Marks(
            language_tag(document.metadata.language) or "",
            "rtl" if direction_of(document) == "rtl" else "ltr",
        )
        self.marks = self.base
        self.relations: Relations
        """Of the part that is being set."""
        self.room = column_width(theme.page)
        """The width that a block may take, in twips."""
        self._assets = assets
        self._package = package
        self._bookmarks: dict[str, int] = {}
        self._drawings = 0
        self._ids: set[str] | None = None

    # ------------------------------------------------------------------------------ inlines

    def text(self, node: n.Text) -> list[Element]:
        return self.words(node.value)

    def emphasis(self, node: n.Emphasis) -> list[Element]:
        return self._marked(node.content, emphasis=True)

    def strong(self, node: n.Strong) -> list[Element]:
        return self._marked(node.content, strong=True)

    def strikethrough(self, node: n.Strikethrough) -> list[Element]:
        return self._marked(node.content, strike=True)

    def superscript(self, node: n.Superscript) -> list[Element]:
        return self._marked(node.content, shift="superscript")

    def subscript(self, node: n.Subscript) -> list[Element]:
        return self._marked(node.content, shift="subscript")

    def span(self, node: n.Span) -> list[Element]:
        return self.inlines(node.content)

    def code_span(self, node: n.CodeSpan) -> list[Element]:
        with self.marked(style="VerbatimChar"):
            return self.words(node.value)

    def break_(self, node: n.Break) -> list[Element]:
        return [self.run([w("br")])]

    def link(self, node: n.Link) -> list[Element]:
        link = self._hyperlink(node.href, node.title)
        if link is None:
            return self.inlines(node.content)
        with self.marked(style=self.marks.style or "Hyperlink"):
            link.extend(self.inlines(node.content))
        return [link] if len(link) else []  # nothing to click on, and its paragraph may be blank

    def image(self, node: n.Image) -> list[Element]:
        picture = self.picture(node.asset, node.alt)
        if picture is None:
            return self.words(self.missing(node.alt))
        size = inline_size(picture, self.room, text_height(self.theme.page))
        return [self.run([self.drawing(node.asset, picture, size, node.alt, node.title, decorative=not node.alt)])]

    # ------------------------------------------------------------------------------ helpers

    def inlines(self, nodes: Iterable[n.Inline]) -> list[Element]:
        """Inline content as the children of a paragraph."""
        made: list[Element] = []
        before: n.Inline | None = None
        for node in nodes:
            if isinstance(before, n.NoteReference) and isinstance(node, n.NoteReference):
                made.append(self.note_mark(string(",")))  # else notes 2 and 1 would read as 21
            made.extend(self.one(node))
            before = node
        return made

    def note_mark(self, content: Element) -> Element:
        """A run in the style of footnote references."""
        return w("r", w("rPr", w("rStyle", val="FootnoteReference")), content)

    def one(self, node: n.Inline | n.Block) -> list[Element]:
        """What is made of a node, in its own language and direction and under its own bookmark."""
        if node.attrs is None:
            return self.fold(node)
        with self.within(node.attrs):
            made = self.fold(node)
        return self.anchored(node.attrs, made)

    @contextmanager
    def marked(self, **marks: object) -> Iterator[None]:
        """Set words with some marks more."""
        before = self.marks
        self.marks = structs.replace(before, **marks)
        try:
            yield
        finally:
            self.marks = before

    @contextmanager
    def within(self, attrs: Attrs | None) -> Iterator[None]:
        """Set words in a node's language and direction."""
        before = self.marks
        language = language_tag(attrs.language) if attrs else None
        if language:
            self.marks = structs.replace(self.marks, language=language)
        if attrs and attrs.direction:
            self.marks = structs.replace(self.marks, direction=attrs.direction)
        try:
            yield
        finally:
            self.marks = before

    def words(self, value: str) -> list[Element]:
        """Plain words as runs, one for each direction of writing."""
        pieces = split_directions(self.legal(value), self.marks.direction)
        return [self.run(elements_of(piece), direction) for piece, direction in pieces if piece]

    def run(self, content: list[Element], direction: Direction = "ltr") -> Element:
        """A run with the marks that hold."""
        made = w("r")
        properties = self.properties(direction)
        if len(properties):
            made.append(properties)
        made.extend(content)
        return made

    def properties(self, direction: Direction = "ltr") -> Element:
        """`w:rPr` of the marks that hold: a character style where one says it, the rest beside it."""
        marks = self.marks
        made = w("rPr")
        styled = marks.style or {
            (True, False): "Strong",
            (False, True): "Emphasis",
            (True, True): "StrongEmphasis",
        }.get((marks.strong, marks.emphasis), "")
        if styled:
            made.append(w("rStyle", val=styled))
        if marks.strong and (marks.style or marks.in_bold):
            made.extend((w("b"), w("bCs")))
        if marks.emphasis and marks.style:
            made.extend((w("i"), w("iCs")))
        if marks.strike:
            made.append(w("strike"))
        if marks.shift:
            made.append(w("vertAlign", val=marks.shift))
        if direction == "rtl":
            made.append(w("rtl"))
        if marks.language and marks.language != self.base.language:
            made.append(w("lang", **{language_slot(marks.language): marks.language}))
        return made

    def legal(self, value: str) -> str:
        """A text without characters that XML cannot hold, which are reported."""
        return legal(value, self.report)

    def anchored(self, attrs: Attrs | None, made: list[Element]) -> list[Element]:
        """Put the bookmark of an id around inline content, or at the start of the first paragraph of blocks."""
        if attrs is None or not attrs.id or attrs.id in self._bookmarks:
            return made
        start, end = self.bookmark(attrs.id)
        paragraph = next((found for block in made for found in block.iter(q("w:p"))), None)
        if paragraph is None:
            return [start, *made, end]
        at = 1 if len(paragraph) and paragraph[0].tag == q("w:pPr") else 0
        paragraph[at:at] = [start, end]
        return made

    def bookmark(self, key: str, name: str = "") -> tuple[Element, Element]:
        """The two ends of a new bookmark, which is named after its key unless it has a `name`."""
        number = self._bookmarks.setdefault(key, len(self._bookmarks))
        return w("bookmarkStart", id=number, name=name or bookmark_name(key)), w("bookmarkEnd", id=number)

    def picture(self, key: str, alt: str) -> Picture | None:
        """The picture of a key; if there is none, that is reported."""
        found = self._assets.get(key)
        if found is None:
            tell_missing(self.report, key)
        return found

    def missing(self, alt: str) -> str:
        """The words in the place of a picture that could not be had."""
        self.declared.append(self.labels.missing)
        return f"[{self.labels.missing}: {alt}]" if alt else f"[{self.labels.missing}]"

    def drawing(
        self, key: str, picture: Picture, size: tuple[int, int], alt: str, title: str = "", *, decorative: bool = False
    ) -> Element:
        """A picture's drawing, related to the part that is being set."""
        self._drawings += 1
        relation = self.relations.to(RELATIONSHIP_TYPE.IMAGE, self._package.picture(key, picture))
        svg = ""
        if picture.media_type == "image/svg+xml":
            self.report.add("docx.svg", "info", "Word before 2016 shows a grey box in the place of a drawing (SVG).")
            svg, relation = relation, self.relations.to(RELATIONSHIP_TYPE.IMAGE, self._package.picture("", STAND_IN))
        alt, title = self.legal(alt), self.legal(title)
        return drawing(relation, self._drawings, size, alt, title, decorative=decorative, svg=svg)

    def _marked(self, content: tuple[n.Inline, ...], **marks: object) -> list[Element]:
        with self.marked(**marks):
            return self.inlines(content)

    def _hyperlink(self, href: str, title: str) -> Element | None:
        """An empty `w:hyperlink`, None where an address may not be one; then the words stand alone."""
        made = w("hyperlink")
        if href.startswith("#"):
            if not self._is_target(href[1:]):
                self.report.add("link.broken", "doubt", f"A link leads to {href!r}, and nothing has that id.", href)
                return None
            made.set(q("w:anchor"), bookmark_name(href[1:]))
        else:
            target = safe_target(href)
            if target is None:
                self._report_link(href)
                return None
            made.set(q("r:id"), self.relations.to(RELATIONSHIP_TYPE.HYPERLINK, target))
        if title:
            made.set(q("w:tooltip"), self.legal(title)[:LONGEST_TIP])
        made.set(q("w:history"), "1")
        return made

    def _report_link(self, href: str) -> None:
        if scheme(href) in SCHEMES:
            self.report.add("link.invalid", "loss", "A link's address is not valid; its words stand without it.", href)
        else:
            allowed = ", ".join(SCHEMES)
            self.report.add("link.scheme", "loss",
                            f"A link leads neither to {allowed} nor into the article; its words stand without it.",
                            href)  # fmt: skip

    def _is_target(self, key: str) -> bool:
        if self._ids is None:
            self._ids = {node.attrs.id for node in walk(self.document) if node.attrs and node.attrs.id}
        return key in self._ids
