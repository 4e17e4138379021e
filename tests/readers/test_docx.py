"""The DOCX reader: its constructs as goldens, our own files read back, other programs' files, and files that mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.cleaning import clean
from convert.config import Config, DocxConfig
from convert.errors import RefusedError
from convert.readers.base import Reading
from convert.readers.docx import Reader
from convert.report import Result
from convert.tree.check import faults
from convert.tree.text import document_letters, letters, nfc
from convert.world import Source
from tests.goldens import Case, Golden, params
from tests.readers.help import shown
from tests.readers.wordfile import from_golden

GOLDENS = Path(__file__).parent.parent / "golden" / "docx-reading"


def read(data: bytes, changes: str = "accept") -> Result[Reading]:
    config = Config(docx=DocxConfig(changes=changes))  # type: ignore[arg-type]
    return Reader(config).read(Source(data, "article.docx"))


def is_sound(result: Result[Reading]) -> bool:
    """Whether tree and reading text have the same letters, in order, and the cleaned tree is without faults."""
    reading = result.value
    assert nfc(letters(reading.text)) == nfc(document_letters(reading.document))
    return faults(clean(reading.document, reading.text, result.report, flat=reading.flat)) == []


@pytest.mark.parametrize("case", params(GOLDENS))
def test_word_files_are_read_as_a_tree(case: Case, golden: Golden) -> None:
    policy = case.title.rpartition(": ")[2]
    policy = policy if policy in ("accept", "reject", "refuse") else "accept"
    try:
        result = read(from_golden(case.given), policy)
    except RefusedError as error:
        golden(case, f"refused {error.code}: {error.text}")
        return
    told = "\n".join(
        f"{message.code}: {message.text}" + (f" ({message.where})" if message.where != "article.docx" else "")
        for message in result.report.messages
    )
    golden(case, f"{shown(result)}\n{told}")
    assert is_sound(result)
