"""What is known of a piece of a page at a first glance: enough to see that most menus, teasers and footers are none.

Facts are numbers that mean the same in every language. These take no look at the words of a piece; what does stands in
`piece_facts`, for the few pieces that are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import log2

from convert.readers.html.selection import cues
from convert.readers.html.selection.pieces import PLACES, Element, Page

__all__ = ["CHARS", "ENDS", "GLANCE", "KIND", "LINKED", "WORTH", "glance", "ratio"]

_OWN = ("chars", "linked", "kind", "ends", "worth", "inner kind", "depth")
CHARS, LINKED, KIND, ENDS, WORTH = range(5)
"""Places in a row of what other pieces are told of this one."""
_GROUP = ("chars", "linked", "pieces", "worth share", "mass", "kind", "depth")
_WHERE = (
    "pieces", "page mass", "page linked", "main depth", "main share", "mass before", "order", "shared depth",
    "chosen article", "chosen body", "chosen main",
)  # fmt: skip
GLANCE: tuple[str, ...] = (
    *(f"own {name}" for name in _OWN),
    *(f"group 0 {name}" for name in _GROUP),
    *(f"where {name}" for name in _WHERE),
    *(f"in {name}" for name in PLACES),
    *(f"cue {name}" for name in cues.CUES),
)
"""The facts in the order of a row."""

MAIN = 0.6
"""The main element holds this share of the page's running text."""

_STOPS = frozenset('.!?…。！？।؟۔:"”’»」』)')
_PLACE_BITS, _CUE_BITS = range(len(PLACES)), range(len(cues.CUES))
_BODY, _ARTICLE = cues.mask_of("body"), cues.mask_of("article")
_NOT_BODY = cues.mask_of("comment", "related", "teaser", "footer", "ad", "side")


def glance(page: Page) -> Iterator[list[float]]:
    """One row a piece, in the order of `GLANCE`."""
    elements = page.elements
    if not page.pieces:
        return
    root, main = elements[0], _main(page)
    count, mass, depth = len(page.pieces), root.worth, elements[main].depth
    of_page = [log2(count), log2(1 + mass), ratio(root.linked, root.chars), depth, ratio(elements[main].worth, mass)]
    shared, chosen = _shared(page, main), _chosen(page)
    groups: dict[int, list[float]] = {-1: [0.0] * len(_GROUP)}
    before = 0.0
    for at, piece in enumerate(page.pieces):
        block, inner = elements[piece.block], elements[piece.holders[0]]
        group = piece.block if block.pieces > 1 else block.wider
        size, worth = len(piece.text), piece.worth
        near = page.near(piece.block) | (page.near(piece.holders[0]) if inner is not block else 0)
        yield [
            log2(1 + size), piece.linked / size, block.kind, piece.text[-1] in _STOPS, log2(1 + worth), inner.kind,
            block.depth, *(groups.get(group) or groups.setdefault(group, _group(elements[group], mass))), *of_page,
            (before + worth / 2) / mass if mass else 0.0, at / count, depth - shared[piece.block],
            *chosen[piece.block], *_places(inner.places), *_cues(near, block.far | inner.far),
        ]  # fmt: skip
        before += worth


def ratio(part: float, whole: float) -> float:
    """A share, 0 of nothing."""
    return part / whole if whole else 0.0


def _group(e: Element, mass: int) -> list[float]:
    """What the smallest element is like that holds a piece and another one."""
    return [
        log2(1 + e.chars), ratio(e.linked, e.chars), log2(e.pieces), ratio(e.worth, e.chars), ratio(e.worth, mass),
        e.kind, e.depth,
    ]  # fmt: skip


@lru_cache(maxsize=4096)
def _places(mask: int) -> tuple[int, ...]:
    """A mask as numbers: pieces of a page share a few masks."""
    return tuple(mask >> bit & 1 for bit in _PLACE_BITS)


@lru_cache(maxsize=4096)
def _cues(near: int, far: int) -> tuple[int, ...]:
    return tuple((near >> bit & 1) + (far >> bit & 1) for bit in _CUE_BITS)


def _main(page: Page) -> int:
    """The deepest element that holds most of the running text."""
    best = 0
    mass = page.elements[0].worth
    for at, element in enumerate(page.elements):
        if element.worth >= MAIN * mass and element.depth >= page.elements[best].depth:
            best = at
    return best


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
