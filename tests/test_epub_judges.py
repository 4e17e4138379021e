"""EPUBs before EPUBCheck and Ace: what no single sample holds, and that each judge would notice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from convert.assets.svg import clean_svg
from convert.tree import Document, Figure, Image
from convert.tree import nodes as n
from convert.tree.walk import find, walk
from convert.world import Assets, Picture
from convert.writers.base import Part
from convert.writers.epub import Writer
from convert.writers.epub.access import STANDARD
from convert.writers.xhtml import Writer as XhtmlWriter
from tests.strategies import documents
from tests.test_svg import GOOD
from tests.test_validators import repacked
from tests.validators import judges
from tests.writers import scripts
from tests.writers.help import OPTIONS, theme
from tests.writers.rich import rich_assets, rich_document

pytestmark = pytest.mark.prove

THEMES = ("broadsheet", "modern")


def rich(name: str = "broadsheet") -> bytes:
    return Writer(theme(name), OPTIONS).render(rich_document(), rich_assets(), "rich").value.data


def judged(data: bytes, folder: Path) -> list[str]:
    path = folder / "book.epub"
    path.write_bytes(data)
    return judges.epubcheck(path) + judges.ace(path)


@pytest.mark.parametrize("name", THEMES)
def test_an_article_with_every_node_is_clean(name: str, tmp_path: Path) -> None:
    assert judged(rich(name), tmp_path) == []


def test_ace_notices_a_link_that_is_told_by_its_colour_alone(tmp_path: Path) -> None:
    bare = repacked(rich(), "style.css", lambda css: css + b".back { text-decoration: none }\n")
    assert any("link-in-text-block" in found for found in judged(bare, tmp_path))


def test_ace_notices_a_picture_without_a_description(tmp_path: Path) -> None:
    bare = repacked(rich(), "article.xhtml", lambda page: page.replace(b' alt="A crane over a ship"', b"", 1))
    assert any("image-alt" in found for found in judged(bare, tmp_path))


# ------------------------------------------------------------------- other scripts, generated trees


def written(document: Document, assets: Assets, folder: Path, name: str = "broadsheet") -> Path:
    """The stand-alone XHTML of a document in a folder."""
    made = XhtmlWriter(theme(name), OPTIONS).render(document, assets, "article").value
    path = folder / f"{len(list(folder.iterdir())):03}.xhtml"
    path.write_bytes(made.data)
    return path


def bound(parts: Sequence[Part], name: str = "broadsheet") -> bytes:
    return Writer(theme(name), OPTIONS).bind(parts, "Issue", "issue").value.data


@pytest.mark.parametrize("language", scripts.LANGUAGES)
def test_an_article_in_another_script_is_clean(language: str, tmp_path: Path) -> None:
    document = scripts.article(language)
    data = Writer(theme(), OPTIONS).render(document, scripts.ASSETS, "article").value.data
    direction = "rtl" if language in ("ar", "he", "fa") else "ltr"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = archive.read("EPUB/package.opf").decode()
        assert f'page-progression-direction="{direction}"' in package
        assert STANDARD in package
        assert f'dir="{direction}"' in archive.read("EPUB/article.xhtml").decode()
    assert judged(data, tmp_path) == []


@pytest.mark.parametrize("name", THEMES)
def test_all_scripts_together_are_clean(name: str, tmp_path: Path) -> None:
    parts = [Part(scripts.article(language), scripts.ASSETS, language) for language in scripts.LANGUAGES]
    assert judged(bound(parts, name), tmp_path) == []


def test_the_pages_of_other_scripts_are_clean_by_themselves(tmp_path: Path) -> None:
    pages = [written(scripts.article(language), scripts.ASSETS, tmp_path) for language in scripts.LANGUAGES]
    assert judges.nu(*pages) == []


def generated(count: int) -> list[Document]:
    """So many random trees, the same on every run; all of them together hold every class of node."""
    found: list[Document] = []

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(documents())
    def collect(document: Document) -> None:
        found.append(document)

    collect()
    assert {*n.INLINES, *n.BLOCKS, n.Note} <= {type(node) for document in found for node in walk(document)}
    return found


def test_generated_trees_are_clean_as_an_issue(tmp_path: Path) -> None:
    parts = [Part(document, rich_assets(), f"tree-{number}") for number, document in enumerate(generated(60))]
    assert judged(bound(parts), tmp_path) == []


def test_generated_trees_are_clean_as_pages(tmp_path: Path) -> None:
    pages = [written(document, rich_assets(), tmp_path) for document in generated(60)]
    for page in pages:  # the checker takes an emoji for half a character where its buffer ends within it
        page.write_bytes(page.read_bytes().replace("😀".encode(), "★".encode()))
    assert judges.nu(*pages) == []


# ------------------------------------------------------------------------- XHTML in another's EPUB

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
BOOK = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i" xml:lang="en">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">urn:x:1</dc:identifier>'
    "<dc:title>Somebody’s book</dc:title><dc:language>en</dc:language>"
    '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata><manifest>'
    '<item id="n" href="toc.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="a" href="text/article.xhtml" media-type="application/xhtml+xml"/>'
    '</manifest><spine><itemref idref="a"/></spine></package>'
)
CONTENTS = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Toc</title></head>'
    '<body><nav epub:type="toc"><ol><li><a href="text/article.xhtml">Article</a></li></ol></nav></body></html>'
)


def packaged(page: bytes) -> bytes:
    """An EPUB made by hand around a page, which goes in as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", BOOK)
        archive.writestr("toc.xhtml", CONTENTS)
        archive.writestr("text/article.xhtml", page)
    return out.getvalue()


def drawing() -> dict[str, Picture]:
    return {**rich_assets(), "silo": clean_svg(GOOD.encode())[0]}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("document", "assets"),
    [(rich_document(), drawing()), (scripts.article("ar"), scripts.ASSETS), (scripts.article("ja"), scripts.ASSETS)],
    ids=["rich", "arabic", "japanese"],
)
def test_the_stand_alone_page_drops_into_any_epub(
    document: Document, assets: Assets, name: str, tmp_path: Path
) -> None:
    page = written(document, assets, tmp_path, name).read_bytes()
    assert page.count(b'src="data:image/') == sum(one.asset in assets for one in shown(document))
    path = tmp_path / "book.epub"
    path.write_bytes(packaged(page))
    assert judges.epubcheck(path) == []


def shown(document: Document) -> list[Figure | Image]:
    return [*find(document, Figure), *find(document, Image)]


def test_a_page_that_does_not_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    page = written(rich_document(), drawing(), tmp_path).read_bytes()
    path.write_bytes(packaged(page.replace(b'src="data:image/png;base64,', b'src="gone.png?', 1)))
    assert judges.epubcheck(path) != []
