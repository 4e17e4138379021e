"""Samples of wire items and CMS records: each written for the project, read, proved and compared with its golden."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert import formats
from convert.cleaning import clean
from convert.readers.base import Reading
from convert.report import Result
from convert.tree.check import faults
from convert.tree.text import document_letters, letters, nfc
from convert.world import Source
from tests.goldens import Case, Golden, params
from tests.readers.help import shown

TESTS = Path(__file__).parent.parent


def read(name: str) -> Result[Reading]:
    source = Source((TESTS / "samples" / name).read_bytes(), Path(name).name)
    return formats.reader_for(source).read(source)


@pytest.mark.parametrize("case", params(TESTS / "golden" / "records"))
def test_a_sample_is_read_as_a_tree(case: Case, golden: Golden) -> None:
    result = read(case.given.strip())
    assert nfc(letters(result.value.text)) == nfc(document_letters(result.value.document))
    golden(case, shown(result))
    cleaned = clean(result.value.document, result.value.text, result.report, flat=False)
    assert faults(cleaned) == []
    note = letters(cleaned.metadata.editors_note)
    assert not note or note not in letters(document_letters(cleaned)).replace(note, "", 1)


def test_every_sample_has_a_golden() -> None:
    given = {case.given.strip() for param in params(TESTS / "golden" / "records") for case in param.values}  # type: ignore[attr-defined]
    several = {"ninjs/killed.json", "wxr/site.xml", "newsml/message.xml", "feed/several.xml", "ghost/site.json"}
    there = {str(path.relative_to(TESTS / "samples")) for path in (TESTS / "samples").glob("*/*.*")}
    there = {path for path in there if not path.startswith("docx/")}  # those have outlines
    assert there - several == given
