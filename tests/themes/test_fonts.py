"""The packaged fonts, and what the program knows of them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from fontTools.ttLib import TTFont

from convert.data import fonts_folder
from convert.themes.fonts import font_fault, font_files, font_stack, fontconfig, missing_glyphs
from convert.themes.load import load_theme, theme_names
from convert.themes.model import Face, FontFamily, Theme

FACES = sorted(fonts_folder().glob("*.ttf"))
THEMES = [load_theme(name) for name in theme_names()]
by_theme = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


@by_theme
def test_every_face_is_the_one_that_the_theme_says(theme: Theme) -> None:
    for family in theme.fonts.values():
        for face in family.faces:
            with TTFont(fonts_folder() / face.file) as font:
                names = font["name"]
                assert (names.getDebugName(16) or names.getDebugName(1)) == family.family
                assert font["OS/2"].usWeightClass == face.weight
                assert bool(font["OS/2"].fsSelection & 1) == bool(font["head"].macStyle & 2) == face.italic


@by_theme
def test_emphasis_and_strong_have_real_faces(theme: Theme) -> None:
    for name, style in theme.styles.items():
        faces = {(face.weight, face.italic) for face in theme.fonts[style.font].faces}
        assert {(400, False), (400, True), (700, False), (700, True)} <= faces, name


@by_theme
def test_true_small_capitals_are_in_the_font(theme: Theme) -> None:
    for name, style in theme.styles.items():
        if style.caps == "small":
            with TTFont(font_files(theme)[style.font][0]) as font:
                assert "smcp" in {one.FeatureTag for one in font["GSUB"].table.FeatureList.FeatureRecord}, name


@pytest.mark.parametrize("file", FACES, ids=lambda file: file.name)
def test_a_packaged_face_is_static_and_says_its_licence(file: Path) -> None:
    assert font_fault(file.read_bytes()) == ""
    with TTFont(file) as font:
        assert "fvar" not in font
        assert "STAT" not in font
        assert "Open Font License" in font["name"].getDebugName(13)
        assert font["head"].modified == font["head"].created


def test_every_family_comes_with_its_licence_and_none_reserves_its_name() -> None:
    for family in {file.name.split("-")[0] for file in FACES}:
        text = (fonts_folder() / f"{family}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert "reserved font name" not in text.split("----")[0].lower()


def test_no_packaged_face_is_idle_and_all_stay_small() -> None:
    used = {file for theme in THEMES for files in font_files(theme).values() for file in files}
    assert used == set(FACES)
    assert sum(file.stat().st_size for file in fonts_folder().iterdir()) < 5_000_000


# Characters

SHOWN = {
    "Turkish": "İstanbul’da ağaç, çığlık, şöför, ı",
    "Polish": "Zażółć gęślą jaźń",
    "Czech": "Příliš žluťoučký kůň",
    "Romanian": "știință și țară",
    "Vietnamese": "Tiếng Việt: đường phố, người, nghĩa",
    "Icelandic": "Þórður, ð, æ, ö",
    "Russian": "Съешь ещё этих мягких булок",
    "Ukrainian": "Її, єдиний, ґанок",
    "Serbian": "Љубав, њива, ђак, ћуп",
    "Greek": "Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία",
    "signs": "→ ← ↑ ↓ • … – — ½ ¼ × − √ ★ ☆ ✓ ≈ ≠ ≤ ≥ ∞ ° ′ ″ † ‡ § ¶ № ™ © ® ‰",
    "quotation marks": "“x” ‘x’ „x“ «x» ‹x› ‚x‘",
    "currencies": "€ £ ¥ ₺ ₽ ₴ ₹ ₿ $ ¢",
    "spaces and joiners": "a\u00a0b\u202fc\u2009d\u200be\u00adf\u200dg\u2060h\u2011i\n\tj\ufeff",
    "variation selectors": "★\ufe0f ★\ufe0e",
    "decomposed": "e\u0301 s\u0327 a\u0306\u0301",
}


@by_theme
@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_what_newspapers_print_can_be_shown(theme: Theme, text: str) -> None:
    assert missing_glyphs(theme, text) == ""


@by_theme
def test_what_no_font_has_is_found_once_in_its_order(theme: Theme) -> None:
    assert missing_glyphs(theme, "İstanbul’da 中文 and 😀, 中\ufe0f, Москва") == "中文😀"


def test_each_theme_is_asked_by_its_own_fonts() -> None:
    mono = msgspec.structs.replace(THEMES[0], fonts={"mono": THEMES[0].fonts["mono"]})
    assert missing_glyphs(mono, "a★") == "★"
    assert missing_glyphs(THEMES[0], "a★") == ""


# Font stacks and fontconfig


def names(theme: Theme, key: str) -> list[str]:
    return [family.family for family in font_stack(theme, key)]


def test_a_font_stack_follows_fallbacks() -> None:
    theme = load_theme("broadsheet")
    assert names(theme, "display") == ["Newsreader Display", "Literata", "Inter"]
    assert names(theme, "mono") == ["JetBrains Mono", "Noto Sans", "Inter"]


def test_fallbacks_that_go_round_in_a_circle_end() -> None:
    faces = (Face("Inter-Regular.ttf"),)
    fonts = {
        "a": FontFamily("A", "serif", faces, fallback=("b",)),
        "b": FontFamily("B", "serif", faces, fallback=("a",)),
    }
    assert names(msgspec.structs.replace(THEMES[0], fonts=fonts), "a") == ["A", "B"]


@by_theme
def test_a_private_fontconfig_lists_the_theme_alone(theme: Theme, tmp_path: Path) -> None:
    path = fontconfig(theme, tmp_path / "a & b")
    root = ElementTree.parse(path).getroot()  # noqa: S314  (we wrote it)
    assert [one.text for one in root.iter("dir")] == [str(tmp_path / "a & b" / "fonts")]
    assert [one.text for one in root.iter("cachedir")] == [str(tmp_path / "a & b" / "cache")]
    copies = sorted((tmp_path / "a & b" / "fonts").iterdir())
    expected = dict.fromkeys(file for files in font_files(theme).values() for file in files)
    assert [one.read_bytes() for one in copies] == [file.read_bytes() for file in expected]
    assert fontconfig(theme, tmp_path / "a & b").read_bytes() == path.read_bytes()


@by_theme
def test_generic_families_and_missing_characters_lead_to_the_theme(theme: Theme, tmp_path: Path) -> None:
    tool = shutil.which("fc-match")
    if tool is None:
        if os.environ.get("CI"):
            pytest.fail("fontconfig's tools are absent, and in CI no test may skip for that")
        pytest.skip("needs fc-match")
    environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig(theme, tmp_path))}

    def match(pattern: str) -> str:
        done = subprocess.run([tool, "-f", "%{family[0]}", pattern], env=environment, capture_output=True, check=True)
        return done.stdout.decode()

    assert match("serif") == theme.fonts["text"].family
    assert match(r"sans\-serif") == "Libre Franklin"
    assert match("monospace") == "JetBrains Mono"
    assert match(f"{theme.fonts['text'].family}:charset=2605") == "Inter"
    assert match("Libre Franklin:charset=3b1") == "Noto Sans"
