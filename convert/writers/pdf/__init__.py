"""PDF: the shared XHTML set by WeasyPrint, tagged, with bookmarks and the article's metadata.

It conforms to PDF/UA-1 and PDF/A-3a and says so, unless the article keeps it from that (`claims`).
"""

from __future__ import annotations

import hashlib
import re
from contextlib import nullcontext
from html import unescape
from typing import ClassVar

from convert.errors import RenderError
from convert.report import Report, Result
from convert.themes.fonts import missing_glyphs
from convert.themes.model import Theme
from convert.tree import Document
from convert.world import Assets, Picture
from convert.writers.base import Options, PdfStandard, Rendered
from convert.writers.css import stylesheet
from convert.writers.pdf.claims import VARIANTS, hindrances
from convert.writers.pdf.engine import SCHEME, Engine
from convert.writers.pdf.fitting import fit, repeated_heads
from convert.writers.pdf.pages import Facts, furniture, numbering, sheet
from convert.writers.pdf.watching import watch
from convert.writers.pdf.xmp import packet
from convert.writers.xhtml import article, head
from convert.writers.xhtml.fold import TASKS

__all__ = ["Writer"]

_PLAIN_TASKS = ("✓", "□")
"""Signs of tasks for themes whose fonts lack the usual ones: a page has no other fonts to turn to."""


class Writer:
    """Writes PDF. The theme's fonts and styles are made ready once."""

    name: ClassVar[str] = "pdf"
    suffix: ClassVar[str] = ".pdf"
    media_type: ClassVar[str] = "application/pdf"

    def __init__(self, theme: Theme, options: Options) -> None:
        self._theme = theme
        self._options = options
        self._engine = Engine(theme)
        self._styles = {
            direction: self._engine.style(sheet(theme) + stylesheet(theme, "pdf", direction))
            for direction in ("ltr", "rtl")
        }
        self._fit = fit(theme)
        self._tasks = next(
            (signs for signs in (TASKS, _PLAIN_TASKS) if not missing_glyphs(theme, "".join(signs))), TASKS
        )

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        keys = {key: str(number) for number, key in enumerate(sorted(assets))}

        def source(key: str, picture: Picture) -> str:
            return f"{SCHEME}:{keys[key]}"

        made = article.make(document, assets, self._theme, self._options, stem, source, self._fit, self._tasks)
        metadata = document.metadata
        heads, words = furniture(
            self._theme, Facts(made.title, metadata.publisher, metadata.section), made.direction
        )  # fmt: skip
        html = head.frame(made.language, made.direction, made.title, head.metas(document), made.markup)
        self._check_glyphs(made.markup, words, made.report)
        claim = self._claim(document, html, assets, words, made.report)
        language = "" if made.language == "und" else made.language
        styles = [self._styles[made.direction], self._engine.style(numbering(document) + heads)]
        pictures = {keys[key]: picture for key, picture in assets.items()}

        def printed(claim: PdfStandard, tagged: bool) -> tuple[bytes, int]:
            from convert.writers.pdf.finisher import finish  # and pydyf with it, once there is something to write

            xmp = packet(metadata, made.title, language, self._engine.producer, claim)
            options = {"pdf_variant": VARIANTS[claim], "pdf_tags": tagged, "output_intent": "",
                       "pdf_identifier": hashlib.sha256(html.encode()).digest()[:16]}  # fmt: skip
            with watch() if tagged else nullcontext() as seen:
                return self._engine.print(html, styles, pictures, lambda pdf: finish(pdf, xmp, seen), **options)

        try:
            data, pages = printed(claim, tagged=True)
        except RenderError as error:
            if error.code != "pdf.failed":
                raise
            data, pages = printed("none", tagged=False)
            made.report.add("pdf.untagged", "loss", "The PDF has no tags, which screen readers need, and claims no "
                            f"standard: {error.text}")  # fmt: skip
        declared = (*made.declared, *words, *(repeated_heads(document) if pages > 1 else ()))
        return Result(Rendered(data, stem + self.suffix, self.media_type, declared=declared), made.report)

    def _claim(
        self, document: Document, html: str, assets: Assets, words: tuple[str, ...], report: Report
    ) -> PdfStandard:  # fmt: skip
        """What the PDF may claim of what is asked for: all of it or nothing, and why not stands in the report."""
        asked = self._options.pdf_standard
        if asked == "none":
            return asked
        against = hindrances(document, html, assets, self._theme, words, asked)
        report.extend(against)
        return "none" if against.messages else asked

    def _check_glyphs(self, markup: str, heads: tuple[str, ...], report: Report) -> None:
        """Report what is printed and no font has; what is not printed (an editor's note) asks for none."""
        shown = unescape(re.sub("<[^>]*>", "", markup))
        missing = missing_glyphs(self._theme, "\n".join((shown, *heads, *self._theme.bullets)))
        if missing:
            some = " ".join(missing[:40])
            report.add("glyph.missing", "loss", f"No font of the theme {self._theme.name!r} has these: {some}. "
                       "Name a font for them in the theme.")  # fmt: skip
