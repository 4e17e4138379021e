"""Inline content while it is read: leaves that know the marks they stand in, nested when the line is done.

Blocks may begin and end inside of marks (`<b><p>`, `<a><div>`), so marks are no containers here: each leaf
carries those that were open, and `nested` builds the nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from convert.tree import nodes as n
from convert.tree.build import inlines, strip

__all__ = ["Leaf", "Line", "Mark", "Picture", "nested", "split_at_blank_lines"]

_SPACES = re.compile(r"[ \t\n\r\f\x0b\x1c-\x1f\x85\u2028\u2029]+")


class Mark(Struct, eq=False):
    """An open inline element."""

    kind: type[n.Node]
    href: str = ""
    title: str = ""
    attrs: n.Attrs | None = None

    def around(self, content: tuple[n.Inline, ...]) -> n.Inline:
        """The node with its content."""
        if self.kind is n.Link:
            return n.Link(content, self.href, self.title, attrs=self.attrs)
        return self.kind(content=content, attrs=self.attrs)  # type: ignore[call-arg,return-value]


class Picture(Struct, eq=False):
    """A picture while it is not clear whether it stands in a line or is a figure. `element` is its `mem_id`."""

    element: int
    asset: str
    alt: str
    title: str = ""
    small: bool = False


Leaf = tuple[n.Inline | Picture, tuple[Mark, ...]]


class Line(Struct):
    """A run of inline content, with spaces collapsed as CSS does."""

    leaves: list[Leaf] = field(default_factory=list)
    spaced: bool = True
    """Whether a space would be the second in a row, or the first of the line."""

    def text(self, value: str, marks: tuple[Mark, ...]) -> None:
        """Add characters."""
        value = _SPACES.sub(" ", value)
        if self.spaced and value[:1] == " ":
            value = value[1:]
        if value:
            self.leaves.append((n.Text(value), marks))
            self.spaced = value[-1] == " "

    def add(self, node: n.Inline | Picture, marks: tuple[Mark, ...]) -> None:
        """Add a leaf that is no text."""
        self.leaves.append((node, marks))
        self.spaced = isinstance(node, n.Break)

    @property
    def empty(self) -> bool:
        """Whether nothing but spaces stands here."""
        return all(isinstance(node, n.Text) and not node.value.strip() for node, _ in self.leaves)

    def take(self) -> list[Leaf]:
        """The leaves; the line is empty afterwards."""
        leaves, self.leaves, self.spaced = self.leaves, [], True
        return leaves


def nested(leaves: Sequence[Leaf], told: dict[int, str]) -> tuple[n.Inline, ...]:
    """Leaves as inline nodes, without spaces at the ends. Pictures among them are put down in `told`."""
    return strip(_nested(leaves, 0, told))


def _nested(leaves: Sequence[Leaf], level: int, told: dict[int, str]) -> tuple[n.Inline, ...]:
    parts: list[n.Inline] = []
    at = 0
    while at < len(leaves):
        node, marks = leaves[at]
        if len(marks) == level:
            parts.append(_inline(node, told) if isinstance(node, Picture) else node)
            at += 1
            continue
        mark, end = marks[level], at + 1
        while end < len(leaves) and len(leaves[end][1]) > level and leaves[end][1][level] is mark:
            end += 1
        content = _nested(leaves[at:end], level + 1, told)
        if content == (n.Text(" "),) or not content:
            parts.extend(content)  # an empty mark
        else:
            parts.append(mark.around(content))
        at = end
    return inlines(parts)


def _inline(picture: Picture, told: dict[int, str]) -> n.Image:
    told[picture.element] = picture.alt
    return n.Image(picture.asset, picture.alt, picture.title)


def split_at_blank_lines(leaves: Sequence[Leaf]) -> Iterable[list[Leaf]]:
    """Runs of leaves between two or more line breaks; breaks at the ends of a run are gone."""
    run: list[Leaf] = []
    breaks: list[Leaf] = []
    for leaf in leaves:
        node = leaf[0]
        if isinstance(node, n.Break):
            breaks.append(leaf)
        elif breaks and isinstance(node, n.Text) and not node.value.strip():
            continue
        else:
            if run and len(breaks) > 1:
                yield run
                run = []
            elif run:
                run.extend(breaks)
            breaks = []
            run.append(leaf)
    if run:
        yield run
