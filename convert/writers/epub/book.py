"""An EPUB from its chapters: pages, styles, fonts, pictures and cover as the files of one archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape

from msgspec import Struct

from convert.report import Report
from convert.themes.model import Theme
from convert.tree import Document
from convert.world import Assets, Picture
from convert.writers.css import stylesheet
from convert.writers.epub.access import access
from convert.writers.epub.archive import pack
from convert.writers.epub.cover import cover_page
from convert.writers.epub.drawing import CoverLine, draw
from convert.writers.epub.facts import Publication
from convert.writers.epub.fonts import FontFile, Fonts, font_faces
from convert.writers.epub.navigation import navigation
from convert.writers.epub.package import CONTAINER, Item, package
from convert.writers.labels import Labels
from convert.writers.xhtml import head
from convert.writers.xhtml.article import Article

__all__ = ["Binder", "Chapter", "Pictures"]

_PAGE = "application/xhtml+xml"
_STYLES = {"ltr": "style.css", "rtl": "style-rtl.css"}


class Chapter(Struct, frozen=True):
    """An article in its place in the publication."""

    href: str
    document: Document
    assets: Assets
    article: Article


class Pictures:
    """The pictures of a publication: each once, however many articles show it, and numbered as they come."""

    def __init__(self) -> None:
        self._hrefs: dict[bytes, str] = {}
        self._shown: list[Picture] = []

    def href(self, key: str, picture: Picture) -> str:
        """The address of a picture in every article's page. Its key says nothing: two articles may use the same."""
        if picture.data not in self._hrefs:
            self._shown.append(picture)
            self._hrefs[picture.data] = f"pictures/{len(self._shown):03}{picture.suffix}"
        return self._hrefs[picture.data]

    def items(self) -> list[Item]:
        """The pictures as files, in the order they were asked for."""
        return [
            Item(f"picture-{number}", self._hrefs[picture.data], picture.media_type, picture.data)
            for number, picture in enumerate(self._shown, 1)
        ]


class Binder:
    """Binds chapters under one theme. What it makes of the theme is made once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._fonts = Fonts(theme)
        self._css = {direction: stylesheet(theme, "epub", direction) for direction in _STYLES}

    def bind(
        self, about: Publication, chapters: Sequence[Chapter], cover: list[CoverLine], pictures: Pictures,
        labels: Labels, report: Report,
    ) -> bytes:  # fmt: skip
        """The archive. Several chapters have their contents on a page among them."""
        language, direction = about.languages[0], about.direction
        link = _link(direction)
        title = cover_page(cover)
        several = len(chapters) > 1
        toc = [("toc", "nav.xhtml#toc", labels.contents)] if several else []  # a landmark stands in the reading order
        marks = [
            ("cover", "cover.xhtml", labels.cover), *toc,
            ("bodymatter", chapters[0].href, chapters[0].article.title),
        ]  # fmt: skip
        contents = navigation(
            [(one.href, one.article) for one in chapters], marks, labels, language, direction, link
        )  # fmt: skip
        drawn, unshown = draw(self._theme, cover)
        if unshown:
            report.add("cover.letters", "info", "No font of the theme has the letters of some words of the cover, so "
                       f"its picture lacks them (its page has them): {'; '.join(unshown)[:200]}.")  # fmt: skip
        markup = [title, contents, *(one.article.markup for one in chapters)]
        fonts = self._fonts.files(markup, _text(markup), report)
        pages = [Item("cover", "cover.xhtml", _PAGE, head.frame(language, direction, about.title, link, title).encode(),
                      read=True),
                 Item("nav", "nav.xhtml", _PAGE, contents.encode(), "nav", read=several),
                 *(_page(one) for one in chapters)]  # fmt: skip
        items = [
            *pages, *self._style_items(about, chapters, fonts),
            *(Item(f"font-{k}", one.href, one.media_type, one.data) for k, one in enumerate(fonts, 1)),
            *pictures.items(), Item("cover-image", "cover.png", "image/png", drawn, "cover-image"),
        ]  # fmt: skip
        found = access([(one.document, one.assets) for one in chapters], self._theme, language)
        if found.lacks:
            report.add("access.unclaimed", "info", "The EPUB does not claim to meet WCAG, for it lacks: "
                       f"{', '.join(found.lacks)}.")  # fmt: skip
        return pack([
            ("META-INF/container.xml", CONTAINER.encode()),
            ("EPUB/package.opf", package(about, items, found).encode()),
            *((f"EPUB/{item.href}", item.data) for item in items),
        ])  # fmt: skip

    def _style_items(
        self, about: Publication, chapters: Iterable[Chapter], fonts: Sequence[FontFile]
    ) -> list[Item]:  # fmt: skip
        """A stylesheet for each direction that something is read in."""
        faces = font_faces(fonts)
        used = {about.direction, *(one.article.direction for one in chapters)}
        return [
            Item(href.removesuffix(".css"), href, "text/css", (faces + self._css[direction]).encode())
            for direction, href in _STYLES.items()
            if direction in used
        ]


def _page(chapter: Chapter) -> Item:
    article, document = chapter.article, chapter.document
    lines = head.metas(document) + head.json_ld(document, article) + _link(article.direction)
    name = chapter.href.removesuffix(".xhtml")
    return Item(name, chapter.href, _PAGE, head.page(article, lines).encode(), read=True)


def _link(direction: str) -> str:
    return f'<link rel="stylesheet" type="text/css" href="{_STYLES[direction]}"/>\n'


def _text(markup: Iterable[str]) -> str:
    return "\n".join(unescape(re.sub("<[^>]*>", "", page)) for page in markup)
