"""The whole road of flat text, each page with weights of line roles that never saw its publisher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

from benchmarks.structure.predict import predict
from benchmarks.structure.printing import figure
from benchmarks.structure.scoring import COLUMNS, Scorer
from benchmarks.structure.sets import SETS, gold_of, questions
from convert.cleaning.line_roles import Weights
from convert.report import Report

__all__ = ["road"]


def road(folder: Path, weights: Mapping[str, Weights]) -> Iterator[str]:
    """The figures of each text set whose every item has weights of its own, by the item's id; a line a set."""
    scorer = Scorer(folder)
    for one in (one for one in SETS if one.form == "text"):
        gold = gold_of(folder, one)
        if not gold or any(item["id"] not in weights for item in gold):
            continue
        counted = []
        for item, (_, asked) in zip(gold, questions(folder, one), strict=True):
            with patch.object(Weights, "packaged", staticmethod(lambda fitted=weights[item["id"]]: fitted)):
                counted.append(scorer.counts(one.mode, item, predict(asked, Report())))
        figures = scorer.figures(one.mode, counted)
        yield f"{one.name:14} " + "  ".join(f"{name} {figure(figures[name])}" for name in COLUMNS[one.mode])
