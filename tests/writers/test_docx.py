"""DOCX: what each node becomes, that the package is whole, and that it is the same on every run."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from lxml import etree
from msgspec import structs

from convert.tree import Author, Document, Metadata, Note, NoteReference, Paragraph, Text, build
from convert.tree import nodes as n
from convert.tree.walk import walk
from convert.writers.base import Options
from convert.writers.docx import Writer
from convert.writers.docx.links import bookmark_name, safe_target
from convert.writers.docx.styles import STYLE_NAMES
from tests.goldens import Case, Golden, cases, params
from tests.writers.help import OPTIONS, document, theme, words
from tests.writers.rich import rich_assets, rich_document
from tests.writers.wordml import W, body, codes, part, parts, render

GOLDENS = Path(__file__).parent.parent / "golden" / "docx"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CONTROL = "a\x00b\x0bc\ufffe"


@pytest.mark.parametrize("case", params(GOLDENS))
def test_a_tree_becomes_this_body(case: Case, golden: Golden) -> None:
    golden(case, body(document(case.given)))


def test_every_node_stands_in_a_golden() -> None:
    seen = {type(node) for file in GOLDENS.glob("*.md") for case in cases(file) for node in walk(document(case.given))}
    assert {*n.BLOCKS, *n.INLINES, n.Note, n.Row, n.Cell, n.ListItem, n.Definition} - seen == set()


# ------------------------------------------------------------------------------------ the package


def test_the_package_names_every_part_and_relates_to_each() -> None:
    found = parts(render(rich_document()))
    assert next(iter(found)) == "[Content_Types].xml"
    types = etree.fromstring(found["[Content_Types].xml"])
    named = {node.get("PartName", "")[1:] for node in types} | {""}
    extensions = {node.get("Extension") for node in types}
    targets = set()
    for name, data in found.items():
        assert name == "[Content_Types].xml" or name in named or name.rsplit(".", 1)[1] in extensions
        if name.endswith(".rels"):
            folder = name.replace("_rels/", "").rsplit("/", 1)[0] + "/" if "/_rels/" in name else ""
            targets |= {
                folder + node.get("Target", "") for node in etree.fromstring(data) if not node.get("TargetMode")
            }
    assert targets == {name for name in found if not name.endswith(".rels")} - {"[Content_Types].xml"}


def test_every_style_number_and_relation_that_is_used_exists() -> None:
    made = render(rich_document())
    styles = {node.get(W + "styleId") for node in part(made, "word/styles.xml").iter(W + "style")}
    numbers = {node.get(W + "numId") for node in part(made, "word/numbering.xml").iter(W + "num")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = part(made, name)
        used = {node.get(W + "val") for tag in ("pStyle", "rStyle", "tblStyle") for node in root.iter(W + tag)}
        assert used <= styles
        assert {node.get(W + "val") for node in root.iter(W + "numId")} <= numbers
        relations = {node.get("Id") for node in part(made, name.replace("word/", "word/_rels/") + ".rels")}
        assert {value for node in root.iter() for key, value in node.attrib.items() if key.startswith(R)} <= relations


def test_bookmarks_pictures_and_footnotes_have_numbers_of_their_own() -> None:
    root = part(render(rich_document()), "word/document.xml")
    for path in ("bookmarkStart", "footnoteReference"):
        ids = [node.get(W + "id") for node in root.iter(W + path)]
        assert len(ids) == len(set(ids)) > 0
    drawings = [node.get("id") for node in root.iter("{*}docPr")]
    assert len(drawings) == len(set(drawings)) == 4


def test_the_same_bytes_come_out_again_and_in_another_process() -> None:
    code = (
        "import hashlib, sys; from tests.writers.wordml import render; from tests.writers.rich import rich_document\n"
        "sys.stdout.write(hashlib.sha256(render(rich_document()).data).hexdigest())"
    )

    def digest(seed: str, zone: str) -> str:
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "PATH": ""}
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert digest("1", "UTC") == digest("2", "Asia/Tokyo") != ""


def test_one_press_serves_many_articles_and_threads() -> None:
    press = Writer(theme(), OPTIONS)
    articles = [rich_document(), words("One."), document('{"metadata": {"language": "ar"}}')] * 4
    alone = [Writer(theme(), OPTIONS).render(made, rich_assets(), "a").value.data for made in articles[:3]] * 4
    together: list[bytes] = [b""] * len(articles)

    def work(number: int) -> None:
        together[number] = press.render(articles[number], rich_assets(), "a").value.data

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(articles))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_listing_the_format_imports_nothing_heavy() -> None:
    code = "import sys, convert.writers.docx; print({'docx', 'lxml', 'lxml.etree'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


# ------------------------------------------------------------------------------------ properties


def test_the_properties_are_the_articles() -> None:
    core = part(render(rich_document()), "docProps/core.xml")
    said = {etree.QName(node).localname: node.text for node in core}
    assert said == {
        "title": "A Port Too Small for Its Harvest",
        "subject": rich_document().metadata.deck,
        "creator": "Elena Marinova; Tom Ashby",
        "keywords": "grain, ports, Black Sea",
        "description": "Why grain lorries wait eleven hours at Varna.",
        "category": "Business",
        "identifier": "urn:newsml:coastgazette.example:20261124:varna-port",
        "language": "en",
        "version": "3",
        "created": "2026-11-24T04:30:00Z",
        "modified": "2026-11-24T07:00:00Z",
    }
    assert "Hold the second picture" not in str(parts(render(rich_document())))
    assert b"\xc2\xa9 2026 The Coast Gazette" in parts(render(rich_document()))["docProps/custom.xml"]


def test_without_a_date_no_clock_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert b"2000-01-01T00:00:00Z" in parts(render(words("a")))["docProps/core.xml"]
    report = Writer(theme(), OPTIONS).render(words("a"), {}, "a").report
    assert [(message.code, message.severity) for message in report.messages] == [("date.none", "info")]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert b"1970-01-02T00:00:00Z" in parts(render(words("a")))["docProps/core.xml"]


def test_properties_longer_than_words_own_fields_are_kept_whole() -> None:
    made = Document(Metadata(title="t" * 300, description="d" * 3000))
    assert b"d" * 3000 in parts(render(made))["docProps/core.xml"]


# ------------------------------------------------------------------------------------ looks


def test_every_style_of_the_theme_is_a_style_of_word() -> None:
    assert set(theme().styles) - set(STYLE_NAMES) == set()


def test_a_heading_has_the_themes_size_colour_and_level() -> None:
    look, base = theme().style("heading-1"), theme().sizes.word
    style = _style("Heading1")
    assert _value(style, "sz") == str(round(look.size * base * 2))
    assert _value(style, "outlineLvl") == "0"
    assert _value(style, "name") == "heading 1"
    assert _value(_style("Normal"), "color") == theme().style("body").colour[1:].upper()


def test_leading_allows_for_the_line_height_of_words_font() -> None:
    spacing = _style("Normal").find(f"{W}pPr/{W}spacing")
    assert spacing is not None
    assert theme().fonts["text"].word == "Georgia"
    assert spacing.get(W + "line") == str(round(240 * theme().style("body").leading / 1.14))


def test_the_two_themes_look_different() -> None:
    first, second = (parts(render(words("a"), name=name))["word/styles.xml"] for name in ("broadsheet", "modern"))
    assert first != second


def test_an_article_in_arabic_is_mirrored_and_not_tracked() -> None:
    made = render(structs.replace(rich_document(), metadata=Metadata(title="ميناء", language="ar")))
    styles = part(made, "word/styles.xml")
    normal = styles.find(f"{W}style[@{W}styleId='Normal']/{W}pPr")
    assert normal is not None
    assert normal.find(W + "bidi") is not None
    assert styles.find(f".//{W}docDefaults//{W}lang").get(W + "bidi") == "ar"
    assert all(node.get(W + "val") == "0" for node in styles.findall(f".//{W}style/{W}rPr/{W}spacing"))
    correction = styles.find(f"{W}style[@{W}styleId='Correction']/{W}pPr/{W}pBdr")
    assert correction.find(W + "right") is not None
    root = part(made, "word/document.xml")
    assert root.find(f".//{W}tblPr/{W}bidiVisual") is not None
    assert root.find(f".//{W}body/{W}sectPr/{W}bidi") is not None


def test_running_heads_change_sides_and_leave_the_first_page() -> None:
    made = render(rich_document())
    heads = {name: _words(part(made, f"word/header-{name}.xml")) for name in ("default", "even", "first")}
    assert heads == {
        "default": "The Coast Gazette\t\tBusiness",
        "even": "Business\t\tThe Coast Gazette",
        "first": "",
    }
    foot = part(made, "word/footer-default.xml")
    assert [node.get(W + "instr") for node in foot.iter(W + "fldSimple")] == [" PAGE "]
    assert part(made, "word/document.xml").find(f".//{W}titlePg") is not None


def test_facts_that_are_missing_leave_no_sign_in_a_running_head() -> None:
    page = theme().page
    line = structs.replace(page.head, start="{publisher} · {section}", centre="", end="")
    made = structs.replace(theme(), page=structs.replace(page, head=line))
    rendered = Writer(made, OPTIONS).render(Document(Metadata(section="Business {page}")), {}, "a").value
    header = part(rendered, "word/header-default.xml")
    assert _words(header) == "Business {page}"
    assert header.find(f".//{W}fldSimple") is None


def test_the_head_stands_clear_of_the_text_whatever_comes_last_in_it() -> None:
    made = Document(Metadata(title="t", authors=(Author("E. M."),)), (build.paragraph("a"),))
    spaces = [node.get(W + "after") for node in part(render(made), "word/document.xml").iter(W + "spacing")]
    look = theme().style("dateline")
    assert spaces == [str(round(look.space_after * theme().unit * theme().sizes.word * 20))]


def test_columns_begin_below_the_head_of_the_article() -> None:
    page = structs.replace(theme().page, columns=2)
    rendered = Writer(structs.replace(theme(), page=page), OPTIONS).render(rich_document(), rich_assets(), "a").value
    sections = list(part(rendered, "word/document.xml").iter(W + "sectPr"))
    assert [node.find(W + "cols") is not None for node in sections] == [False, True]
    assert [node.find(W + "type") is not None for node in sections] == [False, True]
    assert [len(node.findall(W + "headerReference")) for node in sections] == [3, 0]


# ------------------------------------------------------------------------------------ fields


def test_captions_are_counted_without_a_number_that_shows() -> None:
    root = part(render(rich_document()), "word/document.xml")
    codes_of = {
        style: [
            (node.text or "").strip()
            for paragraph in root.iter(W + "p")
            if paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val") == style
            for node in paragraph.iter(W + "instrText")
        ]
        for style in ("Caption", "TableCaption")
    }
    figures = [node for node in walk(rich_document()) if isinstance(node, n.Figure) and (node.caption or node.credit)]
    assert codes_of == {"Caption": ["SEQ Figure \\h"] * len(figures), "TableCaption": ["SEQ Table \\h"]}
    hidden = [run for run in root.iter(W + "r") if run.find(f"{W}rPr/{W}vanish") is not None]
    assert all(run.find(W + "t") is None for run in hidden)


def test_a_list_of_contents_leads_to_the_headings() -> None:
    made = Writer(theme(), Options(docx_toc=True)).render(rich_document(), rich_assets(), "a").value
    root = part(made, "word/document.xml")
    control = root.find(f".//{W}sdt")
    assert control is not None
    lines = [(p.find(f"{W}pPr/{W}pStyle").get(W + "val"), _words(p)) for p in control.iter(W + "p")]
    assert lines == [
        ("TOCHeading", "Contents"), ("TOC1", "What would help"), ("TOC2", "Who decides"), ("TOC3", "A note on moisture"),
        ("TOC1", "In figures"), ("TOC1", "The words of the trade"),
    ]  # fmt: skip
    assert [(node.text or "").strip() for node in control.iter(W + "instrText")] == ['TOC \\o "1-3" \\h \\z \\u']
    places = {node.get(W + "name"): _words(node.getparent()) for node in root.iter(W + "bookmarkStart")}
    assert [places[link.get(W + "anchor")] for link in control.iter(W + "hyperlink")] == [line[1] for line in lines[1:]]
    assert made.declared[-6:] == tuple(line[1] for line in lines)
    assert part(render(rich_document()), "word/document.xml").find(f".//{W}sdt") is None


def test_an_article_without_headings_has_no_list_of_contents() -> None:
    made = Writer(theme(), Options(docx_toc=True)).render(words("a"), {}, "a").value
    assert part(made, "word/document.xml").find(f".//{W}sdt") is None
    assert "Contents" not in made.declared


# ------------------------------------------------------------------------------------ nothing lost


def test_what_word_cannot_hold_is_said() -> None:
    assert codes(rich_document()) == [
        ("docx.gallery", "info"),
        ("docx.code-language", "info"),
        ("picture.missing", "loss"),
    ]
    deep = n.List((build.item("a"),))
    for _ in range(9):
        deep = n.List((build.item("a", deep),))
    assert codes(Document(blocks=(deep,))) == [("docx.list-depth", "loss")]
    assert codes(words(CONTROL)) == [("xml.illegal-characters", "info")]
    assert codes(Document(blocks=(Paragraph((NoteReference("none"),)),))) == [("note.none", "loss")]
    assert codes(Document(notes=(Note("a", (build.paragraph("b"),)),))) == [("note.unreferenced", "info")]


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("javascript:alert(1)", [("link.scheme", "loss")]), ("/relative", [("link.scheme", "loss")]),
        ("http://[bad", [("link.invalid", "loss")]), ("https://", [("link.invalid", "loss")]),
        ("#none", [("link.broken", "doubt")]), ("https://example.com", []), ("TEL:112", []),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_keeps_its_words(href: str, expected: list[tuple[str, str]]) -> None:
    made = Document(blocks=(Paragraph((n.Link((Text("words"),), href),)),))
    assert codes(made) == expected
    root = part(render(made), "word/document.xml")
    assert _words(root) == "words"
    assert (root.find(f".//{W}hyperlink") is None) == bool(expected)


def test_addresses_become_uris_that_word_opens() -> None:
    assert safe_target("https://exämple.com/ü b?q=“") == "https://xn--exmple-cua.com/%C3%BC%20b?q=%E2%80%9C"
    assert safe_target("https://a.example/100%?x=%41") == "https://a.example/100%25?x=%41"
    assert safe_target("http://a.example:99999/") is None


def test_bookmarks_have_short_plain_names() -> None:
    assert bookmark_name("table-1") != bookmark_name("table 1")
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", bookmark_name(key)) for key in ("a b", "x" * 90, "ü", "1", "fine"))


def test_nothing_breaks_on_what_no_reader_would_hand_over() -> None:
    broken = '{"metadata": {"title": "%s", "language": "no tag!", "publisher": "%s"}, "blocks": %s}'
    blocks = """[{"type": "Table", "columns": []}, {"type": "Table", "columns": [{}], "body": [{"type": "Row", "cells":
        []}, {"type": "Row", "cells": [{"type": "Cell", "colspan": 3, "rowspan": 9}]}]}, {"type": "List", "items": []},
        {"type": "Heading", "level": 9, "content": []}, {"type": "Quote", "blocks": []}, {"type": "Aside", "blocks": []},
        {"type": "Correction", "blocks": []}, {"type": "Embed", "url": ""}, {"type": "Gallery", "figures": []}]"""
    made = render(document(broken % ("\\u0000", "\\u0001", blocks)))
    assert len(part(made, "word/document.xml").findall(f".//{W}tbl/{W}tr")) == 2


def test_the_notes_come_out_whichever_part_of_the_page_they_are_in() -> None:
    made = structs.replace(theme(), show=("headline",))
    article = Document(Metadata(title="t"), (build.paragraph("body"),), (Note("a", (build.paragraph("note"),)),))
    text = _words(part(Writer(made, OPTIONS).render(article, {}, "a").value, "word/document.xml"))
    assert "body" in text
    assert "note" in text


def test_the_text_is_the_trees_and_what_is_declared() -> None:
    article = structs.replace(
        rich_document(), metadata=structs.replace(rich_document().metadata, authors=(Author("E. M."),))
    )
    made = render(article)
    text = " ".join(_words(part(made, f"word/{name}.xml")) for name in ("document", "footnotes"))
    for words_of_ours in made.declared:
        assert words_of_ours in text
        text = text.replace(words_of_ours, "", 1)
    assert "Correction" not in text.replace("An earlier version", "")
    assert "Tube" not in text


# ------------------------------------------------------------------------------------ helpers


def _style(key: str) -> etree._Element:
    found = part(render(words("a")), "word/styles.xml").find(f"{W}style[@{W}styleId='{key}']")
    assert found is not None
    return found


def _value(style: etree._Element, name: str) -> str | None:
    found = next(style.iter(W + name), None)
    return None if found is None else found.get(W + "val")


def _words(root: etree._Element) -> str:
    signs = {W + "tab": "\t", W + "br": "\n"}
    inside = [node for node in root.iter(W + "t", *signs) if node.getparent().tag == W + "r"]
    return "".join(signs.get(node.tag, node.text or "") for node in inside)


def test_a_table_stands_clear_of_the_paragraph_above_it() -> None:
    """Word has no space above tables, and broadsheet's paragraphs none below them."""
    from convert.themes.load import load_theme
    from convert.tree import Column, Document, Table, build
    from convert.writers.base import Options
    from convert.writers.docx import Writer

    table = Table((Column(),), (), (build.row("cell"),))
    made = (
        Writer(load_theme("broadsheet"), Options())
        .render(Document(blocks=(build.paragraph("words"), table)), {}, "a")
        .value.data
    )
    import io
    import zipfile

    from lxml import etree

    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    above = body.find(f".//{w}tbl").getprevious()
    assert int(above.find(f"{w}pPr/{w}spacing").get(f"{w}after")) > 0
