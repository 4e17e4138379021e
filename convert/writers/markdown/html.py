"""What Markdown has no marks for, as the little HTML that our own reader reads back: tables with spans, figures."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from typing import final

from convert.tree import nodes as n
from convert.tree.build import strip, text
from convert.tree.fold import Fold
from convert.tree.walk import plain_text

__all__ = ["HtmlFold", "attributes"]

_ALIGNS = {"left": "left", "centre": "center", "right": "right"}
_SCOPES = {"column": "col", "row": "row"}


def escape(text: str) -> str:
    """Text within markup; a line break is a character reference, for a blank line would end the HTML."""
    escaped = html.escape(text, quote=True).replace("\n", "&#10;").replace("\t", "&#9;")
    return escaped.replace("  ", " &#32;")


def attributes(pairs: Iterable[tuple[str, str | None]]) -> str:
    """Attributes with a space before each; None leaves one out."""
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs if value is not None)


@final
class HtmlFold(Fold[str]):
    """Nodes as HTML in one line. `picture` gives a picture's address, or None where there is none."""

    def __init__(self, picture: Callable[[str, str], str | None], label: Callable[[str], str]) -> None:
        super().__init__()
        self.picture = picture
        self.label = label

    def join(self, nodes: Iterable[n.Inline | n.Block]) -> str:
        """Several nodes."""
        return "".join(self.fold_all(nodes))

    def line(self, content: tuple[n.Inline, ...]) -> str:
        """The inline content of a block, without space at its ends, which no reader keeps."""
        return self.join(strip(tuple(node for node in content if self.fold(node))))

    def tag(self, name: str, node: n.Node, content: str, *pairs: tuple[str, str | None]) -> str:
        """An element with the node's own attributes."""
        attrs = node.attrs or n.Attrs()
        own = (("id", attrs.id or None), ("lang", attrs.language or None), ("dir", attrs.direction))
        return f"<{name}{attributes((*pairs, *own))}>{content}</{name}>"

    def mark(self, name: str, node: n.Node, content: tuple[n.Inline, ...], *pairs: tuple[str, str | None]) -> str:
        """An inline element; none is left around nothing."""
        inner = self.join(content)
        return self.tag(name, node, inner, *pairs) if inner else ""

    def text(self, node: n.Text) -> str:
        return self.tag("span", node, escape(node.value)) if node.attrs else escape(node.value)

    def emphasis(self, node: n.Emphasis) -> str:
        return self.mark("em", node, node.content)

    def strong(self, node: n.Strong) -> str:
        return self.mark("strong", node, node.content)

    def strikethrough(self, node: n.Strikethrough) -> str:
        return self.mark("del", node, node.content)

    def superscript(self, node: n.Superscript) -> str:
        return self.mark("sup", node, node.content)

    def subscript(self, node: n.Subscript) -> str:
        return self.mark("sub", node, node.content)

    def span(self, node: n.Span) -> str:
        return self.mark("span", node, node.content)

    def link(self, node: n.Link) -> str:
        return self.mark("a", node, node.content, ("href", node.href), ("title", node.title or None))

    def image(self, node: n.Image) -> str:
        source = self.picture(node.asset, node.alt)
        pairs = (("src", source), ("alt", node.alt), ("title", node.title or None))
        return f"<img{attributes(pairs)}>" if source else escape(node.alt)

    def code_span(self, node: n.CodeSpan) -> str:
        return self.tag("code", node, escape(node.value))

    def break_(self, node: n.Break) -> str:
        return "<br>"

    def note_reference(self, node: n.NoteReference) -> str:
        label = self.label(node.note)
        return f"<a{attributes((('class', 'note'), ('data-note', label)))}>{escape(label)}</a>"

    def heading(self, node: n.Heading) -> str:
        return self.tag(f"h{min(node.level + 1, 6)}", node, self.line(node.content))

    def paragraph(self, node: n.Paragraph) -> str:
        match node.content:
            case (n.Image(attrs=None) as image,):  # which is read as a figure
                return self.figure(n.Figure(image.asset, image.alt, text(image.title), attrs=node.attrs))
        return self.tag("p", node, self.line(node.content))

    def list_(self, node: n.List) -> str:
        items = "".join(
            self.tag("li", item, self._item(item, node.tight), ("class", None if item.checked is None else "task"))
            for item in node.items
        )
        start = str(node.start) if node.ordered and node.start != 1 else None
        return self.tag("ol" if node.ordered else "ul", node, items, ("start", start))

    def _item(self, item: n.ListItem, tight: bool) -> str:
        """An item; its box is the first word of its first paragraph."""
        box = {None: "", True: "[x] ", False: "[ ] "}[item.checked]
        match item.blocks:
            case (n.Figure(credit=(), attrs=None) as figure, *rest) if box:
                picture = box + self.image(n.Image(figure.asset, figure.alt, plain_text(figure.caption)))
                return (picture if tight else f"<p>{picture}</p>") + self.join(rest)
            case (n.Paragraph(attrs=None) as first, *rest):
                words = box + self.line(first.content)
                return (words if tight else f"<p>{words}</p>") + self.join(rest)
            case _:
                return self.join(item.blocks)

    def definition_list(self, node: n.DefinitionList) -> str:
        parts = []
        for entry in node.entries:
            parts.append(self.tag("dt", entry, self.line(entry.term)))
            parts.extend(f"<dd>{self.join(description)}</dd>" for description in entry.descriptions)
        return self.tag("dl", node, "".join(parts))

    def table(self, node: n.Table) -> str:
        caption = f"<caption>{self.line(node.caption)}</caption>" if node.caption else ""
        head = self._rows("thead", node.head, node.columns)
        body = self._rows("tbody", node.body, node.columns)
        return self.tag("table", node, caption + head + body, ("data-align", _column_aligns(node)))

    def _rows(self, part: str, rows: tuple[n.Row, ...], columns: tuple[n.Column, ...]) -> str:
        lines = []
        covered = [0] * len(columns)  # further rows that a cell from above still takes
        for row in rows:
            free = [k for k, left in enumerate(covered) if not left]
            covered = [max(0, left - 1) for left in covered]
            cells = []
            for cell in row.cells:
                mine, free = free[: cell.colspan], free[cell.colspan :]
                for k in mine:
                    covered[k] = cell.rowspan - 1
                cells.append(self._cell(cell, columns[mine[0]].align if mine else ""))
            lines.append(self.tag("tr", row, "".join(cells)))
        return f"<{part}>\n" + "\n".join(lines) + f"\n</{part}>" if rows else ""

    def _cell(self, cell: n.Cell, align: str) -> str:
        match cell.blocks:
            case (n.Paragraph(attrs=None, content=content),):
                inner = self.line(content)
            case (n.Figure(caption=(), credit=(), attrs=None) as figure,):
                inner = self.image(n.Image(figure.asset, figure.alt))
            case _:
                inner = self.join(cell.blocks)
        return self.tag(
            "th" if cell.scope else "td", cell, inner,
            ("scope", _SCOPES.get(cell.scope)),
            ("colspan", str(cell.colspan) if cell.colspan > 1 else None),
            ("rowspan", str(cell.rowspan) if cell.rowspan > 1 else None),
            ("style", f"text-align:{_ALIGNS[align]}" if align else None),
        )  # fmt: skip

    def figure(self, node: n.Figure) -> str:
        source = self.picture(node.asset, node.alt)
        image = f"<img{attributes((('src', source), ('alt', node.alt)))}>" if source else ""
        credit = f'<span class="credit">{self.line(node.credit)}</span>' if node.credit else ""
        between = " " if node.caption and node.credit else ""
        caption = self.line(node.caption) + between + credit
        content = image + (f"<figcaption>{caption}</figcaption>" if caption else "")
        return self.tag("figure", node, content) if image else f"<p>{escape(node.alt)} {caption}</p>"

    def gallery(self, node: n.Gallery) -> str:
        caption = self.paragraph(n.Paragraph(node.caption)) if node.caption else ""
        return self.tag("div", node, self.join(node.figures) + caption, ("class", "gallery"))

    def quote(self, node: n.Quote) -> str:
        source = f"<p>— <cite>{self.line(node.attribution)}</cite></p>" if node.attribution else ""
        inner = self.join(node.blocks) + source
        if node.kind == "pull":
            return self.tag("div", node, f"<blockquote>{inner}</blockquote>", ("class", "pull-quote"))
        return self.tag("blockquote", node, inner)

    def code_block(self, node: n.CodeBlock) -> str:
        language = f"language-{node.language}" if node.language else None
        return f"<pre><code{attributes((('class', language),))}>{escape(node.value)}</code></pre>"

    def rule(self, node: n.Rule) -> str:
        return "<hr>"

    def aside(self, node: n.Aside) -> str:
        title = f"<p><strong>{self.line(node.title)}</strong></p>" if node.title else ""
        return self.tag("aside", node, title + self.join(node.blocks), ("class", "titled" if title else None))

    def embed(self, node: n.Embed) -> str:
        link = f"<p><a{attributes((('href', node.url),))}>{escape(node.title or node.url)}</a></p>"
        text = f"<p>{escape(node.text.strip())}</p>" if node.text.strip() else ""
        known = ("class", "embed") if node.title else ("class", "embed labelled")
        url = None if node.title else node.url
        return self.tag("div", node, link + text, known, ("data-url", url), ("data-provider", node.provider or None))

    def correction(self, node: n.Correction) -> str:
        return self.tag("div", node, self.join(node.blocks), ("class", "correction"), ("data-date", node.date or None))


def _column_aligns(table: n.Table) -> str | None:
    """The alignment of every column, where cells over several columns leave it open."""
    spans = any(cell.colspan > 1 for row in table.head + table.body for cell in row.cells)
    aligns = [_ALIGNS.get(column.align, "-") for column in table.columns]
    return " ".join(aligns) if spans and len(set(aligns)) > 1 else None
