"""Pandoc's JSON as input."""

from __future__ import annotations

import json
import subprocess
import time
from typing import Any

import pytest

from convert import formats
from convert.errors import InputError
from convert.readers.base import Reading
from convert.readers.pandoc import Reader
from convert.report import Result
from convert.tree import (
    Aside,
    Author,
    Break,
    CodeBlock,
    CodeSpan,
    DefinitionList,
    Figure,
    Heading,
    Link,
    List,
    NoteReference,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    build,
)  # fmt: skip
from convert.tree.check import faults
from convert.tree.text import document_letters, letters
from convert.tree.walk import find, plain_text
from convert.world import Source
from tests.validators.judges import pandocs

A: Any = ["", [], []]


def node(name: str, content: Any = None) -> dict[str, Any]:
    return {"t": name} if content is None else {"t": name, "c": content}


def words(text: str) -> list[Any]:
    return [node("Space") if word == " " else node("Str", word) for word in text.replace(" ", "\0 \0").split("\0")]


def para(text: str) -> Any:
    return node("Para", words(text))


def packed(*blocks: Any, meta: Any = None, version: Any = (1, 23, 1)) -> bytes:
    return json.dumps({"pandoc-api-version": version, "meta": meta or {}, "blocks": blocks}).encode()


def read(*blocks: Any, meta: Any = None) -> Result[Reading]:
    result = Reader().read(Source(packed(*blocks, meta=meta), "a.json"))
    document = result.value.document
    assert letters(result.value.text) == document_letters(document)
    assert not faults(document)
    return result


def codes(result: Result[Reading]) -> list[str]:
    return [message.code for message in result.report.messages]


@pytest.mark.parametrize(("inline", "wanted", "said"), [
    (node("Underline", words("a")), (Text("a"),), ["pandoc.style"]),
    (node("SmallCaps", words("a")), (Text("a"),), ["pandoc.style"]),
    (node("Quoted", [node("DoubleQuote"), words("a")]), (Text("“a”"),), []),
    (node("SoftBreak"), (Text("x y"),), []),
    (node("LineBreak"), (Text("x"), Break(), Text("y")), []),
    (node("Math", [node("InlineMath"), "x^2"]), (CodeSpan("x^2"),), ["pandoc.math"]),
    (node("RawInline", ["html", "<br>"]), (), ["pandoc.raw"]),
    (node("RawInline", ["tex", "\\x"]), (CodeSpan("\\x"),), ["pandoc.raw"]),
    (node("Cite", [[{"citationPrefix": words("no")}], words("[@a]")]), (Text("[@a]"),), ["pandoc.cite"]),
    (node("Span", [["", ["x"], []], words("a")]), (Text("a"),), []),
    (node("Link", [A, words("a"), ["javascript:x", ""]]), (Text("a"),), ["link.scheme"]),
    (node("Link", [A, words("a"), ["https://x.org", ""]]), (Link((Text("a"),), "https://x.org"),), []),
    (node("Note", [para("n")]), (NoteReference("1"),), []),
])  # fmt: skip
def test_inlines(inline: Any, wanted: Any, said: list[str]) -> None:
    around = inline["t"] in ("SoftBreak", "LineBreak")
    result = read(node("Para", [*words("x"), inline, *words("y")] if around else [inline]))
    assert tuple(part for block in result.value.document.blocks for part in block.content) == wanted  # type: ignore[union-attr]
    assert codes(result) == said


def test_blocks() -> None:
    item = [node("Plain", words("a"))]
    document = read(
        node("LineBlock", [words("a"), words("b")]), node("HorizontalRule"), node("CodeBlock", [["", ["py"], []], "c\n"]),
        node("BlockQuote", [para("q")]), node("OrderedList", [[3, node("Decimal"), node("Period")], [item, item]]),
        node("DefinitionList", [[words("t"), [[para("d")]]]]), node("Div", [A, [para("in")]]), node("Null"),
        node("Div", [["", ["warning"], []], [node("Div", [["", ["title"], []], [para("W")]]), para("box")]]),
        node("RawBlock", ["html", "<!-- x -->"]),
    ).value.document  # fmt: skip
    assert document.blocks[:5] == (
        Paragraph((Text("a"), Break(), Text("b"))), Rule(), CodeBlock("c", "py"), Quote((build.paragraph("q"),)),
        List((build.item("a"), build.item("a")), ordered=True, start=3),
    )  # fmt: skip
    assert isinstance(document.blocks[5], DefinitionList)
    assert document.blocks[6:] == (build.paragraph("in"), Aside((build.paragraph("box"),), (Text("W"),)))


def cell(text: str, rows: int = 1, columns: int = 1) -> Any:
    return [A, node("AlignDefault"), rows, columns, [node("Plain", words(text))]]


def table(*rows: Any, width: int = 2, heads: int = 1) -> Any:
    made = [[A, list(row)] for row in rows]
    specs = [[node("AlignRight"), node("ColWidthDefault")]] * width
    bodies = [[A, heads, [[A, [cell("between", 1, width)]]], made]]
    foot = [A, [[A, [cell("foot", 1, width)]]]]
    return node("Table", [A, [words("short"), [para("one"), para("two")]], specs, [A, made[:1]], bodies, foot])


def test_a_table_with_heads_and_foot() -> None:
    result = read(table([cell("a"), cell("b", 9, 9)], [cell("c")]))
    (found,) = find(result.value.document, Table)
    assert [[(plain_text(*(b.content for b in c.blocks)), c.colspan, c.rowspan, c.scope) for c in row.cells] for row in found.body] == [  # type: ignore[union-attr]
        [("between", 2, 1, "column")], [("a", 1, 1, "row"), ("b", 1, 2, "")], [("c", 1, 1, "row")], [("foot", 2, 1, "")],
    ]  # fmt: skip
    assert [column.align for column in found.columns] == ["right", "right"]
    assert plain_text(*found.caption) == "one two"
    assert codes(result) == ["pandoc.caption"]


def test_a_table_whose_cells_do_not_fit_keeps_its_words() -> None:
    result = read(table([cell("a", 2, 2)], [cell("b"), cell("c"), cell("d")]))
    assert "pandoc.table" in codes(result)
    assert len(next(find(result.value.document, Table)).columns) == 3


def test_figures_of_both_versions() -> None:
    image = node("Image", [A, words("the alt"), ["a.png", ""]])
    new = node("Figure", [A, [None, [node("Plain", words("cap"))]], [node("Plain", [image])]])
    old = node("Para", [node("Image", [["", [], [["alt", "the alt"]]], words("cap"), ["a.png", "fig:"]])])
    wanted = (Figure("a", "the alt", (Text("cap"),)),)
    assert read(new).value.document.blocks == read(old).value.document.blocks == wanted
    two = node("Figure", [A, [None, [para("below")]], [para("one"), para("two")]])
    assert [plain_text(*b.content) for b in read(two).value.document.blocks] == ["one", "two", "below"]  # type: ignore[union-attr]


def test_notes_within_notes_stand_in_order() -> None:
    inner = node("Para", [node("Str", "outer"), node("Note", [para("inner")])])
    document = read(node("Para", [node("Note", [inner]), node("Note", [para("second")])])).value.document
    assert document_letters(document) == "outersecondinner"


def test_metadata() -> None:
    meta = {
        "title": node("MetaInlines", [node("Emph", words("A title")), node("Note", [para("thanks")])]),
        "subtitle": node("MetaString", "Deck"), "draft": node("MetaBool", True),
        "author": node("MetaList", [node("MetaInlines", words("Ann")), node("MetaString", "Bo")]),
        "abstract": node("MetaBlocks", [para("one"), para("two")]), "extra": node("MetaMap", {"k": node("MetaString", "v")}),
    }  # fmt: skip
    result = read(para("x"), meta=meta)
    found = result.value.document.metadata
    assert (found.title, found.deck, found.authors) == ("A title", "Deck", (Author("Ann"), Author("Bo")))
    assert found.extra == {"draft": "true", "k": "v"}
    assert "one" in found.description
    assert "pandoc.note" in codes(result)


def test_the_first_heading_is_the_title_where_there_is_none() -> None:
    document = read(node("Header", [1, ["t", [], []], words("T")]), node("Header", [2, A, words("S")])).value.document
    assert (document.metadata.title, document.blocks) == ("T", (Heading(1, (Text("S"),)),))


def test_it_is_known_by_its_version() -> None:
    for data in (packed(para("a")), b'{"blocks": [{"t":"Para","c":[]}], "meta": {}, "pandoc-api-version":[1,23]}'):
        for name in ("a.json", "", "a.txt"):
            assert formats.reader_for(Source(data, name)).name == "pandoc"
    assert Reader().sniff(b'{"copydesk": 1}') == 0


def nested(depth: int, name: str = "BlockQuote") -> bytes:
    return packed(node("X")).replace(b'{"t": "X"}', b'{"t":"%s","c":[' % name.encode() * depth + b"]}" * depth)


def within(depth: int) -> Any:
    """A list of lists, each of which is two levels of the tree."""
    made = para("a")
    for _ in range(depth):
        made = node("BulletList", [[made]])
    return made


def test_nesting_within_bounds_is_read() -> None:
    assert document_letters(read(within(45)).value.document) == "a"


@pytest.mark.parametrize(("data", "code"), [
    (b"", "input.empty"),
    (packed(para("a"), version=(1, 20)), "pandoc.version"),
    (packed(para("a"), version=()), "pandoc.version"),
    (packed(para("a"), version="1.23"), "json.invalid"),
    (packed(node("Para", "a")), "json.invalid"),
    (packed(node("Poem", [])), "json.invalid"),
    (packed(node("Header", [-1, A, []])), "json.invalid"),
    (packed(node("OrderedList", [[10**30, node("Decimal"), node("Period")], [[]]])), "json.invalid"),
    (packed(para("a"))[:-9], "json.invalid"),
    (packed(para("a"), meta={"title": "bare"}), "json.invalid"),
    (nested(130), "pandoc.depth"),
    (packed(within(60)), "pandoc.depth"),
    (nested(300), "pandoc.depth"),
    (nested(100_000), "json.invalid"),
    (packed(table(*[[cell("x")]] * 900, width=900)), "pandoc.table"),
    (b'{"pandoc-api-version":[1,23],"blocks":[' + b'{"t":"Null"},' * 2_000_000 + b'{"t":"Null"}]}', "json.values"),
])  # fmt: skip
def test_a_bad_file_is_refused_in_time(data: bytes, code: str) -> None:
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        Reader().read(Source(data, "a.json"))
    assert (caught.value.code, caught.value.where) == (code, "a.json")
    assert time.process_time() - start < 10


MARKDOWN = """---
title: A *title*
author: [Ann, Bo]
---

Intro[^1] with "signs", $x^2$, ~~gone~~ and a [link](#sec).

# Sec

![A caption](a.png)

1. one
2. two[^1]

Term
:   Said of it.

+---+-------+
| a | b c   |
+===+=======+
| 1 | - x   |
+---+-------+

| A line
| block

[^1]: The note.
"""


@pytest.mark.prove
@pytest.mark.parametrize("api", ["1.22", "1.23"])
def test_what_pandoc_makes_of_markdown_is_read(api: str) -> None:
    command = [pandocs()[api], "-f", "markdown", "-t", "json"]
    made = subprocess.run(command, input=MARKDOWN.encode(), capture_output=True, check=True)
    result = Reader().read(Source(made.stdout, "a.json"))
    document = result.value.document
    assert letters(result.value.text) == document_letters(document)
    assert not faults(document)
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Paragraph", "Heading", "Figure", "List", "DefinitionList", "Table", "Paragraph"]
    assert document.metadata.authors == (Author("Ann"), Author("Bo"))
