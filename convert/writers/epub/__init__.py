"""EPUB 3.3: the shared XHTML in a package of our own making, the same bytes on every run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from convert.report import Report, Result
from convert.themes.model import Theme
from convert.tree import Document
from convert.world import Assets
from convert.writers.base import Options, Part, Rendered
from convert.writers.dates import moment, stamp
from convert.writers.epub import cover, facts
from convert.writers.epub.book import Binder, Chapter, Pictures
from convert.writers.epub.drawing import CoverLine
from convert.writers.labels import labels
from convert.writers.page import print_when
from convert.writers.xhtml import article

__all__ = ["Writer"]


class Writer:
    """Writes EPUB: one article or an issue of several, with stylesheet, fonts, pictures and cover."""

    name: ClassVar[str] = "epub"
    suffix: ClassVar[str] = ".epub"
    media_type: ClassVar[str] = "application/epub+zip"

    def __init__(self, theme: Theme, options: Options) -> None:
        self._theme = theme
        self._options = options
        self._binder = Binder(theme)

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        pictures = Pictures()
        chapter = self._chapter("article.xhtml", Part(document, assets, stem), pictures)
        made, report = chapter.article, chapter.article.report
        about = facts.of_article(document, made, stamp(document.metadata, report))
        lines = cover.of_article(made, document.metadata.publisher)
        data = self._binder.bind(about, [chapter], lines, pictures, made.page.labels, report)
        return Result(self._rendered(data, stem, [chapter], lines), report)

    def bind(self, parts: Sequence[Part], title: str, stem: str) -> Result[Rendered]:
        """Several articles as one publication, in their order, with a page of contents."""
        pictures, report = Pictures(), Report()
        chapters = [
            self._chapter(f"article-{number:03}.xhtml", part, pictures) for number, part in enumerate(parts, 1)
        ]  # fmt: skip
        modified = max(stamp(one.document.metadata, one.article.report) for one in chapters)
        for part, chapter in zip(parts, chapters, strict=True):
            report.extend(_placed(chapter.article.report, part.stem))
        pairs = [(one.document, one.article) for one in chapters]
        about = facts.of_issue(title, pairs, modified)
        lines = cover.of_issue(
            title, [one.article for one in chapters],
            [text for name, text in about.core if name == "publisher"], self._printed(chapters),
        )  # fmt: skip
        words = labels(chapters[0].document.metadata.language)
        data = self._binder.bind(about, chapters, lines, pictures, words, report)
        return Result(self._rendered(data, stem, chapters, lines), report)

    def _chapter(self, href: str, part: Part, pictures: Pictures) -> Chapter:
        made = article.make(part.document, part.assets, self._theme, self._options, part.stem, pictures.href)
        return Chapter(href, part.document, part.assets, made)

    def _printed(self, chapters: Sequence[Chapter]) -> str:
        """The day of the latest article, as the first one's language writes it; empty where none has a date."""
        every = [one.document.metadata.published for one in chapters]
        dates = [(when, text) for text in every if (when := moment(text))]
        latest = max(dates)[1] if dates else ""
        return print_when(latest, chapters[0].document.metadata.language, self._options.time_zone)

    def _rendered(
        self, data: bytes, stem: str, chapters: Sequence[Chapter], lines: Sequence[CoverLine]
    ) -> Rendered:  # fmt: skip
        """The file, with the words of cover and contents declared."""
        declared = [word for one in chapters for word in one.article.declared]
        contents = [labels(chapters[0].document.metadata.language).contents]
        return Rendered(
            data, stem + self.suffix, self.media_type, declared=(*declared, *contents, *(one.text for one in lines))
        )


def _placed(report: Report, stem: str) -> Report:
    """A report whose messages say which article they are of."""
    placed = Report()
    for message in report.messages:
        placed.add(message.code, message.severity, message.text, ": ".join(filter(None, (stem, message.where))))
    return placed
