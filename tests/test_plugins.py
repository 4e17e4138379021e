"""Formats of third parties: a small package with a reader and a writer, used as if they were ours."""

from __future__ import annotations

from pathlib import Path

import pytest

import convert
from convert import formats
from tests.commands import FORMATS, ROOT, SAMPLE, Ran, environment, run

MODULE = """
from convert.readers.base import Reading
from convert.report import Report, Result
from convert.tree import Document, Metadata, Paragraph, Text
from convert.tree.text import document_text
from convert.tree.walk import plain_text
from convert.writers.base import Rendered


class Shout:
    name, suffixes, media_types = "shout", (".shout",), ("text/x-shout",)

    def sniff(self, head):
        return 3 if head.startswith(b"!!!") else 0

    def read(self, source):
        title, _, body = source.data.decode().removeprefix("!!!").partition("\\n")
        document = Document(Metadata(title=title, language="en"), (Paragraph((Text(body.strip()),)),))
        return Result(Reading(document, document_text(document)), Report())


class Haiku:
    name, suffix, media_type = "haiku", ".haiku", "text/x-haiku"

    def __init__(self, theme, options):
        self.theme = theme

    def render(self, document, assets, stem):
        report = Report()
        report.add("haiku.short", "loss", "A haiku has seventeen syllables.")
        text = f"{document.metadata.title} / {self.theme.name}\\n" + "".join(map(plain_text, document.blocks))
        return Result(Rendered(text.encode(), stem + self.suffix, self.media_type), report)
"""

ENTRY_POINTS = """
[convert.readers]
shout = copydesk_extras:Shout
gone = copydesk_extras.nowhere:Reader

[convert.writers]
haiku = copydesk_extras:Haiku
pdf = copydesk_extras:Haiku
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder as `pip install --target` would leave it."""
    site = tmp_path / "site"
    info = site / "copydesk_extras-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "copydesk_extras.py").write_text(MODULE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: copydesk-extras\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    return site


def extended(*arguments: str | Path, site: Path, stdin: bytes = b"") -> Ran:
    """A run in which the third party's package is installed."""
    return run(*arguments, cwd=site.parent, stdin=stdin, env=environment(PYTHONPATH=f"{ROOT}:{site}"))


def test_a_foreign_reader_and_writer_are_used_by_name(installed: Path) -> None:
    (installed.parent / "news.shout").write_text("!!!Bridge opens\nMany people came.\n")
    ran = extended("convert", "news.shout", "--to", "haiku,md", "--theme", "modern", "-o", "out", site=installed)
    assert ran.status == 0, ran.err
    assert "[haiku.short]" in ran.err
    out = installed.parent / "out"
    assert (out / "news.haiku").read_text() == "Bridge opens / modern\nMany people came."
    assert "Many people came." in (out / "news.md").read_text()


def test_a_foreign_reader_knows_its_own_on_standard_input(installed: Path) -> None:
    for arguments in ((), ("--from", "shout")):
        ran = extended("convert", "-", "--to", "haiku", *arguments, site=installed, stdin=b"!!!Title\nWords.")
        assert (ran.status, ran.out) == (0, b"Title / broadsheet\nWords."), ran.err


def test_foreign_losses_count(installed: Path) -> None:
    ran = extended("convert", SAMPLE, "--to", "haiku", "-o", "out", "--fail-on", "loss", site=installed)
    assert ran.status == 1


def test_foreign_formats_are_listed_and_a_broken_one_says_whose_it_is(installed: Path) -> None:
    ran = extended("formats", site=installed)
    assert (ran.status, ran.err) == (0, "")
    listed = ran.out.decode()
    assert "shout      .shout" in listed
    assert "haiku      .haiku   text/x-haiku" in listed
    assert "copydesk-extras, which cannot be loaded" in listed
    assert "shout" not in run("formats", cwd=installed.parent).out.decode()


def test_a_broken_foreign_format_fails_only_when_it_is_asked_for(installed: Path) -> None:
    ran = extended("convert", SAMPLE, "--to", "haiku", "--from", "gone", "-o", "out", site=installed)
    assert ran.status == 2
    assert "copydesk-extras" in ran.err
    assert "[format.plugin]" in ran.err
    assert "Traceback" not in ran.err


def test_our_own_names_stay_ours(installed: Path) -> None:
    ran = extended("convert", SAMPLE, "--to", "pdf", "-o", "-", site=installed)
    assert ran.out.startswith(b"%PDF-")


def test_a_hint_for_a_mistyped_name_knows_foreign_formats(installed: Path) -> None:
    ran = extended("convert", SAMPLE, "--to", "haiko", "-o", "out", site=installed)
    assert ran.status == 2
    assert "Did you mean “haiku”?" in ran.err


@pytest.mark.parametrize("to", FORMATS)
def test_our_own_names_look_at_no_entry_points(to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(**_: object) -> None:
        raise AssertionError("entry points were looked at")

    monkeypatch.setattr(formats, "entry_points", asked)
    assert convert.convert(SAMPLE, to).value.data
    assert formats.format_name(to) == to
