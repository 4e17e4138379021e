"""The reading text of pandoc's JSON: every string that is words, found without knowing what most nodes are."""

from __future__ import annotations

import re
from typing import Any, get_args

from msgspec import Struct

from convert.readers.pandoc import api

__all__ = ["note_again", "reading_text", "words"]

_SPACES = re.compile(r"[ \t\r\n]+")


def reading_text(blocks: list[api.Block]) -> str:
    """The words of blocks in the tree's order: notes behind all else, each where its first mark is met."""
    out: list[str] = []
    notes: list[Any] = []
    _walk(blocks, out, notes)
    for note in notes:  # grows while notes hold notes
        _walk(note, out, notes)
    return "".join(out)


def words(value: Any) -> str:
    """The words of nodes in one line, without those of notes."""
    out: list[str] = []
    _walk(value, out, [])
    return _SPACES.sub(" ", "".join(out)).strip(" ")


def note_again(span: api.Span, known: int) -> int:
    """Which of the known notes a span marks once more, 0 for an ordinary span.

    Pandoc holds a note where its mark is, and so has none for a second mark: our writer makes this of it.
    """
    (_, classes, pairs), content = span.c
    number = dict(pairs).get("note", "")
    marked = "note-reference" in classes and number.isdecimal() and len(number) < 7 and words(content) == number
    return int(number) if marked and 0 < int(number) <= known else 0


def _walk(value: Any, out: list[str], notes: list[Any]) -> None:
    match value:
        case list() | tuple():
            for part in value:
                _walk(part, out, notes)
        case api.Str():
            out.append(value.c)
        case api.Code() | api.CodeBlock() | api.Math() | api.RawInline() | api.RawBlock():
            out.append(value.c[1])
        case api.Space() | api.SoftBreak():
            out.append(" ")
        case api.LineBreak():
            out.append("\n")
        case api.Note():
            notes.append(value.c)
        case api.Cite():
            _walk(value.c[1], out, notes)
        case api.Span() if note_again(value, len(notes)):
            pass
        case api.OrderedList(c=((start, _, _), items)):
            for number, item in enumerate(items, start):
                out.append(f"{number}. ")
                _walk(item, out, notes)
        case api.Figure(c=(_, (_, caption), content)):
            _walk((content, caption), out, notes)
        case api.Table(c=(_, (_, caption), _, *parts)):
            _walk((caption, parts), out, notes)
            out.append("\n")
        case Struct():
            _walk(getattr(value, "c", ()), out, notes)
            out.append("\n" if type(value) in BLOCKS else "")
        case _:
            pass  # a bare string is an id, a class or an address


BLOCKS = frozenset(get_args(api.Block))
