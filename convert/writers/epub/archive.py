"""The ZIP that an EPUB is: fixed order, fixed times, nothing of the machine in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

__all__ = ["pack"]

_MOMENT = (1980, 1, 1, 0, 0, 0)
_STORED = (".png", ".jpg", ".gif")


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files in the order given, after `mimetype`, which comes first and uncompressed (OCF 3.3, section 4.3)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in (("mimetype", b"application/epub+zip"), *files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 3  # as on Unix, wherever it runs
            entry.external_attr = 0o644 << 16
            stored = name == "mimetype" or name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    return made.getvalue()
