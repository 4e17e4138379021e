"""Random trees to pandoc's JSON and back: the same tree but for what the format cannot hold, and the same once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from msgspec import structs

from convert.readers.pandoc import Reader
from convert.themes.load import load_theme
from convert.tree import Document, Figure, Gallery, Image, List, Note, NoteReference, Paragraph, build
from convert.tree.check import faults
from convert.tree.text import document_letters, letters
from convert.tree.walk import find, rewrite
from convert.world import Picture, Source
from convert.writers.base import Options
from convert.writers.pandoc import Writer
from tests.strategies import documents

PICTURE = Picture(b"\x89PNG", "image/png", 1, 1)


def figure_alone(node: Any) -> Any:
    match node:
        case Paragraph(content=(Image(asset=asset, alt=alt),)):
            return Figure(asset, alt)
    return node


def tight_without_paragraphs(node: Any) -> Any:
    if not isinstance(node, List) or node.tight:
        return node
    says = any(isinstance(block, Paragraph) and block.role == "body" for item in node.items for block in item.blocks)
    boxed = any(item.checked is not None for item in node.items)
    return node if says or boxed else structs.replace(node, tight=True)


def joined(node: Any) -> Any:
    if not hasattr(node, "content"):
        return node
    content = build.inlines(node.content)
    return structs.replace(node, content=build.strip(content) if isinstance(node, Paragraph) else content)


LOST: dict[str, Callable[[Any], Any]] = {
    "texts that touch are one, and no paragraph begins or ends with a break": joined,
    "a paragraph that is a picture and nothing else is read as a figure": figure_alone,
    "a list whose items hold no paragraphs does not say how close they stand": tight_without_paragraphs,
}
"""What pandoc's JSON cannot hold, and what is read instead. Notes are numbered in the order of their first marks, and one
without a mark stands in the text; of assets the
file keeps the addresses."""


def as_held(document: Document) -> Document:
    """A document with what the format cannot hold made what is read instead."""
    for change in LOST.values():
        document = rewrite(document, change)
    order = {
        name: str(number)
        for number, name in enumerate(dict.fromkeys(one.note for one in find(document, NoteReference)), 1)
    }
    by_id = {note.id: note for note in document.notes}
    notes = tuple(Note(number, by_id[name].blocks) for name, number in order.items())
    document = structs.replace(document, notes=notes, assets={})
    return rewrite(document, lambda node: NoteReference(order[node.note]) if isinstance(node, NoteReference) else node)


def with_marked_notes(document: Document) -> Document:
    """A document without the notes that nothing refers to."""
    marked = {one.note for one in find(document, NoteReference)}
    return structs.replace(document, notes=tuple(note for note in document.notes if note.id in marked))


@pytest.mark.parametrize("version", ["1.22", "1.23"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=documents())
def test_a_tree_comes_back(version: Any, document: Document) -> None:
    assume(not any(one.caption and all(isinstance(c, Image) for c in one.caption) for one in find(document, Gallery)))
    writer = Writer(load_theme("base"), Options(pandoc_api=version))
    document = with_marked_notes(document)
    pictures = dict.fromkeys(document.assets, PICTURE)
    once = writer.render(document, pictures, "a").value.data
    reading = Reader().read(Source(once, "a.json")).value
    assert letters(reading.text) == document_letters(reading.document)
    assert not faults(reading.document)
    assert structs.replace(reading.document, assets={}) == as_held(document)
    again = writer.render(reading.document, pictures, "a").value.data
    assert Reader().read(Source(again, "a.json")).value.document == reading.document
