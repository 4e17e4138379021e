"""Everything that reaches outside the program: reading, fetching, writing, the clock."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias

from msgspec import Struct, field

from convert.errors import InputError, OutputError

__all__ = ["Assets", "DiskWorld", "Fetch", "MemoryWorld", "Picture", "Source", "World", "why"]


class Source(Struct, frozen=True):
    """An article as it arrives. `name` is its file name; pictures are looked for below `base`.

    `format` names the reader that it is for, where that is known; `inside` the file that it was taken from.
    """

    data: bytes
    name: str = ""
    base: Path | None = None
    media_type: str = ""
    format: str = ""
    inside: str = ""

    @property
    def stem(self) -> str:
        """The name that outputs are given."""
        return Path(self.name).stem or "article"

    @property
    def where(self) -> str:
        """How messages call it."""
        return self.name or "standard input"


class Picture(Struct, frozen=True):
    """The bytes of an asset, checked and in a form that every format can show."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def suffix(self) -> str:
        """The ending of a file that holds it."""
        suffixes = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/svg+xml": ".svg"}
        return suffixes[self.media_type]


Assets: TypeAlias = Mapping[str, Picture]
"""Pictures by the key that the tree names them with. A missing key is a picture that could not be had."""


class World(Protocol):
    """What a conversion may touch."""

    def read(self, path: Path, most: int = -1) -> bytes:
        """The bytes of a file; no more than `most` of them if it is given. Raises InputError."""

    def open(self, path: Path) -> BinaryIO:
        """A file to read piece by piece, from any place. Raises InputError."""

    def write(self, path: Path, data: bytes, *, replace: bool) -> None:
        """Put a file in place whole, or not at all. Raises OutputError."""

    def remove(self, path: Path) -> None:
        """Take back a file that `write` made; one that is gone is no error."""

    def fetch(self, url: str, most: int, seconds: float) -> bytes:
        """The bytes behind an http(s) address, no more than `most` and no later than in `seconds`.

        Raises InputError; of the code `fetch.forbidden` where nothing may be fetched.
        """

    def now(self) -> datetime:
        """The real time, with its zone."""


def _no_fetch(url: str, most: int, seconds: float) -> bytes:
    raise InputError("fetch.forbidden", f"Nothing is fetched from the network, so {url} was left out.")


Fetch: TypeAlias = Callable[[str, int, float], bytes]
"""What asks the network for an address, for at most so many bytes and seconds: `convert.fetching.Fetcher` is one."""


class DiskWorld:
    """The real world; without the network unless it is given something to fetch with."""

    def __init__(self, fetch: Fetch = _no_fetch) -> None:
        self._fetch = fetch

    def read(self, path: Path, most: int = -1) -> bytes:
        with self.open(path) as file:
            try:
                return file.read(most)
            except OSError as error:
                raise InputError("input.unreadable", f"The file cannot be read: {why(error)}.", str(path)) from error

    def open(self, path: Path) -> BinaryIO:
        try:
            if path.is_dir():
                raise InputError("input.folder", "This is a folder, not an article.", str(path))
            return path.open("rb")
        except FileNotFoundError:
            raise InputError("input.missing", "There is no such file.", str(path)) from None
        except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
            raise InputError("input.unreadable", f"The file cannot be read: {why(error)}.", str(path)) from error

    def write(self, path: Path, data: bytes, *, replace: bool) -> None:
        """Write beside the target under another name, then move into place: never half a file."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, made = tempfile.mkstemp(prefix=".copydesk-", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.chmod(made, 0o666 & ~_umask())
                if replace:
                    os.replace(made, path)
                else:
                    _claim(made, path)
            finally:
                Path(made).unlink(missing_ok=True)
        except FileExistsError:
            if not os.path.lexists(path):
                raise OutputError("output.folder", "A file stands where the folder should be.", str(path)) from None
            raise OutputError(
                "output.exists", "The file is there already. Use --force to replace it.", str(path)
            ) from None
        except OSError as error:
            raise OutputError("output.unwritable", f"The file cannot be written: {why(error)}.", str(path)) from error

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def fetch(self, url: str, most: int, seconds: float) -> bytes:
        return self._fetch(url, most, seconds)

    def now(self) -> datetime:
        return datetime.now(UTC)


class MemoryWorld(Struct):
    """A world without a disk, for tests and for services that allow nothing."""

    files: dict[Path, bytes] = field(default_factory=dict)
    network: dict[str, bytes] = field(default_factory=dict)
    """What addresses give; without any, nothing may be fetched."""
    time: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def read(self, path: Path, most: int = -1) -> bytes:
        if path not in self.files:
            raise InputError("input.missing", "There is no such file.", str(path))
        return self.files[path] if most < 0 else self.files[path][:most]

    def open(self, path: Path) -> BinaryIO:
        return io.BytesIO(self.read(path))

    def write(self, path: Path, data: bytes, *, replace: bool) -> None:
        if path in self.files and not replace:
            raise OutputError("output.exists", "The file is there already. Use --force to replace it.", str(path))
        self.files[path] = data

    def remove(self, path: Path) -> None:
        self.files.pop(path, None)

    def fetch(self, url: str, most: int, seconds: float) -> bytes:
        if not self.network:
            return _no_fetch(url, most, seconds)
        if url not in self.network:
            raise InputError("fetch.failed", "Nothing is at the address.")
        return self.network[url][: most + 1]

    def now(self) -> datetime:
        return self.time


def _claim(made: str, path: Path) -> None:
    """Move a finished file to a name that nobody has. Raises FileExistsError."""
    try:
        os.link(made, path)  # fails if another program made the file meanwhile
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(made, path)


NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)
"""What file systems without hard links answer (memory sticks, many network drives)."""


def _umask() -> int:
    """The process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def why(error: Exception) -> str:
    """The system's reason in words an editor knows."""
    number = error.errno if isinstance(error, OSError) else None
    known = {
        errno.ENOSPC: "the disk is full; free some space and try again",
        errno.EACCES: "you have no right to do so; choose another place or ask whoever owns it",
        errno.EPERM: "you have no right to do so; choose another place or ask whoever owns it",
        errno.EROFS: "the disk is read-only; choose another folder",
        errno.ENAMETOOLONG: "its name is too long; rename the article",
        errno.ENOTDIR: "a file stands where a folder should be",
        errno.EISDIR: "a folder of that name stands there",
    }
    return known.get(number or 0) or (error.strerror if isinstance(error, OSError) and error.strerror else str(error))
