"""Pictures that lie, are damaged, or cost more than they should: a loss in bounded time, never a crash."""

from __future__ import annotations

import struct
import zlib
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import PngImagePlugin

from convert.assets.strip import strip
from convert.tree import Asset
from tests.test_assets import drawn, one, telling


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it has so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def texts() -> bytes:
    """A PNG with text that unpacks to a hundred times as much."""
    info = PngImagePlugin.PngInfo()
    for _ in range(80):
        info.add_text("x", "y" * 1_000_000, zip=True)
    return drawn("PNG", pnginfo=info)


HOSTILE = {
    "pixels": (lambda: bomb(60_000, 60_000), "limit.picture-pixels"),
    "pixels that Pillow would bear": (lambda: bomb(9_000, 9_000), "limit.picture-pixels"),
    "too few pixels": (lambda: bomb(500, 500), "picture.broken"),
    "no pixels": (lambda: bomb(0, 5), "picture.format"),
    "half a JPEG": (lambda: drawn("JPEG", size=(400, 400))[:700], "picture.broken"),
    "half a WebP": (lambda: drawn("WEBP", size=(400, 400))[:40], "picture.broken"),
    "half an AVIF": (lambda: drawn("AVIF", size=(40, 40))[:150], "picture.format"),
    "GIF without an end": (lambda: drawn("GIF", "P")[:-6], "picture.broken"),
    "TIFF in circles": (lambda: b"II*\0\x08\0\0\0\x01\0\x00\x01\x04\0\x01\0\0\0\x10\0\0\0\x08\0\0\0", "picture.format"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "picture.format"),
    "a page": (lambda: b"<html><script>alert(1)</script>", "picture.format"),
    "nothing": (lambda: b"", "picture.format"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_a_loss_in_bounded_time(name: str) -> None:
    make, code = HOSTILE[name]
    data = make()
    begun = process_time()
    document, picture, report = one("p", {"p": data})
    assert process_time() - begun < 5
    assert picture is None
    assert [message.code for message in report.messages] == [code]
    assert document.assets["p"] == Asset("p")


def test_text_that_unpacks_to_much_is_a_loss_or_gone() -> None:
    _, picture, _ = one("p", {"p": texts()})
    assert picture is None or len(picture.data) < 1000


@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"]), st.data())
def test_damage_is_never_a_crash(kind: str, draw: st.DataObject) -> None:
    data = bytearray(telling(kind) if kind != "BMP" else drawn(kind))
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    data = data[: draw.draw(st.integers(0, len(data)))]
    _, picture, report = one("p", {"p": bytes(data)})
    assert (picture is None) == any(m.severity == "loss" and m.code != "picture.first-frame" for m in report.messages)


@given(st.sampled_from(["JPEG", "PNG", "GIF"]), st.data())
def test_stripping_never_crashes(kind: str, draw: st.DataObject) -> None:
    data = bytearray(telling(kind))
    for _ in range(draw.draw(st.integers(0, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    kept = strip(bytes(data[: draw.draw(st.integers(0, len(data)))]), kind)
    assert kept is None or len(kept) <= len(data) + 2
