"""Random trees through Markdown and back: the same tree but for what `markdown_form` lists, then the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from convert.readers.markdown import Reader
from convert.themes.load import load_theme
from convert.tree import Document
from convert.tree.text import document_letters, letters
from convert.world import Source
from convert.writers.base import Options
from convert.writers.markdown import Writer
from tests.markdown_form import markdown_form
from tests.strategies import documents
from tests.test_strategies import ASSETS

PRESS = Writer(load_theme("base"), Options())
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)


def comes_back(document: Document, *, blank_lines: bool = True) -> None:
    """Assert it. Without `blank_lines` the bytes may differ in those: a list's tightness can settle a round later."""
    written = PRESS.render(document, ASSETS, "random").value.data
    reading = Reader().read(Source(written, "random.md")).value
    assert letters(reading.text) == document_letters(reading.document)
    assert markdown_form(reading.document) == markdown_form(document)
    again = PRESS.render(reading.document, ASSETS, "random").value.data
    assert again == written if blank_lines else filled(again) == filled(written)


def filled(data: bytes) -> list[bytes]:
    """The lines that are not blank."""
    return [line for line in data.split(b"\n") if line.strip()]


@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=SLOW)
@given(documents())
def test_a_random_tree_comes_back_from_markdown(document: Document) -> None:
    comes_back(document)


@pytest.mark.prove
@settings(max_examples=2000, deadline=None, suppress_health_check=SLOW)
@given(documents())
def test_two_thousand_new_trees_come_back_from_markdown(document: Document) -> None:
    comes_back(document, blank_lines=False)
