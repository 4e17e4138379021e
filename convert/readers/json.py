"""The tree's own JSON, as `convert.writers.json` and programs write it."""

from __future__ import annotations

from convert.data_uri import decode_data_uri
from convert.errors import InputError
from convert.readers.base import Reading
from convert.report import Report, Result
from convert.tree import Asset, Document, codec
from convert.tree.check import faults
from convert.tree.text import document_text
from convert.world import Source

__all__ = ["Reader"]

SHOWN_FAULTS = 5


class Reader:
    """A document in copydesk's JSON; pictures may stand in it as data: addresses."""

    name = "json"
    suffixes = (".json",)
    media_types = ("application/json",)

    def sniff(self, head: bytes) -> int:
        """3 for an object that says `copydesk`, else 0: other JSON is not an article."""
        return 3 if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"copydesk"' in head else 0

    def read(self, source: Source) -> Result[Reading]:
        """The document, checked. Raises InputError that names the first faults."""
        if not source.data.strip():
            raise InputError("input.empty", "The article is empty.", source.where)
        try:
            document = codec.decode(source.data.removeprefix(b"\xef\xbb\xbf"))
        except InputError as error:
            raise InputError(error.code, error.text, source.where) from error
        found = faults(document)
        if found:
            more = f" (and {len(found) - SHOWN_FAULTS} more)" if len(found) > SHOWN_FAULTS else ""
            raise InputError("json.faults", " ".join(found[:SHOWN_FAULTS]) + more, source.where)
        report = Report()
        document, files = _unpack(document, report, source.where)
        return Result(Reading(document, document_text(document), files=files), report)


def _unpack(document: Document, report: Report, where: str) -> tuple[Document, dict[str, bytes]]:
    """The document with the pictures inside it taken out, and their bytes by key."""
    files: dict[str, bytes] = {}
    assets: dict[str, Asset] = {}
    for key, asset in document.assets.items():
        assets[key] = asset
        if not asset.source.startswith("data:"):
            continue
        found = decode_data_uri(asset.source)
        if found is None:
            report.add(
                "picture.data-uri", "loss", f"The data: address of the picture {key!r} cannot be decoded.", where
            )
            continue
        media_type, files[key] = found
        assets[key] = Asset(f"data:{media_type}", media_type, asset.width, asset.height, asset.bytes, asset.holder)
    if not files:
        return document, files
    return Document(document.metadata, document.blocks, document.notes, assets), files
