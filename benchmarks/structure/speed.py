"""Speed in one run, as CPU time of this process: what else the machine does weighs less on ratios than on times."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from statistics import median
from typing import Any, NamedTuple

from benchmarks.structure.predict import article_of
from convert.report import Report

__all__ = ["PageSpeed", "page_speed", "text_speed"]


class PageSpeed(NamedTuple):
    """Milliseconds a page: ours, the extractor's; the ratio of all pages' times, and the middle page's own ratio."""

    ours: float
    extractor: float
    ratio: float
    middle: float


def text_speed(items: Sequence[dict[str, Any]]) -> float:
    """Megabytes of UTF-8 text that become trees in a second of one core."""
    for item in items[:3]:
        _tree(item)
    spent = sum(_spent(_tree, item) for item in items)
    return sum(len(item["text"].encode("utf-8", "surrogatepass")) for item in items) / 1e6 / spent


def page_speed(items: Sequence[dict[str, Any]], extractor: Callable[[str], str]) -> PageSpeed:
    """Page to tree beside the extractor alone, page by page in turn."""
    for item in items[:3]:
        _tree(item)
        extractor(item["html"])
    pairs = [(_spent(_tree, item), _spent(extractor, item["html"])) for item in items]
    ours, theirs = (1000 * sum(times) / len(pairs) for times in zip(*pairs, strict=True))
    return PageSpeed(ours, theirs, ours / theirs, median(one / max(other, 1e-6) for one, other in pairs))


def _tree(item: dict[str, Any]) -> None:
    with suppress(Exception):  # what fails is counted in the replay; here it only takes time
        article_of(item, Report())


def _spent(work: Callable[[Any], object], what: Any) -> float:
    start = time.process_time()
    work(what)
    return time.process_time() - start
