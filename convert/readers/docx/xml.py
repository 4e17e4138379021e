"""The XML of a Word file's parts: parsed under bounds, with the names that this package asks for.

Names are those of ECMA-376 part 1, Transitional; the Strict form's namespaces (ISO/IEC 29500) are read as
if they were these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from convert.errors import InputError

__all__ = ["A", "C", "M", "MC", "R", "V", "W", "WP", "Element", "children", "first", "is_on", "parse", "under", "value"]

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"

STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode())
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("drawingml/main", "drawingml/2006/main"),
        ("drawingml/chart", "drawingml/2006/chart"),
        ("drawingml/diagram", "drawingml/2006/diagram"),
        ("drawingml/picture", "drawingml/2006/picture"),
        ("drawingml/wordprocessingDrawing", "drawingml/2006/wordprocessingDrawing"),
    )
)

MOST_TAGS = 500_000
"""Tags and attributes of one part: libxml2 needs some 150 bytes for each, however short it is written."""

KNOWN = frozenset((
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.microsoft.com/office/word/2012/wordml",
    "http://schemas.microsoft.com/office/drawing/2010/main",
    "http://schemas.microsoft.com/office/drawing/2014/main",
))  # fmt: skip
"""Extensions whose form of a thing is read, rather than what stands there for older programs."""

OFF = ("0", "false", "off", "none")


def parse(data: bytes, name: str, where: str) -> Element:
    """The root of a part, without entities, without a network, one form of each alternative. Raises InputError."""
    data, encoding = _as_utf8(data, name, where)
    if b"<!DOCTYPE" in data[:100_000] or b"<!ENTITY" in data:
        raise InputError(
            "docx.entities",
            f"The part {name} declares entities, which no Word file may; it was not made by a word processor.",
            where,
        )
    if data.count(b"<") > MOST_TAGS or data.count(b"=") > MOST_TAGS:
        raise InputError(
            "docx.tags", f"The part {name} has more than {MOST_TAGS:,} tags or attributes. Split the article.", where
        )
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise InputError(
            "docx.xml", f"The part {name} is damaged ({reason}). Open the file in a word processor and save it again.",
            where,
        ) from None  # fmt: skip
    _choose(root)
    return root


def _as_utf8(data: bytes, name: str, where: str) -> tuple[bytes, str]:
    """The part in UTF-8: parts are in that or in UTF-16 (ECMA-376 part 2), whatever they declare."""
    for mark, encoding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding).encode(), "utf-8"
            except UnicodeError:
                raise InputError("docx.xml", f"The part {name} is damaged: it is no UTF-16.", where) from None
    return data.removeprefix(b"\xef\xbb\xbf"), "utf-8"


def _choose(root: Element) -> None:
    """Put in the place of each alternative the one form that is read (ECMA-376 part 3, 9.3)."""
    for alternate in reversed(list(root.iter(MC + "AlternateContent"))):  # the innermost first
        chosen = _form(alternate)
        for child in [] if chosen is None else list(chosen):
            alternate.addprevious(child)
        parent = alternate.getparent()
        if parent is not None:
            parent.remove(alternate)


def _form(alternate: Element) -> Element | None:
    fallback = alternate.find(MC + "Fallback")
    choices = alternate.findall(MC + "Choice")
    for choice in choices:
        needs = (choice.get("Requires") or "").split()
        if all((choice.nsmap.get(prefix) or "") in KNOWN for prefix in needs):
            return choice
    if fallback is not None and len(fallback):
        return fallback
    return choices[0] if choices else None


def first(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names of the main namespace.

    Properties stand first; lxml's `find` looks at all children even then, for it seeks one ahead (measured).
    """
    for name in path:
        if element is None:
            return None
        tag = W + name
        top = next(iter(element), None)
        if top is None:
            return None
        element = top if top.tag == tag else element.find(tag)
    return element


def value(element: Element | None, *path: str) -> str:
    """The `w:val` of the element at a path, empty where there is none."""
    found = first(element, *path)
    return "" if found is None else found.get(W + "val") or ""


def is_on(element: Element | None, name: str) -> bool | None:
    """A switch (17.17.4): None where it is not set, and on where it has no value."""
    found = first(element, name)
    return None if found is None else (found.get(W + "val") or "").lower() not in OFF


def children(element: Element) -> Iterator[Element]:
    """What stands in an element, structured tags and other wrappers without a meaning for the text left out."""
    for child in element:
        tag = child.tag
        if tag == W + "sdt":
            content = first(child, "sdtContent")
            if content is not None and not is_placeholder(child):
                yield from children(content)
        elif tag in TRANSPARENT:
            yield from children(child)
        else:
            yield child


TRANSPARENT = frozenset((*(W + name for name in ("customXml", "smartTag", "dir", "bdo")), M + "oMathPara"))
"""Elements around content that is read as if they were not there."""


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows the words that ask for content (17.5.2.39)."""
    return bool(is_on(first(control, "sdtPr"), "showingPlcHdr"))


def under(element: Element, *names: str) -> bool:
    """Whether an element stands within one of these."""
    return any(ancestor.tag in names for ancestor in element.iterancestors())


_SPACES = re.compile(r"[\t\n\r]")


def text_of(element: Element) -> str:
    """The characters of a `w:t`: without spaces at the ends unless they are to be kept (17.3.3.31)."""
    text = _SPACES.sub(" ", element.text or "")
    if element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve":
        return text
    return text.strip(" ")
