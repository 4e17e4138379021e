"""What the lines of one article say together: where its text lies, what repeats, what stands alone."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from convert.cleaning.cue_words import HEADS
from convert.cleaning.line_looks import WIDE, Seen

__all__ = ["Page", "mass"]


def mass(lines: Sequence[Seen]) -> tuple[int, int]:
    """The first and last line of the stretch that holds most prose: each other line in it costs."""
    best = total = start = 0
    span = (0, len(lines) - 1)
    for number, line in enumerate(lines):
        if line.kind in "pf":
            worth = min(line.width, 400)
        elif line.kind in "mr":
            worth = min(line.width, 200) // 2
        else:
            worth = -25 if line.kind in "sc" else -45
        if total <= 0:
            total, start = 0, number
        total += worth
        if total > best:
            best, span = total, (start, number)
    return span


class Page:
    """What the lines of one article say together."""

    def __init__(self, lines: Sequence[Seen]) -> None:
        self.lines = lines
        count = len(lines)
        self.first, self.last = mass(lines)
        self.keys = Counter(line.key for line in lines)
        self.shapes = Counter(line.shape for line in lines)
        self._count_words()
        self.above, self.below = self._distances()
        self.prose_before, self.all_before = [0], [0]
        self.odd_before, self.dates_before = [0], [0]
        for line in lines:
            size = min(line.width, 600)
            self.prose_before.append(self.prose_before[-1] + (size if line.prose else 0))
            self.all_before.append(self.all_before[-1] + size)
            self.odd_before.append(self.odd_before[-1] + (self.shapes[line.shape] > 1))
            self.dates_before.append(self.dates_before[-1] + (line.date and line.width < 80))
        share = self.prose_before[-1] / max(1, self.all_before[-1])
        self.prose_share = bisect_left((0.3, 0.6, 0.8, 0.9, 0.96), share)
        self.outside = bisect_left((0, 0.15, 0.4, 0.7), 1 - (self.last - self.first + 1) / max(1, count))
        self.kinds = "^^^" + "".join(line.kind for line in lines) + "$$$"
        self.alone = [
            line.width <= 110 and not line.item and self.kinds[k + 2] in "pmrf" and self.kinds[k + 4] in "pmrf"
            and line.kind not in "prf"
            for k, line in enumerate(lines)
        ]  # fmt: skip
        self.alone_count = bisect_left((0, 1, 2, 4, 8), sum(self.alone))
        self.looks = [
            (line.kind, line.caps == "all", line.end, line.first, bisect_left((18, 60, 110), line.width))
            for line in lines
        ]
        self.alike = Counter(self.looks)
        self.alike_alone = Counter(look for look, alone in zip(self.looks, self.alone, strict=True) if alone)
        self.ranks, self.hits = self._title_ranks()
        self.longest = max((line.width for line in lines), default=1)
        self.runs = self._runs()
        self.heads_above = self._heads(range(self.first + 1, count), after=True)
        self.heads_below = self._heads(range(min(self.last, count - 1), -1, -1), after=False)

    def _count_words(self) -> None:
        """Which words the prose holds, which of them in more than one line, and which in many."""
        prose = [set(line.words) for line in self.lines[self.first : self.last + 1] if line.prose]
        holding: Counter[str] = Counter()
        for words in prose:
            holding.update(words)
        few = max(2.0, len(prose) * 0.2)
        self.held = frozenset(holding)
        self.repeated = frozenset(word for word, count in holding.items() if count > 1)
        self.common = frozenset(word for word, count in holding.items() if count >= few)

    def _distances(self) -> tuple[list[int], list[int]]:
        """How many lines above and below each line the nearest prose stands."""
        count = len(self.lines)
        above, below = [99] * count, [99] * count
        last = -99
        for k, line in enumerate(self.lines):
            above[k] = k - last
            last = k if line.prose else last
        last = count + 99
        for k in range(count - 1, -1, -1):
            below[k] = last - k
            last = k if self.lines[k].prose else last
        return above, below

    def _title_ranks(self) -> tuple[dict[int, int], dict[int, int]]:
        """The lines at the front by how many of their rarer words the text has again, best first."""
        front = [
            k for k, line in enumerate(self.lines[: self.first + 4])
            if k <= self.last and 15 <= line.width <= 260 and not line.item
        ]  # fmt: skip
        hits = {}
        for k in front:
            line = self.lines[k]
            again = self.repeated if line.prose and self.first <= k <= self.last else self.held
            rare = again.intersection(line.words) - self.common
            hits[k] = sum(len(word) > 2 or bool(WIDE.match(word)) for word in rare)
        return {k: rank for rank, k in enumerate(sorted(front, key=lambda k: -hits[k]))}, hits

    def _runs(self) -> dict[int, tuple[str, ...]]:
        """For each item of a list, by number of its line: the facts of its list, which all items share."""
        runs: dict[int, tuple[str, ...]] = {}
        start = 0
        for k in range(len(self.lines) + 1):
            if k < len(self.lines) and self.lines[k].item:
                continue
            if k > start:
                runs.update(dict.fromkeys(range(start, k), self._run(start, k)))
            start = k + 1
        return runs

    def _run(self, start: int, end: int) -> tuple[str, ...]:
        items = self.lines[start:end]
        width = sum(item.width for item in items) / len(items)
        full = sum(item.prose or item.end == "stop" for item in items) / len(items)
        return (
            f"run {bisect_left((1, 2, 4, 8, 16), len(items))}", f"run full {bisect_left((0, 0.3, 0.7), full)}",
            f"run width {bisect_left((12, 25, 50, 100), width)}", f"run under {self.kinds[start + 2]}",
        )  # fmt: skip

    def _heads(self, order: Sequence[int], *, after: bool) -> list[frozenset[str]]:
        """Kinds of furniture that a short line has announced, before each line in an order."""
        found = [frozenset[str]()] * len(self.lines)
        seen: frozenset[str] = frozenset()
        for k in order:
            line = self.lines[k]
            found[k] = seen
            if line.width < 60 and not line.prose and (after or k < self.first):
                seen |= HEADS.intersection(line.cues)
        return found
