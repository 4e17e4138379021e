"""The navigation document of an EPUB: its contents and its landmarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from convert.writers.labels import Labels
from convert.writers.xhtml.article import Article, Entry
from convert.writers.xhtml.head import frame
from convert.writers.xhtml.markup import element, escape

__all__ = ["navigation"]

Mark = tuple[str, str, str]
"""A landmark: its `epub:type`, its address, what it is called."""


def navigation(
    chapters: Sequence[tuple[str, Article]], marks: Iterable[Mark], labels: Labels, language: str, direction: str,
    head: str,
) -> str:  # fmt: skip
    """The navigation document (EPUB 3.3, section 7): each article, by its address, with its sections."""
    tops = "\n".join(_top(href, article, language) for href, article in chapters)
    lines = "\n".join(_item(href, name, ("epub:type", kind)) for kind, href, name in marks)
    title = escape(labels.contents)
    body = (
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{title}</h1>\n<ol>\n{tops}\n</ol>\n</nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{lines}\n</ol>\n</nav>'
    )
    return frame(language, direction, labels.contents, head, body)


def _top(href: str, article: Article, language: str) -> str:
    """An article in the contents; its language and direction stand there where they are not those of the contents."""
    own = (("xml:lang", article.language), ("lang", article.language), ("dir", article.direction))
    link = element("a", escape(article.title), ("href", href))
    sections = _outline(list(article.entries), href)
    return element("li", link + sections, *(own if article.language != language else ()))


def _outline(entries: list[Entry], href: str) -> str:
    """The sections as nested lists; empty for none."""
    lines: list[str] = []
    while entries:
        first = entries.pop(0)
        inner: list[Entry] = []
        while entries and entries[0].level > first.level:
            inner.append(entries.pop(0))
        name = re.sub(r"\s+", " ", first.text).strip() or "…"
        lines.append(_item(f"{href}#{first.id}", name, below=_outline(inner, href)))
    return "\n<ol>\n" + "\n".join(lines) + "\n</ol>\n" if lines else ""


def _item(href: str, name: str, *pairs: tuple[str, str], below: str = "") -> str:
    return element("li", element("a", escape(name), *pairs, ("href", href)) + below)
