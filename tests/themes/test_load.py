"""Loading themes: what is inherited, and every finding with its place."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from convert.data import fonts_folder, themes_folder
from convert.errors import SettingsError, UsageError
from convert.themes.load import load_theme, theme_names
from convert.themes.model import STYLES, Border, Style, Theme
from convert.world import MemoryWorld

HOUSE = "/t/house.yaml"


def world(files: dict[str, str | bytes]) -> MemoryWorld:
    return MemoryWorld({Path(name): text if isinstance(text, bytes) else text.encode() for name, text in files.items()})


def load(text: str, others: dict[str, str | bytes] | None = None) -> Theme:
    return load_theme(HOUSE, world=world({HOUSE: text, **(others or {})}))


def findings(text: str, others: dict[str, str | bytes] | None = None) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(text, others)
    assert caught.value.code == "theme.wrong"
    return [line.removeprefix("/t/") for line in caught.value.findings]


@pytest.mark.parametrize("name", ["base", "broadsheet", "modern"])
def test_a_packaged_theme_is_complete(name: str) -> None:
    theme = load_theme(name, world=MemoryWorld())
    assert theme.name == name
    assert tuple(theme.styles) == STYLES
    assert all(isinstance(style, Style) for style in theme.styles.values())
    decoded = msgspec.convert(msgspec.to_builtins(theme), Theme)  # every value has the type that the model says
    assert decoded == theme


def test_the_packaged_themes_are_listed() -> None:
    assert theme_names() == ("base", "broadsheet", "modern")


def test_themes_differ_where_a_reader_sees_it() -> None:
    one, other = load_theme("broadsheet"), load_theme("modern")
    assert one.fonts["text"].family != other.fonts["text"].family
    assert one.styles["headline"].font == other.styles["headline"].font == "display"
    assert one.fonts["display"].generic != other.fonts["display"].generic
    assert one.styles["headline"].align != other.styles["headline"].align
    assert one.styles["body"].align == "justify"
    assert other.styles["body"].align == "start"
    assert one.colours["accent"] != other.colours["accent"]


# What is inherited


def test_a_theme_says_only_what_differs() -> None:
    theme = load('extends: base\ntitle: House\ncolours: {accent: "#0a0"}\nstyles:\n  headline: {size: 3}\n')
    base = load_theme("base")
    assert theme.title == "House"
    assert theme.colours == {**base.colours, "accent": "#00aa00"}
    assert theme.styles["headline"] == msgspec.structs.replace(base.styles["headline"], size=3.0)
    assert theme.styles["section"].colour == "#00aa00"
    assert theme.page == base.page


def test_what_is_like_a_style_follows_it() -> None:
    theme = load("extends: base\nstyles:\n  body: {figures: oldstyle}\n")
    assert theme.styles["list-item"].figures == "oldstyle"


def test_a_style_that_says_what_it_is_like_begins_anew() -> None:
    theme = load("extends: base\nstyles:\n  pull-quote: {like: body, italic: true}\n")
    assert theme.styles["pull-quote"] == msgspec.structs.replace(theme.styles["body"], italic=True)


def test_a_font_that_names_its_family_begins_anew() -> None:
    theme = load(
        "extends: base\nfonts:\n  mono: {family: Noto Sans, generic: monospace, faces: [{file: NotoSans-Regular.ttf}]}\n"
    )
    assert theme.fonts["mono"].word == ""
    assert theme.fonts["mono"].fallback == ()
    renamed = load("extends: base\nfonts:\n  mono: {word: Courier New}\n")
    assert renamed.fonts["mono"].family == "JetBrains Mono"
    assert renamed.fonts["mono"].word == "Courier New"


def test_an_inherited_border_is_changed_or_taken_away() -> None:
    theme = load("extends: base\nstyles:\n  aside: {border-top: {width: 4}}\n  pull-quote: {border-top: none}\n")
    assert theme.styles["aside"].border_top == Border(4.0, theme.colours["accent"])
    assert theme.styles["pull-quote"].border_top is None


def test_a_theme_extends_a_file_beside_it() -> None:
    theme = load("extends: ./more/middle.yaml\n", {"/t/more/middle.yaml": "extends: modern\ntitle: Middle\n"})
    assert theme.title == "Middle"
    assert theme.fonts["text"].family == "Noto Serif"


def test_a_path_may_be_a_bare_file_name() -> None:
    assert load_theme("house.yaml", world=world({"house.yaml": "extends: base\ntitle: House"})).name == "house"


def test_lengths_have_units() -> None:
    page = load(
        "extends: base\npage: {size: letter, margin-top: 1in, margin-inner: 3 cm, margin-outer: 36pt}\nsizes: {pdf: 11}"
    ).page
    assert (page.width, page.height) == (215.9, 279.4)
    assert (page.margin_top, page.margin_inner, page.margin_outer) == (25.4, 30.0, 12.7)
    own = load("extends: base\npage: {width: 200mm, height: 20cm}").page
    assert (own.width, own.height) == (200.0, 200.0)


# Findings


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("colour: {}", "2:1: Unknown key 'colour'; did you mean 'colours'?"),
        ("styles:\n  headlin: {size: 2}", "3:3: Unknown key 'headlin'; did you mean 'headline'?"),
        ("styles:\n  headline: {sise: 2}", "3:14: Unknown key 'sise'; did you mean 'size'?"),
        ("styles:\n  headline: {size: big}", "3:20: 'size': expected a number, found 'big'."),
        ("styles:\n  headline: {size: 30}", "3:20: 'size': expected 0.3 to 10, found '30'."),
        ("styles:\n  body: {align: left}", "3:17: 'align': expected start, end, centre, justify, found 'left'."),
        ("styles:\n  body: {colour: inc}", "3:18: Unknown colour 'inc'; did you mean 'ink'?"),
        ("styles:\n  body: {background: '#12'}", "3:22: '#12' is not a colour; write it as #rgb or #rrggbb."),
        ("styles:\n  aside: {border-top: {colour: acent}}", "3:32: Unknown colour 'acent'; did you mean 'accent'?"),
        ("styles:\n  aside: {border-top: {width: 0}}", "3:31: 'width': expected 0.05 to 20, found '0'."),
        ("styles:\n  body: {font: sens}", "3:16: Unknown font 'sens'; did you mean 'sans'?"),
        ("styles:\n  deck: {weight: 900}", "3:18: The style 'deck' asks for 900 of the font 'display', which has 400, 400 italic, 700, 700 italic."),
        ("styles:\n  deck: {like: heading1}", "3:16: Unknown style 'heading1'; did you mean 'heading-1'?"),
        ("styles:\n  body: {like: deck}", "3:16: 'like' goes round in a circle: body → deck → headline → body."),
        ("colours: {ink: black}", "2:16: 'ink': expected a colour such as #1a1a1a, found 'black'."),
        ("colours: none", "2:10: 'colours': expected a mapping, found 'none'."),
        ("fonts:\n  text: {fallback: [signz]}", "3:21: Unknown font 'signz'; did you mean 'signs'?"),
        ("fonts:\n  text: {generic: slab}", "3:19: 'generic': expected serif, sans-serif, monospace, found 'slab'."),
        ("fonts:\n  mono: {faces: []}", "3:3: The font 'mono' has no faces; name at least one file."),
        ("fonts:\n  mono:\n    faces: [{file: JetBrainMono-Regular.ttf}, {file: NotoSans-Regular.ttf}]", "4:20: There is no font file 'JetBrainMono-Regular.ttf', neither packaged nor beside the theme; did you mean 'JetBrainsMono-Regular.ttf'?"),
        ("fonts:\n  mono:\n    faces: [{file: ../secret.ttf}]", "4:20: The font '../secret.ttf' lies outside the theme's folder; put it beside the theme."),
        ("fonts:\n  mono:\n    faces: [{file: /etc/secret.ttf}]", "4:20: The font '/etc/secret.ttf' lies outside the theme's folder; put it beside the theme."),
        ("fonts:\n  mono:\n    faces: [{file: a/b.ttf}]", "4:20: There is no font file 'a/b.ttf', neither packaged nor beside the theme."),
        ("show: [headline, body, notes]", "2:1: 'show' must name corrections: a theme may not hide what readers must see."),
        ("show: [headline, body, corrections, notes, body]", "2:44: 'body' is shown twice."),
        ("show: [headline, body, corrections, notes, bylin]", "2:44: 'show': expected section, headline, deck, byline, dateline, disclosure, lead-image, body, corrections, notes, about, origin, found 'bylin'; did you mean 'byline'?"),
        ("page: {size: A44}", "2:14: Unknown page size 'A44'; did you mean 'A4'?"),
        ("page: {margin-top: 20}", "2:20: 'margin-top': expected a length such as 18mm, 2cm, 1in or 12pt, found '20'."),
        ("page: {margin-inner: 190mm}", "2:1: The margins leave no room for text: -34 by 237 mm."),
        ("page: {columns: 0}", "2:17: 'columns': expected 1 to 6, found '0'."),
        ("page:\n  head: {start: 'Page {pge}'}", "3:17: Nothing is called {pge}; did you mean '{page}'?"),
        ("origin: '{published}'", "2:9: Nothing is called {published}; did you mean '{publisher}'?"),
        ("sizes: {pdf: 2mm}", "2:14: 'pdf': expected a size in points such as 10.5 or 10.5pt, found '2mm'."),
        ("sizes: {pdf: 100}", "2:14: 'pdf': expected 4 to 40, found '100'."),
        ("widows: 0", "2:9: 'widows': expected 1 to 9, found '0'."),
        ("bullets: []", "2:10: 'bullets': expected at least one entry, found a list."),
        ("markdown: {bullet: x}", "2:20: 'bullet': expected -, *, +, found 'x'."),
        ("title: ''", "2:8: 'title': expected a text that is not empty, found '' in quotes."),
    ],
)  # fmt: skip
def test_a_finding_has_its_place_and_the_nearest_word(text: str, finding: str) -> None:
    assert findings(f"extends: base\n{text}\n") == [f"house.yaml:{finding}"]


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        ("bass", "house.yaml:1:10: Unknown theme 'bass'; did you mean 'base'?"),
        ("./other.yaml", "house.yaml:1:10: There is no file './other.yaml' beside this theme."),
        ("../other.yaml", "house.yaml:1:10: '../other.yaml' lies outside the theme's folder; extend a file inside it."),
        ("[base]", "house.yaml:1:10: 'extends': expected the name of a theme or of a file beside this one."),
        ("house.yaml", "house.yaml:1:10: 'extends' goes round in a circle: house → house."),
    ],
)
def test_a_theme_that_extends_nothing_known_says_only_that(name: str, finding: str) -> None:
    assert findings(f"extends: {name}\n") == [finding]


def test_a_circle_of_themes_is_named() -> None:
    lines = findings("extends: a.yaml", {"/t/a.yaml": "title: A\nextends: ./house.yaml\n"})
    assert lines == ["a.yaml:2:10: 'extends' goes round in a circle: house → a → house."]


def test_findings_of_all_kinds_and_files_come_at_once() -> None:
    text = """\
extends: middle.yaml
titel: House
colours: {accent: red}
styles:
  headline: {size: huge, colour: ikn}
  headline: {font: dsplay}
fonts:
  mono: {word: [x]}
show: [headline]
page: {head: {end: "{nobody}"}}
"""
    lines = findings(text, {"/t/middle.yaml": "extends: base\nmeasure: wide\n"})
    assert [line.split(": ")[0] for line in lines] == [
        "house.yaml:2:1", "house.yaml:3:19", "house.yaml:6:3", "house.yaml:6:20", "house.yaml:8:16",
        "house.yaml:9:1", "house.yaml:10:20", "middle.yaml:2:10",
    ]  # fmt: skip


def test_a_root_says_everything() -> None:
    lines = findings("title: Bare\n")
    assert "house.yaml:1:1: The key 'styles' is missing here." in lines
    assert "house.yaml:1:1: The key 'fonts' is missing here." in lines


def test_a_root_without_a_style_names_it() -> None:
    text = (themes_folder() / "base.yaml").read_text(encoding="utf-8")
    line = next(k for k, one in enumerate(text.splitlines(), 1) if one.startswith("styles:"))
    without = text.replace("  lede: { like: body, indent: 0 }\n", "").replace("    italic: false\n", "", 1)
    lines = findings(without)
    assert f"house.yaml:{line}:1: Styles are missing here: lede." in lines
    assert any("The key 'italic' is missing here." in one for one in lines)


def test_a_variable_or_broken_font_is_refused() -> None:
    face = "extends: base\nfonts:\n  mono:\n    faces: [{file: my.ttf}]\n"
    variable = b"\x00\x01\x00\x00\x00\x02" + bytes(6) + b"cmap" + bytes(12) + b"fvar" + bytes(12)
    assert findings(face, {"/t/my.ttf": variable}) == [
        "house.yaml:4:20: The font 'my.ttf' is a variable font; name static faces (instances of variable fonts differ from run to run)."
    ]
    assert "is not a TrueType or OpenType font" in findings(face, {"/t/my.ttf": b"<html>"})[0]
    assert "has no character map" in findings(face, {"/t/my.ttf": b"OTTO\x00\x00"})[0]


def test_a_font_beside_the_theme_is_used(tmp_path: Path) -> None:
    font = (fonts_folder() / "Inter-Regular.ttf").read_bytes()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "own.ttf").write_bytes(font)
    text = "extends: base\nfonts:\n  mono: {family: Own, generic: monospace, faces: [{file: fonts/own.ttf}]}\n"
    (tmp_path / "house.yaml").write_text(text, encoding="utf-8")
    theme = load_theme(str(tmp_path / "house.yaml"))
    assert Path(theme.fonts["mono"].faces[0].file) == tmp_path / "fonts" / "own.ttf"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "own.ttf").symlink_to(fonts_folder() / "Inter-Regular.ttf")
    path = tmp_path / "house" / "house.yaml"
    path.write_text("extends: base\nfonts:\n  mono: {faces: [{file: own.ttf}]}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="lies outside the theme's folder"):
        load_theme(str(path))


def test_an_unknown_theme_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="There is no theme 'brodsheet'; did you mean 'broadsheet'") as caught:
        load_theme("brodsheet")
    assert caught.value.code == "theme.unknown"
    with pytest.raises(UsageError, match="known here: base, broadsheet, modern"):
        load_theme("zzz")


def test_a_theme_file_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="no such file") as caught:
        load_theme("nowhere/x.yaml", world=MemoryWorld())
    assert caught.value.where == str(Path("nowhere/x.yaml"))
