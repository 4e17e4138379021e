"""WordprocessingML as lxml elements: names, a small builder, and the characters XML allows.

Element and attribute names are those of ECMA-376 part 1 (5th edition), Transitional.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from lxml import etree

from convert.report import Report

__all__ = [
    "Element",
    "ROOT_NAMESPACES",
    "SPACE",
    "element",
    "element_root",
    "legal",
    "q",
    "serialise",
    "string",
    "text_elements",
    "w",
]

Element: TypeAlias = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "ap": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "cup": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}

ROOT_NAMESPACES: dict[str | None, str] = {prefix: NAMESPACES[prefix] for prefix in ("w", "r", "wp", "a", "pic")}
"""Declared once on the root of a part with text."""

W = f"{{{NAMESPACES['w']}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ILLEGAL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (section 2.2) cannot hold, not even escaped."""

BREAKS = re.compile(r"([\t\n])")


def q(name: str) -> str:
    """A prefixed name ("wp:inline") as lxml wants it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """An element of the main namespace, its attributes in the same namespace."""
    made = etree.Element(W + tag)
    for name, value in attributes.items():
        made.set(W + name, str(value))
    made.extend(children)
    return made


def element(tag: str, /, *children: Element, text: str | None = None, **attributes: str | int) -> Element:
    """An element of any namespace with attributes of none."""
    made = etree.Element(q(tag))
    for key, value in attributes.items():
        made.set(key, str(value))
    made.text = text
    made.extend(children)
    return made


def element_root(name: str, namespaces: Mapping[str | None, str]) -> Element:
    """The root of a part, which declares its prefixes once for all."""
    nsmap: dict[str | None, str] = {prefix or None: uri for prefix, uri in namespaces.items()}
    return etree.Element(q(name), nsmap=nsmap)  # type: ignore[arg-type]


def string(value: str) -> Element:
    """A `w:t` that keeps its spaces."""
    made = etree.Element(W + "t")
    made.text = value
    if value[:1] == " " or value[-1:] == " " or "  " in value:
        made.set(SPACE, "preserve")
    return made


def text_elements(value: str) -> list[Element]:
    """A text as `w:t`, with `w:tab` and `w:br` where it holds tabs and line breaks."""
    if "\t" not in value and "\n" not in value:
        return [string(value)] if value else []
    signs = {"\t": "tab", "\n": "br"}
    return [w(signs[part]) if part in signs else string(part) for part in BREAKS.split(value) if part]


def legal(value: str, report: Report) -> str:
    """A text without the characters that XML cannot hold, which are reported; line ends as single line feeds."""
    kept = ILLEGAL.sub("", value)
    if len(kept) < len(value):
        report.add("xml.illegal-characters", "info",
                   "Control characters, which no Word file can hold, were left out.", kept[:40])  # fmt: skip
    return kept.replace("\r\n", "\n").replace("\r", "\n") if "\r" in kept else kept


def serialise(root: Element) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
