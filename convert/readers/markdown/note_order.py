"""Notes in the order of their marks: Markdown numbers them so, wherever and in whatever order they are defined."""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token

__all__ = ["notes_in_order"]

OPEN, CLOSE = "footnote_reference_open", "footnote_reference_close"


def notes_in_order(tokens: list[Token]) -> list[Token]:
    """The tokens with the definitions that stand in no other block at the end, those without a mark last."""
    text: list[Token] = []
    notes: dict[str, list[Token]] = {}
    inside: list[Token] | None = None
    for token in tokens:
        label = str(token.meta.get("label", ""))
        if inside is None and token.type == OPEN and token.level == 0 and label not in notes:
            inside = notes[label] = []
        (text if inside is None else inside).append(token)
        if token.type == CLOSE and token.level == 0:
            inside = None
    order = list(dict.fromkeys(_marks(text)))
    for label in order:  # a mark may stand in a note, whose own then come after it
        order.extend(mark for mark in dict.fromkeys(_marks(notes.get(label, ()))) if mark not in order)
    order.extend(label for label in notes if label not in order)
    return [*text, *(token for label in order for token in notes.get(label, ()))]


def _marks(tokens: Iterable[Token]) -> list[str]:
    return [
        str(child.meta.get("label", ""))
        for token in tokens
        for child in token.children or ()
        if child.type == "footnote_ref"
    ]
