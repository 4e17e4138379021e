"""Elements within a line: marks, links, code, pictures, marks of notes."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborNode

from convert.readers.html.core import SKIP, Attributes, Close, Core, language_of, nothing
from convert.readers.html.elements import MARKS, has_letters
from convert.readers.html.lines import Mark, Picture
from convert.readers.html.sources import is_speck, picture_source
from convert.tree import nodes as n

__all__ = ["InlineElements"]

MAX_MARKS: Final = 16
"""Marks that may stand in one another."""


class InlineElements(Core):
    """What the elements of a line do."""

    def _break(self, node: LexborNode, attributes: Attributes) -> Close:
        if self.frame.kind in ("heading", "term"):
            self.frame.line.text(" ", ())
        else:
            self.frame.line.add(n.Break(), ())
        return SKIP

    def _reference(self, element: int) -> Close:
        self.frame.line.add(n.NoteReference(self.note_marks[element]), ())
        return SKIP

    def _noscript(self, node: LexborNode, attributes: Attributes) -> Close:
        """A picture that only pages without scripts show is the picture, unless one stands beside it."""
        spare = node.css_first("img")
        if spare is None or any(_has_image(beside) for beside in (node.prev, node.next, *_both(node))):
            return SKIP
        self._image(spare, spare.attributes, element=node.mem_id)
        return SKIP

    def _push(self, mark: Mark) -> Close:
        if len(self.marks) >= MAX_MARKS:
            return nothing
        self.marks.append(mark)
        before = self.open_marks
        self.open_marks = (*before, mark)

        def leave() -> None:
            self.marks.pop()
            self.open_marks = before

        return leave

    def _mark(self, node: LexborNode, attributes: Attributes) -> Close:
        kind = MARKS[node.tag or ""]
        if any(mark.kind is kind for mark in self.marks) or (kind is n.Strong and self.frame.kind == "heading"):
            return self._span(node, attributes)
        return self._push(Mark(kind, attrs=self._inline_attrs(attributes)))

    def _inline_attrs(self, attributes: Attributes) -> n.Attrs | None:
        if not attributes:
            return None
        name = attributes.get("id") or ""
        return self._made(
            name if name in self.targets else "", language_of(attributes), (attributes.get("dir") or "").lower()
        )

    def _span(self, node: LexborNode, attributes: Attributes) -> Close:
        attrs = self._inline_attrs(attributes)
        return self._push(Mark(n.Span, attrs=attrs)) if attrs else nothing

    def _link(self, node: LexborNode, attributes: Attributes) -> Close:
        href = self.addresses.link(attributes.get("href") or "")
        attrs = self._inline_attrs({**attributes, "id": attributes.get("id") or attributes.get("name")})
        if not href or any(mark.kind is n.Link for mark in self.marks):
            return self._push(Mark(n.Span, attrs=attrs)) if attrs else nothing
        title = " ".join((attributes.get("title") or "").split())[:500]
        return self._push(Mark(n.Link, href, title, attrs))

    def _inline_quote(self, node: LexborNode, attributes: Attributes) -> Close:
        self.frame.line.text("“", self.open_marks)
        return lambda: self.frame.line.text("”", self.open_marks)

    def _code(self, node: LexborNode, attributes: Attributes) -> Close:
        if node.css_first("pre, p, img, div, table, ul, ol, a") is not None:
            return nothing
        words = " ".join(node.text().split())
        if words:
            self.frame.line.add(n.CodeSpan(words), self.open_marks)
        return SKIP

    def _image(self, node: LexborNode, attributes: Attributes, element: int = 0) -> Close:
        if is_speck(attributes):
            return nothing
        alt = " ".join((attributes.get("alt") or "").split())
        line, element = self.frame.line, element or node.mem_id
        label = attributes.get("class") or ""
        if "emoji" in label or "smiley" in label or self.frame.kind == "heading":
            self.told[element] = alt
            line.text(alt, self.open_marks)
            return nothing
        source = self.addresses.picture(picture_source(node, attributes))
        if not source and not has_letters(alt):
            return nothing
        if not source:
            text = f"A picture has no address that can be used; its description stands in its place: “{alt[:80]}”."
            self.report.add("html.picture", "loss", text, self.where)
        title = " ".join((attributes.get("title") or "").split())
        small = _is_small(attributes) or "tex" in label.split() or "mwe-math" in label
        key = self.pictures.key(source) if source else self.pictures.lost()
        line.add(Picture(element, key, alt, title, small), self.open_marks)
        return nothing


def _is_small(attributes: Attributes) -> bool:
    """Whether a picture is a sign within the text: an icon, a letter, a formula."""
    sizes = [attributes.get("width") or "", attributes.get("height") or ""]
    return any(
        size.isascii() and size.removesuffix("px").isdigit() and int(size.removesuffix("px")[:6]) < 50 for size in sizes
    )


def _has_image(node: LexborNode | None) -> bool:
    return (
        node is not None
        and node.is_element_node
        and (node.tag in ("img", "picture") or node.css_first("img") is not None)
    )


def _both(node: LexborNode) -> tuple[LexborNode | None, LexborNode | None]:
    """The elements beside an element, spaces between them left out."""
    before, after = node.prev, node.next
    while before is not None and not before.is_element_node:
        before = before.prev
    while after is not None and not after.is_element_node:
        after = after.next
    return before, after
