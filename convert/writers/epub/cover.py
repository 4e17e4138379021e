"""The cover: its words, as a page of text in the theme's styles, and drawn as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from convert.themes.model import StyleName
from convert.writers.epub.drawing import CoverLine
from convert.writers.xhtml.article import Article
from convert.writers.xhtml.markup import element, escape

__all__ = ["cover_page", "of_article", "of_issue"]

_HEADLINES = 4


def of_article(article: Article, publisher: str) -> list[CoverLine]:
    """The words for an article's cover: what its page shows of them, and whose it is."""
    page = article.page
    return _lines(
        (("embargo", page.banner), ("section", publisher or page.section), ("headline", article.title)),
        (("deck", page.deck),),
        (("byline", page.byline), ("dateline", page.dateline)),
    )


def of_issue(title: str, articles: Sequence[Article], publishers: Iterable[str], published: str) -> list[CoverLine]:
    """The words for an issue's cover: its first headlines, and an embargo of any of its articles.

    `published` is in print.
    """
    banners = dict.fromkeys(article.page.banner for article in articles)
    return _lines(
        (*(("embargo", banner) for banner in banners), *(("section", name) for name in publishers if name != title)),
        (("headline", title), *(("deck", article.title) for article in articles[:_HEADLINES])),
        (("dateline", published),),
    )


def cover_page(lines: Iterable[CoverLine]) -> str:
    """The words as a section of markup."""
    names = {"headline": "h1"}
    texts = [element(names.get(one.style, "p"), escape(one.text), ("class", one.style)) for one in lines]
    return element("section", "\n" + "\n".join(texts) + "\n", ("class", "cover"), ("epub:type", "cover"))


Words = tuple[tuple[StyleName, str], ...]


def _lines(*groups: Words) -> list[CoverLine]:
    """Lines of groups of words, those of the last group at the foot; empty ones are left out."""
    return [
        CoverLine(style, text, foot=group is groups[-1]) for group in groups for style, text in group if text.strip()
    ]
