"""Inline content while it is read: leaves that know their marks, nested when the paragraph is done."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from convert.readers.docx.xml import Element
from convert.tree import nodes as n
from convert.tree.build import inlines, strip

__all__ = ["Leaf", "Mark", "Picture", "Split", "nested", "plain"]


class Mark(Struct, frozen=True):
    """What a run says of its words. Marks of equal value that touch are one."""

    kind: type[n.Node]
    href: str = ""
    title: str = ""
    language: str = ""

    def around(self, content: tuple[n.Inline, ...]) -> n.Inline:
        """The node with its content."""
        if self.kind is n.Link:
            return n.Link(content, self.href, self.title)
        if self.kind is n.Span:
            return n.Span(content, attrs=n.Attrs(language=self.language))
        return self.kind(content=content)  # type: ignore[call-arg,return-value]


class Picture(Struct, eq=False):
    """A picture while it is not clear whether it stands in a line or is a figure. `element` names it in the part."""

    element: Element
    asset: str
    alt: str
    title: str = ""
    small: bool = False


class Split(Struct, eq=False):
    """A page or column ends here."""


Leaf = tuple[n.Inline | Picture | Split, tuple[Mark, ...]]

CREDIT = Mark(n.Node, title="credit")
"""Set on the words that say whose a picture is; no node comes of it."""


def nested(leaves: Sequence[Leaf]) -> tuple[n.Inline, ...]:
    """Leaves as inline nodes, without spaces at the ends or at the inner ends of marks."""
    return strip(_nested(_with_spaces_outside(leaves)))


def plain(leaves: Sequence[Leaf]) -> str:
    """The characters of leaves, with line breaks."""
    parts = []
    for node, _ in leaves:
        if isinstance(node, n.Text | n.CodeSpan):
            parts.append(node.value)
        elif isinstance(node, n.Break | Split):
            parts.append("\n")
        elif isinstance(node, Picture):
            parts.append(node.alt)
    return "".join(parts)


def _with_spaces_outside(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Leaves with a space or break at the edge of a mark set by the marks of both sides: nobody stresses a space."""
    pieces: list[Leaf] = []
    for node, marks in leaves:
        if not isinstance(node, n.Text) or not marks:
            pieces.append((node, marks))
            continue
        core = node.value.strip()
        before = node.value[: len(node.value) - len(node.value.lstrip())]
        after = node.value[len(before) + len(core) :]
        pieces.extend((n.Text(part), marks) for part in (before, core, after) if part)
    ahead: tuple[Mark, ...] = ()
    following: list[tuple[Mark, ...]] = [()] * len(pieces)
    for at in range(len(pieces) - 1, -1, -1):
        following[at] = ahead
        if not _is_space(pieces[at]):
            ahead = pieces[at][1]
    made: list[Leaf] = []
    behind: tuple[Mark, ...] = ()
    for piece, ahead in zip(pieces, following, strict=True):
        if _is_space(piece):
            made.append((piece[0], tuple(mark for mark in piece[1] if mark in behind and mark in ahead)))
        else:
            made.append(piece)
            behind = piece[1]
    return made


def _is_space(leaf: Leaf) -> bool:
    return isinstance(leaf[0], n.Break) or (isinstance(leaf[0], n.Text) and not leaf[0].value.strip())


def _nested(leaves: Sequence[Leaf]) -> tuple[n.Inline, ...]:
    """Nodes for leaves; of several marks that begin together the one that reaches furthest is the outer one."""
    parts: list[n.Inline] = []
    at = 0
    while at < len(leaves):
        node, marks = leaves[at]
        if not marks:
            if isinstance(node, Picture):
                parts.append(n.Image(node.asset, node.alt, node.title))
            elif not isinstance(node, Split):
                _append(parts, node)
            at += 1
            continue
        ends = [_reach(leaves, at, mark) for mark in marks]
        end = max(ends)
        mark = marks[ends.index(end)]
        content = _nested([(each, tuple(m for m in held if m != mark)) for each, held in leaves[at:end]])
        if mark.kind is n.Node:
            parts.extend(content)
        elif content:
            parts.append(mark.around(content))
        at = end
    return inlines(parts)


def _reach(leaves: Sequence[Leaf], at: int, mark: Mark) -> int:
    """Where a mark that begins at a place ends."""
    while at < len(leaves) and mark in leaves[at][1]:
        at += 1
    return at


def _append(parts: list[n.Inline], node: n.Inline) -> None:
    """Add a node; code that touches code is one."""
    last = parts[-1] if parts else None
    if isinstance(node, n.CodeSpan) and isinstance(last, n.CodeSpan):
        parts[-1] = structs.replace(last, value=last.value + node.value)
    else:
        parts.append(node)
