"""The Markdown reader: its constructs as goldens, front matter, names, and input that means harm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from convert.errors import InputError
from convert.readers.base import Reading
from convert.readers.markdown import Reader
from convert.report import Result
from convert.tree.check import faults
from convert.tree.text import document_letters, letters
from convert.tree.walk import MAX_DEPTH, depth
from convert.world import Source
from tests.goldens import Case, Golden, cases
from tests.readers.help import shown

GOLDENS = Path(__file__).parent.parent / "golden" / "markdown"


def read(text: str | bytes) -> Result[Reading]:
    data = text if isinstance(text, bytes) else text.encode()
    return Reader().read(Source(data, "article.md"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in cases(GOLDENS / "reading.md")])
def test_markdown_is_read_as_a_tree(case: Case, golden: Golden) -> None:
    result = read(case.given + "\n")
    assert faults(result.value.document) == []
    assert letters(result.value.text) == document_letters(result.value.document)
    golden(case, shown(result))


@pytest.mark.parametrize(
    ("text", "sureness"),
    [
        (b"---\ntitle: a\n---\n", 3),
        (b"# A\n\n[b](https://example.org)\n", 2),
        (b"## A\n\n**b** c\n", 2),
        (b"A plain article.\n\n- with a dash\n- or two\n", 1),
        (b"- 3 is #1 in [brackets] and *stars*\n", 1),
        (b"GIF89a\0\0", 0),
    ],
)
def test_only_several_marks_make_a_text_likely_markdown(text: bytes, sureness: int) -> None:
    assert Reader().sniff(text) == sureness


@pytest.mark.parametrize(
    "value",
    [
        "NO",
        "12:30",
        "1_000",
        "0x10",
        "~",
        "a: b",
        "# a",
        "'a' \"b\"",
        "\\n",
        "日本語",
        "e\u0301",
        "a\nb",
        "\u2028",
        "---",
        "x" * 5000,
    ],
)
def test_a_quoted_value_of_front_matter_is_the_string_it_says(value: str) -> None:
    import json

    quoted = json.dumps(value).replace("\u2028", "\\u2028")
    assert read(f"---\ntitle: {quoted}\n---\n").value.document.metadata.title == value


def test_three_hyphens_within_a_value_do_not_end_the_front_matter() -> None:
    document = read('---\ntitle: "a --- b"\ndeck: "--- c"\n---\nd\n').value.document
    assert (document.metadata.title, document.metadata.deck) == ("a --- b", "--- c")


@pytest.mark.parametrize(
    "yaml",
    [
        "a: [" * 3000,
        "a: &b [*b]",
        "a: !!python/object:os.system {}",
        "a: b\na: c",
        "a:\tb\n\t- c",
        "a: b: c",
    ],
)
def test_front_matter_that_cannot_be_read_stops_the_article(yaml: str) -> None:
    """It may hold a status or an embargo, which nobody would see."""
    with pytest.raises(InputError) as caught:
        read(f"---\n{yaml}\n---\nText.\n")
    assert caught.value.code == "frontmatter.malformed"


def test_a_fault_in_front_matter_is_named_by_the_line_of_the_file() -> None:
    with pytest.raises(InputError, match=r":3:1: "):
        read("---\ntitle: a\ntitle: b\n---\nText.\n")


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("embargo: soon", "desk.embargo-unclear"),
        ("embargo: 2999-01-01", "desk.embargo"),
        ("status: Killed", "desk.killed"),
        ("Status: spiked", "desk.killed"),
        ("status: withheld", "desk.withheld"),
        ("status: who knows", "desk.withheld"),
    ],
)
def test_the_desk_is_obeyed_whatever_front_matter_calls_it(field: str, code: str) -> None:
    from datetime import UTC, datetime

    from convert.errors import RefusedError
    from convert.rules import obey

    metadata = read(f"---\ntitle: T\n{field}\n---\nText.\n").value.document.metadata
    with pytest.raises(RefusedError) as caught:
        obey(metadata, datetime(2026, 1, 1, tzinfo=UTC))
    assert caught.value.code == code


def test_cells_beyond_the_last_column_are_a_loss() -> None:
    report = read("| a | b |\n|---|---|\n| 1 | 2 | LOST |\n| 3 | 4 |\n").report
    assert [(message.code, message.where) for message in report.messages] == [("markdown.cells", "line 3 of the text")]


HOSTILE = {
    "brackets": "[" * 10_000,
    "quotes": ">" * 10_000,
    "openers": "*a " * 10_000,
    "quotation marks": "\"a' " * 25_000,
    "pictures in pictures": "![" * 3_000 + "x" + "](y)" * 3_000,
    "emphasis in emphasis": "*a _b " * 3_000 + "c_ d* " * 3_000,
    "links in links": "[a](" * 10_000,
    "ticks": "".join("`" * k + " " for k in range(400)),
    "lists in lists": "".join("  " * k + "- a\n" for k in range(300)),
    "tables in tables": "<table><tr><td>" * 500,
    "containers": "<div>\n\n" * 2_000,
    "notes in notes": "[^1]: " * 3_000,
    "columns": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n",
    "comments": "<!-- " * 5_000,
    "addresses": "www." * 5_000 + "a@" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_soon_and_keeps_its_letters(name: str) -> None:
    began = time.process_time()
    result = read(HOSTILE[name])
    assert time.process_time() - began < 5
    assert depth(result.value.document) <= MAX_DEPTH
    assert letters(result.value.text) == document_letters(result.value.document)


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "input.empty"), (b" \n", "input.empty"), (b"%PDF-1.7", "input.binary")]
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == code


def test_the_rich_sample_has_its_parts(shared: Path) -> None:
    document = read((shared / "samples" / "rich.md").read_bytes()).value.document
    assert [type(block).__name__ for block in document.blocks] == [
        "Paragraph", "Figure", "Heading", "Quote", "Heading", "List", "Heading", "Table", "Paragraph", "CodeBlock",
        "Paragraph", "Rule", "Paragraph",
    ]  # fmt: skip
    assert [note.id for note in document.notes] == ["1", "note"]


def test_a_paragraph_of_brackets_is_refused_and_not_looked_at() -> None:
    """markdown-it looks for the end of a link at each of them: 200,000 take ten seconds."""
    from convert.errors import LimitError

    with pytest.raises(LimitError) as caught:
        Reader().read(Source(b"[" * 200_000, "a.md"))
    assert caught.value.code == "limit.brackets"
    assert Reader().read(Source(b"[a]\n\n" * 20_000, "a.md")).value.document.blocks
