"""What a good page has, as far as it can be measured: contrast, measure, scale, rhythm."""

from __future__ import annotations

import io
from itertools import pairwise
from statistics import median

import pytest
from fontTools.ttLib import TTFont
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextLine

from convert.themes.fonts import font_files
from convert.themes.load import load_theme, theme_names
from convert.themes.model import StyleName, Theme
from convert.tree import Document, build
from convert.writers.base import Options
from convert.writers.pdf import Writer

by_theme = pytest.mark.parametrize("theme", [load_theme(name) for name in theme_names()], ids=lambda theme: theme.name)

WITHIN: dict[StyleName, StyleName] = {
    "aside-title": "aside",
    "correction-label": "correction",
    "link": "aside",
    "code-span": "aside",
    "credit": "embed",
}
"""Styles that may stand on another's ground."""

SAMPLE = (
    "Diplomats from both nations convened in Istanbul for a set of crucial talks, the second round after an earlier "
    "meeting in Riyadh. “We came to listen,” said the deputy minister, who has led the delegation since 2019; the "
    "remaining differences, he added, were matters of verification rather than of principle. Officials would not say "
    "whether a date for a third round had been agreed, or where the next meeting might be held."
)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2, 1.4.3)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def width(theme: Theme) -> float:
    """The column's width in points."""
    page = theme.page
    room = page.width - page.margin_inner - page.margin_outer - page.column_gap * (page.columns - 1)
    return room / page.columns * 72 / 25.4


def em_a_character(theme: Theme) -> float:
    """The average advance of a character of running English text in the body's face, in em."""
    body = theme.styles["body"]
    with TTFont(font_files(theme)[body.font][0]) as font:
        names, advances = font.getBestCmap(), font["hmtx"]
        total = sum(advances[names[ord(one)]][0] for one in SAMPLE)
        return float(total / len(SAMPLE) / font["head"].unitsPerEm)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@by_theme
def test_all_text_stands_out_from_every_ground_it_can_have(theme: Theme) -> None:
    paper = theme.colours["paper"]
    for name, style in theme.styles.items():
        grounds = {style.background or paper, paper}
        if name in WITHIN:
            grounds.add(theme.styles[WITHIN[name]].background or paper)
        for ground in grounds:
            assert contrast(style.colour, ground) >= 4.5, (name, style.colour, ground)


@by_theme
def test_every_ink_can_be_read_on_every_tint(theme: Theme) -> None:
    grounds = {theme.colours["paper"], *(style.background for style in theme.styles.values() if style.background)}
    inks = {style.colour for style in theme.styles.values()}
    assert min(contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5


@by_theme
def test_lines_that_carry_meaning_can_be_seen(theme: Theme) -> None:
    paper = theme.colours["paper"]
    for style in theme.styles.values():
        for line in filter(None, (style.border_top, style.border_bottom, style.border_start)):
            assert contrast(line.colour, paper) >= 3


@by_theme
def test_there_is_one_accent(theme: Theme) -> None:
    greys = {theme.colours[name] for name in ("ink", "muted", "rule", "paper", "tint")}
    assert {style.colour for style in theme.styles.values()} - greys == {theme.colours["accent"]}


@by_theme
def test_a_full_line_in_print_holds_sixty_to_seventy_characters(theme: Theme) -> None:
    body = theme.styles["body"]
    assert 60 <= width(theme) / (theme.sizes.pdf * body.size * em_a_character(theme)) <= 70


@by_theme
def test_a_full_line_of_a_finished_page_holds_as_much(theme: Theme) -> None:
    document = Document(blocks=tuple(build.paragraph(SAMPLE) for _ in range(8)))
    page = next(extract_pages(io.BytesIO(Writer(theme, Options()).render(document, {}, "sample").value.data)))
    lines = [line for box in page if hasattr(box, "__iter__") for line in box if isinstance(line, LTTextLine)]
    full = [len(line.get_text().strip()) for line in lines if line.width > 0.9 * width(theme)]
    assert len(full) > 20
    assert 60 <= median(full) <= 70


@by_theme
def test_a_line_on_a_screen_is_no_longer(theme: Theme) -> None:
    assert 60 <= theme.measure / em_a_character(theme) <= 70


@by_theme
def test_sizes_and_leading_are_those_of_a_readable_page(theme: Theme) -> None:
    body, headline = theme.styles["body"], theme.styles["headline"]
    assert 9.5 <= theme.sizes.pdf <= 11
    assert 11 <= theme.sizes.word <= 12
    assert theme.sizes.epub == body.size == 1
    assert 1.35 <= body.leading <= 1.5
    assert 2 <= headline.size <= 3
    assert 1.05 <= headline.leading <= 1.15
    assert headline.tracking < 0
    assert 1.2 <= theme.styles["deck"].size <= 1.4
    assert min(style.size for style in theme.styles.values()) * theme.sizes.pdf >= 7.5


@by_theme
def test_headings_step_down_by_a_scale(theme: Theme) -> None:
    sizes = [theme.heading(level).size for level in range(1, 5)]
    assert sizes == sorted(sizes, reverse=True)
    assert theme.styles["headline"].size / sizes[0] >= 1.5
    for above, below in pairwise(sizes):
        assert above == below or 1.19 <= above / below <= 1.34
    looks = {(one.size, one.weight, one.italic, one.caps, one.colour) for one in map(theme.heading, range(1, 5))}
    assert len(looks) == 4


@by_theme
def test_a_heading_is_nearer_to_what_it_heads(theme: Theme) -> None:
    for level in range(1, 5):
        style = theme.heading(level)
        assert style.space_before == 2 * style.space_after
        assert style.keep_with_next


@by_theme
def test_paragraphs_are_parted_by_indent_or_by_space_and_not_by_both(theme: Theme) -> None:
    body = theme.styles["body"]
    assert (body.indent > 0) != (body.space_after > 0)


@by_theme
def test_text_is_justified_only_where_it_is_hyphenated(theme: Theme) -> None:
    for name, style in theme.styles.items():
        assert style.hyphenate or style.align != "justify", name
    for name in ("headline", "deck", "byline", "heading-1", "heading-4", "pull-quote", "code"):
        assert not theme.styles[name].hyphenate


@by_theme
def test_pages_have_room_outside_and_below_and_furniture_after_the_first(theme: Theme) -> None:
    page = theme.page
    assert page.margin_outer > page.margin_inner
    assert page.margin_bottom > page.margin_top
    texts = [page.head.start, page.head.centre, page.head.end]
    assert "{publisher}" in texts
    assert "{section}" in texts
    assert not page.head.first_page
    assert any("{page}" in text for text in (page.foot.start, page.foot.centre, page.foot.end))


@by_theme
def test_links_differ_by_more_than_colour(theme: Theme) -> None:
    assert theme.styles["link"].underline


@by_theme
def test_tables_have_tabular_figures_and_few_lines(theme: Theme) -> None:
    head, cell = theme.styles["table-header"], theme.styles["table-cell"]
    assert head.figures == cell.figures == "tabular"
    assert cell.size < 1
    assert cell.border_top is None
    assert cell.border_start is head.border_start is None
