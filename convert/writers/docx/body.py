"""Blocks as paragraphs and tables: the walk over one article."""

from __future__ import annotations

from typing import final

from msgspec import structs

from convert.tree import nodes as n
from convert.tree.walk import plain_text, walk
from convert.writers.docx.contents import Entry, place_name
from convert.writers.docx.field import counted
from convert.writers.docx.grids import Grids
from convert.writers.docx.measures import text_height
from convert.writers.docx.numbering import DEEPEST, ListKind
from convert.writers.docx.paragraphs import PLAIN, Spot, style_of
from convert.writers.docx.pictures import figure_size
from convert.writers.docx.xml import Element, string, text_elements, w
from convert.writers.page import print_when

__all__ = ["Body"]

ROLES: dict[n.Role, str] = {"lede": "Lede", "question": "Question", "answer": "Answer"}
BOXES = {None: "", True: "☑", False: "☐"}


@final
class Body(Grids):
    """Sets the blocks of one article. `entries` are its headings, None where no list of contents was asked for."""

    entries: list[Entry] | None = None

    def paragraph(self, node: n.Paragraph) -> list[Element]:
        if self.spot.style == "FootnoteText" and not _shows(node):
            return []
        plain = self.spot.style.startswith(PLAIN)
        return [self.make(ROLES.get(node.role, self.spot.style) if plain else self.spot.style, node.content)]

    def heading(self, node: n.Heading) -> list[Element]:
        level = min(max(node.level, 1), 5)
        made = self.make(f"Heading{level}", node.content)
        if self.entries is not None and not self.in_notes:
            name = place_name(len(self.entries) + 1)
            start, end = self.bookmark(f"heading {name}", name)
            made.insert(1, start)
            made.append(end)
            self.entries.append(Entry(level, " ".join(plain_text(node.content).split()), name))
        return [made]

    def rule(self, node: n.Rule) -> list[Element]:
        return [self.make("Rule")]

    def code_block(self, node: n.CodeBlock) -> list[Element]:
        paragraph = self.make("SourceCode")
        paragraph.append(w("r", *text_elements(self.legal(node.value))))
        if node.language:
            self.report.add("docx.code-language", "info", "Word has no place for the language of code.", node.language)
        return [paragraph]

    def embed(self, node: n.Embed) -> list[Element]:
        content: list[n.Inline] = [n.Link((n.Text(node.title or node.url),), node.url)]
        if node.provider:
            content.append(n.Text(f" · {node.provider}"))
        self.declared.extend(word for word in (node.provider, "" if node.title else node.url) if word)
        made = [self.make("Embed", content)]
        if node.text:
            made.append(self.make("Embed", (n.Text(node.text),)))
        return self.joined(made, "Embed", 0)

    # -------------------------------------------------------------------------------- boxes

    def quote(self, node: n.Quote) -> list[Element]:
        style = "IntenseQuote" if node.kind == "pull" else "Quote"
        made = self._boxed(style, node.blocks)
        if node.attribution:
            made.append(self.make("QuoteAttribution", (n.Text("— "), *node.attribution)))
        return self.joined(made, style, 1)

    def aside(self, node: n.Aside) -> list[Element]:
        title = [self.make("AsideTitle", node.title)] if node.title else []
        return self.joined(title + self._boxed("Aside", node.blocks), "Aside", 1)

    def correction(self, node: n.Correction) -> list[Element]:
        when = print_when(node.date, self.document.metadata.language, self.time_zone)
        self.declared.extend(filter(None, (self.labels.correction, when)))
        made = self._boxed("Correction", node.blocks)
        if not made or style_of(made[0]) != "Correction":
            made.insert(0, self.make("Correction"))
        with self.marked(style="CorrectionLabel"):
            label = self.words(" · ".join(filter(None, (self.labels.correction, when))) + ":")
        made[0][1:1] = [*label, w("r", string(" "))]
        return self.joined(made, "Correction", 1)

    def definition_list(self, node: n.DefinitionList) -> list[Element]:
        made: list[Element] = []
        for entry in node.entries:
            with self.within(entry.attrs):
                term = self.make("DefinitionTerm", entry.term)
                said = [element for blocks in entry.descriptions for element in self._boxed("Definition", blocks)]
            made.extend(self.anchored(entry.attrs, [term, *said]))
        return made

    def _boxed(self, style: str, blocks: tuple[n.Block, ...]) -> list[Element]:
        """Blocks whose paragraphs have a style that stands in by itself."""
        with self.at(style=style, edge=self.spot.edge + self.inset(style), number=0, box=""):
            return self.blocks(blocks)

    # -------------------------------------------------------------------------------- lists

    def list_(self, node: n.List) -> list[Element]:
        level = min(self.spot.level + 1, DEEPEST)
        if self.spot.level == DEEPEST:
            self.report.add("docx.list-depth", "loss", "Word's lists have nine levels; deeper ones stand at the ninth.")
        tasks = not node.ordered and all(item.checked is not None for item in node.items)
        kind: ListKind = "numbers" if node.ordered else "tasks" if tasks else "bullets"
        # a list in a box or a note keeps its style, so that its ground and its lines run on
        outside = self.spot.style.startswith(PLAIN) or self.spot.style == "ListContinue"
        style = "ListParagraph" if outside else self.spot.style
        spot = structs.replace(
            self.spot, style=style, edge=self.spot.edge + self.step, level=level,
            number=self.numbering.add(kind, level, node.start), loose=not node.tight,
        )  # fmt: skip
        return [element for item in node.items for element in self._item(item, spot)]

    def _item(self, item: n.ListItem, spot: Spot) -> list[Element]:
        """An item: its first paragraph bears the mark, or an empty one where it begins with another block."""
        with self.within(item.attrs), self.at(**structs.asdict(spot)):
            first, rest = item.blocks[:1], item.blocks[1:]
            with self.at(box=BOXES[item.checked]):
                made = self.one(first[0]) if first and isinstance(first[0], n.Paragraph) else [self.make(spot.style)]
            with self.at(number=0, style="ListContinue" if spot.style == "ListParagraph" else spot.style):
                made.extend(self.blocks(rest if first and isinstance(first[0], n.Paragraph) else item.blocks))
        return self.anchored(item.attrs, made)

    # ----------------------------------------------------------------------------- pictures

    def figure(self, node: n.Figure) -> list[Element]:
        words = bool(node.caption or node.credit)
        picture = self.picture(node.asset, node.alt)
        paragraph = self.make("Embed" if picture is None else "CaptionedFigure" if words else "Figure")
        if picture is None:
            paragraph.extend(self.words(self.missing(node.alt)))
        else:
            size = figure_size(picture, self.room - self.spot.edge, text_height(self.theme.page))
            paragraph.append(w("r", self.drawing(node.asset, picture, size, node.alt)))
        return [paragraph, self._caption(node)] if words else [paragraph]

    def gallery(self, node: n.Gallery) -> list[Element]:
        self.report.add("docx.gallery", "info", "The pictures of a gallery stand one below another.")
        made = [element for figure in node.figures for element in self.one(figure)]
        if node.caption:
            made.append(self.make("Caption", node.caption))
        return made

    def _caption(self, node: n.Figure) -> Element:
        paragraph = self.make("Caption", node.caption)
        paragraph[1:1] = counted("Figure")
        if node.credit:
            if node.caption:
                paragraph.append(w("r", string(" ")))
            with self.marked(style="Credit"):
                paragraph.extend(self.inlines(node.credit))
        return paragraph


def _shows(paragraph: n.Paragraph) -> bool:
    """Whether a paragraph has anything on its lines."""
    signs = (n.Image, n.NoteReference, n.CodeSpan)
    return bool(plain_text(paragraph.content).strip()) or any(isinstance(one, signs) for one in walk(paragraph))
