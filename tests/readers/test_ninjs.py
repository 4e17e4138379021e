"""ninjs: which fields become what, several items in a file, and input that means harm."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from convert import formats
from convert.errors import InputError, RefusedError
from convert.readers.ninjs import Reader
from convert.readers.ninjs.fields import FIELDS
from convert.report import Report, Result
from convert.rules import obey
from convert.tree import Figure, Metadata
from convert.world import Source
from tests.readers.hostile import bounded_outcome, outcome

READER = Reader()
BARE = {"uri": "tag:a", "type": "text", "versioncreated": "2026-05-04T08:00:00Z"}


def read(**fields: Any) -> Result[Any]:
    return READER.read(Source(json.dumps({**BARE, **fields}).encode(), "item.json"))


def metadata(**fields: Any) -> Metadata:
    made: Metadata = read(**fields).value.document.metadata
    return made


VALUES: dict[str, tuple[Any, Any]] = {
    "headlines": ([{"value": "Marked"}], "Marked"), "bylines": ([{"by": "By Ann Lee"}], "Ann Lee"),
    "byline": ("By Ann Lee", "Ann Lee"), "by": ("By Ann Lee", "Ann Lee"), "authors": ([{"name": "Ann Lee"}], "Ann Lee"),
    "people": ([{"name": "Ann Lee", "rel": "author"}], "Ann Lee"), "infosources": ([{"name": "Marked"}], "Marked"),
    "service": ([{"name": "Marked"}], "Marked"), "subject": ([{"name": "Marked"}], "Marked"),
    "subjects": ([{"name": "Marked"}], "Marked"), "keywords": (["Marked"], "Marked"), "language": ("tr-TR", "tr-TR"),
    "datelinelocation": ({"city": "Marked"}, "Marked"), "descriptions": ([{"value": "Marked"}], "Marked"),
    "url": ("https://example.org/marked", "marked"), "pubstatus": ("canceled", "canceled"),
    "signal": ("sig:update", "sig:update"), "signals": (["sig:update"], "sig:update"),
    **{name: ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z") for name, target in FIELDS.items()
       if target in ("published", "embargo")},
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_arrives_where_the_table_says(name: str) -> None:
    value, expected = VALUES.get(name, ("Marked", "Marked"))
    more = {"firstcreated": "2025-01-01"} if FIELDS[name] == "modified" else {}
    if FIELDS[name] == "modified":
        value = expected = "2026-01-02T03:04:05Z"
    item = {key: part for key, part in BARE.items() if key in ("type", name) or FIELDS[name] == "published"}
    made = READER.read(Source(json.dumps({**item, **more, name: value}).encode(), "a")).value.document.metadata
    assert expected in str(getattr(made, FIELDS[name]))


@pytest.mark.parametrize(("fields", "status", "embargo"), [
    ({}, "usable", ""),
    ({"pubstatus": "stat:withheld"}, "withheld", ""),
    ({"pubstatus": "cancelled"}, "canceled", ""),
    ({"pubstatus": "something new"}, "withheld", ""),
    ({"pubstatus": "embargoed"}, "withheld", ""),
    ({"pubstatus": "embargoed", "embargoed": "2026-05-04T08:00:00Z"}, "usable", "2026-05-04T08:00:00Z"),
    ({"embargoedUntil": "2026-05-04T08:00:00+0200"}, "usable", "2026-05-04T08:00:00+0200"),
    ({"embargoed": "until further notice"}, "usable", "until further notice"),  # which the desk rules refuse
    ({"embargoed": "Mon, 04 May 2026 08:00:00 +0000"}, "usable", "2026-05-04T08:00:00+00:00"),
])  # fmt: skip
def test_states_and_embargoes(fields: dict[str, str], status: str, embargo: str) -> None:
    made = metadata(**fields)
    assert (made.status, made.embargo) == (status, embargo)


@pytest.mark.parametrize(("fields", "status"), [
    *(({"embargoed": value}, "withheld") for value in ({"date": "2999-01-01"}, True, ["2999-01-01"], {}, [])),
    ({"embargoed": False}, "usable"), ({"embargoed": ""}, "usable"),
    ({"pubstatus": ["canceled"]}, "canceled"), ({"pubstatus": {"literal": "canceled"}}, "canceled"),
    ({"pubstatus": {"literal": "usable"}}, "usable"), ({"pubstatus": ["usable", {"literal": "killed"}]}, "canceled"),
    *(({"pubstatus": value}, "withheld") for value in (True, False, 5, {}, [], [[]], [[[[["usable"]]]]], {"a": None})),
    ({"pubstatus": "canceled", "pubStatus": "usable"}, "canceled"),
    ({"pubStatus": "usable", "pubstatus": "withheld"}, "withheld"),
    ({"pubstatus": "canceled", "pubStatus": ""}, "canceled"),
])  # fmt: skip
def test_a_stop_of_an_odd_shape_still_stops(fields: dict[str, Any], status: str) -> None:
    result = read(body_text="x", **fields)
    made = result.value.document.metadata
    assert made.status == status
    codes = {message.code for message in result.report.messages}
    assert bool(codes & {"item.status", "item.embargo"}) == (status == "withheld" and "withheld" not in str(fields))
    if status == "usable":
        obey(made, datetime.now(UTC))
    else:
        with pytest.raises(RefusedError):
            obey(made, datetime.now(UTC), allow_embargoed=True)


@pytest.mark.parametrize(("fields", "embargo"), [
    ({"embargo": "2999-01-01T00:00:00Z"}, "2999-01-01T00:00:00Z"),
    ({"embargo": "2026-01-01", "embargoed": "2999-01-01", "embargoeduntil": "2026-01-02T00:00:00Z"}, "2999-01-01"),
    ({"embargo": "some day", "embargoed": "2999-01-01"}, "some day"),
    ({"embargoed": "2026-01-01", "Embargoed": "2999-01-01"}, "2999-01-01"),
])  # fmt: skip
def test_the_last_embargo_holds(fields: dict[str, Any], embargo: str) -> None:
    assert metadata(**fields).embargo == embargo
    with pytest.raises(RefusedError):
        obey(metadata(**fields), datetime.now(UTC))


def test_what_is_not_used_is_said() -> None:
    assert [m.code for m in read(novelty="x", embargoed=None, priority=3, body_text="x").report.messages] == [
        "ninjs.unread"
    ]


def test_the_best_rendition_is_shown_once() -> None:
    renditions = {
        "small": {"href": "https://example.org/a-300x200.jpg", "width": 300, "mimetype": "image/jpeg"},
        "good": {"href": "https://example.org/a.jpg", "width": 1200, "mimetype": "image/jpeg"},
        "print": {"href": "https://example.org/a.tiff", "width": 9000, "mimetype": "image/tiff"},
    }
    picture = {"type": "picture", "renditions": renditions, "copyrightholder": "Owner"}
    for body, shown in (
        ("<p>a</p>", "https://example.org/a.jpg"),
        ('<img src="https://example.org/a-300x200.jpg">',) * 2,
    ):
        result = read(body_html=body, associations={"x": picture})
        (asset,) = result.value.document.assets.values()
        assert asset.source in shown
        assert asset.holder == "Owner"
        assert sum(isinstance(block, Figure) for block in result.value.document.blocks) == 1


def picture(address: str, **fields: Any) -> dict[str, Any]:
    return {"type": "picture", "description_text": "Words", "renditions": {"a": {"href": address}}, **fields}


@pytest.mark.parametrize("stop", [
    {"pubstatus": "canceled"}, {"pubStatus": "withheld"}, {"pubstatus": ["canceled"]}, {"embargoed": "2999-01-01"},
    {"embargo": True}, {"embargoed": "some day"}, {"pubstatus": "embargoed"},
])  # fmt: skip
def test_pictures_that_are_stopped_are_left_out(stop: dict[str, Any]) -> None:
    body = (
        '<p>a</p><figure><img src="https://e.org/k.png?a=1&amp;b=2"><figcaption>Secret</figcaption></figure>'
        '<!-- EMBED START Image {id: "e"} --><figure><img src="other.png"><figcaption>Secret</figcaption></figure>'
        '<!-- EMBED END Image {id: "e"} --><figure><img src="https://e.org/kk.png"></figure>'
    )
    stopped = picture("https://e.org/k.png?a=1&b=2", description_text="Secret", **stop)
    for associations in (
        {"featuremedia": stopped, "e": {**stopped, "renditions": 5}, "b": picture("https://e.org/good.png")},
        [stopped, {**stopped, "name": "e", "renditions": None}, picture("https://e.org/good.png")],
    ):
        result = read(body_html=body, associations=associations)
        assets = result.value.document.assets.values()
        assert {asset.source for asset in assets} == {"https://e.org/kk.png", "https://e.org/good.png"}
        assert "Secret" not in result.value.text
        assert [(one.code, one.severity) for one in result.report.messages] == [("ninjs.stopped", "loss")]


@pytest.mark.parametrize("free", [{"pubstatus": "usable"}, {"embargoed": "2020-01-01"}, {"embargoed": None}])
def test_pictures_that_are_free_stay(free: dict[str, Any]) -> None:
    result = read(body_html="<p>a</p>", associations={"featuremedia": picture("https://e.org/k.png", **free)})
    assert len(result.value.document.assets) == 1
    assert not result.report.messages


@pytest.mark.parametrize("body", ["<p>a</p>", '<p>a</p><img src="https://e.org/img?id=1&amp;w=300">'])
def test_pictures_told_apart_by_their_query_are_both_kept(body: str) -> None:
    associations = {
        str(number): picture(f"https://e.org/img?id={number}", copyrightholder=f"Owner {number}") for number in (1, 2)
    }
    document = read(body_html=body, associations=associations).value.document
    assert sorted(asset.holder for asset in document.assets.values()) == ["Owner 1", "Owner 2"]
    assert sum(isinstance(block, Figure) for block in document.blocks) == 2


@pytest.mark.parametrize("name", ["digitalsourcetype", "digitalSourceType"])
@pytest.mark.parametrize("body", [
    "<p>a</p>", '<img src="https://e.org/a-300x200.png">',
    '<!-- EMBED START Image {id: "x"} --><!-- EMBED END Image {id: "x"} -->',
])  # fmt: skip
def test_how_a_picture_was_made_is_kept(name: str, body: str) -> None:
    uri = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    for value in (uri, {"uri": uri, "name": "Made by AI"}):
        associations = {"x": picture("https://e.org/a.png", copyrightholder="Owner", **{name: value})}
        (asset,) = read(body_html=body, associations=associations).value.document.assets.values()
        assert (asset.digital_source_type, asset.holder) == (uri, "Owner")


FIELDS_OF_PICTURES = (
    "type", "renditions", "descriptions", "alttext", "body_text", "description_text", "byline", "creditline", "source",
    "copyrightholder", "digitalsourcetype", "pubstatus", "embargoed", "name", "headlines",
)  # fmt: skip
ODD = (
    5,
    1.5,
    True,
    False,
    None,
    "x",
    [],
    {},
    [5],
    [None],
    [[1]],
    {"a": 5},
    {"a": None},
    {"a": [1]},
    {"a": {"href": [1]}},
)


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_values_of_wrong_types_do_not_end_the_reading(value: Any) -> None:
    for name in (*FIELDS, "associations", "bodies", "renditions", "title", "type", "body_html", "body_nitf"):
        read(**{name: value})
    for name in FIELDS_OF_PICTURES:
        for fields in (picture("a.png", **{name: value}), {"type": "video", name: value}, {name: value}):
            read(associations={"a": fields})
            read(**fields)
    for name in ("href", "width", "mimetype", "name"):
        read(associations=[picture("a", renditions=[{"href": "a.png", name: value}])])


def test_nitf_is_read_where_there_is_no_html() -> None:
    note = '<note type="npa"><body.content><p>Desk.</p></body.content></note>'
    body = f"<nitf><body><body.content><p>Words.</p>{note}</body.content></body></nitf>"
    for fields in (
        {"body_nitf": body},
        {"bodies": [{"role": "nitf", "contentType": "application/nitf+xml", "value": body}]},
    ):
        result = read(**fields)
        assert result.value.text.strip() == "Words."
        assert result.report.messages == []
    assert [message.code for message in read(headline="x").report.messages] == ["ninjs.no-body"]


def test_several_items_are_articles_of_their_own() -> None:
    data = (formats.Path(__file__).parents[1] / "samples/ninjs/killed.json").read_bytes()
    items = list(READER.items(io.BytesIO(data), Source(b"", "wire.json"), 1000, Report()))
    assert [(item.name, item.inside, item.format) for item in items] == [
        ("story.json", "wire.json", "ninjs"), ("story-2.json", "wire.json", "ninjs"),
    ]  # fmt: skip
    made = [READER.read(item).value.document.metadata for item in items]
    assert [(one.title, one.status) for one in made] == [("One", "usable"), ("Two", "canceled")]
    with pytest.raises(InputError, match="2 articles"):
        READER.read(Source(data))


@pytest.mark.parametrize(("data", "sureness"), [
    (b'{"uri":"a","headline":"b","body_html":"c","pubstatus":"d"}', 3),
    (b'[{"uri":"a","headline":"b","versionCreated":"c"}]', 2),
    (b'{"name": "x"}', 0), (b"text", 0), (b'"uri": "headline": "pubstatus": "body_html":', 0),
])  # fmt: skip
def test_how_surely_json_is_ninjs(data: bytes, sureness: int) -> None:
    assert READER.sniff(data) == sureness


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_other_encodings(encoding: str) -> None:
    text = (
        '{"uri": "a", "headline": "Zoë – été à Orléans", "versioncreated": "2026-01-01", "body_text": "Déjà vu, là."}'
    )
    assert READER.read(Source(text.encode(encoding))).value.document.metadata.title == "Zoë – été à Orléans"
    assert READER.sniff(text.encode(encoding)) == 3


def item(**fields: Any) -> str:
    return json.dumps({**BARE, **fields})


HOSTILE = {
    "nesting": lambda: "[" * 3_000_000,
    "nested objects": lambda: '{"data":' * 500_000 + "1" + "}" * 500_000,
    "cut off": lambda: item(body_html="<p>x</p>")[:-5],
    "a long field": lambda: item(headline="x" * 100_000_000),
    "a long body": lambda: item(body_html="<p>" + "x" * 50_000_000),
    "a long attribute": lambda: item(body_html='<img src="' + "x" * 15_000_000 + '">'),
    "wrong types": lambda: item(**{name: {"a": [1, None, {"b": True}]} for name in FIELDS}, bodies=3, associations=[1, [2]]),
    "wrong types in lists": lambda: item(**{name: [[1], None, 2.5] for name in FIELDS}, bodies=[[]], renditions="x"),
    "small values": lambda: "[" + "{}," * 20_000_000 + "{}]",
    "entities in NITF": lambda: item(body_nitf='<nitf><!DOCTYPE a [<!ENTITY b "c">]><body/></nitf>'),
    "numbers": lambda: '{"uri": ' + "9" * 1_000_000 + ', "version": 1e999}',
    "half characters": lambda: '{"uri": "a", "headline": "\\ud800", "body_html": "<p>\\udc00</p>"}',
    "many associations": lambda: item(associations={str(n): {"type": "picture", "renditions": {"a": {"href": f"{n}.jpg"}}} for n in range(60_000)}),
    "embeds": lambda: item(body_html='<!-- EMBED START Image {id: "a"} -->' * 100_000),
    "open tags": lambda: item(headline="<b " * 5_000_000),
    "no text": lambda: b"\xff\xfe\x00",
    "control characters": lambda: '{"uri": "a\x00\x01"}',
    "not an item": lambda: "[[], 3, null]",
    "files": lambda: item(body_html='<img src="/etc/passwd"><img src="file:///etc/passwd"><img src="../../secret.png">'),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_items_end_soon(name: str) -> None:
    codes = ("read", "json.", "html.size", "container.", "input.binary", "xml.broken")
    assert outcome(READER, HOSTILE[name]).startswith(codes)


@pytest.mark.prove
@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_items_end_within_1_gib(name: str) -> None:
    bounded_outcome(__name__, name)
