"""Bounds on what one article may cost, checked before the work is done."""

from __future__ import annotations

from convert.config import Limits
from convert.errors import LimitError
from convert.tree import Document, Table
from convert.tree.text import block_text
from convert.tree.walk import find, walk
from convert.world import Source

__all__ = ["check_document", "check_source"]


def check_source(source: Source, limits: Limits) -> None:
    """Raise LimitError for an article of too many bytes."""
    if len(source.data) > limits.input_bytes:
        raise LimitError(
            "limit.input-bytes",
            f"The article has more than the {limits.input_bytes:,} bytes that limits.input-bytes in the configuration "
            "allows. Split the article, or raise the limit.",
            source.where,
        )


def check_document(document: Document, limits: Limits, source: Source) -> None:
    """Raise LimitError for a tree that renderers would choke on."""
    nodes = sum(1 for _ in walk(document))
    if nodes > limits.nodes:
        raise _over("nodes", "parts", nodes, limits.nodes, source)
    if len(document.notes) > limits.notes:
        raise _over("notes", "notes", len(document.notes), limits.notes, source)
    for block in (*document.blocks, *document.notes):
        size = len(block_text(block))  # signs count too: a million dots are as slow as a million letters
        if size > limits.block_letters:
            raise _over("block-letters", "characters in one paragraph or list", size, limits.block_letters, source)
    for table in find(document, Table):
        cells = sum(len(row.cells) for row in table.head + table.body)
        if cells > limits.table_cells:
            raise _over("table-cells", "cells in one table", cells, limits.table_cells, source)


def _over(key: str, unit: str, size: int, bound: int, source: Source) -> LimitError:
    return LimitError(
        f"limit.{key}",
        f"The article has {size:,} {unit}, and limits.{key} in the configuration allows {bound:,}. "
        "Split the article, or raise the limit.",
        source.where,
    )
