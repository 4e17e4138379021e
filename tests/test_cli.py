"""The command line: what it makes, says and answers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from convert import __version__
from convert.cli import main
from tests.commands import FORMATS, PATIENCE, SAMPLE, SUFFIXES, call, environment, left, run
from tests.conftest import ROOT

TEXT = "A headline of some words\n\nThe first words,and then more words.They go on.\n\nADVERTISEMENT\n"
Bytes = pytest.CaptureFixture[bytes]


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one article, without anybody's settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    Path("a.txt").write_text(TEXT)
    return tmp_path


def report(name: str = "r.json") -> dict[str, object]:
    """The first article of a report."""
    found: dict[str, object] = json.loads(Path(name).read_text())["articles"][0]
    return found


# ---------------------------------------------------------------------------- names and places


def test_outputs_are_named_after_the_article(desk: Path, capsysbinary: Bytes) -> None:
    ran = call(capsysbinary, "convert", "a.txt", "--to", ",".join(FORMATS), "-o", "out")
    assert ran.status == 0
    assert left(desk / "out") == sorted(f"a{suffix}" for suffix in SUFFIXES.values())


def test_the_configuration_names_formats_and_folder(desk: Path, capsysbinary: Bytes) -> None:
    Path("copydesk.yaml").write_text("to: [json, md]\noutput: made\n")
    assert call(capsysbinary, "convert", "a.txt").status == 0
    assert left(desk / "made") == ["a.json", "a.md"]


def test_a_format_may_be_called_by_its_other_name_and_is_made_once(desk: Path, capsysbinary: Bytes) -> None:
    assert call(capsysbinary, "convert", "a.txt", "--to", "md, markdown,md").status == 0
    assert left(desk / "output") == ["a.md"]


def test_an_article_that_fails_does_not_stop_the_others(desk: Path, capsysbinary: Bytes) -> None:
    Path("b.txt").write_text("")
    ran = call(capsysbinary, "convert", "b.txt", "nosuch.txt", "a.txt", "--to", "md")
    assert ran.status == 1
    assert left(desk / "output") == ["a.md"]
    assert "b.txt: error: The article is empty. [input.empty]" in ran.err


def test_odd_names_stay_what_they_are(desk: Path, capsysbinary: Bytes) -> None:
    names = ["über uns.txt", "a.b.c.txt", "--force.txt", "ملف.txt", "line\nbreak.txt", "quote'\".txt", ".hidden.txt"]
    for name in names:
        Path(name).write_text(TEXT)
    ran = call(capsysbinary, "convert", "--to", "md", "-o", "out", "--", *names)
    assert ran.status == 0
    assert left(desk / "out") == sorted(name.removesuffix(".txt") + ".md" for name in names)
    assert "line\\u000abreak.txt" in ran.err


def test_a_name_that_is_not_unicode_is_made_all_the_same(desk: Path) -> None:
    name = b"caf\xe9.txt"
    Path(name.decode(errors="surrogateescape")).write_text(TEXT)
    done = subprocess.run(
        [sys.executable, "-m", "convert", "convert", name, "--to", "md", "--report", "r.json"],
        env=environment(), capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (desk / "output" / b"caf\xe9.md".decode(errors="surrogateescape")).exists()


def test_the_text_below_the_folder_of_the_article_is_found(desk: Path, capsysbinary: Bytes) -> None:
    Path("deep").mkdir()
    Path("deep/b.md").write_text("# A title\n\nWords.\n")
    assert call(capsysbinary, "convert", "deep/b.md", "--to", "json", "-o", "x/y/z").status == 0
    assert left(desk / "x") == ["y/z/b.json"]


# ------------------------------------------------------------------------------ standard streams


def test_standard_input_becomes_markdown_on_standard_output(desk: Path) -> None:
    ran = run("convert", "-", "--from", "text", cwd=desk, stdin=TEXT.encode())
    assert ran.status == 0
    assert b"The first words, and then more words. They go on." in ran.out
    assert left(desk) == ["a.txt"]


def test_standard_input_may_go_to_a_folder(desk: Path) -> None:
    ran = run("convert", "-", "--from", "text", "--to", "md,json", "-o", "out", cwd=desk, stdin=TEXT.encode())
    assert (ran.status, ran.out) == (0, b"")
    assert left(desk / "out") == ["article.json", "article.md"]


def test_front_matter_and_json_need_no_from(desk: Path, capsysbinary: Bytes) -> None:
    assert run("convert", "-", cwd=desk, stdin=b"---\ntitle: Title\n---\n\nWords.\n").status == 0
    tree = call(capsysbinary, "convert", "a.txt", "--to", "json", "-o", "-").out
    assert run("convert", "-", "--to", "md", cwd=desk, stdin=tree).status == 0


def test_a_tree_written_as_json_reads_back_to_the_same_bytes(desk: Path, capsysbinary: Bytes) -> None:
    first = call(capsysbinary, "convert", SAMPLE, "--to", "json", "-o", "-").out
    Path("tree.json").write_bytes(first)
    assert call(capsysbinary, "convert", "tree.json", "--to", "json", "-o", "-").out == first


# -------------------------------------------------------------------------------------- the report


def test_the_report_holds_all_that_was_done_and_said(desk: Path, capsysbinary: Bytes) -> None:
    ran = call(capsysbinary, "convert", "a.txt", "nosuch.txt", "--to", "md", "--report", "r.json")
    made = json.loads(Path("r.json").read_text())
    assert (ran.status, made["copydesk"]) == (1, __version__)
    done, failed = made["articles"]
    assert (done["article"], done["status"], done["outputs"], done["errors"]) == ("a.txt", "done", ["output/a.md"], [])
    assert {change["step"] for change in done["changes"]} == {"boilerplate", "title", "lost-spaces"}
    assert {"code", "severity", "text"} <= set(done["messages"][0])
    removed = next(change for change in done["changes"] if change["step"] == "boilerplate")
    assert (removed["kind"], removed["text"]) == ("removed", "ADVERTISEMENT")
    assert removed["end"] - removed["start"] == len("ADVERTISEMENT")
    assert re.fullmatch(r"[0-9a-z-]{6,40}", removed["id"])
    assert (failed["status"], failed["outputs"]) == ("failed", [])
    assert failed["errors"][0]["code"] == "input.missing"


def test_the_report_is_not_written_over_anything(desk: Path, capsysbinary: Bytes) -> None:
    Path("r.json").write_text("older")
    ran = call(capsysbinary, "convert", "a.txt", "--to", "md", "--report", "r.json")
    assert (ran.status, Path("r.json").read_text(), left(desk)) == (1, "older", ["a.txt", "r.json"])
    assert call(capsysbinary, "convert", "a.txt", "--to", "json", "-o", ".", "--report", "a.json").status == 1
    assert call(capsysbinary, "convert", "a.txt", "--to", "md", "--report", "r.json", "--force").status == 0


@pytest.mark.parametrize("step", ["boilerplate", "lost-spaces", "title"])
def test_a_refused_change_brings_the_text_back(step: str, capsysbinary: Bytes) -> None:
    call(capsysbinary, "convert", "a.txt", "--to", "md", "--report", "r.json")
    changes = report()["changes"]
    assert isinstance(changes, list)
    refused = next(change["id"] for change in changes if change["step"] == step)
    ran = call(capsysbinary, "convert", "a.txt", "--to", "md", "-o", "-", "--report", "s.json", "--refuse", refused)
    assert ran.status == 0
    left_over = report("s.json")["changes"]
    assert isinstance(left_over, list)
    assert refused not in [change["id"] for change in left_over]
    text = ran.out.decode()
    kept = {"boilerplate": "ADVERTISEMENT" in text, "title": "title:" not in text, "lost-spaces": "words,and" in text}
    assert kept == {name: name == step for name in kept}


def test_refusing_what_is_no_change_is_said(capsysbinary: Bytes) -> None:
    ran = call(capsysbinary, "convert", "a.txt", "--to", "md", "-o", "-", "--refuse", "nosuch")
    assert (ran.status, "[refuse.unknown]" in ran.err) == (0, True)


# --------------------------------------------------------------------------- statuses and loudness


GRAVITY = {  # an article whose worst message is of a severity
    "info": "---\ntitle: T\nlang: en\ndate: 2026-05-01\n---\n\nWords that are plain.\n",
    "doubt": "---\ntitle: T\n---\n\nWords of the article that do not say what language they are in.\n",
    "loss": "---\ntitle: T\nlang: en\n---\n\n![Alt](nosuch.png)\n",
}


@pytest.mark.parametrize("worst", GRAVITY)
@pytest.mark.parametrize("fail_on", ["", "doubt", "loss"])
def test_fail_on_counts_what_is_as_grave_or_graver(worst: str, fail_on: str, desk: Path, capsysbinary: Bytes) -> None:
    Path("b.md").write_text(GRAVITY[worst])
    ran = call(capsysbinary, "convert", "b.md", "--to", "md", *(["--fail-on", fail_on] if fail_on else []))
    order = ["info", "doubt", "loss"]
    assert ran.status == int(bool(fail_on) and order.index(worst) >= order.index(fail_on)), ran.err
    assert left(desk / "output") == ["b.md"]


STATUSES = {"canceled": "desk.killed", "withheld": "desk.withheld"}


@pytest.mark.parametrize("status", STATUSES)
def test_what_the_desk_refuses_ends_with_three(status: str, desk: Path, capsysbinary: Bytes) -> None:
    Path("b.md").write_text(f"---\ntitle: T\nstatus: {status}\n---\n\nWords.\n")
    ran = call(capsysbinary, "convert", "b.md", "a.txt", "--to", "md")
    assert (ran.status, left(desk / "output")) == (3, ["a.md"])
    assert "b.md: refused: " in ran.err
    assert f"[{STATUSES[status]}]" in ran.err


def test_a_failure_weighs_more_than_a_refusal(capsysbinary: Bytes) -> None:
    Path("b.md").write_text("---\ntitle: T\nstatus: withheld\n---\n\nWords.\n")
    assert call(capsysbinary, "convert", "b.md", "nosuch.txt", "--to", "md").status == 1


def test_quiet_prints_errors_only(capsysbinary: Bytes) -> None:
    assert call(capsysbinary, "convert", "a.txt", "--to", "md", "-q").err == ""
    ran = call(capsysbinary, "convert", "a.txt", "--to", "md", "-q")
    assert ran.err.count("\n") == 1
    assert "[output.exists]" in ran.err


def test_verbose_prints_every_message_and_change(capsysbinary: Bytes) -> None:
    plain = call(capsysbinary, "convert", "a.txt", "--to", "md").err
    loud = call(capsysbinary, "convert", "a.txt", "--to", "md", "-v", "--force", "--report", "r.json").err
    changes = report()["changes"]
    assert isinstance(changes, list)
    assert all(change["id"] in loud and change["id"] not in plain for change in changes)


WRONG = [
    ["convert"], ["convert", "a.txt", "--nosuch"], ["nosuch"], ["convert", "a.txt", "--fail-on", "info"],
    ["convert", "a.txt", "-q", "-v"], ["explain"], ["explain", "a.txt", "b.txt"], ["formats", "x"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_options_end_with_two(arguments: list[str], capsysbinary: Bytes) -> None:
    ran = call(capsysbinary, *arguments)
    assert (ran.status, ran.out) == (2, b"")
    assert "usage:" in ran.err


def test_only_debug_shows_where_an_error_arose(desk: Path) -> None:
    ran = run("convert", "nosuch.txt", "--debug", cwd=desk)
    assert (ran.status, "Traceback" in ran.err) == (1, True)


def test_an_error_nobody_foresaw_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("convert.pipeline.clean", broken)
    ran = call(capsysbinary, "convert", "a.txt", "--to", "md")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "[internal]" in ran.err


@pytest.mark.parametrize(("fault", "code"), [(MemoryError(), "memory"), (OSError(28, "No space"), "failed")])
def test_what_the_machine_cannot_do_is_no_fault_of_ours(
    fault: Exception, code: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("convert.pipeline.clean", broken)
    ran = call(capsysbinary, "convert", "a.txt", "--to", "md")
    assert (ran.status, f"[system.{code}]" in ran.err) == (1, True)


def test_the_keyboard_stops_it_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("convert.pipeline.clean", stopped)
    assert call(capsysbinary, "convert", "a.txt", "--to", "md")[::2] == (130, "Stopped.\n")


# ---------------------------------------------------------------------------------- other commands


def test_formats_lists_what_is_read_and_written(capsysbinary: Bytes) -> None:
    out = call(capsysbinary, "formats").out.decode()
    assert all(re.search(rf"^  {name} .*\{suffix} ", out, re.MULTILINE) for name, suffix in SUFFIXES.items())
    assert re.search(r"^  text +\.txt", out, re.MULTILINE)


def test_themes_lists_the_packaged_ones(capsysbinary: Bytes) -> None:
    out = call(capsysbinary, "themes").out.decode()
    assert re.findall(r"^  (\w+) +\w+: .+", out, re.MULTILINE) == ["base", "broadsheet", "modern"]


def test_the_schema_is_a_json_schema(capsysbinary: Bytes) -> None:
    assert "$defs" in json.loads(call(capsysbinary, "schema").out)


def test_version_and_help(capsysbinary: Bytes) -> None:
    assert call(capsysbinary, "--version").out == f"copydesk {__version__}\n".encode()
    ran = call(capsysbinary)
    assert (ran.status, b"convert" in ran.out) == (0, True)


def test_the_command_is_called_copydesk_and_nothing_else() -> None:
    scripts = re.search(r"\[project\.scripts\]\n((?:\w.*\n)+)", (ROOT / "pyproject.toml").read_text())
    assert scripts
    assert scripts[1].split() == ["copydesk", "=", '"convert.cli:main"']
    assert main(["formats"]) == 0


def test_the_documentation_names_every_option(capsysbinary: Bytes) -> None:
    documented = (ROOT / "docs/command-line.md").read_text()
    for command in ("convert", "explain"):
        out = call(capsysbinary, command, "--help").out.decode()
        for option in set(re.findall(r"--[a-z-]+", out)) - {"--help", "--output", "--quiet", "--verbose"}:
            assert option in documented, option


# ------------------------------------------------------------------------------------- determinism

PLACES = {
    "one": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "other": {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
}


def test_same_article_same_bytes_in_every_format(desk: Path) -> None:
    """Whatever the seed of hashes, the time zone, the locale, the working folder and the time of the run."""
    for name, variables in PLACES.items():
        folder = desk / name
        folder.mkdir()
        Path(folder, "article.md").write_text(ARTICLE)
        Path(folder, "p.png").write_bytes(PIXEL)
        ran = run("convert", "article.md", SAMPLE, "--to", ",".join(FORMATS), cwd=folder, env=environment(**variables))
        assert ran.status == 0, ran.err
    one, other = (desk / name / "output" for name in PLACES)
    assert left(one) == left(other)
    assert len(left(one)) == 2 * len(FORMATS) + 1
    assert [name for name in left(one) if (one / name).read_bytes() != (other / name).read_bytes()] == []


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
ARTICLE = """---
title: A title
lang: en
date: 2026-05-01T23:30:00+02:00
keywords: [one, two, three]
author: [Ada Byron, Ines Falk]
---

First words.[^1]

![A dot](p.png "A caption")

| One | Two |
| --- | ---: |
| a   | 1 |

- [a link](https://example.org/)

[^1]: A note.
"""


@pytest.mark.parametrize("asked", ["option", "configuration", "nothing"])
def test_a_list_of_contents_is_made_when_it_is_asked_for(
    asked: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    article, settings = tmp_path / "a.md", tmp_path / "c.yaml"
    article.write_text("---\ntitle: t\nlang: en\n---\n\nWords.\n\n## Grain\n\nMore words.\n", encoding="utf-8")
    settings.write_text(f"docx: {{toc: {str(asked == 'configuration').lower()}}}\n", encoding="utf-8")
    option = ["--docx-toc"] if asked == "option" else []
    ran = call(capsysbinary, "convert", article, "--to", "docx", "-o", tmp_path, "--config", settings, *option)
    assert ran.status == 0
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        assert (b"Table of Contents" in archive.read("word/document.xml")) == (asked != "nothing")
