"""Each node through each format and back: what comes back does, what does not is in the table, and the docs show it."""

from __future__ import annotations

import pytest

from convert.tree import nodes as n
from convert.tree.walk import walk
from tests.conftest import ROOT
from tests.round_trips import FORMATS, LOST, WITNESSES, article, as_markdown, comes_back

PAGE = ROOT / "docs" / "round-trips.md"
START, END = "<!-- made by tests/test_round_trips.py -->\n", "<!-- end -->\n"

KEPT = ("Heading", "Table, spans and two head rows", "NoteReference", "NoteReference, twice to one note", "Link", "Emphasis",
        "Strong", "CodeSpan", "CodeBlock", "Figure", "List, nested, with starts")  # fmt: skip
"""What every format but Markdown must keep."""


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("name", WITNESSES)
def test_a_node_comes_back_unless_the_table_says_that_it_does_not(name: str, to: str) -> None:
    assert comes_back(name, to) == (to not in LOST.get(name, ()))


def test_every_node_has_a_witness() -> None:
    seen = {type(node) for name in WITNESSES for node in walk(article(name))}
    assert {*n.BLOCKS, *n.INLINES, n.Note, n.Row, n.Cell, n.ListItem, n.Definition} - seen == set()


def test_the_table_names_witnesses_and_nothing_that_must_be_kept() -> None:
    assert set(LOST) <= set(WITNESSES)
    assert [name for name in KEPT if set(LOST.get(name, ())) - {"markdown"}] == []


def test_the_docs_show_the_table(request: pytest.FixtureRequest) -> None:
    before, rest = PAGE.read_text("utf-8").split(START)
    shown, after = rest.split(END)
    if request.config.getoption("--accept"):
        PAGE.write_text(f"{before}{START}{as_markdown()}{END}{after}", "utf-8")
        return
    assert shown == as_markdown()
