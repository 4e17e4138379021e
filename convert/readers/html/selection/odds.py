"""The chance that a piece of a page is of the article, read off boosted decision trees.

`parts.json` holds two models: one for what is seen of a piece at a first glance, one for all that is known of those
that are then still in question. A model is its `facts`, a `bias` and `trees`: a tree is a list of nodes `[fact, bound,
low, high]`, the first its root. A row whose fact is at most `bound` goes on to `low`, else to `high`: the place of a
node, or a leaf written as `[score]`. The scores of a row's leaves add up to the logarithm of the odds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import Any

import msgspec

from convert.readers.html.selection.glance import GLANCE, glance
from convert.readers.html.selection.piece_facts import FACTS, facts
from convert.readers.html.selection.pieces import Page

__all__ = ["HOPELESS", "chances"]

HOPELESS = -2.5
"""The logarithm of the odds, at a first glance, below which a piece is not looked at again: three in four are."""

_Node = tuple[Any, ...]
_Model = tuple[float, tuple[_Node, ...]]


def chances(page: Page) -> list[float]:
    """For each piece of a page the chance that it is of the article."""
    first, second = _models()
    rows = list(glance(page))
    scores = [_score(row, *first) for row in rows]
    asked = [at for at, score in enumerate(scores) if score >= HOPELESS]
    for at, row in zip(asked, facts(page, rows, asked), strict=True):
        scores[at] = _score(row, *second)
    return [1 / (1 + exp(-score)) for score in scores]


def _score(row: Sequence[float], bias: float, trees: Sequence[_Node]) -> float:
    for node in trees:
        while len(node) > 1:
            fact, bound, low, high = node
            node = low if row[fact] <= bound else high
        bias += node[0]
    return bias


@lru_cache(maxsize=1)
def _models() -> tuple[_Model, _Model]:
    """The bias and the root of each tree of both models; each node holds the nodes below it."""
    data = msgspec.json.decode(files("convert.readers.html.selection").joinpath("parts.json").read_bytes())
    if [model["facts"] for model in data] != [list(GLANCE), list(FACTS)]:
        raise ValueError("parts.json was fitted on other facts: run benchmarks/structure/fit_page_parts.py")
    first, second = ((model["bias"], tuple(_linked(tree) for tree in model["trees"])) for model in data)
    return first, second


def _linked(tree: list[list[Any]]) -> _Node:
    done: dict[int, _Node] = {}
    for at in range(len(tree) - 1, -1, -1):  # a node stands before those below it
        fact, bound, *below = tree[at]
        done[at] = (fact, bound, *(done[one] if isinstance(one, int) else tuple(one) for one in below))
    return done[0]
