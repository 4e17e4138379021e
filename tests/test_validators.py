"""Whole articles before independent judges, in both themes; each judge is shown to notice a broken file."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec import structs

import convert
from convert.assets.svg import clean_svg
from convert.formats import writer
from convert.tree import Asset, Document, Figure, Heading, List, NoteReference, Paragraph, Quote, Table, Text
from convert.tree.codec import encode
from convert.tree.text import block_text
from convert.tree.walk import plain_text, rewrite
from convert.writers.base import Options, Press
from convert.writers.labels import labels
from convert.writers.page import print_when
from tests.conftest import ROOT
from tests.metadata_table import article as article_of_all_fields
from tests.metadata_table import written
from tests.strategies import KEYS, WORDS, documents
from tests.test_samples import road
from tests.test_svg import GOOD
from tests.validators import judges
from tests.validators.pdf_tree import Tag, tags
from tests.writers.every_font import theme_with
from tests.writers.other_scripts import ARTICLES, CHARACTERS
from tests.writers.rich import picture, rich_assets, rich_document

pytestmark = pytest.mark.prove

OURS = sorted(path.name for path in (ROOT / "tests/samples").iterdir() if path.suffix in (".txt", ".md"))
NAMES = [*OURS, "istanbul-talks.txt", "rich.md"]
THEMES = ("broadsheet", "modern")


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
def test_verapdf_finds_nothing(article: Path, theme: str, tmp_path: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(made(article, "pdf", theme))
    assert judges.verapdf(path, flavours="auto,ua1,3a") == []


@pytest.mark.parametrize("to", [*JUDGES, "pdf"])
def test_nor_in_an_article_with_every_field_and_every_line_of_the_desk(to: str, tmp_path: Path) -> None:
    document, pictures = article_of_all_fields()
    chart, _ = clean_svg(GOOD.encode())
    assets = {**document.assets, "chart": Asset("chart.svg", digital_source_type="trainedAlgorithmicMedia")}
    document = structs.replace(document, blocks=(*document.blocks, Figure("chart", "A chart")), assets=assets)
    path = tmp_path / f"article.{to}"
    path.write_bytes(written(to, document, {**pictures, "chart": chart}))
    judge = JUDGES.get(to, judges.verapdf)
    assert judge(path) == []


def pdf_press(folder: Path, more: str = "") -> Press:
    """A press whose theme has a font for other scripts, and for what generated articles are made of."""
    said = "".join("".join(structs.astuple(labels(language))) for language in ("ar", "ja"))
    dates = "".join(print_when(f"2026-{month:02}-01", "ar", "UTC") for month in range(1, 13)) + "年月日"
    return writer("pdf")(theme_with(CHARACTERS + said + dates + more, folder), Options())


def test_verapdf_finds_nothing_in_other_scripts_and_in_every_node(tmp_path: Path) -> None:
    press = pdf_press(tmp_path / "theme", plain_text(rich_document().blocks))
    paths = []
    for name, document in {**ARTICLES, "rich": rich_document()}.items():
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(press.render(document, rich_assets(), name).value.data)
    assert judges.verapdf(*paths, flavours="auto,ua1,3a") == []


def test_verapdf_finds_nothing_in_generated_articles(tmp_path: Path) -> None:
    press = pdf_press(tmp_path / "theme", "".join(WORDS))
    pictures = {key: picture(60, 40) for key in KEYS}
    drawn: dict[str, Document] = {}

    @settings(max_examples=60, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(documents())
    def draw(document: Document) -> None:
        name = f"{len(drawn)}.pdf"
        drawn[name] = document
        made = press.render(document, pictures, "stem")
        assert [message for message in made.report.messages if message.code.startswith("pdf.")] == []
        (tmp_path / name).write_bytes(made.value.data)

    draw()
    found = judges.verapdf(*(tmp_path / name for name in drawn), flavours="auto,ua1,3a")
    assert [(each, encode(drawn[each.split(" ")[0]])) for each in found] == []


# ------------------------------------------------------------------------------------- the PDF's tags


Line = tuple[str, int, tuple[str, ...]]
"""A block: its kind, its level, and its texts (items of a list with those of inner lists, cells row by row)."""


def plain(text: str) -> str:
    """Text with one space for each run of white space, and without the hyphens that only ask to break a word."""
    return " ".join(text.replace("\u00ad", "").split())


def line(kind: str, *texts: str, level: int = 0) -> Line:
    return kind, level, tuple(filter(None, map(plain, texts)))


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
                yield line("list", *_read_items(each))
            case "Table":
                yield line("table", *(cell.read() for cell in each.find("TH", "TD")))
            case "Figure":
                yield line("figure", each.alt)
            case "P" | "BlockQuote":
                yield line({"P": "paragraph", "BlockQuote": "quote"}[each.kind], _apart(each))
            case heading:
                yield line("heading", each.read(), level=int(heading[1]) - 1)


def _read_items(tag: Tag) -> Iterator[str]:
    for body in tag.find("LBody"):
        yield _apart(Tag("LBody", kids=[kid for kid in body.kids if kid.kind != "L"]))
        for inner in body.kids:
            if inner.kind == "L":
                yield from _read_items(inner)


def _apart(tag: Tag) -> str:
    """The text of an element, with a space between the blocks in it."""
    blocks = list(tag.find("P", "L"))
    return " ".join(block.read() for block in blocks) if blocks and tag.kind != "P" else tag.read()


def unmet(lines: list[Line], found: list[Line]) -> list[Line]:
    """The lines that are not met in order, or more often than they stand in the article."""
    missing, place = [], 0
    for each in lines:
        if each in found[place:]:
            place = found.index(each, place) + 1
        else:
            missing.append(each)
    often = Counter(found)
    return missing + [each for each in lines if often[each] > lines.count(each)]


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
    assert found != []


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
