"""Bad input: what comes in, and the status, the code and the files that must come of it. Never a traceback."""

from __future__ import annotations

import os
import pty
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands import FORMATS, PATIENCE, SAMPLE, SUFFIXES, Ran, call, environment, left, run

WORDS = "The café in Señor Müller’s street was closed — “for ever”, said a naïve façade of a note.\n\n"
JAPANESE = "東京の港で古い橋がもう一度開かれた。町の人々は朝から歩いて渡り、昼には船の最後の便が出た。\n\n"
XML = b"<?xml version='1.0'?><svg><body><p>Words</p></body></svg>"


class Bad(NamedTuple):
    """An input, the status and the codes on standard error; `made` says whether an output comes of it."""

    name: str
    data: bytes
    status: int
    code: str
    made: bool = False


INPUTS = {
    "empty": Bad("a.txt", b"", 1, "input.empty"),
    "empty-markdown": Bad("a.md", b"", 1, "input.empty"),
    "empty-json": Bad("a.json", b"", 1, "input.empty"),
    "white-space": Bad("a.txt", b" \n\t\r\n  \n", 1, "input.empty"),
    "bom-alone": Bad("a.txt", b"\xef\xbb\xbf", 1, "input.empty"),
    "white-space-beyond-ascii": Bad("a.txt", "\u00a0\u2003\n\u3000".encode(), 1, "input.empty"),
    "binary": Bad("a.txt", bytes(range(256)) * 64, 1, "input.binary"),
    "binary-markdown": Bad("a.md", bytes(range(256)) * 64, 1, "input.binary"),
    "binary-without-nul": Bad("a.txt", bytes(range(1, 256)) * 64, 1, "input.binary"),
    "binary-without-suffix": Bad("article", b"\x7fELF" + bytes(range(256)), 1, "input.binary"),
    "pdf": Bad("a.txt", b"%PDF-1.7\n1 0 obj << >> endobj\n", 1, "input.binary"),
    "pdf-by-its-name": Bad("a.pdf", b"%PDF-1.7\n1 0 obj << >> endobj\n", 1, "input.binary"),
    "zip": Bad("a.docx", b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(80), 1, "docx.zip"),
    "png": Bad("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), 1, "input.binary"),
    "other-xml": Bad("a.txt", XML, 1, "format.unsupported"),
    "broken-json": Bad("a.json", b'{"copydesk": 1, "document": {', 1, "json."),
    "other-json": Bad("a.json", b'{"name": "value"}', 1, "format.unsupported"),
    "twenty-megabytes": Bad("a.txt", b"Twenty megabytes of words. " * 800_000, 1, "limit.input-bytes"),
    "a-million-characters": Bad("a.txt", b"word " * 200_000, 1, "limit.block-letters"),
    "a-million-letters": Bad("a.txt", b"x" * 1_000_000, 1, "limit.block-letters"),
    "a-million-dots": Bad("a.md", b"." * 1_000_000, 1, "limit.block-letters"),
    "a-million-lines": Bad("a.txt", b"a\n\n" * 1_000_000, 1, "limit.nodes"),
    "damaged-utf-8": Bad("a.txt", (WORDS * 40).encode() + b"\xc3(", 0, "text.damaged", made=True),
    "latin-1": Bad("a.txt", ("Le château était fermé. " * 30).encode("latin-1"), 0, "text.encoding", made=True),
    "windows-1252": Bad("a.txt", (WORDS * 30).encode("cp1252"), 0, "text.encoding", made=True),
    "utf-16": Bad("a.txt", (WORDS * 3).encode("utf-16"), 0, "text.encoding", made=True),
    "utf-16-bare": Bad("a.txt", (WORDS * 3).encode("utf-16-le"), 0, "text.encoding", made=True),
    "utf-16-bare-big-endian": Bad("a.txt", (WORDS * 3).encode("utf-16-be"), 0, "text.encoding", made=True),
    "utf-16-odd": Bad("a.txt", WORDS.encode("utf-16") + b"\x00", 1, "input.binary"),
    "shift-jis": Bad("a.txt", (JAPANESE * 8).encode("shift_jis"), 0, "text.encoding", made=True),
}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, without anybody's settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    return tmp_path


def clean_end(ran: Ran, status: int, code: str) -> None:
    """The run ended as it must, with its code and without a traceback."""
    assert "Traceback" not in ran.err, ran.err
    assert "[internal]" not in ran.err, ran.err
    assert (ran.status, f"[{code}" in ran.err) == (status, True), ran.err


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("bad", INPUTS.values(), ids=INPUTS.keys())
def test_bad_articles_end_as_the_table_says(
    bad: Bad, to: str, desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path(bad.name).write_bytes(bad.data)
    ran = call(capsysbinary, "convert", bad.name, "--to", to, "-o", "out", "-v")
    clean_end(ran, bad.status, bad.code)
    stem = Path(bad.name).stem
    assert left(desk) == sorted([bad.name, *([f"out/{stem}{SUFFIXES[to]}"] if bad.made else [])])


def test_the_encoding_that_was_found_is_named(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    named = {"latin-1": "é", "windows-1252": "“", "utf-16": "“", "utf-16-bare": "“", "shift-jis": "橋"}
    for name, sign in named.items():
        Path("a.txt").write_bytes(INPUTS[name].data)
        ran = call(capsysbinary, "convert", "a.txt", "--to", "md", "-o", "-", "-v")
        assert sign in ran.out.decode(), name
        assert "was read as" in ran.err, name


class Wrong(NamedTuple):
    """A call that cannot be done. `files` stand in the working folder before it."""

    arguments: tuple[str, ...]
    status: int
    code: str
    files: dict[str, str] = {}  # noqa: RUF012 (a NamedTuple's default, never changed)


GOOD = {"a.txt": "A headline of some words\n\nWords that follow it, in a paragraph of their own.\n"}
CALLS = {
    "missing-article": Wrong(("nosuch.txt",), 1, "input.missing"),
    "folder-as-article": Wrong((".",), 1, "input.folder"),
    "article-below-a-file": Wrong(("a.txt/b.txt",), 1, "input.unreadable", GOOD),
    "name-too-long": Wrong(("x" * 300 + ".txt",), 1, "input.unreadable"),
    "unknown-theme": Wrong(("a.txt", "--theme", "nosuch"), 2, "theme.unknown", GOOD),
    "missing-theme-file": Wrong(("a.txt", "--theme", "./nosuch.yaml"), 2, "theme.", GOOD),
    "broken-theme": Wrong(
        ("a.txt", "--theme", "./t.yaml"), 2, "theme.wrong", {**GOOD, "t.yaml": "extends: base\nstylse: {}\n"}
    ),
    "theme-no-yaml": Wrong(("a.txt", "--theme", "./t.yaml"), 2, "theme.wrong", {**GOOD, "t.yaml": "a: [\n"}),
    "theme-binary": Wrong(("a.txt", "--theme", "./t.yaml"), 2, "theme.wrong", {**GOOD, "t.yaml": "a: \x00\x01"}),
    "unknown-format": Wrong(("a.txt", "--to", "doc"), 2, "format.unknown", GOOD),
    "no-format": Wrong(("a.txt", "--to", ","), 2, "format.none", GOOD),
    "unknown-from": Wrong(("a.txt", "--from", "pdf"), 2, "format.unknown", GOOD),
    "missing-config": Wrong(("a.txt", "--config", "nosuch.yaml"), 2, "config.unreadable", GOOD),
    "broken-config": Wrong(("a.txt", "--config", "c.yaml"), 2, "config.wrong", {**GOOD, "c.yaml": "theem: x\n"}),
    "config-no-yaml": Wrong(("a.txt", "--config", "c.yaml"), 2, "config.wrong", {**GOOD, "c.yaml": "a: {\n"}),
    "config-a-folder": Wrong(("a.txt", "--config", "."), 2, "config.unreadable", GOOD),
    "broken-config-in-the-folder": Wrong(("a.txt",), 2, "config.wrong", {**GOOD, "copydesk.yaml": "to: []\n"}),
    "unknown-format-in-config": Wrong(("a.txt",), 2, "config.wrong", {**GOOD, "copydesk.yaml": "to: [doc]\n"}),
    "unknown-theme-in-config": Wrong(("a.txt",), 2, "config.wrong", {**GOOD, "copydesk.yaml": "theme: nosuch\n"}),
    "folder-is-a-file": Wrong(("a.txt", "-o", "f"), 1, "output.folder", {**GOOD, "f": "x"}),
    "folder-below-a-file": Wrong(("a.txt", "-o", "f/g"), 1, "output.unwritable", {**GOOD, "f": "x"}),
    "folder-of-the-system": Wrong(("a.txt", "-o", "/proc/copydesk"), 1, "output.unwritable", GOOD),
    "report-below-a-file": Wrong(("a.txt", "--report", "f/r.json"), 1, "output.folder", {**GOOD, "f": "x"}),
    "report-over-the-article": Wrong(("a.txt", "--report", "a.txt", "--force"), 1, "output.input", GOOD),
    "two-formats-to-standard-output": Wrong(("a.txt", "-o", "-", "--to", "md,json"), 2, "output.several", GOOD),
    "two-articles-to-standard-output": Wrong(
        ("a.txt", "b.txt", "-o", "-", "--to", "md"), 2, "output.several", {**GOOD, "b.txt": "B"}
    ),
}


@pytest.mark.parametrize("wrong", CALLS.values(), ids=CALLS.keys())
def test_wrong_calls_end_as_the_table_says(
    wrong: Wrong, desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name, text in wrong.files.items():
        Path(name).write_text(text)
    to = () if "--to" in wrong.arguments or "copydesk.yaml" in wrong.files else ("--to", "md")
    ran = call(capsysbinary, "convert", *wrong.arguments, *to)
    clean_end(ran, wrong.status, wrong.code)
    made = ["output/a.md"] if "f/r.json" in wrong.arguments else []
    assert left(desk) == sorted([*wrong.files, *made])
    assert all(Path(name).read_text() == text for name, text in wrong.files.items())


@pytest.mark.parametrize("to", FORMATS)
def test_an_output_that_is_there_is_replaced_only_by_force(
    to: str, desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("a.txt").write_text(GOOD["a.txt"])
    target = desk / f"output/a{SUFFIXES[to]}"
    target.parent.mkdir()
    target.write_text("older")
    clean_end(call(capsysbinary, "convert", "a.txt", "--to", to), 1, "output.exists")
    assert target.read_text() == "older"
    assert call(capsysbinary, "convert", "a.txt", "--to", to, "--force").status == 0
    assert target.read_bytes() != b"older"
    assert left(desk) == ["a.txt", f"output/{target.name}"]


@pytest.mark.parametrize("name", ["a.md", "a.json"])
def test_an_output_never_replaces_an_article(name: str, desk: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("a.txt").write_text(GOOD["a.txt"])
    to = Path(name).suffix[1:]
    assert call(capsysbinary, "convert", "a.txt", "--to", to, "-o", ".").status == 0
    before = Path(name).read_bytes()
    clean_end(call(capsysbinary, "convert", name, "--to", to, "-o", ".", "--force"), 1, "output.input")
    os.symlink(name, "link.txt")
    clean_end(call(capsysbinary, "convert", "link.txt", name, "--to", to, "-o", ".", "--force"), 1, "output.input")
    assert Path(name).read_bytes() == before


@pytest.mark.parametrize("to", FORMATS)
def test_two_articles_of_one_name_do_not_replace_one_another(
    to: str, desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for folder in ("one", "two"):
        Path(folder).mkdir()
        Path(folder, "a.txt").write_text(f"The headline of number {folder}\n\nWords.\n")
    ran = call(capsysbinary, "convert", "one/a.txt", "two/a.txt", "--to", to, "--force")
    clean_end(ran, 1, "output.collision")
    alone = call(capsysbinary, "convert", "one/a.txt", "--to", to, "-o", "alone")
    assert alone.status == 0
    assert Path(f"output/a{SUFFIXES[to]}").read_bytes() == Path(f"alone/a{SUFFIXES[to]}").read_bytes()


# ------------------------------------------------------------------------ faults of the machine


def test_a_program_that_may_write_no_more_leaves_no_half_file(desk: Path) -> None:
    """A limit on the size of files fails in the middle of a write, as a quota does."""
    for to in FORMATS:
        done = subprocess.run(
            [sys.executable, "-m", "convert", "convert", str(SAMPLE), "--to", to, "-o", "out"],
            env=environment(PYTHONDONTWRITEBYTECODE="1"), capture_output=True, timeout=PATIENCE, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
        )  # fmt: skip
        code = "output.unwritable" if to != "pdf" else "system.failed"  # which copies fonts before it writes
        clean_end(Ran(done.returncode, done.stdout, done.stderr.decode()), 1, code)
        assert left(desk) == []


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts a disk of a few bytes; skips where that is not allowed."""
    mounted: list[Path] = []

    def mount(size: int, *options: str) -> Path:
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        asked = ["mount", "-t", "tmpfs", "-o", ",".join([f"size={size}", *options]), "none", str(place)]
        if os.geteuid() or subprocess.run(asked, capture_output=True, check=False).returncode:
            pytest.skip("only root may mount the small disk that this test fills")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.prove
@pytest.mark.parametrize("to", FORMATS)
def test_a_full_disk_gets_a_sentence_and_no_file(to: str, full: Callable[[int], Path], desk: Path) -> None:
    disk = full(4096)
    (disk / "filler").write_bytes(b"x" * 4096)
    ran = run("convert", SAMPLE, "--to", to, "-o", disk / "out", cwd=desk)
    clean_end(ran, 1, "output.unwritable")
    assert "disk is full" in ran.err
    assert left(disk) == ["filler"]


@pytest.mark.prove
def test_a_disk_that_fills_while_writing_keeps_the_older_file(full: Callable[[int], Path], desk: Path) -> None:
    disk = full(8192)
    (disk / "harbour-bridge.xhtml").write_bytes(b"older")
    ran = run("convert", SAMPLE, "--to", "xhtml", "-o", disk, "--force", cwd=desk)
    clean_end(ran, 1, "output.unwritable")
    assert left(disk) == ["harbour-bridge.xhtml"]
    assert (disk / "harbour-bridge.xhtml").read_bytes() == b"older"


@pytest.mark.prove
def test_a_disk_that_can_only_be_read_gets_a_sentence(full: Callable[..., Path], desk: Path) -> None:
    ran = run("convert", SAMPLE, "--to", "md", "-o", full(65536, "ro"), cwd=desk)
    clean_end(ran, 1, "output.unwritable")
    assert "read-only" in ran.err


# ------------------------------------------------------------------------- the standard streams


STREAMS = {
    "without-from": Wrong(("-", "--to", "md"), 2, "format.unclear"),
    "two-formats": Wrong(("-", "--to", "md,docx"), 2, "output.several"),
    "unknown-from": Wrong(("-", "--from", "odt"), 2, "format.unknown"),
}


@pytest.mark.parametrize("wrong", STREAMS.values(), ids=STREAMS.keys())
def test_wrong_use_of_standard_input(wrong: Wrong, desk: Path) -> None:
    ran = run("convert", *wrong.arguments, cwd=desk, stdin=b"A headline\n\nSome words of text.\n")
    clean_end(ran, wrong.status, wrong.code)
    assert ran.out == b""


@pytest.mark.parametrize(("to", "status"), [("docx", 2), ("pdf", 2), ("epub", 2), ("md", 0), ("json", 0), ("xhtml", 0)])
def test_a_terminal_is_not_sent_what_it_cannot_show(to: str, status: int, desk: Path) -> None:
    Path("a.txt").write_text(GOOD["a.txt"])
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb") as terminal:
        program = subprocess.Popen(
            [sys.executable, "-m", "convert", "convert", "a.txt", "--to", to, "-o", "-"],
            stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, env=environment(), cwd=desk,
        )  # fmt: skip
        os.close(theirs)
        shown = _until_closed(terminal.fileno())
        _, err = program.communicate(timeout=PATIENCE)
    assert (program.returncode, b"Traceback" in err) == (status, False)
    assert (shown == b"") == (b"[output.terminal]" in err) == (status == 2)


def _until_closed(terminal: int) -> bytes:
    """All that a terminal is sent; at its end Linux answers with an error."""
    shown = b""
    with suppress(OSError):
        while data := os.read(terminal, 65536):
            shown += data
    return shown


@pytest.mark.parametrize("to", FORMATS)
def test_every_format_goes_down_a_pipe(to: str, desk: Path) -> None:
    ran = run("convert", "-", "--from", "text", "--to", to, cwd=desk, stdin=SAMPLE.read_bytes())
    assert (ran.status, left(desk)) == (0, [])
    beside = run("convert", SAMPLE, "--to", to, "-o", "out", cwd=desk)
    assert beside.status == 0
    assert ran.out[:2] == (desk / f"out/harbour-bridge{SUFFIXES[to]}").read_bytes()[:2]


SHELL = {
    "reader-gone": ("explain {sample} | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}", (0, 1), ""),
    "reader-gone-at-once": ("convert {sample} --to json -o - | true; exit ${{PIPESTATUS[0]}}", (0, 1), ""),
    "output-closed": ("convert {sample} --to md -o - >&-", (1,), "output.closed"),
    "list-to-a-closed-output": ("formats >&-", (1,), "output.closed"),
    "output-full": ("convert {sample} --to md -o - >/dev/full", (1,), "output.unwritable"),
    "input-closed": ("convert - --from text --to md <&-", (1,), "input.empty"),
    "input-empty": ("convert - --to md </dev/null", (1,), "input.empty"),
    "input-dead": ("convert - --from text --to md 0>/dev/null", (1,), "input.unreadable"),
    "input-endless": ("convert - --from text --to md </dev/zero", (1,), "limit.input-bytes"),
    "article-endless": ("convert /dev/zero --to md", (1,), "limit.input-bytes"),
    "errors-closed": ("convert nosuch.txt --to md 2>&-", (1,), ""),
    "all-closed": ("convert {sample} --to md -o out <&- >&- 2>&-", (0,), ""),
}


@pytest.mark.parametrize(("line", "statuses", "code"), SHELL.values(), ids=SHELL.keys())
def test_streams_that_are_closed_full_or_gone(line: str, statuses: tuple[int, ...], code: str, desk: Path) -> None:
    script = f"{sys.executable} -m convert {line.format(sample=SAMPLE)}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=desk, env=environment(), capture_output=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    err = done.stderr.decode()
    assert done.returncode in statuses, err
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    assert f"[{code}]" in err if code else "error:" not in err, err
