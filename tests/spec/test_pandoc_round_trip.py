"""Random trees to pandoc's JSON and back: the same tree but for what the format cannot hold, and the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec import structs

from convert.readers.pandoc import Reader
from convert.themes.load import load_theme
from convert.tree import Cell, Document, Figure, Image, List, NoteReference, Paragraph, Quote, build
from convert.tree.check import faults
from convert.tree.text import document_letters, letters
from convert.tree.walk import find, rewrite
from convert.world import Picture, Source
from convert.writers.base import Options
from convert.writers.pandoc import Writer
from tests.strategies import documents

PICTURE = Picture(b"\x89PNG", "image/png", 1, 1)

Change = Callable[[Any], Any]


def alone(node: Any) -> Any:
    """A picture alone in a paragraph."""
    match node:
        case Paragraph(content=(Image(asset=asset, alt=alt),)):
            return Figure(asset, alt)
    return node


def slack(node: Any) -> Any:
    """A list without paragraphs of its own."""
    if isinstance(node, List) and not any(isinstance(b, Paragraph) and b.role == "body" for i in node.items for b in i.blocks):
        return structs.replace(node, tight=True)
    return node


LOST: dict[str, Change] = {
    "a paragraph that is a picture and nothing else is a figure": alone,
    "a list whose items hold no paragraphs does not say how close they stand": slack,
}
"""What pandoc's JSON cannot hold, and what is read instead."""


def as_held(document: Document) -> Document:
    """The document with what the format cannot hold made what is read instead; notes in order, pictures by key."""
    for change in LOST.values():
        document = rewrite(document, change)
    return structs.replace(document, assets=dict.fromkeys(sorted(document.assets)))
