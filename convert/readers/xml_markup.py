"""XML inside of records (XHTML, NITF) as a fragment of HTML, which the HTML reader takes."""

from __future__ import annotations

import html
from collections.abc import Callable
from xml.etree.ElementTree import Element

from convert.readers.html.guard import VOID

__all__ = ["inner_markup", "local", "plain_text", "same"]

Rename = Callable[[Element], "tuple[str, dict[str, str]] | str | None"]
"""What an element becomes: a tag with attributes, finished HTML, or nothing, which leaves its content alone."""

_SILENT = frozenset(("script", "style", "template", "head", "title"))


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def same(element: Element) -> tuple[str, dict[str, str]] | None:
    """XHTML as HTML; what belongs to another namespace keeps its content alone."""
    if "}" in element.tag and "xhtml" not in element.tag:
        return None
    return local(element), {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def inner_markup(element: Element, rename: Rename = same) -> str:
    """The content of an element as HTML."""
    parts = [html.escape(element.text or "", quote=False)]
    for child in element:
        made = rename(child)
        if isinstance(made, str):
            parts.append(made)
        elif made is None:
            parts.append(inner_markup(child, rename))
        elif made[0].lower() not in _SILENT:
            attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in made[1].items())
            parts.append(f"<{made[0]}{attributes}>")
            if made[0].lower() not in VOID:
                parts.append(f"{inner_markup(child, rename)}</{made[0]}>")
        parts.append(html.escape(child.tail or "", quote=False))
    return "".join(parts)


def plain_text(element: Element | None) -> str:
    """The words of an element as one line, empty for none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
