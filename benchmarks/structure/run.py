"""One run of the benchmark: its parts, each a piece of Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.structure import calibration, extractor, fit_table_odds, intervals, kept, peers, speed
from benchmarks.structure.documents import Asked, Outcome, outcomes
from benchmarks.structure.goals import GOALS, Goal
from benchmarks.structure.printing import figure, span, table
from benchmarks.structure.scoring import COLUMNS, Scorer
from benchmarks.structure.sets import SETS, Form, Mode, Set, corpus, gold_of, key_of, questions

__all__ = ["PARTS", "Measured", "Run"]

PARTS = ("scores", "kept", "replay", "calibration", "speed")
PAGES_NAME = {"trafilatura-blocks", "readability-blocks"}
"""Peers that were given pages where the others were given flat text."""

Span = tuple[float, float]
Scored = tuple[Any, Any]
"""The page of an item, and what the scorer counts of the item."""


class Measured(NamedTuple):
    """A figure and its interval."""

    value: float | None
    interval: Span | None = None


class Run:
    """Measures what is asked for. What a goal speaks of is remembered in `measured`."""

    def __init__(self, folder: Path, parts: Collection[str] = PARTS, sets: Collection[str] = (), jobs: int = 1) -> None:
        self.folder = folder
        self.parts = parts
        self.sets = [one for one in SETS if (not sets or one.name in sets) and gold_of(folder, one)]
        self.jobs = jobs
        self.scorer = Scorer(folder)
        self.peers = peers.peers_of(folder)
        self.measured: dict[tuple[str, str], Measured] = {}
        self.outcomes: dict[Any, Outcome] = {}

    def sections(self) -> Iterator[str]:
        """The parts as they are done, the goals at the end."""
        self._read()
        if "scores" in self.parts:
            yield from self._scores()
        if "kept" in self.parts:
            yield self._kept()
        if "calibration" in self.parts:
            yield from self._calibration()
        if "replay" in self.parts:
            yield self._replay()
        if "speed" in self.parts:
            yield self._speed()
        yield self._goals()

    def _read(self) -> None:
        """Every document that the parts need, once."""
        tasks: dict[Any, dict[str, Any]] = {}
        if {"kept", "replay"} & set(self.parts):
            tasks |= {key: item for key, item in corpus(self.folder) if "replay" in self.parts or key[0] == "html"}
        if "scores" in self.parts:
            for one in self.sets:
                tasks |= dict(questions(self.folder, one))
        asked = Asked(predict=bool({"scores", "replay"} & set(self.parts)), kept="kept" in self.parts)
        self.outcomes = outcomes(tasks.items(), asked, self.jobs)

    # ── Scores ───────────────────────────────────────────────────────────────────────────────────────

    def _scores(self) -> Iterator[str]:
        for title, form, mode in _TABLES:
            chosen = [one for one in self.sets if (one.form, one.mode) == (form, mode)]
            if not chosen:
                continue
            rows: list[list[str]] = []
            counted = {one.name: self._counted(one) for one in chosen}
            for one in chosen:
                rows += self._rows(one, counted[one.name])
            yield f"## {title}\n\n" + table(["set", "by", "n", *COLUMNS[mode]], rows, left=2)
            if mode == "blocks":
                yield self._comments(chosen)
            if mode == "extract":
                yield self._against_extractor(chosen[0], counted[chosen[0].name])

    def _counted(self, one: Set) -> list[Scored]:
        out = []
        for gold in gold_of(self.folder, one):
            predicted = self.outcomes[key_of(one, gold)].prediction
            out.append((gold["page"], self.scorer.counts(one.mode, gold, predicted)))
        return out

    def _rows(self, one: Set, counted: list[Scored]) -> Iterator[list[str]]:
        """Our figures, the ends of their intervals, and every peer's figures."""
        pages = intervals.by_page(counted)
        own = self.scorer.figures(one.mode, [counts for _, counts in counted])
        spans = intervals.intervals(pages, lambda drawn: self.scorer.figures(one.mode, drawn))
        self.measured |= {(one.name, name): Measured(value, spans.get(name)) for name, value in own.items()}
        columns = COLUMNS[one.mode]
        yield [one.name, "copydesk", str(len(counted)), *(figure(own[name]) for name in columns)]
        for end, said in enumerate(("… from", "… to")):
            if spans:
                ends = [spans[name][end] if name in spans else None for name in columns]
                yield [one.name, said, f"{len(pages)} p.", *map(figure, ends)]
        for peer in self.peers:
            pages_read = one.form == "html" and one.mode == "blocks"
            if peer.set == one.name and (peer.name in PAGES_NAME) >= pages_read:
                count = peer.figures.get("n") or peer.figures.get("items") or 0
                yield [one.name, peer.name, f"{count:.0f}", *(figure(peer.figures.get(name)) for name in columns)]

    def _comments(self, chosen: list[Set]) -> str:
        """The leak, with readers' comments counted apart."""
        names = ("leak", "leak of comments", "leak without comments", "leak of pages without comments")
        rows = [
            [one.name, *(f"{figure(m.value)} ({span(m.interval)})" for m in found)]
            for one in chosen
            if (found := [self.measured[one.name, name] for name in names])[1].value is not None
        ]
        head = ["set", "all", "of comments", "of all else", "of pages that have none"]
        return (
            "Boilerplate words kept, readers' comments apart (see comments.py):\n\n" + table(head, rows) if rows else ""
        )

    def _against_extractor(self, one: Set, counted: list[Scored]) -> str:
        """In how many resamplings of pages our text of articles is better than the extractor's own."""
        extract = extractor.fast()
        if extract is None:
            return f"{one.name} against trafilatura fast: {extractor.NOT_RUN}"
        asked = [item for _, item in questions(self.folder, one)]
        theirs = [
            self.scorer.counts("extract", gold, {"text": extract(item["html"])})
            for gold, item in zip(gold_of(self.folder, one), asked, strict=True)
        ]
        pairs = [(page, (ours, other)) for (page, ours), other in zip(counted, theirs, strict=True)]
        better, own = 0, self.scorer.figures("extract", theirs)["F1"]
        for drawn in intervals.draws(intervals.by_page(pairs)):
            first, second = (self.scorer.figures("extract", list(side))["F1"] or 0 for side in zip(*drawn, strict=True))
            better += first > second
        of_ten = 10 * better / intervals.DRAWS
        self.measured["b_extract against trafilatura fast", "better in N of 10"] = Measured(of_ten)
        return (
            f"{one.name}: trafilatura fast, run here, has F1 {figure(own)}; ours is better in {of_ten:.1f} of 10 "
            f"resamplings of pages ({intervals.DRAWS} draws)."
        )

    # ── The other parts ──────────────────────────────────────────────────────────────────────────────

    def _kept(self) -> str:
        total: Counter[str] = Counter()
        arrived: Counter[str] = Counter()
        for outcome in self.outcomes.values():
            for kind, found in outcome.arrived:
                total[kind] += 1
                arrived[kind] += found
        rows = []
        for kind in kept.KINDS:
            share = arrived[kind] / total[kind] if total[kind] else None
            self.measured["kept", kind] = Measured(share)
            rows.append([kind, str(arrived[kind]), str(total[kind]), figure(share)])
        return "## Kept of the pages' own structure\n\n" + table(["kind", "kept", "of", "share"], rows)

    def _calibration(self) -> Iterator[str]:
        """How far the confidence of rows can be trusted, and cells of tables never fitted to."""
        said = dict(calibration.as_shipped(self.folder))
        scores: dict[str, fit_table_odds.Score] = {}
        if calibration.can_hold_out():
            measured = fit_table_odds.measure(self.folder)
            scores, held = measured.scores, measured.said
            said["page held out"] = held
            self.measured["rows said to be .9 sure or more", "right"] = Measured(calibration.share_sure(held)[1])
        rows = []
        for name, rows_said in said.items():
            count, right = calibration.share_sure(rows_said)
            tenths = [f"{figure(share)} ({many})" if many else "–" for _, many, share in calibration.bins(rows_said)]
            rows.append([name, f"{figure(right)} ({count})", *tenths])
        head = ["rows right (of)", "sure .9 or more", *(f".{k}" for k in range(10))]
        yield "## Calibration of table rows\n\n" + table(head, rows)
        if not scores:
            yield f"Tables with each page held out of the fit: {calibration.NOT_RUN}"
            return
        rows = []
        for name, score in scores.items():
            cells, exact = score.cells_f1, score["exact"] / max(1, score["rows"])
            self.measured[f"{name}, page held out", "cells"] = Measured(cells)
            rows.append([name, figure(cells), figure(exact), str(score["rows"]), str(score["false"])])
        yield "Tables with each page held out of the fit:\n\n" + table(["set", "cells", "exact", "rows", "false"], rows)

    def _replay(self) -> str:
        """On how many documents the changes, replayed on the source's letters, give the tree's."""
        lines = []
        for form in ("text", "html"):
            found = {key[1]: outcome for key, outcome in self.outcomes.items() if key[0] == form}
            refused = {name: each.refused for name, each in found.items() if each.refused}
            broken = {name: each.broken for name, each in found.items() if each.broken}
            lines.append(
                f"- {form}: {len(found) - len(refused)} documents checked, {len(broken)} fail, {len(refused)} refused."
            )
            lines += [f"  - FAILS {name}: {why}" for name, why in broken.items()]
            lines += [f"  - refused {name}: {why}" for name, why in refused.items()]
        return "## Replay\n\n" + "\n".join(lines)

    def _speed(self) -> str:
        lines = []
        texts = [
            i for one in SETS if one.form == "text" and one.file != "a_tables" for _, i in questions(self.folder, one)
        ]
        if texts:
            rate = speed.text_speed(texts)
            self.measured["text to tree", "MB/s"] = Measured(rate)
            lines.append(f"- Text to tree: {rate:.2f} MB/s of CPU time on one core, {len(texts)} texts.")
        extract = extractor.fast()
        if extract is None:
            lines.append(f"- Page to tree against trafilatura fast: {extractor.NOT_RUN}")
        else:
            for name, pages in _pages_to_time(self.folder):
                found = speed.page_speed(pages, extract)
                self.measured[f"page to tree, {name}", "times the extractor"] = Measured(found.ratio)
                lines.append(
                    f"- Page to tree, {len(pages)} pages of {name}: {found.ours:.1f} ms, {found.ratio:.2f} times "
                    f"trafilatura fast ({found.extractor:.1f} ms); the middle page {found.middle:.2f} times."
                )
        return "## Speed\n\n" + "\n".join(lines)

    def _goals(self) -> str:
        """What was measured beside what is aimed at."""
        rows = [self._goal(goal, found) for goal in GOALS if (found := self.measured.get((goal.set, goal.figure)))]
        head = ["set", "figure", "ours", "95 % interval", "goal", "reached", "best peer", "simple++"]
        return "## Against the goals\n\n" + table(head, rows, left=2) if rows else ""

    def _goal(self, goal: Goal, found: Measured) -> list[str]:
        best = peers.best(self.peers, goal.set, goal.figure, goal.at_most)
        rules = next(
            (p.figures.get(goal.figure) for p in self.peers if (p.set, p.name) == (goal.set, "simple++")), None
        )
        reached = "–" if found.value is None else "yes" if goal.holds(found.value) else "no"
        shown = [figure(found.value), span(found.interval), str(goal), reached, figure(best), figure(rules)]
        return [goal.set, goal.figure, *shown]


_TABLES: tuple[tuple[str, Form, Mode], ...] = (
    ("Blocks, from flat text", "text", "blocks"),
    ("Blocks, from HTML", "html", "blocks"),
    ("Article text, from HTML", "html", "extract"),
    ("Snippets to keep and to drop, from HTML", "html", "snippets"),
    ("Title, authors, date, from HTML", "html", "meta"),
)


def _pages_to_time(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Pages that are timed, by name: the ones of two sets, for an extractor's time varies with what pages are like."""
    for name in ("b_extract", "b_meta"):
        pages = [item for one in SETS if one.name == name for _, item in questions(folder, one)]
        if pages:
            yield name, pages
