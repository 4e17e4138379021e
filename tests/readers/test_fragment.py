"""Fragments of HTML, and articles put together from fields."""

from __future__ import annotations

import pytest

from convert.errors import InputError
from convert.readers.assembly import Assembly, plain
from convert.readers.html.fragment import LONGEST, read_fragment
from convert.readers.pictures import Pictures
from convert.report import Report
from convert.tree import Document, Heading, Metadata, Paragraph
from convert.tree.check import faults
from convert.tree.text import block_text, document_letters, letters


def fragment(markup: str, **more: str):  # type: ignore[no-untyped-def]
    report = Report()
    return read_fragment(markup, Pictures(report, "a"), report, "a", **more)


def test_a_fragment_has_no_page_around_it() -> None:
    """The menus and titles of a page are sought in pages only: all that a body field shows is the article's."""
    made = fragment("<h2>Part</h2><nav><p>Inside</p></nav><p>One</p><aside><p>Two</p></aside><h4>Small</h4>")
    assert [block.level for block in made.blocks if isinstance(block, Heading)] == [1, 3]
    assert letters(made.text) == "PartInsideOneTwoSmall"
    assert not any(isinstance(block, Paragraph) and block.role == "furniture" for block in made.blocks)


def test_the_words_of_notes_stand_apart() -> None:
    made = fragment('<p>A<sup><a href="#n">1</a></sup> b.</p><ol><li id="n">Note.</li></ol><p>End.</p>')
    assert [letters(block_text(note)) for note in made.notes] == ["Note"]
    assert (letters(made.text), letters(made.notes_text)) == ("AbEnd", "Note")


def test_links_are_relative_to_the_article() -> None:
    made = fragment('<p><a href="/x">a</a> <a href="javascript:x">b</a></p>', page="https://example.org/a/b")
    assert [part.href for part in made.blocks[0].content if hasattr(part, "href")] == ["https://example.org/x"]


@pytest.mark.parametrize("markup", ["", " \n", "<!-- a -->", "\0", "<script>x</script>"])
def test_a_fragment_may_be_empty(markup: str) -> None:
    assert fragment(markup).blocks == ()


@pytest.mark.parametrize("markup", ["x" * (LONGEST + 1), "<" * 300_000, "<p>" + "<font>" * 450 + "<p>x" * 20_000])
def test_a_fragment_that_costs_too_much_is_refused(markup: str) -> None:
    with pytest.raises(InputError):
        fragment(markup)


@pytest.mark.parametrize(("value", "line"), [
    ("A &amp; B", "A & B"), ("<b>A</b><br/>B", "A B"), ("a < b > c", "a < b > c"), ("x &copyright", "x &copyright"),
    ("\ud800half", "half"), (3, "3"), (None, ""), (True, ""), (["x"], ""), (" a\n b\u00a0c ", "a b c"),
])  # fmt: skip
def test_a_field_as_one_line(value: object, line: str) -> None:
    assert plain(value) == line


def test_an_article_of_parts_proves() -> None:
    report = Report()
    made = Assembly(report, "a", page="https://example.org/story")
    made.figure("/lead.jpg", "A bridge", "The bridge.", "Ann Lee", "Example")
    made.body(
        "<h1>A title</h1><p>One<sup><a href='#n'>1</a></sup></p><p id=n>Note.</p><p><img src='lead.jpg?x' alt=b></p>"
    )
    made.paragraphs("Two\nlines\n\nThree")
    made.card("https://www.youtube.com/watch?v=x", "YouTube", "Film")
    made.card("javascript:alert(1)")
    made.correction("It was 3.", "2026-01-01")
    assert not made.figure("file:///etc/passwd")
    assert made.shows("https://example.org/lead-300x200.jpg")
    result = made.reading(Metadata(title="A title"))
    document: Document = result.value.document
    assert letters(result.value.text) == document_letters(document)
    assert faults(document) == []
    assert document.blocks[1] == Paragraph(document.blocks[1].content, "furniture")  # type: ignore[union-attr]
    assert [asset.holder for asset in document.assets.values()] == ["Example", ""]
    assert [message.code for message in report.messages] == ["picture.address"]


@pytest.mark.parametrize("markup", [
    "<h3><pre>one</pre>two</h3>", "<dl><dt><pre>one</pre>two</dt><dd>three</dd></dl>",
])  # fmt: skip
def test_code_in_a_line_keeps_its_place(markup: str) -> None:
    made = fragment(markup)
    assert letters(made.text) == document_letters(Document(blocks=made.blocks))
