"""Whole articles before independent judges, in both themes; each judge is shown to notice a broken file."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec import structs

import convert
from convert.assets.svg import clean_svg
from convert.tree import Asset, Document, Figure, Heading, List, NoteReference, Paragraph, Quote, Table, Text
from convert.tree.text import block_text
from convert.tree.walk import rewrite
from tests.conftest import ROOT
from tests.metadata_table import article as article_of_all_fields
from tests.metadata_table import written
from tests.test_samples import road
from tests.test_svg import GOOD
from tests.validators import judges
from tests.validators.pdf_tree import Tag, tags

pytestmark = pytest.mark.prove

OURS = sorted(path.name for path in (ROOT / "tests/samples").iterdir() if path.suffix in (".txt", ".md"))
NAMES = [*OURS, "istanbul-talks.txt", "rich.md"]
THEMES = ("broadsheet", "modern")

KNOWN = {
    "5-1": "the metadata do not claim the standard",
    "7.2-20": "WeasyPrint tags what follows a list item's first paragraph beside its body",
}
"""What veraPDF finds against PDF/UA-1, which these PDFs do not claim; nothing may be added."""


@pytest.fixture
def article(request: pytest.FixtureRequest) -> Path:
    """A sample by name, ours or a shared one."""
    name = request.param
    shared: Path | None = None if name in OURS else request.getfixturevalue("shared")
    return shared / "samples" / name if shared else ROOT / "tests/samples" / name


@cache
def made(article: Path, to: str, theme: str) -> bytes:
    return convert.convert(article, to, theme).value.data


Judge = Callable[[Path], list[str]]


def epub(path: Path) -> list[str]:
    return judges.epubcheck(path) or judges.ace(path)  # Ace opens none that is broken


JUDGES: dict[str, Judge] = {"epub": epub, "xhtml": judges.nu, "docx": judges.open_xml}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("to", JUDGES)
@pytest.mark.parametrize("article", NAMES, indirect=True)
def test_the_judge_of_a_format_finds_nothing(article: Path, to: str, theme: str, tmp_path: Path) -> None:
    path = tmp_path / f"article.{to}"
    path.write_bytes(made(article, to, theme))
    assert JUDGES[to](path) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("article", NAMES, indirect=True)
def test_verapdf_finds_nothing_new(article: Path, theme: str, tmp_path: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(made(article, "pdf", theme))
    assert [found for found in judges.verapdf(path, "ua1") if found.split(" ")[1] not in KNOWN] == []


@pytest.mark.parametrize("to", [*JUDGES, "pdf"])
def test_nor_in_an_article_with_every_field_and_every_line_of_the_desk(to: str, tmp_path: Path) -> None:
    document, pictures = article_of_all_fields()
    chart, _ = clean_svg(GOOD.encode())
    assets = {**document.assets, "chart": Asset("chart.svg", digital_source_type="trainedAlgorithmicMedia")}
    document = structs.replace(document, blocks=(*document.blocks, Figure("chart", "A chart")), assets=assets)
    path = tmp_path / f"article.{to}"
    path.write_bytes(written(to, document, {**pictures, "chart": chart}))
    judge = JUDGES.get(to, judges.verapdf)
    assert [found for found in judge(path) if found.split(" ")[0] not in KNOWN] == []


# ------------------------------------------------------------------------------------- the PDF's tags


Line = tuple[str, int, tuple[str, ...]]
"""A block: its kind, its level, and its texts (items of a list with those of inner lists, cells row by row)."""


def squeezed(text: str) -> str:
    """Text without spaces and the hyphens of broken lines: a PDF holds neither reliably."""
    return re.sub(r"[\s\u2010\u00ad]", "", text)


def line(kind: str, *texts: str, level: int = 0) -> Line:
    return kind, level, tuple(filter(None, map(squeezed, texts)))


def wanted(document: Document) -> list[Line]:
    """The blocks of an article that have a tag of their own, references to notes as their numbers."""
    numbers = {note.id: str(number) for number, note in enumerate(document.notes, 1)}

    def number(node: Any) -> Any:
        return Text(numbers[node.note]) if isinstance(node, NoteReference) else node

    return list(_wanted(rewrite(document, number).blocks))


def _wanted(blocks: Iterable[Any]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Heading():
                yield line("heading", block_text(block), level=block.level)
            case Paragraph():
                yield line("paragraph", block_text(block))
            case List():
                yield line("list", *_items(block))
            case Table():
                yield line("table", *(block_text(cell) for row in block.head + block.body for cell in row.cells))
            case Quote():
                yield line("quote", block_text(block))
            case Figure():
                yield line("figure", block.alt)


def _items(block: List) -> Iterator[str]:
    for item in block.items:
        yield "".join(block_text(part) for part in item.blocks if not isinstance(part, List))
        for part in item.blocks:
            if isinstance(part, List):
                yield from _items(part)


def tagged(tag: Tag) -> Iterator[Line]:
    """The blocks of a tag tree; `H1` is the title, so sections begin with `H2`."""
    for each in tag.find("H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "Table", "BlockQuote", "Figure"):
        match each.kind:
            case "L":
                yield line("list", *(body.words() for body in each.find("LBody")))
            case "Table":
                yield line("table", *(cell.words() for cell in each.find("TH", "TD")))
            case "Figure":
                yield line("figure", each.alt)
            case "P" | "BlockQuote":
                yield line({"P": "paragraph", "BlockQuote": "quote"}[each.kind], each.words())
            case heading:
                yield line("heading", each.words(), level=int(heading[1]) - 1)


def unmet(lines: list[Line], found: list[Line]) -> list[Line]:
    """The lines that are not met in order. What a page's end cuts has a tag on either page, so these count as one."""
    missing, place = [], 0
    for each in lines:
        ends = (k + size for k in range(place, len(found)) for size in (1, 2) if _is(each, found[k : k + size]))
        end = next(ends, None)
        if end is None:
            missing.append(each)
        place = end or place
    often = Counter(found)
    return missing + [each for each in lines if each[0] != "table" and often[each] > lines.count(each)]


def _is(each: Line, parts: list[Line]) -> bool:
    """Whether the parts make up a line: the texts one after the other, one of them perhaps cut in two."""
    kinds = {part[:2] for part in parts} == {each[:2]}
    texts = [part[2] for part in parts]
    if len(parts) < 2:
        return kinds and texts == [each[2]]
    head, tail = texts
    return kinds and each[2] in (
        head + tail,
        (*head[:-1], *(last + first for last in head[-1:] for first in tail[:1]), *tail[1:]),
    )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("article", NAMES, indirect=True)
def test_the_tags_of_the_pdf_have_the_structure_of_the_article(article: Path, theme: str) -> None:
    lines = wanted(road(article).document)
    assert len(lines) > 5
    assert unmet(lines, list(tagged(tags(made(article, "pdf", theme))))) == []


@pytest.mark.parametrize("article", NAMES, indirect=True)
def test_the_pdf_says_what_it_is(article: Path) -> None:
    metadata = road(article).document.metadata
    with pikepdf.open(io.BytesIO(made(article, "pdf", "broadsheet"))) as pdf:
        assert str(pdf.docinfo["/Title"]) == metadata.title
        assert str(pdf.Root.Lang) == metadata.language
        assert pdf.Root.MarkInfo.Marked
        names = [author.name for author in metadata.authors]
        assert not names or all(name in str(pdf.docinfo["/Author"]) for name in names)
        assert "/Outlines" in pdf.Root


# ------------------------------------------------------------------------- judges that would notice


def repacked(data: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """A package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info, edit(part) if info.filename.endswith(name) else part)
    return out.getvalue()


def without_tags(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root["/StructTreeRoot"]
        del pdf.Root["/Lang"]
        pdf.save(out)
    return out.getvalue()


BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "epub": lambda data: repacked(data, ".opf", lambda part: part.replace(b"<dc:title", b"<dc:titel", 1)),
    "xhtml": lambda data: data.replace(b"<h1", b"<nonsense/><h1", 1),
    "docx": lambda data: repacked(data, "document.xml", lambda part: part.replace(b"<w:p>", b"<w:p><w:tr/>", 1)),
    "pdf": without_tags,
}


@pytest.mark.parametrize("to", BREAKS)
def test_every_judge_notices_a_broken_file(to: str, tmp_path: Path) -> None:
    good = made(ROOT / "tests/samples" / OURS[0], to, "broadsheet")
    broken = BREAKS[to](good)
    assert broken != good
    path = tmp_path / f"article.{to}"
    path.write_bytes(broken)
    found = judges.verapdf(path) if to == "pdf" else JUDGES[to](path)
    assert [each for each in found if each.split(" ")[0] not in KNOWN] != []


def test_the_tag_tree_notices_a_lost_block_and_a_swapped_one() -> None:
    article = ROOT / "tests/samples" / OURS[0]
    lines = wanted(road(article).document)
    found = list(tagged(tags(made(article, "pdf", "broadsheet"))))
    places = [found.index(each) for each in lines if each in found]
    assert len(places) > 10
    for number in places:
        assert unmet(lines, found[:number] + found[number + 1 :]) != []
    first, second = places[2:4]
    found[first], found[second] = found[second], found[first]
    assert unmet(lines, found) != []
