"""`copydesk bind`: several articles as one EPUB; what is left out is told, and nothing collides."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from msgspec import structs

from convert.pipeline import Article, bind, binding_press
from convert.tree import Asset, Document, Figure, Metadata, build
from convert.writers.base import Options
from tests.commands import ROOT, SAMPLE, call, environment, left, run
from tests.validators import judges
from tests.writers.rich import picture, rich_assets, rich_document

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
Capture = pytest.CaptureFixture[bytes]

FIRST = """---
title: The Port
author: Elena Marinova
publisher: The Coast Gazette
lang: en
date: 2026-11-24
rights: © The Gazette
---

A lede about ships.[^1]

## Waiting

They wait.

[^1]: Counted by hand.
"""
SECOND = """---
title: Le marché
author: Jeanne Petit
publisher: The Coast Gazette
lang: fr
date: 2026-11-25
---

Un marché au bord du canal.[^1]

## Waiting

[^1]: Compté deux fois.
"""
KILLED = "---\ntitle: Gone\nlang: en\nstatus: canceled\n---\n\nWords.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name, text in (("one.md", FIRST), ("two.md", SECOND), ("killed.md", KILLED), ("empty.md", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def opened(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(path.read_bytes()))


def texts(root: etree._Element, name: str) -> list[str]:
    return [one.text for one in root.iter(name)]


def test_the_articles_stand_in_the_order_given_after_the_contents(desk: Path, capsysbinary: Capture) -> None:
    ran = call(capsysbinary, "bind", desk / "two.md", desk / "one.md", "-o", desk / "issue.epub")
    assert ran.status == 0, ran.err
    assert f"2 articles → {desk / 'issue.epub'}" in ran.err
    made = opened(desk / "issue.epub")
    root = etree.fromstring(made.read("EPUB/package.opf"))
    order = [one.get("idref") for one in root.iter(f"{OPF}itemref")]
    assert order == ["cover", "nav", "article-001", "article-002"]
    assert b"Un march" in made.read("EPUB/article-001.xhtml")
    assert b"A lede about ships" in made.read("EPUB/article-002.xhtml")
    nav = etree.fromstring(made.read("EPUB/nav.xhtml"))
    toc = next(one for one in nav.iter("{*}nav") if one.get("id") == "toc")
    assert [(one.text, one.get("href").split("#")[0]) for one in toc.iter("{*}a")] == [
        ("Le marché", "article-001.xhtml"), ("Waiting", "article-001.xhtml"),
        ("The Port", "article-002.xhtml"), ("Waiting", "article-002.xhtml"),
    ]  # fmt: skip
    languages = [one.get("lang") for one in toc.findall("{*}ol/{*}li")]
    assert (nav.get("lang"), languages) == ("fr", [None, "en"])
    marks = [one.get("{http://www.idpf.org/2007/ops}type") for one in nav.iter("{*}a")]
    assert marks[-3:] == ["cover", "toc", "bodymatter"]


def test_the_issue_says_what_its_articles_say_together(desk: Path, capsysbinary: Capture) -> None:
    call(capsysbinary, "bind", desk / "one.md", desk / "two.md", "-o", desk / "issue.epub")
    root = etree.fromstring(opened(desk / "issue.epub").read("EPUB/package.opf"))
    assert texts(root, f"{DC}title") == ["The Coast Gazette"]
    assert texts(root, f"{DC}language") == ["en", "fr"]
    assert texts(root, f"{DC}creator") == ["Elena Marinova", "Jeanne Petit"]
    assert texts(root, f"{DC}publisher") == ["The Coast Gazette"]
    assert texts(root, f"{DC}date") == ["2026-11-25"]
    assert texts(root, f"{DC}rights") == ["© The Gazette"]
    cover = etree.fromstring(opened(desk / "issue.epub").read("EPUB/cover.xhtml"))
    assert [one.text for one in cover.find(".//{*}section")] == [
        "The Coast Gazette", "The Port", "Le marché", "25 November 2026",
    ]  # fmt: skip


def test_it_may_have_a_title_of_its_own(desk: Path, capsysbinary: Capture) -> None:
    call(capsysbinary, "bind", desk / "one.md", "-o", desk / "issue.epub", "--title", "Friday’s paper")
    made = opened(desk / "issue.epub")
    assert texts(etree.fromstring(made.read("EPUB/package.opf")), f"{DC}title") == ["Friday’s paper"]
    cover = etree.fromstring(made.read("EPUB/cover.xhtml")).find(".//{*}section")
    assert [one.text for one in cover] == ["The Coast Gazette", "Friday’s paper", "The Port", "24 November 2026"]


def test_without_one_publisher_it_is_called_after_its_file(desk: Path, capsysbinary: Capture) -> None:
    (desk / "two.md").write_text(SECOND.replace("The Coast Gazette", "Le Canal"), encoding="utf-8")
    call(capsysbinary, "bind", desk / "one.md", desk / "two.md", "-o", desk / "friday.epub")
    assert texts(etree.fromstring(opened(desk / "friday.epub").read("EPUB/package.opf")), f"{DC}title") == ["friday"]


@pytest.mark.parametrize(
    ("others", "status"),
    [(["killed.md"], 3), (["empty.md"], 1), (["lost.md"], 1), (["killed.md", "empty.md"], 1), ([], 0)],
)
def test_what_is_left_out_is_told_and_the_others_are_bound(
    desk: Path, capsysbinary: Capture, others: list[str], status: int
) -> None:
    files = [desk / "one.md", *(desk / name for name in others), desk / "two.md"]
    ran = call(capsysbinary, "bind", *files, "-o", desk / "issue.epub")
    assert ran.status == status
    for name in others:
        assert f"{desk / name}: {'refused' if name == 'killed.md' else 'error'}:" in ran.err
    assert ("[bind.left-out]" in ran.err) is bool(others)
    pages = [name for name in opened(desk / "issue.epub").namelist() if "/article" in name]
    assert pages == ["EPUB/article-001.xhtml", "EPUB/article-002.xhtml"]
    assert b"Gone" not in opened(desk / "issue.epub").read("EPUB/nav.xhtml")


@pytest.mark.parametrize(("names", "status"), [(["killed.md"], 3), (["empty.md"], 1), (["killed.md", "empty.md"], 1)])
def test_of_nothing_nothing_is_made(desk: Path, capsysbinary: Capture, names: list[str], status: int) -> None:
    before = left(desk)
    ran = call(capsysbinary, "bind", *(desk / name for name in names), "-o", desk / "issue.epub")
    assert ran.status == status
    assert "Nothing was made" in ran.err
    assert left(desk) == before


def test_an_issue_replaces_nothing_unasked(desk: Path, capsysbinary: Capture) -> None:
    arguments = ("bind", desk / "one.md", "-o", desk / "issue.epub")
    (desk / "issue.epub").write_bytes(b"older")
    ran = call(capsysbinary, *arguments)
    assert (ran.status, "[output.exists]" in ran.err) == (1, True)
    assert (desk / "issue.epub").read_bytes() == b"older"
    assert call(capsysbinary, *arguments, "--force").status == 0
    assert (desk / "issue.epub").read_bytes() != b"older"


@pytest.mark.parametrize("name", ["issue.pdf", "issue", "issue.md"])
def test_only_an_epub_holds_several(desk: Path, capsysbinary: Capture, name: str) -> None:
    ran = call(capsysbinary, "bind", desk / "one.md", "-o", desk / name)
    assert (ran.status, "[bind.format]" in ran.err) == (2, True)
    assert ".epub" in ran.err
    assert not (desk / name).exists()


def test_the_articles_of_a_file_of_many_are_bound(desk: Path, capsysbinary: Capture) -> None:
    feed = next((ROOT / "tests/samples/feed").iterdir())
    ran = call(capsysbinary, "bind", feed, desk / "one.md", "-o", desk / "issue.epub")
    assert ran.status == 0, ran.err
    assert sum("/article" in name for name in opened(desk / "issue.epub").namelist()) > 1


def test_the_report_holds_every_article_and_the_issue(desk: Path, capsysbinary: Capture) -> None:
    call(capsysbinary, "bind", desk / "one.md", desk / "killed.md", "-o", desk / "i.epub", "--report", desk / "r.json")
    told = json.loads((desk / "r.json").read_bytes())["articles"]
    assert [(Path(one["article"]).name, one["status"]) for one in told] == [
        ("one.md", "done"), ("killed.md", "refused"), ("i.epub", "done"),
    ]  # fmt: skip
    assert "bind.left-out" in {message["code"] for message in told[2]["messages"]}


def issue(*articles: Article) -> zipfile.ZipFile:
    data = bind(articles, binding_press("epub", "broadsheet", Options()), "Issue", "issue").value.data
    return zipfile.ZipFile(io.BytesIO(data))


def showing(title: str, width: int) -> Article:
    """An article with a picture whose key and source are those of every other."""
    document = Document(
        Metadata(title=title, language="en", published="2026-11-24"),
        (build.paragraph(f"{title} words."), Figure("p", f"A picture {width} wide")), (), {"p": Asset("p.png")},
    )  # fmt: skip
    return Article(title, document, {"p": picture(width, 20)}, "")


def test_pictures_of_one_key_stay_apart_and_equal_ones_are_held_once() -> None:
    made = issue(showing("One", 30), showing("Two", 40), showing("Three", 30))
    shown = [
        etree.fromstring(made.read(f"EPUB/article-00{k}.xhtml")).find(".//{*}img").get("src") for k in (1, 2, 3)
    ]  # fmt: skip
    assert shown == ["pictures/001.png", "pictures/002.png", "pictures/001.png"]
    assert made.read("EPUB/pictures/002.png") == picture(40, 20).data


def test_each_page_keeps_its_ids_and_leads_within_itself() -> None:
    rich = Article("rich", rich_document(), rich_assets(), "")
    made = issue(rich, rich)
    for name in ("EPUB/article-001.xhtml", "EPUB/article-002.xhtml"):
        root = etree.fromstring(made.read(name))
        ids = {one.get("id") for one in root.iter() if one.get("id")}
        inner = {one.get("href")[1:] for one in root.iter("{*}a") if one.get("href").startswith("#")}
        assert inner <= ids
        assert "note-1" in ids
    names = [one.get("id") for one in etree.fromstring(made.read("EPUB/package.opf")).iter() if one.get("id")]
    assert len(names) == len(set(names))


def test_what_is_said_of_an_article_names_it() -> None:
    press = binding_press("epub", "broadsheet", Options())
    rich = Article("rich", rich_document(), rich_assets(), "")
    messages = bind([showing("One", 30), rich], press, "Issue", "issue").report.messages
    assert [(m.code, m.where) for m in messages] == [("picture.missing", "rich: picture lost")]


def test_an_embargo_stands_on_the_cover_and_both_directions_are_dressed() -> None:
    held = showing("Held", 30)
    metadata = structs.replace(held.document.metadata, embargo="2027-01-01")
    held = structs.replace(held, document=structs.replace(held.document, metadata=metadata))
    arabic = Article("a", Document(Metadata(title="ميناء", language="ar"), (build.paragraph("سفن"),)), {}, "")
    made = issue(held, arabic)
    assert b"EMBARGOED UNTIL" in made.read("EPUB/cover.xhtml")
    assert b"style.css" in made.read("EPUB/article-001.xhtml")
    assert b"style-rtl.css" in made.read("EPUB/article-002.xhtml")
    assert {"EPUB/style.css", "EPUB/style-rtl.css"} <= set(made.namelist())


def test_two_processes_bind_the_same_bytes(desk: Path) -> None:
    made = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        files = (SAMPLE, desk / "one.md", desk / "two.md")
        ran = run(
            "bind", *files, "-o", desk / seed / "issue.epub", cwd=desk, env=environment(PYTHONHASHSEED=seed, TZ=zone)
        )  # fmt: skip
        assert ran.status == 0, ran.err
        made.append((desk / seed / "issue.epub").read_bytes())
    assert made[0] == made[1]


@pytest.mark.prove
@pytest.mark.parametrize("theme", ["broadsheet", "modern"])
def test_the_judges_find_nothing_in_an_issue(theme: str, desk: Path) -> None:
    arabic = Document(Metadata(title="ميناء", language="ar"), (build.paragraph("سفن تنتظر."),))
    articles = [
        Article("rich", rich_document(), rich_assets(), ""), showing("One", 30), showing("Two", 40),
        Article("arabic", arabic, {}, ""), Article("rich", rich_document(), rich_assets(), ""),
    ]  # fmt: skip
    made = bind(articles, binding_press("epub", theme, Options()), "Issue", "issue").value
    (desk / "issue.epub").write_bytes(made.data)
    assert judges.epubcheck(desk / "issue.epub") + judges.ace(desk / "issue.epub") == []


def test_a_kill_takes_an_article_out_of_the_issue(tmp_path: Path) -> None:
    first = {
        "uri": "tag:example.org,2026:a",
        "headline": "Ships wait",
        "slugline": "port",
        "body_html": "<p>Wrong.</p>",
    }
    other = {**first, "uri": "tag:example.org,2026:b", "slugline": "bridge", "body_html": "<p>Right.</p>"}
    (tmp_path / "items.json").write_text(json.dumps([first, other, {**first, "pubstatus": "canceled", "version": "2"}]))
    done = run("bind", "items.json", "-o", "issue.epub", cwd=tmp_path)
    assert done.status == 3
    assert "withdrawn" in done.err
    made = opened(tmp_path / "issue.epub")
    text = "".join(made.read(name).decode() for name in made.namelist() if name.endswith(".xhtml"))
    assert "Right." in text
    assert "Wrong." not in text
