"""The sets of the benchmark: which gold file, which items of it, in which form they are read, how they are scored."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from benchmarks.structure.jsonl import read
from benchmarks.structure.kept import pages
from benchmarks.structure.strip import question

__all__ = ["SETS", "TEXTS", "Form", "Mode", "Set", "corpus", "gold_of", "key_of", "questions"]

Form = Literal["text", "html"]
Mode = Literal["blocks", "extract", "snippets", "meta"]
Key = tuple[Form, str]
"""A document: an item's id for text; the page for HTML, which several sets may ask for."""


class Set(NamedTuple):
    """One row of the tables."""

    name: str
    file: str
    form: Form
    mode: Mode = "blocks"


SETS = (
    Set("seed", "a_seed", "text"),
    Set("seedlike", "a_seedlike", "text"),
    Set("sh_main", "a_sh_main", "text"),
    Set("fundus_main", "a_fundus_main", "text"),
    Set("moz_clean", "a_moz_clean", "text"),
    Set("tables_regular", "a_tables", "text"),
    Set("tables_ragged", "a_tables", "text"),
    Set("tables_real", "a_tables", "text"),
    Set("sh_full", "a_sh_full", "html"),
    Set("fundus_full", "a_fundus_full", "html"),
    Set("b_extract", "b_extract", "html", "extract"),
    Set("b_snip_html", "b_snip_html", "html", "snippets"),
    Set("b_meta", "b_meta", "html", "meta"),
)
TEXTS = (
    "a_seed", "a_seedlike", "a_sh_main", "a_sh_full", "a_fundus_main", "a_fundus_full", "a_moz_clean", "a_moz_main",
    "a_tables", "b_snip_flat",
)  # fmt: skip
"""Every file with texts, for what must hold of all documents."""


def gold_of(folder: Path, one: Set) -> list[dict[str, Any]]:
    """The gold items of a set; those without a page to read are left out of HTML sets."""
    items = _items(folder, one.file)
    if one.mode == "blocks":
        items = [item for item in items if item["set"] == one.name]
    return [item for item in items if item["page"] in _pages(folder)] if one.form == "html" else items


def key_of(one: Set, item: dict[str, Any]) -> Key:
    """Which document an item of a set asks for."""
    return (one.form, item["page"] if one.form == "html" else item["id"])


def questions(folder: Path, one: Set) -> Iterator[tuple[Key, dict[str, Any]]]:
    """The documents of a set, without the answers."""
    for item in gold_of(folder, one):
        key = key_of(one, item)
        yield key, question(item, _pages(folder)[item["page"]] if one.form == "html" else None)


def corpus(folder: Path) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Every document there is, text and HTML, without the answers."""
    for file in TEXTS:
        for item in _items(folder, file):
            yield ("text", item["id"]), question(item)
    for page, html in _pages(folder).items():
        yield ("html", page), question({"id": page, "page": page}, html)


@cache
def _items(folder: Path, file: str) -> list[dict[str, Any]]:
    path = folder / f"{file}.jsonl.gz"
    return [{k: v for k, v in item.items() if k != "html"} for item in read(path)] if path.exists() else []


@cache
def _pages(folder: Path) -> dict[str, str]:
    return dict(pages(folder))
