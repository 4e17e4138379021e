"""Pictures: from addresses in an article to bytes that every format shows, and a loss where there are none."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from msgspec import structs
from PIL import Image, ImageFile

from convert.assets import gather, picture_files
from convert.config import Config, Limits
from convert.errors import LimitError
from convert.report import Report
from convert.tree import Asset, Document
from convert.world import DiskWorld, MemoryWorld, Picture, Source


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (6, 4), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


PNG = drawn("PNG")


def one(
    address: str, files: dict[str, bytes] | None = None, limits: Limits | None = None, base: Path | None = Path("/desk")
) -> tuple[Document, Picture | None, Report]:
    """What becomes of one picture in a world that holds these files below /desk."""
    world = MemoryWorld({Path("/desk") / name: data for name, data in (files or {}).items()})
    report = Report()
    document = Document(assets={"p": Asset(address)})
    document, pictures = gather(
        document, {}, Source(b"", "a.md", base), world, Config(limits=limits or Limits()), report
    )
    return document, pictures.get("p"), report


@pytest.mark.parametrize("address", [
    "p.png", "./p.png", "sub/../p.png", "p.png?width=3", "p.png#x", "%70.png",
    "data:image/png;base64," + base64.b64encode(PNG).decode(),
    "data:image/png," + "".join(f"%{byte:02x}" for byte in PNG),
])  # fmt: skip
def test_a_picture_is_found(address: str) -> None:
    document, picture, report = one(address, {"p.png": PNG})
    assert picture == Picture(PNG, "image/png", 6, 4)
    asset = document.assets["p"]
    assert (asset.media_type, asset.width, asset.height, asset.bytes) == ("image/png", 6, 4, len(PNG))
    assert report.messages == []


LOST = {
    "absent": ("q.png", "picture.missing"),
    "network": ("https://example.com/p.png", "picture.remote"),
    "network without a scheme": ("//example.com/p.png", "picture.remote"),
    "file scheme": ("file:///desk/p.png", "picture.scheme"),
    "script": ("javascript:alert(1)", "picture.scheme"),
    "above the folder": ("../p.png", "picture.outside"),
    "above the folder, hidden": ("%2e%2e/p.png", "picture.outside"),
    "root": ("/etc/passwd", "picture.outside"),
    "drive": ("C:\\p.png", "picture.outside"),
    "nul": ("p.png%00.txt", "picture.outside"),
    "no data": ("data:image/png", "picture.broken"),
    "damaged data": ("data:image/png;base64,A", "picture.broken"),
    "text": ("text.png", "picture.format"),
    "half": ("half.png", "picture.broken"),
    "a program": ("p.eps", "picture.format"),
}


@pytest.mark.parametrize("name", LOST)
def test_a_picture_that_cannot_be_had_is_a_loss(name: str) -> None:
    address, code = LOST[name]
    files = {
        "p.png": PNG, "text.png": b"no picture", "half.png": drawn("PNG", size=(300, 300))[:200],
        "p.eps": drawn("EPS"), "../p.png": PNG,
    }  # fmt: skip
    document, picture, report = one(address, files)
    assert picture is None
    assert [(message.code, message.severity) for message in report.messages] == [(code, "loss")]
    assert document.assets["p"] == Asset(address)


def test_half_a_picture_is_a_loss_after_a_pdf_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does when it is imported
    _, picture, report = one("half.png", {"half.png": drawn("PNG", size=(300, 300))[:200]})
    assert (picture, report.messages[0].code) == (None, "picture.broken")


def test_an_article_without_a_folder_has_no_files() -> None:
    _, picture, report = one("p.png", {"p.png": PNG}, base=None)
    assert (picture, report.messages[0].code) == (None, "picture.no-folder")


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "p.png").symlink_to(tmp_path / "secret.png")
    report = Report()
    document = Document(assets={"p": Asset("p.png")})
    _, pictures = gather(document, {}, Source(b"", "a.md", desk), DiskWorld(), Config(), report)
    assert (pictures, report.messages[0].code) == ({}, "picture.outside")


@pytest.mark.parametrize(("kind", "mode", "media_type"), [
    ("PNG", "RGB", "image/png"), ("PNG", "P", "image/png"), ("GIF", "P", "image/gif"), ("JPEG", "RGB", "image/jpeg"),
    ("JPEG", "L", "image/jpeg"), ("JPEG", "CMYK", "image/jpeg"), ("WEBP", "RGBA", "image/png"),
    ("BMP", "RGB", "image/png"), ("TIFF", "RGB", "image/png"), ("TIFF", "CMYK", "image/png"),
    ("TIFF", "I;16", "image/png"),
])  # fmt: skip
def test_every_kind_becomes_one_that_all_formats_show(kind: str, mode: str, media_type: str) -> None:
    data = drawn(kind, mode)
    _, picture, report = one("p", {"p": data})
    assert picture is not None, report
    assert (picture.media_type, picture.width, picture.height) == (media_type, 6, 4)
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.mode != "CMYK"
        assert Image.MIME[str(image.format)] == media_type
    assert (picture.data == data) == (kind in ("PNG", "GIF", "JPEG") and mode != "CMYK")


def test_a_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    _, picture, _ = one("p.jpg", {"p.jpg": drawn("JPEG", exif=exif)})
    assert picture is not None
    assert (picture.width, picture.height, picture.media_type) == (4, 6, "image/jpeg")


def test_a_camera_s_pair_of_pictures_is_its_first() -> None:
    out = io.BytesIO()
    first = Image.new("RGB", (6, 4), "red")
    first.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (6, 4), "blue")])
    _, picture, _ = one("p.jpg", {"p.jpg": out.getvalue()})
    assert picture is not None
    assert picture.media_type == "image/jpeg"
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.size) == ("JPEG", (6, 4))


def test_a_picture_drawn_anew_is_the_same_each_time() -> None:
    data = drawn("WEBP", "RGBA")
    assert one("p", {"p": data})[1] == one("p", {"p": data})[1]


@pytest.mark.parametrize(
    ("key", "code"), [("picture_bytes", "limit.picture-bytes"), ("picture_pixels", "limit.picture-pixels")]
)
def test_a_picture_beyond_a_limit_is_a_loss(key: str, code: str) -> None:
    size = len(PNG) if key == "picture_bytes" else 24
    assert one("p", {"p": PNG}, structs.replace(Limits(), **{key: size}))[1] is not None
    _, picture, report = one("p", {"p": PNG}, structs.replace(Limits(), **{key: size - 1}))
    assert (picture, report.messages[0].code) == (None, code)


def test_too_many_pictures_are_refused() -> None:
    document = Document(assets={str(k): Asset("p.png") for k in range(3)})
    with pytest.raises(LimitError, match="3 pictures"):
        gather(document, {}, Source(b""), MemoryWorld(), Config(limits=structs.replace(Limits(), pictures=2)), Report())


def test_a_picture_that_came_inside_the_article_needs_no_folder() -> None:
    document = Document(assets={"p": Asset("word/media/image1.png")})
    _, pictures = gather(document, {"p": PNG}, Source(b""), MemoryWorld(), Config(), Report())
    assert pictures == {"p": Picture(PNG, "image/png", 6, 4)}


def test_the_files_of_pictures_are_those_below_the_folder(tmp_path: Path) -> None:
    sources = ("a%20b.png", "x/../c.png", "../out.png", "/etc/d.png", "http://h/e.png", "//h/f.png", "data:,x", "")
    document = Document(assets={str(k): Asset(source) for k, source in enumerate(sources)})
    assert list(picture_files(document, tmp_path)) == [tmp_path.resolve() / "a b.png", tmp_path.resolve() / "c.png"]
    assert list(picture_files(document, None)) == []
