"""Each cleaning pass against its goldens: text in, outline and changes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convert.cleaning import PASSES, clean
from convert.readers import html
from convert.readers.text import Reader
from convert.report import Report
from convert.tree import check
from convert.world import Source
from tests.goldens import Case, Golden, params
from tests.outline import changes, outline

GOLDENS = Path(__file__).parent.parent / "golden" / "cleaning"


def cleaned(text: str, refuse: tuple[str, ...] = ()) -> tuple[str, Report]:
    """The outline of a text put through all passes, and the report."""
    page = text.startswith("<!doctype html>")
    read = (html.Reader() if page else Reader()).read(Source(text.encode(), "article"))
    report = Report()
    document = clean(read.value.document, read.value.text, report, flat=read.value.flat, refuse=refuse)
    assert check.faults(document) == []
    return outline(document), report


@pytest.mark.parametrize("case", params(GOLDENS))
def test_cleaning_does_what_its_golden_says(case: Case, golden: Golden) -> None:
    text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), case.given)
    shown, report = cleaned(text)
    messages = "\n".join(
        f"{m.severity} {m.code} {m.where}".rstrip() for m in report.messages if not m.code.startswith("language")
    )
    golden(case, "\n\n".join(filter(None, (shown, changes(report), messages))))


def test_every_pass_has_a_golden() -> None:
    assert {file.stem for file in GOLDENS.glob("*.md")} == {each.name for each in PASSES}
