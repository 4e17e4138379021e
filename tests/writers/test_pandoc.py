"""The writer of pandoc's JSON: constructs as goldens, and each pandoc takes what is written for it and no other."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from convert.readers.pandoc import Reader
from convert.tree.check import faults
from convert.tree.text import document_letters, letters
from convert.world import Source
from convert.writers.base import Options
from convert.writers.pandoc import Writer
from tests.goldens import Case, Golden, cases
from tests.validators.judges import pandocs
from tests.writers.help import document, theme
from tests.writers.rich import rich_assets, rich_document

GOLDENS = Path(__file__).parent.parent / "golden" / "pandoc"


def compact(data: Any) -> str:
    return msgspec.json.encode(data).decode()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in cases(GOLDENS / "writing.md")])
def test_a_tree_is_written_as_pandocs_json(case: Case, golden: Golden) -> None:
    result = Writer(theme(), Options()).render(document(case.given), rich_assets(), "talks")
    written = msgspec.json.decode(result.value.data)
    lines = [f"{field}: {compact(value)}" for field, value in written["meta"].items()]
    lines += [compact(block) for block in written["blocks"]]
    messages = [f"%%% {message.severity} {message.code}" for message in result.report.messages]
    golden(case, "\n".join([*lines, *messages]))


@pytest.mark.prove
@pytest.mark.parametrize("api", ["1.22", "1.23"])
def test_a_pandoc_takes_what_is_written_for_it_and_no_other(api: Literal["1.22", "1.23"]) -> None:
    programs = pandocs()
    assert set(programs) == {"1.22", "1.23"}
    rendered = Writer(theme(), Options(pandoc_api=api)).render(rich_document(), rich_assets(), "a").value
    for speaks, program in programs.items():
        done = subprocess.run([program, "-f", "json", "-t", "json"], input=rendered.data, capture_output=True)
        if speaks != api:
            assert done.returncode, f"pandoc of API {speaks} takes {api}: then nobody need choose"
            continue
        assert done.returncode == 0, done.stderr
        # what pandoc made of it is the same once read: nothing was written that it drops or mends
        ours, theirs = (Reader().read(Source(data, "a.json")).value for data in (rendered.data, done.stdout))
        assert theirs.document == ours.document
        assert letters(theirs.text) == letters(ours.text) == document_letters(ours.document)
        assert not faults(theirs.document)
