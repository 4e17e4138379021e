"""A tree's nodes as Markdown (CommonMark and GFM, with footnotes and definition lists)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import final
from urllib.parse import urlsplit

from convert.report import Report
from convert.themes.model import MarkdownOptions
from convert.tree import nodes as n
from convert.tree.fold import Fold
from convert.tree.walk import plain_text
from convert.writers.labels import Labels
from convert.writers.markdown import escape
from convert.writers.markdown.html import HtmlFold, attributes
from convert.writers.markdown.tables import is_simple, pipe_table

__all__ = ["MarkdownFold"]

SCHEMES = ("http", "https", "mailto", "tel")
OTHER_BULLET = {"-": "*", "*": "-", "+": "-"}
"""A list that follows another one needs other bullets, or the two are read as one."""

_BLOCK_SPACE = re.compile(r"[ \t]+$", re.MULTILINE)
_TICKS = re.compile(r"`+")


@final
class MarkdownFold(Fold[str]):
    """Makes Markdown of nodes; `report` and `declared` fill as it goes. One serves one article, once.

    `picture` gives the address of a picture, or None and a message where there is none.
    """

    def __init__(
        self, options: MarkdownOptions, words: Labels, labels: dict[str, str], report: Report,
        picture: Callable[[str, str], str | None], print_date: Callable[[str], str],
    ) -> None:  # fmt: skip
        super().__init__()
        self.options = options
        self.words = words
        self.labels = labels
        self.report = report
        self.picture = picture
        self.print_date = print_date
        self.declared: list[str] = []
        self.html = HtmlFold(picture, lambda note: labels[note])
        self._marks: list[str] = []  # the signs of emphasis that are open
        self._around = ("", "")  # the characters before and after the inline that is being folded

    # ------------------------------------------------------------------------------ inlines

    def line(self, content: Sequence[n.Inline], around: tuple[str, str] = ("", "")) -> str:
        """Inline content; `around` are the characters that stand before and after it."""
        parts: list[str] = []
        outer = self._around
        for number, node in enumerate(content):
            before = parts[-1][-1:] if parts and parts[-1] else around[0]
            following = plain_text(content[number + 1 :])[:1] if number + 1 < len(content) else around[1]
            self._around = (before, following)
            parts.append(self.fold(node))
        self._around = outer
        return "".join(parts)

    def lines(self, content: Sequence[n.Inline]) -> str:
        """The content of a paragraph, each of its lines safe at its start."""
        text = _BLOCK_SPACE.sub("", self.line(content))
        return "\n".join(escape.line_start(line.lstrip(" \t")) for line in text.split("\n"))

    def text(self, node: n.Text) -> str:
        if node.attrs:
            return self.html.fold(node)
        return escape.in_line(node.value)

    def emphasis(self, node: n.Emphasis) -> str:
        return self._marked(node, node.content, self._sign(), "em")

    def strong(self, node: n.Strong) -> str:
        return self._marked(node, node.content, self._sign() * 2, "strong")

    def strikethrough(self, node: n.Strikethrough) -> str:
        return self._marked(node, node.content, "~~", "del")

    def _sign(self) -> str:
        """The sign of emphasis: the theme's, or the other one within it."""
        usual = self.options.emphasis
        return {"*": "_", "_": "*"}[usual] if any(usual in mark for mark in self._marks) else usual

    def _marked(self, node: n.Node, content: Sequence[n.Inline], mark: str, tag: str) -> str:
        """Content between marks, or between tags where marks would not be read as such."""
        before, after = self._around
        self._marks.append(mark)
        inner = self.line(content, (mark[0], mark[0]))
        self._marks.pop()
        nested = any(mark[0] in other for other in self._marks)
        intraword = "_" in mark and (before.isalnum() or after.isalnum())
        run_on = mark[0] in (before, after, inner[:1], inner[-1:])  # the marks would be counted together
        safe = escape.flanks(before, inner[:1], inner[-1:], after)
        if node.attrs or nested or intraword or run_on or not safe:
            return self._tagged(node, content, tag)
        return f"{mark}{inner}{mark}"

    def _tagged(self, node: n.Node, content: Sequence[n.Inline], tag: str) -> str:
        attrs = node.attrs or n.Attrs()
        own = attributes((("id", attrs.id or None), ("lang", attrs.language or None), ("dir", attrs.direction)))
        return f"<{tag}{own}>{self.line(content, ('>', '<'))}</{tag}>"

    def superscript(self, node: n.Superscript) -> str:
        return self._tagged(node, node.content, "sup")

    def subscript(self, node: n.Subscript) -> str:
        return self._tagged(node, node.content, "sub")

    def span(self, node: n.Span) -> str:
        return self._tagged(node, node.content, "span") if node.attrs else self.line(node.content, self._around)

    def link(self, node: n.Link) -> str:
        scheme = urlsplit(node.href).scheme.lower() if ":" in node.href else ""
        if scheme and scheme not in SCHEMES:
            self.report.add(
                "link.scheme", "loss", f"A link to “{node.href[:80]}” leads to no page; its words were kept."
            )
            return self.line(node.content, self._around)
        if node.attrs:
            return self.html.fold(node)
        if plain_text(node.content) == node.href and not node.title and re.fullmatch(r"[a-z]+:[^\s<>]+", node.href):
            return f"<{node.href}>"
        title = f" {escape.title(node.title)}" if node.title else ""
        return f"[{self.line(node.content, ('[', ']'))}]({_address(node.href)}{title})"

    def image(self, node: n.Image) -> str:
        source = self.picture(node.asset, node.alt)
        if source is None:
            self.declared.append(self.words.missing)
            return f"\\[{escape.in_line(f'{self.words.missing}: {node.alt}')}\\]"
        title = f" {escape.title(node.title)}" if node.title else ""
        return f"![{escape.in_line(node.alt)}]({_address(source)}{title})"

    def code_span(self, node: n.CodeSpan) -> str:
        if node.attrs or not node.value.strip():
            return self.html.fold(node)
        ticks = "`" * (max((len(run) for run in _TICKS.findall(node.value)), default=0) + 1)
        edge = node.value[0] + node.value[-1]
        pad = " " if "`" in edge or edge == "  " else ""
        return f"{ticks}{pad}{node.value}{pad}{ticks}"

    def break_(self, node: n.Break) -> str:
        return "\\\n"

    def note_reference(self, node: n.NoteReference) -> str:
        return f"[^{self.labels[node.note]}]"

    # ------------------------------------------------------------------------------- blocks

    def blocks(self, nodes: Sequence[n.Block], *, tight: bool = False) -> str:
        """Several blocks; lists that touch get other marks in turn. `tight`: as in an item of a tight list."""
        text = ""
        turn = False
        before: n.Block | None = None
        for node in nodes:
            turn = not turn if isinstance(node, n.List) and _touches(before, node) else False
            made = self._list(node, turn) if isinstance(node, n.List) else self.fold(node)
            made = self._attributed(node, made)
            if made:
                between = "\n" if tight and before is not None and _may_follow(before, node) else "\n\n"
                text = f"{text}{between}{made}" if text else made
                before = node
        return text

    def _attributed(self, node: n.Block, text: str) -> str:
        """A block within a <div> that carries its id, language and direction."""
        attrs = node.attrs
        if (
            attrs is None
            or not text
            or (isinstance(node, n.Figure | n.Table | n.Aside | n.Correction) and text.startswith("<"))
        ):
            return text
        own = (("id", attrs.id or None), ("lang", attrs.language or None), ("dir", attrs.direction))
        return f"<div{attributes(own)}>\n\n{text}\n\n</div>"

    def heading(self, node: n.Heading) -> str:
        level = min(node.level + 1, 6)
        text = self.lines(node.content)
        if self.options.setext and level == 2 and text:
            return f"{text}\n{'-' * max(3, len(text))}"
        text = re.sub(r"#+$", lambda match: f"\\{match[0]}", text)
        return f"{'#' * level} {text}"

    def paragraph(self, node: n.Paragraph) -> str:
        if node.role != "body":
            self.report.add(
                "markdown.role", "info", "Markdown does not tell a lede, question or answer from other paragraphs."
            )
        return self.lines(node.content)

    def list_(self, node: n.List) -> str:
        return self._list(node, other=False)

    def _list(self, node: n.List, other: bool) -> str:
        bullet = OTHER_BULLET[self.options.bullet] if other else self.options.bullet
        items = []
        for number, item in enumerate(node.items, node.start):
            mark = f"{number}{')' if other else '.'}" if node.ordered else bullet
            box = {None: "", True: "[x] ", False: "[ ] "}[item.checked]
            blocks = item.blocks
            content = self.blocks(blocks, tight=node.tight)
            if isinstance(blocks[0] if blocks else None, n.Rule):
                content = content.replace("---", "***", 1)
            items.append(_indented(f"{mark} ", box + content))
            if node.ordered:
                self.declared.append(str(number))
        return ("\n" if node.tight else "\n\n").join(items)

    def definition_list(self, node: n.DefinitionList) -> str:
        entries = []
        for entry in node.entries:
            if not entry.term or not all(entry.descriptions) or not entry.descriptions:
                return self.html.fold(node)
            described = [_indented(":   ", self.blocks(description)) for description in entry.descriptions]
            entries.append("\n".join([self.lines(entry.term).replace("\\\n", " "), *described]))
        return "\n\n".join(entries)

    def table(self, node: n.Table) -> str:
        if not is_simple(node):
            return self.html.fold(node)
        cells = [[self._cell(cell) for cell in row.cells] for row in node.head + node.body]
        return pipe_table(node.columns, cells)

    def _cell(self, cell: n.Cell) -> str:
        content = "".join(self.line(block.content) for block in cell.blocks if isinstance(block, n.Paragraph))
        return escape.in_cell(content.strip())

    def figure(self, node: n.Figure) -> str:
        source = self.picture(node.asset, node.alt)
        if source is None:
            self.declared.append(self.words.missing)
            parts = [
                escape.in_line(f"[{self.words.missing}: {node.alt}]"),
                self.line(node.caption),
                self.line(node.credit),
            ]
            return escape.line_start(" ".join(part for part in parts if part))
        plain = all(isinstance(part, n.Text) and not part.attrs for part in node.caption)
        if node.credit or node.attrs or not plain:
            return self.html.fold(node)
        title = f" {escape.title(plain_text(node.caption))}" if node.caption else ""
        return f"![{escape.in_line(node.alt)}]({_address(source)}{title})"

    def gallery(self, node: n.Gallery) -> str:
        caption = self.lines(node.caption) if node.caption else ""
        return _contained("div", (("class", "gallery"),), self.blocks(node.figures), caption)

    def quote(self, node: n.Quote) -> str:
        content = self.blocks(node.blocks)
        if node.attribution:
            content += f"\n\n— <cite>{self.line(node.attribution, ('>', '<'))}</cite>"
        quoted = "\n".join(f"> {line}" if line else ">" for line in content.strip("\n").split("\n"))
        return quoted if node.kind == "block" else _contained("div", (("class", "pull-quote"),), quoted)

    def code_block(self, node: n.CodeBlock) -> str:
        fence = "`" * max(3, *(len(run) + 1 for run in _TICKS.findall(node.value)), 3)
        language = re.sub(r"[\s`]", "", node.language)
        return f"{fence}{language}\n{node.value}\n{fence}" if node.value else f"{fence}{language}\n{fence}"

    def rule(self, node: n.Rule) -> str:
        return "---"

    def aside(self, node: n.Aside) -> str:
        title = f"**{self.line(node.title, ('*', '*'))}**" if node.title else ""
        return _contained("aside", (("class", "titled" if title else None),), title, self.blocks(node.blocks))

    def embed(self, node: n.Embed) -> str:
        text = escape.line_start(escape.in_line(node.text))
        provider = node.provider or None
        if not node.title:
            self.declared.append(node.url)
            pairs = (("class", "embed labelled"), ("data-url", node.url), ("data-provider", provider))
            return _contained("div", pairs, f"<{node.url}>", text)
        link = f"[{escape.in_line(node.title)}]({_address(node.url)})"
        return _contained("div", (("class", "embed"), ("data-provider", provider)), link, text)

    def correction(self, node: n.Correction) -> str:
        printed = self.print_date(node.date)
        label = f"**{self.words.correction}**" + (f" ({printed})" if printed else "")
        self.declared.extend((self.words.correction, printed))
        pairs = (("class", "correction labelled"), ("data-date", node.date or None))
        return _contained("div", pairs, label, self.blocks(node.blocks))

    def note(self, note: n.Note) -> str:
        """The definition of a note."""
        content = self.blocks(note.blocks)
        return _indented(f"[^{self.labels[note.id]}]: ", content, width=4)


def _touches(before: n.Block | None, node: n.List) -> bool:
    return isinstance(before, n.List) and before.ordered == node.ordered and not before.attrs and not node.attrs


def _may_follow(before: n.Block, node: n.Block) -> bool:
    """Whether a block may stand right below another one, without a blank line, and both stay what they are."""
    if before.attrs or node.attrs:
        return False
    match before, node:
        case (
            n.Heading() | n.CodeBlock() | n.Rule(),
            n.Paragraph() | n.Heading() | n.List() | n.Quote() | n.CodeBlock(),
        ):
            return True
        case (n.Paragraph(), n.List(ordered=ordered, start=start, items=items)):
            return (not ordered or start == 1) and bool(items[0].blocks)
        case (n.Paragraph() | n.List(), n.Heading() | n.CodeBlock()):
            return True
        case (n.Paragraph() | n.List(), n.Quote(kind="block")):
            return True
        case (n.Quote(kind="block"), n.Heading() | n.CodeBlock() | n.List()):
            return True
        case _:
            return False


def _indented(mark: str, text: str, width: int = 0) -> str:
    """Text that begins with a mark and goes on below it; blank lines stay empty."""
    space = " " * (width or len(mark))
    first, *rest = text.split("\n")
    return "\n".join([f"{mark}{first}".rstrip(), *(f"{space}{line}" if line else "" for line in rest)])


def _contained(tag: str, pairs: Iterable[tuple[str, str | None]], *parts: str) -> str:
    """Markdown between a lone opening and closing tag."""
    return "\n\n".join([f"<{tag}{attributes(pairs)}>", *(part for part in parts if part), f"</{tag}>"])


def _address(href: str) -> str:
    """The destination of a link (CommonMark, section 6.3): in pointed brackets where it holds spaces or brackets."""
    href = href.replace("\n", "%0A")
    if re.search(r"[\s()<>\\]", href) or not href:
        return "<" + re.sub(r"[<>\\]", r"\\\g<0>", href) + ">"
    return re.sub(r"&(?=#?\w{1,31};)", r"\\&", href)
