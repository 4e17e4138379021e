"""XHTML: what each node becomes, that nothing breaks out of its place, and that it is both XML and HTML."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from msgspec import structs

from convert.tree import Author, Document, Metadata, Note, NoteReference, Paragraph, Text
from convert.tree import nodes as n
from convert.tree.check import faults
from convert.tree.text import block_text, letters
from convert.tree.walk import walk
from convert.world import Assets
from convert.writers.base import Options
from convert.writers.css import stylesheet
from convert.writers.xhtml import Writer
from convert.writers.xhtml.article import direction_of
from convert.writers.xhtml.markup import language_tag
from tests.goldens import Case, Golden, cases, params
from tests.strategies import documents
from tests.writers.help import OPTIONS, article, document, theme, words
from tests.writers.rich import rich_assets, rich_document

GOLDENS = Path(__file__).parent.parent / "golden" / "xhtml"
HTML = "{http://www.w3.org/1999/xhtml}"
PRESS = Writer(theme(), OPTIONS)
NASTY = "</script></title></style><b>&\"'&amp; ]]> <!-- --> \u2028 \x07"


def render(made: Document, assets: Assets | None = None, options: Options = OPTIONS) -> str:
    return Writer(theme(), options).render(made, assets or {}, "stem").value.data.decode()


def parse(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


@pytest.mark.parametrize("case", params(GOLDENS))
def test_a_tree_becomes_this_markup(case: Case, golden: Golden) -> None:
    golden(case, article(document(case.given)).markup)


def test_every_node_stands_in_a_golden() -> None:
    seen = {
        type(node) for file in GOLDENS.glob("*.md") for case in cases(file) for node in walk(document(case.given))
    }  # fmt: skip
    assert {*n.BLOCKS, *n.INLINES, n.Note, n.Row, n.Cell, n.ListItem, n.Definition} - seen == set()


def test_the_rich_document_has_every_node_and_no_fault() -> None:
    made = rich_document()
    assert faults(made) == []
    assert set(n.BLOCKS) | set(n.INLINES) <= {type(node) for node in walk(made)}


def test_the_whole_file_is_xml_and_html_with_the_same_elements() -> None:
    text = render(rich_document(), rich_assets())
    names = [element.tag.removeprefix(HTML) for element in parse(text).iter() if isinstance(element.tag, str)]
    seen: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            seen.append(tag)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            assert tag in {"meta", "br", "hr", "img", "col", "link"}, tag
            seen.append(tag)

    Parser().feed(text)
    assert seen == names


def test_ids_are_names_that_stand_once_and_links_lead_to_them() -> None:
    root = parse(render(rich_document(), rich_assets()))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in ids)
    targets = [a.get("href")[1:] for a in root.iter(f"{HTML}a") if a.get("href").startswith("#")]
    assert targets
    assert set(targets) <= set(ids)


def test_a_note_called_several_times_has_a_way_back_to_each() -> None:
    root = parse(render(rich_document(), rich_assets()))
    note = next(li for li in root.iter(f"{HTML}li") if li.get("id") == "note-1")
    assert [a.get("href") for a in note.iter(f"{HTML}a") if a.get("role") == "doc-backlink"] == ["#ref-1", "#ref-1-2"]


def test_an_id_of_the_tree_does_not_clash_with_one_of_ours() -> None:
    made = Document(
        blocks=(
            Paragraph((Text("a"), NoteReference("x")), attrs=n.Attrs("note-1")),
            Paragraph((Text("b"),), attrs=n.Attrs("ref-1")),
        ),
        notes=(Note("x", (Paragraph((Text("c"),)),)),),
    )
    ids = [e.get("id") for e in parse(render(made)).iter() if e.get("id")]
    assert sorted(ids) == ["note-1", "note-1-2", "ref-1", "ref-1-2"]


def test_words_cannot_break_out_of_their_place() -> None:
    metadata = Metadata(
        title=NASTY, deck=NASTY, authors=(Author(NASTY, NASTY, NASTY, NASTY),), publisher=NASTY, section=NASTY,
        language=NASTY, keywords=(NASTY,), description=NASTY, rights=NASTY, identifier=NASTY, canonical_url=NASTY,
        dateline=NASTY,
    )  # fmt: skip
    blocks = (
        Paragraph((Text(NASTY),), attrs=n.Attrs(NASTY, NASTY)),
        n.CodeBlock(NASTY, NASTY),
        n.Embed(NASTY, NASTY, NASTY, NASTY),
    )
    text = render(Document(metadata, blocks))
    root = parse(text)
    assert [element.tag for element in root.iter(f"{HTML}b")] == []
    shown = NASTY.replace("\x07", "")
    assert root.find(f".//{HTML}title").text == shown
    facts = json.loads(root.find(f".//{HTML}script").text)
    assert facts["headline"].replace("\x07", "") == shown
    assert facts["author"][0]["name"].replace("\x07", "") == shown
    assert text.count("</script>") == 1
    assert "]]>" not in root.find(f".//{HTML}script").text


def test_the_news_article_says_what_the_metadata_says() -> None:
    facts = json.loads(parse(render(rich_document(), rich_assets())).find(f".//{HTML}script").text)
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == "A Port Too Small for Its Harvest"
    assert [author["name"] for author in facts["author"]] == ["Elena Marinova", "Tom Ashby"]
    assert facts["datePublished"] == "2026-11-24T04:30:00Z"
    assert facts["correction"][0]["text"].startswith("An earlier version")
    assert facts["publisher"]["name"] == "The Coast Gazette"
    assert facts["inLanguage"] == "en"


def test_the_editors_note_is_never_published() -> None:
    assert "Hold the second picture" not in render(rich_document(), rich_assets())


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "//x", "http:", "https://[", "foo"]
)  # fmt: skip
def test_only_harmless_addresses_are_links(href: str) -> None:
    made = Document(blocks=(Paragraph((n.Link((Text("words"),), href),)),))
    result = Writer(theme(), OPTIONS).render(made, {}, "stem")
    assert [m.code for m in result.report.messages] == ["link.scheme"]
    assert result.report.worst() == "loss"
    root = parse(result.value.data.decode())
    assert not list(root.iter(f"{HTML}a"))
    assert "words" in "".join(root.find(f"{HTML}body").itertext())


def test_a_link_within_a_link_is_a_loss() -> None:
    inner = n.Link((Text("in"),), "https://example.com/b")
    made = Document(blocks=(Paragraph((n.Link((Text("out"), inner), "https://example.com/a"),)),))
    messages = PRESS.render(made, {}, "stem").report.messages
    assert [(m.code, m.severity, m.where) for m in messages] == [("link.nested", "loss", "https://example.com/b")]


@pytest.mark.parametrize("href", ["https://example.com/", "HTTP://example.com", "mailto:a@b.example", "tel:+359"])
def test_web_mail_and_telephone_are_links(href: str) -> None:
    made = Document(blocks=(Paragraph((n.Link((Text("words"),), href),)),))
    root = parse(render(made))
    assert [a.get("href") for a in root.iter(f"{HTML}a")] == [href]


def test_a_missing_picture_is_a_loss_that_is_named() -> None:
    result = Writer(theme(), OPTIONS).render(rich_document(), rich_assets(), "stem")
    assert [(m.code, m.severity, m.where) for m in result.report.messages] == [
        ("picture.missing", "loss", "picture lost")
    ]
    assert "A map of the harbour with its two basins" in result.value.data.decode()


def test_what_the_writer_adds_is_declared() -> None:
    made = Writer(theme(), OPTIONS).render(rich_document(), rich_assets(), "stem").value
    assert {"4.", "☑", "☐", "↑", "↑2", "Correction", "Notes", "By", "Picture", "VideoTube", "24 November 2026"} <= set(
        made.declared
    )


@pytest.mark.parametrize(
    ("language", "direction", "expected"),
    [("ar", None, "rtl"), ("he-IL", None, "rtl"), ("en", None, "ltr"), ("en", "rtl", "rtl"), ("", None, "ltr"), ("ar", "ltr", "ltr")],
)  # fmt: skip
def test_the_direction_follows_the_language(language: str, direction: str | None, expected: str) -> None:
    assert direction_of(Document(Metadata(language=language, direction=direction))) == expected  # type: ignore[arg-type]


def test_a_page_from_right_to_left_is_dressed_for_it() -> None:
    arabic = render(Document(Metadata(title="ميناء", language="ar")))
    assert 'lang="ar" dir="rtl"' in arabic
    assert stylesheet(theme(), "screen", "rtl") in arabic
    assert stylesheet(theme(), "screen") in render(words("x"))


@pytest.mark.parametrize(
    ("tag", "good"),
    [("en", True), ("pt-BR", True), ("zh-Hant-TW", True), ("de-1996", True), ("en-x-desk", True), ("x", False),
     ("english words", False), ("en_GB", False), ("", False), ("e" * 9, False)],
)  # fmt: skip
def test_a_language_tag_is_well_formed_or_left_out(tag: str, good: bool) -> None:
    assert (language_tag(tag) is not None) is good


def test_one_press_serves_many_threads() -> None:
    press = Writer(theme(), OPTIONS)
    articles = [words(f"Words {k}") for k in range(8)]
    found: dict[int, bytes] = {}

    def run(k: int) -> None:
        for _ in range(5):
            found[k] = press.render(articles[k], {}, "stem").value.data

    threads = [threading.Thread(target=run, args=(k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"Words {k}<".encode() in found[k] for k in range(8))


PROGRAM = """
import hashlib, importlib, sys
from tests.writers.help import OPTIONS, theme
from tests.writers.rich import rich_assets, rich_document
press = importlib.import_module("convert.writers." + sys.argv[1]).Writer(theme(), OPTIONS)
print(hashlib.sha256(press.render(rich_document(), rich_assets(), "stem").value.data).hexdigest())
"""


@pytest.mark.parametrize("name", ["xhtml", "epub", "pdf"])
def test_two_processes_make_the_same_bytes(name: str) -> None:
    root = Path(__file__).parent.parent.parent
    digests = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, name], capture_output=True, text=True, env=environment, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_listing_the_formats_loads_nothing_heavy() -> None:
    program = (
        "import sys, convert.writers.xhtml, convert.writers.epub, convert.writers.pdf\n"
        "print([m for m in ('weasyprint', 'PIL', 'lxml', 'fontTools', 'babel', 'docx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert done.stdout.strip() == "[]"


def test_a_theme_that_hides_notes_and_corrections_loses_none() -> None:
    bare = structs.replace(theme(), show=("headline",))
    text = Writer(bare, OPTIONS).render(rich_document(), rich_assets(), "stem").value.data.decode()
    assert 'id="note-1"' in text
    assert "It is eleven" in text
    assert "The lorries begin" in text


def test_the_text_is_the_trees_and_what_is_declared() -> None:
    """Letter for letter; the numbers of lists stand in the tree's text and are drawn by the browser."""
    made = Writer(theme(), OPTIONS).render(rich_document(), rich_assets(), "stem").value
    body = parse(made.data.decode()).find(f"{HTML}body")
    assert body is not None
    shown = "".join(body.itertext()) + "".join(image.get("alt") for image in body.iter(f"{HTML}img"))
    assert Counter(letters(shown)) == Counter(letters(tree_text() + "".join(unnumbered(made.declared))))


def tree_text() -> str:
    """What the rich document prints that is its own, but for the numbers of its lists."""
    document = rich_document()
    metadata = document.metadata
    people = "".join(author.name + author.bio for author in metadata.authors)
    whole = metadata.title + metadata.deck + metadata.section + metadata.dateline + people
    blocks = "".join(block_text(block) for block in (*document.blocks, *document.notes))
    return whole + re.sub(r"\b[456]\. (?=Weigh|Sample|Tip)", "", blocks)


def unnumbered(declared: tuple[str, ...]) -> list[str]:
    return [word for word in declared if not re.fullmatch(r"\d+\.", word)]


@pytest.mark.parametrize("made", [Document(), words("x"), Document(Metadata(deck="d"), words("x").blocks)])
def test_an_article_without_a_title_has_no_empty_heading(made: Document) -> None:
    root = parse(render(made))
    assert not list(root.iter(f"{HTML}h1"))
    assert root.find(f".//{HTML}title").text == "stem"
    assert json.loads(root.find(f".//{HTML}script").text)["headline"] == "stem"


def test_letters_are_composed_as_the_web_has_them() -> None:
    loose = "cafe\u0301 \u0338<"
    made = Document(Metadata(title=loose, language="en"), (Paragraph((Text(loose), n.Image("dot", loose))),))
    text = render(made, rich_assets())
    assert "e\u0301" not in text
    assert text.count("café") == 5  # title, headline, text, alternative text, JSON-LD
    assert parse(text) is not None


def test_a_row_in_which_no_cell_begins_is_none() -> None:
    tall = n.Cell(words("a").blocks, rowspan=3)
    table = n.Table((n.Column(),) * 2, (), (n.Row((tall, tall)), n.Row(()), n.Row(())))
    mixed = n.Table(
        (n.Column(),) * 2, (),
        (n.Row((tall, n.Cell(rowspan=2))), n.Row(()), n.Row((n.Cell(words("b").blocks),))),
    )  # fmt: skip
    root = parse(render(Document(blocks=(table, mixed))))
    rows = [[cell.get("rowspan") for cell in row] for row in root.iter(f"{HTML}tr")]
    assert rows == [[None, None], ["2", None], [None]]


def test_a_heading_that_goes_below_with_a_correction_leaves_no_gap() -> None:
    first, second = n.Heading(1, (Text("one"),)), n.Heading(2, (Text("two"),))
    made = Document(Metadata(title="t"), (n.Correction((first,)), second, n.Heading(1, (Text("three"),)), second))
    root = parse(render(made))
    names = [one.tag.removeprefix(HTML) for one in root.iter() if re.fullmatch(f"{HTML}h[1-6]", str(one.tag))]
    assert names == ["h1", "h2", "h2", "h3", "h2"]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_tree_is_well_formed_and_its_links_lead_somewhere(made: Document) -> None:
    root = parse(PRESS.render(made, rich_assets(), "stem").value.data.decode())
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    inner = {a.get("href")[1:] for a in root.iter(f"{HTML}a") if a.get("href").startswith("#")}
    assert inner <= set(ids)
    assert not root.findall(f".//{HTML}a//{HTML}a")
