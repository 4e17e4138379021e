"""Pictures: from addresses in an article to bytes that every format shows, and a loss where there are none."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path
from time import sleep

import pytest
from msgspec import structs
from PIL import Image, ImageFile, PngImagePlugin

from convert.assets import gather, picture_files
from convert.config import Config, FetchConfig, Limits
from convert.errors import LimitError
from convert.report import Report
from convert.tree import Asset, Document, Figure, build
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


GPS, MAKER, ARTIST, COPYRIGHT = 0x8825, 0x010F, 0x013B, 0x8298


def telling(kind: str, **more: object) -> bytes:
    """A picture whose file tells where it was taken, with what, by whom and whose it is, and a comment or two."""
    exif = Image.Exif()
    exif[MAKER], exif[ARTIST], exif[COPYRIGHT] = "SECRETCAMERA", "Ada", "The Port"
    exif[GPS] = {1: "N", 2: (43.0, 12.0, 0.0), 29: "SECRETDAY"}
    if kind == "TIFF":
        del exif[GPS]  # Pillow cannot write it
    options: dict[str, object] = {"exif": exif, "comment": b"SECRETWORD", "xmp": b"<x>SECRETXMP</x>", **more}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "SECRETWORD")
        text.add_itxt("XML:com.adobe.xmp", "SECRETXMP", zip=False)
        options = {"exif": exif, "pnginfo": text, **more}
    return drawn(kind, size=(40, 30), **options) + (b"SECRETTAIL" if kind in ("JPEG", "PNG", "GIF") else b"")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF"])
def test_what_a_file_says_of_its_maker_does_not_travel(kind: str, turned: bool) -> None:
    data = telling(kind)
    if turned and kind != "GIF":
        exif = Image.Exif()
        exif[0x0112], exif[MAKER] = 8, "SECRETCAMERA"
        if kind != "TIFF":
            exif[GPS] = {1: "N", 29: "SECRETDAY"}
        exif[COPYRIGHT] = "The Port"
        data = telling(kind, exif=exif)
    assert b"SECRET" in data
    _, picture, report = one("p", {"p": data})
    assert picture is not None, report
    assert b"SECRET" not in picture.data
    with Image.open(io.BytesIO(picture.data)) as image:
        image.load()
        assert set(image.getexif()) <= {ARTIST, COPYRIGHT}
        if picture.media_type == "image/jpeg":
            assert image.getexif()[COPYRIGHT] == "The Port"
        assert image.size == ((30, 40) if turned and kind != "GIF" else (40, 30))


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 2}, {"qtables": "web_high"}])
def test_a_photograph_is_not_compressed_twice(options: dict[str, object]) -> None:
    noise = Image.effect_noise((160, 120), 90)
    out = io.BytesIO()
    noise.save(out, "JPEG", comment=b"SECRET", icc_profile=b"profile" * 9, **options)
    _, picture, _ = one("p", {"p": out.getvalue() + b"\xff\xd8 a second picture"})
    assert picture is not None
    assert b"SECRET" not in picture.data
    assert not picture.data.endswith(b"picture")
    with Image.open(io.BytesIO(picture.data)) as now, Image.open(out) as before:
        assert now.info["icc_profile"] == before.info["icc_profile"]
        assert now.tobytes() == before.tobytes()


def moving(kind: str, size: tuple[int, int] = (6, 4)) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", size, colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], loop=0, duration=100)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_a_moving_picture_goes_on_moving_and_is_told_of(kind: str) -> None:
    _, picture, report = one("p", {"p": moving(kind)})
    assert picture is not None
    with Image.open(io.BytesIO(picture.data)) as image:
        assert (image.format, image.n_frames) == (kind, 3)  # type: ignore[attr-defined]
    assert [message.code for message in report.messages] == ["picture.moves"]


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_of_other_moving_pictures_the_first_frame_is_left(kind: str) -> None:
    _, picture, report = one("p", {"p": moving(kind)})
    assert picture is not None
    assert [(m.code, m.severity) for m in report.messages] == [("picture.first-frame", "loss")]


@pytest.mark.parametrize(("kind", "mode", "media_type"), [
    ("JPEG", "RGB", "image/jpeg"), ("JPEG", "CMYK", "image/jpeg"), ("PNG", "RGBA", "image/png"), ("PNG", "P", "image/png"),
    ("WEBP", "RGB", "image/jpeg"), ("AVIF", "RGB", "image/jpeg"), ("AVIF", "RGBA", "image/png"), ("TIFF", "RGB", "image/png"),
    ("GIF", "P", "image/png"),
])  # fmt: skip
def test_a_large_picture_is_made_smaller(kind: str, mode: str, media_type: str) -> None:
    _, picture, report = one("p", {"p": drawn(kind, mode, (4800, 1200))})
    assert picture is not None
    assert (picture.width, picture.height, picture.media_type) == (2400, 600, media_type)
    assert [message.code for message in report.messages] == ["picture.scaled"]
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.size == (2400, 600)


@pytest.mark.parametrize(("lossless", "media_type"), [(False, "image/jpeg"), (True, "image/png")])
def test_a_photograph_in_webp_stays_one(lossless: bool, media_type: str) -> None:
    _, picture, _ = one("p", {"p": drawn("WEBP", "RGB", (60, 40), lossless=lossless)})
    assert picture is not None
    assert picture.media_type == media_type


def test_sixteen_bits_of_grey_become_eight_and_are_not_clipped() -> None:
    grey = Image.new("I;16", (2, 1))
    grey.putpixel((0, 0), 0x8000)
    grey.putpixel((1, 0), 0x0100)
    out = io.BytesIO()
    grey.save(out, "TIFF")
    _, picture, _ = one("p", {"p": out.getvalue()})
    assert picture is not None
    with Image.open(io.BytesIO(picture.data)) as image:
        assert [image.getpixel((0, 0)), image.getpixel((1, 0))] == [128, 1]


def fetched(
    *addresses: str, network: dict[str, bytes], config: Config | None = None
) -> tuple[dict[str, Picture], Report]:
    report = Report()
    document = Document(assets={address: Asset(address) for address in addresses})
    world = MemoryWorld(network=network)
    return gather(document, {}, Source(b""), world, config or Config(), report)[1], report


def test_pictures_are_fetched_where_the_world_allows_it() -> None:
    address = "https://example.org/p.png"
    pictures, report = fetched(address, network={address: PNG})
    assert (pictures, report.messages) == ({address: Picture(PNG, "image/png", 6, 4)}, [])
    pictures, report = fetched("https://example.org/q.png", network={address: PNG})
    assert (pictures, [m.code for m in report.messages]) == ({}, ["fetch.failed"])


def test_what_is_fetched_is_bounded() -> None:
    address = "https://example.org/p.png"
    config = Config(limits=structs.replace(Limits(), picture_bytes=len(PNG) - 1))
    pictures, report = fetched(address, network={address: PNG}, config=config)
    assert (pictures, [m.code for m in report.messages]) == ({}, ["limit.picture-bytes"])


def test_the_pictures_of_an_article_share_their_seconds() -> None:
    asked: list[float] = []

    class Slow(MemoryWorld):
        def fetch(self, url: str, most: int, seconds: float) -> bytes:
            asked.append(seconds)
            sleep(0.3)
            return PNG

    report = Report()
    document = Document(assets={str(k): Asset(f"http://example.org/{k}") for k in range(6)})
    config = Config(fetch=FetchConfig(seconds=1, article_seconds=1))
    _, pictures = gather(document, {}, Source(b""), Slow(), config, report)
    assert 1 <= len(pictures) <= 4
    assert asked == sorted(asked, reverse=True)
    assert {m.code for m in report.messages} == {"fetch.slow"}


def test_what_came_with_a_picture_dresses_a_figure_that_says_nothing() -> None:
    asset = Asset("p.png", alt="A quay", caption="The quay.", credit="Ada")
    bare, own = Figure("p"), Figure("p", "Mine", build.text("My caption."), build.text("Me"))
    world = MemoryWorld({Path("/desk/p.png"): PNG})
    document = Document(blocks=(bare, own), assets={"p": asset})
    made, _ = gather(document, {}, Source(b"", base=Path("/desk")), world, Config(), Report())
    assert made.blocks == (Figure("p", "A quay", build.text("The quay."), build.text("Ada")), own)


@pytest.mark.parametrize(
    "address",
    ["a" * 5000, "x/" * 3000 + "p.png", "\ud800.png", "loop/loop/p.png", "~/p.png", "$HOME/p.png", "|ls", "p.png\n"],
)
def test_odd_names_are_losses(address: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    report = Report()
    document = Document(assets={"p": Asset(address)})
    _, pictures = gather(document, {}, Source(b"", "a.md", tmp_path), DiskWorld(), Config(), report)
    assert (pictures, len(report.messages)) == ({}, 1)


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


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.png")
    report = Report()
    document = Document(assets={"p": Asset("p.png")})
    _, pictures = gather(document, {}, Source(b"", "a.md", tmp_path), DiskWorld(), Config(), report)
    assert (pictures, [m.code for m in report.messages]) == ({}, ["picture.missing"])
