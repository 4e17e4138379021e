"""Inline content while it is read: leaves that know the marks they stand in, nested when the line is done.

Blocks may begin and end inside of marks (`<b><p>`, `<a><div>`), so marks are no containers here: each leaf
carries those that were open, and `nested` builds the nodes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from convert.tree import nodes as n
from convert.tree.build import inlines, strip

__all__ = ["Leaf", "Line", "Mark", "Picture", "nested", "split_at_breaks"]

VERSE_LINES, VERSE_WIDTH = 4, 60
"""A verse has as many lines at least, none of more characters."""

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


def split_at_breaks(leaves: Sequence[Leaf], *, single: bool) -> list[list[Leaf]]:
    """The paragraphs of a run of leaves: parted at blank lines, and at `single` breaks too where it is no verse."""
    lines: list[list[Leaf]] = [[]]
    for leaf in leaves:
        if isinstance(leaf[0], n.Break):
            lines.append([])
        elif lines[-1] or not _is_space(leaf):
            lines[-1].append(leaf)
    if single and not _is_verse(lines):
        return [line for line in lines if line]
    stanzas: list[list[Leaf]] = []
    blank = True
    for line in lines:
        if line and blank:
            stanzas.append(line)
        elif line:
            stanzas[-1] += [(n.Break(), ()), *line]
        blank = not line
    return stanzas


def _is_verse(lines: Sequence[Sequence[Leaf]]) -> bool:
    """Whether lines are parted for their own sake: four short ones or more, few of which end a sentence."""
    texts = [
        text
        for line in lines
        if (text := "".join(leaf[0].value for leaf in line if isinstance(leaf[0], n.Text)).strip())
    ]
    if len(texts) < VERSE_LINES or max(map(len, texts)) > VERSE_WIDTH:
        return False
    plain = sum(1 for text in texts if text[-1] not in ".:!?" and not any(c.isdigit() for c in text))
    return 2 * plain > len(texts)


def _is_space(leaf: Leaf) -> bool:
    return isinstance(leaf[0], n.Text) and not leaf[0].value.strip()
