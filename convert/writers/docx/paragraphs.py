"""Paragraphs: which style, which indent, which list; the ground that blocks are built on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from msgspec import Struct, structs

from convert.themes.model import Style
from convert.tree import nodes as n
from convert.writers.docx.field import field_end, field_start
from convert.writers.docx.formats import BOLD_FROM
from convert.writers.docx.links import bookmark_name
from convert.writers.docx.measures import line_twips, list_step
from convert.writers.docx.notes import NoteBook, loose_bookmark, reference_bookmark
from convert.writers.docx.numbering import Numbering
from convert.writers.docx.runs import Runs
from convert.writers.docx.template import Template
from convert.writers.docx.xml import Element, q, string, w

__all__ = ["Paragraphs", "Spot", "style_of"]

PLAIN = "BodyText"
FOLLOWERS_OF_SPACING = ("ind", "contextualSpacing", "jc")


class Spot(Struct, frozen=True):
    """Where blocks stand."""

    style: str = PLAIN
    """The style of plain paragraphs."""
    edge: int = 0
    """Where they begin, in twips from the column's edge."""
    level: int = -1
    """The level of the innermost list, -1 outside of lists."""
    align: str = ""
    """The alignment of a table's column, as Word names it."""
    number: int = 0
    """The list that the next paragraph is an item of."""
    loose: bool = False
    box: str = ""
    """The mark of a task, which the next paragraph begins with."""


class Paragraphs(Runs):
    """Makes paragraphs. `spot` is where they stand, `notes` says which note has which number."""

    def __init__(self, notes: NoteBook, numbering: Numbering, template: Template, **parts: Any) -> None:
        super().__init__(**parts)
        self.notes = notes
        self.numbering = numbering
        self.template = template
        self.spot = Spot()
        self.in_notes = False
        self.step = list_step(self.theme)
        self._insets = template.insets[self.base.direction]

    @contextmanager
    def at(self, **changes: Any) -> Iterator[None]:
        """Set blocks at another spot."""
        before = self.spot
        self.spot = structs.replace(before, **changes)
        try:
            yield
        finally:
            self.spot = before

    def blocks(self, nodes: Iterable[n.Block]) -> list[Element]:
        """Several blocks, one after another."""
        made: list[Element] = []
        after: n.Block | None = None
        for node in nodes:
            with self.at(style=self._style_after(after, node)):
                new = self.one(node)
            if made and new and q("w:tbl") in (made[-1].tag, new[0].tag):
                self._part_from_table(made, new[0])
            made.extend(new)
            after = node
        return made

    def make(self, style: str, content: Iterable[n.Inline] = ()) -> Element:
        """A paragraph in a style, at the spot where it stands."""
        content = tuple(content)
        made = w("p", self._paragraph_properties(style, broken=any(isinstance(part, n.Break) for part in content)))
        if self.spot.box:
            self.declared.append(self.spot.box)
            made.append(w("r", string(self.spot.box), w("tab")))
        with self.marked(in_bold=self.looks(style).weight >= BOLD_FROM):
            made.extend(self.inlines(content))
        return made

    def looks(self, style: str) -> Style:
        """How a paragraph style looks."""
        return self.template.looks[style]

    def inset(self, style: str) -> int:
        """How far in the text of a style stands by itself, in twips."""
        return self._insets[style]

    def joined(self, made: list[Element], style: str, gap: float) -> list[Element]:
        """Paragraphs of one box with `gap` units between them; the style's own space is for what stands around."""
        for above, below in pairwise(made):
            if style_of(below) != style:
                continue
            if style_of(above) == style:
                in_list = _is_item(above) and _is_item(below)
                self.space(above, after=0 if in_list else line_twips(self.theme, gap))
            self.space(below, before=0)
        return made

    def space(self, paragraph: Element, **twips: int) -> None:
        """Give a paragraph another space before or after than its style's."""
        properties = paragraph[0]
        spacing = properties.find(q("w:spacing"))
        if spacing is None:
            spacing = w("spacing")
            names = {q(f"w:{name}") for name in FOLLOWERS_OF_SPACING}
            at = next((k for k, child in enumerate(properties) if child.tag in names), len(properties))
            properties.insert(at, spacing)
        for side, length in twips.items():
            spacing.set(q(f"w:{side}"), str(length))

    def note_reference(self, node: n.NoteReference) -> list[Element]:
        number = self.notes.numbers.get(node.note)
        if number is None:
            self.report.add("note.none", "loss", "A mark leads to a note that is not there.", node.note)
            return []
        if not self.notes.is_footnote(node.note):
            self.declared.append(str(number))
            return [w("hyperlink", self.note_mark(string(str(number))), anchor=bookmark_name(loose_bookmark(number)))]
        if node.note in self.notes.placed or self.in_notes:
            self.declared.append(str(number))
            target = bookmark_name(reference_bookmark(number))
            return [*field_start(f"NOTEREF {target} \\f \\h"), self.note_mark(string(str(number))), field_end()]
        self.notes.placed.add(node.note)
        mark = self.note_mark(w("footnoteReference", id=number))
        if node.note not in self.notes.repeated:
            return [mark]
        start, end = self.bookmark(reference_bookmark(number))
        return [start, mark, end]

    def _style_after(self, after: n.Block | None, node: n.Block) -> str:
        """The style of plain paragraphs after a block: only after another paragraph is the first line indented."""
        indents = isinstance(after, n.Paragraph) and isinstance(node, n.Paragraph)
        if self.spot.style == PLAIN and indents and self.theme.style("body").indent:
            return "BodyTextFirstIndent"
        return self.spot.style

    def _paragraph_properties(self, style: str, *, broken: bool) -> Element:
        """`w:pPr`: the style, and what depends on the spot."""
        spot = self.spot
        made = w("pPr", w("pStyle", val=style))
        if spot.number:
            made.append(w("numPr", w("ilvl", val=spot.level), w("numId", val=spot.number)))
        if self.marks.direction != self.base.direction:
            made.append(w("bidi", val=int(self.marks.direction == "rtl")))
        indent = self._indent(style)
        if indent is not None:
            made.append(indent)
        if spot.loose and style in ("ListParagraph", "ListContinue"):
            made.append(w("contextualSpacing", val=0))
        if spot.align:
            made.append(w("jc", val=spot.align))
        elif broken and self.looks(style).align == "justify":
            made.append(w("jc", val="left"))  # a line that ends in a break would be drawn out to the margin
        return made

    def _indent(self, style: str) -> Element | None:
        """`w:ind` where neither the style nor the list puts a paragraph where its spot is."""
        spot = self.spot
        if spot.number:
            by_list = self.step * (spot.level + 1)
            return None if spot.edge == by_list else w("ind", left=spot.edge, hanging=self.step)
        own = self.inset(style)
        left = spot.edge if style == spot.style else spot.edge + own
        return None if left == own else w("ind", left=left)

    def _part_from_table(self, made: list[Element], new: Element) -> None:
        """Part a table from what is around it: Word has no space beside tables, and makes one of two that touch."""
        wanted = self.theme.style("table-caption").space_before
        above, below = style_of(made[-1]), style_of(new)
        if not above and not below:
            made.append(w("p", w("pPr", w("pStyle", val="TableText"))))
        elif not above and self.looks(below).space_before < wanted:
            self.space(new, before=line_twips(self.theme, wanted))
        elif not below and self.looks(above).space_after < wanted:
            self.space(made[-1], after=line_twips(self.theme, wanted))


def style_of(element: Element) -> str:
    """The id of a paragraph's style, empty for a table."""
    if element.tag != q("w:p"):
        return ""
    return str(element[0][0].get(q("w:val")))


def _is_item(paragraph: Element) -> bool:
    return paragraph[0].find(q("w:numPr")) is not None
