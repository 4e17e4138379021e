"""What a page shows of its article's data where its head is silent: headings, bylines, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from convert.readers.html.elements import words_of

__all__ = ["shown_authors", "shown_dates", "shown_deck", "shown_headings"]

_ELSEWHERE = re.compile(r"comment|related|sidebar|teaser|recommend|\bnav|promo|more-|popular|trending", re.IGNORECASE)
_NAMED_TITLE = re.compile("[hH]eadline|[tT]itle")
DECKS = (
    "[itemprop=alternativeHeadline], .standfirst, .deck, .dek, .subtitle, .article-subtitle, .entry-subtitle, "
    ".article-deck, "
    "[class*=standfirst], [class*=Standfirst], [class*=subheadline], [class*=sub-headline], [class*=article__dek], "
    "[class*=article-dek], [class*=article__deck], [class*=article-standfirst]"
)
AUTHORS = (
    "[itemprop=author] [itemprop=name], [itemprop=author][content]", "[rel~=author]", "[itemprop=author]",
    ".byline-name, .author-name, .byline__name, .author__name, .article-author, .entry-author, .post-author, "
    "[class*=author-name], [class*=authorName], [class*=byline__author], [class*=author__name]",
    ".byline, .byline-author, .article-byline, [class*=byline], [class*=Byline], [data-testid*=byline]",
    "a[href*='/author/'], a[href*='/authors/'], a[href*='/staff/'], a[href*='/reporter/'], a[href*='/people/'], "
    "a[href*='/editors/'], a[href*='/profile/']",
    ".author, .authors, [class*=author], [class*=Author]",
)  # fmt: skip
"""Where pages show who wrote them, the surest first."""

DATES = (
    "[itemprop=datePublished]", "time[pubdate]", "article time[datetime], main time[datetime]", "time[datetime]",
    ".published, .entry-date, .post-date, .article-date, .date-published, .pubdate, [class*=publish]",
    "[class*=date], [class*=Date], [class*=timestamp], [id*=date]",
    "time", "[class*=byline], .author, [class*=metadata]",
)  # fmt: skip
MOST, FAR_WITHIN = 12, 200
"""Elements of a kind that are looked at, and first-level headings of which the elements around them are."""

_BYLINE = re.compile(
    r"\b(?:By|BY|Von|Par|Por|Door)\s+(?P<names>(?:[^\W\d_a-zß-ÿ][\w.'’-]+\s){1,3}[^\W\d_a-zß-ÿ][\w'’-]+)"
)


def shown_headings(parser: LexborHTMLParser) -> list[str]:
    """Headings that may be the title: those named so first, then those of an article, then all others."""
    named: list[LexborNode] = []
    within: list[LexborNode] = []
    first: list[LexborNode] = []
    called: list[LexborNode] = []
    for node in parser.css("h1, [itemprop=headline]"):  # once over the page takes as long whatever is asked for
        is_called = node.attributes.get("itemprop") == "headline"
        if node.tag == "h1":
            first.append(node)
            if is_called or _NAMED_TITLE.search(node.attributes.get("class") or ""):
                named.append(node)
            if len(first) <= FAR_WITHIN and _is_within(node, ("article", "main")):
                within.append(node)
        if is_called:
            called.append(node)
    found: dict[str, None] = {}
    for nodes in (named, within, first, called):
        for node in nodes[:MOST]:
            text = words_of(node) or (node.attributes.get("content") or "").strip()
            if 4 <= len(text) <= 300:
                found.setdefault(text)
    return list(found)


def _is_within(node: LexborNode, tags: tuple[str, ...]) -> bool:
    up = node.parent
    while up is not None and up.tag not in tags:
        up = up.parent
    return up is not None


def shown_deck(parser: LexborHTMLParser) -> str:
    """The sentence under the headline; empty where no element is called so."""
    for node in parser.css(DECKS)[:MOST]:
        text = words_of(node)
        if 20 <= len(text) <= 400 and not _is_elsewhere(node):
            return text
    return ""


def shown_authors(parser: LexborHTMLParser) -> Iterator[list[str]]:
    """Names or bylines, a list for each place in which pages show them."""
    for query in AUTHORS:
        nodes = _beside_the_first(
            [node for node in parser.css(query)[:MOST] if not _is_elsewhere(node, ("nav", "aside"))]
        )
        lines = [line.strip() for node in nodes if node.tag != "link" for line in _lines(node)]
        yield [line for line in lines if 2 < len(line) <= 150]
    yield [match["names"] for text in _around_heading(parser) if (match := _BYLINE.search(text))][:1]


def _lines(node: LexborNode) -> list[str]:
    """What an element says: its value, its words, or those of each part where it has no words of its own."""
    attributes = node.attributes
    said = attributes.get("content") or attributes.get("value")
    if said:
        return [said]
    parts = list(node.iter(include_text=True))
    inner = [part for part in parts if part.is_element_node and words_of(part)]
    if len(inner) == 1 and len(words_of(inner[0])) == len(words_of(node)):
        return _lines(inner[0])
    own = any(part.is_text_node and (part.text_content or "").strip() for part in parts)
    return [words_of(node)] if own or len(inner) < 2 else [words_of(part) for part in inner[:MOST]]


def _around_heading(parser: LexborHTMLParser) -> Iterator[str]:
    """The text around the first headings, in wider and wider boxes."""
    for heading in parser.css("h1")[:3]:
        up = heading.parent
        for _ in range(4):
            if up is None or up.tag == "body":
                break
            text = words_of(up)
            if len(text) > 3000:
                yield text[:600]
                break
            yield text[:600]
            up = up.parent


def _beside_the_first(nodes: list[LexborNode]) -> list[LexborNode]:
    """The first of the elements and those that share a place with it; others belong to teasers."""
    if not nodes:
        return nodes
    homes = {up.mem_id for up in _above(nodes[0], 3)}
    return [
        node for node in nodes if node.mem_id == nodes[0].mem_id or any(up.mem_id in homes for up in _above(node, 3))
    ]


def _above(node: LexborNode, most: int) -> list[LexborNode]:
    found: list[LexborNode] = []
    up = node.parent
    while up is not None and len(found) < most and up.tag not in ("body", "main", "article"):
        found.append(up)
        up = up.parent
    return found


def shown_dates(parser: LexborHTMLParser) -> Iterator[str]:
    """What the page shows for a date, the likeliest first."""
    for query in DATES:
        for node in parser.css(query)[:MOST]:
            if _is_elsewhere(node):
                continue
            attributes = node.attributes
            for value in (
                attributes.get("datetime"),
                attributes.get("content"),
                attributes.get("title"),
                words_of(node)[:120],
            ):
                if value:
                    yield value
    yield from (text[:300] for text in _around_heading(parser) if len(text) < 600)
    yield from (node.attributes.get("datetime") or "" for node in parser.css("time[datetime]")[:1])


def _is_elsewhere(node: LexborNode, tags: tuple[str, ...] = ("nav", "footer", "aside")) -> bool:
    """Whether an element stands among comments or teasers."""
    up: LexborNode | None = node
    for _ in range(6):
        if up is None or up.tag == "body":
            return False
        attributes = up.attributes
        if up.tag in tags or _ELSEWHERE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
            return True
        up = up.parent
    return False
