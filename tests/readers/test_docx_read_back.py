"""Our own Word files read back, and files that other programs wrote: the same structure is seen by all."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from msgspec import structs

from convert import Config, convert
from convert.pipeline import prepare
from convert.readers.docx import Reader
from convert.report import Report
from convert.tree import Attrs, Document, Figure, Heading, List, Quote, Table
from convert.tree import nodes as n
from convert.tree.text import block_text, document_text, letters
from convert.tree.walk import find, rewrite, walk
from convert.world import DiskWorld, Source
from tests import strategies
from tests.commands import SAMPLE
from tests.conftest import ROOT
from tests.goldens import cases
from tests.outline import outline
from tests.readers.test_docx import is_sound, read
from tests.readers.wordfile import from_golden
from tests.writers.rich import png, rich_document
from tests.writers.test_docx_read import kinds, tool, words
from tests.writers.wordml import render

SAMPLES = ROOT / "tests" / "samples" / "docx"

ARTICLE = """---
title: The Bridge
author: [Ann Lee, Bo Diaz]
lang: en-GB
---

First words with *stress*, **weight**, ***both***, ~~struck~~, `code`, and a [link](https://example.org/a?b=1).[^1]

# Section one

- a
- b

    further

    3. three
    4. four
        - deep
- c

7. seven
8. eight

## Below it

> Quoted *words*.
>
> And more.

```
def f():
    return 1
```

| Port | Tonnes |
|------|-------:|
| Varna | 12 |
| Burgas | 13 |

![A grey sea](sea.png)

The last words, in two lines\\
of one paragraph.

[^1]: A note with *stress*.

    Its second paragraph.
"""


def shape(document: Document) -> Document:
    """A document without what no file says: keys of pictures, ids, the alignment of columns."""
    keys = {key: f"picture-{number}" for number, key in enumerate(_assets(document))}
    notes = {note.id: f"note-{number}" for number, note in enumerate(document.notes)}

    def plain(node: Any) -> Any:
        attrs = node.attrs and structs.replace(node.attrs, id="")
        node = structs.replace(node, attrs=attrs if attrs != Attrs() else None)
        match node:
            case n.Figure() | n.Image():
                return structs.replace(node, asset=keys[node.asset])
            case n.NoteReference():
                return n.NoteReference(notes[node.note])
            case n.Note():
                return structs.replace(node, id=notes[node.id])
            case n.Table():
                return structs.replace(node, columns=tuple(n.Column() for _ in node.columns))
            case n.Cell(scope="column"):
                return structs.replace(node, scope="")
            case n.CodeBlock():
                return n.CodeBlock(node.value)
            case n.Link(href=href) if href.startswith("#"):
                return structs.replace(node, href="#")
            case _:
                return node

    return rewrite(document, plain)


def _assets(document: Document) -> list[str]:
    return list(dict.fromkeys(node.asset for node in walk(document) if isinstance(node, n.Figure | n.Image)))


def back(made: Document) -> Document:
    """A document written as a Word file and read again, without the lines that only repeat its metadata."""
    result = read(render(made).data)
    assert is_sound(result)
    document = result.value.document
    return structs.replace(document, blocks=tuple(b for b in document.blocks if getattr(b, "role", "") != "furniture"))


def test_what_the_writer_sets_is_what_the_reader_sees() -> None:
    made = rich_document()
    found, wanted = shape(back(made)), shape(made)
    skipped = (n.Embed, n.Gallery, n.DefinitionList)  # Word has no cards and no galleries, and joins definitions
    missing = [block for block in wanted.blocks if not isinstance(block, skipped) and block not in found.blocks]
    assert [block_text(block).strip() for block in missing] == ["A map of the harbour with its two basins"]  # not had
    assert found.notes == wanted.notes
    for name in ("title", "deck", "publisher", "section", "dateline", "language", "keywords", "description", "rights",
                 "identifier", "version", "canonical_url"):  # fmt: skip
        assert getattr(found.metadata, name) == getattr(made.metadata, name), name
    assert [author.name for author in found.metadata.authors] == [author.name for author in made.metadata.authors]


@settings(max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(strategies.documents())
def test_any_tree_is_read_back_soundly(made: Document) -> None:
    assert is_sound(read(render(made).data))


@settings(max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(strategies.documents())
def test_headings_come_back(made: Document) -> None:
    """Corrections are set after the text, so the order of what stands in them may differ."""
    titles = [sorted(block_text(heading).split() for heading in find(each, Heading)) for each in (back(made), made)]
    assert titles[0] == titles[1]


def prepared(file: Path, report: Report | None = None) -> Document:
    """An article on the road's first half: read, cleaned, with its pictures."""
    source = Source(file.read_bytes(), file.name, file.parent)
    return prepare(source, Config(), DiskWorld(), report or Report()).document


def test_markdown_to_word_and_back_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "sea.png").write_bytes(png(300, 100))
    file, word = tmp_path / "a.md", tmp_path / "a.docx"
    file.write_text(ARTICLE, encoding="utf-8")
    word.write_bytes(convert(file, to="docx").value.data)
    first, second = prepared(file), prepared(word)
    assert (first.metadata.title, first.metadata.authors) == (second.metadata.title, second.metadata.authors)
    assert shape(first).blocks == shape(second).blocks
    assert shape(first).notes == shape(second).notes


# ----------------------------------------------------------------------------- other programs


def pandoc(*arguments: str | Path, given: bytes = b"") -> bytes:
    ran = subprocess.run([tool("pandoc"), *map(str, arguments)], input=given, capture_output=True, check=True)
    return ran.stdout


def office(folder: Path, file: Path, to: str) -> Path:
    """A file converted by LibreOffice."""
    program = tool("soffice", hint="apt-get install libreoffice-writer")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "out"
    subprocess.run(
        [program, "--headless", profile, "--convert-to", to, "--outdir", out, file],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    return next(out.glob(f"{file.stem}.*"))


def outline_of(blocks: Iterator[Any] | tuple[Any, ...] | list[Any]) -> list[str]:
    """What pandoc's blocks and ours have in common, a line each."""
    lines = []
    for block in blocks:
        match block:
            case Heading():
                lines.append(f"H{block.level} {_words(block_text(block))}")
            case List():
                lines.append(f"{'1' if block.ordered else '-'}{block.start} {_shape_of(block)}")
            case Table():
                rows = (*block.head, *block.body)
                lines.append(f"T {len(block.head)} " + " | ".join(_words(block_text(c)) for r in rows for c in r.cells))
            case Quote():
                lines.append(f"Q {len(block.blocks)}")
            case n.CodeBlock():
                lines.append(f"C {block.value}")
            case _:
                pass
    return lines


def _words(text: str) -> str:
    return " ".join(text.split())


def _shape_of(block: List) -> list[Any]:
    return [[_shape_of(inner) for inner in item.blocks if isinstance(inner, List)] for item in block.items]


def outline_of_pandoc(data: bytes) -> list[str]:
    """The same of what pandoc reads in a Word file."""
    lines = []
    for block in json.loads(pandoc("-f", "docx", "-t", "json", given=data))["blocks"]:
        content = block.get("c")
        match block["t"]:
            case "Header":
                lines.append(f"H{content[0]} {_words(words(content[2]))}")
            case "OrderedList":
                lines.append(f"1{content[0][0]} {_items_of_pandoc(content[1])}")
            case "BulletList":
                lines.append(f"-1 {_items_of_pandoc(content)}")
            case "Table":
                head = content[3][1]
                rows = [*head, *(row for body in content[4] for row in body[3])]
                texts = " | ".join(_words(words(cell[4])) for row in rows for cell in row[1])
                lines.append(f"T {len(head)} {texts}")
            case "BlockQuote":
                lines.append(f"Q {len(content)}")
            case "CodeBlock":
                lines.append(f"C {content[1]}")
    return lines


def _items_of_pandoc(items: list[Any]) -> list[Any]:
    found = []
    for item in items:
        lists = [block for block in item if block["t"] in ("OrderedList", "BulletList")]
        found.append([_items_of_pandoc(each["c"][1] if each["t"] == "OrderedList" else each["c"]) for each in lists])
    return found


@pytest.mark.prove
@pytest.mark.parametrize("writer", ["pandoc", "libreoffice", "copydesk"])
def test_pandoc_sees_the_same_structure(writer: str, tmp_path: Path) -> None:
    (tmp_path / "sea.png").write_bytes(png(300, 100))
    file, word = tmp_path / "a.md", tmp_path / "a.docx"
    file.write_text(ARTICLE.replace("    further\n\n", ""), encoding="utf-8")  # pandoc does not read its own
    if writer == "copydesk":
        word.write_bytes(convert(file, to="docx").value.data)
    else:
        pandoc(file, "--resource-path", tmp_path, "-o", word)
    if writer == "libreoffice":
        pandoc(file, "--resource-path", tmp_path, "-o", tmp_path / "b.odt")
        word = office(tmp_path, tmp_path / "b.odt", "docx:MS Word 2007 XML")
    report = Report()
    document = prepared(word, report)
    ours, theirs = outline_of(document.blocks), outline_of_pandoc(word.read_bytes())
    if writer == "libreoffice":  # it gives each item a list of its own, and code a style that pandoc does not know
        ours, theirs = ([line for line in lines if line[0] not in "-1C"] for lines in (ours, theirs))
    assert ours == theirs
    seen = json.loads(pandoc("-f", "docx", "-t", "json", word))
    links = [node["c"][2][0] for node in kinds(seen, "Link")]
    assert [link.href for link in find(document, n.Link)] == links == ["https://example.org/a?b=1"]
    for kind, name in ((n.Emphasis, "Emph"), (n.Strong, "Strong"), (n.Strikethrough, "Strikeout")):
        marked = [_words(block_text(node)) for node in find(structs.replace(document, notes=()), kind)]
        assert marked == [_words(words(node)) for node in kinds(_without_notes(seen), name)], name
    assert [len(note.blocks) for note in document.notes] == [2]
    assert [message.code for message in report.messages if message.severity == "loss"] == []
    assert [figure.caption for figure in find(document, Figure)] == [(n.Text("A grey sea"),)] or writer == "copydesk"
    assert (document.metadata.title, [author.name for author in document.metadata.authors]) == (
        "The Bridge", ["Ann Lee", "Bo Diaz"],
    )  # fmt: skip


def _without_notes(found: Any) -> Any:
    if isinstance(found, dict):
        return {} if found.get("t") == "Note" else {key: _without_notes(part) for key, part in found.items()}
    return [_without_notes(part) for part in found] if isinstance(found, list) else found


@pytest.mark.prove
@pytest.mark.parametrize("policy", ["accept", "reject"])
def test_pandoc_reads_the_same_words_under_each_policy(policy: str, tmp_path: Path) -> None:
    """Every golden about tracked changes, read by pandoc's own policy."""
    for case in cases(ROOT / "tests" / "golden" / "docx-reading" / "changes.md"):
        data = from_golden(case.given)
        reading = read(data, policy).value
        theirs = pandoc("-f", "docx", "-t", "plain", "--wrap=none", f"--track-changes={policy}", given=data).decode()
        if "Rows" in case.title:
            continue  # pandoc knows no deleted rows
        assert letters(document_text(reading.document)) == letters(theirs), case.title


@pytest.mark.prove
def test_libreoffice_writes_what_it_read(tmp_path: Path) -> None:
    """The sample article, written by us, opened and saved by LibreOffice, and read again."""
    ours = tmp_path / "ours.docx"
    ours.write_bytes(convert(SAMPLE, to="docx").value.data)
    theirs = office(tmp_path, ours, "docx:MS Word 2007 XML")
    first, second = prepared(ours), prepared(theirs)
    assert outline_of(second.blocks) == outline_of(first.blocks)


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.docx")), ids=lambda file: file.stem)
def test_samples_are_read(file: Path) -> None:
    """Files that pandoc and LibreOffice wrote from Markdown, and python-docx from its own template."""
    result = Reader().read(Source(file.read_bytes(), file.name))
    assert is_sound(result)
    expected = file.with_suffix(".outline").read_text(encoding="utf-8")
    assert outline(result.value.document) + "\n" == expected
