"""Pictures: from the keys in a tree to bytes that every format can show.

Pictures come from inside the source (data: URIs, parts of a package) or from files below the article's
own folder; nothing is fetched. One that cannot be had is a loss in the report, and writers put a
placeholder with its alternative text in its place.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote, urlsplit

from msgspec import structs

from convert.config import Limits
from convert.data_uri import decode_data_uri
from convert.errors import InputError, LimitError
from convert.report import Report
from convert.tree import Asset, Document
from convert.world import Picture, Source, World

__all__ = ["gather", "picture_files"]

KEPT = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
"""What Pillow calls the formats that Word and every e-reader show; all others become PNG."""

READ = (*KEPT, "WEBP", "AVIF", "BMP", "TIFF")
"""What is opened at all; Pillow knows formats that run programs (EPS). As a JPEG it opens MPO, too."""

_ORIENTATION = 0x0112


class _MissingError(Exception):
    """A picture cannot be had: a code and a sentence for the report."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


def gather(
    document: Document, files: Mapping[str, bytes], source: Source, world: World, limits: Limits, report: Report
) -> tuple[Document, dict[str, Picture]]:
    """The pictures of a document by key, and the document with their types and sizes.

    `files` are the bytes that came inside the source. Raises LimitError for too many pictures.
    """
    if len(document.assets) > limits.pictures:
        raise LimitError(
            "limit.pictures",
            f"The article has {len(document.assets)} pictures, and limits.pictures allows {limits.pictures}.",
            source.where,
        )
    pictures: dict[str, Picture] = {}
    assets: dict[str, Asset] = {}
    for key, asset in document.assets.items():
        assets[key] = asset
        try:
            data = files[key] if key in files else _bytes_of(asset.source, source, world, limits)
            picture = _develop(data, limits)
        except _MissingError as missing:
            report.add(missing.code, "loss", missing.text, f"picture {_shown(asset.source or key)}")
            continue
        pictures[key] = picture
        assets[key] = structs.replace(
            asset,
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            bytes=len(picture.data),
        )
    return structs.replace(document, assets=assets), pictures


def _shown(source: str) -> str:
    return source if len(source) <= 80 else f"{source[:60]}…"


def picture_files(document: Document, base: Path | None) -> Iterator[Path]:
    """The files below an article's folder that its pictures are read from, whether they are there or not."""
    for asset in document.assets.values():
        if base is not None and asset.source and not _scheme(asset.source):
            path = _below(base, asset.source)
            if path is not None:
                yield path


def _scheme(address: str) -> str:
    """The scheme of a picture's address, empty for a file; one letter is a drive."""
    if address.startswith("//"):
        return "http"
    scheme = urlsplit(address).scheme.lower() if ":" in address[:40] else ""
    return scheme if len(scheme) > 1 else ""


def _bytes_of(address: str, source: Source, world: World, limits: Limits) -> bytes:
    """The bytes of a picture's address."""
    scheme = _scheme(address)
    if scheme == "data":
        return _data_uri(address)
    if scheme in ("http", "https"):
        raise _MissingError(
            "picture.remote", "The picture stands on the network, and nothing is fetched. Save it beside the article."
        )
    if scheme:
        raise _MissingError("picture.scheme", f"Pictures are not read from “{scheme}:” addresses.")
    return _file(address, source, world, limits)


def _data_uri(address: str) -> bytes:
    found = decode_data_uri(address)
    if found is None:
        raise _MissingError("picture.broken", "The picture's data: address is damaged.")
    return found[1]


def _file(address: str, source: Source, world: World, limits: Limits) -> bytes:
    """The bytes of a file below the article's own folder."""
    if source.base is None:
        raise _MissingError("picture.no-folder", "The article came without a folder, so its pictures cannot be found.")
    path = _below(source.base, address)
    if path is None:
        raise _MissingError(
            "picture.outside", "The picture lies outside the article's folder. Put it beside the article."
        )
    try:
        return world.read(path, limits.picture_bytes + 1)
    except InputError as error:
        raise _MissingError("picture.missing", f"The picture is not there: {error.text}") from None


def _below(base: Path, address: str) -> Path | None:
    """The path below a folder that an address names, links followed; None if it leads out of it."""
    path = unquote(address.split("?")[0].split("#")[0])
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute() or "\0" in path:
        return None
    base = base.resolve()
    target = (base / path).resolve()
    return target if target.is_relative_to(base) else None


def _develop(data: bytes, limits: Limits) -> Picture:
    """A checked picture, in a format that every target shows, the right way up."""
    from PIL import Image, ImageFile, UnidentifiedImageError  # only for articles that have pictures

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process, and half pictures would pass
    if len(data) > limits.picture_bytes:
        raise _MissingError(
            "limit.picture-bytes",
            f"The picture has more than the {limits.picture_bytes:,} bytes that limits.picture-bytes allows.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; the limit below refuses them
            with Image.open(io.BytesIO(data), formats=READ) as image:
                width, height = image.size
                if width * height > limits.picture_pixels:
                    raise _MissingError(
                        "limit.picture-pixels",
                        f"The picture has {width} × {height} pixels; limits.picture-pixels allows less.",
                    )
                image.load()
                plain = image.format in KEPT and image.mode != "CMYK" and image.getexif().get(_ORIENTATION, 1) == 1
                return Picture(data, KEPT[str(image.format)], width, height) if plain else _redrawn(image)
    except UnidentifiedImageError:
        raise _MissingError(
            "picture.format", "The picture is in no format that is read (JPEG, PNG, GIF, WebP, AVIF, TIFF, BMP)."
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise _MissingError("picture.broken", f"The picture is damaged: {error}.") from None


def _redrawn(image: object) -> Picture:
    """A picture turned upright and drawn anew: JPEG for photographs, PNG for all else."""
    from PIL import Image, ImageOps

    if not isinstance(image, Image.Image):
        raise TypeError(type(image))
    photograph = image.format in ("JPEG", "MPO")
    upright = ImageOps.exif_transpose(image)
    has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    upright = upright.convert("RGBA" if has_alpha and not photograph else "RGB")
    upright.info = {}
    out = io.BytesIO()
    if photograph:
        upright.save(out, "JPEG", quality=90, optimize=True)
    else:
        upright.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "image/jpeg" if photograph else "image/png", *upright.size)
