"""What Markdown has no marks for, as the little HTML that our own reader reads back: tables with spans, figures."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from typing import final

from convert.tree import nodes as n
from convert.tree.fold import Fold

__all__ = ["HtmlFold", "attributes"]

_ALIGNS = {"left": "left", "centre": "center", "right": "right"}
_SCOPES = {"column": "col", "row": "row"}


def escape(text: str) -> str:
    """Text within markup; a line break is a character reference, for a blank line would end the HTML."""
    return html.escape(text, quote=True).replace("\n", "&#10;")


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

    def tag(self, name: str, node: n.Node, content: str, *pairs: tuple[str, str | None]) -> str:
        """An element with the node's own attributes."""
        attrs = node.attrs or n.Attrs()
        own = (("id", attrs.id or None), ("lang", attrs.language or None), ("dir", attrs.direction))
        return f"<{name}{attributes((*pairs, *own))}>{content}</{name}>"

    def text(self, node: n.Text) -> str:
        return self.tag("span", node, escape(node.value)) if node.attrs else escape(node.value)

    def emphasis(self, node: n.Emphasis) -> str:
        return self.tag("em", node, self.join(node.content))

    def strong(self, node: n.Strong) -> str:
        return self.tag("strong", node, self.join(node.content))

    def strikethrough(self, node: n.Strikethrough) -> str:
        return self.tag("del", node, self.join(node.content))

    def superscript(self, node: n.Superscript) -> str:
        return self.tag("sup", node, self.join(node.content))

    def subscript(self, node: n.Subscript) -> str:
        return self.tag("sub", node, self.join(node.content))

    def span(self, node: n.Span) -> str:
        return self.tag("span", node, self.join(node.content))

    def link(self, node: n.Link) -> str:
        return self.tag("a", node, self.join(node.content), ("href", node.href), ("title", node.title or None))

    def image(self, node: n.Image) -> str:
        source = self.picture(node.asset, node.alt)
        return f"<img{attributes((('src', source), ('alt', node.alt)))}>" if source else escape(node.alt)

    def code_span(self, node: n.CodeSpan) -> str:
        return self.tag("code", node, escape(node.value))

    def break_(self, node: n.Break) -> str:
        return "<br>"

    def note_reference(self, node: n.NoteReference) -> str:
        label = self.label(node.note)
        return f"<a{attributes((('class', 'note'), ('data-note', label)))}>{escape(label)}</a>"

    def heading(self, node: n.Heading) -> str:
        return self.tag(f"h{min(node.level + 1, 6)}", node, self.join(node.content))

    def paragraph(self, node: n.Paragraph) -> str:
        return self.tag("p", node, self.join(node.content))

    def list_(self, node: n.List) -> str:
        items = "".join(self.tag("li", item, self._item(item, node.tight)) for item in node.items)
        start = str(node.start) if node.ordered and node.start != 1 else None
        return self.tag("ol" if node.ordered else "ul", node, items, ("start", start))

    def _item(self, item: n.ListItem, tight: bool) -> str:
        box = {None: "", True: "[x] ", False: "[ ] "}[item.checked]
        match item.blocks:
            case (n.Paragraph(attrs=None) as first, *rest) if tight:
                return box + self.join(first.content) + self.join(rest)
            case _:
                return box + self.join(item.blocks)

    def definition_list(self, node: n.DefinitionList) -> str:
        parts = []
        for entry in node.entries:
            parts.append(self.tag("dt", entry, self.join(entry.term)))
            parts.extend(f"<dd>{self.join(description)}</dd>" for description in entry.descriptions)
        return self.tag("dl", node, "".join(parts))

    def table(self, node: n.Table) -> str:
        caption = f"<caption>{self.join(node.caption)}</caption>" if node.caption else ""
        head = self._rows("thead", node.head, node.columns)
        body = self._rows("tbody", node.body, node.columns)
        return self.tag("table", node, caption + head + body)

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
                inner = self.join(content)
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
        credit = f'<span class="credit">{self.join(node.credit)}</span>' if node.credit else ""
        between = " " if node.caption and node.credit else ""
        caption = self.join(node.caption) + between + credit
        content = image + (f"<figcaption>{caption}</figcaption>" if caption else "")
        return self.tag("figure", node, content) if image else f"<p>{escape(node.alt)} {caption}</p>"

    def gallery(self, node: n.Gallery) -> str:
        caption = f"<p>{self.join(node.caption)}</p>" if node.caption else ""
        return f'<div class="gallery">{self.join(node.figures)}{caption}</div>'

    def quote(self, node: n.Quote) -> str:
        source = f"<p>— <cite>{self.join(node.attribution)}</cite></p>" if node.attribution else ""
        return self.tag("blockquote", node, self.join(node.blocks) + source)

    def code_block(self, node: n.CodeBlock) -> str:
        language = f"language-{node.language}" if node.language else None
        return f"<pre><code{attributes((('class', language),))}>{escape(node.value)}</code></pre>"

    def rule(self, node: n.Rule) -> str:
        return "<hr>"

    def aside(self, node: n.Aside) -> str:
        title = f"<p><strong>{self.join(node.title)}</strong></p>" if node.title else ""
        return self.tag("aside", node, title + self.join(node.blocks), ("class", "titled" if title else None))

    def embed(self, node: n.Embed) -> str:
        text = f"<p>{escape(node.text)}</p>" if node.text else ""
        return f"<p><a{attributes((('href', node.url),))}>{escape(node.title or node.url)}</a></p>{text}"

    def correction(self, node: n.Correction) -> str:
        return self.tag("div", node, self.join(node.blocks), ("class", "correction"), ("data-date", node.date or None))
