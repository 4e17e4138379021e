"""Tables whose cells are known, as the lines in which they ran together."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from convert.cleaning import glued_evidence as ge

if __package__:
    from benchmarks.structure.jsonl import read
    from benchmarks.structure.made_up_tables import tables
else:  # run as a script, where a neighbour is found by its bare name
    from jsonl import read
    from made_up_tables import tables

FOLDS = 5


class GoldRow(NamedTuple):
    """One line of a gold table, and where its cells end."""

    line: str
    cells: tuple[str, ...]
    borders: frozenset[int]
    head: bool


class Item(NamedTuple):
    """One text of the bench with its gold tables."""

    id: str
    set: str
    fold: int
    lines: list[str]
    tables: list[list[GoldRow]]
    vocabulary: Counter[str]
    chars: int


def squeeze(text: str) -> str:
    return " ".join(text.split())


def borders(line: str, cells: Iterable[str]) -> frozenset[int] | None:
    """Where the cells after the first begin, or None if the cells, with at most a space between, are not the line."""
    at, out = 0, []
    for text in filter(None, map(squeeze, cells)):
        at += line.startswith(" ", at)
        if not line.startswith(text, at):
            return None
        out.append(at)
        at += len(text)
    return frozenset(out[1:]) if at == len(line) else None


def gold_tables(raw: dict[str, Any]) -> Iterator[list[GoldRow]]:
    """The tables of an item: rows that follow one another."""
    rows: list[GoldRow] = []
    previous: object = None
    for block in raw["blocks"] + [{"type": ""}]:
        same = block["type"] == "table_row" and block.get("table") == previous
        if rows and not same:
            yield rows
            rows = []
        previous = block.get("table") if block["type"] == "table_row" else None
        if block["type"] == "table_row":
            line = squeeze(block.get("raw") or block["text"])
            at = borders(line, block["cells"])
            if at is not None:
                cells = tuple(filter(None, map(squeeze, block["cells"])))
                rows.append(GoldRow(line, cells, at, not rows))


def read_items(folder: Path, names: Iterable[str]) -> list[Item]:
    """Items with folds such that pages, and items that share a table line, stay together."""
    raws = [raw for name in names for raw in read(folder / f"{name}.jsonl.gz")]
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for raw in raws:
        for block in raw["blocks"]:
            if block["type"] == "table_row" and len(block["text"]) > 15:
                parent[root(squeeze(block.get("raw") or block["text"]))] = root(raw["page"])
    groups = sorted({root(raw["page"]) for raw in raws})
    fold = {group: zlib.crc32(group.encode()) % FOLDS for group in groups}
    return [_item(raw, fold[root(raw["page"])]) for raw in raws]


def made_up(count: int) -> list[Item]:
    """Made-up tables as items, one table each."""
    out = []
    for n, table in enumerate(tables(count, 11)):
        rows = [joined(cells, "", not i) for i, cells in enumerate(table)]
        lines = [row.line for row in rows]
        words = Counter(ge.WORD.findall(" ".join(lines).lower()))
        out.append(Item(f"made-up-{n}", "made_up", -1, lines, [rows], words, 0))
    return out


def joined(cells: tuple[str, ...], by: str, head: bool) -> GoldRow:
    line = by.join(cells)
    return GoldRow(line, cells, borders(line, cells) or frozenset(), head)


def spaced(item: Item) -> Item:
    """An item whose cells have a space between."""
    given = [[joined(row.cells, " ", row.head) for row in table] for table in item.tables]
    pairs = zip((row for rows in item.tables for row in rows), (row for rows in given for row in rows), strict=True)
    new = {old.line: row.line for old, row in pairs}
    return item._replace(set=item.set + ", spaced", lines=[new.get(line, line) for line in item.lines], tables=given)


def _item(raw: dict[str, Any], fold: int) -> Item:
    lines = [squeeze(line) for line in raw["text"].split("\n")]
    words = Counter(ge.WORD.findall(raw["text"].lower()))
    return Item(raw["id"], raw["set"], fold, lines, list(gold_tables(raw)), words, len(raw["text"]))


def blocks(lines: list[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for line in [*lines, ""]:
        if line:
            run.append(line)
        elif run:
            yield run
            run = []


def spans(cells: Iterable[str]) -> set[tuple[int, int]]:
    """Cells as stretches of the row's letters and digits."""
    out, at = set(), 0
    for text in cells:
        size = sum(map(str.isalnum, text))
        if size:
            out.add((at, at + size))
            at += size
    return out
