"""XHTML: one file that a browser shows and an EPUB takes in unchanged."""

from __future__ import annotations

from base64 import b64encode
from typing import ClassVar

from convert.report import Result
from convert.themes.model import Theme
from convert.tree import Document
from convert.world import Assets, Picture
from convert.writers.base import Options, Rendered
from convert.writers.css import stylesheet
from convert.writers.xhtml import article, head

__all__ = ["Writer"]


class Writer:
    """Writes stand-alone XHTML with style and pictures inside."""

    name: ClassVar[str] = "xhtml"
    suffix: ClassVar[str] = ".xhtml"
    media_type: ClassVar[str] = "application/xhtml+xml"

    def __init__(self, theme: Theme, options: Options) -> None:
        self._theme = theme
        self._options = options
        self._css = {direction: stylesheet(theme, "screen", direction) for direction in ("ltr", "rtl")}

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        made = article.make(document, assets, self._theme, self._options, stem, _inline)
        lines = head.metas(document) + head.json_ld(document, made) + f"<style>\n{self._css[made.direction]}</style>\n"
        data = head.page(made, lines).encode()
        rendered = Rendered(data, stem + self.suffix, self.media_type, declared=made.declared)
        return Result(rendered, made.report)


def _inline(key: str, picture: Picture) -> str:
    """A picture as a data: address (RFC 2397)."""
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"
