"""HTML of the specifications' examples and our XHTML in one form, so that what is left differs in substance.

Nothing is taken out of the example but white space between elements and the form of void tags. From our pages goes what
an article has and an example has not: wrappers, classes, identifiers, sizes. Where one thing is said by two elements
(`<del>` and `<s>`, a checkbox and its sign, a picture alone in a paragraph and a figure), either is brought to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

__all__ = ["BASE", "form"]

BASE = "https://example.invalid"
"""What relative addresses are seen from: an article's links lead to whole addresses only."""

Form = tuple[object, ...]
WRAPPERS = ("article", "section", "header", "body")
BARE = frozenset(("class", "id", "scope", "width", "height", "disabled"))
NAMES = {"del": "s"}
BLOCK = frozenset(("p", "h", "ul", "ol", "li", "blockquote", "pre", "hr", "table", "thead", "tbody", "tr", "th", "td"))
HEADING = re.compile(r"h[1-6]")
ADDRESSES = {"a": "href", "img": "src"}
ALIGN = re.compile(r"\b(left|right|center|centre)\b")


def form(markup: str) -> list[object]:
    """A page or fragment as nested tuples: name, attributes, children; words as strings."""
    root = html.fragment_fromstring(markup, create_parent="body")
    levels = sorted({int(node.tag[1]) for node in root.iter() if HEADING.fullmatch(str(node.tag))})
    return _tidy(list(_children(root, {f"h{level}": rank for rank, level in enumerate(levels, 1)})))


def _children(node: etree._Element, levels: dict[str, int]) -> Iterator[object]:
    if node.text:
        yield node.text
    for child in node:
        yield from _element(child, levels)
        if child.tail:
            yield child.tail


def _element(node: etree._Element, levels: dict[str, int]) -> Iterator[object]:
    tag = str(node.tag)
    if tag in WRAPPERS or (tag in ("div", "span") and set(node.attrib) <= BARE):
        yield from _children(node, levels)
        return
    if tag == "input":
        yield "☑ " if "checked" in node.attrib else "☐ "
        return
    if tag == "figure":
        image, caption = node.find(".//img"), node.find("figcaption")
        if caption is not None:
            image.set("title", caption.text_content())
        image.tail = None
        yield ("p", (), (*_element(image, levels),))
        return
    if tag == "code" and node.getparent().tag == "pre":
        language = node.get("class") or ""
        yield ("code", (("language", language),) if language else (), ((node.text_content().rstrip("\n")),))
        return
    pairs = [(name, value) for name, value in node.attrib.items() if name not in BARE and name != "align"]
    side = ALIGN.search(node.get("align") or (node.get("class") if tag in ("th", "td") else "") or "")
    pairs += [("align", side[1].replace("centre", "center"))] if side else []
    pairs = [(name, _whole(value) if ADDRESSES.get(tag) == name else value) for name, value in pairs]
    if tag == "a" and not len(node) and not (node.text or "").strip():
        return  # a link around nothing shows nothing
    name = f"h{levels[tag]}" if tag in levels else NAMES.get(tag, tag)
    children = tuple(_tidy(list(_children(node, levels))))
    if children or tag != "p":  # nor does a paragraph of such links
        yield (name, tuple(sorted(pairs)), children)


def _whole(address: str) -> str:
    return address if re.match(r"[A-Za-z][\w+.-]*:|#", address) else BASE + "/" + address.lstrip("/")


def _tidy(parts: list[object]) -> list[object]:
    """Neighbouring words joined, white space as one space, and none beside blocks and breaks or at the ends."""
    joined: list[object] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    made: list[object] = []
    for number, part in enumerate(joined):
        if not isinstance(part, str):
            made.append(part)
            continue
        text = re.sub(r"[ \t\n\r]+", " ", part)
        text = text.lstrip(" ") if number == 0 or _is_edge(joined[number - 1]) else text
        text = text.rstrip(" ") if number == len(joined) - 1 or _is_edge(joined[number + 1]) else text
        made.extend([text] if text else [])
    return made


def _is_edge(part: object) -> bool:
    return isinstance(part, tuple) and (part[0] in BLOCK or part[0] == "br" or str(part[0])[:1] + "x" == "hx")
