"""Every stylesheet that an EPUB carries stays within what Kindle follows, whatever the theme."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
import tinycss2
from msgspec import structs

from convert.tree import Document
from convert.writers.css import stylesheet
from convert.writers.epub import Writer
from tests.writers.help import OPTIONS, theme
from tests.writers.rich import rich_assets, rich_document

UNITS = {"em", "px", "%"}
"""Relative sizes follow the reader's own; pixels are for lines alone."""

KNOWN_AT_RULES = {"font-face"}
NO_PLACING = {"position", "float", "display", "columns"}


def archive(name: str, direction: str) -> zipfile.ZipFile:
    metadata = structs.replace(rich_document().metadata, direction=direction)
    document: Document = structs.replace(rich_document(), metadata=metadata)
    data = Writer(theme(name), OPTIONS).render(document, rich_assets(), "stem").value.data
    return zipfile.ZipFile(io.BytesIO(data))


def declarations(css: str) -> Iterator[tuple[str, str, list[tinycss2.ast.Node]]]:
    """Selector, property and value of every declaration."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type in ("qualified-rule", "at-rule"), rule
        if rule.type == "at-rule":
            assert rule.lower_at_keyword in KNOWN_AT_RULES
        for one in tinycss2.parse_declaration_list(rule.content, skip_whitespace=True):
            assert one.type == "declaration", one
            yield tinycss2.serialize(rule.prelude).strip(), one.lower_name, one.value


def faults(css: str) -> list[str]:
    """What Kindle would not follow, a line each."""
    found = [sign for sign in ("--", "var(", "calc(", "/*", "!important", "@import", "@media") if sign in css]
    for selector, name, value in declarations(css):
        where = f"{selector} {{ {name}: {tinycss2.serialize(value).strip()} }}"
        found += [where] if name in NO_PLACING and where != "figure img { display: block }" else []
        for token in value:
            if token.type == "dimension" and not _bounded(name, token.lower_unit, token.value):
                found.append(where)
            if token.type == "percentage" and not 0 < token.value <= 100:
                found.append(where)
            if name == "line-height" and token.type == "number" and not (token.value == 0 or 1 <= token.value <= 2):
                found.append(where)
    return found


def _bounded(name: str, unit: str, size: float) -> bool:
    if unit == "px":
        return name.startswith("border") and 0 < size <= 8
    if name == "font-size":
        return unit == "em" and 0.6 <= size <= 4
    if name == "letter-spacing":
        return unit == "em" and -0.1 <= size <= 0.3
    return unit in UNITS and 0 <= size <= 8


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("name", ["base", "broadsheet", "modern"])
def test_every_stylesheet_is_one_that_kindle_follows(name: str, direction: str) -> None:
    made = archive(name, direction)
    sheets = [one for one in made.namelist() if one.endswith(".css")]
    assert sheets == ["EPUB/style.css" if direction == "ltr" else "EPUB/style-rtl.css"]
    assert faults(made.read(sheets[0]).decode()) == []


def test_the_sizes_of_a_wild_theme_are_bounded() -> None:
    wild = theme()
    for name, size in (("headline", 9.0), ("code", 0.3), ("note", 0.31)):
        style = structs.replace(wild.styles[name], size=size)  # type: ignore[index]
        wild = structs.replace(wild, styles={**wild.styles, name: style})
    wild = structs.replace(wild, sizes=structs.replace(wild.sizes, epub=0.5))
    sizes = [
        each
        for each in declarations(stylesheet(wild, "epub"))
        if each[1] == "font-size" and each[0] in ("h1", "pre", "body")
    ]
    assert [tinycss2.serialize(value).strip() for _, _, value in sizes] == ["0.6em", "4em", "0.6em"]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_page_has_a_comment_or_a_style_of_its_own(direction: str) -> None:
    made = archive("broadsheet", direction)
    for name in made.namelist():
        if name.endswith((".xhtml", ".opf", ".xml")):
            page = made.read(name).decode()
            assert "<!--" not in page
            assert "<style" not in page
            assert ' style="' not in page


@pytest.mark.parametrize(
    "css",
    [
        "p { margin: 12px }", "p { font-size: 9em }", "p { margin-left: -1em }", "p { color: var(--ink) }",
        "p { line-height: 0.4 }", "p { width: 120% }", "/* a -- b */", "p { float: left }", "p { margin: 3rem }",
        "p { font-size: 12pt }", "p { padding: 20em }",
    ],
)  # fmt: skip
def test_what_kindle_does_not_follow_would_be_found(css: str) -> None:
    assert faults(css) != []
