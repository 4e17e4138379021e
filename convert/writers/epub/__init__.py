"""EPUB 3.3: the shared XHTML in a package of our own making, the same bytes on every run."""

from __future__ import annotations

from typing import ClassVar

from convert.report import Result
from convert.themes.model import Theme
from convert.tree import Document
from convert.world import Assets, Picture
from convert.writers.base import Options, Rendered
from convert.writers.css import stylesheet
from convert.writers.dates import stamp
from convert.writers.epub.access import access
from convert.writers.epub.archive import pack
from convert.writers.epub.package import CONTAINER, Item, navigation, package
from convert.writers.xhtml import article, head

__all__ = ["Writer"]

_LINK = '<link rel="stylesheet" type="text/css" href="style.css"/>\n'


class Writer:
    """Writes EPUB: one article, its stylesheet and its pictures as files of their own."""

    name: ClassVar[str] = "epub"
    suffix: ClassVar[str] = ".epub"
    media_type: ClassVar[str] = "application/epub+zip"

    def __init__(self, theme: Theme, options: Options) -> None:
        self._theme = theme
        self._options = options
        self._css = {direction: stylesheet(theme, "epub", direction).encode() for direction in ("ltr", "rtl")}

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        used: dict[str, str] = {}

        def source(key: str, picture: Picture) -> str:
            return used.setdefault(key, f"pictures/{len(used) + 1:03}{picture.suffix}")

        made = article.make(document, assets, self._theme, self._options, stem, source)
        text = head.page(made, head.metas(document) + head.json_ld(document, made) + _LINK)
        items = [
            Item("article", "article.xhtml", "application/xhtml+xml", linear=True),
            Item("nav", "nav.xhtml", "application/xhtml+xml", "nav"),
            Item("style", "style.css", "text/css"),
            *(Item(f"picture-{k}", path, assets[key].media_type) for k, (key, path) in enumerate(used.items(), 1)),
        ]
        opf = package(document, made, items, access(document, assets), stamp(document.metadata, made.report))
        data = pack([
            ("META-INF/container.xml", CONTAINER.encode()),
            ("EPUB/package.opf", opf.encode()),
            ("EPUB/nav.xhtml", navigation(made, "article.xhtml").encode()),
            ("EPUB/article.xhtml", text.encode()),
            ("EPUB/style.css", self._css[made.direction]),
            *((f"EPUB/{path}", assets[key].data) for key, path in used.items()),
        ])  # fmt: skip
        rendered = Rendered(
            data, stem + self.suffix, self.media_type, declared=(*made.declared, made.page.labels.contents)
        )
        return Result(rendered, made.report)
