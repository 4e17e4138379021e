"""What is known of each piece of a page before anyone decides whether it is of the article.

Facts are numbers that mean the same in every language: what a piece is made of, where it stands, what it stands
among, and what the page itself says its parts are for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import log2

from convert.readers.html.selection import cues
from convert.readers.html.selection.glance import CHARS, ENDS, GLANCE, KIND, LINKED, WORTH, ratio
from convert.readers.html.selection.pieces import HEADING, LINK, SENTENCE, WIDE, Page, Piece

__all__ = ["FACTS", "facts"]

_DIGIT, _UPPER, _LOWER = re.compile(r"\d"), re.compile(r"[A-ZÀ-ÞА-Я]"), re.compile(r"[a-zß-ÿа-я]")

_OWN = (
    "words", "links", "sentences", "digits", "uppers", "breaks", "nodes", "bold", "dup", "title share", "wide",
    "same words", "about",
)  # fmt: skip
_GROUP = (
    "chars", "linked", "pieces", "worth share", "mass", "kind", "items", "headings", "depth", "mean", "at", "from end",
)  # fmt: skip
_WHERE = ("since worth", "until worth", "since title", "titled", "since heading")
_BESIDE = ("chars", "linked", "kind", "ends", "worth", "same group", "same block kind")
_STEPS = (-2, -1, 1, 2)
FACTS: tuple[str, ...] = (
    *GLANCE,
    *(f"own {name}" for name in _OWN),
    *(f"group {level} {name}" for level in range(3) for name in _GROUP),
    *(f"where {name}" for name in _WHERE),
    *(f"beside {step} {name}" for step in _STEPS for name in _BESIDE),
    *(f"since {name}" for name in cues.SAYINGS),
)
"""The facts in the order of a row."""

FAR = 60
"""Distances are counted in pieces up to this many."""
HEAD, LOOKED_AT = 400, 2000
"""Characters of a piece by which its signs and its sentences are counted: a long text is like its beginning."""

_BITS = [1 << at for at in range(len(cues.SAYINGS))]
_NONE_BESIDE = [-1.0] * len(_BESIDE)


def facts(page: Page, glances: Sequence[Sequence[float]], asked: Collection[int]) -> Iterator[list[float]]:
    """One row for each of the pieces that are `asked` for, in the order of `FACTS`.

    `glances` are the rows of all pieces as they were seen at a glance.
    """
    dups = Counter(piece.key for piece in page.pieces)
    near = {at + step for at in asked for step in (0, *_STEPS)}.intersection(range(len(glances)))
    groups = {at: _groups(page, page.pieces[at]) for at in near}
    known: dict[int, list[float]] = {-1: [0.0] * (len(_GROUP) - 2)}
    where, turns = _where(page), _turns(page)
    for at in asked:
        piece = page.pieces[at]
        row = [*glances[at], *_own(page, piece, dups[piece.key])]
        for group in groups[at]:
            row += known.get(group) or known.setdefault(group, _group(page, group))
            row += _place_in(page, at, group)
        row += where[at]
        for step in _STEPS:
            row += _beside(page, at, at + step, glances, groups)
        row += [min(at - last, FAR) for last in turns[at]]
        yield row


def _own(page: Page, piece: Piece, dup: int) -> list[float]:
    text, key = piece.text, piece.key
    size = len(text)
    head = text[:HEAD]
    links = sum(1 for holder in piece.holders[:50] if page.elements[holder].places & LINK)
    return [
        log2(1 + text.count(" ")), min(links, 10), min(len(SENTENCE.findall(text[:LOOKED_AT])), 8),
        len(_DIGIT.findall(head)) / len(head), len(_UPPER.findall(head)) / (len(_LOWER.findall(head)) + 1),
        min(piece.breaks, 9), min(len(piece.words), 20), piece.bold / size, min(dup, 4),
        ratio(len(key), len(page.title)) if len(key) > 5 and key in page.title else 0.0,
        not head.isascii() and bool(WIDE.search(head)),
        ratio(len(set(key)), len(key)) if size < 40 else 0.0,
        min(len(page.about.intersection(head.lower().split())), 9),
    ]  # fmt: skip


def _groups(page: Page, piece: Piece) -> tuple[int, int, int]:
    """The smallest element that holds this piece and another one, and the next two that hold more."""
    one = piece.block if page.elements[piece.block].pieces > 1 else page.elements[piece.block].wider
    two = page.elements[one].wider if one >= 0 else -1
    return one, two, page.elements[two].wider if two >= 0 else -1


def _group(page: Page, group: int) -> list[float]:
    e = page.elements[group]
    return [
        log2(1 + e.chars), ratio(e.linked, e.chars), log2(e.pieces), ratio(e.worth, e.chars),
        ratio(e.worth, page.elements[0].worth), e.kind, ratio(e.items, e.pieces), ratio(e.headings, e.pieces), e.depth,
        log2(1 + e.chars / e.pieces),
    ]  # fmt: skip


def _place_in(page: Page, at: int, group: int) -> tuple[int, int]:
    """How many pieces of the group stand before this one, and from it on."""
    if group < 0:
        return 0, 0
    e = page.elements[group]
    return min(at - e.first, 30), min(e.first + e.pieces - at, 30)


def _beside(
    page: Page, at: int, other: int, glances: Sequence[Sequence[float]], groups: Mapping[int, tuple[int, int, int]]
) -> list[float]:
    """What a piece beside this one is like."""
    if not 0 <= other < len(glances):
        return _NONE_BESIDE
    theirs = glances[other]
    mine, block = page.elements[page.pieces[at].block], page.elements[page.pieces[other].block]
    return [
        theirs[CHARS], theirs[LINKED], theirs[KIND], theirs[ENDS], theirs[WORTH], groups[other][0] in groups[at],
        block.tag == mine.tag and block.depth == mine.depth,
    ]  # fmt: skip


def _where(page: Page) -> list[tuple[float, ...]]:
    title = _title_piece(page)
    until = _until_worth(page.pieces)
    rows: list[tuple[float, ...]] = []
    since, heading = FAR, FAR
    for at, piece in enumerate(page.pieces):
        heading = 0 if page.elements[piece.holders[0]].places & HEADING else min(heading + 1, FAR)
        since_title = max(-20, min(at - title, FAR)) if title >= 0 else -30
        rows.append((since, until[at], since_title, title >= 0, heading))
        since = 0 if piece.worth else min(since + 1, FAR)
    return rows


def _until_worth(pieces: list[Piece]) -> list[int]:
    """How many pieces on the next running text stands."""
    until = [FAR] * len(pieces)
    left = FAR
    for at in range(len(pieces) - 1, -1, -1):
        until[at] = left
        left = 0 if pieces[at].worth else min(left + 1, FAR)
    return until


def _title_piece(page: Page) -> int:
    """The piece that says the title: a first-level heading if one does, else the first heading, else none."""
    best, best_rank = -1, 0.0
    title = page.title
    for at, piece in enumerate(page.pieces):
        rank, key = 0.0, piece.key
        if len(key) > 5 and title and (key in title or title in key):
            rank = 1 + min(len(key), len(title)) / max(len(key), len(title))
        if page.elements[piece.block].tag == "h1":
            rank += 1
        elif rank and page.elements[piece.holders[0]].places & HEADING:
            rank += 0.5
        if rank > best_rank:
            best, best_rank = at, rank
    return best


def _turns(page: Page) -> list[tuple[int, ...]]:
    """For each piece the last one up to it that was short and spoke of comments, of tags and so on."""
    last = (-FAR,) * len(_BITS)
    out = []
    for at, piece in enumerate(page.pieces):
        mask = cues.of_text(piece.text)
        if mask:
            last = tuple(at if mask & bit else before for bit, before in zip(_BITS, last, strict=True))
        out.append(last)
    return out
