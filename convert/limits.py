"""Bounds on what one article may cost, checked before the work is done."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from convert.config import Limits
from convert.errors import LimitError
from convert.tree import Document, Table
from convert.tree.text import block_text
from convert.tree.walk import walk
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
    nodes, tables = 0, []
    for node in walk(document):
        nodes += 1
        if isinstance(node, Table):
            tables.append(node)
    if nodes > limits.nodes:
        raise _over("nodes", "parts", nodes, limits.nodes, source)
    if len(document.notes) > limits.notes:
        raise _over("notes", "notes", len(document.notes), limits.notes, source)
    total = 0
    for block in (*document.blocks, *document.notes):
        text = block_text(block).rstrip("\n")
        total += len(text)
        if _is_piled(text):
            raise LimitError(
                "limit.marks",
                f"More than {MARKS:,} accents stand on one letter, and programs that set type fail over them. "
                "Take them out of the article.",
                source.where,
            )
        size = len(text)  # signs count too: a million dots are as slow as a million letters
        if size > limits.block_letters:
            raise _over("block-letters", "characters in one paragraph or list", size, limits.block_letters, source)
    if total > limits.letters:
        raise _over("letters", "characters", total, limits.letters, source)
    for table in tables:
        cells = sum(len(row.cells) for row in table.head + table.body)
        if cells > limits.table_cells:
            raise _over("table-cells", "cells in one table", cells, limits.table_cells, source)


MARKS = 1_000
"""Accents on one letter: HarfBuzz aborts the whole process from 32,768 on, and no script has more than a few."""

_SIGNS = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS},}}")


def _is_piled(text: str) -> bool:
    """Whether combining marks (general category M) stand in a longer row than any script needs."""
    return any(
        is_mark and sum(1 for _ in run) > MARKS
        for signs in _SIGNS.finditer(text)
        for is_mark, run in groupby(signs[0], key=lambda sign: unicodedata.category(sign)[0] == "M")
    )


def _over(key: str, unit: str, size: int, bound: int, source: Source) -> LimitError:
    return LimitError(
        f"limit.{key}",
        f"The article has {size:,} {unit}, and limits.{key} in the configuration allows {bound:,}. "
        "Split the article, or raise the limit.",
        source.where,
    )
