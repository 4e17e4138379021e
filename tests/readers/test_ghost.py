"""Ghost's export: posts with what belongs to them, the editors' own formats, and input that means harm."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from convert.errors import InputError
from convert.readers.ghost import Reader
from convert.report import Report
from convert.tree.text import document_letters, letters
from convert.world import Source
from tests.readers.hostile import bounded_outcome, outcome

SAMPLES = Path(__file__).parents[1] / "samples/ghost"
READER = Reader()


def test_each_post_is_an_article() -> None:
    data = (SAMPLES / "site.json").read_bytes()
    found = list(READER.items(io.BytesIO(data), Source(b"", "site.json"), 100_000, Report()))
    assert [one.name for one in found] == ["harbour-bridge.json", "later.json", "old.json"]
    assert not any(b"secret" in one.data for one in found)
    read = [READER.read(one) for one in found]
    made = [one.value.document.metadata for one in read]
    assert [(one.status, one.embargo) for one in made] == [
        ("usable", ""),
        ("usable", "2099-05-04T08:00:00.000Z"),
        ("withheld", ""),
    ]
    assert [[author.name for author in one.authors] for one in made] == [["Ann Lee", "Bo Diaz"], ["Bo Diaz"], []]
    assert letters(read[1].value.text).endswith("LaterwordsEnd")
    assert letters(read[2].value.text).endswith("Oldwords")
    assert [message.code for message in read[1].report.messages] == ["ghost.words"]
    with pytest.raises(InputError, match="3 articles"):
        READER.read(Source(data))


def of(**post: Any) -> str:
    return json.dumps({"db": [{"data": {"posts": [post], "posts_tags": [{"post_id": "1", "tag_id": "1"}] * 3}}]})


@pytest.mark.parametrize(("said", "status"), [
    (["draft"], "withheld"), ({"x": "draft"}, "withheld"), ({}, "withheld"), (7, "withheld"), (["published"], "usable"),
    ("sent", "usable"), ("Published", "usable"), (None, "usable"), ("scheduled", "withheld"),
])  # fmt: skip
def test_a_state_is_known_however_it_is_written(said: object, status: str) -> None:
    assert READER.read(Source(of(status=said).encode())).value.document.metadata.status == status


@pytest.mark.parametrize(("data", "sureness"), [
    (b'{"db":[{"meta":{"exported_on":1}', 3), (b'{"meta":{"exported_on":1},"data":{', 3), (b'{"data":{"item":{', 0),
    (b"[]", 0), (b"db", 0),
])  # fmt: skip
def test_how_surely_json_is_an_export(data: bytes, sureness: int) -> None:
    assert READER.sniff(data) == sureness


LEXICAL = json.dumps({"root": {"children": [
    {"type": "paragraph", "children": [{"text": "One <b>"}]}, {"type": "html", "html": "<p>Two <b>2</b></p>"},
    {"type": "callout", "calloutText": "Three"}, {"type": "horizontalrule"},
    {"type": "image", "src": "https://example.org/a.png", "alt": "Alt", "caption": "<i>Four</i>"},
    {"type": "codeblock", "code": "a < b"}, {"type": "video", "src": "v.mp4", "caption": "Five"}, {"type": "signup"},
]}})  # fmt: skip
MOBILEDOC = json.dumps({
    "cards": [["markdown", {"markdown": "Two\n\nThree & 3"}], ["image", {"src": "https://example.org/a.png", "caption": "Four"}]],
    "sections": [[1, "p", [[0, [], 0, "One"]]], [10, 0], [10, 1], [10, 7], [10, True]],
})  # fmt: skip


@pytest.mark.parametrize(("post", "words", "lost"), [
    ({"lexical": LEXICAL}, "OnebTwo2ThreeAltFourabFive", "Not read: [video], [signup]."),
    ({"mobiledoc": MOBILEDOC}, "OneTwoThree3Four", "Not read: [card]."),
])  # fmt: skip
def test_words_of_cards_are_read(post: dict[str, str], words: str, lost: str) -> None:
    result = READER.read(Source(of(**post).encode()))
    assert letters(result.value.text) == words == document_letters(result.value.document)
    assert [asset.source for asset in result.value.document.assets.values()] == ["https://example.org/a.png"]
    assert [message.code for message in result.report.messages] == ["ghost.words"]
    assert lost in result.report.messages[0].text


def lexical(depth: int) -> str:
    return '{"root":{"children":[' + '{"children":[' * depth + '{"text":"a"}' + "]}" * depth + "]}}"


HOSTILE = {
    "nesting": lambda: '{"db":' * 500_000,
    "wrong tables": lambda: '{"db":[{"data":{"posts":{"a":1},"users":3,"tags":[[]],"posts_tags":[1,null],"posts_meta":"x"}}]}',
    "wrong fields": lambda: of(id=[1], title={"a": 1}, html=3, status=[], published_at={}, feature_image=[1], lexical=4),
    "deep editor": lambda: of(lexical=lexical(400)),
    "deeper editor": lambda: of(lexical=lexical(50_000)),
    "broken editor": lambda: of(lexical="{", mobiledoc="[[[["),
    "mobiledoc": lambda: of(mobiledoc=json.dumps({"sections": [[1, "p", [[0, [], 0, "a"] * 100]]] * 20_000})),
    "a long body": lambda: of(html="<p>" + "x" * 60_000_000),
    "cut off": lambda: of(title="a")[:-4],
    "no post": lambda: '{"db":[]}',
    "files": lambda: of(title="a", feature_image="__GHOST_URL__/../../etc/passwd", html="<p>a</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_exports_end_soon(name: str) -> None:
    assert outcome(READER, HOSTILE[name]).startswith(("read", "json.", "html.", "container."))


@pytest.mark.prove
@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_exports_end_within_1_gib(name: str) -> None:
    bounded_outcome(__name__, name)
