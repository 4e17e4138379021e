"""Constructors that readers use: they join, trim and drop what is empty."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from convert.tree import nodes as n

__all__ = ["cell", "inlines", "item", "paragraph", "row", "strip", "text"]


def text(value: str) -> tuple[n.Inline, ...]:
    """Plain words as inline content; a line break in them becomes a `Break`."""
    parts: list[n.Inline] = []
    for k, line in enumerate(value.split("\n")):
        if k:
            parts.append(n.Break())
        if line:
            parts.append(n.Text(line))
    return tuple(parts)


def inlines(parts: Iterable[n.Inline]) -> tuple[n.Inline, ...]:
    """The parts with neighbouring texts joined and empty texts gone."""
    joined: list[n.Inline] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, n.Text):
            if not part.value:
                continue
            if isinstance(last, n.Text) and last.attrs == part.attrs:
                joined[-1] = structs.replace(last, value=last.value + part.value)
                continue
        joined.append(part)
    return tuple(joined)


def strip(content: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Inline content without breaks and spaces at its two ends."""
    if content and not any(isinstance(end, n.Break) or _has_margin(end) for end in (content[0], content[-1])):
        return content
    parts = list(content)
    while parts and _trim_end(parts, 0):
        pass
    while parts and _trim_end(parts, -1):
        pass
    return tuple(parts)


def _has_margin(part: n.Inline) -> bool:
    return isinstance(part, n.Text) and (not part.value or part.value.strip() != part.value)


def _trim_end(parts: list[n.Inline], at: int) -> bool:
    """Trim one end; True if a whole part went and the next one wants a look."""
    part = parts[at]
    if isinstance(part, n.Break):
        del parts[at]
        return True
    if isinstance(part, n.Text):
        value = part.value.lstrip() if at == 0 else part.value.rstrip()
        if not value:
            del parts[at]
            return True
        if value != part.value:
            parts[at] = structs.replace(part, value=value)
    return False


def paragraph(value: str | tuple[n.Inline, ...], role: n.Role = "body") -> n.Paragraph:
    """A paragraph of words or of inline content."""
    return n.Paragraph(text(value) if isinstance(value, str) else value, role)


def item(value: str | tuple[n.Inline, ...], *blocks: n.Block) -> n.ListItem:
    """A list item that begins with a paragraph."""
    return n.ListItem((paragraph(value), *blocks))


def cell(value: str | tuple[n.Inline, ...] = (), scope: n.Scope = "", colspan: int = 1, rowspan: int = 1) -> n.Cell:
    """A table cell that holds one paragraph, or nothing."""
    return n.Cell((paragraph(value),) if value else (), colspan, rowspan, scope)


def row(*values: str | tuple[n.Inline, ...], scope: n.Scope = "") -> n.Row:
    """A row of simple cells."""
    return n.Row(tuple(cell(value, scope) for value in values))
