"""The tree: its JSON, its walks, its checks, and that no node is forgotten."""

from __future__ import annotations

import typing
import unicodedata

import jsonschema
import pytest

from convert.errors import InputError
from convert.tree import (
    Attrs,
    Cell,
    Column,
    Document,
    Emphasis,
    Heading,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Row,
    Rule,
    Table,
    Text,
    build,
    check,
    codec,
    walk,
)  # fmt: skip
from convert.tree import nodes as n
from convert.tree.fold import Fold, method_name
from convert.tree.text import document_letters, letters


def paragraph(text: str) -> Paragraph:
    return build.paragraph(text)


def test_json_comes_back_as_the_same_tree() -> None:
    document = Document(
        Metadata("Title", language="en", extra={"desk": "foreign"}),
        (Heading(1, (Text("One"),), attrs=Attrs("one")), paragraph("Words"), Rule()),
    )
    assert codec.decode(codec.encode(document)) == document


def test_json_obeys_the_published_schema() -> None:
    import json

    document = Document(
        Metadata("T"), (List((build.item("a"), ListItem((paragraph("b"),), checked=True)), ordered=True),)
    )
    validator = jsonschema.Draft202012Validator(codec.schema())
    validator.validate(json.loads(codec.encode(document)))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"copydesk": 1, "document": {"blocks": [{"type": "Headline"}]}})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "json.invalid"),
        (b"[1]", "json.invalid"),
        (b'{"copydesk": 1, "document": {"blocks": [{"type": "Paragraph"}]}}', "json.invalid"),
        (b'{"copydesk": 1, "document": {"colour": "red"}}', "json.invalid"),
        (b'{"copydesk": 9, "document": {}}', "json.version"),
        (b"[" * 100_000, "json.depth"),
        (b'{"copydesk": 1, "document": {"metadata": {"title": "\xff"}}}', "json.invalid"),
    ],
)
def test_bad_json_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        codec.decode(data)
    assert caught.value.code == code
    assert caught.value.text.endswith(".")


def test_every_node_has_a_line_in_the_fold_and_in_the_walk() -> None:
    methods = Fold.__abstractmethods__
    assert {method_name(kind) for kind in n.INLINES + n.BLOCKS} == methods
    for kind in {*n.INLINES, *n.BLOCKS, n.ListItem, n.Cell, n.Row, n.Note, n.Definition}:
        hints = typing.get_type_hints(kind, vars(n))
        holders = [f for f, hint in hints.items() if "nodes." in str(hint) and typing.get_origin(hint) is tuple]
        holders = [f for f in holders if f != "columns"]
        assert set(holders) == set(walk.CHILDREN.get(kind, ())), kind.__name__


def test_rewriting_keeps_what_does_not_change() -> None:
    same, other = paragraph("same"), paragraph("other")
    document = Document(blocks=(same, List((ListItem((other,)),))))

    def shout(node: object) -> object:
        return Text("OTHER") if node == Text("other") else node

    changed = walk.rewrite(document, shout)
    assert changed.blocks[0] is same
    assert document_letters(changed) == "sameOTHER"
    assert walk.rewrite(document, lambda node: node) is document
    assert walk.rewrite(document, lambda node: None if node == same else node).blocks == document.blocks[1:]


def test_walking_meets_the_table_in_reading_order() -> None:
    table = Table((Column(),), (build.row("head"),), (build.row("body"),), caption=(Text("caption"),))
    texts = [node.value for node in walk.find(Document(blocks=(table,)), Text)]
    assert texts == ["caption", "head", "body"]
    assert document_letters(Document(blocks=(table,))) == "captionheadbody"


def test_letters_keep_marks_and_digits_of_any_script() -> None:
    assert letters("Naïve 42 % – “हिन्दी” ٣ 第\u200b1!") == "Naïve42हिन्दी٣第1"


@pytest.mark.parametrize("size", [20, 5_000], ids=["few signs in a text", "many"])
def test_letters_are_those_that_unicode_says(size: int) -> None:
    for start in range(0, 0x110000, size if size > 1_000 else 1_013 * size):
        text = "".join(map(chr, range(start, min(start + size, 0x110000))))
        assert letters(text) == "".join(char for char in text if unicodedata.category(char)[0] in "LMN")


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (Document(blocks=(Heading(2, (Text("x"),)),)), "skipped"),
        (Document(blocks=(Heading(6, (Text("x"),)),)), "levels run"),
        (Document(blocks=(Paragraph((Link((Text("x"),), "#gone"),)),)), "nothing has that id"),
        (Document(blocks=(Paragraph((NoteReference("1"),)),)), "there is none"),
        (Document(notes=(Note("1", ()), Note("1", ()))), "same id"),
        (Document(blocks=(Paragraph((Text("a\nb"),)),)), "line break"),
        (Document(blocks=(n.Figure("gone"),)), "asset"),
        (Document(Metadata(lead_image="gone")), "lead image"),
        (Document(blocks=(List(()),)), "no items"),
        (Document(blocks=(Table((Column(), Column()), (), (build.row("a"),)),)), "fills 1 of 2"),
        (Document(blocks=(Table((Column(),), (), (Row((Cell(rowspan=2),)),)),)), "below its last row"),
        (Document(blocks=(Paragraph((Link((Emphasis((Link((), "https://b"),)),), "https://a"),)),)), "another link"),
        (Document(blocks=(Rule(attrs=Attrs("x")), Rule(attrs=Attrs("x")))), "stands twice"),
        (Document(blocks=(paragraph("half \ud83d"),)), "half of a character"),
    ],
)
def test_a_fault_of_the_tree_is_named(document: Document, fault: str) -> None:
    found = check.faults(document)
    assert len(found) == 1
    assert fault in found[0]


def test_spans_that_fill_a_table_are_no_fault() -> None:
    rows = (Row((Cell(rowspan=2), Cell(colspan=2))), Row((Cell(), Cell())))
    assert check.faults(Document(blocks=(Table((Column(),) * 3, (), rows),))) == []


def test_deep_nesting_is_a_fault_and_not_a_crash() -> None:
    block: n.Block = paragraph("x")
    for _ in range(300):
        block = n.Quote((block,))
    assert check.faults(Document(blocks=(block,))) == ["Nodes nest more deeply than 100 levels."]
