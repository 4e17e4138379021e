"""The fonts in an EPUB: which faces, how they are cut, and that what is cut is kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec import structs

from convert.report import Report
from convert.themes.fonts import face_file
from convert.themes.model import Face, FontFamily, Theme
from convert.tree import CodeSpan, Document, Emphasis, Metadata, Paragraph, Text
from convert.writers.epub.fonts import FontFile, Fonts, _subset, font_faces
from tests.writers.help import theme, words
from tests.writers.rich import rich_assets, rich_document
from tests.writers.test_epub import book

PLAIN = ["<p>x</p>"]


def files(markup: str, text: str, made: Theme | None = None) -> list[FontFile]:
    return Fonts(made or theme()).files([markup], text, Report())


def held(one: FontFile) -> set[int]:
    return set(TTFont(io.BytesIO(one.data)).getBestCmap())


def stems(found: list[FontFile]) -> set[str]:
    return {Path(one.href).stem for one in found}


def test_a_page_brings_the_faces_of_its_styles_and_no_other() -> None:
    assert stems(files("<p>x</p>", "x")) == {"Literata-Regular"}
    assert stems(files("<p>x <em>y</em> <strong>z</strong></p>", "xyz")) == {
        "Literata-Regular", "Literata-Italic", "Literata-Bold",
    }  # fmt: skip
    assert stems(files("<p>x <code>y</code></p>", "xy")) == {"Literata-Regular", "JetBrainsMono-Regular"}
    assert stems(files('<h1 class="headline">x</h1>', "x")) == {"Literata-Regular", "NewsreaderDisplay-Bold"}
    assert stems(files('<h1 class="headline">x</h1>', "x", theme("modern"))) == {
        "NotoSerif-Regular", "LibreFranklin-ExtraBold",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [("abc", "ažỆ1—€", "αж"), ("abc где", "ažж", "α"), ("abc τί", "aαὶ", "ж"), ("123", "1—", "aαж")],
)
def test_a_face_is_cut_to_the_scripts_of_the_text(text: str, inside: str, outside: str) -> None:
    (found,) = files("<p>x</p>", text)
    assert held(found) >= set(map(ord, inside))
    assert not held(found) & set(map(ord, outside))


def test_a_fallback_comes_along_for_what_the_first_font_lacks() -> None:
    assert stems(files("<p>★</p>", "x★")) == {"Literata-Regular", "Inter-Regular"}
    assert stems(files("<code>где</code>", "где ѣ", theme())) >= {"JetBrainsMono-Regular"}


def test_text_that_no_font_has_brings_none() -> None:
    assert files("<p>日本</p>", "日本") == []


def test_what_is_cut_is_kept() -> None:
    _subset.cache_clear()
    fonts = Fonts(theme())
    for text in ("one", "two", "three — 3"):
        fonts.files(PLAIN, text, Report())
    assert _subset.cache_info().misses == 1
    fonts.files(PLAIN, "три", Report())
    assert _subset.cache_info().misses == 2


def test_the_makers_names_and_the_outlines_stay() -> None:
    (found,) = files("<p>x</p>", "x")
    whole, cut = TTFont(face_file("Literata-Regular.ttf")), TTFont(io.BytesIO(found.data))
    assert [str(one) for one in cut["name"].names] == [str(one) for one in whole["name"].names]
    assert "Open Font License" in cut["name"].getDebugName(13)
    assert cut["head"].modified == whole["head"].modified
    assert len(found.data) < face_file("Literata-Regular.ttf").stat().st_size * 0.7


def forbidding(tmp_path: Path, rights: int) -> Theme:
    font = TTFont(face_file("Literata-Regular.ttf"), recalcTimestamp=False)
    font["OS/2"].fsType = rights
    font.save(tmp_path / "own.ttf")
    family = FontFamily("Own", "serif", (Face(str(tmp_path / "own.ttf")),))
    return structs.replace(theme(), fonts={**theme().fonts, "text": family})


def test_a_font_whose_maker_forbids_it_is_not_embedded(tmp_path: Path) -> None:
    report = Report()
    assert Fonts(forbidding(tmp_path, 2)).files(PLAIN, "x", report) == []
    assert [(m.code, m.severity) for m in report.messages] == [("font.forbidden", "info")]
    assert "Own" in report.messages[0].text


def test_a_font_that_may_not_be_cut_is_embedded_whole(tmp_path: Path) -> None:
    (found,) = Fonts(forbidding(tmp_path, 0x100)).files(PLAIN, "x", Report())
    assert found.data == (tmp_path / "own.ttf").read_bytes()


def test_files_of_one_name_do_not_collide(tmp_path: Path) -> None:
    made = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "Own Font.ttf"
        path.write_bytes(face_file("Literata-Regular.ttf").read_bytes())
        made.append(Face(str(path), 400, folder == "b"))
    own = structs.replace(
        theme(), fonts={**theme().fonts, "text": FontFamily("Own", "serif", (made[0], made[1]))}
    )  # fmt: skip
    assert sorted(one.href for one in files("<p><em>x</em></p>", "x", own)) == [
        "fonts/Own-Font.ttf", "fonts/Own-Font1.ttf",
    ]  # fmt: skip


def test_the_stylesheet_names_each_file() -> None:
    found = files("<p>x <em>y</em></p>", "xy")
    assert font_faces(found).splitlines() == [
        '@font-face { font-family: "Literata"; font-weight: 400; font-style: normal; src: url(fonts/Literata-Regular.ttf) }',
        '@font-face { font-family: "Literata"; font-weight: 400; font-style: italic; src: url(fonts/Literata-Italic.ttf) }',
    ]


def test_the_fonts_in_the_archive_are_those_of_the_stylesheet() -> None:
    made = book(rich_document(), rich_assets())
    css = made.read("EPUB/style.css").decode()
    packed = {name.removeprefix("EPUB/") for name in made.namelist() if name.startswith("EPUB/fonts/")}
    assert packed
    assert {line.split("url(")[1].split(")")[0] for line in css.splitlines() if "@font-face" in line} == packed


def test_every_letter_of_a_page_is_in_a_font_of_the_page() -> None:
    content = (Text("Zażółć — "), Emphasis((Text("gęślą"),)), CodeSpan("jaźń"))
    made = book(Document(Metadata(title="Łódź", language="pl"), (*words("x").blocks, Paragraph(content))))
    fonts = [TTFont(io.BytesIO(made.read(name))) for name in made.namelist() if "/fonts/" in name]
    assert all(set(map(ord, "żółćęśąźńŁ")) <= set(font.getBestCmap()) for font in fonts)
