"""Takes out what a picture's file says beside the picture: places, cameras, comments, previews, what follows its end.

The picture itself is not touched: JPEG's segments, PNG's chunks and GIF's blocks are copied or left out whole.
"""

from __future__ import annotations

import re
import struct

__all__ = ["strip"]

_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
"""A marker in coded data of a JPEG: neither a stuffed byte nor a restart (ITU T.81, section B.1.1)."""

_PNG_KEPT = frozenset((
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"sPLT",
    b"acTL", b"fcTL", b"fdAT",
))  # fmt: skip
"""The ancillary chunks that say how a picture is shown (PNG, third edition, section 11.3)."""

_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""The application extensions that say how often a GIF is played."""


def strip(data: bytes, kind: str, exif: bytes = b"") -> bytes | None:
    """The file without what it says beside its picture; None where it is not built as its kind should be.

    `exif` is put into a JPEG instead of its own.
    """
    try:
        if kind == "JPEG":
            return _jpeg(data, exif)
        return _png(data) if kind == "PNG" else _gif(data)
    except (IndexError, struct.error):
        return None


def _jpeg(data: bytes, exif: bytes) -> bytes | None:
    if data[:2] != b"\xff\xd8":
        return None
    kept = [b"\xff\xd8"]
    at = 2
    while True:
        if data[at] != 0xFF:
            return None
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = data[at + 1]
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        at += 2 + length
        if exif and marker != 0xE0:  # after JFIF's own segment, which comes first
            kept.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
            exif = b""
        if _is_shown(marker, segment):
            kept.append(segment)
        if marker == 0xDA:
            found = _MARKER.search(data, at)
            end = found.start() if found else len(data)
            kept.append(data[at:end])
            at = end
            if found is None:
                break
    return b"".join((*kept, b"\xff\xd9"))


def _is_shown(marker: int, segment: bytes) -> bool:
    """Whether a segment is of the picture: of APPn, JFIF, the colour profile and Adobe's word on colours are."""
    if marker == 0xE2:
        return segment[4:16] == b"ICC_PROFILE\0"
    if marker == 0xE0:
        return segment[4:9] == b"JFIF\0"  # JFXX holds a preview
    return marker == 0xEE or (not 0xE1 <= marker <= 0xEF and marker != 0xFE)


def _png(data: bytes) -> bytes | None:
    kept = [data[:8]]
    at = 8
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            return None
        if kind[0] < 0x60 or kind in _PNG_KEPT:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            return b"".join(kept)


def _gif(data: bytes) -> bytes | None:
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while True:
        start, kind = at, data[at]
        if kind == 0x3B:
            return b"".join((*kept, b"\x3b"))
        if kind == 0x2C:
            at += 10 + _colours(data[at + 9]) + 1
        elif kind == 0x21:
            at += 2
        else:
            return None
        first = data[at + 1 : at + 1 + data[at]]
        while data[at]:
            at += 1 + data[at]
        at += 1
        comment = kind == 0x21 and (data[start + 1] == 0xFE or (data[start + 1] == 0xFF and first not in _GIF_KEPT))
        if not comment:
            kept.append(data[start:at])


def _colours(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
