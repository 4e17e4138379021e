"""Lists, numbered lists, and lists of terms."""

from __future__ import annotations

from msgspec import structs
from selectolax.lexbor import LexborNode

from convert.readers.html.core import Attributes, Close, Core
from convert.readers.html.frames import Frame, Piece, settled
from convert.tree import nodes as n

__all__ = ["ListElements"]


class ListElements(Core):
    """What the elements of lists do."""

    def _list(self, node: LexborNode, attributes: Attributes) -> Close:
        frame = Frame("list", self._attrs(attributes), ordered=node.tag == "ol")
        if self.frame.kind == "heading" or not self._open(frame):
            return self._block(node, attributes)
        frame.start = _number(attributes.get("start"))

        def leave() -> None:
            frame = self._pop()
            self._stray(frame)
            self._put(*frame.before, *(self._finished_list(frame) if frame.items else ()))

        return leave

    def _finished_list(self, frame: Frame) -> list[Piece]:
        """The list; or, of items that hold a picture each and nothing else, a gallery."""
        blocks = [block for _, item in frame.items for block in item.blocks]
        if len(blocks) > 1 and all(isinstance(block, n.Figure) for block in blocks):
            return [n.Gallery(tuple(blocks))]  # type: ignore[arg-type]
        if frame.ordered:
            for number, (element, _) in enumerate(frame.items, frame.start):
                self.told[element] = f"{number}."
        items = tuple(item for _, item in frame.items)
        tight = all(sum(isinstance(block, n.Paragraph) for block in item.blocks) < 2 for item in items)
        return [n.List(items, frame.ordered, frame.start if frame.ordered else 1, tight, attrs=frame.attrs)]

    def _item(self, node: LexborNode, attributes: Attributes) -> Close:
        self.flush()
        owner = self.frame if self.frame.kind == "list" else None
        if owner is None or not self._open(Frame("item", self._attrs(attributes), element=node.mem_id)):
            return self._block(node, attributes)
        self._stray(owner)

        def leave() -> None:
            frame = self._pop()
            blocks = tuple(settled(frame.pieces, self.told))
            if blocks:
                self.frame.items.append((frame.element, n.ListItem(blocks, attrs=frame.attrs)))

        return leave

    def _stray(self, owner: Frame) -> None:
        """Put what stands in a list between its items to the item above it, or before the list."""
        if not owner.items:
            owner.before.extend(owner.pieces)
            owner.pieces.clear()
        elif owner.pieces:
            element, item = owner.items[-1]
            blocks = (*item.blocks, *settled(owner.pieces, self.told))
            owner.items[-1] = (element, structs.replace(item, blocks=blocks))
            owner.pieces.clear()

    def _definitions(self, node: LexborNode, attributes: Attributes) -> Close:
        if self.frame.kind == "heading" or not self._open(Frame("definitions", self._attrs(attributes))):
            return self._block(node, attributes)

        def leave() -> None:
            frame = self._pop()
            self._describe(frame)
            if frame.entries:
                self._put(n.DefinitionList(tuple(frame.entries), attrs=frame.attrs))
            else:
                self._put(*frame.pieces)

        return leave

    def _describe(self, owner: Frame) -> None:
        """Give what stands loose in a definition list to the term above it."""
        blocks = tuple(settled(owner.pieces, self.told)) if owner.pieces else ()
        if blocks:
            owner.entries = owner.entries or [n.Definition((), ())]
            last = owner.entries[-1]
            owner.entries[-1] = structs.replace(last, descriptions=(*last.descriptions, blocks))
            owner.pieces.clear()

    def _term(self, node: LexborNode, attributes: Attributes) -> Close:
        self.flush()
        owner = self.frame
        if owner.kind != "definitions" or not self._open(Frame("term", self._attrs(attributes))):
            return self._block(node, attributes)
        self._describe(owner)

        def leave() -> None:
            frame = self._pop()
            owner.entries.append(n.Definition(self._content(frame), (), attrs=frame.attrs))
            self._put(*frame.pieces)

        return leave

    def _description(self, node: LexborNode, attributes: Attributes) -> Close:
        self.flush()
        owner = self.frame
        if owner.kind != "definitions" or not self._open(Frame("description")):
            return self._block(node, attributes)
        self._describe(owner)

        def leave() -> None:
            frame = self._pop()
            owner.pieces.extend(frame.pieces)
            self._describe(owner)

        return leave


def _number(value: str | None) -> int:
    value = (value or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1
