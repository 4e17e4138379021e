"""A page cut into pieces of text, each with the elements it stands in: what the facts are taken from.

`scan` walks the page once. A piece is a run of inline content in one block element. No step recurses, and each is
linear in the size of the page.
"""

from __future__ import annotations

import re
from itertools import islice

from msgspec import Struct, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.readers.html.selection import cues
from convert.tree.text import letters

__all__ = [
    "HEADING",
    "KIND",
    "KINDS",
    "LINK",
    "PLACE",
    "PLACES",
    "SENTENCE",
    "WIDE",
    "Element",
    "Page",
    "Piece",
    "key_of",
    "scan",
]

KINDS = {
    "other": "", "div": "div", "p": "p", "heading": "h1 h2 h3 h4 h5 h6", "item": "li dt dd", "cell": "td th caption",
    "quote": "blockquote q", "pre": "pre", "caption": "figcaption", "link": "a",
    "control": "button label select textarea option legend",
    "section": "section article main", "edge": "nav header footer aside", "figure": "figure", "form": "form fieldset",
    "list": "ul ol dl menu", "table": "table tbody tr thead tfoot", "time": "time address",
}  # fmt: skip
KIND = {tag: at for at, tags in enumerate(KINDS.values()) for tag in tags.split()}

PLACES = (
    "nav", "header", "footer", "aside", "form", "figure", "figcaption", "ul", "ol", "li", "table", "blockquote",
    "article", "main", "section", "a", "button", "p", "heading", "time", "dl", "hidden", "strong",
)  # fmt: skip
_PLACE = {name: 1 << at for at, name in enumerate(PLACES)}
PLACE = _PLACE | {
    "picture": _PLACE["figure"], "select": _PLACE["button"], "label": _PLACE["button"], "textarea": _PLACE["button"],
    "address": _PLACE["time"], "b": _PLACE["strong"], "dialog": _PLACE["form"] | _PLACE["hidden"],
    **{f"h{level}": _PLACE["heading"] for level in range(1, 7)},
}  # fmt: skip
"""The bit of a place that an element is."""

LINK, HEADING, _HIDDEN, _STRONG = PLACE["a"], PLACE["h1"], PLACE["hidden"], PLACE["strong"]

_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br", "img", "picture", "source", "button", "input",
    "svg", "math", "select", "option",
))  # fmt: skip
_UNSEEN = frozenset(("noscript", "object", "audio", "video", "canvas"))
_EMPTY = frozenset(("script", "style", "template", "svg", "head", "math", "iframe", "datalist"))
"""Elements whose text no reader sees; those in which no picture stands either are not looked into."""
_LABELS = frozenset((
    "class", "id", "role", "itemprop", "aria-label", "data-testid", "data-component", "data-module", "data-type",
    "data-qa", "data-role", "data-widget", "data-name", "data-test-id", "data-block", "data-element",
    "data-area",
))  # fmt: skip
"""Attributes in which pages say what an element is for."""

_PICTURES, _FIELDS = frozenset(("img", "amp-img", "video")), frozenset(("form", "input", "textarea"))

DEEPEST, ATTRIBUTES = 60, 40
"""Depths are counted this far; so many attributes of an element are looked at."""

SENTENCE = re.compile(r"[.!?…。！？।؟۔։።]+(?=[\s\"'”’»)\]」』]|$|(?<=[。！？]))")
WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts of which a character says as much as two letters."""

WORTH, MOST_WORTH = 40, 1000
"""Characters outside of links from which a piece with a sentence in it is running text, and how many count."""

KEY = 200
"""Characters of a piece by which it is compared."""


class Element(Struct, gc=False):
    """An element of the page with what its ancestors say of it and what its pieces add up to.

    `parent` and `wider` are places in the list of elements, -1 for none; `label` and `far` are masks of cues.
    """

    parent: int
    mem_id: int
    tag: str
    label: int = 0
    far: int = 0
    """Cues of itself and all around it."""
    places: int = 0
    depth: int = 0
    block: int = 0
    """The nearest element that is not inline: itself or one around it."""
    seen: bool = True
    pieces: int = 0
    chars: int = 0
    linked: int = 0
    items: int = 0
    worth: int = 0
    headings: int = 0
    pictures: int = 0
    fields: int = 0
    """Forms and fields to fill in."""
    first: int = -1
    wider: int = -1
    """The nearest element around it that holds more pieces."""

    @property
    def kind(self) -> int:
        """The number of its kind in `KINDS`."""
        return KIND.get(self.tag, 0)


class Piece(Struct, gc=False):
    """A run of inline content in one block element."""

    block: int
    words: list[str] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    """The element that each of the words' text nodes stands in."""
    linked: int = 0
    bold: int = 0
    breaks: int = 0
    text: str = ""
    key: str = ""
    worth: int = 0


class Page(Struct):
    """The elements of a page's body in document order, the pieces of text in them, and what its head says."""

    elements: list[Element]
    pieces: list[Piece]
    title: str
    about: frozenset[str]
    """The longer words of the page's title and description."""

    def near(self, at: int) -> int:
        """Cues of an element and the three around it."""
        mask = 0
        for _ in range(4):
            mask |= self.elements[at].label
            at = self.elements[at].parent
            if at < 0:
                break
        return mask


def key_of(text: str) -> str:
    """A text without case, spaces and signs."""
    return letters(text).lower()


def scan(parser: LexborHTMLParser) -> Page:
    """Cut the body into pieces."""
    title = _head(parser, 'meta[property="og:title"]') or _head(parser, "title")
    told = (title, _head(parser, "meta[name=description]"), _head(parser, 'meta[property="og:description"]'))
    about = frozenset(word for word in " ".join(told).lower().split() if len(word) > 4)
    page = Page([], [], key_of(title), about)
    if parser.body is not None:
        _walk(parser.body, page)
        for piece in page.pieces:
            _weigh(piece)
        _add_up(page)
    return page


def _head(parser: LexborHTMLParser, selector: str) -> str:
    node = parser.css_first(selector)
    if node is None:
        return ""
    return ((node.attributes.get("content") if selector != "title" else node.text()) or "")[:500]


def _walk(body: LexborNode, page: Page) -> None:
    elements, pieces = page.elements, page.pieces
    places: dict[int, int] = {}
    masks: dict[str, int] = {"": 0}
    open_block = -1
    for node in body.traverse(include_text=True, skip_empty=True):
        tag = node.tag or "-"
        parent = node.parent
        at = places.get(parent.mem_id, -1) if parent is not None else -1
        if tag == "-text":
            words = " ".join((node.text_content or "").split()) if at >= 0 and elements[at].seen else ""
            if not words:
                continue
            holder = elements[at]
            if holder.block != open_block:
                open_block = holder.block
                pieces.append(Piece(open_block))
            piece = pieces[-1]
            piece.words.append(words)
            piece.holders.append(at)
            if holder.places & LINK:
                piece.linked += len(words)
            if holder.places & _STRONG:
                piece.bold += len(words)
        elif not elements:  # the body: its own classes speak of the page
            places[node.mem_id] = 0
            elements.append(Element(-1, node.mem_id, tag))
        elif at >= 0 and tag not in _EMPTY and tag[0] not in "-!":
            own = places[node.mem_id] = len(elements)
            element = _element(node, tag, at, own, elements[at], masks)
            elements.append(element)
            if element.block == own:
                open_block = -1
            elif tag == "br" and pieces and pieces[-1].block == open_block:
                pieces[-1].breaks += 1


def _element(node: LexborNode, tag: str, at: int, own: int, up: Element, masks: dict[str, int]) -> Element:
    """An element that stands in another one, `up`, at the place `at`."""
    places, label = PLACE.get(tag, 0), 0
    attributes = node.attributes
    if attributes:
        said, hidden = _said(attributes)
        if hidden:
            places |= _HIDDEN
        found = masks.get(said)
        label = masks.setdefault(said, cues.of_name(said)) if found is None else found
    return Element(
        at, node.mem_id, tag, label, label | up.far, places | up.places, min(up.depth + 1, DEEPEST),
        up.block if tag in _INLINE else own, up.seen and tag not in _UNSEEN, pictures=tag in _PICTURES,
        fields=tag in _FIELDS,
    )  # fmt: skip


def _said(attributes: dict[str, str | None]) -> tuple[str, bool]:
    """The labels of an element in one line, and whether it is hidden."""
    parts = []
    hidden = False
    for name, value in islice(attributes.items(), ATTRIBUTES):
        if name in _LABELS:
            if value:
                parts.append(value[: cues.LONGEST_NAME])
        elif name == "style":
            hidden |= value is not None and "display:none" in value[:200].replace(" ", "")
        elif name == "hidden" or (name == "aria-hidden" and value == "true"):
            hidden = True
    return " ".join(parts), hidden


def _weigh(piece: Piece) -> None:
    text = piece.text = " ".join(piece.words)
    piece.key = key_of(text[:KEY])
    free = len(text) - piece.linked
    if not text.isascii() and WIDE.search(text):
        free *= 2
    if free >= WORTH and SENTENCE.search(text):
        piece.worth = min(free, MOST_WORTH)


def _add_up(page: Page) -> None:
    elements = page.elements
    for at, piece in enumerate(page.pieces):
        block = elements[piece.block]
        block.pieces += 1
        block.chars += len(piece.text)
        block.linked += piece.linked
        block.worth += piece.worth
        block.items += bool(block.places & PLACE["li"])
        block.headings += block.kind == KIND["h1"]
        if block.first < 0:
            block.first = at
    for element in reversed(elements):
        if element.parent < 0:
            continue
        up = elements[element.parent]
        up.pictures += element.pictures
        up.fields += element.fields
        if element.pieces:
            up.pieces += element.pieces
            up.chars += element.chars
            up.linked += element.linked
            up.worth += element.worth
            up.items += element.items
            up.headings += element.headings
            if up.first < 0 or element.first < up.first:
                up.first = element.first
    for element in elements:
        if element.parent >= 0:
            up = elements[element.parent]
            element.wider = element.parent if up.pieces > element.pieces else up.wider
