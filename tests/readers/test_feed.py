"""Feeds: entries as articles, the same as feedparser has them, and input that means harm."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from convert.errors import InputError
from convert.readers.feed import Reader
from convert.report import Report
from convert.tree import Metadata
from convert.tree.text import letters
from convert.world import Source
from tests.readers.hostile import bounded_outcome, outcome
from tests.readers.test_fragment import fragment

SAMPLES = Path(__file__).parents[1] / "samples/feed"
READER = Reader()
RSS = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>F</title>'


def items(data: bytes) -> list[Source]:
    return list(READER.items(io.BytesIO(data), Source(b"", "feed.xml"), 1_000_000, Report()))


def metadata(inner: str) -> Metadata:
    return READER.read(Source(f"{RSS}<item>{inner}</item></channel></rss>".encode())).value.document.metadata


@pytest.mark.parametrize(("inner", "name", "value"), [
    ("<author>ann@example.org (Ann Lee)</author>", "authors", "Ann Lee"),
    ("<author>By Ann Lee</author>", "authors", "Ann Lee"),
    ("<guid>https://example.org/a</guid>", "canonical_url", "https://example.org/a"),
    ("<pubDate>Mon, 04 May 2026 08:00:00 GMT</pubDate>", "published", "2026-05-04T08:00:00+00:00"),
    ("<title>A &amp;lt;b&amp;gt; &lt;i&gt;c&lt;/i&gt; &nbsp;d</title>", "title", "A <b> c d"),
    ("<link>javascript:alert(1)</link>", "canonical_url", ""),
])  # fmt: skip
def test_fields_of_an_entry(inner: str, name: str, value: str) -> None:
    found = getattr(metadata(inner), name)
    assert (found[0].name if name == "authors" else found) == value


@pytest.mark.parametrize(("control", "status"), [
    ("<a:control><a:draft>yes</a:draft></a:control>", "withheld"), ("<a:control><a:draft> no </a:draft></a:control>", "usable"),
    ("<a:control><a:draft/></a:control>", "usable"), ("<a:control><a:draft>perhaps</a:draft></a:control>", "withheld"),
    ("<a:control><a:draft>no</a:draft><a:draft>YES</a:draft></a:control>", "withheld"),
    ("<a:control/><a:control><a:draft>yes</a:draft></a:control>", "withheld"), ("<draft>yes</draft>", "usable"),
])  # fmt: skip
@pytest.mark.parametrize("space", ["http://www.w3.org/2007/app", "http://purl.org/atom/app#"])
def test_a_draft_is_withheld(control: str, status: str, space: str) -> None:
    entry = f'<entry xmlns="http://www.w3.org/2005/Atom" xmlns:a="{space}"><title>T</title>{control}</entry>'
    assert READER.read(Source(entry.encode())).value.document.metadata.status == status


def test_what_may_be_a_summary_is_said() -> None:
    result = READER.read(Source(f"{RSS}<item><description>A b.</description></item></channel></rss>".encode()))
    assert [message.code for message in result.report.messages] == ["feed.summary"]
    assert letters(result.value.text) == "FAb"
    away = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content src="https://example.org/a"/></entry></feed>'
    assert [message.code for message in READER.read(Source(away.encode())).report.messages] == ["feed.elsewhere"]


@pytest.mark.parametrize(("body", "codes"), [
    ("A b.", []), ("<img src='https://cdn.example.org/lead.png?w=9'>A b.", []),
    ("<img src='https://example.org/x.png'>A b.", ["feed.picture"]),
])  # fmt: skip
def test_a_picture_beside_the_text_is_shown_or_told(body: str, codes: list[str]) -> None:
    media = (
        '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://example.org/lead.png" medium="image"/>'
    )
    inner = f"<content:encoded><![CDATA[{body}]]></content:encoded>{media}"
    result = READER.read(Source(f"{RSS}<item>{inner}</item></channel></rss>".encode()))
    assert [message.code for message in result.report.messages] == codes
    assert len(result.value.document.assets) == 1


def test_each_entry_is_an_article() -> None:
    data = (SAMPLES / "several.xml").read_bytes()
    found = items(data)
    assert [one.name for one in found] == ["a.xml", "b.xml"]
    assert [letters(READER.read(one).value.text) for one in found] == ["AGazetteFirst", "BGazetteSecond"]
    with pytest.raises(InputError, match="2 articles"):
        READER.read(Source(data))


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "several.xml"])
def test_feedparser_reads_the_samples_alike(name: str) -> None:
    feedparser = pytest.importorskip("feedparser")
    data = (SAMPLES / name).read_bytes()
    theirs = feedparser.parse(data)
    assert not theirs.bozo
    ours = [READER.read(one).value for one in items(data)]
    assert len(ours) == len(theirs.entries)
    for mine, entry in zip(ours, theirs.entries, strict=True):
        made = mine.document.metadata
        body = entry.content[0].value if "content" in entry else entry.summary
        assert letters(fragment(body).text) in letters(mine.text)
        assert (letters(made.title), made.canonical_url) == (letters(fragment(entry.title).text), entry.link)
        assert "author" not in entry or [author.name for author in made.authors] == [entry.author]


@pytest.mark.parametrize(("data", "sureness"), [
    (b"<rss version='2.0'><channel>", 3), (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><rss>", 3),
    (b"<feed xmlns='http://www.w3.org/2005/Atom'>", 3), (b"<feed>", 0), (b"<svg>", 0), (b"rss", 0),
    ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), 3),
])  # fmt: skip
def test_how_surely_xml_is_a_feed(data: bytes, sureness: int) -> None:
    assert READER.sniff(data) == sureness


HOSTILE = {
    "entities": lambda: '<!DOCTYPE rss [<!ENTITY a "x">]>' + RSS + "<item><title>&a;</title></item></channel></rss>",
    "a long title": lambda: RSS + f"<item><title>{'x' * 50_000_000}</title></item></channel></rss>",
    "a long body": lambda: RSS + f"<item><description>{'x' * 50_000_000}</description></item></channel></rss>",
    "a long attribute": lambda: RSS + f"<item a='{'x' * 100_000_000}'/></channel></rss>",
    "nested": lambda: RSS + "<item>" * 200_000,
    "nested content": lambda: '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">' + '<div xmlns="http://www.w3.org/1999/xhtml">' * 390 + "</div>" * 390 + "</content></entry></feed>",
    "many": lambda: RSS + "<item/>" * 500_000 + "</channel></rss>",
    "cut off": lambda: RSS + "<item><title>a",
    "addresses": lambda: RSS + "<item><link>https://[::1</link><guid>https://]</guid><description>x</description></item></channel></rss>",
    "damaged": lambda: (RSS + "<item><description>é</description></item></channel></rss>").encode().replace(b"\xc3", b""),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_feeds_end_soon(name: str) -> None:
    assert outcome(READER, HOSTILE[name]).startswith(("read", "xml.", "html.", "container."))


def test_who_holds_the_rights_to_a_picture_is_known() -> None:
    (one,) = items((SAMPLES / "rss.xml").read_bytes())
    assets = READER.read(one).value.document.assets
    assert [asset.holder for asset in assets.values() if asset.source.endswith("lead.jpg")] == ["Example Pictures"]


@pytest.mark.prove
@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_feeds_end_within_1_gib(name: str) -> None:
    bounded_outcome(__name__, name)
