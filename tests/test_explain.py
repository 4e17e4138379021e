"""The report for people: every change shown, no word of the article lost, nothing that a terminal would obey."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from convert.config import Config
from convert.explain import as_html, as_terminal, pieces, printable
from convert.pipeline import prepare
from convert.report import Change, Report
from convert.world import MemoryWorld, Source

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
OURS = re.compile("\033\\[[0-9;]*m")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

NASTY = (
    "\x1b]0;stolen\x07The \x1b[2Jtitle | The \u202eSite\n\n"
    "By \u202eA Name\x1b[31m\n\n"
    "A text that ends.And \x9b31m goes on,with \u2066an isolate\u2069 and <script>alert('\"1\"')</script> & more.\n\n"
    "• One\x08 item\n• Two\r items\n• Three\x0c items\n"
)


def explained(data: bytes, name: str = "a.txt") -> tuple[str, Report]:
    report = Report()
    article = prepare(Source(data, name), Config(), MemoryWorld(), report)
    return article.text, report


@pytest.mark.parametrize("data", [*(path.read_bytes() for path in SAMPLES), NASTY.encode()],
                         ids=[*(path.stem for path in SAMPLES), "nasty"])  # fmt: skip
def test_every_change_is_shown_and_no_word_is_lost(data: bytes) -> None:
    text, report = explained(data)
    assert report.changes
    shown = pieces(text, report.changes)
    assert "".join(piece.text for piece in shown if piece.look != "inserted") == text
    for page in (as_terminal(text, report, colours=False), as_html("a.txt", text, report)):
        assert {change.id for change in report.changes} == set(re.findall(r"\b[0-9a-f]{10}\b", page))
        assert all(message.code in page for message in report.messages)


def test_every_kind_of_change_has_its_look() -> None:
    text = "one two three four."
    changes = [
        Change("a", "s", "removed", 0, 3, text="one "),
        Change("b", "s", "replaced", 3, 6, "2"),
        Change("c", "s", "inserted", 6, 6, "and"),
        Change("d", "s", "moved", 6, 11, to=0),
        Change("e", "s", "respaced", 11, 15),
    ]
    looks = [(piece.text, piece.look, piece.change.id) for piece in pieces(text, changes) if piece.change]
    assert looks == [
        ("one ", "removed", "a"),
        ("two", "removed", "b"), ("2", "inserted", "b"),
        ("", "plain", "c"), ("and", "inserted", "c"),
        ("three", "moved", "d"),
        ("four", "retyped", "e"),
    ]  # fmt: skip


def test_a_change_within_another_is_listed_too() -> None:
    report = Report(changes=[Change("a" * 10, "s", "moved", 0, 6, to=9), Change("b" * 10, "s", "removed", 2, 4)])
    assert "b" * 10 in as_terminal("abcdefghi", report, colours=False)
    assert "b" * 10 in as_html("x", "abcdefghi", report)


@pytest.mark.parametrize("colours", [False, True])
def test_nothing_in_an_article_steers_the_terminal(colours: bool) -> None:
    text, report = explained(NASTY.encode())
    report.add("x.y", "doubt", "A message \x1b[31m of \u202ea reader", "a place\x1b[0m")
    shown = as_terminal(text, report, colours=colours)
    assert bool(OURS.search(shown)) == colours
    assert UNSAFE.findall(OURS.sub("", shown)) == []
    assert "\\u001b" in shown


def test_nothing_in_an_article_steers_the_page() -> None:
    text, report = explained(NASTY.encode())
    report.add("x.y", "doubt", "A <b>message</b> of \u202ea reader")
    page = as_html("<i>\u202ename", text, report)
    assert UNSAFE.findall(page) == []
    root = html.document_fromstring(page)
    assert root.xpath("//script | //i | //b | //img | //link | //@src | //@onclick") == []
    assert all(address.startswith("#") for address in root.xpath("//@href"))
    assert "<script>alert('\"1\"')</script> & more." in re.sub(r"\(?\d+\)?", "1", root.xpath("string(//pre)"))


def test_every_number_in_the_page_leads_to_its_row() -> None:
    text, report = explained(SAMPLES[0].read_bytes())
    root = html.document_fromstring(as_html("a.txt", text, report))
    rows = root.xpath("//tr/@id")
    assert len(rows) == len(set(rows)) > 10
    assert {address[1:] for address in root.xpath("//pre//@href")} == set(rows)


@pytest.mark.parametrize(("text", "shown"), [
    ("plain é 橋 🙂", "plain é 橋 🙂"), ("a\nb\tc", "a\nb\tc"), ("a\rb", "a\\u000db"), ("\x1b[0m", "\\u001b[0m"),
    ("\x85", "\\u0085"), ("\u202e", "\\u202e"), ("\udce9", "\\udce9"), ("می\u200cخواهم", "می\u200cخواهم"),
])  # fmt: skip
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_change_within_anothers_text_is_shown_there() -> None:
    text = "• Sand,shells and rope"
    changes = [
        Change("a", "lists", "respaced", 0, 0, text=text),
        Change("b", "lost-spaces", "respaced", 0, 0, "Sand, shells", text="Sand,shells"),
    ]
    assert [(piece.text, piece.look, piece.change and piece.change.id) for piece in pieces(text, changes)] == [
        ("• ", "retyped", None),
        ("Sand,shells", "removed", "b"),
        ("Sand, shells", "inserted", "b"),
        (" and rope", "retyped", "a"),
    ]


def test_a_change_shows_the_signs_that_it_covers() -> None:
    assert pieces("“x”", [Change("a", "mojibake", "replaced", 0, 1, "y", text="“x”")])[0].text == "“x”"
