"""Held-out figures: each page of a set is read with the weights given for it, and with no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.structure.held_out import road
from convert.cleaning.line_roles import Weights
from tests.benchmarks import made_up_bench as made_up

ROLES = ("title", "heading", "text", "caption", "byline", "furniture", "item", "row")
DAY = "On day {} the bridge carried {}00 cars across the harbour, as the town had hoped it would for years."
LONG = "\n\n".join([made_up.TEXT.strip(), *(DAY.format(k, k) for k in range(12))])
IDS = ("made-up/1#sh_main", "made-up/2#sh_main")


def sure_of(role: str) -> Weights:
    """Weights by which every line is of one role."""
    return Weights({"roles": ROLES, "bias": [20_000 * (each == role) for each in ROLES], "facts": {}})


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(made_up, "TEXT", LONG)
    return made_up.make(tmp_path)


def paragraphs(bench: Path, first: str, second: str) -> float:
    [line] = road(bench, dict(zip(IDS, map(sure_of, (first, second)), strict=True)))
    columns = line.split()
    return float(columns[columns.index("para") + 1])


def test_each_page_has_the_weights_that_are_given_for_it(bench: Path) -> None:
    before = Weights.packaged()
    both, one, none = (
        paragraphs(bench, *roles) for roles in (("text", "text"), ("furniture", "text"), ("furniture",) * 2)
    )
    assert both > one > none == 0
    assert Weights.packaged() is before


def test_a_set_with_a_page_that_has_no_weights_is_left_out(bench: Path) -> None:
    assert list(road(bench, {IDS[0]: sure_of("text")})) == []
