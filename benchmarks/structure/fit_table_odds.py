"""Fit the numbers of `convert/cleaning/glued_tables.json` on gold tables, and measure them by cross-validation.

    python benchmarks/structure/fit_table_odds.py BENCH_FOLDER [--write]

BENCH_FOLDER holds `a_tables.jsonl.gz` and `a_seedlike.jsonl.gz` with gold rows and, for counting false rows,
the article sets. Needs numpy, scipy and scikit-learn; copydesk itself does not. Pages never stand on both sides
of a fold. Only numbers are kept: facts are made of character kinds, never of words.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from convert.cleaning import glued_evidence as ge
from convert.cleaning import glued_tables as gt

if __package__:
    from benchmarks.structure.jsonl import read
    from benchmarks.structure.made_up_tables import tables
else:  # run as a script, where a neighbour is found by its bare name
    from jsonl import read
    from made_up_tables import tables

FOLDS = 5
MADE_UP = 150
WEIGHTS = {
    "odds": 1.0, "shape": 0.3, "size": 0.25, "text": 0.3, "edge": 0.4, "faults": 2.0, "presence": 1.0, "cell": -0.5,
    "head": -1.0, "head odds": 1.5, "head empty": -2.5, "full": -2.0, "margin": 2.5, "trust": 0.1,
}  # fmt: skip
WEIGHTS |= {"choose " + name: WEIGHTS.get(name, 1.0) for name in gt.CHOICE}
SURE = ("bias", "share", "agree", "clear", "columns", "weakest", "missed", "digits", "margin", "rival")
WEIGHTS |= {"sure " + name: 0.0 for name in SURE}
LIVELY = {"tables_regular", "tables_ragged", "seedlike"}  # sets whose cells are glued: the others have spaces


class GoldRow(NamedTuple):
    """One line of a gold table, and where its cells end."""

    line: str
    cells: tuple[str, ...]
    borders: frozenset[int]
    head: bool


class Item(NamedTuple):
    """One text of the bench with its gold tables."""

    id: str
    set: str
    fold: int
    lines: list[str]
    tables: list[list[GoldRow]]
    vocabulary: Counter[str]
    chars: int


def squeeze(text: str) -> str:
    return " ".join(text.split())


def borders(line: str, cells: Iterable[str]) -> frozenset[int] | None:
    """Where the cells after the first begin, or None if the cells are not the glued line."""
    at, out = 0, []
    for text in filter(None, map(squeeze, cells)):
        if not line.startswith(text, at):
            return None
        out.append(at)
        at += len(text)
    return frozenset(out[1:]) if at == len(line) else None


def gold_tables(raw: dict[str, Any]) -> Iterator[list[GoldRow]]:
    """The tables of an item: rows that follow one another."""
    rows: list[GoldRow] = []
    previous: object = None
    for block in raw["blocks"] + [{"type": ""}]:
        same = block["type"] == "table_row" and block.get("table") == previous
        if rows and not same:
            yield rows
            rows = []
        previous = block.get("table") if block["type"] == "table_row" else None
        if block["type"] == "table_row":
            line = squeeze(block.get("raw") or block["text"])
            at = borders(line, block["cells"])
            if at is not None:
                cells = tuple(filter(None, map(squeeze, block["cells"])))
                rows.append(GoldRow(line, cells, at, not rows))


def read_items(folder: Path, names: Iterable[str]) -> list[Item]:
    """Items with folds such that pages, and items that share a table line, stay together."""
    raws = [raw for name in names for raw in read(folder / f"{name}.jsonl.gz")]
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for raw in raws:
        for block in raw["blocks"]:
            if block["type"] == "table_row" and len(block["text"]) > 15:
                parent[root(squeeze(block.get("raw") or block["text"]))] = root(raw["page"])
    groups = sorted({root(raw["page"]) for raw in raws})
    fold = {group: i * 7 % FOLDS for i, group in enumerate(groups)}
    return [_item(raw, fold[root(raw["page"])]) for raw in raws]


def made_up(count: int) -> list[Item]:
    """Made-up tables as items, one table each."""
    out = []
    for n, table in enumerate(tables(count, 11)):
        rows = []
        for cells in table:
            line = "".join(cells)
            rows.append(GoldRow(line, cells, borders(line, cells) or frozenset(), not rows))
        lines = [row.line for row in rows]
        words = Counter(ge.WORD.findall(" ".join(lines).lower()))
        out.append(Item(f"made-up-{n}", "made_up", -1, lines, [rows], words, 0))
    return out


def _item(raw: dict[str, Any], fold: int) -> Item:
    lines = [squeeze(line) for line in raw["text"].split("\n")]
    words = Counter(ge.WORD.findall(raw["text"].lower()))
    return Item(raw["id"], raw["set"], fold, lines, list(gold_tables(raw)), words, len(raw["text"]))


# ── Fitting ──────────────────────────────────────────────────────────────────────────────────────────


def gap_examples(item: Item) -> Iterator[tuple[list[str], bool]]:
    """The facts of every gap in an item's gold rows that may be a border, and whether it is one."""
    for table in item.tables:
        known = gt._outside([row.line for row in table], item.vocabulary)
        for row in table:
            kinds = ge.kinds_of(row.line)
            for at in ge.places(row.line, kinds, known):
                yield ge.gap_facts(row.line, kinds, at, known, row.head), at in row.borders


def fit_gaps(items: Iterable[Item], strength: float) -> dict[str, float]:
    """Odds by fact: a logistic regression over facts seen on at least two pages."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    examples: list[tuple[list[str], bool]] = []
    pages: dict[str, set[str]] = defaultdict(set)
    weights = []
    for item in items:
        found = list(gap_examples(item))
        examples += found
        weights += [1.0 / math.sqrt(max(len(found), 20))] * len(found)
        for facts, _ in found:
            for fact in facts:
                pages[fact].add(item.id.split("#")[0])
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{f: 1 for f in facts if len(pages[f]) > 1} for facts, _ in examples])
    scale = len(weights) / sum(weights)
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(matrix, [is_border for _, is_border in examples], sample_weight=[w * scale for w in weights])
    out = {name: round(float(w), 2) for name, w in zip(vectors.feature_names_, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 2)} | {k: v for k, v in sorted(out.items()) if abs(v) >= 0.03}


def fit_shapes(items: Iterable[Item]) -> dict[str, float]:
    """How common each shape of cell is; `rare` is the log chance where shapes that are not listed begin."""
    seen: Counter[str] = Counter()
    pages: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for table in item.tables:
            for row in table[1:]:
                for text in row.cells:
                    shape = ge.cell(text).shape
                    seen[shape] += 1 / len(table)
                    pages[shape].add(item.id.split("#")[0])
    total = sum(seen.values())
    common = {s: round(n / total, 4) for s, n in seen.most_common(80) if len(pages[s]) > 2 and n / total > 0.0005}
    return {"rare": -3.5} | common


def fit(items: list[Item], strength: float = 0.3) -> gt.Numbers:
    items = [item for item in items if item.set in LIVELY] + made_up(MADE_UP)
    return gt.Numbers(fit_gaps(items, strength), fit_shapes(items), dict(WEIGHTS))


def width_choices(item: Item, numbers: gt.Numbers) -> Iterator[list[list[float]]]:
    """For each gold table: the evidence of the true number of columns, then that of other numbers."""
    for table in item.tables:
        width = max(len(row.cells) for row in table)
        if width < 2 or len(table) < 3:
            continue
        known = gt._outside([row.line for row in table], item.vocabulary)
        rows = [gt.Row(row.line, numbers, known, row.head) for row in table]
        others = [k for k in range(max(2, width - 2), width + 4) if k != width]
        yield [[v / min(len(rows), gt.SAMPLE) for v in gt.Fit(rows, k, numbers).told] for k in [width, *others]]


def fit_choice(choices: list[list[list[float]]], start: list[float], strength: float) -> list[float]:
    """Weights under which the first of each list of choices is the likeliest: a conditional logit, by gradient."""
    import numpy as np
    from scipy.optimize import minimize

    begin = np.array(start)
    groups = [np.array(choice) for choice in choices]

    def loss(w: Any) -> Any:
        total, slope = strength * float(((w - begin) ** 2).sum()), 2 * strength * (w - begin)
        for group in groups:
            z = group @ w
            z -= z.max()
            p = np.exp(z) / np.exp(z).sum()
            total -= math.log(p[0] + 1e-9) / len(groups)
            slope -= (group[0] - p @ group) / len(groups)
        return total, slope

    return [round(float(w), 3) for w in minimize(loss, begin, jac=True, method="L-BFGS-B").x]


def fit_weights(items: list[Item], fitted: list[gt.Numbers]) -> dict[str, float]:
    """The weights of the evidence in the choice of a number of columns.

    Each page is read with odds that were fitted without it, so that the odds get the trust they deserve.
    The weights inside a row stay as set by hand: fitted to true columns they trust columns too much,
    for at run time the columns are guesses themselves (measured: .02 to .04 of cells F1 lost).
    """
    widths = [c for item in items for c in width_choices(item, fitted[item.fold])]
    found = fit_choice(widths, [WEIGHTS["choose " + name] for name in gt.CHOICE], 0.007)
    return WEIGHTS | {"choose " + name: value for name, value in zip(gt.CHOICE, found, strict=True)}


# ── Measuring ────────────────────────────────────────────────────────────────────────────────────────


def blocks(lines: list[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for line in [*lines, ""]:
        if line:
            run.append(line)
        elif run:
            yield run
            run = []


def spans(cells: Iterable[str]) -> set[tuple[int, int]]:
    """Cells as stretches of the row's letters and digits."""
    out, at = set(), 0
    for text in cells:
        size = sum(map(str.isalnum, text))
        if size:
            out.add((at, at + size))
            at += size
    return out


def predict(item: Item, numbers: gt.Numbers) -> dict[str, tuple[tuple[str, ...], float, gt.GluedTable]]:
    """The rows found in an item, by line."""
    out = {}
    for run in blocks(item.lines):
        while len(run) > 1:
            table = gt.find(run, item.vocabulary, numbers)
            if table is None:
                break
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
            self.update(rows=1, gold=len(want), got=len(got), hit=len(want & got), exact=want == got)
        self.update(false=sum(line not in gold for line in found))
        self.update(false_cells=sum(len(spans(found[line][0])) for line in found if line not in gold))

    @property
    def cells_f1(self) -> float:
        return 2 * self["hit"] / max(1, self["gold"] + self["got"] + self["false_cells"])

    def __str__(self) -> str:
        hit, gold, f1 = self["hit"], self["gold"], self.cells_f1
        precision, recall = hit / max(1, self["got"]), hit / max(1, gold)
        rows = f"rows {self['exact'] / max(1, self['rows']):.3f} of {self['rows']}, false {self['false']}"
        return f"cells F1 {f1:.3f} P {precision:.3f} R {recall:.3f}  {rows}"


def cross_validate(items: list[Item], fitted: list[gt.Numbers]) -> dict[str, Score]:
    """Scores by set, each item measured with numbers that never saw its page."""
    out: dict[str, Score] = defaultdict(Score)
    for item in items:
        out[item.set].add(item, predict(item, fitted[item.fold]))
    return out


class Doubt(NamedTuple):
    """A row that was found: what tells whether it is right, and whether it is."""

    fold: int
    facts: list[float]
    right: bool
    weight: float


def doubts(items: list[Item], fitted: list[gt.Numbers]) -> list[Doubt]:
    """All rows found in the items. Rows of a large table count less each."""
    out = []
    for item in items:
        gold = {row.line: spans(row.cells) for table in item.tables for row in table}
        for run in blocks(item.lines):
            for fit, _ in gt.search(run, item.vocabulary, fitted[item.fold]):
                for i in fit.parted():
                    right = gold.get(fit.rows[i].text) == spans(c.text for c in fit.readings[i].cells if c)
                    facts = list(fit.doubts(i).values())
                    out.append(Doubt(item.fold, facts, right, len(fit.rows) ** -0.5))
    return out


def fit_sureness(found: list[Doubt]) -> dict[str, float]:
    """Weights by which a row's facts give the chance that it is right: a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=500)
    model.fit([d.facts for d in found], [d.right for d in found], sample_weight=[d.weight for d in found])
    return {"sure " + name: round(float(w), 3) for name, w in zip(SURE, model.coef_[0], strict=True)}


def held_out(found: list[Doubt]) -> Iterator[tuple[float, bool]]:
    """How sure each row is said to be by numbers that never saw its page, and whether it is right."""
    for fold in range(FOLDS):
        weights = fit_sureness([d for d in found if d.fold != fold])
        for d in found:
            if d.fold == fold:
                odds = sum(weights["sure " + name] * x for name, x in zip(SURE, d.facts, strict=True))
                yield 1 / (1 + math.exp(-odds)), d.right


def calibration(found: list[Doubt]) -> Iterator[str]:
    """How many rows of each degree of confidence are right, measured by pages the confidence never saw."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for sure, right in held_out(found):
        bins[sum(sure >= limit for limit in (0.5, 0.7, 0.8, 0.9, 0.95))].append(right)
    names = ("under .5", ".5 to .7", ".7 to .8", ".8 to .9", ".9 to .95", ".95 and more")
    for k, rights in sorted(bins.items()):
        yield f"sure {names[k]:13} {len(rights):5} rows, {sum(rights) / len(rights):.3f} right"


def write(numbers: gt.Numbers) -> None:
    """Put the numbers where copydesk reads them, one a line so that changes can be read."""
    path = Path(gt.__file__).with_suffix(".json")
    data = {"gaps": dict(numbers.gaps), "shapes": dict(numbers.shapes), "weights": dict(numbers.weights)}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(numbers.gaps)} facts, {len(numbers.shapes)} shapes, {path.stat().st_size // 1024} KiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write glued_tables.json beside glued_tables.py")
    args = parser.parse_args()
    items, weights, scores, found = measure(args.folder)
    for name, score in scores.items():
        print(f"{name:15} {score}")
    print(*calibration(found), sep="\n")
    final = dataclasses.replace(fit(items), weights=weights)
    measure_articles(args.folder, final)
    if args.write:
        write(final)


def measure(folder: Path) -> tuple[list[Item], dict[str, float], dict[str, Score], list[Doubt]]:
    """The items that are fitted to, the weights, and how rows are found and believed, each page held out."""
    items = [i for i in read_items(folder, ("a_tables", "a_seedlike")) if i.set in LIVELY]
    fitted = [fit([item for item in items if item.fold != fold]) for fold in range(FOLDS)]
    weights = fit_weights(items, fitted)
    fitted = [dataclasses.replace(numbers, weights=weights) for numbers in fitted]
    found = doubts([item for item in items if item.set != "seedlike"], fitted)
    weights |= fit_sureness(found)
    fitted = [dataclasses.replace(numbers, weights=weights) for numbers in fitted]
    return items, weights, cross_validate(items, fitted), found


def measure_articles(folder: Path, numbers: gt.Numbers) -> None:
    """False rows and time on whole articles, which have hardly a table."""
    for name in ("a_sh_main", "a_fundus_main", "a_moz_clean"):
        score, items = Score(), read_items(folder, (name,))
        start = time.perf_counter()
        for item in items:
            score.add(item, predict(item, numbers))
        per_kib = (time.perf_counter() - start) / sum(item.chars for item in items) * 1024 * 1000
        print(f"{name:15} {score}  {per_kib:.2f} ms/KiB")


if __name__ == "__main__":
    main()
