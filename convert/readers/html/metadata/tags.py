"""What a page says in <meta>, <link> and microdata, gathered in one look."""

from __future__ import annotations

import html

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Tags", "tags_of"]

MOST, LONGEST = 2_000, 5_000


class Tags:
    """The values of <meta> by name, property or itemprop (in lower case), and those of <link> by rel."""

    def __init__(self) -> None:
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, str] = {}
        self.base = ""
        self.title = ""

    def first(self, *names: str) -> str:
        """The first value of the first name that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    def every(self, *names: str) -> tuple[str, ...]:
        """Every value of every one of the names."""
        return tuple(value for name in names for value in self.meta.get(name, ()))

    def all(self, *names: str) -> list[str]:
        """Every value of the first name that has some."""
        return next((values for name in names if (values := self.meta.get(name))), [])


def tags_of(parser: LexborHTMLParser) -> Tags:
    """What the page's tags say."""
    found = Tags()
    for node in parser.css("meta, link[rel], base[href]")[:MOST]:
        attributes = node.attributes
        if node.tag == "meta":
            said = attributes.get("content") or attributes.get("value") or ""
            value = " ".join(html.unescape(said[:LONGEST]).split())
            if value:
                # one tag may name several properties, parted by spaces (RDFa)
                for name in {*(attributes.get("property") or "").lower().split(), *_names(attributes)}:
                    found.meta.setdefault(name, []).append(value)
        elif node.tag == "base":
            found.base = found.base or (attributes.get("href") or "").strip()
        else:
            for rel in (attributes.get("rel") or "").lower().split():
                found.links.setdefault(rel, (attributes.get("href") or "").strip())
    title = _title(parser)
    found.title = " ".join(title.text(deep=True).split())[:1000] if title is not None else ""
    return found


def _names(attributes: dict[str, str | None]) -> list[str]:
    named = (attributes.get("name") or "").strip().lower()
    return [name for name in (named, (attributes.get("itemprop") or "").lower()) if name]


def _title(parser: LexborHTMLParser) -> LexborNode | None:
    """The page's <title>, not one of a drawing."""
    head = parser.head
    found = head.css_first("title") if head is not None else None
    if found is not None:
        return found
    return next((node for node in parser.css("title") if node.parent is None or node.parent.tag != "svg"), None)
