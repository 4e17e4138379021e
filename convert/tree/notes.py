"""The order of notes."""

from __future__ import annotations

from collections.abc import Iterable

from convert.tree.nodes import Block, Note, NoteReference
from convert.tree.walk import find

__all__ = ["in_order_of_marks"]


def in_order_of_marks(notes: Iterable[Note], blocks: Iterable[Block]) -> tuple[Note, ...]:
    """The notes in the order in which `blocks` and then they themselves first refer to them; the others come last."""
    known = {note.id: note for note in notes}
    order = list(dict.fromkeys(mark.note for block in blocks for mark in find(block, NoteReference)))
    for key in order:  # a mark may stand in a note, whose own then come after it
        inner = find(known[key], NoteReference) if key in known else ()
        order.extend(key for key in dict.fromkeys(mark.note for mark in inner) if key not in order)
    order.extend(key for key in known if key not in order)
    return tuple(known[key] for key in order if key in known)
