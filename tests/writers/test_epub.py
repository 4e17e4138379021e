"""EPUB: the package's order and bytes, its metadata, and what it claims about access."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from convert.tree import Author, Document, Metadata
from convert.world import Assets
from convert.writers.epub import Writer
from convert.writers.epub.facts import identifier
from convert.writers.xhtml import Writer as XhtmlWriter
from tests.validators.judges import epubcheck
from tests.writers.help import OPTIONS, theme, words
from tests.writers.rich import rich_assets, rich_document
from tests.writers.test_xhtml import NASTY

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


PRESS = Writer(theme(), OPTIONS)


def book(document: Document, assets: Assets | None = None) -> zipfile.ZipFile:
    data = PRESS.render(document, assets or {}, "stem").value.data
    return zipfile.ZipFile(io.BytesIO(data))


def package(document: Document, assets: Assets | None = None) -> etree._Element:
    return etree.fromstring(book(document, assets).read("EPUB/package.opf"))


def texts(root: etree._Element, name: str) -> list[str]:
    return [element.text for element in root.iter(name)]


def properties(root: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter(f"{OPF}meta"):
        found.setdefault(meta.get("property"), []).append(meta.text)
    return found


def test_the_mimetype_comes_first_and_uncompressed() -> None:
    data = Writer(theme(), OPTIONS).render(rich_document(), rich_assets(), "stem").value.data
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    first = zipfile.ZipFile(io.BytesIO(data)).infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_nothing_of_the_machine_is_in_the_archive() -> None:
    for entry in book(rich_document(), rich_assets()).infolist():
        assert (entry.date_time, entry.create_system, entry.external_attr) == ((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16)


def test_the_manifest_lists_every_file_and_no_other() -> None:
    made = book(rich_document(), rich_assets())
    root = etree.fromstring(made.read("EPUB/package.opf"))
    listed = {"EPUB/" + item.get("href") for item in root.iter(f"{OPF}item")}
    packed = {name for name in made.namelist() if name.startswith("EPUB/")} - {"EPUB/package.opf"}
    assert listed == packed
    assert sum(name.startswith("EPUB/pictures/") for name in packed) == 3  # two of the four are the same


def test_the_metadata_is_the_articles() -> None:
    root = package(rich_document(), rich_assets())
    assert texts(root, f"{DC}identifier") == ["urn:newsml:coastgazette.example:20261124:varna-port"]
    assert texts(root, f"{DC}title") == ["A Port Too Small for Its Harvest"]
    assert texts(root, f"{DC}creator") == ["Elena Marinova", "Tom Ashby"]
    assert texts(root, f"{DC}language") == ["en"]
    assert texts(root, f"{DC}date") == ["2026-11-24T04:30:00Z"]
    assert texts(root, f"{DC}publisher") == ["The Coast Gazette"]
    assert texts(root, f"{DC}rights") == ["© 2026 The Coast Gazette"]
    assert properties(root)["dcterms:modified"] == ["2026-11-24T07:00:00Z"]
    assert properties(root)["role"] == ["aut", "aut"]


def test_an_article_without_a_date_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    result = Writer(theme(), OPTIONS).render(words("x"), {}, "stem")
    assert [(m.code, m.severity) for m in result.report.messages] == [
        ("date.none", "info"),
        ("access.unclaimed", "info"),
    ]
    assert properties(package(words("x")))["dcterms:modified"] == ["2000-01-01T00:00:00Z"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert properties(package(words("x")))["dcterms:modified"] == ["1970-01-02T00:00:00Z"]
    assert "date.none" not in {m.code for m in Writer(theme(), OPTIONS).render(words("x"), {}, "stem").report.messages}


def test_an_article_without_an_identifier_gets_one_of_its_content() -> None:
    one, other = identifier(words("one")), identifier(words("other"))
    assert one == identifier(words("one"))
    assert one != other
    assert one.startswith("urn:uuid:")
    assert one.split("-")[2][0] == "8"
    assert identifier(Document(Metadata(canonical_url="https://x.example/a"))) == "https://x.example/a"


def test_the_contents_nest_as_the_headings_do() -> None:
    root = etree.fromstring(book(rich_document(), rich_assets()).read("EPUB/nav.xhtml"))
    toc = next(nav for nav in root.iter("{*}nav") if nav.get("id") == "toc")
    depths = {a.text or "".join(a.itertext()): sum(1 for _ in a.iterancestors("{*}ol")) for a in toc.iter("{*}a")}
    assert depths == {
        "A Port Too Small for Its Harvest": 1, "What would help": 2, "Who decides": 3, "A note on moisture": 4,
        "Measured": 5, "And weighed": 6, "In figures": 2, "The words of the trade": 2,
    }  # fmt: skip


def test_the_text_is_the_stand_alone_files_but_for_style_and_pictures() -> None:
    inside = etree.fromstring(book(rich_document(), rich_assets()).read("EPUB/article.xhtml"))
    alone = etree.fromstring(XhtmlWriter(theme(), OPTIONS).render(rich_document(), rich_assets(), "stem").value.data)
    for root in (inside, alone):
        for image in root.iter("{*}img"):
            image.attrib.pop("src")
    assert etree.tostring(inside.find("{*}body")) == etree.tostring(alone.find("{*}body"))


def test_an_editors_note_leaves_no_trace() -> None:
    made = book(rich_document(), rich_assets())
    for name in made.namelist():
        assert b"Hold the second picture" not in made.read(name), name


NASTY_DOCUMENT = Document(
    Metadata(title=NASTY, deck=NASTY, authors=(Author(NASTY, NASTY, NASTY, NASTY),), publisher=NASTY, section=NASTY,
             language=NASTY, keywords=(NASTY,), description=NASTY, rights=NASTY, identifier=NASTY, published=NASTY),
    rich_document().blocks[:6],
    rich_document().notes,
)  # fmt: skip


@pytest.mark.prove
@pytest.mark.parametrize("name", ["broadsheet", "modern"])
@pytest.mark.parametrize(
    "document", [rich_document(), words("x"), Document(), NASTY_DOCUMENT], ids=["rich", "bare", "empty", "nasty"]
)
def test_epubcheck_finds_nothing(name: str, document: Document, tmp_path: Path) -> None:
    made = Writer(theme(name), OPTIONS).render(document, rich_assets(), "stem").value
    path = tmp_path / made.name
    path.write_bytes(made.data)
    assert epubcheck(path) == []


@pytest.mark.prove
@pytest.mark.parametrize("name", ["broadsheet", "modern"])
def test_the_stand_alone_file_is_ready_for_an_epub(name: str, tmp_path: Path) -> None:
    made = XhtmlWriter(theme(name), OPTIONS).render(rich_document(), rich_assets(), "stem").value
    path = tmp_path / made.name
    path.write_bytes(made.data)
    assert epubcheck(path, "--mode", "xhtml", "-v", "3.0") == []
    path.write_bytes(made.data.replace(b"<h1", b"<nonsense/><h1"))
    assert epubcheck(path, "--mode", "xhtml", "-v", "3.0") != []
