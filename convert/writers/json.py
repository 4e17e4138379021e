"""The tree itself as JSON, with its pictures inside, so that one file is the whole article."""

from __future__ import annotations

import base64
from typing import ClassVar

from msgspec import structs

from convert.report import Report, Result
from convert.themes.model import Theme
from convert.tree import Asset, Document, codec
from convert.world import Assets
from convert.writers.base import Options, Rendered

__all__ = ["Writer"]


class Writer:
    """The document in copydesk's JSON. No theme touches it."""

    name: ClassVar[str] = "json"
    suffix: ClassVar[str] = ".json"
    media_type: ClassVar[str] = "application/json"

    def __init__(self, theme: Theme, options: Options) -> None:
        pass

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        """The document with every picture at hand as a data: address; the others keep their source."""
        report = Report()
        packed = {key: _pack(key, asset, assets, report) for key, asset in document.assets.items()}
        metadata = structs.replace(document.metadata, editors_note="")
        if document.metadata.editors_note:
            report.add("json.editors-note", "info", "The editor's note is for the desk, and is not in the JSON.")
        data = codec.encode(structs.replace(document, metadata=metadata, assets=packed))
        return Result(Rendered(data, stem + self.suffix, self.media_type), report)


def _pack(key: str, asset: Asset, assets: Assets, report: Report) -> Asset:
    """An asset with its picture inside, where there is one."""
    picture = assets.get(key)
    if picture is None:
        report.add("picture.missing", "loss", f"The picture {asset.source or key!r} is missing from the JSON.", key)
        return asset
    body = base64.b64encode(picture.data).decode("ascii")
    return structs.replace(
        asset,
        source=f"data:{picture.media_type};base64,{body}",
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.data),
    )
