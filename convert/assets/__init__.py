"""Pictures: from the keys in a tree to bytes that every format can show.

Pictures come from inside the source (data: URIs, parts of a package), from files below the article's own folder, or,
where the world allows it, from the network. One that cannot be had is a loss in the report, and writers put a
placeholder with its alternative text in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import structs

from convert.assets.missing import MissingError
from convert.assets.places import Finder, picture_files
from convert.config import Config
from convert.errors import LimitError
from convert.report import Report
from convert.tree import Asset, Document, Figure, build
from convert.tree.walk import rewrite
from convert.world import Picture, Source, World

if TYPE_CHECKING:
    from convert.assets.develop import Remark

__all__ = ["gather", "picture_files"]


def gather(
    document: Document, files: Mapping[str, bytes], source: Source, world: World, config: Config, report: Report
) -> tuple[Document, dict[str, Picture]]:
    """The pictures of a document by key, and the document with their types, sizes and words.

    `files` are the bytes that came inside the source. Raises LimitError for too many pictures.
    """
    if len(document.assets) > config.limits.pictures:
        raise LimitError(
            "limit.pictures",
            f"The article has {len(document.assets)} pictures, and limits.pictures allows {config.limits.pictures}.",
            source.where,
        )
    if not document.assets:
        return document, {}
    from convert.assets.develop import develop  # Pillow, only for articles that have pictures

    pictures: dict[str, Picture] = {}
    assets: dict[str, Asset] = {}
    finder = Finder(source, world, config)
    told = {(message.code, message.where) for message in report.messages}
    for key, asset in document.assets.items():
        assets[key] = asset
        remark = _remarks(report, f"picture {_shown(asset.source or key)}")
        try:
            data = files[key] if key in files else finder.find(asset.source)
            picture = develop(data, config.limits, config.pictures.longest_side, remark)
        except MissingError as missing:
            reader, _, place = asset.source.partition(":")
            if (f"{reader}.picture", place[:_PLACE]) not in told:
                remark(missing.code, "loss", f"{missing.text} Its description stands in its place.")
            continue
        pictures[key] = picture
        assets[key] = structs.replace(
            asset,
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            bytes=len(picture.data),
        )
    return _with_words(structs.replace(document, assets=assets)), pictures


_PLACE = 200
"""Characters that a reader shows of a place inside its source ("docx:word/media/a.png") when it says that a picture is
not there; nothing more is said of that one."""


def _remarks(report: Report, where: str) -> Remark:
    return lambda code, severity, text: report.add(code, severity, text, where)


def _shown(source: str) -> str:
    return source if len(source) <= 80 else f"{source[:60]}…"


def _with_words(document: Document) -> Document:
    """The document with what came with each picture in figures that say nothing of their own."""

    def dress(node: object) -> object:
        if not isinstance(node, Figure):
            return node
        asset = document.assets.get(node.asset, Asset())
        caption, credit = node.caption or build.text(asset.caption), node.credit or build.text(asset.credit)
        made = structs.replace(node, alt=node.alt or asset.alt, caption=caption, credit=credit)
        return node if made == node else made

    return rewrite(document, dress)
