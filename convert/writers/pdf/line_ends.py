"""What the ends of lines hide: spaces that are not drawn there, hyphens that are, letters drawn from right to left.

A file's text is what is drawn, line by line, though words are to be parted by spaces (ISO 32000-1, 14.8.2.5). Where it
is not what the article says, an element around the line says that (14.9.4, ActualText).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pydyf

from convert.writers.pdf.structure import Element, Mark, Tree

__all__ = ["restore_line_ends"]

INLINE = frozenset(("a", "br", "code", "em", "img", "s", "span", "strong", "sub", "sup", "time"))
"""Elements that stand within lines."""

_NEAR = 24
"""Letters on either side of a line's end by which its place in the article is known."""
_AHEAD = 2_000
"""Letters after the last line's end that are looked at for the next one."""
_SPACES = {"pre": ("\n", "\n\n")}
"""What may part two lines and is not drawn: a space, but in code."""
_HYPHENS = ("\u2010", "-")
_RIGHT_TO_LEFT = ("R", "AL")


def restore_line_ends(tree: Tree) -> None:
    """Give each line whose drawn text is not the article's the text that the article has there."""
    said: dict[Mark, str] = {}
    for marks, node in _flows(tree.top):
        source = _source(node) if len(marks) > 1 else ""
        at = 0
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            text = mark.text
            if following is not None:
                text, at = _joined(text, following.text, node, source, at)
            if text != mark.text or _leftward(mark):
                said[mark] = text
    _say(tree.top, said, tree)


def _leftward(mark: Mark) -> bool:
    """Whether some of its letters are drawn from right to left."""
    turned = mark.box.style["direction"] == "rtl"
    return turned or any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in mark.text)


def _flows(top: Element) -> Iterator[tuple[list[Mark], Any]]:
    """The text of each block in order, with the block's element of HTML; the marks of items are none of it."""
    flows: dict[Any, tuple[list[Mark], Any]] = {}

    def visit(element: Element, key: Any, node: Any) -> None:
        if element.node is not None and element.tag not in INLINE:
            node = element.node
            key = element if element.tag.endswith("::marker") else node
        for kid in element.kids:
            if isinstance(kid, Mark):
                flows.setdefault(key, ([], node))[0].extend([kid] if kid.text else [])
            elif isinstance(kid, Element):
                visit(kid, key, node)

    visit(top, None, None)
    yield from ((marks, node) for marks, node in flows.values() if marks and node is not None)


def _source(node: Any) -> str:
    """The text of an element of HTML, each break of a line as a line feed."""
    parts: list[str] = []

    def gather(element: Any) -> None:
        parts.append("\n" if element.tag == "br" else element.text or "")
        for child in element:
            gather(child)
            parts.append(child.tail or "")

    gather(node)
    return _plain("".join(parts), node)


def _plain(text: str, node: Any) -> str:
    """Text to be compared. White space is of one kind and length, but in code."""
    text = text.replace("\u00ad", "").casefold()
    return text if node.tag == "pre" else re.sub(r"\s+", " ", text)


def _joined(text: str, following: str, node: Any, source: str, at: int) -> tuple[str, int]:
    """The text of a line as the article has it, given the next line's, and how far the article is read then."""
    tail, head = _plain(text, node)[-_NEAR:], _plain(following, node)[:_NEAR]
    ways = [(tail + space + head, text + space) for space in ("", *_SPACES.get(node.tag, (" ",)))]
    if text.endswith(_HYPHENS):
        ways.append((tail[:-1] + head, text[:-1]))
    for words, said in ways:
        found = source.find(words, at, at + _AHEAD + len(text))
        if found >= 0:
            return said, found
    return text, at


def _say(element: Element, said: dict[Mark, str], tree: Tree) -> None:
    for place, kid in enumerate(element.kids):
        if isinstance(kid, Element):
            _say(kid, said, tree)
        elif isinstance(kid, Mark) and kid in said:
            span = tree.element("Span", [kid], kid.page)
            span.entry["ActualText"] = pydyf.String(said[kid])
            element.kids[place] = span
