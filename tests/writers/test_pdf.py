"""PDF: metadata, tags, fonts, pages, and that nothing outside is touched."""

from __future__ import annotations

import io
import logging
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pytest
from msgspec import structs
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTFigure, LTPage, LTTextLine

from convert.errors import RenderError
from convert.tree import Column, Document, Heading, Link, Metadata, Paragraph, Table, Text, build
from convert.tree import nodes as n
from convert.tree.text import letters
from convert.tree.walk import plain_text
from convert.writers.pdf import Writer, engine
from tests.writers.help import OPTIONS, document, theme, words
from tests.writers.rich import HARBOUR, rich_assets, rich_document
from tests.writers.test_xhtml import tree_text

THEMES = ("broadsheet", "modern")


@pytest.fixture(scope="module")
def presses() -> dict[str, Writer]:
    return {name: Writer(theme(name), OPTIONS) for name in THEMES}


@pytest.fixture(scope="module")
def rich(presses: dict[str, Writer]) -> dict[str, bytes]:
    return {name: press.render(rich_document(), rich_assets(), "stem").value.data for name, press in presses.items()}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """WeasyPrint understands every declaration and loads every picture."""
    caplog.set_level(logging.WARNING, "weasyprint")
    yield
    said = [record.getMessage() for record in caplog.get_records("call") if record.name == "weasyprint"]
    assert [message for message in said if ".notdef" not in message] == []  # that one is reported


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(data))


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of structure elements in reading order."""
    found: list[str] = []

    def visit(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                visit(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(str(node.S)[1:])
            if "/K" in node:
                visit(node.K)

    visit(pdf.Root.StructTreeRoot.K)
    return found


def fonts(pdf: pikepdf.Pdf) -> set[str]:
    """The names of all fonts of a file, without the marks of their subsets."""
    return {
        str(o.BaseFont).split("+")[-1].replace("-", " ")
        for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
    }  # fmt: skip


def pages(data: bytes) -> list[LTPage]:
    return list(extract_pages(io.BytesIO(data)))


@dataclass(frozen=True)
class Line:
    """One line of text on a page; distances in points from the page's foot and left side."""

    text: str
    left: float
    right: float
    bottom: float


def lines(page: LTPage) -> list[Line]:
    found = [
        Line(line.get_text().strip(), line.x0, line.x1, line.y0)
        for box in page if hasattr(box, "__iter__") for line in box if isinstance(line, LTTextLine)
    ]  # fmt: skip
    return sorted((line for line in found if line.text), key=lambda line: -line.bottom)


def titled(*paragraphs: str) -> Document:
    return structs.replace(words(*paragraphs), metadata=Metadata(title="A title", language="en"))


def test_the_file_knows_its_title_authors_and_language(rich: dict[str, bytes]) -> None:
    pdf = opened(rich["broadsheet"])
    assert str(pdf.docinfo.Title) == "A Port Too Small for Its Harvest"
    assert str(pdf.docinfo.Author) == "Elena Marinova, Tom Ashby"
    assert str(pdf.docinfo.Subject) == "Why grain lorries wait eleven hours at Varna."
    assert str(pdf.docinfo.Keywords) == "grain, ports, Black Sea"
    assert str(pdf.docinfo.CreationDate) == "D:20261124043000Z"
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_an_article_without_dates_has_none(presses: dict[str, Writer]) -> None:
    pdf = opened(presses["modern"].render(words("x"), {}, "stem").value.data)
    assert "/CreationDate" not in pdf.docinfo
    assert "/ModDate" not in pdf.docinfo


def test_it_is_tagged_with_the_articles_structure(rich: dict[str, bytes]) -> None:
    pdf = opened(rich["modern"])
    assert pdf.Root.MarkInfo.Marked
    found = kinds(pdf)
    assert {"H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Table", "TR", "TH", "TD", "Link", "Figure"} <= set(
        found
    )
    assert [kind for kind in found if re.fullmatch(r"H\d", kind)][:3] == ["H1", "H2", "H3"]


def test_the_outline_has_every_heading(rich: dict[str, bytes]) -> None:
    with opened(rich["broadsheet"]).open_outline() as outline:
        assert [item.title for item in outline.root] == ["A Port Too Small for Its Harvest"]
        inner = [item.title for item in outline.root[0].children]
    assert inner == ["What would help", "In figures", "The words of the trade", "Notes", "About the author"]


def test_each_theme_sees_its_own_fonts_only(rich: dict[str, bytes]) -> None:
    for name in THEMES:
        families = [family.family for family in theme(name).fonts.values()]
        for font in fonts(opened(rich[name])):
            assert any(font.startswith(family) for family in families), f"{name}: {font}"
    assert not any(font.startswith("Literata") for font in fonts(opened(rich["modern"])))


def test_two_presses_at_once_do_not_mix_their_fonts(presses: dict[str, Writer], rich: dict[str, bytes]) -> None:
    found: dict[int, bytes] = {}

    def run(k: int) -> None:
        found[k] = presses[THEMES[k % 2]].render(rich_document(), rich_assets(), "stem").value.data

    threads = [threading.Thread(target=run, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[k] == rich[THEMES[k % 2]] for k in range(4)] == [True] * 4


def test_a_press_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.setenv("FONTCONFIG_FILE", "mine")
    Writer(theme(), OPTIONS)
    assert os.environ["FONTCONFIG_FILE"] == "mine"


def test_a_character_that_no_font_has_is_a_loss(presses: dict[str, Writer]) -> None:
    result = presses["broadsheet"].render(titled("Tokyo is 東京."), {}, "stem")
    message, claim = result.report.messages
    assert (message.code, message.severity, claim.code) == ("glyph.missing", "loss", "pdf.glyph")
    assert "東 京" in message.text
    assert presses["broadsheet"].render(titled("Tokyo is Tōkyō."), {}, "stem").report.messages == []


def test_the_network_is_never_asked(presses: dict[str, Writer], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    made = document(
        '{"blocks": [{"type": "Figure", "asset": "http://127.0.0.1/x.png", "alt": "A far picture"},'
        '{"type": "Paragraph", "content": [{"type": "Image", "asset": "file:///etc/passwd", "alt": "y"}]}]}'
    )
    result = presses["modern"].render(made, {}, "stem")
    assert {message.code for message in result.report.messages if message.severity == "loss"} == {"picture.missing"}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "file:///etc/passwd", "data:text/css,a{}", "asset:1", "ASSET:0", "asset:/0", "/etc/passwd"]
)  # fmt: skip
def test_only_the_articles_pictures_are_served(url: str) -> None:
    fetcher = engine._fetcher({"0": rich_assets()["dot"]})
    assert fetcher.fetch("asset:0").read() == rich_assets()["dot"].data
    with pytest.raises(ValueError, match="Not fetched"):
        fetcher.fetch(url)


def test_a_stylesheet_cannot_import(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: asked.append(a))
    engine.Engine(theme()).style('@import "http://127.0.0.1:9/x.css"; p { color: #000000 }')
    assert asked == []
    assert any("Not fetched" in record.getMessage() for record in caplog.records)
    caplog.clear()


def test_missing_pango_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RenderError) as caught:
        Writer(theme(), OPTIONS)
    assert caught.value.code == "pdf.library"
    assert "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in caught.value.text


def wide(columns: int, cell: str) -> Document:
    row = build.row(*[cell] * columns)
    return Document(blocks=(Table((Column(),) * columns, (build.row(*["Heading"] * columns),), (row, row)),))


@pytest.mark.parametrize(
    "made", [wide(3, "short"), wide(9, "internationalisation"), wide(14, "1,204,000"), wide(25, "123456789")]
)
@pytest.mark.parametrize("name", THEMES)
def test_a_table_stays_within_its_column(made: Document, name: str, presses: dict[str, Writer]) -> None:
    page = theme(name).page
    left, right = (
        sorted((page.margin_inner, page.margin_outer)) if page.facing else (page.margin_inner, page.margin_outer)
    )
    for one in pages(presses[name].render(made, {}, "stem").value.data):
        for line in lines(one):
            assert line.left >= left * 72 / 25.4 - 1
            assert line.right <= (page.width - min(left, right)) * 72 / 25.4 + 1, line


def test_figures_do_not_break_in_a_table_that_can_fit(presses: dict[str, Writer]) -> None:
    data = presses["modern"].render(wide(8, "1,204,000"), {}, "stem").value.data
    found = "".join(line.text + "\n" for page in pages(data) for line in lines(page))
    assert found.count("1,204,000") == 16


def long_article() -> Document:
    blocks: list[n.Block] = []
    for k in range(40):
        blocks.append(Heading(1, (Text(f"Section {k}"),)))
        blocks.extend(build.paragraph(HARBOUR[: 60 + 37 * (k % 7)]) for _ in range(1 + k % 3))
        if k % 4 == 0:
            blocks.append(n.List(tuple(build.item(f"Point {k} {j}") for j in range(2 + k % 3))))
    return Document(Metadata(title="A long article", language="en"), tuple(blocks))


@pytest.mark.parametrize("name", THEMES)
def test_no_heading_ends_a_page_and_no_line_stands_alone(name: str, presses: dict[str, Writer]) -> None:
    made = pages(presses[name].render(long_article(), {}, "stem").value.data)
    foot = theme(name).page.margin_bottom * 72 / 25.4
    head = (theme(name).page.height - theme(name).page.margin_top) * 72 / 25.4
    assert len(made) > 5
    for page in made:
        text = [line for line in lines(page) if foot - 4 < line.bottom < head]
        assert not any(line.text.startswith("Section") for line in text[-2:]), text[-3:]
        assert text[0].text.startswith(("Section", "A long")) or len(text[0].text) > 40, text[
            0
        ]  # not a paragraph's last line


def test_running_heads_are_on_every_page_but_the_first(rich: dict[str, bytes]) -> None:
    made = [" ".join(line.text for line in lines(page)) for page in pages(rich["modern"])]
    assert "The Coast Gazette" not in made[0]
    assert all(text.startswith("The Coast Gazette") for text in made[1:])
    assert [f"{k} / {len(made)}" in text for k, text in enumerate(made, 1)] == [True] * len(made)


def test_a_line_of_text_holds_55_to_70_characters(presses: dict[str, Writer]) -> None:
    made = words(*[HARBOUR] * 12)
    for name in THEMES:
        data = presses[name].render(made, {}, "stem").value.data
        lengths = sorted(len(line.text) for page in pages(data) for line in lines(page) if len(line.text) > 40)
        assert 55 <= lengths[len(lengths) // 2] <= 70, name


def test_links_lead_out_and_within(presses: dict[str, Writer]) -> None:
    blocks = (
        Paragraph((Link((Text("out"),), "https://example.com/a"), Link((Text("in"),), "#x"))),
        Paragraph((Text("here"),), attrs=n.Attrs("x")),
    )
    pdf = opened(presses["modern"].render(Document(blocks=blocks), {}, "stem").value.data)
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert [str(note.A.URI) for note in notes if "/A" in note] == ["https://example.com/a"]
    assert [str(note.Dest) for note in notes if "/Dest" in note] == ["x"]


def test_the_words_of_the_article_are_all_in_the_file(presses: dict[str, Writer]) -> None:
    whole = rich_document()
    made = structs.replace(whole, blocks=tuple(b for b in whole.blocks if not (b.attrs and b.attrs.direction)))
    data = presses["modern"].render(made, rich_assets(), "stem").value.data
    found = letters("".join(line.text for page in pages(data) for line in lines(page)))
    for block in made.blocks:
        if isinstance(block, Paragraph) and block.attrs is None:
            first = plain_text(block.content).split()[:4]
            assert letters("".join(first)) in found


def test_a_page_of_two_columns_is_set_in_two(presses: dict[str, Writer]) -> None:
    page = structs.replace(theme().page, columns=2)
    data = Writer(structs.replace(theme(), page=page), OPTIONS).render(words(*[HARBOUR] * 6), {}, "stem").value.data
    starts = {round(line.left / 20) for line in lines(pages(data)[0]) if len(line.text) > 20}
    assert len(starts) >= 2


def test_a_numbered_list_begins_with_its_start(presses: dict[str, Writer]) -> None:
    numbered = n.List((build.item("alpha"), build.item("beta")), ordered=True, start=4)
    data = presses["broadsheet"].render(Document(blocks=(numbered,)), {}, "stem").value.data
    shown = " ".join(line.text for page in pages(data) for line in lines(page))
    assert re.search(r"4\.\s*alpha\s+5\.\s*beta", shown)


def test_a_small_picture_keeps_its_proportions(presses: dict[str, Writer]) -> None:
    gallery = n.Gallery((n.Figure("crane", "a"), n.Figure("silo", "b")))
    data = presses["modern"].render(Document(blocks=(gallery,)), rich_assets(), "stem").value.data
    shown = [box for page in pages(data) for box in page if isinstance(box, LTFigure)]
    assert len(shown) == 2
    assert all(abs(box.width / box.height - 520 / 400) < 0.01 for box in shown)


def rows(count: int) -> Document:
    table = Table(
        (Column(), Column()), (build.row("Berth", "Ship"),), tuple(build.row(f"r{k}", "x") for k in range(count))
    )
    return Document(Metadata(title="Ships"), (build.paragraph(HARBOUR), table))


def test_a_long_table_begins_where_it_stands_and_repeats_its_head(presses: dict[str, Writer]) -> None:
    made = presses["modern"].render(rows(90), {}, "stem").value
    shown = [[line.text for line in lines(page)] for page in pages(made.data)]
    assert "r5" in shown[0]
    assert len(shown) > 2
    assert all("Berth" in texts for texts in shown)
    assert made.declared.count("Berth") == 1
    assert "Berth" not in presses["modern"].render(rows(3), {}, "stem").value.declared


def test_a_short_table_is_not_broken(presses: dict[str, Writer]) -> None:
    blocks = (*words(*[HARBOUR] * 7).blocks, *rows(12).blocks)
    shown = [
        [line.text for line in lines(page)]
        for page in pages(presses["modern"].render(Document(blocks=blocks), {}, "stem").value.data)
    ]
    assert [sum(text in {f"r{k}" for k in range(12)} for text in texts) for texts in shown] in ([12], [0, 12], [12, 0])


@pytest.mark.parametrize("name", THEMES)
def test_no_letter_is_lost(name: str, presses: dict[str, Writer]) -> None:
    """The file's letters are the tree's, what is declared, and what pages repeat of that."""
    whole = rich_document()
    [arabic] = [b for b in whole.blocks if isinstance(b, Paragraph) and b.attrs]  # no font of the themes has it
    shown = structs.replace(whole, blocks=tuple(b for b in whole.blocks if b is not arabic))
    made = presses[name].render(shown, rich_assets(), "stem").value
    found = Counter(letters("".join(line.text for page in pages(made.data) for line in lines(page)).casefold()))
    text = tree_text() + "".join(made.declared)
    for picture in ("Lorries in a line along a grey sea", "A crane over a ship", "A concrete silo", "a grey dot"):
        text = text.replace(picture, "", 1)  # their descriptions are in the tags, not on the page
    wanted = Counter(letters(text.casefold())) - Counter(letters(plain_text(arabic.content)))
    assert wanted - found == Counter()


def test_an_editors_note_leaves_no_trace(presses: dict[str, Writer]) -> None:
    made = Document(Metadata(title="t", language="en", editors_note="Ask 東京 first"), words("x").blocks)
    result = presses["modern"].render(made, {}, "stem")
    assert result.report.messages == []
    assert (
        result.value
        == presses["modern"].render(Document(Metadata(title="t", language="en"), made.blocks), {}, "stem").value
    )
