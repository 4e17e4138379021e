"""The random trees are sound, and hold every class of node."""

from __future__ import annotations

import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from convert.cleaning import clean
from convert.report import Report
from convert.themes.load import load_theme
from convert.tree import Document, check, codec, walk
from convert.tree import nodes as n
from convert.tree.text import document_text
from convert.world import Picture
from convert.writers.base import Options
from convert.writers.json import Writer as Json
from convert.writers.markdown import Writer as Markdown
from convert.writers.xhtml import Writer as Xhtml
from tests.strategies import KEYS, documents


def picture() -> Picture:
    out = io.BytesIO()
    Pillow.new("RGB", (4, 3), "grey").save(out, "PNG")
    return Picture(out.getvalue(), "image/png", 4, 3)


ASSETS = dict.fromkeys(KEYS, picture())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_a_random_tree_is_sound_and_comes_back_from_json(document: Document) -> None:
    assert check.faults(document) == []
    assert codec.decode(codec.encode(document)) == document


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_cleaning_keeps_every_letter_of_a_random_tree(document: Document) -> None:
    clean(document, document_text(document), Report(), flat=False)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_every_writer_takes_a_random_tree(document: Document) -> None:
    """Markdown, JSON and XHTML, twice the same bytes; the XHTML is well-formed XML."""
    from lxml import etree

    theme = load_theme("base")
    for kind in (Markdown, Json, Xhtml):
        press = kind(theme, Options())
        first = press.render(document, ASSETS, "random").value.data
        assert press.render(document, ASSETS, "random").value.data == first
        if kind is Xhtml:
            etree.fromstring(first, etree.XMLParser(resolve_entities=False, no_network=True))


def test_every_class_of_node_is_made() -> None:
    seen: set[type] = set()

    @settings(
        max_examples=300,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        seen.update(type(node) for node in walk.walk(data.draw(documents())))

    collect()
    assert {*n.INLINES, *n.BLOCKS, n.ListItem, n.Row, n.Cell, n.Definition, n.Note} <= seen
