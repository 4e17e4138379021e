"""No word changes unlisted: the replay invariant on made-up articles, and on passes that lose words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

import convert.cleaning as cleaning
from convert.cleaning import Pass, clean
from convert.cleaning.ledger import Marks
from convert.errors import InternalError
from convert.readers.text import Reader
from convert.report import Report
from convert.tree import Document, Paragraph, Table, Text, check
from convert.tree.walk import rewrite
from convert.world import Source

WORDS = [
    "bridge", "Harbour", "U.S.", "3.5", "1,200", "example.com", "Node.js", "talks.This", "powers,diplomats", "café",
    "cafe\u0301", "e\u0301", "\u0301", "नमस्ते", "हिन्दी।और", "مرحبا", "שלום", "日本語", "、", "한국어", "zero\u200bwidth", "soft\u00adhyphen",
    "\ufeff", "\u202eodd", "townâ€™s", "BrÃ¼cke", "Ã", "é", "½", "²", "Ⅷ", "٣٤", "YouTube", "America65Cybersecurity",
    "By", "–", "|", "The", "Times", "•", "*", "-", "1.", "2.", "3)", "#", "😀", "A\u0338", "<\u0338",
]  # fmt: skip

LINES = [
    "ADVERTISEMENT", "Categories", "* * *", ". . . $ $ $ - - -", "By Ines Falk and Bo Diaz", "Ines Falk", "A reporter who covers the coast.",
    "RegionShare (%)Paid in", "North coast46March", "Islands31April, May", "Place\tWalkers", "Fish market\t1,940", "| a | b |", "|---|---|",
    "A paragraph of ordinary prose that is long enough to be taken for the text of an article, with a stop.",
    "Another one,which lost spaces.It goes on for a while so that it is believed to be prose by all the passes.",
    "How the repair was paid for", "How the Repair was Paid For", "  • First", "    - Nested: yes", "  • Second: words", "3. Third", "4. Fourth",
    "Old bridge reopens – The Daily Kestrel", "",
]  # fmt: skip

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
lines = st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), words, st.text(max_size=40))
articles = st.lists(st.tuples(lines, st.sampled_from(["\n", "\n\n"])), min_size=1, max_size=25).map(
    lambda parts: "".join(line + end for line, end in parts)
)


def read(text: str) -> tuple[Document, str]:
    reading = Reader().read(Source(text.encode("utf-8", "replace"), "article.txt")).value
    return reading.document, reading.text


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    articles.filter(
        lambda text: bool(text.strip("\ufeff\n\r\t \x0b\x0c\x85\u2028\u2029\0").strip()) and "\0" not in text
    )
)
def test_cleaning_changes_no_word_unlisted(text: str) -> None:
    """A thousand articles of numbers, list marks, tables, combining marks, right-to-left, CJK and zero-width."""
    document, source = read(text)
    cleaned = clean(document, source, Report(), flat=True)  # proves itself, or raises InternalError
    assert check.faults(cleaned) == []


@settings(max_examples=100, deadline=None)
@given(articles.filter(lambda text: bool(text.strip()) and "\0" not in text and "\ufeff" not in text), st.data())
def test_any_changes_may_be_refused(text: str, data: st.DataObject) -> None:
    document, source = read(text)
    report = Report()
    clean(document, source, report, flat=True)
    ids = sorted({change.id for change in report.changes})
    if ids:
        refuse = data.draw(st.lists(st.sampled_from(ids), unique=True))
        again = Report()
        clean(document, source, again, flat=True, refuse=refuse)
        assert not {change.id for change in again.changes} & set(refuse)


ARTICLE = (
    "Old bridge reopens – The Daily Kestrel\n\nThe old bridge opened again on Saturday, 5 months after engineers found cracks in it, "
    "and the ferry went home.\n\nMore than 4000 people walked across in the first hour, which was more than the council had hoped "
    "for.\n\nRegionShare (%)Paid in\nNorth coast46March\nIslands31April, May\nHill towns14June\n\nThe treasurer said that the final "
    "account would be published in May, and that every gift would be named.\n"
)


def test_what_the_article_holds_for_the_lossy_passes() -> None:
    document = clean(*read(ARTICLE), Report(), flat=True)
    assert any(isinstance(block, Table) for block in document.blocks)
    assert len(document.blocks) == 4


def on_texts(change: Callable[[str], str]) -> Callable[[Document, Marks], Document]:
    def run(document: Document, marks: Marks) -> Document:
        return rewrite(document, lambda node: Text(change(node.value)) if isinstance(node, Text) else node)

    return run


def swap_blocks(document: Document, marks: Marks) -> Document:
    first, second, *rest = document.blocks
    return structs.replace(document, blocks=(second, first, *rest))


def lose_a_cell(document: Document, marks: Marks) -> Document:
    def empty(node: object) -> object:
        if not isinstance(node, Table):
            return node
        row = node.body[0]
        cells = (*row.cells[:-1], structs.replace(row.cells[-1], blocks=()))
        return structs.replace(node, body=(structs.replace(row, cells=cells), *node.body[1:]))

    return rewrite(document, empty)


LOSSY = {
    "drops a word": on_texts(lambda text: text.replace("ferry ", "")),
    "swaps two blocks": swap_blocks,
    "doubles a word": on_texts(lambda text: text.replace("hoped", "hoped hoped")),
    "changes a digit": on_texts(lambda text: text.replace("4000", "4001")),
    "loses a cell": lose_a_cell,
}


@pytest.mark.parametrize("name", LOSSY)
def test_a_pass_that_loses_words_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "PASSES", (*cleaning.PASSES, Pass(name, LOSSY[name])))
    with pytest.raises(InternalError) as caught:
        clean(*read(ARTICLE), Report(), flat=True)
    assert caught.value.code == "cleaning.words"


def test_a_pass_that_lists_its_change_is_not_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def drop_last(document: Document, marks: Marks) -> Document:
        size = len(marks.ledger.now)
        *blocks, last = document.blocks
        assert isinstance(last, Paragraph)
        from convert.cleaning.ledger import block_starts

        assert marks.remove(block_starts(document)[len(blocks)], size, "the last paragraph", "A test.")
        return structs.replace(document, blocks=tuple(blocks))

    monkeypatch.setattr(cleaning, "PASSES", (*cleaning.PASSES, Pass("drops the last block", drop_last)))
    assert len(clean(*read(ARTICLE), Report(), flat=True).blocks) == 3
