"""Edits within runs of text: what the passes on characters and spaces share."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import structs

from convert.cleaning.ledger import Marks
from convert.tree import Document, Text
from convert.tree.text import document_segments, letters
from convert.tree.walk import rewrite

__all__ = ["rewrite_texts", "substitute"]


def rewrite_texts(document: Document, concerns: Callable[[str], object], change: Callable[[str, int], str]) -> Document:
    """The document with `change(value, place of its first letter)` in the place of each text that it concerns.

    Code is left alone. Where no text is concerned, as in most documents, no letters are counted.
    """
    segments = document_segments(document)
    if not any(isinstance(node, Text) and concerns(text) for node, text in segments):
        return document
    places: list[int] = []
    at = 0
    for node, text in segments:
        if isinstance(node, Text):
            places.append(at)
        if text != "\n":
            at += len(letters(text))
    remaining = iter(places)

    def mend(node: object) -> object:
        if not isinstance(node, Text):
            return node
        at = next(remaining)
        value = change(node.value, at) if concerns(node.value) else node.value
        return node if value == node.value else structs.replace(node, value=value) if value else None

    return rewrite(document, mend)


def substitute(
    value: str, at: int, pattern: re.Pattern[str], after: Callable[[re.Match[str]], str], reason: str, marks: Marks
) -> str:
    """`value` with each match of a pattern replaced by `after(match)`, every one marked; equal text is no edit."""
    parts: list[str] = []
    done = 0
    for match in pattern.finditer(value):
        put = after(match)
        if put == match[0]:
            continue
        parts.append(value[done : match.start()])
        at += len(letters(value[done : match.start()]))
        end = at + len(letters(match[0]))
        same = letters(put) == letters(match[0])
        allowed = marks.respace(at, match[0], put, reason) if same else marks.replace(at, end, match[0], put, reason)
        parts.append(put if allowed else match[0])
        at, done = end, match.end()
    if not parts:
        return value
    return "".join(parts) + value[done:]
