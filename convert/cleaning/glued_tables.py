"""Find tables whose cells ran together in flat text, and cut them apart again.

    RegionSupport (%)                  Region         | Support (%)
    North America65          becomes   North America  | 65
    Europe72                           Europe         | 72

A table is a set of rows whose columns look alike. What the characters of one line say about its places and
stretches comes from `glued_evidence`, how one line is cut into given columns is in `glued_columns`. Here, for each
number of columns K, all rows are cut, each against the columns that the other rows make; the K that explains all
rows best wins, if it beats plain lines.

The numbers live in `glued_tables.json`, written by `benchmarks/structure/fit_table_odds.py`. All scores are
natural logarithms of odds. No letter is changed: cells are slices of their line, less outer white space.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from convert.cleaning.glued_columns import CUT, USUAL_GAPS, Column, Reading, Row, told_by
from convert.cleaning.glued_evidence import WORD, Known, Numbers, has_dash, may_be_row

__all__ = ["GluedTable", "Numbers", "find"]

MAX_LINE = 600  # characters; a longer line is prose
MAX_SPACED = 300  # where spaces may be borders, long lines cost much
MAX_COLUMNS = 12
MAX_ROWS = 2000  # lines of a stretch that are read; those after them stay lines
SAMPLE = 24  # rows that choose the number of columns; further rows only use it

DOUBT = -0.8  # log odds, over what must be reached, of lines that are worth a doubt

LOOK = ("agree", "off", "head off", "head short", "halves")
CHOICE = (*CUT, *LOOK)
"""All evidence for a number of columns."""

Vocabulary = Callable[[str], int] | Mapping[str, int]


@dataclass(frozen=True)
class GluedTable:
    """A table found in `lines[first:last]`: one tuple of cells a line, all of the same length.

    `confidence` is the chance that a row is cut right; `reasons` are for people. `odds` tells whether the lines are
    a table at all: log odds over what must be reached. A table with odds below 0 is only a doubt.
    """

    rows: tuple[tuple[str, ...], ...]
    header: bool
    confidence: tuple[float, ...]
    reasons: tuple[str, ...]
    first: int
    last: int
    odds: float


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
        for strict in (True, False):
            for column in self.columns:
                column.strict, column.base = strict, None
            for i in order:
                self._forget(i)
                self._learn(i, self.read(i))
        self.told = self._told_anew(order)
        self.margin = self.rival = 0.0  # how much better a row is told than by plain lines, by other numbers of columns

    def _learn(self, i: int, reading: Reading, count: int = 1) -> None:
        self.readings[i] = reading
        if reading.kind == "data":
            for column, item in zip(self.columns, reading.cells, strict=True):
                column.add(item, i, count)
            empty, filled = (sum(getattr(each, name) for each in self.columns) for name in ("empty", "filled"))
            for column in self.columns:
                column.settle((empty + 0.5) / (empty + filled + 0.5 / USUAL_GAPS))

    def _forget(self, i: int) -> None:
        if i in self.readings:
            self._learn(i, self.readings[i], -1)

    def read(self, i: int) -> Reading:
        """The best reading of a row by the present columns."""
        row = self.rows[i]
        out = [row.cut(self.columns, self.numbers, i)]
        if self.width > 1:
            whole = (row.whole, *[None] * (self.width - 1))
            out.append(Reading("full", self.numbers.weights["full"], whole, 0.0))
            if i == 0:
                if sum(item is not None for item in out[0].cells) < 2:
                    out.pop(0)  # a line above the table, or a head
                out.append(row.cut(self.columns, self.numbers, i, head=True))
        return max(out, key=lambda reading: reading.score)

    def _told_anew(self, order: Sequence[int]) -> list[float]:
        """The evidence, in the order of CHOICE, when rows are told one after another.

        So a column which must be learnt costs.
        """
        sums, told = dict.fromkeys(CUT, 0.0), [Column() for _ in range(self.width)]
        for i in order:
            for name, value in told_by(self.readings[i], told, i).items():
                sums[name] += value
            if self.readings[i].kind == "data":
                for column, item in zip(told, self.readings[i].cells, strict=True):
                    column.add(item, i)
        return [*sums.values(), *self._look()]

    def _look(self) -> list[float]:
        """The evidence that only a number of columns has, in the order of LOOK."""
        rows, width = self.rows[:SAMPLE], self.width
        off = [min(3, abs(row.count - width)) for row in rows]
        short = min(3, max(0, width - len(rows[0].text.split())))
        return [off.count(0), sum(off), len(rows) * off[0], len(rows) * short, self._halves()]

    def _halves(self) -> float:
        """How often two cells side by side are single words that their columns have once: a name cut in two."""
        return float(
            sum(
                left is not None and right is not None and left.shape == right.shape == "A"
                and self.columns[i].texts[left.text] == self.columns[i + 1].texts[right.text] == 1
                for reading in self.readings.values()
                if reading.kind == "data"
                for i, (left, right) in enumerate(pairwise(reading.cells))
            )
        )  # fmt: skip

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

    def signs(self) -> dict[str, float]:
        """What tells whether these lines are a table at all."""
        readings, n = list(self.readings.values()), len(self.readings)
        items = [item for reading in readings for item in reading.cells if item]
        inner = [item for reading in readings for item in reading.cells[1:] if item]
        return {
            "bias": 1.0,
            "margin": max(-2.0, min(self.margin, 12.0)),
            "rival": min(self.rival, 4.0),
            "rows": math.log(n),
            "agree": sum(row.count == self.width for row in self.rows) / n,
            "whole": sum(reading.kind == "full" for reading in readings) / n,
            "empty": 1 - len(items) / n / self.width,
            "figures": sum(item.core[0] in "9$+-" for item in inner) / max(1, len(inner)),
            "faults": sum(sum(item.alone[1:5]) for item in items) / n,
            "share": sum(max(-3.0, reading.share) for reading in readings) / n,
            "two": float(self.width == 2),
            "head": float(self.has_head()),
            "alike": sum(map(Column.alike, self.columns[1:])) / max(1, self.width - 1),
            "figured": float(min(2, sum(column.is_figures() for column in self.columns))),
            "small": sum(row.small for row in self.rows) / n,
            "stops": sum(row.text[-1] in ".!?…" for row in self.rows) / n,
            "capitals": sum(item.edge[-2:] in ("lU", "_U") for item in inner) / max(1, len(inner)),
            "long": sum(math.log(1 + item.text.count(" ")) for item in items) / max(1, len(items)),
        }

    def odds(self) -> float:
        """The log odds that these lines are a table at all, over what must be reached."""
        if _are_dashed(self.rows, self.numbers) or self._is_camels() or len(self.parted()) < max(2, len(self.rows) / 2):
            return -math.inf
        weights = self.numbers.weights
        odds = sum(weights.get("table " + name, 0.0) * value for name, value in self.signs().items()) - weights["trust"]
        headless = len(self.rows) == 2 and any(map(str.isdecimal, self.rows[0].text))
        return min(odds, 0.0) if headless else odds

    def _is_camels(self) -> bool:
        """Whether capitals alone part the cells, and not the same way in every row, as in "YouTube and TikTok"."""
        cells = [reading.cells for reading in self.readings.values() if reading.kind == "data"]
        edges = {item.edge for row in cells for item in row[1:] if item}
        return edges <= {"lU", "'U"} and sum(None in row for row in cells) > 0.2 * len(cells)

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
        used = Counter(item.alone[0] for item in inner)
        return {
            "bias": 1.0,
            "share": math.log(share / (1 - share)),
            "agree": sum(other.count == self.width for other in self.rows[:SAMPLE]) / min(len(self.rows), SAMPLE),
            "clear": float(row.count == len(inner) + 1),
            "columns": float(self.width),
            "weakest": max(-4.0, min((item.alone[0] for item in inner), default=0.0)),
            "missed": max([0.0, *(Counter(row.odds) - used)]),
            "digits": float(sum(item.edge in ("99", "9-", ".9", "9_9") for item in inner)),
            "margin": min(self.margin, 15.0),
            "rival": min(self.rival, 5.0),
        }

    def confidence(self, i: int) -> float:
        """Chance that a row is cut right."""
        odds = sum(self.numbers.weights["sure " + name] * value for name, value in self.doubts(i).items())
        return 1 / (1 + math.exp(-odds))


# ── The way in ───────────────────────────────────────────────────────────────────────────────────────


def find(
    lines: Sequence[str], vocabulary: Vocabulary | None = None, numbers: Sequence[Numbers] | None = None
) -> GluedTable | None:
    """Find the first table in a run of adjacent lines, else a doubtful one, or None where plain lines explain them.

    `vocabulary` counts the lower-cased words of the whole article, these lines included: it tells
    "Focus|potential" from "YouTube". `numbers` stands in for the packaged ones, for measuring.
    """
    found = [_result(*each) for n in numbers or Numbers.packaged() for each in _first(search(lines, vocabulary, n))]
    return max(found, key=lambda table: table.odds, default=None)


def _first(found: Iterator[tuple[Fit, int]]) -> list[tuple[Fit, int]]:
    """The first sure table, else the first doubtful one."""
    doubtful = []
    for fit, start in found:
        if fit.odds() > 0:
            return [(fit, start)]
        doubtful.append((fit, start))
    return doubtful[:1]


def search(lines: Sequence[str], vocabulary: Vocabulary | None, numbers: Numbers) -> Iterator[tuple[Fit, int]]:
    """The stretches of lines that columns explain better than plain lines, each with its first line."""
    longest = MAX_SPACED if numbers.spaced else MAX_LINE
    marks = [len(line) <= longest and may_be_row(line, numbers.spaced) if line.strip() else None for line in lines]
    known: Known | None = None
    for first, last in _stretches(marks):
        if numbers.spaced and sum(map(bool, marks[first:last])) < max(3, (last - first) / 2):
            continue
        known = known or knowledge(lines, vocabulary)
        start = first - (first > 0 and marks[first - 1] is False and len(lines[first - 1]) <= longest)
        fit = _best_fit(lines[start : min(last, start + MAX_ROWS)], numbers, known)
        if fit is not None:
            yield fit, start


def knowledge(lines: Sequence[str], vocabulary: Vocabulary | None) -> Known:
    """How often a word occurs in the article outside of these lines, and a pair of words (or half of one) in them."""
    count = vocabulary if callable(vocabulary) else lambda word: vocabulary.get(word, 0) if vocabulary else 0
    own = Counter(word for line in lines for word in WORD.findall(line.lower()))
    pairs: Counter[str] = Counter()
    for line in lines:
        words = line.lower().split()
        for left, right in pairwise(words):
            pairs.update((f"{left} {right}", left + " ", " " + right))
    return lambda word: pairs[word] - 1 if " " in word else count(word.lower()) - own[word.lower()]


def _stretches(marked: Sequence[bool | None]) -> Iterator[tuple[int, int]]:
    """Runs of lines that begin and end with a marked line, without three unmarked lines in a row or a blank (None)."""
    start = end = -9
    for i, mark in enumerate([*marked, None]):
        if mark:
            start, end = (start if start >= 0 and i - end <= 3 else i), i
        if start >= 0 and (mark is None or i - end > 2):
            if end > start:
                yield start, end + 1
            start = -9


def _best_fit(lines: Sequence[str], numbers: Numbers, known: Known) -> Fit | None:
    """The number of columns that explains lines best, if it does; the first may be a head without a clear border."""
    rows = [Row(line, numbers, known, i == 0) for i, line in enumerate(lines[:SAMPLE])]
    if not _may_be_table(rows, numbers):
        return None
    fits = [Fit(rows, width, numbers) for width in likely_widths(rows)]
    fits.sort(key=lambda fit: -fit.score)
    best = fits[0]
    best.rival = (best.score - fits[1].score) / len(rows) if fits[1:] else 5.0
    best.margin = (best.score - Fit(rows, 1, numbers).score) / len(rows)
    if best.odds() <= DOUBT:
        return None
    best.extend([Row(line, numbers, known, False) for line in lines[SAMPLE:]])
    return best


def _may_be_table(rows: Sequence[Row], numbers: Numbers) -> bool:
    """Whether enough rows differ and have a clear border, which is seen much sooner than the best cut."""
    bordered = sum(row.count > 1 for row in rows)
    fewest = 3 if numbers.spaced else 2
    return len({row.text for row in rows}) >= fewest and 2 * bordered >= len(rows) and not _are_dashed(rows, numbers)


def _are_dashed(rows: Sequence[Row], numbers: Numbers) -> bool:
    """Whether lines are a list whose items are parted by a dash, with spaces that would be borders else."""
    return numbers.spaced and sum(has_dash(row.text) for row in rows) > 0.8 * len(rows)


def likely_widths(rows: Sequence[Row]) -> list[int]:
    """The numbers of columns worth a trial: the commonest counts of clear cells, their neighbours, the head's."""
    counts = Counter(row.count for row in rows).most_common(2)
    likely = {count + step for count, _ in counts for step in (-1, 0, 1)} | {rows[0].count}
    return sorted(width for width in likely if 2 <= width <= MAX_COLUMNS)


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
    return GluedTable(rows, header, sure, reasons, offset + start, offset + stop, fit.odds())
