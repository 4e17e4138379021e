"""The pages of real articles, measured from where their lines stand."""

from __future__ import annotations

import itertools
from pathlib import Path
from statistics import median

import pytest

from convert.pipeline import press, render
from convert.tree import Document, Heading, Paragraph, Table, walk
from convert.tree.text import block_text, letters
from convert.writers.base import Options
from tests.test_samples import SAMPLES, road
from tests.writers.test_pdf import Line, lines, pages

ARTICLES = ("istanbul-talks.txt", "rich.md", "harbour-bridge.txt", "marche-aux-livres.txt")
THEMES = ("broadsheet", "modern")


def printed(name: str, theme: str, shared: Path) -> tuple[Document, list[list[Line]]]:
    """An article's tree, and the lines of each page without running head and folio."""
    own = SAMPLES / name
    article = road(own if own.exists() else shared / "samples" / name)
    data = render(article, press("pdf", theme, Options())).value.data
    found = []
    for page in pages(data):
        foot, head = 0.08 * page.height, 0.93 * page.height
        found.append([line for line in lines(page) if foot < line.bottom < head])
    return article.document, found


def keys(document: Document, kind: type) -> set[str]:
    """The letters of each block of a kind."""
    return {letters(block_text(block)) for block in walk.walk(document) if isinstance(block, kind)}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [name for name in ARTICLES if name != "rich.md"])  # too little running text
def test_a_line_holds_55_to_70_characters(name: str, theme: str, shared: Path) -> None:
    """The median over full lines of running text: those that go on in a next line of the same paragraph."""
    document, found = printed(name, theme, shared)
    text = "".join(sorted(keys(document, Paragraph)))
    lengths = [
        len(line.text)
        for page in found
        for line, following in itertools.pairwise(page)
        if len(line.text) > 40 and letters(line.text) + letters(following.text)[:8] in text
    ]
    assert len(lengths) > 10
    assert 55 <= median(lengths) <= 70


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ARTICLES)
def test_two_lines_stand_below_every_heading(name: str, theme: str, shared: Path) -> None:
    document, found = printed(name, theme, shared)
    headings = keys(document, Heading)
    met = 0
    for page in found:
        for number in range(len(page)):
            for size in (1, 2, 3):  # a heading may take several lines
                if letters("".join(line.text for line in page[number : number + size])) in headings:
                    met += 1
                    assert len(page) - number - size >= 2
    assert met == len(headings)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ARTICLES)
def test_no_line_of_a_paragraph_stands_alone_on_a_page(name: str, theme: str, shared: Path) -> None:
    document, found = printed(name, theme, shared)
    for before, page in itertools.pairwise(found):
        for paragraph in keys(document, Paragraph):
            last, first = letters(before[-1].text), letters(page[0].text)
            if last and first and last + first[:12] in paragraph:
                assert not paragraph.startswith(last), "its first line stands alone"
                assert not paragraph.endswith(first), "its last line stands alone"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ARTICLES)
def test_tables_stay_within_the_column(name: str, theme: str, shared: Path) -> None:
    document, found = printed(name, theme, shared)
    cells = {
        letters(block_text(cell)) for table in walk.find(document, Table) for row in table.body for cell in row.cells
    }
    body = [line for page in found for line in page if len(line.text) > 50]
    left, right = min(line.left for line in body), max(line.right for line in body)
    seen = [line for page in found for line in page if letters(line.text) in cells]
    assert seen
    assert all(left - 1 <= line.left and line.right <= right + 1 for line in seen)
