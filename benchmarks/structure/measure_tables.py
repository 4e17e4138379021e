"""Measure found tables against gold ones: cells, whole rows, false rows, errors by kind, time."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from convert.cleaning import glued_evidence as ge
from convert.cleaning import glued_tables as gt
from convert.cleaning.tables import LEAST

if __package__:
    from benchmarks.structure.gold_tables import Item, blocks, borders, spans
else:
    from gold_tables import Item, blocks, borders, spans


def predict(item: Item, numbers: tuple[gt.Numbers, ...]) -> dict[str, tuple[tuple[str, ...], float, gt.GluedTable]]:
    """The rows found in an item, by line."""
    out = {}
    for run in blocks(item.lines):
        while len(run) > 1:
            table = gt.find(run, item.vocabulary, numbers)
            if table is None:
                break
            if table.odds <= 0 or sum(table.confidence) < LEAST * len(table.rows):
                run = run[table.last :]
                continue
            for line, cells, sure in zip(run[table.first : table.last], table.rows, table.confidence, strict=True):
                out[line] = (cells, sure, table)
            run = run[table.last :]
    return out


class Score(Counter[str]):
    """Counts of cells and rows."""

    def add(self, item: Item, found: dict[str, tuple[tuple[str, ...], float, gt.GluedTable]]) -> None:
        gold = {row.line: row for table in item.tables for row in table}
        for line, row in gold.items():
            if len(row.cells) < 2:
                continue
            want, got = spans(row.cells), spans(found[line][0]) if line in found else set()
            self.update(
                rows=1, found=line in found, gold=len(want), got=len(got), hit=len(want & got), exact=want == got
            )
        self.update(false=sum(line not in gold for line in found))
        self.update(false_cells=sum(len(spans(found[line][0])) for line in found if line not in gold))

    @property
    def cells_f1(self) -> float:
        return self.figures()[0]

    def figures(self) -> tuple[float, float]:
        """Cells F1 and the share of rows that are right as a whole."""
        cells = self["gold"] + self["got"] + self["false_cells"]
        return 2 * self["hit"] / max(1, cells), self["exact"] / max(1, self["rows"])


Scores = dict[str, dict[str, Score]]


def measure(items: list[Item], fitted: list[tuple[gt.Numbers, ...]]) -> Scores:
    """Scores by set and page, each item measured with the numbers of its fold."""
    out: Scores = defaultdict(lambda: defaultdict(Score))
    for item in items:
        out[item.set][item.id.split("#")[0]].add(item, predict(item, fitted[item.fold]))
    return out


def lines_of(scores: Scores) -> Iterator[str]:
    """Cells F1 and whole rows of each set, with the interval that holds 95 % of resamplings of its pages."""
    rng = random.Random(3)  # noqa: S311 - repeatable figures are the point
    for name, pages in scores.items():
        whole, draws = sum(pages.values(), Score()), []
        for _ in range(300):
            draw = Score()
            for page in rng.choices(list(pages.values()), k=len(pages)):
                draw.update(page)
            draws.append(Score(draw).figures())
        parts = []
        for k, value in enumerate(Score(whole).figures()):
            ordered = sorted(draw[k] for draw in draws)
            parts.append(f"{value:.3f} ({ordered[7]:.3f} to {ordered[292]:.3f})")
        counts = f"of {whole['rows']} rows, {whole['found']} found; {whole['false']} false"
        yield f"  {name:18} cells F1 {parts[0]}  whole rows {parts[1]}  {counts}"


def measure_errors(items: list[Item], fitted: list[tuple[gt.Numbers, ...]]) -> None:
    """Borders that were missed, and cuts that are none, by the kinds of characters on both sides."""
    missed: dict[str, Counter[str]] = defaultdict(Counter)
    false: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        found = predict(item, fitted[item.fold])
        for row in (row for table in item.tables for row in table if len(row.cells) > 1):
            if row.line not in found:
                missed[item.set]["row not found"] += 1
                continue
            kinds, got = ge.kinds_of(row.line), borders(row.line, found[row.line][0]) or frozenset()
            missed[item.set].update(ge.pair_at(kinds, at) for at in row.borders - got)
            false[item.set].update(ge.pair_at(kinds, at) for at in got - row.borders)
    for name in missed:
        print(f"  {name}: missed {missed[name].most_common(8)}, false {false[name].most_common(8)}")


def measure_articles(articles: list[Item], fitted: list[tuple[gt.Numbers, ...]]) -> None:
    """False rows on whole articles, which have hardly a table, and time a KiB in them."""
    start = time.perf_counter()
    scores = measure(articles, fitted)
    per_kib = (time.perf_counter() - start) / sum(item.chars for item in articles) * 1024 * 1000
    print("Articles:", *lines_of(scores), f"  {per_kib:.2f} ms/KiB", sep="\n")


def measure_speed(items: list[Item], numbers: tuple[gt.Numbers, ...]) -> None:
    """Time a KiB in tables."""
    for name in ("tables_regular", "tables_ragged", "tables_real"):
        chosen = [item for item in items if item.set == name]
        size = sum(len(row.line) for item in chosen for table in item.tables for row in table)
        start = time.perf_counter()
        for item in chosen:
            predict(item, numbers)
        print(f"  {name:18} {(time.perf_counter() - start) / size * 1024 * 1000:.0f} ms/KiB of table")
