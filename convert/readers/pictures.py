"""The pictures that a text names: a key for each address, the bytes of those that stand in the text."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from msgspec import structs

from convert.data_uri import decode_data_uri
from convert.report import Report
from convert.tree import Asset

__all__ = ["Pictures", "identity"]

_UNSAFE = re.compile(r"[^a-z0-9]+")
_DELIVERY = re.compile(
    r"(?:w|h|dw|dh|wid|hei|width|height|maxw(?:idth)?|maxh(?:eight)?|size|sz|resize|fit|crop|rect|q|quality|qlt|dpr|scale"
    r"|zoom|fm|fmt|format|auto|ssl|strip|sharp(?:en)?|compress|v|ver|version|t|ts|cb|itok|token|sig|signature|expires"
    r"|key-pair-id|policy|x-(?:amz|goog)-[\w-]*|utm_\w*)",
    re.IGNORECASE,
)
"""What of an address says how a picture is delivered, and not which one it is."""


class Pictures:
    """Assets by key, and the bytes of data: addresses."""

    def __init__(self, report: Report, where: str) -> None:
        self.report = report
        self.where = where
        self.assets: dict[str, Asset] = {}
        self.files: dict[str, bytes] = {}
        self._keys: dict[str, str] = {}

    def key(self, address: str) -> str:
        """The key of an address: the file's name, with a number where two share it."""
        if address not in self._keys:
            self._keys[address] = self._add(address)
        return self._keys[address]

    def lost(self) -> str:
        """The key of a picture without bytes and address, whose description stands in its place."""
        key = self._free("picture")
        self.assets[key] = Asset("data:")
        return key

    def describe(self, key: str, words: Asset) -> None:
        """Put what is said of a picture where it has been given a key."""
        asset = self.assets[key]
        self.assets[key] = structs.replace(words, source=asset.source, media_type=asset.media_type)

    def _add(self, address: str) -> str:
        if address.startswith("data:"):
            key = self._free("picture")
            self._unpack(key, address)
            return key
        stem = PurePosixPath(unquote(urlsplit(address).path if "://" in address else address)).stem
        key = self._free(_UNSAFE.sub("-", stem.lower()).strip("-")[:40] or "picture")
        self.assets[key] = Asset(address)
        return key

    def _unpack(self, key: str, address: str) -> None:
        found = decode_data_uri(address)
        if found is None:
            self.report.add("picture.data-uri", "loss", "The data: address of a picture cannot be decoded.", self.where)
            self.assets[key] = Asset("data:")
            return
        media_type, self.files[key] = found
        self.assets[key] = Asset(f"data:{media_type}", media_type)

    def _free(self, stem: str) -> str:
        key, number = stem, 1
        while key in self.assets:
            number += 1
            key = f"{stem}-{number}"
        return key


def identity(address: str) -> str:
    """What tells a picture from others: its address without scheme, and without the size that a server is asked for
    or adds."""
    path, _, query = address.partition("#")[0].partition("?")
    stem, dot, suffix = path.rpartition("://")[2].rpartition(".")
    stem = re.sub(r"[-_]\d{2,4}x\d{2,4}$|[-_]scaled$|@\dx$", "", stem) if dot else stem
    kept = sorted(
        part
        for part in query.split("&")
        if part and not _DELIVERY.fullmatch(part.partition("=")[0].removeprefix("amp;"))
    )
    return f"{stem}{dot}{suffix}?{'&'.join(kept)}" if kept else stem + dot + suffix
