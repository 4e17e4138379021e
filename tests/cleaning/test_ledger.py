"""The ledger: edits on letters, in places of the source, that replay to the tree's letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.cleaning.ledger import Ledger, Marks, replay
from convert.report import Change, Report
from convert.tree.text import letters


def change(kind: str, start: int, end: int, after: str = "", to: int | None = None) -> Change:
    return Change("x", "pass", kind, start, end, after, to=to)  # type: ignore[arg-type]


def test_each_kind_of_change_replays() -> None:
    assert replay("abcdef", [change("removed", 1, 3)]) == "adef"
    assert replay("abcdef", [change("replaced", 1, 3, "XYZ!")]) == "aXYZdef"
    assert replay("abcdef", [change("replaced", 1, 4, "X")]) == "aXef"
    assert replay("abcdef", [change("inserted", 6, 6, "end")]) == "abcdefend"
    assert replay("abcdef", [change("moved", 4, 6, to=0)]) == "efabcd"
    assert replay("abcdef", [change("moved", 0, 2, to=6)]) == "cdefab"
    assert replay("abcdef", [change("respaced", 2, 2, ", ")]) == "abcdef"


def test_what_was_moved_can_be_changed_later() -> None:
    moved_then_cut = [change("moved", 4, 6, to=0), change("removed", 5, 6), change("replaced", 0, 1, "A")]
    assert replay("abcdef", moved_then_cut) == "eAbcd"


def test_two_pieces_moved_to_one_place_stand_in_the_order_of_the_changes() -> None:
    assert replay("abcdef", [change("moved", 5, 6, to=0), change("moved", 2, 3, to=0)]) == "fcabde"


def test_an_id_is_stable_and_can_be_refused() -> None:
    report = Report()
    Marks("pass", Ledger("one two", report)).remove(0, 3, "one", "why")
    change_id = report.changes[0].id
    again = Report()
    ledger = Ledger("one two", again, refuse={change_id})
    assert not Marks("pass", ledger).remove(0, 3, "one", "why")
    assert again.changes == []
    assert ledger.refused == {change_id}


def test_edits_alike_at_one_place_have_ids_of_their_own() -> None:
    report = Report()
    marks = Marks("pass", Ledger("ab", report))
    marks.respace(1, "  ", " ", "why")
    marks.respace(1, "  ", " ", "why")
    assert len({c.id for c in report.changes}) == 2


words = st.text(alphabet="abcdefgh ", min_size=1, max_size=30)


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, list[list[tuple[str, int, int, str, int]]]]:
    """A text and several passes, each a few edits that do not overlap, in letters of what stands before the pass."""
    text = draw(words)
    size = len(letters(text))
    passes = []
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, size), max_size=6)))
        edits = []
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            kind = draw(st.sampled_from(["removed", "moved", "replaced"] if start else ["removed", "replaced"]))
            after = draw(st.text(alphabet="XYZ", max_size=1 + end - start)) if kind == "replaced" else ""
            to = 0 if kind == "moved" else -1
            edits.append((kind, start, end, after[: end - start], to))
            size += len(after[: end - start]) - (end - start) if kind == "replaced" else 0
            size -= end - start if kind == "removed" else 0
        passes.append(edits)
    return text, passes


@given(programs())
def test_what_the_ledger_writes_down_replays_to_what_the_passes_did(
    program: tuple[str, list[list[tuple[str, int, int, str, int]]]],
) -> None:
    text, passes = program
    report = Report()
    ledger = Ledger(text, report)
    now = list(letters(text))
    for edits in passes:
        marks = Marks("pass", ledger)
        pieces = [[letter] for letter in now] + [[]]
        arriving: dict[int, list[str]] = {}
        for kind, start, end, after, to in edits:
            if kind == "removed":
                marks.remove(start, end, "", "why")
            elif kind == "moved":
                marks.move(start, end, to, "", "why")
                arriving.setdefault(to, []).extend(now[start:end])
            else:
                marks.replace(start, end, "", after, "why")
            for at in range(start, end):
                pieces[at] = []
            if kind == "replaced" and start < end:
                pieces[start] = list(after)
        now = [letter for at, piece in enumerate(pieces) for letter in [*arriving.get(at, []), *piece]]
        ledger.apply(marks.edits)
        assert len(ledger.now) == len(now)
    assert replay(ledger.source, report.changes) == "".join(now)


def test_many_edits_at_one_place_cost_one_look_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted by work: an id is hashed once, however many edits look the same."""
    from convert.cleaning import ledger as module

    hashed: list[bytes] = []
    real = module.blake2s
    monkeypatch.setattr(module, "blake2s", lambda data, **how: hashed.append(data) or real(data, **how))
    marks = Marks("pass", Ledger("ab", Report()))
    for _ in range(500):
        marks.respace(1, "\u200b", "", "why")
    assert len(hashed) == 500
