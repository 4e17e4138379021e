"""DOCX as Word's accessibility checker sees it: a test for each rule, on an article of every node and on random trees."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec import structs

from convert.tree import Document, Figure, Heading, Metadata, Table, Text, build
from tests.strategies import documents
from tests.test_strategies import ASSETS
from tests.writers.rich import rich_assets, rich_document
from tests.writers.word_access import RULES, Parts
from tests.writers.wordml import codes, parts, render

SLOW = list(HealthCheck)


@pytest.mark.parametrize("rule", RULES)
def test_word_finds_nothing(rule: str) -> None:
    assert RULES[rule](parts(render(rich_document()))) == []


def _in(name: str, old: str, new: str) -> Callable[[Parts], Parts]:
    """A change of one part by a regular expression."""

    def change(found: Parts) -> Parts:
        return {**found, name: re.sub(old.encode(), new.encode(), found[name], count=1)}

    return change


TEXT = "word/document.xml"
BREAKS: dict[str, Callable[[Parts], Parts]] = {
    "document_title": _in("docProps/core.xml", "<dc:title>.*</dc:title>", "<dc:title> </dc:title>"),
    "header_row": _in(TEXT, "<w:tblHeader/>", ""),
    "alternative_text": _in(TEXT, ' descr="[^"]*"', ""),
    "inline_objects": _in(TEXT, "<w:body>", "<w:body><wp:anchor/>"),
    "blank_paragraphs": _in(TEXT, "<w:body>", '<w:body><w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>'),
    "heading_levels": _in(TEXT, 'w:val="Heading2"', 'w:val="Heading3"'),
    "language": _in("word/styles.xml", '<w:lang w:val="en"', "<w:lang"),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_notices_what_breaks_it(rule: str) -> None:
    assert RULES[rule](BREAKS[rule](parts(render(rich_document())))) != []


@settings(
    max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate), deadline=None, suppress_health_check=SLOW
)
@given(documents())
def test_random_trees_keep_the_rules_that_no_article_can_break(document: Document) -> None:
    found = parts(render(document, ASSETS))
    for rule in ("document_title", "inline_objects", "blank_paragraphs", "language"):
        assert RULES[rule](found) == [], rule


def test_a_file_without_a_headline_is_named_after_its_first_heading_or_its_own_name() -> None:
    headed = Document(blocks=(build.paragraph("a"), Heading(1, (Text("Grain"),))))
    for made, title in ((headed, b"Grain"), (Document(), b"stem")):
        assert b"<dc:title>" + title + b"</dc:title>" in parts(render(made))["docProps/core.xml"]


def test_what_an_article_itself_lacks_is_said() -> None:
    bare = structs.replace(next(block for block in rich_document().blocks if isinstance(block, Table)), head=())
    silent = Figure(next(iter(rich_assets())))
    made = Document(Metadata(title="t", language="en"), (bare, silent, Heading(3, (Text("a"),))))
    assert codes(made) == [("docx.access", "info")] * 3
