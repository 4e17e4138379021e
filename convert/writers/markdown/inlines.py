"""Inline nodes as pieces of a line."""

from __future__ import annotations

import re
from abc import ABC
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from convert.report import Report
from convert.themes.model import MarkdownOptions
from convert.tree import nodes as n
from convert.tree.fold import Fold
from convert.tree.walk import walk
from convert.writers.base import SCHEMES
from convert.writers.labels import Labels
from convert.writers.markdown import escape
from convert.writers.markdown.html import HtmlFold, attributes
from convert.writers.markdown.pieces import BREAK, Mark, Piece, Raw, Words, render

__all__ = ["InlineFold"]


_TICKS = re.compile(r"`+")
_PLAIN_ADDRESS = re.compile(r"(?:https?|tel|mailto):[A-Za-z0-9/:.?=#&_~+,;@-]+")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class InlineFold(Fold[list[Piece]], ABC):
    """The inline half of the Markdown writer; what it says on its own goes to `report` and `declared`."""

    def __init__(
        self, options: MarkdownOptions, words: Labels, labels: dict[str, str], report: Report,
        picture: Callable[[str, str], str | None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.options = options
        self.words = words
        self.labels = labels
        self.report = report
        self.picture = picture
        self.declared: list[str] = []
        self.html = HtmlFold(picture, lambda note: labels[note])
        other = {"*": "_", "_": "*"}[options.emphasis]
        self._signs = (options.emphasis, other)

    def pieces(self, content: Sequence[n.Inline]) -> list[Piece]:
        """Inline content laid out flat."""
        return [piece for made in self.fold_all(content) for piece in made]

    def lines(self, content: Sequence[n.Inline]) -> str:
        """The content of a paragraph, each of its lines safe at its start."""
        return render(self.pieces(content))

    def line(self, content: Sequence[n.Inline]) -> str:
        """Inline content that must stay in one line."""
        return render(self.pieces(content), lines=False)

    def text(self, node: n.Text) -> list[Piece]:
        return self._element("span", node, [Words(node.value)]) if node.attrs else [Words(node.value)]

    def emphasis(self, node: n.Emphasis) -> list[Piece]:
        return self._marked(node, node.content, self._signs, "em")

    def strong(self, node: n.Strong) -> list[Piece]:
        return self._marked(node, node.content, tuple(sign * 2 for sign in self._signs), "strong")

    def strikethrough(self, node: n.Strikethrough) -> list[Piece]:
        return self._marked(node, node.content, ("~~",), "del")

    def superscript(self, node: n.Superscript) -> list[Piece]:
        return self._element("sup", node, self.pieces(node.content))

    def subscript(self, node: n.Subscript) -> list[Piece]:
        return self._element("sub", node, self.pieces(node.content))

    def span(self, node: n.Span) -> list[Piece]:
        content = self.pieces(node.content)
        return self._element("span", node, content) if node.attrs else content

    def _marked(self, node: n.Node, content: Sequence[n.Inline], signs: tuple[str, ...], tag: str) -> list[Piece]:
        """Content between marks; none are left around nothing."""
        inner = self.pieces(content)
        if node.attrs:
            return self._element(tag, node, inner)
        if not inner:
            return []
        opening, closing = Mark(signs, tag), Mark(signs, tag, opens=False)
        opening.partner = closing
        return [opening, *inner, closing]

    def _element(self, tag: str, node: n.Node, inner: list[Piece], *pairs: tuple[str, str | None]) -> list[Piece]:
        """Content within an HTML element, which stays Markdown."""
        attrs = node.attrs or n.Attrs()
        own = (("id", attrs.id or None), ("lang", attrs.language or None), ("dir", attrs.direction))
        return [Raw(f"<{tag}{attributes((*pairs, *own))}>"), *inner, Raw(f"</{tag}>")] if inner else []

    def link(self, node: n.Link) -> list[Piece]:
        scheme = urlsplit(node.href).scheme.lower() if ":" in node.href else ""
        inner = self.pieces(node.content)
        if scheme and scheme not in SCHEMES:
            self.report.add(
                "link.scheme", "loss", f"A link to “{node.href[:80]}” leads to no page; its words were kept."
            )
            return inner
        if not inner:
            return []
        if node.attrs or any(isinstance(inner, n.NoteReference) for inner in walk(node)):  # brackets do not nest
            return self._element("a", node, inner, ("href", node.href), ("title", node.title or None))
        if plain := _autolink(node):
            return [Raw(plain)]
        for piece in inner:
            if isinstance(piece, Words):
                piece.in_link = True
        title = f" {escape.title(node.title)}" if node.title else ""
        return [Raw("["), *inner, Raw(f"]({escape.address(node.href)}{title})")]

    def image(self, node: n.Image) -> list[Piece]:
        source = self.picture(node.asset, node.alt)
        if source is None:
            self.declared.append(self.words.missing)
            return [Words(f"[{self.words.missing}: {node.alt}]")]
        if node.attrs:
            attrs = node.attrs
            pairs = (("src", source), ("alt", node.alt), ("title", node.title or None), ("id", attrs.id or None),
                     ("lang", attrs.language or None), ("dir", attrs.direction))  # fmt: skip
            return [Raw(f"<img{attributes(pairs)}>")]
        return [Raw(self.picture_mark(node.alt, source, node.title))]

    def picture_mark(self, alt: str, source: str, title: str) -> str:
        """`![alt](source "title")`."""
        words = escape.in_line(alt, "[", "]", in_link=True).replace("\n", " ")
        return f"![{words}]({escape.address(source)}{f' {escape.title(title)}' if title else ''})"

    def code_span(self, node: n.CodeSpan) -> list[Piece]:
        value = node.value.replace("\n", " ")
        element = "".join(
            piece.text for piece in self._element("code", node, [Raw(escape.in_code(value))]) if isinstance(piece, Raw)
        )
        if node.attrs or not value.strip():
            return [Raw(element)]
        ticks = "`" * next(k for k in range(1, len(value) + 2) if k not in set(map(len, _TICKS.findall(value))))
        pad = " " if "`" in (value[0], value[-1]) or value[0] == value[-1] == " " else ""
        return [Raw(f"{ticks}{pad}{value}{pad}{ticks}", element)]

    def break_(self, node: n.Break) -> list[Piece]:
        return [BREAK]

    def note_reference(self, node: n.NoteReference) -> list[Piece]:
        return [Raw(f"[^{self.labels[node.note]}]")]


def _autolink(node: n.Link) -> str:
    """`<address>` for a link whose words are its address; empty where that would not be read as such."""
    match node:
        case n.Link(content=(n.Text(value=value, attrs=None),), title=""):
            if value == node.href and _PLAIN_ADDRESS.fullmatch(value):
                return f"<{value}>"
            if f"mailto:{value}" == node.href and _MAIL.fullmatch(value):
                return f"<{value}>"
    return ""
