"""The HTML reader: its constructs as goldens, encodings, metadata, real pages, and input that means harm."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from convert.cleaning import clean
from convert.errors import CopydeskError
from convert.readers.base import Reading
from convert.readers.html import Reader
from convert.readers.html.metadata import facts_of
from convert.report import Report, Result
from convert.tree import Correction, Metadata, Paragraph
from convert.tree.check import faults
from convert.tree.text import block_text, document_letters, letters, nfc
from convert.tree.walk import MAX_DEPTH, depth, find, plain_text
from convert.world import Source
from tests.goldens import Case, Golden, params
from tests.readers.help import shown

GOLDENS = Path(__file__).parent.parent / "golden" / "html"


def read(page: str | bytes) -> Result[Reading]:
    return Reader().read(Source(page if isinstance(page, bytes) else page.encode(), "article.html"))


def proves(result: Result[Reading]) -> bool:
    """Whether tree and reading text have the same letters, in order."""
    return nfc(letters(result.value.text)) == nfc(document_letters(result.value.document))


@pytest.mark.parametrize("case", params(GOLDENS))
def test_html_is_read_as_a_tree(case: Case, golden: Golden) -> None:
    result = read(case.given)
    assert proves(result)
    assert depth(result.value.document) <= MAX_DEPTH
    golden(case, shown(result))


@pytest.mark.parametrize(("head", "sureness"), [
    (b"<!DOCTYPE html><p>a", 3),
    (b"\xef\xbb\xbf\n<!-- saved --> <HTML lang=en>", 3),
    (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", 3),
    ("<!doctype html>".encode("utf-16"), 3),
    (b"<p class=x>A fragment", 2),
    (b"<!-- wp:paragraph --><p>A block</p>", 2),
    (b"Some <b>bold</b> text", 1),
    (b"Plain text with a < b", 0),
    (b"<?xml version='1.0'?><rss/>", 0),
    (b"{}", 0),
])  # fmt: skip
def test_how_surely_a_text_is_html(head: bytes, sureness: int) -> None:
    assert Reader().sniff(head) == sureness


@pytest.mark.parametrize(("encoding", "declared", "words"), [
    ("utf-8", "", "Zoë — 東京"),
    ("utf-16", "", "Zoë — 東京"),
    ("utf-8", "iso-8859-1", "Zoë — 東京"),  # bytes that are UTF-8 are so, whatever the page says
    ("cp1252", "iso-8859-1", "Zoë – “quoted”"),
    ("cp1251", "windows-1251", "Слова статьи"),
    ("cp932", "Shift_JIS", "東京の記事"),
    ("gb18030", "gb2312", "文章的内容"),
    ("iso2022_jp", "iso-2022-jp", "東京の記事"),
    ("cp949", "euc-kr", "기사의 본문"),
    ("cp1252", "no-such", "Zoë est très élégante à Orléans"),
])  # fmt: skip
def test_the_encoding_of_a_page(encoding: str, declared: str, words: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<!doctype html><html><head>{meta}<title>x</title></head><body><p>{words}</p></body></html>"
    assert words in read(page.encode(encoding)).value.text


@pytest.mark.parametrize(("head", "body", "field", "value"), [
    ("<title>A story | Example News</title>", "<h1>A story</h1>", "title", "A story"),
    ("<title>Example News: front</title><meta property='og:title' content='A story'>", "", "title", "A story"),
    ("<title>A story of two towns - Example</title>", "<h1>Example</h1><h1>A story of two towns</h1>", "title",
     "A story of two towns"),
    ("<meta name=author content='By ANN LEE and Bo Diaz, Staff Writers'>", "", "authors", ["Ann Lee", "Bo Diaz"]),
    ("<meta property='article:author' content='https://facebook.com/ann'>", "<p class=byline>By Ann Lee</p>", "authors",
     ["Ann Lee"]),
    ("<meta name=author content='Example Newsroom'>", "<a rel=author>Ann Lee</a>", "authors", ["Ann Lee"]),
    ("<meta name=author content='Example Newsroom'>", "", "authors", ["Example Newsroom"]),
    ('<script type="application/ld+json">{"@graph":[{"@type":"Person","@id":"#a","name":"Ann Lee"},'
     '{"@type":"Article","headline":"x","author":{"@id":"#a"}}]}</script>', "", "authors", ["Ann Lee"]),
    ("<meta property='article:published_time' content='2026-11-24T23:30:00-0500'>", "", "published",
     "2026-11-24T23:30:00-05:00"),
    ("", "<time datetime='2026-11-24 08:15'>x</time>", "published", "2026-11-24T08:15:00"),
    ("", "<span class=date>24. November 2026</span>", "published", "2026-11-24"),
    ("", "<span class=date>le 3 août 2026</span>", "published", "2026-08-03"),
    ("<meta property='og:url' content='https://example.org/2026/11/24/story'>", "", "published", "2026-11-24"),
    ("<meta name=news_keywords content='a, b ,a'>", "", "keywords", ["a", "b"]),
    ("<meta property='og:locale' content='pt_BR'>", "", "language", "pt-BR"),
    ("<link rel=canonical href='https://example.org/story'>", "", "canonical_url", "https://example.org/story"),
])  # fmt: skip
def test_metadata_of_a_page(head: str, body: str, field: str, value: object) -> None:
    metadata = facts_of(LexborHTMLParser(f"<!doctype html><head>{head}</head><body>{body}<p>Words.</p>")).metadata
    found = getattr(metadata, field)
    assert (
        [author.name for author in found] if field == "authors" else list(found) if field == "keywords" else found
    ) == value


def test_a_reader_loses_no_word_of_the_page() -> None:
    """All text nodes but those that no reader sees are in the tree, counted without the reader's own walk."""
    page = "<nav>Menu</nav><p>One <b>two</b></p><form>Three <input value=x></form><table><tr><td>Four<td>Five</table>"
    found = Counter(letters(document_letters(read(f"<html><body>{page}</body></html>").value.document)))
    assert found == Counter("MenuOnetwoThreeFourFive")


def test_refused_furniture_becomes_body_text() -> None:
    page = "<!doctype html><html><body><nav>Home World</nav><p>Words of the article.</p></body></html>"

    def cleaned(*refuse: str) -> tuple[list[str], Report]:
        result = read(page)
        document = clean(result.value.document, result.value.text, result.report, flat=False, refuse=refuse)
        assert {paragraph.role for paragraph in find(document, Paragraph)} == {"body"}
        return [paragraph.content[0].value for paragraph in find(document, Paragraph)], result.report  # type: ignore[union-attr]

    words, report = cleaned()
    assert words == ["Words of the article."]
    (change,) = [change for change in report.changes if change.step == "page"]
    assert cleaned(change.id)[0] == ["Home World", "Words of the article."]


def test_an_article_that_waits_hidden_for_a_script_is_read() -> None:
    words = "Words of the article. " * 200
    document = read(
        f"<html><body><nav>Menu</nav><div style='display:none'><p>{words}</p></div></body></html>"
    ).value.document
    assert [paragraph.role for paragraph in find(document, Paragraph)] == ["furniture", "body"]


# -------------------------------------------------------------------------------- real pages


def pages(shared: Path) -> Iterator[tuple[str, str]]:
    """Every page of the benchmark, by its name."""
    for name in ("html_other", "b_extract", "b_snip_html"):
        with gzip.open(shared / "bench" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                yield item["page"], item["html"]


def converts(name: str, page: str) -> None:
    result = read(page)
    assert proves(result), name
    document = clean(result.value.document, result.value.text, result.report, flat=False)
    assert faults(document) == [], name


def test_real_pages_convert_and_prove(shared: Path) -> None:
    for number, (name, page) in enumerate(pages(shared)):
        if number % 12 == 0:
            converts(name, page)


@pytest.mark.prove
def test_all_real_pages_convert_and_prove(shared: Path) -> None:
    for name, page in pages(shared):
        converts(name, page)


# ------------------------------------------------------------------------------ hostile pages

N = 100_000
HOSTILE: dict[str, Callable[[], str]] = {
    "nested": lambda: "<div>" * N + "x",
    "nested and closed": lambda: "<div>" * N + "x" + "</div>" * N,
    "nested marks": lambda: "<b>" * N + "x",
    "nested quotes": lambda: "<blockquote>" * N + "x",
    "nested lists": lambda: "<ul><li>" * N + "x",
    "nested tables": lambda: "<table><tr><td>" * N + "x",
    "nested figures": lambda: "<figure><figcaption>" * N + "x",
    "attributes": lambda: "<p " + " ".join(f"a{number}=1" for number in range(1_000_000)) + ">x",
    "a long attribute": lambda: f'<p class="{"caption " * 500_000}" style="{"x" * 4_000_000}">x',
    "a long address": lambda: f'<a href="{"/" * 4_000_000}">x</a><img src="{"x " * 1_000_000}" srcset="{"a 1w, " * 600_000}">',
    "unclosed": lambda: "<p><b><table><tr><td><ul><li><a href=x>" * (N // 5),
    "open marks": lambda: "".join(f"<font size={number}>" for number in range(400)) + "<p>x" * 20_000,
    "null bytes": lambda: "<p>a</p>" + "x" * 70_000 + "\0" * 1_000_000,
    "huge spans": lambda: "<table>" + "<tr><td colspan=99999999 rowspan=65534>x<td>y" * 3_000 + "</table>",
    "rows": lambda: "<table>" + "<tr><td>a<td>b" * N + "</table>",
    "signs": lambda: "<" * 5_000_000,
    "quotes in tags": lambda: "<a b='\"" * 1_000_000,
    "comments": lambda: "<!--" * 3_000_000,
    "scripts": lambda: "<script>" * 500_000,
    "broken json": lambda: '<script type="application/ld+json">' + "[" * 500_000 + "</script><p>x",
    "json": lambda: '<script type="application/ld+json">' + '{"@graph":[' * 20_000 + "</script><p>x",
    "notes": lambda: "<sup><a href=#n>1</a></sup>" * 20_000 + "<ol><li id=n>Note</ol>",
    "ids": lambda: "".join(f"<sup><a href=#n{number}>1</a></sup>" for number in range(5_000))
    + "".join(f"<p id=n{number}>Note {number}</p>" for number in range(5_000)),
    "breaks": lambda: "<p>" + "x<br>" * 300_000,
    "pictures": lambda: "<p><img src=a.jpg alt=a>" * 30_000,
    "headings": lambda: "<h1>Title</h1>" * 50_000,
    "bylines": lambda: "<p class=byline>By Ann Lee</p><time>x</time>" * 30_000,
    "furniture": lambda: "<html><body>" + "<p><button>x</button>y" * 50_000,
    "just few enough tags": lambda: "<html><body>" + "<figure><figcaption class=caption>x" * 1_990,
    "just few enough attributes": lambda: ("<p " + " ".join(f"{number:x}" for number in range(1_990)) + ">x") * 100,
    "attributes behind a value with a sign": lambda: (
        "<p>" + "x" * 60_000 + '="><p a="><p>" ' + " ".join(f"a{number}" for number in range(120_000)) + ">x"
    ),
    "titles": lambda: "<title>" + " - ".join("ab" * 50_000) + "</title><p>x",
}  # fmt: skip
QUICK = (
    "nested",
    "attributes",
    "attributes behind a value with a sign",
    "just few enough tags",
    "null bytes",
    "huge spans",
    "open marks",
)


def ends(name: str) -> str:
    """What becomes of a hostile page, and that it takes no more than 10 seconds."""
    page = HOSTILE[name]()
    began = time.process_time()
    try:
        result = read(page)
        proved = proves(result)
        clean(result.value.document, result.value.text, result.report, flat=False)
        said = "read" if proved and depth(result.value.document) <= MAX_DEPTH else "not proved"
    except CopydeskError as error:
        said = error.code
    taken = time.process_time() - began
    assert taken < 10, f"{name}: {taken:.1f} s"
    return f"{said} {taken:.2f} s {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB"


@pytest.mark.parametrize("name", QUICK)
def test_hostile_pages_end_soon(name: str) -> None:
    assert not ends(name).startswith("not proved")


@pytest.mark.prove
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_within_10_seconds_and_1_gib(name: str) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))"
    code = f"{limit}; from tests.readers.test_html import ends; print(ends({name!r}))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[2]
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert not ran.stdout.startswith("not proved"), ran.stdout


def test_an_empty_page_is_an_empty_article() -> None:
    document = read("<!doctype html><html><head></head><body></body></html>").value.document
    assert document.blocks == ()
    assert document.metadata == Metadata()


@pytest.mark.parametrize(("tags", "embargo", "status"), [
    ('<meta name="embargo" content="2099-01-01">', "2099-01-01", "usable"),
    ('<meta name="Embargo" content="2098-01-01"><meta property="prism.embargoDate" content="2099-01-01">', "2099-01-01", "usable"),
    ('<meta name="embargo" content="soon"><meta name="embargo" content="2099-01-01">', "soon", "usable"),
    ('<meta name="pubstatus" content="canceled">', "", "canceled"), ('<meta name="pubstatus" content="stat:usable">', "", "usable"),
    ('<meta name="pubstatus" content="usable"><meta name="pubstatus" content="whatever">', "", "withheld"),
    ('<meta name="pubstatus" content="embargoed">', "", "withheld"), ('<meta name="status" content="draft">', "", "usable"),
])  # fmt: skip
def test_a_page_that_must_not_be_published_says_so(tags: str, embargo: str, status: str) -> None:
    html = f"<html><head>{tags}</head><body><p>Words.</p></body></html>"
    metadata = Reader().read(Source(html.encode(), "page")).value.document.metadata
    assert (metadata.embargo, metadata.status) == (embargo, status)


@pytest.mark.parametrize("name", ["not-for-publication", "box NPA wide", "not_for_publication"])
@pytest.mark.parametrize("page", ["<html><body><article>{}</article></body></html>", "{}"])
def test_what_is_marked_for_the_desk_is_not_read(name: str, page: str) -> None:
    inner = f"<p>Words.</p><div class='{name}'><p>Call <b class='{name}'>SECRET</b>.</p></div><p>More <span class='{name}'>SECRET</span>words.</p>"
    made = Reader().read(Source(page.format(inner).encode(), "page"))
    assert "SECRET" not in made.value.text
    assert [block_text(block).strip() for block in made.value.document.blocks] == ["Words.", "More words."]
    assert "desk.not-for-publication" in [message.code for message in made.report.messages]
    assert "SECRET" in Reader().read(Source(f"<body class='{name}'><p>SECRET".encode(), "page")).value.text


def test_json_ld_tells_of_corrections_and_whose_the_picture_is() -> None:
    said = (
        '{"@type":"NewsArticle","headline":"Bridge","correction":{"@type":"CorrectionComment","text":"The year was wrong.",'
        '"datePublished":"2026-05-02"},"image":{"@type":"ImageObject","url":"https://x.example/ramp.jpg","caption":'
        '"The ramp","copyrightHolder":{"@type":"Organization","name":"Our Paper"}}}'
    )
    html = f"<html><head><script type='application/ld+json'>{said}</script></head><body><p>Words.</p></body></html>"
    document = Reader().read(Source(html.encode(), "page")).value.document
    (correction,) = find(document, Correction)
    assert (correction.date, plain_text(correction.blocks[0].content)) == ("2026-05-02", "The year was wrong.")  # type: ignore[union-attr]
    asset = document.assets[document.metadata.lead_image]
    assert (asset.holder, asset.caption) == ("Our Paper", "The ramp")
    page = html.replace("<p>Words.", "<p>Words.</p><p>Correction: The year was wrong.")
    assert not list(find(Reader().read(Source(page.encode(), "page")).value.document, Correction))
