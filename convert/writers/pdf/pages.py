"""The sheets of a PDF: size, margins, running heads and folios, from a theme's page."""

from __future__ import annotations

import re

from msgspec import Struct

from convert.themes.model import Theme
from convert.tree import Document, List
from convert.tree.walk import find
from convert.writers.css import Translator, border, css_string, declarations, em, number

__all__ = ["Facts", "furniture", "numbering", "sheet"]

_PLACES = {"head": ("top-left", "top-center", "top-right"), "foot": ("bottom-left", "bottom-center", "bottom-right")}
_LONGEST = 60
"""Letters of a title in a running head; more would run into its neighbour."""

_LINE = 2
"""Units between text and furniture where the theme names none: one line."""


class Facts(Struct, frozen=True):
    """What running heads may name of an article."""

    title: str
    publisher: str
    section: str


def sheet(theme: Theme) -> str:
    """The rules of the page that hold for every article."""
    page = theme.page
    size = f"size: {number(page.width)}mm {number(page.height)}mm"
    inner, outer = number(page.margin_inner), number(page.margin_outer)
    top, bottom = number(page.margin_top), number(page.margin_bottom)
    if not page.facing:
        return f"@page {{ {size}; margin: {top}mm {outer}mm {bottom}mm {inner}mm }}\n"
    return (
        f"@page {{ {size} }}\n"
        f"@page :right {{ margin: {top}mm {outer}mm {bottom}mm {inner}mm }}\n"
        f"@page :left {{ margin: {top}mm {inner}mm {bottom}mm {outer}mm }}\n"
    )


def furniture(theme: Theme, facts: Facts, direction: str) -> tuple[str, tuple[str, ...]]:
    """The running heads and folios of one article as CSS, and the words they put on pages.

    Start and end are those of reading; on the left one of facing pages they change places.
    """
    rules: list[str] = []
    words: list[str] = []
    for edge, line in (("head", theme.page.head), ("foot", theme.page.foot)):
        texts = tuple(_fill(text, facts) for text in (line.start, line.centre, line.end))
        words.extend(re.sub(r"\{pages?\}", "", text).strip() for text in texts)
        mirrored = theme.page.facing
        for side in ("right", "left") if mirrored else ("",):
            turned = (side == "left") != (direction == "rtl")
            rules.append(_rule(theme, edge, texts[::-1] if turned else texts, side))
        if not line.first_page:
            rules.extend(f"@page :first {{ @{place} {{ content: none; border: 0 }} }}" for place in _PLACES[edge])
    return "\n".join(rules), tuple(word for word in words if word)


def numbering(document: Document) -> str:
    """Rules that let numbered lists begin where they do.

    WeasyPrint reads `start` only with all presentational hints, and those take the height of pictures from the style.
    """
    starts = {one.start for one in find(document, List) if one.ordered and one.start != 1}
    return "".join(f'ol[start="{start}"] {{ counter-reset: list-item {start - 1} }}\n' for start in sorted(starts))


def _rule(theme: Theme, edge: str, texts: tuple[str, ...], side: str) -> str:
    boxes = [
        f"@{place} {{ {_box(theme, edge, place, text)} }}"
        for place, text in zip(_PLACES[edge], texts, strict=True) if text
    ]  # fmt: skip
    return f"@page{' :' + side if side else ''} {{ {' '.join(boxes)} }}" if boxes else ""


def _box(theme: Theme, edge: str, place: str, text: str) -> str:
    style = theme.styles["folio" if "{page" in text else "running-head"]
    to = Translator(theme, "pdf")
    made = {
        "content": _content(text), "font-size": f"{number(theme.sizes.pdf * style.size)}pt", **to.font(style, None),
        "line-height": number(style.leading), "text-align": place.split("-")[1], "hyphens": "manual",
        "vertical-align": "bottom" if edge == "head" else "top",
    }  # fmt: skip
    far, near = ("top", "bottom") if edge == "head" else ("bottom", "top")
    space = style.space_after if edge == "head" else style.space_before
    made[f"margin-{near}"] = to.units(space or _LINE, style)
    for side, line in ((far, style.border_top), (near, style.border_bottom)):
        if line and side == near:
            made[f"padding-{near}"] = em(style.padding / style.size)
            made[f"border-{near}"] = border(line, "pdf")
    return declarations(made)


def _fill(text: str, facts: Facts) -> str:
    """The text with an article's facts; separators that an empty fact leaves over go with it."""
    known = {"{title}": facts.title, "{publisher}": facts.publisher, "{section}": facts.section}
    parts = re.split(r"(\{title\}|\{publisher\}|\{section\})", text)
    kept: list[str] = []
    for part in parts:
        kept.append(_short(known[part]) if part in known else part)
    empty = any(part in known and not known[part] for part in parts)
    line = "".join(kept)
    return re.sub(r"^[\s·|–—/:,]+|[\s·|–—/:,]+$", "", line) if empty else line.strip()


def _short(text: str) -> str:
    """A fact cut at a word, so that it stays in its line."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def _content(text: str) -> str:
    """A line as the value of CSS content, with counters for {page} and {pages}."""
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    parts = [part for part in re.split(r"(\{pages?\})", text) if part]
    return " ".join(counters.get(part) or css_string(part) for part in parts) or '""'
