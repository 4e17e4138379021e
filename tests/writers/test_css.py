"""The stylesheet: everything in it is the theme's, and each target gets what it can follow."""

from __future__ import annotations

import re

import pytest
import tinycss2
from msgspec import structs

from convert.themes.model import Border, FontFamily, Style, Theme
from convert.writers.css import css_string, font_family, number, stylesheet
from convert.writers.css_rules import RULES
from convert.writers.pdf.pages import Facts, furniture, sheet
from tests.writers.help import theme

TARGETS = ("screen", "epub", "pdf")


def restyled(name: str, **fields: object) -> Theme:
    """The broadsheet with some fields of one style replaced."""
    made = theme()
    changed: Style = structs.replace(made.styles[name], **fields)  # type: ignore[index]
    return structs.replace(made, styles={**made.styles, name: changed})


def rule(css: str, selector: str) -> dict[str, str]:
    """The declarations of one selector, later ones winning."""
    found: dict[str, str] = {}
    for line in css.splitlines():
        head, _, body = line.partition(" { ")
        if head == selector:
            found.update(part.strip().split(": ", 1) for part in body.removesuffix(" }").split(";") if ": " in part)
    return found


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ["broadsheet", "modern"])
def test_it_is_css_without_faults(target: str, name: str) -> None:
    css = stylesheet(theme(name), target)  # type: ignore[arg-type]
    rules = tinycss2.parse_stylesheet(css)
    assert [one for one in rules if one.type == "error"] == []
    for one in rules:
        if one.type == "qualified-rule":
            inner = tinycss2.parse_declaration_list(one.content)
            assert [part for part in inner if part.type == "error"] == []


@pytest.mark.parametrize("target", TARGETS)
def test_every_colour_is_the_themes(target: str) -> None:
    made = theme()
    known = set(made.colours.values())
    for style in made.styles.values():
        lines = (style.border_top, style.border_bottom, style.border_start)
        known |= {style.colour, style.background or "", *(line.colour for line in lines if line)}
    assert set(re.findall(r"#[0-9a-f]{6}", stylesheet(made, target))) <= known  # type: ignore[arg-type]


def test_epub_gets_what_kindle_follows() -> None:
    for direction in ("ltr", "rtl"):
        css = stylesheet(theme(), "epub", direction)
        assert "--" not in css
        assert "var(" not in css
        assert "grid" not in css
        assert "inline-" not in css
        assert not re.search(r"font-size: [\d.]+(px|pt|rem)", css)
        assert "color" not in rule(css, "body")
        assert "background" not in css.split("\n", 1)[0]


def test_every_rule_of_a_style_changes_with_it() -> None:
    for one in RULES:
        for target in TARGETS:
            plain = stylesheet(restyled(one.style, colour="#000000"), target)  # type: ignore[arg-type]
            assert "#123456" not in plain
            assert "#123456" in stylesheet(restyled(one.style, colour="#123456"), target), one  # type: ignore[arg-type]


def test_vertical_space_is_counted_in_units() -> None:
    made = restyled("heading-1", space_before=4.0, size=2.0)
    wanted = number(4 * made.unit / 2.0) + "em"
    assert rule(stylesheet(made, "pdf"), "h2")["margin-top"] == wanted


def test_sides_turn_with_the_direction_in_epub() -> None:
    made = restyled("quote", border_start=Border(1, "#123456"), margin_start=2.0, size=1.0)
    assert rule(stylesheet(made, "epub"), "blockquote")["margin-left"] == "2em"
    assert rule(stylesheet(made, "epub", "rtl"), "blockquote")["margin-right"] == "2em"
    assert "border-right" in rule(stylesheet(made, "epub", "rtl"), "blockquote")
    assert rule(stylesheet(made, "screen"), "blockquote")["margin-inline-start"] == "2em"


def test_letters_are_not_spaced_from_right_to_left() -> None:
    made = restyled("headline", tracking=0.1)
    assert rule(stylesheet(made, "pdf"), "h1")["letter-spacing"] == "0.1em"
    assert rule(stylesheet(made, "pdf", "rtl"), "h1")["letter-spacing"] == "normal"


def test_the_first_paragraph_has_no_indent() -> None:
    css = stylesheet(restyled("body", indent=1.25), "pdf")
    assert rule(css, "p")["text-indent"] == "0"
    assert rule(css, "p + p")["text-indent"] == "1.25em"


def test_a_name_cannot_break_out_of_the_stylesheet() -> None:
    nasty = "</style>\"'\\;}<b>&]]>\n"
    family = FontFamily(nasty, "serif", ())
    made = structs.replace(theme(), fonts={**theme().fonts, "text": family})
    css = stylesheet(made, "screen")
    assert not set("<&") & set(css)
    assert "]]>" not in css
    assert font_family(made, "text").endswith(", serif")
    [token] = [one for one in tinycss2.parse_component_value_list(css_string(nasty)) if one.type != "whitespace"]
    assert token.value == nasty


def test_the_sheet_has_the_themes_size_and_margins() -> None:
    page = structs.replace(theme().page, facing=True, width=200.0, height=300.0, margin_inner=11.0, margin_outer=22.0,
                           margin_top=33.0, margin_bottom=44.0)  # fmt: skip
    css = sheet(structs.replace(theme(), page=page))
    assert "size: 200mm 300mm" in css
    assert "@page :right { margin: 33mm 22mm 44mm 11mm }" in css
    assert "@page :left { margin: 33mm 11mm 44mm 22mm }" in css


def heads(start: str = "", end: str = "", first: bool = False, facing: bool = False) -> Theme:
    made = theme()
    head = structs.replace(made.page.head, start=start, centre="", end=end, first_page=first)
    foot = structs.replace(made.page.foot, start="", centre="{page} of {pages}", end="")
    return structs.replace(made, page=structs.replace(made.page, head=head, foot=foot, facing=facing))


FACTS = Facts("A Port", "The Gazette", "Business")


def test_running_heads_name_the_article_and_are_declared() -> None:
    css, words = furniture(heads("{publisher} · {section}", "{title}"), FACTS, "ltr")
    assert '@top-left { content: "The Gazette · Business"' in css
    assert '@top-right { content: "A Port"' in css
    assert 'content: counter(page) " of " counter(pages)' in css
    assert words == ("The Gazette · Business", "A Port", "of")


def test_a_fact_that_is_missing_takes_its_separator_along() -> None:
    css, words = furniture(heads("{publisher} · {section}"), Facts("T", "The Gazette", ""), "ltr")
    assert 'content: "The Gazette"' in css
    assert words == ("The Gazette", "of")


def test_the_first_page_has_its_head_only_if_the_theme_says_so() -> None:
    assert "@page :first { @top-left { content: none" in furniture(heads("x"), FACTS, "ltr")[0]
    assert "@page :first { @top-left" not in furniture(heads("x", first=True), FACTS, "ltr")[0]


def test_heads_change_sides_on_facing_pages_and_from_right_to_left() -> None:
    facing = furniture(heads("x", facing=True), FACTS, "ltr")[0]
    assert '@page :right { @top-left { content: "x"' in facing
    assert '@page :left { @top-right { content: "x"' in facing
    assert '@top-right { content: "x"' in furniture(heads("x"), FACTS, "rtl")[0]


def test_a_long_title_is_cut_at_a_word() -> None:
    _, words = furniture(heads("{title}"), Facts("word " * 40, "", ""), "ltr")
    assert words[0].endswith("word…")
    assert len(words[0]) <= 61


@pytest.mark.parametrize("target", TARGETS)
def test_the_head_stands_off_the_text_whatever_ends_it(target: str) -> None:
    made = restyled("dateline", space_after=5.0)
    assert rule(stylesheet(made, target), "header")["margin-bottom"] == number(5 * made.unit) + "em"  # type: ignore[arg-type]


def test_two_pictures_of_a_gallery_fill_the_column() -> None:
    made = rule(stylesheet(theme(), "pdf"), ".gallery figure")
    assert 2 * float(made["width"].rstrip("%")) + float(made["margin-inline-end"].rstrip("%")) == 100


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_slants_from_right_to_left(target: str) -> None:
    made = restyled("quote", italic=True)
    assert rule(stylesheet(made, target), "blockquote")["font-style"] == "italic"  # type: ignore[arg-type]
    assert rule(stylesheet(made, target, "rtl"), "blockquote")["font-style"] == "normal"  # type: ignore[arg-type]
