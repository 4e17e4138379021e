"""Intervals from resampling pages, for a few long pages can carry a set."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

__all__ = ["DRAWS", "SEED", "by_page", "draws", "interval", "intervals"]

DRAWS = 1000
SEED = 20240607

T = TypeVar("T")
Figures = Mapping[str, float | None]


def by_page(items: Iterable[tuple[Hashable, T]]) -> list[list[T]]:
    """What is known of each page: a page's items stand or fall together."""
    pages: dict[Hashable, list[T]] = defaultdict(list)
    for page, item in items:
        pages[page].append(item)
    return list(pages.values())


def draws(pages: Sequence[list[T]], count: int = DRAWS, seed: int = SEED) -> Iterable[list[T]]:
    """As many pages as there are, drawn with replacement, again and again; the same draws for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - repeatable draws are the point
    for _ in range(count):
        yield [item for page in rng.choices(pages, k=len(pages)) for item in page]


def interval(values: Iterable[float | None], share: float = 0.95) -> tuple[float, float] | None:
    """The middle `share` of the values; None where fewer than two pages, or half of the draws, give one."""
    values = list(values)
    known = sorted(value for value in values if value is not None)
    if len(known) < 2 or len(known) * 2 < len(values):
        return None
    cut = (1 - share) / 2
    return known[round(cut * (len(known) - 1))], known[round((1 - cut) * (len(known) - 1))]


def intervals(
    pages: Sequence[list[T]], figures_of: Callable[[list[T]], Figures], count: int = DRAWS, seed: int = SEED
) -> dict[str, tuple[float, float]]:
    """An interval for each figure. Counts are summed over the drawn pages before a figure is made of them."""
    if len(pages) < 2:
        return {}
    seen: dict[str, list[float | None]] = defaultdict(list)
    for drawn in draws(pages, count, seed):
        for name, value in figures_of(drawn).items():
            seen[name].append(value)
    found = {name: interval(values + [None] * (count - len(values))) for name, values in seen.items()}
    return {name: span for name, span in found.items() if span is not None}
