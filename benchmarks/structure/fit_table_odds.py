"""Fit the numbers of `convert/cleaning/glued_tables.json` on gold tables, and measure them by cross-validation.

    python benchmarks/structure/fit_table_odds.py BENCH_FOLDER [--write]

BENCH_FOLDER holds `a_tables.jsonl.gz` and `a_seedlike.jsonl.gz` with gold rows, whole pages (PAGES) that teach what is
no table, and articles (ARTICLES) in which false rows are counted. Needs numpy, scipy and scikit-learn; copydesk itself
does not. Pages never stand on both sides of a fold. Only numbers are kept: facts are made of character kinds, never of
words.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from convert.cleaning import glued_columns as gc
from convert.cleaning import glued_evidence as ge
from convert.cleaning import glued_tables as gt

if __package__:
    from benchmarks.structure.gold_tables import (
        FOLDS,
        GoldRow,
        Item,
        blocks,
        joined,
        made_up,
        read_items,
        spaced,
        spans,
    )
    from benchmarks.structure.measure_tables import Score, lines_of, measure_articles, measure_errors, measure_speed
    from benchmarks.structure.measure_tables import measure as scores_of
else:
    from gold_tables import FOLDS, GoldRow, Item, blocks, joined, made_up, read_items, spaced, spans
    from measure_tables import Score, lines_of, measure_articles, measure_errors, measure_speed
    from measure_tables import measure as scores_of


MADE_UP = 150
WEIGHTS = {
    "odds": 1.0, "open": -2.0, "start": -2.0, "end": -2.0, "number": -1.6, "lower": -0.2,
    "shape": 0.3, "core": 0.1, "size": 0.25, "text": 0.3, "edge": 0.4, "follows": 0.8, "presence": 0.5, "cell": -0.4,
    "absence": 0.5, "empty": 0.0, "empty first": -0.5,
    "head": -1.0, "head odds": 1.7, "head faults": -1.0, "head empty": -2.5, "full": -5.0,
}  # fmt: skip
WEIGHTS |= {"choose " + name: WEIGHTS.get(name, 0.0) for name in gt.CHOICE}
SURE = ("bias", "share", "agree", "clear", "columns", "weakest", "missed", "digits", "margin", "rival")
WEIGHTS |= {"sure " + name: 0.0 for name in SURE}
TRUST = {False: 0.8, True: 1.2}  # log odds that lines must have to be a table: false tables are worse than missed ones
SIGNS = (
    "bias", "margin", "rival", "rows", "agree", "whole", "empty", "figures", "faults", "share", "two", "head", "long",
)  # fmt: skip
SPACED_SIGNS = ("alike", "figured", "small", "stops", "capitals")  # glued lines are too seldom no table to fit these
WEIGHTS |= {
    "table " + name: 9.0 * (name == "bias") for name in (*SIGNS, *SPACED_SIGNS)
}  # every stretch is a table until fitted
GLUED = {"tables_regular", "tables_ragged", "seedlike"}  # sets whose cells are glued: the others have spaces
MEASURED = {"tables_regular", "tables_ragged", "tables_real"}  # sets whose found rows tell how sure to be
Said = tuple[float, bool]
"""How sure a row is said to be, and whether it is right."""

ARTICLES = ("a_sh_main", "a_fundus_main", "a_moz_clean")
PAGES = ("a_sh_full", "a_fundus_full", "a_moz_main")  # whole pages: what is no table in them teaches what is none


# ── Fitting ──────────────────────────────────────────────────────────────────────────────────────────


def gap_examples(item: Item, spaced: bool) -> Iterator[tuple[list[str], bool]]:
    """The facts of every gap in an item's gold rows that may be a border, and whether it is one."""
    for table in item.tables:
        known = gt.knowledge([row.line for row in table], item.vocabulary)
        for row in table:
            kinds = ge.kinds_of(row.line)
            for at in ge.places(row.line, kinds, known, spaced):
                yield ge.gap_facts(row.line, kinds, at, known, row.head), at in row.borders


def fit_gaps(items: Iterable[Item], strength: float, spaced: bool) -> dict[str, float]:
    """Odds by fact: a logistic regression over facts seen on at least two pages."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    examples: list[tuple[list[str], bool]] = []
    pages: dict[str, set[str]] = defaultdict(set)
    weights = []
    for item in items:
        found = list(gap_examples(item, spaced))
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
    return {"bias": round(float(model.intercept_[0]), 2)} | {k: v for k, v in sorted(out.items()) if abs(v) >= 0.12}


def fit_usual(items: Iterable[Item]) -> dict[str, float]:
    """How common each shape, core, size and border of a cell is."""
    seen: Counter[str] = Counter()
    pages: dict[str, set[str]] = defaultdict(set)
    total = 0.0
    for item in items:
        for table in item.tables:
            for row in table[1:]:
                kinds, at = ge.kinds_of(row.line), 0
                for text in row.cells:
                    cell, at = ge.cell(text), row.line.index(text, at)
                    total += 1 / len(table)
                    edge = ge.pair_at(kinds, at) if at else ""
                    for name in ("shape " + cell.shape, "core " + cell.core, f"size {cell.size}", "edge " + edge):
                        seen[name] += 1 / len(table)
                        pages[name].add(item.id.split("#")[0])
                    at += len(text)
    return {s: round(n / total, 4) for s, n in sorted(seen.items()) if len(pages[s]) > 2 and n / total > 0.0007}


def fit(items: list[Item], articles: list[Item], spaces: bool) -> gt.Numbers:
    """The numbers of a detector but for the weights that are fitted on what it finds."""
    made = made_up(MADE_UP)
    items = items + ([spaced(item) for item in made] if spaces else made)
    against = [_plain(item) for item in articles] if spaces else []
    weights = WEIGHTS | {"trust": TRUST[spaces]}
    return gt.Numbers(fit_gaps(items + against, 0.3, spaces), fit_usual(items), weights, spaces)


def _plain(article: Item) -> Item:
    """The lines of an article that might be taken for rows but are none, each as one cell."""
    gold = {row.line for table in article.tables for row in table}
    rows = []
    for run in blocks(article.lines):
        lines = [line for line in run if len(run) > 2 and line not in gold and len(line) <= gt.MAX_SPACED]
        rows += [joined((line,), "", False) for line in lines[:60] if ge.may_be_row(line, True)]
    return article._replace(tables=[rows])


def fits_of(table: list[GoldRow], item: Item, numbers: gt.Numbers) -> list[tuple[float, list[float]]]:
    """For each likely number of columns: how much of the table it cuts right, and the evidence for it a row."""
    table = table[: gt.SAMPLE]
    known = gt.knowledge([row.line for row in table], item.vocabulary)
    rows = [gc.Row(row.line, numbers, known, not i) for i, row in enumerate(table)]
    out = []
    for width in gt.likely_widths(rows):
        fit, right = gt.Fit(rows, width, numbers), 0.0
        for i, row in enumerate(table):
            want, got = spans(row.cells), spans(c.text for c in fit.readings[i].cells if c)
            right += (want == got) + 0.1 * len(want & got) / max(1, len(want))
        out.append((right / len(rows), [value / len(rows) for value in fit.told]))
    return out


class Choice(NamedTuple):
    """The evidence for several numbers of columns, the best first."""

    fold: int
    told: list[list[float]]


def choices(items: list[Item], fitted: list[gt.Numbers]) -> list[Choice]:
    """For each gold table what must be chosen, read with odds that never saw its page."""
    out = []
    for item in items:
        for table in item.tables:
            if max(len(row.cells) for row in table) > 1 < len(table):
                ranked = sorted(fits_of(table, item, fitted[item.fold]), key=lambda each: -each[0])
                if len(ranked) > 1 and ranked[0][0] > ranked[-1][0] + 0.05:
                    out.append(Choice(item.fold, [told for _, told in ranked]))
    return out


def fit_choice(found: Iterable[Choice], strength: float = 0.007) -> dict[str, float]:
    """Weights under which the best number of columns is the likeliest: a conditional logit, by gradient."""
    import numpy as np
    from scipy.optimize import minimize

    begin = np.array([WEIGHTS["choose " + name] for name in gt.CHOICE])
    groups = [np.array(choice.told) for choice in found]

    def loss(w: Any) -> Any:
        total, slope = strength * float(((w - begin) ** 2).sum()), 2 * strength * (w - begin)
        for group in groups:
            z = group @ w
            z -= z.max()
            p = np.exp(z) / np.exp(z).sum()
            total -= math.log(p[0] + 1e-9) / len(groups)
            slope -= (group[0] - p @ group) / len(groups)
        return total, slope

    best = minimize(loss, begin, jac=True, method="L-BFGS-B").x
    return {"choose " + name: round(float(value), 3) for name, value in zip(gt.CHOICE, best, strict=True)}


# ── Doubts ───────────────────────────────────────────────────────────────────────────────────────────


class Doubt(NamedTuple):
    """A row or table that was found: what tells whether it is right, and whether it is."""

    fold: int
    facts: list[float]
    right: bool
    weight: float


def found_in(items: list[Item], fitted: list[gt.Numbers]) -> Iterator[tuple[Item, gt.Fit]]:
    for item in items:
        for run in blocks(item.lines):
            for fit, _ in gt.search(run, item.vocabulary, fitted[item.fold]) if len(run) > 1 else ():
                yield item, fit


def table_doubts(items: list[Item], fitted: list[gt.Numbers], names: list[str]) -> list[Doubt]:
    """All stretches that might be tables."""
    out = []
    for item, fit in found_in(items, fitted):
        gold = {row.line for table in item.tables for row in table}
        right = sum(row.text in gold for row in fit.rows) * 2 > len(fit.rows)
        signs = fit.signs()
        out.append(Doubt(item.fold, [signs[name] for name in names], right, 1.0))
    return out


def row_doubts(items: list[Item], fitted: list[gt.Numbers]) -> list[Doubt]:
    """All rows found in the items. Rows of a large table count less each."""
    out = []
    for item, fit in found_in(items, fitted):
        if fit.odds() <= 0:
            continue
        gold = {row.line: spans(row.cells) for table in item.tables for row in table}
        for i in fit.parted():
            right = gold.get(fit.rows[i].text) == spans(c.text for c in fit.readings[i].cells if c)
            out.append(Doubt(item.fold, list(fit.doubts(i).values()), right, len(fit.rows) ** -0.5))
    return out


def fit_doubts(found: Iterable[Doubt], names: Iterable[str]) -> dict[str, float]:
    """Weights by which facts give the log odds that a row or table is right: a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    rows = list(found)
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=500)
    model.fit([d.facts for d in rows], [d.right for d in rows], sample_weight=[d.weight for d in rows])
    return {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}


def calibration(said: Iterable[Said]) -> Iterator[str]:
    """How many rows of each degree of confidence are right, measured by pages the confidence never saw."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for sure, right in said:
        bins[sum(sure >= limit for limit in (0.5, 0.7, 0.8, 0.9, 0.95))].append(right)
    names = ("under .5", ".5 to .7", ".7 to .8", ".8 to .9", ".9 to .95", ".95 and more")
    for k, rights in sorted(bins.items()):
        yield f"  sure {names[k]:13} {len(rights):5} rows, {sum(rights) / len(rights):.3f} right"
    top = [right for k, rights in bins.items() if k > 3 for right in rights]
    yield f"  sure .9 and more    {len(top):5} rows, {sum(top) / max(1, len(top)):.3f} right"


def write(detectors: Iterable[gt.Numbers]) -> None:
    """Put the numbers where copydesk reads them, one a line so that changes can be read."""
    path = Path(gt.__file__).with_suffix(".json")
    path.write_text(
        json.dumps([dataclasses.asdict(n) for n in detectors], ensure_ascii=False, indent=0) + "\n", "utf-8"
    )
    print(f"{path.name}: {path.stat().st_size // 1024} KiB")


def detector(items: list[Item], articles: list[Item], spaces: bool) -> tuple[list[gt.Numbers], gt.Numbers, list[Said]]:
    """A detector's numbers by fold, each without the fold's pages; its numbers from all; its held-out rows."""

    def others(found: Iterable[Any], fold: int) -> list[Any]:
        return [each for each in found if each.fold != fold]

    def refine(found: list[Any], fitter: Callable[[Iterable[Any]], dict[str, float]]) -> None:
        """Fit some weights: for each fold on what was found in others, and for all on everything."""
        for fold, numbers in enumerate(parts):
            parts[fold] = dataclasses.replace(numbers, weights=numbers.weights | fitter(others(found, fold)))
        whole.append(dataclasses.replace(whole[-1], weights=whole[-1].weights | fitter(found)))

    parts = [fit(others(items, fold), others(articles, fold), spaces) for fold in range(FOLDS)]
    whole = [fit(items, articles, spaces)]
    refine(choices(items, parts), fit_choice)
    texts = [item for item in items if item.set in MEASURED] + articles
    signs = [*SIGNS, *SPACED_SIGNS] if spaces else [*SIGNS]
    refine(table_doubts(texts, parts, signs), lambda found: fit_doubts(found, ["table " + name for name in signs]))
    rows = row_doubts(texts, parts)
    refine(rows, lambda found: fit_doubts(found, ["sure " + name for name in SURE]))
    caution = careful(rows, parts)
    parts, final = [cautious(numbers, caution) for numbers in parts], cautious(whole[-1], caution)
    return parts, final, [(1 / (1 + math.exp(-said(d, parts[d.fold]))), d.right) for d in rows]


def said(d: Doubt, numbers: gt.Numbers) -> float:
    """The log odds that a row is right, as the detector says them."""
    return sum(numbers.weights["sure " + name] * x for name, x in zip(SURE, d.facts, strict=True))


def careful(rows: list[Doubt], fitted: list[gt.Numbers]) -> float:
    """What the log odds must be multiplied by so that of the rows said .9 sure 95.5 % are right."""
    odds = [(said(d, fitted[d.fold]), d.right) for d in rows]
    for step in range(30):
        top = [right for value, right in odds if value * (1 - step / 40) >= math.log(9)]
        if sum(top) >= 0.955 * len(top):
            break
    return 1 - step / 40


def cautious(numbers: gt.Numbers, caution: float) -> gt.Numbers:
    less = {name: round(w * caution, 3) for name, w in numbers.weights.items() if name.startswith("sure ")}
    return dataclasses.replace(numbers, weights=numbers.weights | less)


class Measured(NamedTuple):
    """The items, the numbers fitted to all of them, and scores by set and rows' sureness with each page held out."""

    items: list[Item]
    final: tuple[gt.Numbers, ...]
    scores: dict[str, Score]
    said: list[Said]


def fit_all(folder: Path) -> tuple[list[Item], list[tuple[gt.Numbers, ...]], tuple[gt.Numbers, ...], list[list[Said]]]:
    """The items, both detectors' numbers by fold and from all, and their held-out rows."""
    items = read_items(folder, ("a_tables", "a_seedlike"))
    articles, pages = read_items(folder, ARTICLES), read_items(folder, PAGES)
    dense = [item for item in items if item.set in GLUED]
    loose = [item for item in items if item.set == "tables_real"] + [spaced(i) for i in dense if i.set != "seedlike"]
    glued, all_glued, said_glued = detector(dense, articles, False)
    wide, all_wide, said_wide = detector(loose, pages, True)
    return items, list(zip(glued, wide, strict=True)), (all_glued, all_wide), [said_glued, said_wide]


def measure(folder: Path) -> Measured:
    """Fit, and measure each page with numbers that never saw it."""
    items, fitted, final, said = fit_all(folder)
    scores = {name: Score(sum(pages.values(), Score())) for name, pages in scores_of(items, fitted).items()}
    return Measured(items, final, scores, said[0] + said[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write glued_tables.json beside glued_tables.py")
    args = parser.parse_args()
    items, fitted, final, (said_glued, said_wide) = fit_all(args.folder)
    print("Each page measured with numbers that never saw it:")
    print(*lines_of(scores_of(items, fitted)), sep="\n")
    print("In-sample:")
    print(*lines_of(scores_of(items, [final] * FOLDS)), sep="\n")
    print("Cells that ran together:", *calibration(said_glued), sep="\n")
    print("Cells with a space between:", *calibration(said_wide), sep="\n")
    print("Errors of unseen pages:")
    measure_errors(items, fitted)
    measure_articles(read_items(args.folder, ARTICLES), fitted)
    measure_speed(items, final)
    if args.write:
        write(final)


if __name__ == "__main__":
    main()
