"""WordPress: paragraphs, shortcodes, blocks, the export file as a container, and input that means harm."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.errors import InputError
from convert.readers.wordpress import rest, wxr
from convert.readers.wordpress.markup import post_html, with_paragraphs
from convert.readers.wordpress.shortcodes import Attachment
from convert.report import Report
from convert.tree.text import letters
from convert.world import Source
from tests.readers.hostile import bounded_outcome, outcome
from tests.readers.test_fragment import fragment

SAMPLES = Path(__file__).parents[1] / "samples"
READER = wxr.Reader()
LIBRARY = {"7": Attachment("a.jpg", "Words <b>here</b>", 'An "a"')}


def expanded(content: str) -> tuple[str, list[str]]:
    report = Report()
    made = post_html(content, LIBRARY, report, "a")
    return " ".join(made.split()), [message.text for message in report.messages]


@pytest.mark.parametrize(("content", "made"), [
    ("One\nline\n\nTwo", "<p>One<br>line</p> <p>Two</p>"),
    ("One\n \n\n\nTwo\n", "<p>One</p> <p>Two</p>"),
    ("<h2>A</h2>\ntext\n<ul><li>x</li></ul>\nmore", "<h2>A</h2> <p>text</p> <ul> <li>x</li> </ul> <p>more</p>"),
    ("<div class='a'\n id='b'>text\n\nmore</div>", "<div class='a' id='b'> <p>text</p> <p>more</p> </div>"),
    ("<pre>a\n\nb</pre>\nc", "<pre>a b</pre> <p>c</p>"),
    ("<strong>A</strong>\n<em>B</em>", "<p><strong>A</strong><br><em>B</em></p>"),
    ("a<!--more-->b", "<p>a</p> <p>b</p>"),
    ("a [gallery ids='7'] b", '<p>a</p> <figure> <figure><img src="a.jpg" alt="An &quot;a&quot;"> <figcaption>Words <b>here</b></figcaption> </figure> </figure> <p>b</p>'),
    ("[[caption]] stays", "<p>[caption] stays</p>"),
    ("a [not_for_publication]Call [b]Ann[/b].[/not_for_publication] c", "<p>a c</p>"),
    ("[caption]<img src='a.jpg'> Words[npa] SECRET[/npa][/caption]", "<figure><img src='a.jpg'> <figcaption>Words</figcaption> </figure>"),
    ("a\n\n[NPA]\n\nCall Ann.", "<p>a</p>"), ("[[npa]] stays", "<p>[npa] stays</p>"),
    ("[sic] [1] [Applause] [a b c]", "<p>[sic] [1] [Applause] [a b c]</p>"),
    ("I told [the mayor] to go. [Read more: here] [Video of it]", "<p>I told [the mayor] to go. [Read more: here] [Video of it]</p>"),
    ("[form id=3]a [video clip]", "<p>a [video clip]</p>"),
    ("[caption]<img src='a.jpg'> [the mayor] left[/caption]", "<figure><img src='a.jpg'> <figcaption>[the mayor] left</figcaption> </figure>"),
    ("[box title='x']In [b]side[/b][/box]", "<p>In side</p>"),
    ("https://example.org/a?b=1&amp;c", '<p><a href="https://example.org/a?b=1&amp;c">https://example.org/a?b=1&amp;c</a></p>'),
    ("https://youtu.be/abc", '<iframe src="https://youtu.be/abc"></iframe>'),
    ("[video mp4='https://example.org/a.mp4'][/video]", '<iframe src="https://example.org/a.mp4"></iframe>'),
    ("[caption width='3']no picture[/caption]", "<p>no picture</p>"),
    ("Old\n\nwords\n<!-- wp:paragraph -->\n<p>New</p>\n<!-- /wp:paragraph -->", "<p>Old</p> <p>words</p> <p>New</p>"),
    ("<!-- wp:html -->\n<b>x</b>\n\ny\n<!-- /wp:html -->", "<b>x</b> y"),
])  # fmt: skip
def test_content_as_html(content: str, made: str) -> None:
    assert expanded(content)[0] == made


def test_what_cannot_be_shown_is_listed() -> None:
    assert "[form]" in expanded("[form id=3]")[1][0]
    assert "query" in expanded("<!-- wp:query {} /--><!-- wp:spacer /-->")[1][0]


TOKENS = st.lists(st.sampled_from([
    "one", "two ", "\n", "\n\n", "<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<blockquote>", "</blockquote>",
    "<ul><li>", "</li></ul>", "<h2>", "</h2>", "<pre>", "</pre>", "[sic]", "[x a=1]", "[/x]", "[caption a=1]", "[/caption]",
    "<img alt='z'>", "<", "&amp;", "<table><tr><td>", "</td></tr></table>", "<br />", "<hr />",
]), max_size=30)  # fmt: skip


@given(TOKENS)
def test_no_word_is_lost_on_the_way_to_html(tokens: list[str]) -> None:
    """All letters outside of shortcodes are in the HTML, in whatever order a broken page has them."""
    content = "".join(tokens)
    bare = content.replace("[x a=1]", "").replace("[/x]", "").replace("[caption a=1]", "").replace("[/caption]", "")
    assert sorted(letters(fragment(post_html(content, {}, Report(), "a")).text)) == sorted(letters(fragment(bare).text))


@given(TOKENS)
def test_paragraphs_change_no_word(tokens: list[str]) -> None:
    content = "".join(tokens)
    assert sorted(letters(fragment(with_paragraphs(content)).text)) == sorted(letters(fragment(content).text))


# ------------------------------------------------------------------------------ the export file


def items(data: bytes, most: int = 1_000_000) -> list[Source]:
    return list(READER.items(io.BytesIO(data), Source(b"", "site.xml"), most, Report()))


def test_each_post_of_a_site_is_an_article() -> None:
    found = items((SAMPLES / "wxr/site.xml").read_bytes())
    read = {one.name: READER.read(one).value.document for one in found}
    assert {name: (one.metadata.title, one.metadata.status) for name, one in read.items()} == {
        "same.xml": ("Published", "usable"), "Draft.xml": ("Draft", "withheld"),
        "gone__trashed.xml": ("Trash", "canceled"), "later.xml": ("Later", "usable"),
        "private.xml": ("Private", "withheld"), "same-2.xml": ("A page", "usable"),
        "été.xml": ("Été à Orléans", "usable"), "etc-passwd.xml": ("../../etc/passwd", "usable"),
    }  # fmt: skip
    assert read["later.xml"].metadata.embargo == "2099-05-04T08:00:00Z"
    assert read["Draft.xml"].metadata.published == "2026-05-04T08:00:00+00:00"
    assert [asset.source for asset in read["été.xml"].assets.values()] == ["https://gazette.example.org/lead.jpg"]
    assert {author.name for one in read.values() for author in one.metadata.authors} == {"Ann Lee"}
    with pytest.raises(InputError, match="8 articles"):
        READER.read(Source((SAMPLES / "wxr/site.xml").read_bytes()))


@pytest.mark.parametrize(("fields", "status"), [
    ("<wp:status/><wp:status>trash</wp:status>", "canceled"), ("<wp:status>publish</wp:status><wp:status>draft</wp:status>", "withheld"),
    ("<wp:status/>", "usable"), ("<wp:status><b>draft</b></wp:status>", "withheld"),
    ("<wp:status>future</wp:status>", "withheld"),  # no date says when
    ("<wp:post_password></wp:post_password><wp:post_password>x</wp:post_password>", "withheld"),
    ("<wp:status>trash</wp:status><wp:post_password>x</wp:post_password>", "canceled"),
])  # fmt: skip
def test_of_several_states_of_an_item_the_strictest_holds(fields: str, status: str) -> None:
    data = f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>{fields}</item></channel></rss>'
    assert READER.read(Source(data.encode())).value.document.metadata.status == status


@pytest.mark.parametrize(("fields", "status"), [
    ({"content": {"rendered": "x", "protected": 1}}, "withheld"), ({"content": {"rendered": "x", "protected": "true"}}, "withheld"),
    ({"content": {"rendered": "x", "protected": [False]}}, "withheld"), ({"excerpt": {"rendered": "", "protected": True}}, "withheld"),
    ({"content": {"rendered": "x", "protected": "false"}}, "usable"), ({"content": {"rendered": "x", "protected": 0}}, "usable"),
    ({"status": ["draft"]}, "withheld"), ({"status": {"x": "trash"}, "password": "y"}, "canceled"), ({"status": "trash", "password": "y"}, "canceled"),
])  # fmt: skip
def test_a_stop_of_a_post_holds_however_it_is_written(fields: dict[str, Any], status: str) -> None:
    data = json.dumps({"title": {"rendered": "T"}, **fields}).encode()
    assert rest.Reader().read(Source(data)).value.document.metadata.status == status


@pytest.mark.parametrize("inner", [
    "<content:encoded><![CDATA[{}]]></content:encoded>", "<content:encoded><![CDATA[a]]]]><![CDATA[>{}]]></content:encoded>",
    "<!-- {} -->", "<content:encoded><![CDATA[a <!-- b]]></content:encoded><!-- <![CDATA[ {} -->",
])  # fmt: skip
def test_an_article_about_exports_is_an_article(inner: str) -> None:
    said = "<wp:post_type>attachment</wp:post_type><wp:post_id>7</wp:post_id><dc:creator>Eve</dc:creator>"
    item = f"<item>{inner.format(said)}<wp:post_id>1</wp:post_id><wp:post_type><![CDATA[post]]></wp:post_type></item>"
    data = (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{item}{item.replace("[post]", "[attachment]")}'
        "</channel></rss>"
    ).encode()
    found = list(READER.items(io.BytesIO(data), Source(b"", "a.xml"), 9999, Report()))
    assert [one.name for one in found] == ["1.xml"]
    assert READER.read(found[0]).value.document.metadata.identifier == "1"


def test_an_article_that_is_too_large_stops_no_other() -> None:
    data = (SAMPLES / "wxr/site.xml").read_bytes().replace(b"One.", b"x" * 40_000_000)
    sizes = [len(one.data) for one in items(data, 1000_000)]
    assert sizes[0] > 1_000_000
    assert max(sizes[1:]) < 10_000


def test_a_file_that_breaks_off_gives_what_is_whole() -> None:
    data = (SAMPLES / "wxr/site.xml").read_bytes()
    found = READER.items(io.BytesIO(data[: len(data) // 2]), Source(b"", "site.xml"), 100_000, Report())
    assert [next(found).name for _ in range(3)] == ["same.xml", "Draft.xml", "gone__trashed.xml"]
    with pytest.raises(InputError, match="breaks off"):
        list(found)


def test_control_characters_and_other_encodings() -> None:
    data = (SAMPLES / "wxr/site.xml").read_bytes().replace(b"One.", b"On\x08e\x0b. caf\xc3\xa9 &amp;nbsp;")
    assert "café" in READER.read(items(data)[0]).value.text
    latin = data.decode().replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').encode("latin-1", "replace")
    assert "café" in READER.read(items(latin)[0]).value.text
    wide = data.decode().encode("utf-16")
    assert "café" in READER.read(items(wide)[0]).value.text
    wrong = data.decode().encode("latin-1", "replace")  # says UTF-8 and is not
    assert "café" in READER.read(items(wrong)[0]).value.text


@pytest.mark.parametrize("name", ["wxr/classic.xml", "wxr/blocks.xml", "wxr/site.xml"])
def test_feedparser_reads_the_samples_alike(name: str) -> None:
    feedparser = pytest.importorskip("feedparser")
    theirs = feedparser.parse((SAMPLES / name).read_bytes())
    assert not theirs.bozo
    articles = [entry for entry in theirs.entries if entry.get("wp_post_type") not in wxr.NO_ARTICLES]
    ours = [READER.read(one).value.document.metadata for one in items((SAMPLES / name).read_bytes())]
    assert [one.canonical_url for one in ours] == [entry.link for entry in articles]
    assert [letters(one.title) for one in ours] == [letters(fragment(entry.title).text) for entry in articles]


def post(**fields: Any) -> str:
    return json.dumps({"title": {"rendered": "A"}, "content": {"rendered": "<p>x</p>"}, "date_gmt": "x", **fields})


def test_posts_of_the_api() -> None:
    data = f"[{post(slug='a', status='publish')}, {post(slug='a', status='draft')}]".encode()
    found = list(rest.Reader().items(io.BytesIO(data), Source(b"", "posts.json"), 100, Report()))
    assert [one.name for one in found] == ["a.json", "a-2.json"]
    assert [rest.Reader().read(one).value.document.metadata.status for one in found] == ["usable", "withheld"]
    locked = rest.Reader().read(Source(post(content={"rendered": "", "protected": True}).encode()))
    assert locked.value.document.metadata.status == "withheld"


# ------------------------------------------------------------------------------ input that means harm

OPEN = '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def wxr_of(content: str, more: str = "") -> str:
    return f"{OPEN}<item><title>a</title><content:encoded><![CDATA[{content}]]></content:encoded>{more}</item></channel></rss>"


HOSTILE = {
    "entities": lambda: f'<!DOCTYPE rss [<!ENTITY e0 "x">{BOMB}]>{wxr_of("a").replace("<title>a", "<title>&e9;")}',
    "external entity": lambda: f'<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>{wxr_of("a")}',
    "parameter entity": lambda: f'<!DOCTYPE rss [<!ENTITY % e SYSTEM "http://127.0.0.1/x"> %e;]>{wxr_of("a")}',
    "external document type": lambda: f'<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd">{wxr_of("a")}',
    "attribute": lambda: wxr_of("a", f'<x a="{"y" * 100_000_000}"/>'),
    "attributes": lambda: wxr_of("a", "<x " + " ".join(f"a{n}='1'" for n in range(300_000)) + "/>"),
    "nested": lambda: OPEN + "<x>" * 1_000_000,
    "cut off": lambda: wxr_of("a")[:-20],
    "cut off in CDATA": lambda: wxr_of("a" * 1000)[:400],
    "no XML": lambda: OPEN + "<<<>>>&&&",
    "no article": lambda: OPEN + "</channel></rss>",
    "no channel": lambda: "<rss></rss>",
    "a long body": lambda: wxr_of("<p>" + "x" * 40_000_000),
    "open shortcodes": lambda: wxr_of("[caption a=1]" * 300_000),
    "open brackets": lambda: wxr_of("[" * 5_000_000),
    "half tags": lambda: wxr_of("<p " * 2_000_000),
    "half blocks": lambda: wxr_of("<!-- wp:a {" * 100_000),
    "empty lines": lambda: wxr_of("\n \n" * 3_000_000),
    "lines": lambda: wxr_of("a\n" * 400_000),
    "addresses": lambda: wxr_of("https://youtu.be/a\n" * 40_000),
    "categories": lambda: wxr_of("a", "<category>x</category>" * 300_000),
    "metadata": lambda: wxr_of("a", "<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value>" + "[" * 100_000 + "</wp:meta_value></wp:postmeta>"),
    "no prefix": lambda: "<rss><channel><wp:item/></channel></rss>",
    "no encoding": lambda: '<?xml version="1.0" encoding="no-such"?>' + wxr_of("é"),
    "damaged": lambda: wxr_of("café" * 5000).encode().replace(b"\xc3", b"\xff", 3),
    "files": lambda: wxr_of('<img src="/etc/passwd"><img src="file:///etc/passwd">'),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_exports_end_soon(name: str) -> None:
    assert outcome(READER, HOSTILE[name]).startswith(("read", "xml.", "html.", "container."))


@pytest.mark.prove
@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_exports_end_within_1_gib(name: str) -> None:
    bounded_outcome(__name__, name)


@pytest.mark.parametrize("name", ["entities", "external entity", "parameter entity"])
def test_entities_are_refused(name: str) -> None:
    assert outcome(READER, HOSTILE[name]) == "xml.entity"
