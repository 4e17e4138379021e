"""The rules of Word's accessibility checker that a file decides, each as what it finds against it.

The names are those of the checker ("Rules for the Accessibility Checker", Microsoft). Rules about words (whether a
link's text or an alternative text says enough) and about the colours of a theme are not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from tests.writers.wordml import W

Parts = dict[str, bytes]
Rule = Callable[[Parts], list[str]]
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SHOWN = tuple(
    W + name for name in ("t", "drawing", "footnoteReference", "footnoteRef", "separator", "continuationSeparator")
)


def document_title(parts: Parts) -> list[str]:
    """The file's properties have a title."""
    title = etree.fromstring(parts["docProps/core.xml"]).findtext("{http://purl.org/dc/elements/1.1/}title")
    return [] if title and title.strip() else ["no title"]


def header_row(parts: Parts) -> list[str]:
    """The first row of a table is one that repeats, and the table's look says so."""
    found = []
    for table in _all(parts, "tbl"):
        row, look = table.find(W + "tr"), table.find(f"{W}tblPr/{W}tblLook")
        if row is None or row.find(f"{W}trPr/{W}tblHeader") is None or look is None or look.get(W + "firstRow") != "1":
            found.append(f"no header row: {_words(table)[:40]}")
    return found


def alternative_text(parts: Parts) -> list[str]:
    """Every picture has a description, or is marked as decoration."""
    return [
        f"no alternative text: {properties.get('name')}"
        for root in _stories(parts)
        for properties in root.iter(WP + "docPr")
        if not properties.get("descr") and properties.find(".//{*}decorative") is None
    ]


def inline_objects(parts: Parts) -> list[str]:
    """Pictures stand in the line of the text."""
    return ["a picture floats" for root in _stories(parts) for _ in root.iter(WP + "anchor")]


def blank_paragraphs(parts: Parts) -> list[str]:
    """No paragraph is empty to make room: only a drawn line, code without a letter, a cell, an item that begins with
    another block, and the one between two tables, which Word would join, may be."""
    found = []
    for paragraph in _all(parts, "p"):
        if any(paragraph.find(f".//{tag}") is not None for tag in SHOWN):
            continue
        properties = paragraph.find(W + "pPr")
        style = "" if properties is None else properties.find(W + "pStyle").get(W + "val")
        between = all(
            near is not None and near.tag == W + "tbl" for near in (paragraph.getprevious(), paragraph.getnext())
        )
        item = properties is not None and properties.find(W + "numPr") is not None
        if style not in ("Rule", "SourceCode") and paragraph.getparent().tag != W + "tc" and not item and not between:
            found.append(f"a blank paragraph of the style {style}")
    return found


def heading_levels(parts: Parts) -> list[str]:
    """A heading is at most one level below the one before it."""
    found, before = [], 0
    for paragraph in etree.fromstring(parts["word/document.xml"]).iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(W + "val") or ""
        if not name.startswith("Heading"):
            continue
        level = int(name.removeprefix("Heading"))
        if level > before + 1:
            found.append(f"level {level} after {before}: {_words(paragraph)}")
        before = level
    return found


def language(parts: Parts) -> list[str]:
    """The text's language is said."""
    lang = etree.fromstring(parts["word/styles.xml"]).find(f"{W}docDefaults//{W}lang")
    return [] if lang is not None and lang.get(W + "val") else ["no language"]


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        document_title, header_row, alternative_text, inline_objects, blank_paragraphs, heading_levels, language,
    )
}  # fmt: skip


def _stories(parts: Parts) -> Iterator[etree._Element]:
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            yield etree.fromstring(data)


def _all(parts: Parts, name: str) -> Iterator[etree._Element]:
    for part in ("word/document.xml", "word/footnotes.xml"):
        yield from etree.fromstring(parts[part]).iter(W + name)


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))
