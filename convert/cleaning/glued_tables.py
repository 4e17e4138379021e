"""Find tables whose cells ran together in flat text, and cut them apart again.

    RegionSupport (%)                  Region         | Support (%)
    North America65          becomes   North America  | 65
    Europe72                           Europe         | 72

A table is a set of rows whose columns look alike. What the characters of one line say about its places and
stretches comes from `glued_evidence`; the search is here, a section each:

1. **Columns.** What the other cells of a column look like says how welcome a new one is.
2. **Rows together.** For each number of columns K, all rows are cut by dynamic programming, each against
   the columns that the other rows make; the K that explains all rows best wins, if it beats plain lines.

The numbers live in `glued_tables.json`, written by `benchmarks/structure/fit_table_odds.py`. All scores are
natural logarithms of odds. No letter is changed: cells are slices of their line, less outer white space.
"""

from __future__ import annotations

import math
import operator
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from convert.cleaning.glued_evidence import EVIDENCE, WORD, Cell, Known, Numbers, cell, gaps, may_be_row

__all__ = ["GluedTable", "Numbers", "find"]

MAX_LINE = 600  # characters; a longer line is prose
MAX_STOPS = 28  # places in a line that may be borders
MAX_COLUMNS = 12
MAX_ROWS = 2000  # lines of a stretch that are read; those after them stay lines
SAMPLE = 36  # rows that choose the number of columns; further rows only use it

Vocabulary = Callable[[str], int] | Mapping[str, int]


@dataclass(frozen=True)
class GluedTable:
    """A table found in `lines[first:last]`: one tuple of cells a line, all of the same length.

    `confidence` is the chance that a row is cut right; `reasons` are for people.
    """

    rows: tuple[tuple[str, ...], ...]
    header: bool
    confidence: tuple[float, ...]
    reasons: tuple[str, ...]
    first: int
    last: int


# ── 1. Columns ───────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Column:
    """What the cells of one column have looked like."""

    shapes: Counter[str] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    edges: Counter[str] = field(default_factory=Counter)
    filled: int = 0
    empty: int = 0

    def add(self, item: Cell | None, count: int = 1) -> None:
        """Learn a cell, or forget it again with `count=-1`."""
        if item is None:
            self.empty += count
            return
        self.filled += count
        for seen, what in ((self.shapes, item.shape), (self.texts, item.text), (self.edges, item.edge)):
            seen[what] += count
        self.sizes[item.size] += count

    def presence(self) -> tuple[float, float]:
        """Log chance that a row leaves this column empty, and that it fills it."""
        chance = (self.empty + 0.2) / (self.empty + self.filled + 3.0)
        return math.log(chance), math.log(1 - chance)

    def evidence(self, item: Cell | None, numbers: Numbers) -> tuple[float, ...]:
        """How well a cell fits (in the order of EVIDENCE): log ratios of what was seen to what is usual."""
        n, presence = self.filled, self.presence()
        if item is None:
            return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, presence[0], 0.0
        usual = numbers.shapes.get(item.shape, 0.0) or math.exp(numbers.shapes["rare"] - 0.8 * len(item.shape))
        shape = math.log((self.shapes[item.shape] / usual + 2.0) / (n + 2.0))
        near = self.sizes[item.size] + 0.5 * (self.sizes[item.size - 1] + self.sizes[item.size + 1])
        size = math.log((near * 4 + 2.0) / (n + 2.0))
        text = math.log((self.texts[item.text] * math.exp(min(4, len(item.text))) + 2.0 + len(self.texts)) / (n + 2.0))
        edge = math.log((self.edges[item.edge] * 6 + 1.0) / (n + 1.0))
        return item.odds, min(shape, 6.0), size, text, edge, -item.faults, presence[1], 1.0

    def likes(self, item: Cell | None, numbers: Numbers) -> float:
        """The weighted sum of the evidence that a cell belongs here."""
        return float(sum(map(operator.mul, numbers.evidence, self.evidence(item, numbers))))


# ── 2. Rows together ─────────────────────────────────────────────────────────────────────────────────

Cut = tuple[Cell | None, ...]
CHOICE = (*EVIDENCE, "full", "head odds", "head empty", "head faults")


class Row:
    """A line, the places in it that may be borders, and which stretches between them may be cells."""

    def __init__(self, text: str, numbers: Numbers, known: Known, head: bool) -> None:
        found = list(gaps(text, numbers.gaps, known, head))
        found = sorted(sorted(found, key=lambda gap: -gap.odds)[:MAX_STOPS])
        self.text = text
        self.stops = [0, *(gap.at for gap in found), len(text)]
        self.odds = [0.0, *(gap.odds for gap in found), 0.0]
        self.edges = ["", *(gap.pair for gap in found), ""]
        self.count = 1 + sum(odds > 0 for odds in self.odds)
        self.whole = cell(text)
        self.spans = [self._reach(i) for i in range(len(self.stops) - 1)]

    def _reach(self, start: int) -> list[tuple[int, Cell]]:
        """The stretches that may be cells from one stop on: none may swallow borders too likely to be missed."""
        out, missed = [], 0.0
        for end in range(start + 1, len(self.stops)):
            out.append((end, self._cell(start, end)))
            missed += max(self.odds[end], 0.0)
            if missed > 6.0:
                break
        return out

    def _cell(self, start: int, end: int) -> Cell:
        plain = cell(self.text[self.stops[start] : self.stops[end]])
        return plain._replace(edge=self.edges[start], odds=self.odds[start])

    def clear_cut(self) -> Cut:
        """The cells if every gap is a border that looks more like one than not."""
        at = [i for i, odds in enumerate(self.odds) if odds > 0 or not self.stops[i]]
        ends = [*at[1:], len(self.stops) - 1]
        return tuple(self._cell(i, j) for i, j in zip(at, ends, strict=True))

    def cut(self, columns: Sequence[Column], numbers: Numbers, head: bool = False) -> tuple[float, Cut, float]:
        """The best cut into these columns: its score, its cells, and its log share of all cuts' chances.

        A head has cells of another kind than the rows below: its columns tell nothing but their number.
        """
        weights, ends = numbers.weights, len(self.stops)
        trust = weights["head odds"]
        best = [0.0] + [-math.inf] * (ends - 1)
        total = list(best)
        back: list[list[tuple[int, Cell | None]]] = []
        for column in columns:
            empty = weights["head empty"] if head else column.likes(None, numbers)
            new, sums = [score + empty for score in best], [score + empty for score in total]
            trace: list[tuple[int, Cell | None]] = [(i, None) for i in range(ends)]
            for start in range(ends - 1):
                if best[start] == -math.inf:
                    continue
                for end, item in self.spans[start]:
                    gain = trust * item.odds - item.faults if head else column.likes(item, numbers)
                    if best[start] + gain > new[end]:
                        new[end], trace[end] = best[start] + gain, (start, item)
                    sums[end] = _add_logs(sums[end], total[start] + gain)
            best, total = new, sums
            back.append(trace)
        cells: list[Cell | None] = []
        at = ends - 1
        for trace in reversed(back):
            at, item_or_none = trace[at]
            cells.append(item_or_none)
        return best[-1], tuple(reversed(cells)), best[-1] - total[-1]


def _add_logs(a: float, b: float) -> float:
    """log(exp(a) + exp(b))."""
    if a < b:
        a, b = b, a
    return a if b - a < -12 else a + math.log1p(math.exp(b - a))


class Reading(NamedTuple):
    """One row as it is read: as data, as the head, or as one cell across the table."""

    kind: str
    score: float
    cells: Cut
    share: float


class Fit:
    """All rows cut into one number of columns, each by what the others say."""

    def __init__(self, rows: Sequence[Row], width: int, numbers: Numbers) -> None:
        self.rows, self.width, self.numbers = list(rows), width, numbers
        self.columns = [Column() for _ in range(width)]
        self.readings: dict[int, Reading] = {}
        order = sorted(range(min(len(rows), SAMPLE)), key=lambda i: (abs(rows[i].count - width), i == 0, i))
        for i in order:
            if rows[i].count == width and (i or len(rows) < 3):
                self._learn(i, Reading("data", 0.0, rows[i].clear_cut(), 0.0))
        for _ in range(2):
            for i in order:
                self._forget(i)
                self._learn(i, self.read(i))
        self.told = self._told_anew(order)
        self.margin = self.rival = 0.0  # how much better a row is told than by plain lines, by other numbers of columns

    def _learn(self, i: int, reading: Reading, count: int = 1) -> None:
        self.readings[i] = reading
        if reading.kind == "data":
            for column, item in zip(self.columns, reading.cells, strict=True):
                column.add(item, count)

    def _forget(self, i: int) -> None:
        if i in self.readings:
            self._learn(i, self.readings[i], -1)

    def read(self, i: int) -> Reading:
        """The best reading of a row by the present columns."""
        row, weights = self.rows[i], self.numbers.weights
        score, cells, share = row.cut(self.columns, self.numbers)
        out = [Reading("data", score, cells, share)]
        if self.width > 1:
            whole = (row.whole, *[None] * (self.width - 1))
            out.append(Reading("full", weights["full"], whole, 0.0))
        if i == 0 and self.width > 1:
            score, cells, share = row.cut(self.columns, self.numbers, head=True)
            out.append(Reading("head", score + weights["head"], cells, share))
        return max(out, key=lambda reading: reading.score)

    def _told_anew(self, order: Sequence[int]) -> list[float]:
        """The evidence when rows are told one after another, so that a column which must be learnt costs.

        Sums by EVIDENCE over the data rows, then the rows read whole, and the head's odds and empty cells.
        """
        sums, told = [0.0] * len(CHOICE), [Column() for _ in range(self.width)]
        for i in order:
            kind, _, cells, _ = self.readings[i]
            if kind == "full":
                sums[-4] += 1
            elif kind == "head":
                sums[-3] += sum(item.odds for item in cells if item)
                sums[-2] += sum(item is None for item in cells)
                sums[-1] += sum(item.faults for item in cells if item)
            else:
                for column, item in zip(told, cells, strict=True):
                    for k, value in enumerate(column.evidence(item, self.numbers)):
                        sums[k] += value
                    column.add(item)
        return sums

    def extend(self, rows: Sequence[Row]) -> None:
        """Read further rows by the columns as they stand."""
        for row in rows:
            self.rows.append(row)
            self.readings[len(self.rows) - 1] = self.read(len(self.rows) - 1)

    @property
    def score(self) -> float:
        """How good this number of columns is."""
        return sum(
            self.numbers.weights["choose " + name] * value for name, value in zip(CHOICE, self.told, strict=True)
        )

    def parted(self) -> list[int]:
        """The rows with two cells or more."""
        return [i for i in sorted(self.readings) if sum(c is not None for c in self.readings[i].cells) > 1]

    def is_backed(self) -> bool:
        """Whether enough rows are parted, and, in a small table, clearly so."""
        parted, clear = len(self.parted()), sum(row.count == self.width for row in self.rows)
        least = 3 if self.width == 2 else 2
        return parted >= max(least, len(self.rows) / 2) and (parted > 3 or clear >= 2)

    def has_head(self) -> bool:
        """Whether the first row names the columns: it is unlike the rest, or full and free of figures."""
        kind, _, cells, _ = self.readings[0]
        below = [r.cells for i, r in self.readings.items() if i]
        if kind == "head" or any(cells == other for other in below):
            return kind == "head"
        figures = any(c.isdecimal() for item in cells if item for c in item.text)
        return kind == "data" and None not in cells and not figures

    def doubts(self, i: int) -> dict[str, float]:
        """What tells whether a row is cut right: its share of all cuts' chances, its weakest border, and so on."""
        row, reading = self.rows[i], self.readings[i]
        share = min(1 - 1e-3, max(1e-3, math.exp(min(0.0, reading.share))))
        inner = [item for item in reading.cells if item and item.edge]
        used = Counter(item.odds for item in inner)
        return {
            "bias": 1.0,
            "share": math.log(share / (1 - share)),
            "agree": sum(other.count == self.width for other in self.rows[:SAMPLE]) / min(len(self.rows), SAMPLE),
            "clear": float(row.count == len(inner) + 1),
            "columns": float(self.width),
            "weakest": max(-4.0, min((item.odds for item in inner), default=0.0)),
            "missed": max([0.0, *(Counter(row.odds) - used)]),
            "digits": float(sum(item.edge in ("99", "9-", ".9") for item in inner)),
            "margin": min(self.margin, 15.0),
            "rival": min(self.rival, 5.0),
        }

    def confidence(self, i: int) -> float:
        """Chance that a row is cut right."""
        odds = sum(self.numbers.weights["sure " + name] * value for name, value in self.doubts(i).items())
        return 1 / (1 + math.exp(-odds))


# ── The way in ───────────────────────────────────────────────────────────────────────────────────────


def find(
    lines: Sequence[str], vocabulary: Vocabulary | None = None, numbers: Numbers | None = None
) -> GluedTable | None:
    """Find the first table in a run of adjacent lines, or None where plain lines explain them as well.

    `vocabulary` counts the lower-cased words of the whole article, these lines included: it tells
    "Focus|potential" from "YouTube". `numbers` stands in for the packaged ones, for measuring.
    """
    numbers = numbers or Numbers.packaged()
    for fit, offset in search(lines, vocabulary, numbers):
        table = _result(fit, offset)
        if sum(table.confidence) >= numbers.weights["trust"] * len(table.rows):
            return table
    return None


def search(lines: Sequence[str], vocabulary: Vocabulary | None, numbers: Numbers) -> Iterator[tuple[Fit, int]]:
    """The stretches of lines that columns explain better than plain lines, each with its first line."""
    known = _outside(lines, vocabulary)
    marks = [len(line) <= MAX_LINE and may_be_row(line) if line.strip() else None for line in lines]
    for first, last in _stretches(marks):
        start = first - (first > 0 and marks[first - 1] is False and len(lines[first - 1]) <= MAX_LINE)
        fit = _best_fit(lines[start : min(last, start + MAX_ROWS)], numbers, known)
        if fit is not None:
            yield fit, start


def _outside(lines: Sequence[str], vocabulary: Vocabulary | None) -> Known:
    """How often a word occurs in the article outside of these lines."""
    if vocabulary is None:
        return lambda word: 0
    count = vocabulary if callable(vocabulary) else lambda word: vocabulary.get(word, 0)
    own = Counter(word for line in lines for word in WORD.findall(line.lower()))
    return lambda word: count(word.lower()) - own[word.lower()]


def _stretches(marked: Sequence[bool | None]) -> Iterator[tuple[int, int]]:
    """Runs of lines that begin and end with a marked line, without two unmarked lines in a row or a blank (None)."""
    start = end = -9
    for i, mark in enumerate([*marked, None]):
        if mark:
            start, end = (start if start >= 0 and i - end <= 2 else i), i
        if start >= 0 and (mark is None or i - end > 1):
            if end > start:
                yield start, end + 1
            start = -9


def _best_fit(lines: Sequence[str], numbers: Numbers, known: Known) -> Fit | None:
    """The number of columns that explains lines best, if it does; the first may be a head without a clear border."""
    rows = [Row(line, numbers, known, i == 0) for i, line in enumerate(lines[:SAMPLE])]
    counts = Counter(row.count for row in rows)
    likely = {count + step for count, _ in counts.most_common(2) for step in (-1, 0, 1)} | {rows[0].count}
    fits = [Fit(rows, width, numbers) for width in sorted(likely) if 2 <= width <= MAX_COLUMNS]
    if not fits:
        return None
    fits.sort(key=lambda fit: -fit.score)
    best = fits[0]
    best.rival = (best.score - fits[1].score) / len(rows) if fits[1:] else 5.0
    best.margin = (best.score - Fit(rows, 1, numbers).score) / len(rows)
    if best.margin < numbers.weights["margin"] or not best.is_backed():
        return None
    best.extend([Row(line, numbers, known, False) for line in lines[SAMPLE:]])
    return best


def _result(fit: Fit, offset: int) -> GluedTable:
    """The fit's readings as a table, without the lines before its first parted row and after its last."""
    start, stop = fit.parted()[0], fit.parted()[-1] + 1
    readings = [fit.readings[i] for i in range(start, stop)]
    header = start == 0 and fit.has_head()
    clear = sum(row.count == fit.width for row in fit.rows[start:stop])
    reasons = (
        f"{clear} of {stop - start} lines have {fit.width} clear cells",
        f"odds of {fit.margin:.1f} a line over plain text",
    )
    rows = tuple(tuple("" if c is None else c.text for c in reading.cells) for reading in readings)
    sure = tuple(round(fit.confidence(i), 3) for i in range(start, stop))
    return GluedTable(rows, header, sure, reasons, offset + start, offset + stop)
