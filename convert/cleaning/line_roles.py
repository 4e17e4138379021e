"""Tells what the lines of flat text are: title, heading, text, caption, byline, or furniture of the web page.

Each fact of a line (`line_facts`) speaks for and against each role by a fitted weight; the sum decides. The weights
come from `benchmarks/structure/fit_line_roles.py`. So every decision can be explained by the facts that weighed most.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from struct import Struct
from typing import Any, NamedTuple

from convert.cleaning.line_facts import Group
from convert.cleaning.line_looks import Seen
from convert.cleaning.line_pages import mass

__all__ = ["Told", "Weights", "tell"]

FURNITURE = 0.15
"""A line is furniture where that is likelier than this, on a page that has much of it…"""
CLEAN = 0.5
"""… and than this on a page that has hardly any: there it must be likelier than not."""
DIRTY = 0.12
"""The share of furniture from which a page has much of it."""
LIST = 0.3
"""So much surer it must be of an item of a list: wrongly dropped lists are what clean texts lose most by."""
FLOOD = 0.5
"""Where more than this share of a page's words would go, its look misleads (a live blog, a page of addresses)…"""
FLOODED = 0.9
"""… and only what is surer than this goes."""
SWAP = 0.3
"""The chance that furniture follows text or text furniture: they come in runs. Half would say nothing."""
HEADED = 0.5
"""So sure it must be of prose right below a heading, which would head nothing without it."""
LAST = 0.4
"""So sure of the last prose of the article and its heading, where text gives way to furniture and is missed most."""
SPARED = 0.5
"""How much of its chance to be a heading speaks against furniture: a heading lost is worse than a teaser kept."""
HEADING = 1.2
"""Headings are rare, so their chance is raised, as measured on held-out pages."""
TITLE = 0.2
"""The likeliest title is one where it is at least so likely."""
UNSURE = 0.35
"""A line that is kept although it is likelier furniture than this is a doubt."""


LANE = 32
"""Bits of a role in a packed weight."""
HALF = 1 << (LANE - 1)
"""What is added to each role's sum so that none is negative; sums stay far below it."""


class Weights:
    """Fitted weights: thousandths of log odds by fact and role. Packed: all roles of a fact in one whole number.

    Adding such numbers adds the weights of all roles at once, which is six times as fast as adding lists. The sums of
    groups that come again and again are kept.
    """

    def __init__(self, fitted: dict[str, Any]) -> None:
        self.roles = tuple(fitted["roles"])
        self.facts = {fact: _pack(row) for fact, row in fitted["facts"].items()}
        self._bias = _pack([weight + HALF for weight in fitted["bias"]])
        self._lanes = Struct(f"<{len(self.roles)}I")
        self._sum = lru_cache(maxsize=1 << 15)(self._summed)

    @staticmethod
    @lru_cache(maxsize=1)
    def packaged() -> Weights:
        """Read the weights that come with this package."""
        return Weights(json.loads(files(__package__).joinpath("line_roles.json").read_text("utf-8")))

    def chances(self, groups: Iterable[Group]) -> dict[str, float]:
        """How likely each role is, by the facts of a line."""
        total = self._bias + sum(map(self._sum, groups))
        odds = [(lane - HALF) / 1000 for lane in self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))]
        highest = max(odds)
        shares = [math.exp(each - highest) for each in odds]
        whole = sum(shares)
        return {role: share / whole for role, share in zip(self.roles, shares, strict=True)}

    def _summed(self, group: Group) -> int:
        return sum(self.facts.get(fact, 0) for fact in group)


def _pack(row: Sequence[int]) -> int:
    """The weights of all roles as one number: negative ones borrow from their neighbour, and give back in a sum."""
    return sum(weight << (LANE * place) for place, weight in enumerate(row))


class Told(NamedTuple):
    """What a line is, and how likely."""

    role: str
    chance: float
    doubt: float = 0.0
    """How likely the line is furniture, where that is likely and it is kept all the same."""


def tell(lines: Sequence[Seen], facts: Iterable[Sequence[Group]], weights: Weights) -> list[Told]:
    """The role of each line: title, heading, text, caption, byline or furniture."""
    return decide(lines, [weights.chances(each) for each in facts])


def decide(lines: Sequence[Seen], chances: Sequence[dict[str, float]]) -> list[Told]:
    """The role of each line, by what is likely of it, of its neighbours and of the whole page."""
    if not lines:
        return []
    dirt = sum(chance["furniture"] for chance in chances) / len(chances)
    furniture = in_runs([chance["furniture"] for chance in chances])
    bound = FURNITURE if dirt > DIRTY else CLEAN
    gone = sum(len(line.words) for line, sure in zip(lines, furniture, strict=True) if sure > bound)
    if gone > FLOOD * sum(len(line.words) for line in lines):
        bound = FLOODED
    title = max(range(len(lines)), key=lambda k: chances[k]["title"])
    first, end = mass(lines)
    last = max((k for k in range(first, end + 1) if lines[k].kind == "p"), default=-1)
    told: list[Told] = []
    for k, line in enumerate(lines):
        least = bound + LIST * bool(line.item)
        if line.prose and told and told[-1].role == "heading":
            least = max(bound, HEADED)
        elif k == last or (k == last - 1 and not line.prose):  # or the heading of the last prose
            least = max(bound, LAST)
        role = _role(line, chances[k], furniture[k], least, may_be_title=k == title)
        doubtful = furniture[k] > UNSURE and role.role not in ("furniture", "title")
        told.append(role._replace(doubt=furniture[k]) if doubtful else role)
    return told


def in_runs(chances: Sequence[float]) -> list[float]:
    """Chances that lines are furniture, each with what its neighbours say: a chain of two states, both ways."""
    odds = [chance / max(1e-9, 1 - chance) for chance in chances]
    before: list[float] = []  # the odds of furniture by this line and those above
    above = 0.5
    for each in odds:
        likely = above * (1 - SWAP) + (1 - above) * SWAP
        sure = likely * each / (likely * each + 1 - likely)
        before.append(likely * each / (1 - likely))
        above = sure
    below = 1.0
    found = []
    for each, upper in zip(reversed(odds), reversed(before), strict=True):
        whole = upper * below
        found.append(whole / (1 + whole))
        each *= below
        below = ((1 - SWAP) * each + SWAP) / (SWAP * each + 1 - SWAP)
    return found[::-1]


def _role(line: Seen, chance: dict[str, float], furniture: float, bound: float, *, may_be_title: bool) -> Told:
    if may_be_title and chance["title"] >= TITLE and not line.item:
        return Told("title", chance["title"])
    if furniture - SPARED * chance["heading"] > bound:
        return Told("furniture", furniture)
    if line.item or line.kind == "r":
        return Told("text", chance["item"] + chance["row"] + chance["text"])
    weighed = {
        "text": chance["text"] + chance["row"],
        "heading": HEADING * chance["heading"],
        "caption": chance["caption"],
        "byline": chance["byline"],
    }
    role = max(weighed, key=lambda name: weighed[name])
    return Told(role, chance[role])
