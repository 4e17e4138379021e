"""Headings, quotations, boxes, code, notes, and what is not of the article."""

from __future__ import annotations

from msgspec import structs
from selectolax.lexbor import LexborNode

from convert.readers.html import embeds
from convert.readers.html.core import SKIP, Attributes, Close, Core
from convert.readers.html.elements import PULL, has_letters, label_of, words_of
from convert.readers.html.frames import Frame, settled
from convert.tree import nodes as n

__all__ = ["BoxElements"]


class BoxElements(Core):
    """What the elements of blocks do that are no lists, tables or media."""

    def _rule(self, node: LexborNode, attributes: Attributes) -> Close:
        self.flush()
        if self.frame.kind not in ("list", "table", "row", "definitions", "heading", "caption", "figure"):
            self._put(n.Rule())
        return SKIP

    def _furniture(self, node: LexborNode) -> Close:
        words = words_of(node)
        if has_letters(words):
            self.flush()
            self._put(n.Paragraph((n.Text(words),), "furniture"))
        return SKIP

    def _heading(self, node: LexborNode, attributes: Attributes) -> Close:
        if self.frame.kind in ("heading", "caption", "term") or not self._open(
            Frame("heading", self._attrs(attributes))
        ):
            return self._block(node, attributes)
        self.frame.level = int((node.tag or "h6")[1])
        element = node.mem_id

        def leave() -> None:
            frame = self._pop()
            content = self._content(frame)
            if content:
                heading = n.Heading(frame.level, content, attrs=frame.attrs)
                self.elements[element] = heading
                self._put(heading)
            self._put(*frame.pieces)

        return leave

    def _quote(self, node: LexborNode, attributes: Attributes) -> Close:
        post = embeds.post_address(node, attributes)
        if post is not None:
            return self._post(node, *post)
        pull = bool(PULL.search(label_of(attributes)))
        if self.frame.kind == "heading" or not self._open(Frame("quote", self._attrs(attributes), element=int(pull))):
            return self._block(node, attributes)

        def leave() -> None:
            frame = self._pop()
            attribution: tuple[n.Inline, ...] = ()
            last = frame.pieces[-1] if frame.pieces else None
            if isinstance(last, n.Paragraph) and len(frame.pieces) > 1 and frame.attribution == len(frame.pieces) - 1:
                attribution = _without_dash(last.content)
                frame.pieces.pop()
            blocks = tuple(settled(frame.pieces, self.told))
            inner = blocks[0] if len(blocks) == 1 else None
            if frame.element and isinstance(inner, n.Quote):
                self._put(structs.replace(inner, kind="pull", attribution=inner.attribution or attribution))
            elif blocks:
                self._put(n.Quote(blocks, attribution, "pull" if frame.element else "block", attrs=frame.attrs))

        return leave

    def _footer(self, node: LexborNode, attributes: Attributes) -> Close:
        """Whose words a quotation holds; any other footer is a block."""
        if self.frame.kind != "quote":
            return self._block(node, attributes)
        self.flush()
        quote, place = self.frame, len(self.frame.pieces)

        def leave() -> None:
            self.flush()
            if len(quote.pieces) == place + 1:
                quote.attribution = place

        return leave

    def _attribution(self, node: LexborNode, attributes: Attributes) -> Close:
        """Whose words a quotation holds, said in it or right below it."""
        self.flush()
        above = self.frame.pieces[-1] if self.frame.pieces else None
        if self.frame.kind == "quote":
            return self._footer(node, attributes)
        if not isinstance(above, n.Quote) or above.attribution or not self._open(Frame("attribution")):
            return self._block(node, attributes)

        def leave() -> None:
            frame = self._pop()
            content, rest = self._as_line(frame)
            self.frame.pieces[-1] = structs.replace(above, attribution=_without_dash(content))
            self._put(*rest)

        return leave

    def _post(self, node: LexborNode, address: str, provider: str) -> Close:
        self.flush()
        words = words_of(node)
        url = self.addresses.link(address)
        if url:
            self._put(n.Embed(url, provider, "", words))
        elif words:
            self._put(n.Quote((n.Paragraph((n.Text(words),)),)))
        return SKIP

    def _aside(self, node: LexborNode, attributes: Attributes) -> Close:
        if self.frame.kind in ("heading", "caption") or not self._open(Frame("aside", self._attrs(attributes))):
            return self._block(node, attributes)

        def leave() -> None:
            frame = self._pop()
            blocks = settled(frame.pieces, self.told)
            title = frame.title
            if not title and blocks and isinstance(blocks[0], n.Heading) and len(blocks) > 1:
                title = blocks.pop(0).content  # type: ignore[union-attr]
            if blocks:
                self._put(n.Aside(tuple(blocks), title, attrs=frame.attrs))
            elif title:
                self._put(n.Paragraph(title))

        return leave

    def _summary(self, node: LexborNode, attributes: Attributes) -> Close:
        self.flush()
        box = self.frame
        if box.kind != "aside" or box.pieces or box.title or not self._open(Frame("summary")):
            return self._block(node, attributes)

        def leave() -> None:
            frame = self._pop()
            content, rest = self._as_line(frame)
            if len(content) == 0 and rest and isinstance(rest[0], n.Heading):
                content = rest.pop(0).content  # type: ignore[union-attr]
            box.title = content
            self._put(*rest)

        return leave

    def _pre(self, node: LexborNode, attributes: Attributes) -> Close:
        inner = node.css_first("code[class]")
        names = f"{attributes.get('class') or ''} {(inner.attributes.get('class') or '') if inner is not None else ''}"
        if self.frame.kind in ("heading", "term") or (
            node.css_first("p, div, table, img, ul, ol, h1, h2, h3, blockquote") is not None
        ):
            return self._block(node, attributes)
        self.flush()
        value = _raw_text(node)
        if value.strip():
            language = next(
                (name.partition("-")[2] for name in names.split() if name.startswith(("language-", "lang-"))), ""
            )
            self._put(n.CodeBlock(value.removesuffix("\n"), language, attrs=self._attrs(attributes)))
        return SKIP

    def _note(self, node: LexborNode, attributes: Attributes) -> Close:
        if not self._open(Frame("note")):
            return self._block(node, attributes)
        name = self.note_ids[node.mem_id]

        def leave() -> None:
            frame = self._pop()
            self.notes.append(n.Note(name, tuple(settled(frame.pieces, self.told))))

        return leave


def _without_dash(content: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Whose words they are, without the dash that pages put before it."""
    first = content[0] if content else None
    if not isinstance(first, n.Text) or not first.value.startswith("— "):
        return content
    words = first.value.removeprefix("— ")
    return (structs.replace(first, value=words), *content[1:]) if words else content[1:]


def _raw_text(node: LexborNode) -> str:
    """The text of a <pre>, its <br> as line ends."""
    parts: list[str] = []
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            parts.append(inner.text_content or "")
        elif inner.tag == "br":
            parts.append("\n")
    return "".join(parts)
