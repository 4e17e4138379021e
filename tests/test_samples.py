"""Real articles through the whole road: the right structure, and the same one read back by a program that is not ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from convert.config import Config
from convert.pipeline import Article, prepare, press, render
from convert.readers.markdown import Reader as MarkdownReader
from convert.report import Report
from convert.tree import CodeBlock, Document, Figure, Heading, List, Paragraph, Quote, Rule, Table
from convert.tree.text import block_text
from convert.world import DiskWorld, Source
from convert.writers.base import Options
from tests.outline import one_line, outline

SAMPLES = Path(__file__).parent / "samples"
Shape = list[tuple[Any, ...]]


def road(path: Path) -> Article:
    return prepare(Source(path.read_bytes(), path.name, path.parent), Config(), DiskWorld(), Report())


def test_the_istanbul_article_has_the_structure_it_should(shared: Path) -> None:
    """Where a heading stood twice with other capitals, either is right."""
    made = road(shared / "samples" / "istanbul-talks.txt").document
    expected = (shared / "samples" / "istanbul-talks.expected.md").read_bytes()
    wanted = MarkdownReader().read(Source(expected, "expected.md")).value.document
    assert outline(made).casefold().splitlines() == outline(wanted).casefold().splitlines()
    assert made.metadata.publisher == "The Times of Israel"
    assert made.metadata.authors[0].bio.startswith("A journalism entrepreneur")
    assert sum(isinstance(block, Heading) for block in made.blocks) == 7
    assert [len(block.columns) for block in made.blocks if isinstance(block, Table)] == [2, 2, 3]


@pytest.mark.parametrize("name", ["harbour-bridge.txt", "marche-aux-livres.txt"])
def test_our_own_messy_articles_come_out_clean(name: str) -> None:
    document = road(SAMPLES / name).document
    text = outline(document)
    for furniture in ("ADVERTISEMENT", "Publicité", "Categories", "SHARES", "$", "\u200b", "â€"):
        assert furniture not in text
    headings = [block_text(block).strip().casefold() for block in document.blocks if isinstance(block, Heading)]
    assert len(headings) == len(set(headings)) >= 2
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert tables
    assert all(table.head for table in tables)
    assert any(isinstance(block, List) for block in document.blocks)


def test_the_harbour_article_keeps_its_metadata() -> None:
    metadata = road(SAMPLES / "harbour-bridge.txt").document.metadata
    assert metadata.title == "Old harbour bridge reopens to walkers after a winter of repairs"
    assert metadata.publisher == "The Kestrel Bay Courier"
    assert [author.name for author in metadata.authors] == ["Ines Falk", "Tomas Reyer"]
    assert metadata.authors[0].bio.startswith("A reporter for the Courier")
    assert metadata.language == "en"


def shape(document: Document) -> Shape:
    """Kind, level and text of each block; rows of cells for tables, items for lists."""
    found: Shape = []
    for block in document.blocks:
        match block:
            case Heading():
                found.append(("heading", block.level, one_line(block)))
            case Paragraph():
                found.append(("paragraph", 0, one_line(block)))
            case List():
                found.append(("list", int(block.ordered), _items(block)))
            case Table():
                rows = [[one_line(cell) for cell in row.cells] for row in block.head + block.body]
                found.append(("table", len(block.head), rows))
            case Quote():
                found.append(("quote", 0, one_line(block)))
            case Figure():
                found.append(("figure", 0, block.alt))
            case CodeBlock():
                found.append(("code", 0, block.value))
            case Rule():
                found.append(("rule", 0, ""))
            case _:
                raise AssertionError(f"no shape is known for {block}")
    return found


def _items(block: List, depth: int = 1) -> list[tuple[int, bool, str]]:
    """Depth, numbering and text of each item, those of inner lists after the item that holds them."""
    found = []
    for item in block.items:
        own = [inner for inner in item.blocks if not isinstance(inner, List)]
        found.append((depth, block.ordered, " ".join(map(one_line, own))))
        for inner in item.blocks:
            if isinstance(inner, List):
                found.extend(_items(inner, depth + 1))
    return found


def pandoc_shape(data: bytes, format_: str, path: Path) -> Shape:
    """The same of what pandoc reads. Heading levels are counted from the shallowest that is no title."""
    path.write_bytes(data)
    done = subprocess.run(["pandoc", "-f", format_, "-t", "json", str(path)], capture_output=True, check=True)
    found: Shape = []
    _pandoc(json.loads(done.stdout)["blocks"], found)
    return found


def _pandoc(blocks: list[Any], found: Shape) -> None:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind == "Div":
            _pandoc(content[1], found)
        elif kind == "Header":
            found.append(("heading", content[0], _words(content[2])))
        elif kind in ("Para", "Plain"):
            image = content[0] if len(content) == 1 and content[0]["t"] == "Image" else None
            found.append(("figure", 0, _words(image["c"][1])) if image else ("paragraph", 0, _words(content)))
        elif kind in ("BulletList", "OrderedList"):
            found.append(("list", int(kind == "OrderedList"), _pandoc_items(block)))
        elif kind == "Table":
            head = [[_words(cell[4]) for cell in row[1]] for row in content[3][1]]
            body = [[_words(cell[4]) for cell in row[1]] for part in content[4] for row in part[2] + part[3]]
            found.append(("table", len(head), head + body))
        elif kind == "BlockQuote":
            found.append(("quote", 0, _words(content)))
        elif kind == "CodeBlock":
            found.append(("code", 0, content[1]))
        elif kind == "HorizontalRule":
            found.append(("rule", 0, ""))


def _pandoc_items(block: dict[str, Any], depth: int = 1) -> list[tuple[int, bool, str]]:
    ordered = block["t"] == "OrderedList"
    found = []
    for item in block["c"][1] if ordered else block["c"]:
        own = [part for part in item if part["t"] not in ("BulletList", "OrderedList")]
        found.append((depth, ordered, _words(own)))
        for part in item:
            if part["t"] in ("BulletList", "OrderedList"):
                found.extend(_pandoc_items(part, depth + 1))
    return found


def _words(node: Any) -> str:
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: Any) -> list[str]:
    if isinstance(node, list):
        return [piece for part in node for piece in _pieces(part)]
    if not isinstance(node, dict):
        return []
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return [content]
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return [" "]
    if kind == "Code":
        return [content[1]]
    if kind == "Note" or (kind == "Link" and ["role", "doc-noteref"] in content[0][2]):
        return []  # the mark of a note is no word of the article
    if kind in ("Link", "Span", "Header", "OrderedList", "Quoted"):
        return [*_pieces(content[-1] if kind != "Link" else content[1])]
    inner = _pieces(content)
    return [*inner, " "] if kind in ("Para", "Plain") else inner


READERS = {"markdown": "gfm+yaml_metadata_block", "docx": "docx", "epub": "epub", "xhtml": "html"}


def within(wanted: Shape, found: Shape) -> list[tuple[Any, ...]]:
    """What of `wanted` is not met in `found`, in order, or met more often; a page may show more (title, byline, notes)."""
    rest = iter(found)
    missing = [each for each in wanted if not any(other == each for other in rest)]
    return [*missing, *(each for each in wanted if found.count(each) > wanted.count(each))][:3]


@pytest.mark.prove
@pytest.mark.parametrize("to", READERS)
@pytest.mark.parametrize("name", ["istanbul-talks.txt", "rich.md", "harbour-bridge.txt", "marche-aux-livres.txt"])
def test_pandoc_reads_the_same_structure_back(name: str, to: str, shared: Path, tmp_path: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("needs pandoc (apt install pandoc)")
    own = SAMPLES / name
    article = road(own if own.exists() else shared / "samples" / name)
    made = render(article, press(to, "broadsheet", Options())).value
    found = pandoc_shape(made.data, READERS[to], tmp_path / made.name)
    shift = {"markdown": 1, "xhtml": 1, "epub": 1, "docx": 0}[to]
    wanted = [
        ("heading", each[1] + shift, each[2]) if each[0] == "heading" else each for each in shape(article.document)
    ]
    if to in ("xhtml", "epub"):  # pandoc 2.17 puts a figure's caption in the place of its alternative text
        wanted = [("figure", 0, "") if each[0] == "figure" else each for each in wanted]
    if to == "epub":  # pandoc puts the cover's picture before everything
        assert found.pop(0) == ("figure", 0, "")
    if to == "docx":  # Word knows no rules: it is a line below a paragraph, which pandoc does not read
        wanted = [each for each in wanted if each[0] != "rule"]
    assert wanted
    assert within(wanted, found) == []


@pytest.mark.prove
@pytest.mark.parametrize("to", READERS)
@pytest.mark.parametrize("broken", ["lost", "doubled", "swapped"])
def test_the_read_back_notices_what_is_broken(to: str, broken: str, tmp_path: Path) -> None:
    """Breaking what the check checks: one block less, each twice, or two in the other order."""
    if shutil.which("pandoc") is None:
        pytest.skip("needs pandoc (apt install pandoc)")
    article = road(SAMPLES / "harbour-bridge.txt")
    wanted = [each for each in shape(article.document) if each[0] == "paragraph"]
    blocks = article.document.blocks
    changed = {
        "lost": blocks[1:],
        "doubled": tuple(block for block in blocks for _ in range(2)),
        "swapped": (blocks[-1], *blocks[1:-1], blocks[0]),
    }[broken]
    broken_article = structs.replace(article, document=structs.replace(article.document, blocks=changed))
    made = render(broken_article, press(to, "broadsheet", Options())).value
    assert within(wanted, pandoc_shape(made.data, READERS[to], tmp_path / made.name)) != []
