"""Pandoc's JSON (`pandoc -f json`): all that pandoc writes can be made of it."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import quote

import msgspec

from convert.report import Report, Result
from convert.themes.model import Theme
from convert.tree import Asset, Document
from convert.tree.text import metadata_text
from convert.world import Assets
from convert.writers.base import Options, Rendered, tell_missing
from convert.writers.disclosure import disclosed_pictures
from convert.writers.labels import labels, missing_label
from convert.writers.page import lay_out, print_when
from convert.writers.pandoc.fold import PandocFold
from convert.writers.pandoc.meta import meta
from convert.writers.pandoc.parts import Raw, div, line, node

__all__ = ["Writer"]

VERSIONS = {"1.22": (1, 22, 2, 1), "1.23": (1, 23, 1)}
"""The API as pandoc 2.17 and pandoc 3 write it."""


class Writer:
    """The document in pandoc's JSON, with its pictures beside it. No theme touches the text."""

    name: ClassVar[str] = "pandoc"
    suffix: ClassVar[str] = ".pandoc.json"
    media_type: ClassVar[str] = "application/json"

    def __init__(self, theme: Theme, options: Options) -> None:
        self.theme = theme
        self.options = options

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        """The article as one file of JSON, and its pictures by name."""
        report = Report()
        files: dict[str, bytes] = {}
        metadata = document.metadata
        words = labels(metadata.language)

        def picture(key: str, alt: str) -> str | None:
            return _picture(document, assets, key, alt, stem, files, report)

        fold = PandocFold(
            words, {note.id: note for note in document.notes}, report, picture,
            lambda when: print_when(when, metadata.language, self.options.time_zone),
            figures=self.options.pandoc_api != "1.22",
        )  # fmt: skip
        disclosed, said = disclosed_pictures(document, words)
        page = lay_out(document, self.theme, self.options.time_zone)
        lead = metadata.lead_image
        asset = document.assets.get(lead, Asset())
        address = (picture(lead, asset.alt) or "") if lead else ""
        lost = missing_label(words, asset.alt) if lead and not address else ""
        fold.declared += [text for field, text in metadata_text(metadata) if field != "editors_note"] + said
        blocks = [
            *_line(fold, "embargo", page.banner), *_line(fold, "disclosure", page.disclosure),
            *_line(fold, "label", lost), *fold.blocks(disclosed.blocks), *fold.left_over(document.notes),
            *_line(fold, "origin", page.origin),
        ]  # fmt: skip
        data = msgspec.json.encode({
            "pandoc-api-version": VERSIONS[self.options.pandoc_api],
            "meta": meta(metadata, address, asset), "blocks": blocks,
        })  # fmt: skip
        rendered = Rendered(data + b"\n", stem + self.suffix, self.media_type, files, tuple(fold.declared))
        return Result(rendered, report)


def _line(fold: PandocFold, name: str, text: str) -> list[Raw]:
    """A line of the writer's own, in a container by which our reader knows it."""
    if not text:
        return []
    fold.declared.append(text)
    return [div([node("Para", [node("Strong", line(text))])], name, "labelled")]


def _picture(
    document: Document, assets: Assets, key: str, alt: str, stem: str, files: dict[str, bytes], report: Report
) -> str | None:
    """The address of a picture: a file beside the article, or where it stands on the network."""
    picture = assets.get(key)
    source = document.assets[key].source if key in document.assets else ""
    if picture is not None:
        name = f"{stem}.pandoc.files/{key}{picture.suffix}"
        files[name] = picture.data
        return quote(name)
    if source.startswith(("http://", "https://")):
        report.add("picture.remote", "info", "A picture was left where it is on the network.", source[:200])
        return source
    tell_missing(report, key)
    return None
