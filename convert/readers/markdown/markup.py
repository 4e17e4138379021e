"""Raw HTML cut into tags and text, by the syntax of CommonMark's raw HTML (section 6.6)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from msgspec import Struct

__all__ = ["BLOCK_TAGS", "INLINE_TAGS", "VOID_TAGS", "Tag", "pieces"]

INLINE_TAGS = {
    "em": "em", "i": "em", "strong": "strong", "b": "strong", "del": "s", "s": "s", "strike": "s",
    "sup": "sup", "sub": "sub", "span": "span", "a": "link", "cite": "cite", "mark": "mark", "code": "code",
}  # fmt: skip
"""Inline elements that the tree knows, as the kind of token they become."""

BLOCK_TAGS = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "dl", "dt", "dd",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "aside", "div",
))  # fmt: skip
"""Block elements that the tree knows."""

VOID_TAGS = frozenset(("br", "hr", "img"))

HIDDEN = frozenset(("script", "style", "textarea", "title", "template", "noscript", "head"))
"""Elements whose content is not for readers."""

_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<![A-Za-z].*?(?:>|\Z)"
    r"|</?([A-Za-z][A-Za-z0-9-]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


class Tag(Struct, frozen=True):
    """A tag. `name` is "!" for comments, declarations and the like."""

    name: str
    attrs: dict[str, str] = {}
    closing: bool = False


def pieces(markup: str) -> Iterator[Tag | str]:
    """The tags, and the text between them as written; what is hidden is left out with its tags."""
    at, hidden = 0, ""
    for found in _PIECE.finditer(markup):
        tag = _tag(found)
        if not hidden and found.start() > at:
            yield markup[at : found.start()]
        at = found.end()
        if hidden:
            hidden = "" if tag.closing and tag.name == hidden else hidden
        else:
            yield tag
            hidden = tag.name if tag.name in HIDDEN and not tag.closing else ""
    if not hidden and at < len(markup):
        yield markup[at:]


def _tag(found: re.Match[str]) -> Tag:
    if found[1] is None:
        return Tag("!")
    closing = found[0].startswith("</")
    attrs = {} if closing else {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(found[2])
    }  # fmt: skip
    return Tag(found[1].lower(), attrs, closing)
