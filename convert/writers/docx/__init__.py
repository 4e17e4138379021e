"""Word: a real document of styles, lists, tables and footnotes under the theme's looks.

A press makes the parts that depend on the theme once: styles, numbering, settings, fonts. An article
adds its text, notes, pictures, running heads and properties. Nothing comes from a template file.
"""

from __future__ import annotations

from typing import ClassVar

from convert.report import Result
from convert.themes.model import Theme
from convert.tree import Document
from convert.world import Assets
from convert.writers.base import Options, Rendered

__all__ = ["Writer"]


class Writer:
    """The press for DOCX (ECMA-376, Transitional)."""

    name: ClassVar[str] = "docx"
    suffix: ClassVar[str] = ".docx"
    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(self, theme: Theme, options: Options) -> None:
        from convert.writers.docx.template import make_template

        self.theme = theme
        self.options = options
        self._template = make_template(theme)

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        """The document as a Word file."""
        from convert.writers.docx.article import Article

        article = Article(document, self.theme, self._template, assets, self.options, stem)
        data = article.set()
        rendered = Rendered(data, stem + self.suffix, self.media_type, declared=article.declared)
        return Result(rendered, article.report)
