"""Walking and rewriting trees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgspec import Struct, structs

from convert.tree import nodes as n

__all__ = ["CHILDREN", "MAX_DEPTH", "depth", "find", "plain_text", "rewrite", "walk"]

MAX_DEPTH = 100
"""Deepest nesting that readers hand over: recursion in writers and JSON ends in a crash near 250."""

S = TypeVar("S", bound=Struct)
N = TypeVar("N", bound=n.Node)


CHILDREN: dict[type[Struct], tuple[str, ...]] = {
    n.Document: ("blocks", "notes"),
    **dict.fromkeys((n.Emphasis, n.Strong, n.Link, n.Span), ("content",)),
    **dict.fromkeys((n.Strikethrough, n.Superscript, n.Subscript), ("content",)),
    **dict.fromkeys((n.Heading, n.Paragraph), ("content",)),
    **dict.fromkeys((n.ListItem, n.Cell, n.Correction, n.Note), ("blocks",)),
    n.List: ("items",),
    n.Definition: ("term", "descriptions"),
    n.DefinitionList: ("entries",),
    n.Row: ("cells",),
    n.Table: ("caption", "head", "body"),
    n.Figure: ("caption", "credit"),
    n.Gallery: ("figures", "caption"),
    n.Quote: ("blocks", "attribution"),
    n.Aside: ("title", "blocks"),
}
"""The fields that hold nodes, in reading order, for every class that has some."""


def _children(value: Any) -> Iterator[n.Node]:
    """The nodes directly in a tuple, or in tuples within it."""
    for item in value:
        if isinstance(item, tuple):
            yield from _children(item)
        else:
            yield item


def walk(root: n.Document | n.Node) -> Iterator[n.Node]:
    """Every node below `root`, parents first, in reading order; notes after the blocks."""
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if node is not root:
            yield node
        below: list[n.Node] = []
        for name in CHILDREN.get(type(node), ()):
            below.extend(_children(getattr(node, name)))
        stack.extend(reversed(below))


def find(root: n.Document | n.Node, kind: type[N]) -> Iterator[N]:
    """Every node of one class below `root`."""
    return (node for node in walk(root) if isinstance(node, kind))


def rewrite(root: S, change: Callable[[Any], Any]) -> S:
    """`root` with each node below it put through `change`, children first.

    `change` returns the node itself to leave it alone, another node, None to drop it, or a tuple of
    nodes to put in its place. Subtrees in which nothing changed stay the same objects.
    """
    replaced: dict[str, Any] = {}
    for name in CHILDREN.get(type(root), ()):
        old = getattr(root, name)
        new = _rewrite_all(old, change)
        if new is not old:
            replaced[name] = new
    return structs.replace(root, **replaced) if replaced else root


def _rewrite_all(old: tuple[Any, ...], change: Callable[[Any], Any]) -> tuple[Any, ...]:
    new: list[Any] = []
    same = True
    for item in old:
        if isinstance(item, tuple):
            made: Any = _rewrite_all(item, change)
            new.append(made)
            same = same and made is item
            continue
        made = change(rewrite(item, change) if type(item) in CHILDREN else item)
        same = same and made is item
        if isinstance(made, tuple):
            new.extend(made)
        elif made is not None:
            new.append(made)
    return old if same else tuple(new)


def plain_text(*nodes: Any) -> str:
    """The words of inlines, or of tuples of inlines, in one line; a break becomes a space."""
    parts: list[str] = []
    for node in _children(nodes):
        match node:
            case n.Text(value=value) | n.CodeSpan(value=value):
                parts.append(value)
            case n.Break():
                parts.append(" ")
            case _:
                parts.extend(plain_text(getattr(node, name)) for name in CHILDREN.get(type(node), ()))
    return "".join(parts)


def depth(root: n.Document | n.Node) -> int:
    """How deeply nodes nest below `root`; 0 for none."""
    deepest, level = 0, [root]
    while level:
        level = [c for node in level for f in CHILDREN.get(type(node), ()) for c in _children(getattr(node, f))]
        deepest += bool(level)
    return deepest
