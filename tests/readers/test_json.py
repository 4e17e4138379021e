"""The tree's JSON as input."""

from __future__ import annotations

import pytest

from convert.data_uri import decode_data_uri
from convert.errors import InputError
from convert.readers.json import Reader
from convert.tree import Asset, Document, Figure, Heading, Metadata, Text, build, codec
from convert.tree.text import document_letters, letters
from convert.world import Source

DOCUMENT = Document(Metadata("Title"), (Heading(1, (Text("One"),)), build.paragraph("Words")))


def test_a_document_comes_back_with_its_reading_text() -> None:
    reading = Reader().read(Source(codec.encode(DOCUMENT), "a.json")).value
    assert reading.document == DOCUMENT
    assert letters(reading.text) == document_letters(DOCUMENT) == "TitleOneWords"


def test_a_picture_in_the_file_comes_with_its_bytes() -> None:
    document = Document(blocks=(Figure("a"),), assets={"a": Asset("data:image/png;base64,AAEC", holder="b")})
    reading = Reader().read(Source(codec.encode(document))).value
    assert reading.files == {"a": b"\0\1\2"}
    assert reading.document.assets == {"a": Asset("data:image/png", "image/png", holder="b")}


def test_a_picture_that_cannot_be_decoded_is_a_loss() -> None:
    document = Document(blocks=(Figure("a"),), assets={"a": Asset("data:image/png;base64,A")})
    result = Reader().read(Source(codec.encode(document)))
    assert [message.code for message in result.report.messages] == ["picture.data-uri"]
    assert not result.value.files


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input.empty"),
        (b'{"copydesk": 1}', "json.invalid"),
        (codec.encode(Document(blocks=(Figure("gone"),))), "json.faults"),
        (codec.encode(Document(blocks=(Heading(3, ()),) * 9)), "json.faults"),
    ],
)
def test_a_file_that_is_no_sound_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        Reader().read(Source(data, "a.json"))
    assert (caught.value.code, caught.value.where) == (code, "a.json")


def test_only_our_own_json_is_taken() -> None:
    assert Reader().sniff(codec.encode(DOCUMENT)) == 3
    assert Reader().sniff(b'\xef\xbb\xbf {"copydesk": 1') == 3
    assert Reader().sniff(b'{"title": "a"}') == 0


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("data:image/png;base64,AAE=", ("image/png", b"\0\1")),
        ("data:,a%20b", ("text/plain", b"a b")),
        ("data:image/svg+xml;charset=utf-8,%3Csvg/%3E", ("image/svg+xml", b"<svg/>")),
        ("data:image/png;base64,", None),
        ("data:image/png;base64,!", None),
        ("data:image/png", None),
    ],
)
def test_a_data_address_is_decoded(address: str, found: tuple[str, bytes] | None) -> None:
    assert decode_data_uri(address) == found
