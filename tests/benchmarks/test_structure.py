"""The benchmark of structure: what it hands over, what it counts, what it prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks.structure import comments, documents, extractor, intervals, kept, peers, predict, strip
from benchmarks.structure.__main__ import main
from benchmarks.structure.calibration import bins, share_sure
from benchmarks.structure.documents import Asked, outcome, outcomes, prove
from benchmarks.structure.goals import Goal
from benchmarks.structure.run import Run
from benchmarks.structure.scoring import Scorer
from benchmarks.structure.sets import SETS, corpus, gold_of, questions
from convert.report import Change, Report
from convert.tree import build
from convert.tree.nodes import Document
from tests.benchmarks import made_up_bench as made_up

PARTS = ("scores", "kept", "replay", "speed")
MAY_BE_SEEN = {*strip.KEPT, "html"}


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    folder = tmp_path / "bench"
    folder.mkdir()
    return made_up.make(folder)


@pytest.fixture
def no_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor, "fast", lambda: None)


@pytest.fixture(scope="session")
def real(shared: Path) -> Path:
    """The folder of the benchmark; the test skips where it, or what its scorer needs, is absent."""
    folder = shared / "bench"
    if not (folder / "score.py").exists():
        pytest.skip("needs the benchmark's gold files (../shared/bench)")
    pytest.importorskip("rapidfuzz", reason="the benchmark's scorer needs rapidfuzz")
    return folder


# ── Answers stay away from predictions ───────────────────────────────────────────────────────────────


def test_no_answer_is_handed_to_a_prediction(bench: Path, monkeypatch: pytest.MonkeyPatch, no_extractor: None) -> None:
    seen: list[dict[str, Any]] = []
    article_of: Callable[..., Any] = documents.article_of

    def spy(item: dict[str, Any], report: Report) -> Any:
        seen.append(item)
        return article_of(item, report)

    monkeypatch.setattr(documents, "article_of", spy)
    list(Run(bench, ("scores", "replay")).sections())
    assert {key for item in seen for key in item} == MAY_BE_SEEN
    pages = [item for item in seen if "html" in item]
    assert len(pages) == 2, "a page is read once, whichever sets ask for it"
    assert not any("text" in item for item in pages)
    predicted_from = [
        item for item in seen if item.get("text") != made_up.SENTINEL
    ]  # the flat twin of a page is a text
    assert len(predicted_from) == 4
    assert made_up.SENTINEL not in json.dumps(predicted_from)


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.name)
def test_what_is_asked_of_each_set_holds_no_gold(bench: Path, one: Any) -> None:
    for _, item in questions(bench, one):
        assert set(item) <= MAY_BE_SEEN
        assert ("html" in item, "text" in item) == (one.form == "html", one.form == "text")
        assert made_up.SENTINEL not in json.dumps(item)


def test_a_prediction_has_title_deck_and_body_and_its_text_is_the_body_alone() -> None:
    page = made_up.page(1).replace("<p>", '<p class="deck">It took three years.</p><p>', 1)
    page = page.replace("</head>", '<meta name="description" content="It took three years."></head>')
    found = predict.predict({"id": "a", "html": page}, Report())
    assert found["blocks"][0] == {"type": "title", "text": "Bridge 1"}
    assert {"type": "paragraph", "text": "It took three years."} in found["blocks"]
    assert found["meta"]["title"] == "Bridge 1"
    assert "Bridge 1" not in found["text"]
    assert made_up.BODY[0] in found["text"]


# ── What is counted ──────────────────────────────────────────────────────────────────────────────────


def test_the_peers_files_are_parsed(bench: Path) -> None:
    found = peers.peers_of(bench)
    assert [(row.set, row.name) for row in found] == [
        ("sh_main", "simple++"), ("sh_main", "tool-a"), ("sh_main", "tool-b"), ("b_extract", "tool-a"), ("b_meta", "tool-b"),
    ]  # fmt: skip
    assert found[1].figures["head"] is None
    assert (found[1].figures["micro"], found[1].figures["dup"], found[1].figures["space"]) == (0.684, 0.417, None)
    assert found[3].figures["F1"] == 0.8365
    assert peers.best(found, "sh_main", "micro") == 0.738
    assert peers.best(found, "sh_main", "leak", least=True) == 0.885
    assert peers.best(found, "sh_main", "head") == 0.261
    assert peers.best(found, "nowhere", "micro") is None


def share(drawn: list[tuple[int, int]]) -> dict[str, float | None]:
    return {"share": sum(hit for hit, _ in drawn) / sum(of for _, of in drawn)}


def test_counts_are_summed_over_the_drawn_pages_so_a_long_page_weighs_more() -> None:
    pages = intervals.by_page([("long", (100, 100)), ("short", (0, 1))])
    low, high = intervals.intervals(pages, share)["share"]
    assert (low, high) == (0.0, 1.0)
    assert {share(drawn)["share"] for drawn in intervals.draws(pages)} == {0.0, 100 / 101, 1.0}


def test_intervals_are_the_same_on_every_run_hold_the_figure_and_narrow_with_pages() -> None:
    few = [[(k % 10, 10)] for k in range(20)]
    many = few * 10
    found = intervals.intervals(few, share)["share"]
    assert found == intervals.intervals(few, share)["share"]
    assert found[0] < 0.45 < found[1]
    low, high = intervals.intervals(many, share)["share"]
    assert 2 * (high - low) < found[1] - found[0]
    assert intervals.intervals([[(1, 2)]] * 5, share)["share"] == (0.5, 0.5)


def test_items_of_one_page_are_drawn_together_and_one_page_has_no_interval() -> None:
    pages = intervals.by_page([("a", 1), ("b", 2), ("a", 3)])
    assert pages == [[1, 3], [2]]
    assert all(drawn.count(1) == drawn.count(3) for drawn in intervals.draws(pages, 50))
    assert intervals.intervals([[(1, 2)]], share) == {}
    assert intervals.interval([None, None, None, 0.1, 0.2]) is None


def test_comments_begin_with_a_line_that_names_them_and_end_with_another_heading() -> None:
    b = made_up.block
    blocks = [
        b("paragraph", "Share Comments", "boilerplate"), b("paragraph", "One."), b("paragraph", "Two."),
        b("heading", "2 responses to “One”", "boilerplate"), b("list_item", "I agree.", "boilerplate"),
        b("list_item", "me, November 19", "optional"), b("list_item", "I do not.", "boilerplate"),
        b("heading", "Related", "boilerplate"), b("paragraph", "More on this", "boilerplate"),
        b("heading", "Отзывы", "boilerplate"), b("paragraph", "Три.", "content"), b("paragraph", "Share", "boilerplate"),
    ]  # fmt: skip
    assert list(comments.commented(blocks)) == [3, 4, 6, 9]
    rest = comments.without({"id": "a", "blocks": blocks})["blocks"]
    assert len(rest) == len(blocks) - 4


def test_what_leaks_of_comments_is_counted_apart(bench: Path) -> None:
    sh_main = next(one for one in SETS if one.name == "sh_main")
    gold = gold_of(bench, sh_main)[0]
    scorer = Scorer(bench)
    kept_all = {"blocks": [{"type": block["type"], "text": block["text"]} for block in gold["blocks"]]}
    figures = scorer.figures("blocks", [scorer.counts("blocks", gold, kept_all)])
    assert (figures["micro"], figures["leak"], figures["leak of comments"]) == (1, 1, 1)
    assert figures["leak without comments"] is None


def test_confidence_is_binned_by_tenths() -> None:
    said = [(0.95, True), (0.9, False), (1.0, True), (0.31, False)]
    assert share_sure(said) == (3, 2 / 3)
    assert share_sure([]) == (0, None)
    tenths = {start: (count, right) for start, count, right in bins(said)}
    assert len(tenths) == 10
    assert (tenths[0.9], tenths[0.3], tenths[0.5]) == ((3, 2 / 3), (1, 0.0), (0, None))


def test_goals_of_which_less_is_better() -> None:
    assert Goal("a", "leak", 0.45, at_most=True).holds(0.45)
    assert not Goal("a", "micro", 0.91).holds(0.909)
    assert str(Goal("a", "leak", 0.45, at_most=True)) == "≤ 0.45"


def test_a_word_that_no_change_lists_fails_the_replay() -> None:
    document = Document(blocks=(build.paragraph("The bridge opened."),))
    assert prove("The bridge opened.", Report(), document) == ""
    assert prove("The old bridge opened.", Report(), document).startswith("at letter 3: 'oldbridge")
    assert prove("The bridge opened again.", Report(), document).startswith("at letter 15: 'again'")
    listed = Report(changes=[Change("1", "any", "removed", 3, 6)])
    assert prove("The old bridge opened.", listed, document) == ""


def test_a_crash_is_counted_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(item: dict[str, Any], report: Report) -> Any:
        raise RuntimeError("no such luck")

    monkeypatch.setattr(documents, "article_of", crash)
    found = outcome({"id": "a", "text": "b"}, Asked())
    assert found.broken == "RuntimeError: no such luck"
    assert found.prediction["blocks"] == []


def test_processes_say_what_one_process_says(bench: Path) -> None:
    tasks = list(corpus(bench))
    assert outcomes(tasks, Asked(kept=True), 2) == outcomes(tasks, Asked(kept=True), 1)


def test_without_the_extractor_there_is_none_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor, "find_spec", lambda name: None)
    assert extractor.fast() is None
    assert "pip install trafilatura" in extractor.NOT_RUN


# ── What is printed ──────────────────────────────────────────────────────────────────────────────────


def test_a_run_prints_our_figures_beside_the_peers_and_writes_only_what_is_asked_for(
    bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], no_extractor: None
) -> None:
    before = sorted(tmp_path.rglob("*"))
    out = tmp_path / "results.md"
    assert main([str(bench), "--only", ",".join(PARTS), "--jobs", "1", "--out", str(out)]) == 0
    made = [path for path in sorted(tmp_path.rglob("*")) if path not in before and "__pycache__" not in path.parts]
    assert made == [out]
    said = capsys.readouterr().out
    assert said.strip() == out.read_text("utf-8").removeprefix("# Structure recovery\n").strip()
    for line in (
        "| sh_main | copydesk |",
        "| sh_main | … from   | 2 p. |",
        "| sh_main | tool-b   |",
        "| b_extract | tool-a   |",
    ):
        assert line in said
    assert "oracle" not in said
    assert "html: 2 documents checked, 0 fail, 0 refused." in said
    assert said.count(extractor.NOT_RUN) == 2
    assert "## Against the goals" in said


def test_our_text_is_compared_with_the_extractors_on_the_same_draws(
    bench: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractor, "fast", lambda: lambda html: "nothing of it")
    run = Run(bench, ("scores", "speed"), ("b_extract",))
    said = "\n".join(run.sections())
    assert "ours is better in 10.0 of 10 resamplings" in said
    assert "times trafilatura fast" in said
    assert (run.measured["page to tree, b_extract", "times the extractor"].value or 0) > 0


def test_sets_and_parts_that_do_not_exist_are_wrong_use(
    bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in ([str(bench), "--sets", "sh_mian"], [str(bench), "--only", "score"], [str(tmp_path)]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
    assert "there is no set 'sh_mian'" in capsys.readouterr().err


# ── A sample of the real gold ────────────────────────────────────────────────────────────────────────


def test_figures_are_those_of_the_scorer(real: Path) -> None:
    scorer = Scorer(real)
    for name in ("seedlike", "sh_main"):
        one = next(each for each in SETS if each.name == name)
        gold = gold_of(real, one)[:8]
        predictions = [outcome(item, Asked()).prediction for _, item in islice(questions(real, one), 8)]
        counts = [scorer.counts("blocks", *pair) for pair in zip(gold, predictions, strict=True)]
        figures = scorer.figures("blocks", counts)
        told = scorer.score.cmd_a(gold, predictions)[name]
        assert (figures["micro"], figures["leak"]) == (told["micro_F1"], told["leak"])
        assert figures["head"] == told["types"]["heading"]["F1"]


def test_the_gold_fed_back_is_right_in_all(real: Path) -> None:
    scorer = Scorer(real)
    one = next(each for each in SETS if each.name == "seedlike")
    gold = gold_of(real, one)[:8]
    fed = [{"blocks": [block for block in item["blocks"] if block["role"] != "boilerplate"]} for item in gold]
    figures = scorer.figures("blocks", [scorer.counts("blocks", *pair) for pair in zip(gold, fed, strict=True)])
    assert (figures["micro"], figures["head"], figures["loss"], figures["leak"]) == (1, 1, 0, 0)


def test_figures_of_metadata_and_snippets_are_those_of_the_scorer(real: Path) -> None:
    scorer = Scorer(real)
    for one in SETS:
        if one.mode == "blocks":
            continue
        gold = gold_of(real, one)[:6]
        predictions = [
            {**outcome(item, Asked()).prediction, "id": each["id"]}
            for each, (_, item) in zip(gold, islice(questions(real, one), 6), strict=True)
        ]
        command = {"meta": scorer.score.cmd_meta, "snippets": scorer.score.cmd_snippets}.get(one.mode)
        told = (command or scorer.score.cmd_extract)(gold, predictions)["ALL"]
        counts = [scorer.counts(one.mode, *pair) for pair in zip(gold, predictions, strict=True)]
        figures = scorer.figures(one.mode, counts)
        assert {k: v and round(v, 4) for k, v in figures.items()} == {k: told[k] for k in figures}


def test_the_replay_holds_on_a_sample_and_the_peers_files_are_read(real: Path) -> None:
    tasks = list(corpus(real))
    sample = [item for key, item in tasks if key[0] == "text"][::100] + [
        item for key, item in tasks if key[0] == "html"
    ][::100]
    assert [found.broken for item in sample if (found := outcome(item, Asked())).broken] == []
    rows = {(row.set, row.name) for row in peers.peers_of(real)}
    assert {("sh_full", "trafilatura-blocks"), ("tables_real", "simple++"), ("b_snip_html", "trafilatura")} <= rows
    assert {kind for _, html in islice(kept.pages(real), 200, 204) for kind, _, _ in kept.arrivals(html)} <= set(
        kept.KINDS
    )
