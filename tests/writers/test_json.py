"""The JSON writer: one file that is the whole article."""

from __future__ import annotations

from msgspec import structs

from convert.readers.json import Reader
from convert.themes.load import load_theme
from convert.tree import Asset, Document, Figure, Metadata
from convert.world import Picture, Source
from convert.writers.base import Options
from convert.writers.json import Writer

DOCUMENT = Document(
    Metadata("Title"), (Figure("a"), Figure("b")), assets={"a": Asset("a.png", holder="Ada"), "b": Asset("b.png")}
)
PICTURE = Picture(b"\x89PNG\0\xff", "image/png", 4, 3)


def test_pictures_stand_in_the_file_and_come_back() -> None:
    result = Writer(load_theme("base"), Options()).render(DOCUMENT, {"a": PICTURE}, "talks")
    assert (result.value.name, result.value.files) == ("talks.json", {})
    reading = Reader().read(Source(result.value.data, "talks.json")).value
    assert reading.files == {"a": PICTURE.data}
    assert reading.document.assets["a"] == Asset("data:image/png", "image/png", 4, 3, len(PICTURE.data), "Ada")
    assert structs.replace(reading.document, assets=DOCUMENT.assets) == DOCUMENT


def test_a_missing_picture_keeps_its_source_and_is_a_loss() -> None:
    result = Writer(load_theme("base"), Options()).render(DOCUMENT, {"a": PICTURE}, "talks")
    assert [(m.code, m.severity) for m in result.report.messages] == [("picture.missing", "loss")]
    assert Reader().read(Source(result.value.data)).value.document.assets["b"] == Asset("b.png")
