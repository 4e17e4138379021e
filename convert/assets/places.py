"""Where pictures come from: data: addresses, files below the article's own folder, and the network where allowed."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from time import monotonic
from urllib.parse import unquote

from convert.assets.missing import MissingError
from convert.config import Config
from convert.data_uri import decode_data_uri
from convert.errors import InputError
from convert.tree import Document
from convert.world import Source, World

__all__ = ["Finder", "picture_files"]


def picture_files(document: Document, base: Path | None) -> Iterator[Path]:
    """The files below an article's folder that its pictures are read from, whether they are there or not."""
    for asset in document.assets.values():
        if base is not None and asset.source and not _scheme(asset.source):
            path = _below(base, asset.source)
            if path is not None:
                yield path


class Finder:
    """Finds the pictures of one article. The seconds that it may spend on the network are those of all together."""

    def __init__(self, source: Source, world: World, config: Config) -> None:
        self._source = source
        self._world = world
        self._most = config.limits.picture_bytes
        self._fetch = config.fetch
        self._left = float(config.fetch.article_seconds)

    def find(self, address: str) -> bytes:
        """The bytes of a picture's address, a few more than are allowed at the most. Raises MissingError."""
        scheme = _scheme(address)
        if scheme == "data":
            return _data_uri(address)
        if scheme in ("http", "https"):
            return self._fetched(address)
        if scheme:
            raise MissingError("picture.scheme", f"Pictures are not read from “{scheme}:” addresses.")
        return self._file(address)

    def _fetched(self, address: str) -> bytes:
        if self._left <= 0:
            raise MissingError(
                "fetch.slow",
                f"The article's pictures took more than {self._fetch.article_seconds} seconds (fetch.article-seconds).",
            )
        begun = monotonic()
        try:
            return self._world.fetch(address, self._most, min(self._fetch.seconds, self._left))
        except InputError as error:
            if error.code == "fetch.forbidden":
                raise MissingError(
                    "picture.remote",
                    "The picture stands on the network, and nothing is fetched without --fetch. Ask for that, or save "
                    "it beside the article.",
                ) from None
            raise MissingError(error.code, error.text) from None
        finally:
            self._left -= monotonic() - begun

    def _file(self, address: str) -> bytes:
        """The bytes of a file below the article's own folder."""
        if self._source.base is None:
            raise MissingError(
                "picture.no-folder", "The article came without a folder, so its pictures cannot be found."
            )
        path = _below(self._source.base, address)
        if path is None:
            raise MissingError(
                "picture.outside", "The picture lies outside the article's folder. Put it beside the article."
            )
        if _never_ends(path):
            raise MissingError("picture.missing", "The picture is not there: this is no file.")
        try:
            return self._world.read(path, self._most + 1)
        except InputError as error:
            raise MissingError("picture.missing", f"The picture is not there: {error.text}") from None


def _scheme(address: str) -> str:
    """The scheme of a picture's address, empty for a file; one letter is a drive."""
    if address.startswith("//"):
        return "http"
    scheme = address.partition(":")[0].lower() if ":" in address[:40] else ""
    if not scheme.isascii() or not scheme.replace("+", "").replace("-", "").replace(".", "").isalnum():
        return ""
    return scheme if len(scheme) > 1 else ""


def _data_uri(address: str) -> bytes:
    found = decode_data_uri(address)
    if found is None:
        raise MissingError("picture.broken", "The picture's data: address is damaged.")
    return found[1]


def _below(base: Path, address: str) -> Path | None:
    """The path below a folder that an address names, links followed; None if it leads out of it."""
    path = unquote(address.split("?")[0].split("#")[0])
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute() or "\0" in path:
        return None
    try:
        base = base.resolve()
        target = (base / path).resolve()
    except (OSError, RuntimeError, ValueError):  # links in a circle
        return None
    return target if target.is_relative_to(base) else None


def _never_ends(path: Path) -> bool:
    """Whether a path is a pipe, a socket or a device, which would be waited for."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False  # reading it says why
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
