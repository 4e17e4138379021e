"""Files of many articles, from the command line: one output each, and what is bad stops nothing else."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from convert.cli import main
from convert.config import Limits
from convert.errors import InputError
from convert.formats import reader, reader_for
from convert.intake import articles
from convert.readers import READERS
from convert.readers.base import Container
from convert.world import DiskWorld, MemoryWorld, Source
from tests.commands import ROOT, call, left, run

SAMPLES = ROOT / "tests/samples"
SITE = SAMPLES / "wxr/site.xml"
Bytes = pytest.CaptureFixture[bytes]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_article_has_its_own_output(desk: Path, capsysbinary: Bytes) -> None:
    ran = call(capsysbinary, "convert", SITE, "--to", "md,json", "-o", "out", "--report", "r.json")
    assert ran.status == 3  # some were refused, none failed
    names = ["etc-passwd", "same", "same-2", "été"]
    assert left(desk / "out") == sorted(f"{name}.{suffix}" for name in names for suffix in ("json", "md"))
    report = json.loads(Path("r.json").read_bytes())["articles"]
    assert len(report) == 8
    assert {one["article"].rpartition(": ")[2]: one["status"] for one in report}["later"] == "refused"
    assert f"{SITE}: gone__trashed: refused:" in ran.err


def test_a_bad_article_stops_no_other(desk: Path, capsysbinary: Bytes) -> None:
    data = SITE.read_bytes().replace(b"One.", b"<b>" * 300_000)
    Path("site.xml").write_bytes(data)
    ran = call(capsysbinary, "convert", "site.xml", "--to", "md", "-o", "out")
    assert ran.status == 1
    assert "site.xml: same: error:" in ran.err
    assert left(desk / "out") == ["etc-passwd.md", "same-2.md", "été.md"]


def test_what_stands_before_a_break_is_made(desk: Path, capsysbinary: Bytes) -> None:
    data = SITE.read_bytes()
    Path("site.xml").write_bytes(data[: data.index(b"<title><![CDATA[A page]]>")])
    ran = call(capsysbinary, "convert", "site.xml", "--to", "md", "-o", "out")
    assert (ran.status, left(desk / "out")) == (1, ["same.md"])
    assert "[xml.broken]" in ran.err


def test_one_article_alone_goes_under_the_name_of_its_file(desk: Path, capsysbinary: Bytes) -> None:
    for name in ("wxr/classic.xml", "ghost/post.json", "ninjs/superdesk.json", "feed/rss.xml", "nitf/story.xml"):
        path = SAMPLES / name
        ran = call(capsysbinary, "convert", path, "--to", "md", "-o", "out")
        assert ran.status == 0, ran.err
        assert (desk / "out" / f"{path.stem}.md").exists()


def test_standard_output_takes_one(desk: Path) -> None:
    assert run("convert", "-", "--to", "md", cwd=desk, stdin=SITE.read_bytes()).status == 2
    ran = run("convert", "-", "--to", "md", cwd=desk, stdin=(SAMPLES / "wxr/blocks.xml").read_bytes())
    assert (ran.status, b"Blocks" in ran.out) == (0, True)
    ran = run("convert", "-", "--to", "md", "-o", "out", cwd=desk, stdin=SITE.read_bytes())
    assert (ran.status, "same.md" in left(desk / "out")) == (3, True)


def test_what_holds_for_a_whole_file_is_said_once(desk: Path, capsysbinary: Bytes) -> None:
    data = SITE.read_text(encoding="utf-8").replace("One.", "Café.")
    Path("site.xml").write_bytes(data.encode("latin-1", "replace"))
    ran = call(capsysbinary, "convert", "site.xml", "--to", "md", "-o", "out", "--report", "r.json")
    assert ran.err.count("[text.encoding]") == 1
    assert "Café" in (desk / "out/same.md").read_text(encoding="utf-8")
    assert json.loads(Path("r.json").read_bytes())["articles"][-1]["messages"][0]["code"] == "text.encoding"


def test_a_file_without_an_article_fails(desk: Path, capsysbinary: Bytes) -> None:
    Path("a.xml").write_text("<rss><channel></channel></rss>")
    assert "[container.empty]" in call(capsysbinary, "convert", "a.xml", "--to", "md").err


def test_explaining_many_is_a_clear_error(desk: Path, capsysbinary: Bytes) -> None:
    ran = call(capsysbinary, "explain", SITE)
    assert (ran.status, "[container.several]" in ran.err) == (1, True)


def test_from_overrides_the_sniffing(desk: Path, capsysbinary: Bytes) -> None:
    Path("a.txt").write_bytes((SAMPLES / "feed/several.xml").read_bytes())
    assert call(capsysbinary, "convert", "a.txt", "--from", "feed", "--to", "md", "-o", "out").status == 0
    assert left(desk / "out") == ["a.md", "b.md"]
    assert call(capsysbinary, "convert", "a.txt", "--from", "wxr", "--to", "md").status == 1


@pytest.mark.parametrize(
    "path",
    sorted(path for path in SAMPLES.glob("*/*.*") if path.suffix != ".outline"),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_samples_are_known_for_what_they_are(path: Path) -> None:
    source = Source(path.read_bytes(), path.name)
    assert reader_for(source).name == path.parent.name
    assert reader_for(Source(source.data)).name == path.parent.name  # without a name, too


def test_an_article_from_a_container_is_a_file_of_its_own() -> None:
    world = MemoryWorld({Path("a/site.xml"): SITE.read_bytes()})
    for one in articles(Path("a/site.xml"), world, Limits()):
        assert (reader_for(one).name, one.base, one.inside) == ("wxr", Path("a"), "site.xml")


def test_which_readers_are_containers() -> None:
    found = {name for name in READERS if isinstance(reader(name), Container)}
    assert found == {"ninjs", "wxr", "wordpress", "newsml", "feed", "ghost"}


def test_an_article_larger_than_the_limit_is_refused_and_others_are_not(desk: Path, capsysbinary: Bytes) -> None:
    Path("small.yaml").write_text("limits: {input-bytes: 3000}\n")
    Path("site.xml").write_bytes(SITE.read_bytes().replace(b"One.", b"One. " * 1000))
    ran = call(capsysbinary, "convert", "site.xml", "--to", "md", "-o", "out", "--config", "small.yaml")
    assert "site.xml: same: error:" in ran.err
    assert "[limit.input-bytes]" in ran.err
    assert "same-2.md" in left(desk / "out")
    assert main(["formats"]) == 0
    assert next(iter(articles(Path("small.yaml"), DiskWorld(), Limits()))).name == "small.yaml"


BOMB = '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
STREAMS = {
    "entities": lambda: f"{BOMB}<rss><channel><item>&b;</item></channel></rss>",
    "a long attribute": lambda: f"<rss><channel><item a='{'x' * 100_000_000}'/></channel></rss>",
    "a long comment": lambda: f"<rss><channel><!--{'x' * 100_000_000}--><item/></channel></rss>",
    "a long text": lambda: f"<rss><channel><item>{'x' * 100_000_000}</item><item>b</item></channel></rss>",
    "a long head": lambda: f"<rss><channel>{'<c>x</c>' * 8_000_000}<item>b</item></channel></rss>",
    "nested": lambda: "<rss><channel><item>" + "<a>" * 1_000_000,
    "many": lambda: "<rss><channel>" + "<item/>" * 300_000 + "</channel></rss>",
    "no end": lambda: "<rss><channel><item>" + "a " * 1_000_000,
    "nothing": lambda: "<rss" + " " * 1_000_000,
}


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize("format_name", ["wxr", "feed"])
def test_harmful_streams_end_soon(name: str, format_name: str) -> None:
    data = STREAMS[name]().encode()
    began = time.process_time()
    codes = []
    try:
        for one in articles(Source(data, "a.xml"), MemoryWorld(), Limits(input_bytes=200_000_000), format_name):
            codes.append(len(one.data))
    except InputError as error:
        assert error.code.startswith(("xml.", "container."))  # noqa: PT017
    assert time.process_time() - began < 10
    assert all(size < 201_000_000 for size in codes)
