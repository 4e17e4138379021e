"""What is known of each piece of a page before anyone decides whether it is of the article.

Facts are numbers that mean the same in every language: what a piece is made of, where it stands, what it stands
among, and what the page itself says its parts are for.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log2

from convert.readers.html.selection import cues
from convert.readers.html.selection.pieces import HEADING, LINK, PLACES, SENTENCE, WIDE, Page, Piece

__all__ = ["FACTS", "facts"]

_COMMA = re.compile(r"[,;:،、，；：]")
_DIGIT, _UPPER, _LOWER = re.compile(r"\d"), re.compile(r"[A-ZÀ-ÞА-Я]"), re.compile(r"[a-zß-ÿа-я]")
_ENDS = frozenset('.!?…。！？।؟۔:"”’»」』)')

_OWN = (
    "chars", "words", "linked", "links", "sentences", "ends", "commas", "digits", "uppers", "start", "colon", "breaks",
    "nodes", "bold", "kind", "inner kind", "depth", "worth", "dup", "title share", "wide", "same words", "about",
)  # fmt: skip
_GROUP = (
    "chars", "linked", "pieces", "worth share", "mass", "kind", "items", "headings", "at", "from end", "depth", "mean",
    "alike",
)  # fmt: skip
_WHERE = (
    "pieces", "page mass", "page linked", "mass before", "since worth", "until worth", "since title", "order", "titled",
    "shared depth", "main depth", "main share", "since heading", "chosen article", "chosen body", "chosen main",
)  # fmt: skip
_BESIDE = ("chars", "linked", "kind", "ends", "worth", "same group", "same block kind")
_STEPS = (-2, -1, 1, 2)
_TURNS = ("comment", "more", "tags", "share", "join", "legal", "byline")
FACTS: tuple[str, ...] = (
    *(f"own {name}" for name in _OWN),
    *(f"in {name}" for name in PLACES),
    *(f"cue {name}" for name in cues.CUES),
    *(f"says {name}" for name in cues.SAYINGS),
    *(f"group {level} {name}" for level in range(3) for name in _GROUP),
    *(f"where {name}" for name in _WHERE),
    *(f"beside {step} {name}" for step in _STEPS for name in _BESIDE),
    *(f"under {name}" for name in cues.SAYINGS),
    *(f"since {name}" for name in _TURNS),
)
"""The facts in the order of a row."""

SHORT, FAR = 60, 60
"""A label has no more characters than this; distances are counted in pieces up to this many."""
HEAD, LOOKED_AT = 400, 2000
"""Characters of a piece by which its signs and its sentences are counted: a long text is like its beginning."""
MAIN = 0.6
"""The main element holds this share of the page's running text."""

_CUE_BITS, _SAYING_BITS = range(len(cues.CUES)), range(len(cues.SAYINGS))
_BODY, _ARTICLE = 1 << cues.CUES.index("body"), 1 << cues.CUES.index("article")
_NOT_BODY = sum(1 << cues.CUES.index(name) for name in ("comment", "related", "teaser", "footer", "ad", "side"))
_NONE_BESIDE = [-1.0] * len(_BESIDE)
_NO_GROUP = [0.0] * len(_GROUP)


def facts(page: Page) -> list[list[float]]:
    """One row a piece, in the order of `FACTS`."""
    if not page.pieces:
        return []
    dups = Counter(piece.key for piece in page.pieces)
    main = _main(page)
    said = [cues.of_text(piece.text) for piece in page.pieces]
    groups = [_groups(page, piece) for piece in page.pieces]
    own = [_own(page, piece, dups[piece.key]) for piece in page.pieces]
    where = _where(page, main)
    under = _under(page, said, groups)
    since = _since(page, said)
    known: dict[int, list[float]] = {-1: _NO_GROUP}
    rows = []
    for at, piece in enumerate(page.pieces):
        block, inner = page.elements[piece.block], page.elements[piece.holders[0]]
        near, far = block.near | inner.near, block.far | inner.far
        row = own[at].copy()
        row += [inner.places >> bit & 1 for bit in range(len(PLACES))]
        row += [(near >> bit & 1) + (far >> bit & 1) for bit in _CUE_BITS]
        row += [said[at] >> bit & 1 for bit in _SAYING_BITS]
        for group in groups[at]:
            row += _group(page, at, group, known)
        row += where[at]
        for step in _STEPS:
            row += _beside(page, at, at + step, own, groups)
        row += [under[at] >> bit & 1 for bit in _SAYING_BITS]
        row += since[at]
        rows.append(row)
    return rows


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _own(page: Page, piece: Piece, dup: int) -> list[float]:
    text, key, block = piece.text, piece.key, page.elements[piece.block]
    size = len(text)
    head = text[:HEAD]
    first = next((c for c in head if c.isalnum()), "")
    holders = [page.elements[holder] for holder in piece.holders[:50]]
    words = head.lower().split()
    return [
        log2(1 + size), log2(1 + text.count(" ")), _ratio(piece.linked, size),
        min(sum(1 for holder in holders if holder.places & LINK), 10),
        min(len(SENTENCE.findall(text[:LOOKED_AT])), 8), text[-1] in _ENDS,
        min(len(_COMMA.findall(text[:LOOKED_AT])), 12), _ratio(len(_DIGIT.findall(head)), len(head)),
        _ratio(len(_UPPER.findall(head)), len(_LOWER.findall(head)) + 1),
        1 if first.isupper() else 2 if first.islower() else 3 if first.isdigit() else 0, text[-1] in ":：",
        min(piece.breaks, 9), min(len(piece.words), 20), _ratio(piece.bold, size), block.kind, holders[0].kind,
        block.depth, log2(1 + piece.worth), min(dup, 4),
        _ratio(len(key), len(page.title)) if len(key) > 5 and key in page.title else 0.0,
        bool(WIDE.search(head)), _ratio(len(set(key)), len(key)) if size < 40 else 0.0,
        min(len(page.about.intersection(words)), 9),
    ]  # fmt: skip


def _groups(page: Page, piece: Piece) -> tuple[int, int, int]:
    """The smallest element that holds this piece and another one, and the next two that hold more."""
    one = piece.block if page.elements[piece.block].pieces > 1 else page.elements[piece.block].wider
    two = page.elements[one].wider if one >= 0 else -1
    return one, two, page.elements[two].wider if two >= 0 else -1


def _group(page: Page, at: int, group: int, known: dict[int, list[float]]) -> list[float]:
    found = known.get(group)
    e = page.elements[group]
    if found is None:
        mass = page.elements[0].worth
        found = known[group] = [
            log2(1 + e.chars), _ratio(e.linked, e.chars), log2(e.pieces), _ratio(e.worth, e.chars),
            _ratio(e.worth, mass), e.kind, _ratio(e.items, e.pieces), _ratio(e.headings, e.pieces), 0.0, 0.0, e.depth,
            log2(1 + e.chars / e.pieces), min(page.alike[e.parent, e.tag, e.name], 30),
        ]  # fmt: skip
    if group < 0:
        return found
    return [*found[:8], min(at - e.first, 30), min(e.first + e.pieces - at, 30), *found[10:]]


def _beside(page: Page, at: int, other: int, own: list[list[float]], groups: list[tuple[int, int, int]]) -> list[float]:
    """What a piece beside this one is like."""
    if not 0 <= other < len(own):
        return _NONE_BESIDE
    theirs = own[other]
    mine, block = page.elements[page.pieces[at].block], page.elements[page.pieces[other].block]
    return [
        theirs[0], theirs[2], theirs[14], theirs[5], theirs[17], groups[other][0] in groups[at],
        block.tag == mine.tag and block.depth == mine.depth,
    ]  # fmt: skip


def _main(page: Page) -> int:
    """The deepest element that holds most of the running text."""
    best = 0
    mass = page.elements[0].worth
    for at, element in enumerate(page.elements):
        if element.worth >= MAIN * mass and element.depth >= page.elements[best].depth:
            best = at
    return best


def _where(page: Page, main: int) -> list[list[float]]:
    pieces, elements = page.pieces, page.elements
    count, mass = len(pieces), elements[0].worth
    root, depth = elements[0], elements[main].depth
    shared, chosen = _shared(page, main), _chosen(page)
    title = _title_piece(page)
    until = _until_worth(pieces)
    rows = []
    before, since, heading = 0, FAR, FAR
    for at, piece in enumerate(pieces):
        before += piece.worth
        heading = 0 if elements[piece.holders[0]].places & HEADING else min(heading + 1, FAR)
        rows.append([
            log2(count), log2(1 + mass), _ratio(root.linked, root.chars), _ratio(before - piece.worth / 2, mass), since,
            until[at], max(-20, min(at - title, FAR)) if title >= 0 else -30, at / count, title >= 0,
            depth - shared[piece.block], depth, _ratio(elements[main].worth, mass), heading, *chosen[piece.block],
        ])  # fmt: skip
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


def _shared(page: Page, main: int) -> list[int]:
    """For each element the depth at which its path leaves the main element's."""
    path = set()
    at = main
    while at >= 0:
        path.add(at)
        at = page.elements[at].parent
    out: list[int] = []
    for at, element in enumerate(page.elements):
        out.append(element.depth if at in path else out[element.parent] if element.parent >= 0 else 0)
    return out


def _chosen(page: Page) -> list[tuple[float, ...]]:
    """For each element whether it is in the page's chief `article`, chief named body and chief `main`.

    Of several candidates the one with the most running text counts. 2 is inside, 1 is outside, 0 says that there is
    none.
    """
    elements = page.elements
    best = [-1, -1, -1]
    worth = [0, 0, 0]
    for at, e in enumerate(elements):
        if not e.worth:
            continue
        found = (
            e.tag == "article", bool(e.label & _BODY) and not e.far & _NOT_BODY,
            e.tag == "main" or bool(e.label & _ARTICLE),
        )  # fmt: skip
        for which, is_one in enumerate(found):
            if is_one and e.worth > worth[which]:
                best[which], worth[which] = at, e.worth
    outside = tuple(float(b >= 0) for b in best)
    out: list[tuple[float, ...]] = []
    for at, e in enumerate(elements):
        up = out[e.parent] if e.parent >= 0 else outside
        out.append(tuple(2.0 if best[which] == at else up[which] for which in range(3)) if at in best else up)
    return out


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


def _since(page: Page, said: list[int]) -> list[list[float]]:
    """How many pieces ago a short one spoke of comments, tags and the like."""
    bits = [1 << cues.SAYINGS.index(name) for name in _TURNS]
    last = [float(FAR)] * len(_TURNS)
    out = []
    for piece, mask in zip(page.pieces, said, strict=True):
        last = [min(distance + 1, FAR) for distance in last]
        if mask and len(piece.text) <= SHORT:
            last = [0.0 if mask & bit else distance for bit, distance in zip(bits, last, strict=True)]
        out.append(last)
    return out


def _under(page: Page, said: list[int], groups: list[tuple[int, int, int]]) -> list[int]:
    """What the last heading, if it stands in one of a piece's groups, says."""
    out = []
    heading, holders = 0, (-1, -1, -1)
    for at, piece in enumerate(page.pieces):
        is_bold = len(piece.text) < SHORT and piece.bold and piece.bold >= len(piece.text) - 2
        if page.elements[piece.holders[0]].places & HEADING or is_bold:
            heading, holders = said[at], groups[at]
            out.append(0)
        else:
            out.append(heading if any(g >= 0 and g in groups[at] for g in holders[:2]) else 0)
    return out
