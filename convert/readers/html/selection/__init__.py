"""Which parts of a page are not of its article.

The page is cut into pieces of text (`pieces`), and a chance that each is of the article is read off fitted trees
(`odds`, fitted by `benchmarks/structure/fit_page_parts.py`): off a few facts first (`glance`), and where those leave
hope off all (`piece_facts`). What is dropped are the top-most elements in which nothing is likely enough: the rest of
the page stays as it is. A picture's caption is hardly ever like running text, so it stays with a picture that stands
among what is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from convert.readers.html.selection.cues import mask_of
from convert.readers.html.selection.odds import chances
from convert.readers.html.selection.pieces import PLACE, Page, Piece, scan

__all__ = ["furniture", "likely", "without"]

LIKELY = 0.45
"""The chance from which a piece is of the article; half the highest chance where that is less, for a page has one. But
what the page itself names furniture is never let in so."""

_PICTURE_PLACES = PLACE["figure"] | PLACE["figcaption"]
_CAPTION = mask_of("caption")
_ELSEWHERE = mask_of("nav", "footer", "related", "teaser", "comment", "ad", "author", "share", "shop", "user")
"""What the labels of an element and of those around it say where its pictures are not the article's."""

PLAIN, PLAIN_PIECES = 0.1, 0.8
"""The share of links among the words of a plain page, and of the pieces in it that no element names furniture."""
_EDGES = PLACE["nav"] | PLACE["footer"] | PLACE["aside"] | PLACE["form"] | PLACE["hidden"]
_NAMED = _ELSEWHERE | mask_of("join", "cookie", "side", "over", "tool", "tags", "search", "hidden")

SMALL, UNLIKELY, UNLIKELY_IN_SMALL = 60, 0.25, 0.0
"""Pieces of a small page, and the chance from which a piece beside paragraphs is kept, there and on others."""
HOME, MOST_LINKED, MOST_BESIDE = 0.3, 0.3, 0.5
"""The share of the paragraphs that their home holds; of links in what is kept beside them; of the page's text in it."""
_NOT_BODY = _NAMED | mask_of("masthead", "play", "meta", "kicker")

_JOIN = mask_of("join")
LONGEST_ASKING = 500
"""Characters of a box in which readers are asked to sign up for something."""

_WHOLE = frozenset(("table",))
"""Elements that are kept or dropped whole."""


def furniture(parser: LexborHTMLParser) -> frozenset[int]:
    """The `mem_id`s of the top-most elements whose whole subtree is not of the article."""
    page = scan(parser)
    kept = _plain(page)
    if kept is None:
        found = chances(page)
        kept = with_siblings(page, found, likely(page, found))
    return without(page, with_captions(page, kept))


def likely(page: Page, found: Sequence[float]) -> list[bool]:
    """For each piece of the page, of whose chances are given, whether it is of the article."""
    highest = max(found, default=0.0)
    bound = min(LIKELY, highest / 2)
    asks = _asking(page)
    found = [
        0.0 if asks[piece.block] or (bound <= chance < LIKELY and _is_named_furniture(page, piece)) else chance
        for piece, chance in zip(page.pieces, found, strict=True)
    ]
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


def _asking(page: Page) -> list[bool]:
    """For each element whether it is in a small box that asks readers to sign up: its words are whole sentences."""
    found: list[bool] = []
    for element in page.elements:
        asks = bool(element.label & _JOIN) and element.fields > 0 and element.chars < LONGEST_ASKING
        found.append(asks or (element.parent >= 0 and found[element.parent]))
    return found


def _tables(page: Page) -> list[int]:
    """For each element the outermost table around it, -1 for none."""
    found: list[int] = []
    for at, element in enumerate(page.elements):
        up = found[element.parent] if element.parent >= 0 else -1
        found.append(up if up >= 0 else at if element.tag in _WHOLE else -1)
    return found


def with_siblings(page: Page, found: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """The same with what stands beside paragraphs of the article and is not named or made as anything else.

    A short line, a list or a heading between paragraphs says little of itself, but its place does.
    """
    elements = page.elements
    homes = _homes(page, kept)
    doubtful = [_is_doubtful(page, at) for at in range(len(elements))]
    floor = UNLIKELY if len(page.pieces) > SMALL else UNLIKELY_IN_SMALL
    out = list(kept)
    for at, piece in enumerate(page.pieces):
        if kept[at] or found[at] < floor:
            continue
        inner, up = piece.holders[0], piece.block
        clear = not doubtful[inner]
        while clear and up >= 0 and up not in homes:
            clear = not doubtful[up]
            up = elements[up].parent
        out[at] = clear and up >= 0
    return out


def _homes(page: Page, kept: Sequence[bool]) -> set[int]:
    """The elements in which a good part of the article's paragraphs stands."""
    worth: Counter[int] = Counter()
    for piece, keep in zip(page.pieces, kept, strict=True):
        if keep:
            element = page.elements[piece.block]
            worth[element.parent] += piece.worth or (element.tag == "p")
    return {home for home, part in worth.items() if home >= 0 and part >= HOME * worth.total() and part}


def _is_doubtful(page: Page, at: int) -> bool:
    """Whether an element beside paragraphs may be something else: named so, mostly links, or asking for something."""
    element = page.elements[at]
    return bool(
        element.label & _NOT_BODY or element.places & _EDGES or element.fields
        or element.linked > MOST_LINKED * element.chars or element.chars > MOST_BESIDE * page.elements[0].chars
    )  # fmt: skip


def _plain(page: Page) -> list[bool] | None:
    """What is kept of a page whose furniture is all named as such, or that has none: a saved document, a small site's.

    The trees know news pages, and would drop what is unlike running text. None for any other page.
    """
    outside = [not _is_named_furniture(page, piece) for piece in page.pieces]
    left = [piece for piece, is_left in zip(page.pieces, outside, strict=True) if is_left]
    chars = sum(len(piece.text) for piece in left)
    few_links = sum(piece.linked for piece in left) <= PLAIN * chars
    return outside if left and few_links and len(left) >= PLAIN_PIECES * len(page.pieces) else None


def _is_named_furniture(page: Page, piece: Piece) -> bool:
    block, inner = page.elements[piece.block], page.elements[piece.holders[0]]
    return bool((block.places | inner.places) & _EDGES or (block.far | inner.far) & _NAMED)


def with_captions(page: Page, kept: Sequence[bool]) -> list[bool]:
    """The same with the words of pictures that stand among what is kept.

    They are if the outermost element around them in which nothing is kept holds a picture and no other words, and is
    not itself labelled as something else.
    """
    elements = page.elements
    holds = _holding(page, kept)
    of_picture: dict[int, bool] = {}
    for piece in page.pieces:
        outer = _outermost(page, piece.block, holds)
        of_picture[outer] = of_picture.get(outer, True) and _is_of_picture(page, piece)
    return [
        keep or ((outer := _outermost(page, piece.block, holds)) > 0
        and of_picture[outer] and elements[outer].pictures > 0 and not elements[outer].far & _ELSEWHERE)
        for piece, keep in zip(page.pieces, kept, strict=True)
    ]  # fmt: skip


def _holding(page: Page, kept: Sequence[bool]) -> list[bool]:
    """For each element whether it holds a piece that is kept."""
    holds = [False] * len(page.elements)
    for piece, keep in zip(page.pieces, kept, strict=True):
        if keep:
            for holder in piece.holders:
                holds[holder] = True
    for at in range(len(holds) - 1, 0, -1):
        holds[page.elements[at].parent] |= holds[at]
    return holds


def _outermost(page: Page, at: int, holds: Sequence[bool]) -> int:
    """The outermost element around one in which nothing is kept; -1 where it holds something itself."""
    found = -1
    while at >= 0 and not holds[at]:
        found, at = at, page.elements[at].parent
    return found


def _is_of_picture(page: Page, piece: Piece) -> bool:
    block, inner = page.elements[piece.block], page.elements[piece.holders[0]]
    return bool((block.places | inner.places) & _PICTURE_PLACES) or bool(
        (page.near(piece.block) | page.near(piece.holders[0])) & _CAPTION
    )


def without(page: Page, kept: Sequence[bool]) -> frozenset[int]:
    """The `mem_id`s of the top-most elements that hold pieces which are not kept, and none that are."""
    holds = _holding(page, kept)
    dead = _holding(page, [not keep for keep in kept])
    found = set()
    gone = [False] * len(holds)
    for at, element in enumerate(page.elements):
        if element.parent >= 0 and gone[element.parent]:
            gone[at] = True
        elif dead[at] and not holds[at]:
            gone[at] = True
            found.add(element.mem_id)
    return frozenset(found)
