"""What keeps a PDF from claiming PDF/UA-1 or PDF/A, found before it is made: in the article, its pictures, the theme.

All else that these standards ask for, this package sees to itself (`finisher`).
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from convert.report import Report
from convert.themes.fonts import missing_glyphs
from convert.themes.model import Theme
from convert.tree import Document
from convert.world import Assets, Picture
from convert.writers.base import PdfStandard
from convert.writers.xhtml.markup import language_tag

__all__ = ["NAMES", "VARIANTS", "hindrances"]

NAMES: dict[PdfStandard, str] = {
    "both": "PDF/UA-1 and PDF/A-3a", "ua-1": "PDF/UA-1", "a-3a": "PDF/A-3a", "a-2a": "PDF/A-2a",
}  # fmt: skip

VARIANTS: dict[PdfStandard, str | None] = {
    "both": "pdf/a-3a", "a-3a": "pdf/a-3a", "a-2a": "pdf/a-2a", "ua-1": "pdf/ua-1", "none": None,
}  # fmt: skip
"""What WeasyPrint is asked for, which knows one standard at a time; what it says of it is replaced by our own XMP."""

XHTML = "{http://www.w3.org/1999/xhtml}"

_HEADING = re.compile(r"h([1-6])")
_CMYK = re.compile(rb"device-cmyk", re.IGNORECASE)
"""The colours of drawings that WeasyPrint takes over as they are, without a profile."""

Hindrance = tuple[str, str, str]
"""A code, what is missing, and where."""


def hindrances(
    document: Document, html: str, assets: Assets, theme: Theme, words: tuple[str, ...], standard: PdfStandard
) -> Report:
    """A message for each thing that keeps an article from the standard; `html` is its page, `words` are its heads."""
    page = ElementTree.fromstring(html)  # noqa: S314 - markup of our own
    report = Report()
    found: list[Hindrance] = [
        *_language(document), *_title(document), *_headings(page), *_descriptions(page, document, assets),
        *_glyphs(page, theme, words), *_drawn_glyphs(theme, document, assets), *_colours(document, assets),
    ]  # fmt: skip
    for code, missing, where in found:
        report.add(code, "doubt", f"The PDF does not claim {NAMES[standard]}: {missing}", where)
    return report


def _printed(page: ElementTree.Element) -> str:
    """All that is printed of a page, a line for each piece of text."""
    body = page.find(f"{XHTML}body")
    return "\n".join(body.itertext()) if body is not None else ""


def _language(document: Document) -> Iterator[Hindrance]:
    language = document.metadata.language
    if not language:
        yield "pdf.language", "the article names no language. Give it one, or set “language” in the configuration.", ""
    elif language_tag(language) is None:
        yield "pdf.language", f"“{language}” is no language tag (such as en or pt-BR).", ""


def _title(document: Document) -> Iterator[Hindrance]:
    if not document.metadata.title.strip():
        yield "pdf.title", "the article has no headline.", ""


def _headings(page: Any) -> Iterator[Hindrance]:
    """The first heading is the headline, and no level is skipped (ISO 14289-1, 7.4.2)."""
    before = 0
    for node in _read_aloud(page):
        level = _HEADING.fullmatch(node.tag.removeprefix(XHTML))
        if level is None:
            continue
        if int(level[1]) > before + 1:
            words = " ".join("".join(node.itertext()).split())
            missing = "the theme prints no headline above the first heading." if not before else (
                f"a heading of level {level[1]} follows one of level {before}.")  # fmt: skip
            yield "pdf.headings", missing, words
        before = int(level[1])


def _read_aloud(node: Any) -> Iterator[Any]:
    """The elements that are not hidden from assistive technology."""
    if node.get("aria-hidden") != "true":
        yield node
        for child in node:
            yield from _read_aloud(child)


def _descriptions(page: Any, document: Document, assets: Assets) -> Iterator[Hindrance]:
    """Each picture that is no decoration needs a description; within a line, an empty one says that it is."""
    keys = {str(number): key for number, key in enumerate(sorted(assets))}
    for figure in _read_aloud(page):
        if figure.tag != f"{XHTML}figure":
            continue
        for image in figure.findall(f"{XHTML}img"):
            if not (image.get("alt") or "").strip():
                key = keys[(image.get("src") or "").partition(":")[2]]
                yield "pdf.alt", "a picture has no description (alternative text).", _name(document, key)


def _name(document: Document, key: str) -> str:
    """What a picture is called for people."""
    return document.assets[key].source if key in document.assets and document.assets[key].source else key


def _glyphs(page: Any, theme: Theme, words: tuple[str, ...]) -> Iterator[Hindrance]:
    """Every character needs a glyph, and a meaning, which those for private use have not."""
    for line in (*_printed(page).splitlines(), *words, *theme.bullets):
        missing = missing_glyphs(theme, line)
        if missing:
            yield "pdf.glyph", f"no font of the theme has “{missing[:20]}”.", line.strip()[:80]
            return
        private = next((one for one in line if unicodedata.category(one) in ("Co", "Cn")), "")
        if private:
            yield (
                "pdf.glyph",
                f"the character U+{ord(private):04X} has no meaning that all agree on.",
                line.strip()[:80],
            )
            return


def _drawn_glyphs(theme: Theme, document: Document, assets: Assets) -> Iterator[Hindrance]:
    for key, picture in assets.items():
        if picture.media_type == "image/svg+xml":
            text = "".join(ElementTree.fromstring(picture.data).itertext())  # noqa: S314 - cleaned by `assets`
            missing = missing_glyphs(theme, text)
            if missing:
                yield "pdf.glyph", f"no font of the theme has “{missing[:20]}”, in a drawing.", _name(document, key)


def _colours(document: Document, assets: Assets) -> Iterator[Hindrance]:
    """Colours are RGB, as the file says of itself. Those of themes always are."""
    for key, picture in assets.items():
        if _is_cmyk(picture):
            missing = "the colours of a picture are not RGB. Save it as RGB."
            yield "pdf.colour", missing, _name(document, key)


def _is_cmyk(picture: Picture) -> bool:
    if picture.media_type == "image/svg+xml":
        return _CMYK.search(picture.data) is not None
    if picture.media_type != "image/jpeg":
        return False
    from PIL import Image

    with Image.open(io.BytesIO(picture.data), formats=("JPEG",)) as image:
        return image.mode == "CMYK"
