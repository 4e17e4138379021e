"""A page's elements as nodes of the tree, in one pass and without recursion.

`Builder.build` walks the page and keeps a stack of open frames. For each element, a table says what its
beginning does; what that returns is called at the element's end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, final

from selectolax.lexbor import LexborNode

from convert.readers.html.box_elements import BoxElements
from convert.readers.html.core import INLINE, SKIP, Attributes, Close, nothing
from convert.readers.html.elements import (
    BLOCKS,
    CAPTION,
    CAPTION_TAGS,
    CONTROLS,
    CREDIT,
    KEY_FACTS,
    MARKS,
    OWN_CREDIT,
    PULL,
    WORDLESS,
    label_of,
)  # fmt: skip
from convert.readers.html.inline_elements import InlineElements
from convert.readers.html.list_elements import ListElements
from convert.readers.html.media_elements import MediaElements, is_caption
from convert.readers.html.table_elements import TableElements

__all__ = ["Builder"]


@final
class Builder(InlineElements, ListElements, BoxElements, TableElements, MediaElements):
    """Makes the blocks and notes of one page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._begin = self._table()

    def _table(self) -> dict[str, Callable[[LexborNode, Attributes], Close]]:
        return {
            **dict.fromkeys(BLOCKS, self._block),
            **dict.fromkeys(MARKS, self._mark),
            **dict.fromkeys(("span", "bdi", "bdo", "font", "ins", "u", "mark", "small", "abbr", "time",
            "label"), self._span),
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._heading),
            **dict.fromkeys(("ul", "ol", "menu", "dir"), self._list),
            **dict.fromkeys(("code", "kbd", "samp", "tt"), self._code),
            **dict.fromkeys(("pre", "xmp", "plaintext"), self._pre),
            **dict.fromkeys(("td", "th"), self._cell),
            **dict.fromkeys(("video", "audio", "object", "embed"), self._media),
            **dict.fromkeys(("thead", "tbody", "tfoot"), self._rows),
            "p": self._block, "cite": self._cite, "a": self._link, "q": self._inline_quote,
            "br": self._break, "hr": self._rule,
            "img": self._image, "amp-img": self._image, "li": self._item, "dl": self._definitions, "dt": self._term,
            "dd": self._description, "blockquote": self._quote, "aside": self._aside, "details": self._aside,
            "summary": self._summary, "figure": self._figure, "figcaption": self._caption, "table": self._table_element,
            "caption": self._table_caption, "tr": self._row, "iframe": self._iframe, "footer": self._footer,
            "noscript": self._noscript,
        }  # fmt: skip

    def enter(self, node: LexborNode) -> Close:
        """Begin an element; what to do at its end, or SKIP."""
        tag = node.tag or ""
        element = node.mem_id
        if element in self.furniture or tag in CONTROLS:
            return self._furniture(node)
        attributes = node.attributes
        if element in self.note_marks:
            return self._reference(element)
        if element in self.note_ids:
            return self._note(node, attributes)
        if tag in WORDLESS and tag not in self._begin:
            return SKIP
        close = self._labelled(node, tag, attributes) if attributes else None
        if close is None:
            begin = self._begin.get(tag)
            close = begin(node, attributes) if begin else nothing
        if close is not SKIP and attributes and ("lang" in attributes or "dir" in attributes) and tag not in INLINE:
            return self._in_context(attributes, close)
        return close

    def _cite(self, node: LexborNode, attributes: Attributes) -> Close:
        """A work's title; alone in a quotation, whose words it holds."""
        if self.frame.kind == "quote" and self.frame.line.empty:
            return self._footer(node, attributes)
        return self._mark(node, attributes)

    def _labelled(self, node: LexborNode, tag: str, attributes: Attributes) -> Close | None:
        """What an element is by its class; None where the tag alone says it."""
        label = label_of(attributes)
        if not label or tag in ("a", "img", "li", "ul", "ol", "body", "html", "table", "tr", "td", "th"):
            return None
        kind = self.frame.kind
        if kind in ("caption", "figure") and tag in CAPTION_TAGS and tag != "figcaption" and CREDIT.search(label):
            return self._credit(node)
        if tag in CAPTION_TAGS and CAPTION.search(label):
            if kind == "caption":
                return None
            return self._caption(node, attributes) if is_caption(node) else None
        if tag in ("div", "p", "span", "small", "cite") and OWN_CREDIT.search(label) and self._below_picture():
            return self._caption(node, attributes, credit=True) if is_caption(node) else None
        if tag == "p" and label == "aside-title" and kind == "aside":
            return self._summary(node, attributes)
        if tag == "p" and label == "quote-attribution":
            return self._attribution(node, attributes)
        if tag in ("div", "section", "aside", "p", "figure") and PULL.search(label) and kind not in ("quote", "figure"):
            return self._quote(node, attributes)
        if tag in ("div", "section") and KEY_FACTS.search(label):
            return self._aside(node, attributes)
        return None
