"""Bounds on an article: what is just allowed passes, one more is refused with the limit's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec import structs

from convert.config import Limits
from convert.errors import LimitError
from convert.limits import MARKS, check_document, check_source
from convert.tree import Cell, Column, Document, Note, Paragraph, Row, Table, Text
from convert.tree.build import paragraph
from convert.world import Source

SOURCE = Source(b"", "a.txt")


def table(cells: int) -> Document:
    row = Row(tuple(Cell() for _ in range(cells)))
    return Document(blocks=(Table(columns=tuple(Column() for _ in range(cells)), body=(row,)),))


def notes(count: int) -> Document:
    return Document(notes=tuple(Note(str(k), (paragraph("x"),)) for k in range(count)))


def parts(count: int) -> Document:
    """A document of so many nodes: a paragraph and its texts."""
    return Document(blocks=(Paragraph(tuple(Text("x") for _ in range(count - 1))),))


def letters(count: int) -> Document:
    """Many short paragraphs, so that no other limit is met."""
    return Document(blocks=(paragraph("x"),) * count)


DOCUMENTS: dict[str, tuple[Callable[[int], Document], str]] = {
    "block-letters": (lambda size: Document(blocks=(paragraph("x" * size),)), "characters in one paragraph"),
    "letters": (letters, "characters"),
    "table-cells": (table, "cells in one table"),
    "notes": (notes, "notes"),
    "nodes": (parts, "parts"),
}


@pytest.mark.parametrize("key", DOCUMENTS)
def test_a_limit_allows_itself_and_no_more(key: str) -> None:
    make, unit = DOCUMENTS[key]
    limits = structs.replace(Limits(), **{key.replace("-", "_"): 40})
    check_document(make(40), limits, SOURCE)
    with pytest.raises(LimitError, match=f"41 {unit}.*limits.{key} in the configuration allows 40") as caught:
        check_document(make(41), limits, SOURCE)
    assert caught.value.code == f"limit.{key}"
    assert caught.value.where == "a.txt"


def test_bytes_are_counted_before_anything_is_read() -> None:
    limits = structs.replace(Limits(), input_bytes=10)
    check_source(Source(b"x" * 10), limits)
    with pytest.raises(LimitError, match="more than the 10 bytes"):
        check_source(Source(b"x" * 11), limits)


@pytest.mark.parametrize("text", ["." * 41, "—" * 41, " " * 41, "🙂" * 41], ids=["dots", "dashes", "spaces", "faces"])
def test_signs_and_spaces_count_as_letters_do(text: str) -> None:
    with pytest.raises(LimitError, match="41 characters"):
        check_document(Document(blocks=(paragraph(text),)), structs.replace(Limits(), block_letters=40), SOURCE)


@pytest.mark.parametrize(("text", "refused"), [
    ("a" + "\u0301" * MARKS, False),
    ("a" + "\u0301" * (MARKS + 1), True),
    ("क" + "\u093f" * (MARKS + 1), True),  # a spacing mark
    ("\u2764\ufe0f" * (MARKS + 1), False),  # hearts, each with a selector that is a mark
    ("é" * (MARKS + 1), False),
    ("—" * (MARKS + 1), False),
])  # fmt: skip
def test_accents_do_not_pile_up(text: str, refused: bool) -> None:
    document = Document(blocks=(paragraph(text),))
    if not refused:
        check_document(document, Limits(), SOURCE)
        return
    with pytest.raises(LimitError) as caught:
        check_document(document, Limits(), SOURCE)
    assert caught.value.code == "limit.marks"
