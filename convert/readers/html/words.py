"""The reading text of a page: its text nodes one after the other, whatever tree is made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from selectolax.lexbor import LexborNode

from convert.readers.html.elements import WORDLESS

__all__ = ["words"]

_LINES = frozenset(("p", "div", "li", "br", "tr", "td", "h1", "h2", "h3"))


def words(root: LexborNode, told: Mapping[int, str], marks: Collection[int] = ()) -> str:
    """The words below `root` in the order of the page.

    `told` holds what elements say that is no text of theirs, by `mem_id`: a picture's alternative text,
    an item's number, the title of a frame. `marks` are the marks of notes, whose numbers writers make anew.
    """
    parts: list[str] = []
    for node in _seen(root, marks):
        if node.is_text_node:
            parts.append(node.text_content or "")
        else:
            said = told.get(node.mem_id)
            if said:
                parts.append(f"\n{said} ")
            elif node.tag in _LINES:
                parts.append("\n")
    return "".join(parts)


def _seen(root: LexborNode, marks: Collection[int]) -> Iterator[LexborNode]:
    """Text nodes and elements in order, but for what stands in elements without words."""
    node: LexborNode | None = root.first_child
    path: list[LexborNode] = []
    while node is not None or path:
        if node is None:
            node = path.pop().next
            continue
        if node.is_text_node:
            yield node
        elif node.is_element_node:
            yield node
            child = None if node.tag in WORDLESS or node.mem_id in marks else node.first_child
            if child is not None:
                path.append(node)
                node = child
                continue
        node = node.next
