"""A tree's nodes as pandoc's. Divs and spans with classes hold what pandoc has no node for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import final

from convert.report import Report
from convert.tree import nodes as n
from convert.tree.fold import Fold
from convert.writers.labels import Labels, missing_label
from convert.writers.pandoc.parts import Raw, attr_of, div, line, node, span
from convert.writers.pandoc.tables import head_columns, table

__all__ = ["PandocFold"]

BOXES = {True: "☒", False: "☐"}
"""How pandoc's own readers begin the text of a task."""


@final
class PandocFold(Fold[Raw]):
    """Makes nodes; `report` and `declared` fill as it goes. One serves one article, once.

    `figures` says whether the API has them (1.23). `picture` gives a picture's address, or None and a message.
    """

    def __init__(
        self, words: Labels, notes: Mapping[str, n.Note], report: Report,
        picture: Callable[[str, str], str | None], print_date: Callable[[str], str], *, figures: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        self.words = words
        self.notes = notes
        self.report = report
        self.picture = picture
        self.print_date = print_date
        self.figures = figures
        self.declared: list[str] = []
        self.numbers: dict[str, int] = {}  # notes that stand in the text, in order

    def blocks(self, nodes: Sequence[n.Block]) -> list[Raw]:
        """Several blocks."""
        return self.fold_all(nodes)

    def inlines(self, nodes: Sequence[n.Inline]) -> list[Raw]:
        """Several inlines; a text is many, for every word and space is a node."""
        made: list[Raw] = []
        for part in nodes:
            if isinstance(part, n.Text) and part.attrs is None:
                made += line(part.value)
            else:
                made.append(self.fold(part))
        return made

    # ------------------------------------------------------------------------------- inlines

    def _marked(self, name: str, made: n.Emphasis | n.Strong | n.Strikethrough | n.Superscript | n.Subscript) -> Raw:
        marked = node(name, self.inlines(made.content))
        return node("Span", [attr_of(made.attrs), [marked]]) if made.attrs else marked

    def text(self, node_: n.Text) -> Raw:
        return node("Span", [attr_of(node_.attrs), line(node_.value)])

    def emphasis(self, node_: n.Emphasis) -> Raw:
        return self._marked("Emph", node_)

    def strong(self, node_: n.Strong) -> Raw:
        return self._marked("Strong", node_)

    def strikethrough(self, node_: n.Strikethrough) -> Raw:
        return self._marked("Strikeout", node_)

    def superscript(self, node_: n.Superscript) -> Raw:
        return self._marked("Superscript", node_)

    def subscript(self, node_: n.Subscript) -> Raw:
        return self._marked("Subscript", node_)

    def span(self, node_: n.Span) -> Raw:
        return node("Span", [attr_of(node_.attrs), self.inlines(node_.content)])

    def link(self, node_: n.Link) -> Raw:
        return node("Link", [attr_of(node_.attrs), self.inlines(node_.content), [node_.href, node_.title]])

    def image(self, node_: n.Image) -> Raw:
        source = self.picture(node_.asset, node_.alt)
        if source is None:
            return span(self._missing(node_.alt), "missing")
        return node("Image", [attr_of(node_.attrs), line(node_.alt), [source, node_.title]])

    def code_span(self, node_: n.CodeSpan) -> Raw:
        return node("Code", [attr_of(node_.attrs), node_.value])

    def break_(self, node_: n.Break) -> Raw:
        return node("LineBreak")

    def note_reference(self, node_: n.NoteReference) -> Raw:
        """The note itself where its first mark is, its number where there are more."""
        if node_.note not in self.numbers:
            self.numbers[node_.note] = len(self.numbers) + 1
            return node("Note", self.blocks(self.notes[node_.note].blocks))
        number = str(self.numbers[node_.note])
        self.declared.append(number)
        return span([node("Superscript", line(number))], "note-reference", note=number)

    def _missing(self, alt: str) -> list[Raw]:
        self.declared.append(self.words.missing)
        return line(missing_label(self.words, alt))

    # -------------------------------------------------------------------------------- blocks

    def heading(self, node_: n.Heading) -> Raw:
        return node("Header", [node_.level, attr_of(node_.attrs), self.inlines(node_.content)])

    def paragraph(self, node_: n.Paragraph) -> Raw:
        made = node("Para", self.inlines(node_.content))
        return self._contained(made, node_.attrs, *(() if node_.role == "body" else (node_.role,)))

    def list_(self, node_: n.List) -> Raw:
        items = [self._item(item, tight=node_.tight) for item in node_.items]
        numbers = [node_.start, node("Decimal"), node("Period")]
        made = node("OrderedList", [numbers, items]) if node_.ordered else node("BulletList", items)
        return self._contained(made, node_.attrs)

    def definition_list(self, node_: n.DefinitionList) -> Raw:
        entries = [
            [self.inlines(entry.term), [self.blocks(blocks) for blocks in entry.descriptions]]
            for entry in node_.entries
        ]
        return self._contained(node("DefinitionList", entries), node_.attrs)

    def table(self, node_: n.Table) -> Raw:
        heads = head_columns(node_)
        if any(cell.scope == "column" for row in node_.body for cell in row.cells) or (
            not heads and any(cell.scope == "row" for row in node_.body for cell in row.cells)
        ):
            self.report.add("pandoc.scope", "info", "Heads of rows and columns within a table are plain cells.")
        return table(node_, self.inlines(node_.caption), self._cell)

    def figure(self, node_: n.Figure) -> Raw:
        source = self.picture(node_.asset, node_.alt)
        if source is None:
            lines = [self._missing(node_.alt), self.inlines(node_.caption), self.inlines(node_.credit)]
            return div([node("Para", made) for made in lines if made], "missing")
        caption = self.inlines(node_.caption)
        if node_.credit:
            caption += [*([node("Space")] if caption else []), span(self.inlines(node_.credit), "credit")]
        if self.figures:
            image = node("Image", [attr_of(None), line(node_.alt), [source, ""]])
            below = [node("Plain", caption)] if caption else []
            return node("Figure", [attr_of(node_.attrs), [None, below], [node("Plain", [image])]])
        return node("Para", [node("Image", [attr_of(node_.attrs, alt=node_.alt), caption, [source, "fig:"]])])

    def gallery(self, node_: n.Gallery) -> Raw:
        figures = self.blocks(node_.figures)
        caption = [node("Para", self.inlines(node_.caption))] if node_.caption else []
        return self._contained(div([*figures, *caption], "gallery"), node_.attrs)

    def quote(self, node_: n.Quote) -> Raw:
        blocks = self.blocks(node_.blocks)
        said = [div([node("Plain", self.inlines(node_.attribution))], "attribution")] if node_.attribution else []
        made = node("BlockQuote", [*blocks, *said])
        return self._contained(made, node_.attrs, *(() if node_.kind == "block" else ("pull-quote",)))

    def code_block(self, node_: n.CodeBlock) -> Raw:
        return node("CodeBlock", [attr_of(node_.attrs, *filter(None, [node_.language])), node_.value])

    def rule(self, node_: n.Rule) -> Raw:
        return self._contained(node("HorizontalRule"), node_.attrs)

    def aside(self, node_: n.Aside) -> Raw:
        title = [div([node("Plain", self.inlines(node_.title))], "title")] if node_.title else []
        return self._contained(div([*title, *self.blocks(node_.blocks)], "aside"), node_.attrs)

    def embed(self, node_: n.Embed) -> Raw:
        link = node("Para", [node("Link", [attr_of(None), line(node_.title or node_.url), [node_.url, ""]])])
        if not node_.title:
            self.declared.append(node_.url)
            link = div([link], "label", "labelled")
        text = [node("Para", line(node_.text))] if node_.text else []
        return self._contained(div([link, *text], "embed", url=node_.url, provider=node_.provider), node_.attrs)

    def correction(self, node_: n.Correction) -> Raw:
        printed = self.print_date(node_.date)
        self.declared += filter(None, (self.words.correction, printed))
        label = [node("Strong", line(self.words.correction)), *line(f" ({printed})" if printed else "")]
        blocks = [div([node("Para", label)], "label", "labelled"), *self.blocks(node_.blocks)]
        return self._contained(div(blocks, "correction", date=node_.date), node_.attrs)

    # --------------------------------------------------------------------------------- parts

    def _contained(self, made: Raw, attrs: n.Attrs | None, *classes: str) -> Raw:
        """A block within a Div where it carries what pandoc gives it no place for."""
        return node("Div", [attr_of(attrs, *classes), [made]]) if attrs or classes else made

    def _item(self, item: n.ListItem, *, tight: bool) -> list[Raw]:
        """An item; the paragraphs of a tight list are Plain, and a task begins with its box."""
        made = self.blocks(item.blocks)
        if item.checked is not None:
            box = node("Str", BOXES[item.checked])
            if made and made[0]["t"] == "Para" and not _is_figure(made[0]):
                made[0] = node("Para", [box, node("Space"), *made[0]["c"]])
            else:
                made.insert(0, node("Para", [box]))
        return [_plain(block) for block in made] if tight else made

    def _cell(self, blocks: Sequence[n.Block]) -> list[Raw]:
        made = self.blocks(blocks)
        return [_plain(made[0])] if len(made) == 1 else made

    def left_over(self, notes: Sequence[n.Note]) -> list[Raw]:
        """The notes that no mark leads to, for pandoc has no place for them but the text."""
        left = [note for note in notes if note.id not in self.numbers]
        if left:
            self.report.add("pandoc.notes", "doubt", "Notes that nothing refers to stand at the end of the text.")
        return [div(self.blocks(note.blocks), "unmarked-note") for note in left]


def _is_figure(block: Raw) -> bool:
    """Whether a paragraph is one that reads as a figure in 1.22."""
    return len(block["c"]) == 1 and block["c"][0]["t"] == "Image"


def _plain(block: Raw) -> Raw:
    return node("Plain", block["c"]) if block["t"] == "Para" and not _is_figure(block) else block
