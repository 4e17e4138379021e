"""The chance that a piece of a page is of the article, read off boosted decision trees.

`parts.json` holds `bias` and `trees`: a tree is a list of nodes `[fact, bound, low, high]`, the first its root. A row
whose fact is at most `bound` goes on to `low`, else to `high`: the place of a node, or a leaf written as `[score]`.
The scores of a row's leaves add up to the logarithm of the odds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import Any

import msgspec

from convert.readers.html.selection.piece_facts import FACTS

__all__ = ["chances"]

FIRST_LOOK = 24
"""Trees after which a piece without prospects is given up."""
HOPELESS = -3.0
"""The logarithm of the odds below which it is without."""

_Node = tuple[Any, ...]


def chances(rows: Iterable[Sequence[float]]) -> list[float]:
    """For each row of facts the chance that its piece is of the article."""
    bias, trees = _trees()
    return [1 / (1 + exp(-_score(row, bias, trees))) for row in rows]


def _score(row: Sequence[float], bias: float, trees: Sequence[_Node]) -> float:
    score = bias
    for at, node in enumerate(trees):
        if at == FIRST_LOOK and score < HOPELESS:
            break
        while len(node) > 1:
            node = node[2] if row[node[0]] <= node[1] else node[3]
        score += node[0]
    return score


@lru_cache(maxsize=1)
def _trees() -> tuple[float, tuple[_Node, ...]]:
    """The bias and the root of each tree; each node holds the nodes below it."""
    data = msgspec.json.decode(files("convert.readers.html.selection").joinpath("parts.json").read_bytes())
    if data["facts"] != list(FACTS):
        raise ValueError("parts.json was fitted on other facts: run benchmarks/structure/fit_page_parts.py")
    return data["bias"], tuple(_linked(tree) for tree in data["trees"])


def _linked(tree: list[list[Any]]) -> _Node:
    done: dict[int, _Node] = {}
    for at in range(len(tree) - 1, -1, -1):  # a node stands before those below it
        fact, bound, *below = tree[at]
        done[at] = (fact, bound, *(done[one] if isinstance(one, int) else tuple(one) for one in below))
    return done[0]
