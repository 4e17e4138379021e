"""Pictures of a paragraph: which are figures of their own, and which stand in its line."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from convert.readers.docx.flow import Piece
from convert.readers.docx.lines import Leaf, Picture, Split
from convert.readers.docx.xml import Element
from convert.tree import nodes as n

__all__ = ["captioned", "figures_apart", "told"]


def figures_apart(
    leaves: Sequence[Leaf], known: dict[Element, str], *, every: bool, ends: bool = True
) -> tuple[list[n.Block], list[Leaf], list[n.Block]]:
    """Pictures at the two ends of a paragraph as figures, and what is left. `every`: small ones, too."""
    leaves = list(leaves)
    alone = not any(not isinstance(node, Picture) and not _is_blank(node) for node, _ in leaves)
    first_word, last_word = 0, len(leaves)
    while first_word < last_word and (
        _is_blank(leaves[first_word][0]) or _is_large(leaves[first_word], every or alone)
    ):
        first_word += 1
    while (
        ends
        and last_word > first_word
        and (_is_blank(leaves[last_word - 1][0]) or _is_large(leaves[last_word - 1], every))
    ):
        last_word -= 1
    front = _figures(leaves[:first_word], known)
    if not front and not alone:
        first_word = 0
    back = _figures(leaves[last_word:], known)
    return front, leaves[first_word:last_word], back


def _figures(leaves: Sequence[Leaf], known: dict[Element, str]) -> list[n.Block]:
    found: list[n.Block] = []
    for node, _ in leaves:
        if isinstance(node, Picture):
            known[node.element] = node.alt
            found.append(n.Figure(node.asset, node.alt))
    return found


def _is_blank(node: object) -> bool:
    return isinstance(node, n.Break | Split) or (isinstance(node, n.Text) and not node.value.strip())


def _is_large(leaf: Leaf, every: bool) -> bool:
    return isinstance(leaf[0], Picture) and (every or not leaf[0].small)


def told(content: tuple[n.Inline, ...], leaves: Sequence[Leaf], known: dict[Element, str]) -> tuple[n.Inline, ...]:
    """The content, with the descriptions of the pictures in it put down."""
    for node, _ in leaves:
        if isinstance(node, Picture):
            known[node.element] = node.alt
    return content


def captioned(blocks: list[n.Block], piece: Piece, kind: str) -> list[n.Block]:
    last = blocks[-1]
    if kind == "caption" and isinstance(last, n.Figure):
        return [*blocks[:-1], structs.replace(last, caption=piece.content, credit=piece.credit)]
    content = (*piece.content, *piece.credit)
    return [*blocks, n.Paragraph(content)] if content else blocks
