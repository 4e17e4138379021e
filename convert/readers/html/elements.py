"""Which elements of HTML are what: tables that the tree, the reading text and the shaping share."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from convert.tree import nodes as n
from convert.tree.text import letters

__all__ = [
    "BLOCKS", "CAPTION", "CAPTION_TAGS", "CONTROLS", "CREDIT", "KEY_FACTS", "MARKS", "OWN_CREDIT", "PULL",
    "TRANSPARENT", "WORDLESS",
    "has_letters", "is_hidden", "label_of", "words_of",
]  # fmt: skip

WORDLESS = frozenset((
    "script", "style", "template", "noscript", "head", "title",
    "iframe", "object", "video", "audio", "canvas", "svg", "applet", "map", "datalist",
))  # fmt: skip
"""Elements whose text no reader sees: code, and what stands in for a medium where it cannot be shown."""

CONTROLS = frozenset(("button", "select", "textarea", "option", "dialog", "progress", "meter"))
"""Parts of a form: they are never of the article."""

BLOCKS = frozenset((
    "address", "article", "body", "center", "dir", "div", "fieldset", "footer", "form", "header", "hgroup", "html",
    "legend", "main", "menu", "nav", "p", "search", "section", "listing",
))  # fmt: skip
"""Elements that begin a line of their own and mean nothing more to the tree."""

TRANSPARENT = frozenset(
    ("article", "body", "center", "div", "footer", "header", "html", "main", "section", "form", "nav")
)
"""Blocks that may be cut in two without changing what is in them."""

MARKS: Mapping[str, type[n.Node]] = {
    "b": n.Strong, "strong": n.Strong, "i": n.Emphasis, "em": n.Emphasis, "cite": n.Emphasis, "dfn": n.Emphasis,
    "var": n.Emphasis, "s": n.Strikethrough, "strike": n.Strikethrough, "del": n.Strikethrough,
    "sup": n.Superscript, "sub": n.Subscript,
}  # fmt: skip
"""Inline elements that are a node of the tree."""

CAPTION = re.compile(
    r"(?:^|[\s_-])(?:\w*caption|cutline|bildunterschrift|bildtext|legende?|pie-?(?:de-)?foto|didascalia|bildetekst)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes, and values of itemprop, of the words below a picture."""

CAPTION_TAGS = frozenset(("div", "p", "span", "small", "em", "section", "cite", "i", "figcaption", "strong", "b"))
"""Elements that a caption may be."""

CREDIT = re.compile(
    r"(?:^|[\s_-])(?:\w*credits?|copyright\w*|photographer|photo-?by|image-?(?:source|author)|rights|fotograf\w*|"
    r"bildquelle|quelle|fotocredit|creditText|copyrightHolder|attribution|wp-media-credit|media-credit|byline|author|"
    r"source|agency)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""The same for whoever took or owns the picture. Only within a caption or a figure, for bylines are called so too."""

OWN_CREDIT = re.compile(
    r"(?:^|[\s_-])(?:(?:photo|image|img|picture|media|foto|bild)\w*[-_]?(?:credits?|copyright|source|author|by)|credits?|"
    r"photographer|bildquelle|copyrightHolder|creditText)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""The same where it stands below a picture without a caption around it."""

PULL = re.compile(r"pull[-_]?quote|blockquote--pull|quote--pull", re.IGNORECASE)
"""Classes of quotations that repeat the article's own words."""

KEY_FACTS = re.compile(
    r"(?:^|[\s_-])(?:key-?(?:facts|points|takeaways)|fact-?box|info-?box|in-?brief|explainer-?box|call-?out)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes of boxes beside the text."""

_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


_WITHIN_WORDS = frozenset((*MARKS, "a", "span", "font", "small", "u", "abbr", "bdi", "bdo", "mark", "ins", "code"))
"""Elements that may stand within a word."""


def label_of(attributes: Mapping[str, str | None]) -> str:
    """The class and the itemprop of an element, which say what it is."""
    name, prop = attributes.get("class"), attributes.get("itemprop")
    return f"{name or ''} {prop}" if prop else name or ""


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is not shown, by its own attributes."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style) and _DISPLAY_NONE.search(str(style)[:500]) is not None


def words_of(element: LexborNode) -> str:
    """The text below an element that readers see, as one line."""
    if element.tag in WORDLESS:
        return ""
    parts: list[str] = []
    node: LexborNode | None = element.first_child
    path: list[LexborNode] = []
    while node is not None or path:
        if node is None:
            node = path.pop()
            if node.tag not in _WITHIN_WORDS:
                parts.append(" ")
            node = node.next
            continue
        if node.is_text_node:
            parts.append(node.text_content or "")
        elif node.is_element_node and node.tag not in WORDLESS:
            child = node.first_child
            if child is not None:
                if node.tag not in _WITHIN_WORDS:
                    parts.append(" ")
                path.append(node)
                node = child
                continue
            if node.tag == "br":
                parts.append(" ")
        node = node.next
    return " ".join("".join(parts).split())


def has_letters(text: str) -> bool:
    """Whether a text holds anything but spaces and signs."""
    return bool(letters(text))
