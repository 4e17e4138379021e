"""The cover of an EPUB: the same words as a page and as a picture, in the theme's fonts alone."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from msgspec import structs
from PIL import Image

from convert.tree import Document, Metadata
from convert.writers.epub.drawing import HEIGHT, WIDTH, CoverLine, draw
from tests.writers.help import theme, words
from tests.writers.rich import rich_assets, rich_document
from tests.writers.test_epub import OPF, PRESS, book

LINES = [
    CoverLine("section", "The Gazette"),
    CoverLine("headline", "A Port Too Small"),
    CoverLine("byline", "By A", foot=True),
]


def image(*lines: CoverLine, name: str = "broadsheet") -> Image.Image:
    return Image.open(io.BytesIO(draw(theme(name), list(lines))[0])).convert("RGB")


def inked(made: Image.Image, colour: str) -> int:
    """How many pixels have exactly a colour."""
    wanted = tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return sum(count for count, one in made.getcolors(100_000) or () if one == wanted)


def test_the_page_holds_the_words_in_the_themes_styles() -> None:
    root = etree.fromstring(book(rich_document(), rich_assets()).read("EPUB/cover.xhtml"))
    section = root.find(".//{*}section")
    assert [(one.get("class"), one.text) for one in section] == [
        ("section", "The Coast Gazette"), ("headline", "A Port Too Small for Its Harvest"),
        ("deck", rich_document().metadata.deck), ("byline", "By Elena Marinova and Tom Ashby"),
        ("dateline", "VARNA · 24 November 2026"),
    ]  # fmt: skip


def test_the_cover_is_first_and_named_as_what_it_is() -> None:
    made = book(rich_document(), rich_assets())
    root = etree.fromstring(made.read("EPUB/package.opf"))
    assert [one.get("idref") for one in root.iter(f"{OPF}itemref")] == ["cover", "article"]
    (picture,) = (one for one in root.iter(f"{OPF}item") if one.get("properties") == "cover-image")
    assert (picture.get("href"), picture.get("media-type")) == ("cover.png", "image/png")
    assert Image.open(io.BytesIO(made.read("EPUB/cover.png"))).size == (WIDTH, HEIGHT)
    nav = etree.fromstring(made.read("EPUB/nav.xhtml"))
    marks = [a.get("{http://www.idpf.org/2007/ops}type") for a in nav.iter("{*}a")]
    assert [mark for mark in marks if mark] == ["cover", "bodymatter"]


@pytest.mark.parametrize("name", ["broadsheet", "modern"])
def test_the_picture_has_the_themes_colours_and_every_line(name: str) -> None:
    made = theme(name)
    whole = image(*LINES, name=name)
    assert inked(whole, made.colours["paper"]) > WIDTH * HEIGHT * 0.7
    assert inked(whole, made.styles["section"].colour) > WIDTH * 50
    for line in LINES[1:]:
        fewer = image(*(one for one in LINES if one is not line), name=name)
        assert inked(fewer, made.styles[line.style].colour) < inked(whole, made.styles[line.style].colour), line


def test_a_long_headline_grows_smaller_and_stays_within() -> None:
    long = image(CoverLine("headline", "The Unbelievably Long Story of Administrative Counterproposals " * 6))
    edge = long.crop((0, 200, 100, HEIGHT))
    assert edge.getcolors() == [(edge.width * edge.height, (255, 255, 255))]


@pytest.mark.parametrize("text", ["日本の港", "ميناء فارنا", "नमस्ते", "שלום"])
def test_what_no_font_can_show_is_left_out_and_told(text: str) -> None:
    assert draw(theme(), [CoverLine("headline", text)])[1] == [text]
    result = PRESS.render(Document(Metadata(title=text, language="en"), words("x").blocks), {}, "stem")
    assert [m.code for m in result.report.messages if m.code.startswith("cover")] == ["cover.letters"]
    assert text in book(Document(Metadata(title=text))).read("EPUB/cover.xhtml").decode()


def test_an_embargo_stands_on_the_cover_too() -> None:
    held = structs.replace(rich_document(), metadata=structs.replace(rich_document().metadata, embargo="2027-01-01"))
    assert "EMBARGOED UNTIL" in book(held, rich_assets()).read("EPUB/cover.xhtml").decode()


def test_the_words_of_the_cover_are_declared() -> None:
    declared = PRESS.render(rich_document(), rich_assets(), "stem").value.declared
    assert {"A Port Too Small for Its Harvest", "The Coast Gazette", "VARNA · 24 November 2026"} <= set(declared)
