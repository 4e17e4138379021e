"""Equations (Office MathML, ECMA-376 part 1, 22.1) as words in their order, raised and lowered ones marked."""

from __future__ import annotations

from convert.readers.docx.xml import Element, M, W
from convert.tree import nodes as n

__all__ = ["equation"]

BETWEEN = {M + "num": "/", M + "deg": "√"}
"""The sign after a part."""

MARKS: dict[str, type[n.Node]] = {M + "sup": n.Superscript, M + "sub": n.Subscript}


def equation(element: Element) -> list[tuple[str, type[n.Node] | None]]:
    """The pieces of an equation, each with how it is set."""
    found: list[tuple[str, type[n.Node] | None]] = []
    _collect(element, None, found)
    return found


def _collect(element: Element, mark: type[n.Node] | None, found: list[tuple[str, type[n.Node] | None]]) -> None:
    for child in element:
        if child.tag in (M + "t", W + "t"):
            found.append((child.text or "", mark))
        elif child.tag == M + "chr":
            found.append((child.get(M + "val") or "", mark))
        else:
            many = child.tag in (M + "num", M + "den") and sum(1 for _ in child.iter(M + "r")) > 1
            found.extend([("(", mark)] if many else [])
            _collect(child, MARKS.get(child.tag, mark), found)
            found.extend([(")", mark)] if many else [])
            if child.tag in BETWEEN:
                found.append((BETWEEN[child.tag], mark))
