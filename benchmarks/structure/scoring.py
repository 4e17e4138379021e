"""Scores by the benchmark's own `score.py`, which is loaded from its folder.

The scorer counts each item and makes figures of the sums. Here the counts stay by page, so that pages can be drawn
again (`intervals`); a figure of a draw is made of the summed counts by the same function of the scorer.
"""

from __future__ import annotations

import importlib.util
import statistics
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.structure import comments
from benchmarks.structure.sets import Mode

__all__ = ["COLUMNS", "Scorer"]

COLUMNS: dict[Mode, tuple[str, ...]] = {
    "blocks": (
        "micro", "macro", "title", "head", "para", "list", "row", "cells", "exact", "loss", "leak", "dup", "space",
    ),
    "extract": ("F1", "P", "R", "acc"),
    "snippets": ("acc", "F1", "P", "R", "leaked", "lost"),
    "meta": ("title_exact", "title_close", "authors_F1", "date_day"),
}  # fmt: skip
"""The figures of each mode, named as in the peers' files."""

TYPES = {"title": "title", "heading": "head", "paragraph": "para", "list_item": "list", "table_row": "row"}

Figures = dict[str, float | None]


class Scorer:
    """The scorer of a benchmark's folder: `counts` of one item, `figures` of many."""

    def __init__(self, folder: Path) -> None:
        found = importlib.util.spec_from_file_location("score_of_the_bench", folder / "score.py")
        if found is None or found.loader is None:
            raise FileNotFoundError(folder / "score.py")
        self.score: Any = importlib.util.module_from_spec(found)
        found.loader.exec_module(self.score)
        self.score.key = lru_cache(50_000)(self.score.key)  # the same texts are asked for again and again

    def counts(self, mode: Mode, gold: dict[str, Any], predicted: dict[str, Any]) -> Any:
        """What the scorer counts of one item."""
        return _COUNTS[mode](self, gold, {**deepcopy(predicted), "id": gold["id"]})

    def figures(self, mode: Mode, counts: list[Any]) -> Figures:
        """The figures of many items' counts."""
        return _FIGURES[mode](self, counts)

    def _count_blocks(self, gold: dict[str, Any], predicted: dict[str, Any]) -> Counter[Any]:
        counts: Counter[Any] = self.score.score_item(gold, predicted)
        rest = comments.without(gold)
        if len(rest["blocks"]) < len(gold["blocks"]):  # what leaks of comments is what leaks less without them
            counts["comment pages"] = 1
            less = self.score.score_item(rest, deepcopy(predicted))
        else:
            less = counts
        counts["rest tok"], counts["rest leak"] = less["b_tok"], less["b_leak"]
        return counts

    def _make_blocks(self, counts: list[Counter[Any]]) -> Figures:
        total: Counter[Any] = Counter()
        for each in counts:
            total.update(each)
        told = self.score.summarise(total)
        cells = told.get("cells") or {}
        out: Figures = {"micro": told["micro_F1"], "macro": told["macro_F1"]}
        out |= {short: (told["types"].get(kind) or {}).get("F1") for kind, short in TYPES.items()}
        out |= {"cells": cells.get("F1"), "exact": cells.get("row_exact")}
        out |= {"loss": told["loss"], "leak": told["leak"], "dup": told["dup_leak"]}
        out |= {"space": (told.get("spacing") or {}).get("F1"), "level": told.get("heading_level_ok")}
        said, kept = total["b_tok"] - total["rest tok"], total["b_leak"] - total["rest leak"]
        out["leak of comments"] = kept / said if said else None
        out["leak without comments"] = total["rest leak"] / total["rest tok"] if total["rest tok"] else None
        plain = [each for each in counts if not each["comment pages"]]
        words = sum(each["b_tok"] for each in plain)
        out["leak of pages without comments"] = sum(each["b_leak"] for each in plain) / words if words else None
        return out

    def _count_extract(self, gold: dict[str, Any], predicted: dict[str, Any]) -> tuple[Any, float]:
        text = self.score.ptext(predicted) or ""
        same = self.score.cmd_extract([gold], [predicted], boot=0)["ALL"]["acc"]
        return self.score.sh_tpfpfn(gold["articleBody"], text), same

    def _make_extract(self, counts: list[tuple[Any, float]]) -> Figures:
        figures: Figures = self.score.sh_metrics([each for each, _ in counts])
        return {**figures, "acc": statistics.mean(same for _, same in counts)}

    def _count_snippets(self, gold: dict[str, Any], predicted: dict[str, Any]) -> Counter[str]:
        told = self.score.cmd_snippets([gold], [predicted])["ALL"]
        return Counter({name: told[name] for name in ("with", "without", "leaked", "lost")})

    def _make_snippets(self, counts: list[Counter[str]]) -> Figures:
        total: Counter[str] = Counter()
        for each in counts:
            total.update(each)
        p, r, f1 = self.score.prf(total["with"] - total["lost"], total["leaked"], total["lost"])
        wrong, asked = total["leaked"] + total["lost"], total["with"] + total["without"]
        return {
            "acc": 1 - wrong / asked if asked else None,
            "F1": f1, "P": p, "R": r, "leaked": total["leaked"], "lost": total["lost"],
        }  # fmt: skip

    def _count_meta(self, gold: dict[str, Any], predicted: dict[str, Any]) -> Counter[str]:
        counts: Counter[str] = self.score.score_item({**gold, "blocks": []}, {"meta": predicted.get("meta")})
        counts["close"] = self.score.cmd_meta([gold], [predicted])["ALL"]["title_close"]
        return counts

    def _make_meta(self, counts: list[Counter[str]]) -> Figures:
        total: Counter[str] = Counter()
        for each in counts:
            total.update(each)
        told = self.score.summarise(total).get("meta") or {}
        close = total["close"] / total["m_title_n"] if total["m_title_n"] else None
        return {name: told.get(name, close if name == "title_close" else None) for name in COLUMNS["meta"]}


_COUNTS: dict[Mode, Callable[[Scorer, dict[str, Any], dict[str, Any]], Any]] = {
    "blocks": Scorer._count_blocks,
    "extract": Scorer._count_extract,
    "snippets": Scorer._count_snippets,
    "meta": Scorer._count_meta,
}
_FIGURES: dict[Mode, Callable[[Scorer, list[Any]], Figures]] = {
    "blocks": Scorer._make_blocks,
    "extract": Scorer._make_extract,
    "snippets": Scorer._make_snippets,
    "meta": Scorer._make_meta,
}
