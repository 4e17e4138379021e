"""From the bytes of any picture to ones that every target shows: checked, upright, no larger than a page can use.

What comes out is JPEG, PNG, GIF or SVG: Word and every reader of EPUB show these (all are core media types, EPUB 3.3,
section 3.2). What is one of them already is not compressed a second time; only what it says of its maker is taken out.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from convert.assets.missing import MissingError
from convert.assets.strip import strip
from convert.config import Limits
from convert.report import Severity
from convert.world import Picture

__all__ = ["Remark", "develop"]

KEPT = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
"""What Pillow calls the formats that are left as they are."""

READ = (*KEPT, "WEBP", "AVIF", "BMP", "TIFF")
"""What is opened at all; Pillow knows formats that run programs (EPS). As a JPEG it opens MPO, too."""

SVG_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE\s+svg[^>\[]*"
                   rb"(?:\[[^\]]*\]\s*)?>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?svg[\s>/]", re.DOTALL)  # fmt: skip
"""How SVG begins."""

QUALITY = 90
ORIENTATION, ARTIST, COPYRIGHT = 0x0112, 0x013B, 0x8298
LONGEST_RIGHTS = 500

Remark = Callable[[str, Severity, str], None]
"""Says something of a picture: a code, a severity, a sentence."""


def develop(data: bytes, limits: Limits, longest_side: int, remark: Remark) -> Picture:
    """A checked picture. Raises MissingError for one that is damaged, too large, or of no format that is read."""
    if len(data) > limits.picture_bytes:
        raise MissingError(
            "limit.picture-bytes",
            f"The picture has more than the {limits.picture_bytes:,} bytes that limits.picture-bytes allows.",
        )
    if SVG_HEAD.match(data[:4096]):
        return _drawing(data, remark)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process, and half pictures would pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; the limit below refuses them
            with Image.open(io.BytesIO(data), formats=READ) as image:
                _check_size(image, limits)
                return _developed(image, data, longest_side, remark)
    except (MissingError, MemoryError):
        raise
    except Image.DecompressionBombError:  # Pillow's own bound, twice 89 million
        raise _too_many("more than 178 million") from None
    except UnidentifiedImageError:
        raise MissingError(
            "picture.format", "The picture is in no format that is read (JPEG, PNG, GIF, SVG, WebP, AVIF, TIFF, BMP)."
        ) from None
    except Exception as error:  # Pillow's plug-ins raise whatever they trip over, not OSError alone
        raise MissingError("picture.broken", f"The picture is damaged: {error}.") from None


def _drawing(data: bytes, remark: Remark) -> Picture:
    from convert.assets.svg import clean_svg  # lxml, only for drawings

    picture, gone = clean_svg(data)
    if gone:
        remark(
            "picture.svg-parts", "loss",
            f"Parts of the drawing (SVG) that load, run or move something were left out: {', '.join(gone)[:200]}.",
        )  # fmt: skip
    return picture


def _check_size(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    if width * height > limits.picture_pixels:
        raise _too_many(f"{width} × {height}")


def _too_many(pixels: str) -> MissingError:
    return MissingError("limit.picture-pixels", f"The picture has {pixels} pixels; limits.picture-pixels allows less.")


def _developed(image: Image.Image, data: bytes, longest_side: int, remark: Remark) -> Picture:
    kind = str(image.format)
    width, height = image.size
    moves = bool(getattr(image, "is_animated", False)) and kind != "MPO"
    large = max(width, height) > longest_side
    if large and kind == "JPEG":
        image.draft(image.mode, (longest_side, longest_side))  # decodes no more than is needed
    image.load()
    exif = image.getexif()
    if moves and kind in KEPT:
        remark("picture.moves", "info", "The picture moves; a PDF shows its first frame.")
    elif moves:
        remark("picture.first-frame", "loss", f"The picture moves, and of a {kind} file only the first frame is used.")
    upright = exif.get(ORIENTATION, 1) == 1
    if kind in KEPT and image.mode != "CMYK" and upright and (moves or not large):
        kept = strip(data, kind, _rights(exif))
        if kept is not None:
            return Picture(kept, KEPT[kind], width, height)
    made = _redrawn(image, data, longest_side)
    if large:
        remark(
            "picture.scaled", "info",
            f"The picture was made smaller, from {width} × {height} pixels to {made.width} × {made.height}.",
        )  # fmt: skip
    return made


def _redrawn(image: Image.Image, data: bytes, longest_side: int) -> Picture:
    """A picture drawn anew: JPEG for photographs, PNG for all else. Its colours keep their profile."""
    lossy = _is_lossy(image, data)
    exif = image.getexif()
    plain = _plain(image)
    profile = image.info.get("icc_profile") if plain.mode == image.mode else None
    plain.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    upright = _turned(plain, exif.get(ORIENTATION, 1))
    upright.info = {}
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    out = io.BytesIO()
    jpeg = lossy and upright.mode in ("RGB", "L")
    if jpeg:
        rights = _rights(exif)
        upright.save(out, "JPEG", quality=QUALITY, optimize=True, **options, **({"exif": rights} if rights else {}))
    else:
        upright.save(out, "PNG", optimize=True, **options)
    return Picture(out.getvalue(), "image/jpeg" if jpeg else "image/png", *upright.size)


def _is_lossy(image: Image.Image, data: bytes) -> bool:
    """Whether a picture was compressed as photographs are, so that PNG would only make it large."""
    if image.format == "WEBP":
        coding = re.search(rb"VP8([L ])", data)  # the kind of its first chunk of pixels (RFC 9649, section 2)
        return coding is not None and coding[1] == b" "
    return image.format in ("JPEG", "MPO", "AVIF") or image.info.get("compression") == "jpeg"


def _plain(image: Image.Image) -> Image.Image:
    """A picture in RGB or grey of eight bits, with its transparency where it has any."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")  # not clipped, as convert would
    if image.mode in ("RGB", "L") and "transparency" not in image.info:
        return image.copy()
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        clear = image.convert("RGBA")
        return clear.convert("RGB") if clear.getchannel("A").getextrema() == (255, 255) else clear
    return image.convert("RGB")


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    """A picture the right way up (Exif 2.32, tag 0x0112)."""
    if orientation not in range(2, 9):
        return image
    image.getexif()[ORIENTATION] = orientation
    return ImageOps.exif_transpose(image)


def _rights(exif: Image.Exif) -> bytes:
    """Exif that says who made a picture and who holds its rights, and nothing else; empty where neither is said."""
    kept = Image.Exif()
    for tag in (ARTIST, COPYRIGHT):
        value = exif.get(tag)
        if isinstance(value, str) and value.strip(" \0"):
            kept[tag] = value.strip(" \0")[:LONGEST_RIGHTS]
    return kept.tobytes() if len(kept) else b""
