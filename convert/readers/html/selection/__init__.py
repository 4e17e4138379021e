"""Which parts of a page are not of its article.

The page is cut into pieces of text (`pieces`), each is described by facts (`piece_facts`), and a chance that it is of the
article is read off fitted trees (`odds`, fitted by `benchmarks/structure/fit_page_parts.py`). What is dropped are
the top-most elements in which nothing is likely enough: the rest of the page stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from convert.readers.html.selection.odds import chances
from convert.readers.html.selection.piece_facts import facts
from convert.readers.html.selection.pieces import Page, scan

__all__ = ["furniture", "likely", "without"]

LIKELY = 0.45
"""The chance from which a piece is of the article; half the highest chance where that is less, for a page has one."""

_WHOLE = frozenset(("table",))
"""Elements that are kept or dropped whole."""


def furniture(parser: LexborHTMLParser) -> frozenset[int]:
    """The `mem_id`s of the top-most elements whose whole subtree is not of the article."""
    page = scan(parser)
    return without(page, likely(page, chances(facts(page))))


def likely(page: Page, found: Sequence[float]) -> list[bool]:
    """For each piece of the page, of whose chances are given, whether it is of the article."""
    bound = min(LIKELY, max(found, default=0.0) / 2)
    tables = _tables(page)
    sums: dict[int, tuple[float, int]] = {}
    for piece, chance in zip(page.pieces, found, strict=True):
        table = tables[piece.block]
        if table >= 0:
            total, size = sums.get(table, (0.0, 0))
            sums[table] = (total + chance * len(piece.text), size + len(piece.text))
    kept = []
    for piece, chance in zip(page.pieces, found, strict=True):
        total, size = sums.get(tables[piece.block], (chance, 1))
        kept.append(total / size >= bound)
    return kept


def _tables(page: Page) -> list[int]:
    """For each element the outermost table around it, -1 for none."""
    found: list[int] = []
    for at, element in enumerate(page.elements):
        up = found[element.parent] if element.parent >= 0 else -1
        found.append(up if up >= 0 else at if element.tag in _WHOLE else -1)
    return found


def without(page: Page, kept: Sequence[bool]) -> frozenset[int]:
    """The `mem_id`s of the top-most elements that hold pieces which are not kept, and none that are."""
    elements = page.elements
    holds = [False] * len(elements)
    dead = [False] * len(elements)
    for piece, keep in zip(page.pieces, kept, strict=True):
        for holder in piece.holders:
            if keep:
                holds[holder] = True
            else:
                dead[holder] = True
    for at in range(len(elements) - 1, 0, -1):
        up = elements[at].parent
        if up >= 0:
            holds[up] = holds[up] or holds[at]
            dead[up] = dead[up] or dead[at]
    found = set()
    gone = [False] * len(elements)
    for at, element in enumerate(elements):
        if element.parent >= 0 and gone[element.parent]:
            gone[at] = True
        elif dead[at] and not holds[at]:
            gone[at] = True
            found.add(element.mem_id)
    return frozenset(found)
