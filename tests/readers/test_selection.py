"""What of a web page is read as its article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from convert.readers.html import Reader, selection
from convert.readers.html.selection import odds
from convert.readers.html.selection.glance import GLANCE, glance
from convert.readers.html.selection.piece_facts import FACTS, facts
from convert.readers.html.selection.pieces import scan
from convert.tree import Figure, Heading, Paragraph, Table
from convert.tree.walk import find, plain_text
from convert.world import Source

FERRY = [
    "The ferry between Holm and the mainland will run every half hour from the first of May, the county said on Monday.",
    "It has been out of service since a storm tore the ramp from its hinges in January, and islanders have had to take "
    "the long way round by the old bridge.",
    "“We have waited four months for this,” said Berit Dahl, who keeps the shop at the landing. “My shelves were empty.”",
    "The new ramp cost 2.4 million kroner, a third more than planned. The county pays two thirds of it, the ferry line "
    "the rest.",
]
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry to Holm is back - Fjord Courier</title></head><body>
<header class="site-header"><a href="/">Fjord Courier</a>
<nav class="main-nav"><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/tide">Tides</a></li></ul></nav></header>
<main><article class="article"><h1>Ferry to Holm is back</h1>
<div class="byline">By <a href="/staff/nils">Nils Aas</a></div>
<figure><img src="ramp.jpg" alt="The ramp"><figcaption>The new ramp on Sunday. <span class="credit">Photo: Ida Lie</span></figcaption></figure>
<div class="share-bar"><a href="#">Share</a> <a href="#">Tweet</a> <a href="#">Mail</a></div>
<div class="article-body"><p>{FERRY[0]}</p><p>{FERRY[1]}</p>
<h2>Shelves were empty</h2><p>{FERRY[2]}</p>
<table><tr><th>Day</th><th>First</th><th>Last</th></tr><tr><td>Weekdays</td><td>5.30</td><td>23.00</td></tr></table>
<div class="newsletter-signup"><h3>Get the morning letter</h3><p>Sign up and have the news of the fjord by seven.</p><form><input><button>Sign up</button></form></div>
<p>{FERRY[3]}</p></div></article>
<aside class="related-articles"><h3>More from the islands</h3><ul><li><a href="/a">School on Holm gets a new roof</a></li>
<li><a href="/b">Seals return to the sound</a></li><li><a href="/c">Shop at the landing for sale</a></li></ul></aside>
<section class="comments" id="comments"><h3>Comments</h3><div class="comment"><b>Olav</b> <time>2 hours ago</time><p>High time. I have driven round for months now.</p></div></section></main>
<footer class="site-footer"><p>© Fjord Courier. All rights reserved.</p><a href="/privacy">Privacy</a> <a href="/contact">Contact</a></footer></body></html>"""


def read(html: str) -> tuple[str, str]:
    """The article's words, and those of what is not of it."""
    document = Reader().read(Source(html.encode(), "page", None)).value.document
    paragraphs = list(find(document, Paragraph))
    furniture = [plain_text(p.content) for p in paragraphs if p.role == "furniture"]
    rest = [plain_text(p.content) for p in paragraphs if p.role != "furniture"]
    rest += [plain_text(h.content) for h in find(document, Heading)]
    return "\n".join(rest), "\n".join(furniture)


def test_of_a_page_the_article_is_kept_and_what_stands_around_it_is_not() -> None:
    article, furniture = read(PAGE)
    for words in (*FERRY, "Shelves were empty", "Weekdays", "23.00"):
        assert words in article
    for words in (
        "Sport",
        "Tides",
        "Sign up and have",
        "School on Holm",
        "Seals return",
        "I have driven",
        "All rights",
    ):
        assert words not in article
        assert words in furniture


def test_caption_and_credit_stay_with_their_picture() -> None:
    document = Reader().read(Source(PAGE.encode(), "page", None)).value.document
    (figure,) = find(document, Figure)
    assert plain_text(figure.caption) == "The new ramp on Sunday."
    assert plain_text(figure.credit) == "Photo: Ida Lie"
    (table,) = find(document, Table)
    assert len(table.head) + len(table.body) == 2


def test_captions_of_teasers_go_with_them() -> None:
    card = "<figure><img src='x.jpg'><figcaption>A seal</figcaption></figure><h4><a href='/b'>Seals return</a></h4>"
    article, _ = read(PAGE.replace('<ul><li><a href="/a">', f"<div class='card'>{card}</div><ul><li><a href=\"/a\">"))
    assert "A seal" not in article


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><h1>Minutes</h1><p>Present: A. Berg</p><h2>Decisions</h2><ol><li>Pay the dredger</li></ol>"
        "<dl><dt>Quorum</dt><dd>Five</dd></dl><pre>a = 1</pre></body></html>",
        "<html><body><nav><a href='/'>Home</a></nav><h1>Minutes</h1><p>Present: A. Berg</p><h2>Decisions</h2>"
        "<ol><li>Pay the dredger</li><li>Close the quay</li></ol><p>Next: 4 May</p></body></html>",
    ],
)
def test_a_plain_document_is_kept_whole(html: str) -> None:
    article, furniture = read(html)
    assert "Present: A. Berg" in article
    assert "Pay the dredger" in article
    assert furniture.removeprefix("Home").strip() in ("", "Minutes")  # the title, which the metadata holds


LONG = f"<p>{FERRY[1]}</p>"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"{LONG}<p>Yes.</p>", ["Yes."]),
        (f"{LONG}<p>“It is done,” she said.</p>", ["It is done"]),
        ("<p>The bridge is closed.</p><p>Use the tunnel.</p><p>It opens at noon.</p>", ["closed", "tunnel", "noon"]),
        (
            f"{LONG}<h2>Ingredients</h2><ul><li>Flour</li><li>Two eggs</li></ul><h2>Method</h2><ol><li>Mix</li><li>Bake"
            "</li></ol>",
            ["Ingredients", "Flour", "Two eggs", "Method", "Bake"],
        ),
        (
            "<p>港の橋は火曜日に再開した。</p><h2>今後</h2><p>料金は変わらない。</p><p>終わり。</p>",
            ["今後", "料金", "終わり"],
        ),
        (f"{LONG}<ol start='3'><li>One</li><li>Two</li></ol>", ["One", "Two"]),
    ],
)
def test_short_lines_beside_paragraphs_are_of_the_article(body: str, kept: list[str]) -> None:
    around = (
        "<html><head><title>Bridge - Post</title></head><body><header><nav><a href='/'>Home</a> <a href='/n'>News</a>"
        "</nav></header><main><article><h1>Bridge</h1>{}</article></main><aside><h3>More</h3><ul><li><a href='/a'>Storm "
        "closes schools</a></li><li><a href='/b'>Mayor resigns</a></li></ul></aside><footer>© 2024 Post</footer></body>"
    )
    article, furniture = read(around.format(body))
    for words in kept:
        assert words in article
    for words in ("Storm closes schools", "Mayor resigns", "© 2024"):
        assert words in furniture


@pytest.mark.parametrize("html", ["<html><body>", "<html><body><nav><a href='/'>Home</a> <a href='/x'>News</a></nav>"])
def test_a_page_without_an_article_is_no_error(html: str) -> None:
    Reader().read(Source(html.encode(), "page", None))


def test_each_piece_has_every_fact_and_a_chance() -> None:
    page = scan(LexborHTMLParser(PAGE))
    seen = list(glance(page))
    assert {len(row) for row in seen} == {len(GLANCE)}
    assert {len(row) for row in facts(page, seen, range(len(seen)))} == {len(FACTS)}
    found = dict(zip((piece.text for piece in page.pieces), odds.chances(page), strict=True))
    assert found[FERRY[1]] > 0.9
    assert found["© Fjord Courier. All rights reserved."] < 0.1


def test_tables_are_kept_or_dropped_whole() -> None:
    page = scan(LexborHTMLParser("<body><p>Words.</p><table><tr><td>long cell here<td>b</table></body>"))
    kept = selection.likely(page, [0.9, 0.8, 0.1])
    assert kept == [True, True, True]
    assert selection.likely(page, [0.9, 0.1, 0.8]) == [True, False, False]


def test_facts_of_another_version_are_told() -> None:
    stored = Path(odds.__file__).with_name("parts.json").read_text(encoding="utf-8")
    assert [list(GLANCE), list(FACTS)] == [model["facts"] for model in json.loads(stored)]


def test_facts_of_some_pieces_are_as_those_of_all() -> None:
    page = scan(LexborHTMLParser(PAGE))
    seen = list(glance(page))
    every = list(facts(page, seen, range(len(seen))))
    assert list(facts(page, seen, [0, 7, len(seen) - 1])) == [every[0], every[7], every[-1]]
