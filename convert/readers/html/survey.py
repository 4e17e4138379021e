"""One look over a page for what its shaping needs: ids, links within it, captions, what is not shown."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct, field
from selectolax.lexbor import LexborNode

from convert.readers.html.elements import CAPTION, CONTROLS, WORDLESS, is_hidden, label_of, words_of

__all__ = ["Survey", "survey"]

_NEVER_HIDDEN = frozenset(("html", "body", "main", "article"))
"""A page may hide these until its script has run."""

_MAY_BE_CAPTIONS = frozenset(("caption", "figcaption", "div", "p", "span", "small", "em", "section"))


class Survey(Struct):
    """What was met, each in the order of the page."""

    ids: dict[str, LexborNode] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    """Where the elements with ids and the links stand in the order of the page, by `mem_id`."""
    anchors: list[tuple[LexborNode, str]] = field(default_factory=list)
    """Links to an id of the same page, with that id."""
    furniture: list[LexborNode] = field(default_factory=list)
    """The top-most elements that are not of the article, hidden ones among them."""
    hidden: list[LexborNode] = field(default_factory=list)
    """Those of them that are there for being hidden."""
    captions: list[LexborNode] = field(default_factory=list)
    """Elements that look like captions of pictures, outermost first."""
    table_captions: list[LexborNode] = field(default_factory=list)


HIDDEN_ARTICLE = 2_000
"""Letters from which something hidden may be the article itself, which a script would show."""


def survey(root: LexborNode, furniture: Collection[int], page: str) -> Survey:
    """Look over everything below `root`. `furniture` are `mem_id`s, `page` is the page's own address.

    What is hidden is not of the article, unless it is most of the page's words.
    """
    found = _survey(root, furniture, page, hide=True)
    hidden = [len(words_of(node)) for node in found.hidden]
    if max(hidden, default=0) < HIDDEN_ARTICLE or 2 * max(hidden) < len(words_of(root)):
        return found
    return _survey(root, furniture, page, hide=False)


def _survey(root: LexborNode, furniture: Collection[int], page: str, *, hide: bool) -> Survey:
    found = Survey()
    node: LexborNode | None = root.first_child
    path: list[LexborNode] = []
    dropped = 0  # the length of the path above an element that is not of the article, 0 outside of any
    while node is not None or path:
        if node is None:
            node = path.pop()
            if dropped and len(path) < dropped:
                dropped = 0
            node = node.next
            continue
        tag = node.tag
        if tag not in WORDLESS and node.is_element_node:
            attributes = node.attributes
            if attributes:
                _note_names(node, tag, attributes, found, page)
            concealed = hide and bool(attributes) and tag not in _NEVER_HIDDEN and is_hidden(attributes)
            if not dropped and (concealed or node.mem_id in furniture or tag in CONTROLS):
                found.furniture.append(node)
                if concealed:
                    found.hidden.append(node)
                if node.first_child is not None:
                    dropped = len(path) + 1
            elif not dropped and tag in _MAY_BE_CAPTIONS:
                _note_caption(node, tag, attributes, found)
            child = node.first_child
            if child is not None:
                path.append(node)
                node = child
                continue
        node = node.next
    return found


def _note_names(node: LexborNode, tag: str | None, attributes: dict[str, str | None], found: Survey, page: str) -> None:
    name = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
    if name:
        found.ids.setdefault(name, node)
        found.places[node.mem_id] = len(found.places)
    if tag == "a":
        href = attributes.get("href") or ""
        if "#" in href and (href[0] == "#" or (page and href.startswith(f"{page}#"))):
            target = href[href.index("#") + 1 :]
            if target:
                found.anchors.append((node, target))
                found.places.setdefault(node.mem_id, len(found.places))


def _note_caption(node: LexborNode, tag: str | None, attributes: dict[str, str | None], found: Survey) -> None:
    if tag == "caption":
        found.table_captions.append(node)
    elif tag == "figcaption" or (attributes and CAPTION.search(label_of(attributes))):
        found.captions.append(node)
