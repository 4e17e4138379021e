"""Markdown: CommonMark and GFM with front matter, footnotes and definition lists, pictures in a folder beside it."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import quote

from convert.report import Report, Result
from convert.themes.model import Theme
from convert.tree import Asset, Document
from convert.tree.notes import in_order_of_marks
from convert.tree.text import metadata_text
from convert.world import Assets
from convert.writers.base import Options, Rendered, tell_missing
from convert.writers.labels import labels, missing_label
from convert.writers.markdown import escape
from convert.writers.markdown.fold import MarkdownFold
from convert.writers.markdown.frontmatter import front_matter
from convert.writers.page import Page, lay_out, print_when

__all__ = ["Writer"]

_SAFE_LABEL = re.compile(r"[^\s\[\]\\^`<>*_~&]+")


class Writer:
    """Markdown in the style that a theme's `markdown` options choose."""

    name: ClassVar[str] = "markdown"
    suffix: ClassVar[str] = ".md"
    media_type: ClassVar[str] = "text/markdown"

    def __init__(self, theme: Theme, options: Options) -> None:
        self.theme = theme
        self.options = options

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        """The article as one Markdown file, and its pictures by name."""
        article = _Article(document, assets, stem, self.theme, self.options)
        data = article.text().encode("utf-8", "replace")
        declared = tuple(word for word in article.fold.declared if word)
        rendered = Rendered(data, f"{stem}{self.suffix}", self.media_type, article.files, declared)
        return Result(rendered, article.report)


class _Article:
    """One article on its way to Markdown."""

    def __init__(self, document: Document, assets: Assets, stem: str, theme: Theme, options: Options) -> None:
        self.document = document
        self.assets = assets
        self.stem = stem
        self.theme = theme
        self.options = options
        self.report = Report()
        self.files: dict[str, bytes] = {}
        language = document.metadata.language
        self.fold = MarkdownFold(
            theme.markdown, labels(language), _note_labels(document), self.report, self._picture,
            lambda when: print_when(when, language, options.time_zone),
        )  # fmt: skip

    def text(self) -> str:
        """Front matter or head lines, the body, the corrections, the notes."""
        page = lay_out(self.document, self.theme, self.options.time_zone)
        parts = self._head(page)
        body = self.fold.blocks((*page.blocks, *page.corrections))
        if not any(parts) and body.startswith("---"):
            body = f"***{body[3:]}"  # three hyphens at the start of a file would open front matter
        parts.append(body)
        notes = in_order_of_marks(self.document.notes, (*page.blocks, *page.corrections))
        parts.extend(self.fold.note(note) for note in notes)
        parts.append(self._line("origin", page.origin))
        return "\n\n".join(part for part in parts if part) + "\n"

    def _head(self, page: Page) -> list[str]:
        """What stands above the body. Lines that are not the article's are marked as such, for our reader."""
        metadata = self.document.metadata
        lead = metadata.lead_image
        asset = self.document.assets.get(lead, Asset())
        address = (self._picture(lead, asset.alt) or "") if lead else ""
        banner, said = self._line("embargo", page.banner, "**"), self._line("disclosure", page.disclosure)
        if self.theme.markdown.front_matter:
            self.fold.declared.extend(text for field, text in metadata_text(metadata) if field != "editors_note")
            missing = self._line("missing", missing_label(page.labels, asset.alt)) if lead and not address else ""
            return [front_matter(metadata, address, asset if address else Asset()), banner, said, missing]
        title = f"# {escape.in_line(page.headline)}" if page.headline else ""
        lines = [escape.line(escape.in_line(line)) for line in (page.deck, page.byline, page.dateline) if line]
        picture = self.fold.block(page.lead_image) if page.lead_image else ""
        return [banner, title, *lines, said, picture]

    def _line(self, name: str, text: str, mark: str = "") -> str:
        """A line of the writer's own, in a container by which our reader knows it."""
        if not text:
            return ""
        self.fold.declared.append(text)
        return f'<div class="{name} labelled">\n\n{mark}{escape.line(escape.in_line(text))}{mark}\n\n</div>'

    def _picture(self, key: str, alt: str) -> str | None:
        """The address of a picture: a file beside the article, or where it stands on the network."""
        picture = self.assets.get(key)
        source = self.document.assets[key].source if key in self.document.assets else ""
        if picture is not None:
            name = f"{self.stem}.files/{key}{picture.suffix}"
            self.files[name] = picture.data
            return quote(name)
        if source.startswith(("http://", "https://")):
            self.report.add("picture.remote", "info", "A picture was left where it is on the network.", source[:200])
            return source
        tell_missing(self.report, key)
        return None


def _note_labels(document: Document) -> dict[str, str]:
    """The label of each note: its id, or a number where an id cannot be one."""
    found: dict[str, str] = {}
    for number, note in enumerate(document.notes, 1):
        safe = _SAFE_LABEL.fullmatch(note.id) and note.id not in found.values()
        found[note.id] = note.id if safe else f"note-{number}"
    return found
