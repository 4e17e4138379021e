"""What pandoc's nodes are made of."""

from __future__ import annotations

import re
from typing import Any

from convert.tree import Attrs

__all__ = ["NO_ATTR", "Raw", "attr_of", "div", "line", "node", "span"]

Raw = dict[str, Any]
"""A node: `t` is its name, `c` what it holds."""

NO_ATTR: list[Any] = ["", [], []]

_WORDS = re.compile(r" |\n|[^ \n]+")
_NAMES = {" ": "Space", "\n": "LineBreak"}


def node(name: str, content: object = None) -> Raw:
    """A node; one that holds nothing has no `c`."""
    return {"t": name} if content is None else {"t": name, "c": content}


def attr_of(attrs: Attrs | None, *classes: str, **pairs: str) -> list[Any]:
    """Identifier, classes and other attributes; pairs without a value are left out."""
    known = attrs or Attrs()
    given = {"lang": known.language, "dir": known.direction or "", **pairs}
    return [known.id, list(classes), [[name, value] for name, value in given.items() if value]]


def line(text: str) -> list[Raw]:
    """A text as words with spaces between them."""
    return [node(_NAMES[word]) if word in _NAMES else node("Str", word) for word in _WORDS.findall(text)]


def div(blocks: list[Raw], *classes: str, **pairs: str) -> Raw:
    """Blocks in a container."""
    return node("Div", [attr_of(None, *classes, **pairs), blocks])


def span(inlines: list[Raw], *classes: str, **pairs: str) -> Raw:
    """Inlines in a container."""
    return node("Span", [attr_of(None, *classes, **pairs), inlines])
