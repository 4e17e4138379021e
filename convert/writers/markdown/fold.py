"""A tree's nodes as Markdown (CommonMark and GFM, with footnotes and definition lists)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import final

from convert.report import Report
from convert.themes.model import MarkdownOptions
from convert.tree import nodes as n
from convert.tree.walk import plain_text
from convert.writers.labels import Labels
from convert.writers.markdown import escape
from convert.writers.markdown.html import attributes
from convert.writers.markdown.inlines import InlineFold
from convert.writers.markdown.pieces import Piece, Raw, Words, render
from convert.writers.markdown.spacing import may_follow, reads_tight
from convert.writers.markdown.tables import is_simple, pipe_table

__all__ = ["MarkdownFold"]

OTHER_BULLET = {"-": "*", "*": "-", "+": "-"}
"""A list that follows another one needs other bullets, or the two are read as one."""

LAST_NUMBER = 999_999_999
"""The longest number that a list may begin with (CommonMark, section 5.2)."""

BOXES = {None: "", True: "[x] ", False: "[ ] "}

_CLOSING_HASHES = re.compile(r"(?:(?<=\s)|^)(?=#+$)")


@final
class MarkdownFold(InlineFold):
    """Makes Markdown of nodes; `report` and `declared` fill as it goes. One serves one article, once.

    `picture` gives the address of a picture, or None and a message where there is none.
    """

    def __init__(
        self, options: MarkdownOptions, words: Labels, labels: dict[str, str], report: Report,
        picture: Callable[[str, str], str | None], print_date: Callable[[str], str],
    ) -> None:  # fmt: skip
        super().__init__(options, words, labels, report, picture)
        self.print_date = print_date

    def block(self, node: n.Block) -> str:
        """One block, with its id, language and direction."""
        return self._attributed(node, "".join(piece.text for piece in self.fold(node) if isinstance(piece, Raw)))

    def blocks(self, nodes: Sequence[n.Block], *, tight: bool = False) -> str:
        """Several blocks; lists that touch get other marks in turn. `tight`: as in an item of a tight list."""
        text = ""
        turn = False
        before: n.Block | None = None
        for node in nodes:
            turn = not turn if isinstance(node, n.List) and _touches(before, node) else False
            if turn and isinstance(node, n.List):
                made = self._attributed(node, self._list(node, other=True))
            elif isinstance(node, n.DefinitionList) and isinstance(before, n.DefinitionList):
                made = self.html.fold(node)  # two that touch would be read as one
            else:
                made = self.block(node)
            if made:
                between = "\n" if tight and before is not None and may_follow(before, node) else "\n\n"
                text = f"{text}{between}{made}" if text else made
                before = node
        return text

    def _attributed(self, node: n.Block, text: str) -> str:
        """A block within a <div> that carries its id, language and direction."""
        attrs = node.attrs
        if attrs is None or not text or text.startswith(WITH_OWN.get(type(node), "\0")):
            return text
        own = (("id", attrs.id or None), ("lang", attrs.language or None), ("dir", attrs.direction))
        return f"<div{attributes(own)}>\n\n{text}\n\n</div>"

    def heading(self, node: n.Heading) -> list[Piece]:
        level = min(node.level + 1, 6)
        text = self.line(node.content)
        if self.options.setext and level == 2 and text:
            return [Raw(f"{escape.line(text)}\n{'-' * max(3, len(text))}")]
        return [Raw(f"{'#' * level} {_CLOSING_HASHES.sub(lambda _: chr(92), text)}".rstrip())]

    def paragraph(self, node: n.Paragraph) -> list[Piece]:
        if node.role != "body":
            self.report.add(
                "markdown.role", "info", "Markdown does not tell a lede, question or answer from other paragraphs."
            )
        return [Raw(self.lines(node.content))]

    def list_(self, node: n.List) -> list[Piece]:
        return [Raw(self._list(node, other=False))]

    def _list(self, node: n.List, *, other: bool) -> str:
        if node.ordered and not 0 <= node.start <= node.start + len(node.items) - 1 <= LAST_NUMBER:
            return self.html.fold(node)
        bullet = OTHER_BULLET[self.options.bullet] if other else self.options.bullet
        tight = reads_tight(node)
        items = []
        for number, item in enumerate(node.items, node.start):
            mark = f"{number}{')' if other else '.'}" if node.ordered else bullet
            items.append(_indented(f"{mark} ", self._item(item, tight=tight)))
            if node.ordered:
                self.declared.append(str(number))
        return ("\n" if tight else "\n\n").join(items)

    def _item(self, item: n.ListItem, *, tight: bool) -> str:
        content = self.blocks(item.blocks, tight=tight)
        match item.blocks:
            case (n.Rule(attrs=None), *_):  # three hyphens after a bullet are one rule
                content = f"___{content[3:]}"
            case (n.Paragraph(attrs=None) | n.Figure(attrs=None), *_) if content and not content.startswith("<figure"):
                return BOXES[item.checked] + escape.task(content)
        if item.checked is not None:
            self.report.add("markdown.task", "loss", "A task that does not begin with words has lost its box.")
        return content

    def definition_list(self, node: n.DefinitionList) -> list[Piece]:
        entries = []
        for entry in node.entries:
            term = escape.line(self.line(entry.term))
            described = [self.blocks(description) for description in entry.descriptions]
            if entry.attrs or not term or not described or not all(described):
                return [Raw(self.html.fold(node))]
            entries.append("\n".join([term, *(_indented(":   ", text) for text in described)]))
        return [Raw("\n\n".join(entries))]

    def table(self, node: n.Table) -> list[Piece]:
        if not is_simple(node):
            return [Raw(self.html.fold(node))]
        cells = [[self._cell(cell) for cell in row.cells] for row in node.head + node.body]
        return [Raw(pipe_table(node.columns, cells))]

    def _cell(self, cell: n.Cell) -> str:
        content = "".join(self.line(block.content) for block in cell.blocks if isinstance(block, n.Paragraph))
        return escape.in_cell(content.strip())

    def figure(self, node: n.Figure) -> list[Piece]:
        source = self.picture(node.asset, node.alt)
        if source is None:
            self.declared.append(self.words.missing)
            label = f"[{self.words.missing}: {node.alt}]" if node.alt else f"[{self.words.missing}]"
            parts: list[list[Piece]] = [[Words(label)], self.pieces(node.caption), self.pieces(node.credit)]
            return [Raw(escape.line(" ".join(render(part, lines=False) for part in parts if part)))]
        plain = all(isinstance(part, n.Text) and not part.attrs for part in node.caption)
        if node.credit or node.attrs or not plain:
            return [Raw(self.html.fold(node))]
        return [Raw(self.picture_mark(node.alt, source, plain_text(node.caption).strip()))]

    def gallery(self, node: n.Gallery) -> list[Piece]:
        return [_contained("div", (("class", "gallery"),), self.blocks(node.figures), self.lines(node.caption))]

    def quote(self, node: n.Quote) -> list[Piece]:
        content = self.blocks(node.blocks)
        if node.attribution:
            cite = [Raw("— <cite>"), *self.pieces(node.attribution), Raw("</cite>")]
            content = f"{content}\n\n{render(cite, lines=False)}".lstrip("\n")
        quoted = "\n".join(f"> {line}" if line else ">" for line in content.split("\n"))
        return [Raw(quoted)] if node.kind == "block" else [_contained("div", (("class", "pull-quote"),), quoted)]

    def code_block(self, node: n.CodeBlock) -> list[Piece]:
        sign = "~" if "`" in node.language else "`"
        runs = [len(run) for run in re.findall(f"{sign}{{3,}}", node.value)]
        fence = sign * max(3, *(run + 1 for run in runs), 3)
        language = escape.info("".join(node.language.split()))
        return [Raw("\n".join([fence + language, *([node.value] if node.value else []), fence]))]

    def rule(self, node: n.Rule) -> list[Piece]:
        return [Raw("---")]

    def aside(self, node: n.Aside) -> list[Piece]:
        title = self.lines((n.Strong(node.title),)) if node.title else ""
        return [_contained("aside", (("class", "titled" if title else None),), title, self.blocks(node.blocks))]

    def embed(self, node: n.Embed) -> list[Piece]:
        text = render([Words(node.text)])
        provider = node.provider or None
        if not node.title:
            self.declared.append(node.url)
            pairs = (("class", "embed labelled"), ("data-url", node.url), ("data-provider", provider))
            return [_contained("div", pairs, self.lines((n.Link((n.Text(node.url),), node.url),)), text)]
        link = self.lines((n.Link((n.Text(node.title),), node.url),))
        return [_contained("div", (("class", "embed"), ("data-provider", provider)), link, text)]

    def correction(self, node: n.Correction) -> list[Piece]:
        printed = self.print_date(node.date)
        label = f"**{self.words.correction}**" + (f" ({printed})" if printed else "")
        self.declared.extend((self.words.correction, printed))
        pairs = (("class", "correction labelled"), ("data-date", node.date or None))
        return [_contained("div", pairs, label, self.blocks(node.blocks))]

    def note(self, note: n.Note) -> str:
        """The definition of a note."""
        content = self.blocks(note.blocks)
        return _indented(f"[^{self.labels[note.id]}]: ", content, width=4)


WITH_OWN: dict[type, str] = {n.Figure: "<figure", n.Table: "<table"}
"""Blocks that carry their attributes themselves where they begin like this."""


def _touches(before: n.Block | None, node: n.List) -> bool:
    return isinstance(before, n.List) and before.ordered == node.ordered and not before.attrs and not node.attrs


def _indented(mark: str, text: str, width: int = 0) -> str:
    """Text that begins with a mark and goes on below it; blank lines stay empty."""
    space = " " * (width or len(mark))
    first, *rest = text.split("\n")
    return "\n".join([f"{mark}{first}".rstrip(), *(f"{space}{line}" if line else "" for line in rest)])


def _contained(tag: str, pairs: Iterable[tuple[str, str | None]], *parts: str) -> Raw:
    """Markdown between a lone opening and closing tag."""
    return Raw("\n\n".join([f"<{tag}{attributes(pairs)}>", *(part for part in parts if part), f"</{tag}>"]))
