"""Cut one line into cells by what the columns of its table have looked like.

What the other cells of a column look like says how welcome a new one is (`Column`). A line is cut by dynamic
programming (`Row.cut`): of all ways to lay its stretches into the columns, in order, the most welcome one.
All scores are natural logarithms of odds.
"""

from __future__ import annotations

import math
import operator
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from convert.cleaning.glued_evidence import ALONE, FITS, Cell, Known, Numbers, cell, gaps

__all__ = ["CUT", "Column", "Cut", "Reading", "Row", "told_by"]

MAX_STOPS = 20  # places in a line that may be borders
STRICT_GAPS = 0.008
USUAL_GAPS = 0.07  # share of cells that are empty in a table of which nothing is known


@dataclass
class Column:
    """What the cells of one column have looked like."""

    shapes: Counter[str] = field(default_factory=Counter)
    cores: Counter[str] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    edges: Counter[str] = field(default_factory=Counter)
    values: dict[int, int | None] = field(default_factory=dict)
    filled: int = 0
    empty: int = 0
    gaps: float = USUAL_GAPS
    strict: bool = False  # empty cells are not thought of yet: they would be taken for granted
    base: float | None = None

    def add(self, item: Cell | None, row: int, count: int = 1) -> None:
        """Learn the cell of a row, or forget it again with `count=-1`."""
        if item is None:
            self.empty += count
            return
        self.filled += count
        self.shapes[item.shape] += count
        self.cores[item.core] += count
        self.sizes[item.size] += count
        self.texts[item.text] += count
        self.edges[item.edge] += count
        self.values[row] = item.value if count > 0 else None
        if not self.texts[item.text]:
            del self.texts[item.text]

    def settle(self, gaps: float) -> None:
        """Take note that cells were learnt; `gaps` is the share of empty cells in all columns."""
        self.gaps, self.base = gaps, None

    def presence(self) -> tuple[float, float]:
        """Log chance that a row leaves this column empty, and that it fills it."""
        empty = 0 if self.strict else self.empty
        chance = (empty + 3.0 * (STRICT_GAPS if self.strict else self.gaps)) / (empty + self.filled + 3.0)
        return math.log(chance), math.log(1 - chance)

    def alike(self) -> float:
        """Share of the filled cells that begin and end as most do."""
        return max(self.cores.values(), default=0) / max(1, self.filled)

    def is_figures(self) -> bool:
        """Whether nearly all cells begin with a figure or its sign."""
        return sum(n for core, n in self.cores.items() if core[0] in "9$+-") > 0.7 * self.filled

    def evidence(self, item: Cell, row: int) -> tuple[float, ...]:
        """How well a cell fits (in the order of FITS): log ratios of what was seen to what is usual."""
        return tuple(map(operator.add, self._unlike(), (*self._likeness(item, row), 0.0, 0.0)))

    def likes(self, item: Cell, row: int, weights: tuple[float, ...]) -> float:
        """The weighted sum of the evidence that a cell belongs here."""
        if self.base is None:
            self.base = float(sum(map(operator.mul, weights, self._unlike())))
        return self.base + float(sum(map(operator.mul, weights, self._likeness(item, row))))

    def _unlike(self) -> tuple[float, ...]:
        """The evidence for a cell that is like none of those here."""
        n = self.filled
        new, seen = math.log(2.0 / (n + 2.0)), len(self.texts)
        text = math.log((2.0 + seen) / (n + 2.0))
        return new, new, new, -math.log(n + 1.0), text, 0.0, self.presence()[1], 1.0

    def _likeness(self, item: Cell, row: int) -> tuple[float, ...]:
        """What a cell gains over one that is like none of those here, for what it has in common with them."""
        shape = core = size = edge = text = follows = 0.0
        words, form, ends, length, value, _, pair, rarity = item
        if n := self.shapes.get(form):
            shape = min(8.0, math.log1p(n * rarity[0]))
        if n := self.cores.get(ends):
            core = min(6.0, math.log1p(n * rarity[1]))
        sizes = self.sizes.get
        if near := 2 * sizes(length, 0) + sizes(length - 1, 0) + sizes(length + 1, 0):
            size = math.log1p(near * rarity[2])
        if n := self.edges.get(pair):
            edge = math.log1p(n * rarity[3])
        if n := self.texts.get(words):
            text = math.log1p(n * math.exp(min(4, len(words))) / (2.0 + len(self.texts)))
        if value is not None:
            near_values = (value - 1, value + 1)
            follows = float((self.values.get(row - 1) in near_values) + (self.values.get(row + 1) in near_values))
        return shape, core, size, edge, text, follows


Cut = tuple[Cell | None, ...]
EMPTY = ("absence", "empty", "empty first")
HEAD = ("head", "head odds", "head faults", "head empty")
CUT = (*ALONE, *FITS, *EMPTY, *HEAD, "full")
"""All evidence for the cuts of a table's rows."""


class Reading(NamedTuple):
    """One row as it is read: as data, as the head, or as one cell across the table."""

    kind: str
    score: float
    cells: Cut
    share: float


class Row:
    """A line, the places in it that may be borders, and which stretches between them may be cells."""

    def __init__(self, text: str, numbers: Numbers, known: Known, head: bool) -> None:
        found = list(gaps(text, numbers, known, head))
        found = sorted(sorted(found, key=lambda gap: -gap.odds)[:MAX_STOPS])
        self.text = text
        self.stops = [0, *(gap.at for gap in found), len(text)]
        self.odds = [0.0, *(gap.odds for gap in found), 0.0]
        self.edges = ["", *(gap.pair for gap in found), ""]
        self.count = 1 + sum(odds > 0 for odds in self.odds)
        self.whole = cell(text)
        words = text.split()
        self.small = sum(map(str.islower, words)) / max(1, len(words))
        self.numbers = numbers
        self.spans = [self._reach(i) for i in range(len(self.stops) - 1)]
        self.nearest = self._nearest()

    def _reach(self, start: int) -> list[tuple[int, Cell, float]]:
        """The stretches that may be cells from one stop on, each with its own evidence summed.

        None may swallow borders too likely to be missed.
        """
        out, missed, weights = [], 0.0, self.numbers.alone
        for end in range(start + 1, len(self.stops)):
            item = self._cell(start, end)
            out.append((end, item, sum(map(operator.mul, weights, item.alone))))
            missed += max(self.odds[end], 0.0)
            if missed > 6.0:
                break
        return out

    def _nearest(self) -> list[int]:
        """The first stop from which so many stretches (none, one, two, …) can reach the end of the line."""
        found = [len(self.stops) - 1]
        while found[-1]:
            ends = (start for start, spans in enumerate(self.spans) if start + len(spans) >= found[-1])
            found.append(next(ends))
        return found

    def _cell(self, start: int, end: int) -> Cell:
        plain, edge = cell(self.text[self.stops[start] : self.stops[end]]), self.edges[start]
        alone = (self.odds[start], *plain.alone[1:])
        return plain._replace(edge=edge, alone=alone, rarity=self.numbers.rarity(plain, edge))

    def clear_cut(self) -> Cut:
        """The cells if every gap is a border that looks more like one than not."""
        at = [i for i, odds in enumerate(self.odds) if odds > 0 or not self.stops[i]]
        ends = [*at[1:], len(self.stops) - 1]
        return tuple(self._cell(i, j) for i, j in zip(at, ends, strict=True))

    def cut(self, columns: Sequence[Column], numbers: Numbers, at: int, head: bool = False) -> Reading:
        """The best cut of the row, the table's `at`-th, into these columns.

        A head has cells of another kind than the rows below: its columns tell nothing but their number.
        """
        w, size = numbers.weights, len(self.stops)
        best = [w["head"] if head else 0.0] + [-math.inf] * (size - 1)
        total = list(best)
        back: list[list[tuple[int, Cell | None]]] = []
        for number, column in enumerate(columns):
            if head:
                empty = w["head empty"]
            else:
                empty = w["absence"] * column.presence()[0] + w["empty"] + (not number) * w["empty first"]
            new, sums = [score + empty for score in best], [score + empty for score in total]
            trace: list[tuple[int, Cell | None]] = [(i, None) for i in range(size)]
            left = len(columns) - number - 1
            first = self.nearest[min(left, len(self.nearest) - 1)]  # the columns left reach no end from stops before
            for start in range(size - 1):
                if best[start] == -math.inf:
                    continue
                for end, item, own in self.spans[start][max(0, first - start - 1) :]:
                    if head:
                        gain = w["head odds"] * item.alone[0] + w["head faults"] * sum(item.alone[1:5])
                    else:
                        gain = own + column.likes(item, at, numbers.fits)
                    if best[start] + gain > new[end]:
                        new[end], trace[end] = best[start] + gain, (start, item)
                    sums[end] = _add_logs(sums[end], total[start] + gain)
            best, total = new, sums
            back.append(trace)
        cells: list[Cell | None] = []
        end = size - 1
        for trace in reversed(back):
            end, found = trace[end]
            cells.append(found)
        return Reading("head" if head else "data", best[-1], tuple(reversed(cells)), best[-1] - total[-1])


def _add_logs(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    if a < b:
        a, b = b, a
    return a if b - a < -12 else a + math.log1p(math.exp(b - a))


def told_by(reading: Reading, columns: Sequence[Column], row: int) -> Counter[str]:
    """All evidence for a reading of the table's `row`-th line, by the names in CUT."""
    sums: Counter[str] = Counter()
    if reading.kind == "full":
        sums["full"] = 1
    elif reading.kind == "head":
        found = [item for item in reading.cells if item]
        sums["head"], sums["head empty"] = 1, len(reading.cells) - len(found)
        for each in found:
            sums.update({"head odds": each.alone[0], "head faults": sum(each.alone[1:5])})
    else:
        for number, (column, item) in enumerate(zip(columns, reading.cells, strict=True)):
            if item is None:
                sums.update(dict(zip(EMPTY, (column.presence()[0], 1.0, float(not number)), strict=True)))
            else:
                facts = (*item.alone, *column.evidence(item, row))
                sums.update(dict(zip((*ALONE, *FITS), facts, strict=True)))
    return sums
