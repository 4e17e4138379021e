"""What a screen reader meets in an EPUB, by Chromium's accessibility tree: it reads like the article."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from msgspec import structs

from convert.tree import Document, Heading, Image, List, Paragraph, Quote, Table
from convert.tree.text import block_text
from convert.tree.walk import find, rewrite
from convert.writers.epub import Writer
from tests.conftest import ROOT
from tests.test_samples import road
from tests.test_validators import NAMES, OURS, Line, line, repacked, unmet, wanted
from tests.validators.ax_tree import Ax, spoken, trees
from tests.writers import scripts
from tests.writers.help import OPTIONS, theme
from tests.writers.rich import rich_assets, rich_document

pytestmark = pytest.mark.prove


@cache
def rich() -> bytes:
    return Writer(theme(), OPTIONS).render(rich_document(), rich_assets(), "rich").value.data


@cache
def met(data: bytes) -> tuple[Ax, ...]:
    return tuple(trees(data))


def unheard(lines: list[Line], found: list[Line]) -> list[Line]:
    """What is not heard in order. Blocks are read with a pause between them, which is no character of the page's tree."""
    return unmet(list(map(squeezed, lines)), list(map(squeezed, found)))


def squeezed(said: Line) -> Line:
    kind, level, texts = said
    return kind, level, tuple("".join(text.split()) for text in texts)


def heard(tree: Ax) -> Iterator[Line]:
    """The blocks of a page as the tests of tags have them; the first level of headings is the title's."""
    roles = ("heading", "paragraph", "list", "table", "blockquote", "image")
    for each in tree.find(*roles):
        match each.role:
            case "heading":
                yield line("heading", each.words(), level=each.level - 1)
            case "paragraph":
                yield line("paragraph", each.words())
            case "list":
                yield line("list", *items(each))
            case "table":
                yield line("table", *(cell.words() for cell in each.find("cell", "columnheader", "rowheader")))
            case "blockquote":
                yield line("quote", each.words())
            case _:
                yield line("figure", each.name)


def items(tree: Ax) -> Iterator[str]:
    """The items of a list, each without its mark and the lists within it, which follow it."""
    for item in tree.find("listitem"):
        yield "".join(child.words("list", "ListMarker") for child in item.children)
        for child in item.children:
            for inner in child.find("list"):
                yield from items(inner)


def expected(document: Document) -> list[Line]:
    """The article's blocks; pull quotes repeat its words as an ornament, and are not read out."""

    def change(node: object) -> object:
        return None if isinstance(node, Quote) and node.kind == "pull" else node

    return wanted(rewrite(document, change))


def plain_quotes(document: Document) -> Document:
    """The document without what the lines of a page hold beyond its blocks: sources of quotes, pictures in lines,
    signs of tasks, and a second note in a row, which a comma parts."""

    def change(node: object) -> object:
        match node:
            case Quote():
                return structs.replace(node, attribution=())
            case Paragraph() if any(True for _ in find(node, Image)):
                return None
            case List() if any(item.checked is not None for item in node.items):
                return None
            case _:
                return node

    return rewrite(document, change)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_read_out_as_it_is(name: str, request: pytest.FixtureRequest) -> None:
    shared = None if name in OURS else request.getfixturevalue("shared")
    article = road(shared / "samples" / name if shared else ROOT / "tests/samples" / name)
    data = Writer(theme(), OPTIONS).render(article.document, article.assets, "sample").value.data
    _, page = met(data)
    lines = expected(plain_quotes(article.document))
    assert len(lines) > 5
    assert unheard(lines, list(heard(page))) == []


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_so_is_an_article_in_another_script(language: str) -> None:
    document = scripts.article(language)
    data = Writer(theme(), OPTIONS).render(document, scripts.ASSETS, "article").value.data
    assert unheard(expected(plain_quotes(document)), list(heard(met(data)[1]))) == []


def test_so_is_the_rich_article() -> None:
    document = plain_quotes(rich_document())
    assert {Heading, List, Table, Quote, Paragraph} <= {type(block) for block in document.blocks}
    lost = line("figure", "A map of the harbour with its two basins")  # could not be had: text is read in its place
    lines = [each for each in expected(document) if each != lost]
    assert unheard(lines, list(heard(met(rich())[1]))) == []


def test_the_cover_is_read_before_the_article_and_notes_after_it() -> None:
    lines = [text.strip() for page in met(rich()) for text in spoken(page)]
    order = [
        "heading 1: A Port Too Small for Its Harvest", "paragraph: Business", "heading 2: What would help",
        "heading 3: Who decides", "heading 2: In figures", "note", "doc-endnotes", "heading 2: About the author",
    ]  # fmt: skip
    places = [lines.index(each) for each in order]
    assert places == sorted(places)
    assert lines.count(order[0]) == 2


def test_notes_say_what_they_are_both_ways() -> None:
    page = met(rich())[1]
    references = list(page.find("doc-noteref"))
    assert [each.words() for each in references] == ["1", "2", "1"]
    assert all(each.url.endswith(f"#note-{each.words()}") for each in references)
    assert [each.name for each in page.find("doc-backlink")] == [
        "Back to the text", "Back to the text (2)", "Back to the text",
    ]  # fmt: skip
    assert len(list(page.find("doc-endnote"))) == 2


def test_an_ornament_is_not_read_and_every_picture_is() -> None:
    page = met(rich())[1]
    pull = next(each for each in find(rich_document(), Quote) if each.kind == "pull")
    assert block_text(pull) not in page.words()
    assert [each.name for each in page.find("image")] == [
        "Lorries in a line along a grey sea", "a grey dot", "A crane over a ship", "A concrete silo",
    ]  # fmt: skip


def test_a_table_says_its_heads() -> None:
    (table,) = met(rich())[1].find("table")
    assert [each.words() for each in table.find("columnheader")] == ["Port", "Tonnes", "Wait, hours", "2025", "2026"]
    assert [each.words() for each in table.find("rowheader")] == ["Varna", "Constanța", "Burgas"]


def test_what_is_broken_is_heard() -> None:
    """Two paragraphs swapped, one lost, a heading that is none, a picture without its words."""
    article = road(ROOT / "tests/samples" / OURS[0])
    lines = expected(plain_quotes(article.document))
    found = list(heard(met(Writer(theme(), OPTIONS).render(article.document, article.assets, "a").value.data)[1]))
    places = [found.index(each) for each in lines if each in found]
    for number in places:
        assert unheard(lines, found[:number] + found[number + 1 :]) != []
    first, second = places[2:4]
    found[first], found[second] = found[second], found[first]
    assert unheard(lines, found) != []
    mute = repacked(rich(), "article.xhtml", lambda page: page.replace(b'alt="A crane over a ship"', b'alt=""'))
    assert "A crane over a ship" not in [each.name for each in met(mute)[1].find("image")]
    flat = repacked(rich(), "article.xhtml", lambda page: page.replace(b'<h2 id="help">', b'<h4 id="help">').replace(
        b"What would help</h2>", b"What would help</h4>"))  # fmt: skip
    assert line("heading", "What would help", level=1) not in list(heard(met(flat)[1]))
