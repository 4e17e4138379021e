"""The public API, pinned; and what it costs to import."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import convert
from convert.tree import Document, Metadata
from convert.tree.build import paragraph
from tests.commands import FORMATS, ROOT, SAMPLE, environment

HEAVY = ("weasyprint", "docx", "PIL", "lxml", "fontTools", "babel", "charset_normalizer", "markdown_it", "pydyf")

FORBIDDEN = {
    "markdown": {"weasyprint", "docx", "PIL", "lxml", "fontTools", "babel", "pydyf"},
    "json": {"weasyprint", "docx", "PIL", "lxml", "fontTools", "babel", "pydyf"},
    "xhtml": {"weasyprint", "docx", "PIL", "lxml", "pydyf"},
    "epub": {"weasyprint", "docx", "pydyf"},
    "docx": {"weasyprint", "PIL", "pydyf"},
    "pdf": {"docx"},
}
"""What a plain text without pictures must not import on its way into each format."""


def loaded(program: str, *arguments: str) -> set[str]:
    """The heavy libraries in memory after a program."""
    end = f"\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", "import sys\n" + program + end, *arguments],
        capture_output=True, text=True, check=True, env=environment(), cwd=ROOT,
    )  # fmt: skip
    return set(done.stdout.split())


def test_these_names_are_public() -> None:
    assert sorted(convert.__all__) == [
        "Change", "Config", "CopydeskError", "Document", "Message", "Options", "Rendered", "Report", "Result",
        "__version__", "convert", "load_config",
    ]  # fmt: skip
    for name in convert.__all__:
        assert getattr(convert, name) is not None
        assert name in dir(convert)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        convert.nonsense  # noqa: B018


def test_the_signature_of_convert() -> None:
    assert str(inspect.signature(convert.convert)) == (
        "(source: 'bytes | Path | Document', to: 'str' = 'docx', theme: 'str | Path' = '', *, from_: 'str' = '', "
        "name: 'str | None' = None, base: 'Path | None' = None, config: 'Config | None' = None, "
        "options: 'Options | None' = None, world: 'World | None' = None, refuse: 'Collection[str]' = (), "
        "allow_embargoed: 'bool' = False) -> 'Result[Rendered]'"
    )


@pytest.mark.parametrize("program", ["import convert", "import convert.cli", "import convert.pipeline",
                                     "from convert import *", "import convert; convert.convert; convert.load_config()"])  # fmt: skip
def test_importing_loads_nothing_heavy(program: str) -> None:
    assert loaded(program) == set()


@pytest.mark.parametrize("command", ["formats", "themes", "schema", "--help"])
def test_lists_load_nothing_heavy(command: str) -> None:
    program = "import convert.cli, io, contextlib\nwith contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):\n"
    program += " try: convert.cli.main(sys.argv[1:])\n except SystemExit: pass"
    assert loaded(program, command) - {"markdown_it"} == set()


@pytest.mark.parametrize("to", FORBIDDEN)
def test_a_format_loads_no_other_s_libraries(to: str) -> None:
    program = "import convert, pathlib\nconvert.convert(pathlib.Path(sys.argv[2]), sys.argv[1])"
    assert loaded(program, to, str(SAMPLE)) & FORBIDDEN[to] == set()


def test_the_table_of_forbidden_libraries_knows_every_format() -> None:
    assert set(FORBIDDEN) == set(FORMATS)


@pytest.mark.parametrize("to", FORMATS)
def test_bytes_paths_and_trees_are_converted(to: str) -> None:
    from_path = convert.convert(SAMPLE, to)
    from_bytes = convert.convert(SAMPLE.read_bytes(), to, from_="text", name=SAMPLE.name, base=SAMPLE.parent)
    assert from_path == from_bytes
    assert from_path.value.name.startswith("harbour-bridge.")
    assert from_path.report.changes
    tree = Document(Metadata(title="A title", language="en"), (paragraph("Words  that,stay as they are."),))
    from_tree = convert.convert(tree, to)
    assert from_tree.value.name.startswith("article.")
    assert from_tree.report.changes == []


def test_errors_are_of_one_family(tmp_path: Path) -> None:
    for call in (
        lambda: convert.convert(tmp_path / "nothing.txt"),
        lambda: convert.convert(b"", "md", from_="text"),
        lambda: convert.convert(b"words", "nonsense"),
        lambda: convert.convert(b"words", "md"),
        lambda: convert.convert(b"words", "md", "nonsense", from_="text"),
        lambda: convert.convert(Document(Metadata(status="canceled")), "md"),
    ):
        with pytest.raises(convert.CopydeskError) as caught:
            call()
        assert caught.value.code
        assert caught.value.text


def test_a_press_is_kept_and_does_not_remember_the_article() -> None:
    first = convert.convert(b"One title\n\nWords of the first.", "xhtml", from_="text").value.data
    convert.convert(b"Other title\n\nOther words.", "xhtml", from_="text")
    assert convert.convert(b"One title\n\nWords of the first.", "xhtml", from_="text").value.data == first


def test_a_refused_change_is_not_made() -> None:
    whole = convert.convert(SAMPLE, "json")
    change = next(change for change in whole.report.changes if change.step == "lost-spaces")
    refused = convert.convert(SAMPLE, "json", refuse={change.id})
    assert change.id not in {each.id for each in refused.report.changes}
    assert refused.value.data != whole.value.data
