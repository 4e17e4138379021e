"""The peers' figures, read from the folder of the benchmark at run time."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

__all__ = ["RULES", "Peer", "best", "peers_of"]

RULES = ("baseline", "longlines", "simple", "simple+camel", "simple++")
"""Forty lines of obvious rules, and less: no tools."""

_ROW = re.compile(r"(?:\d+:)?(\S+)\s+(\S+)\s+dev\s+(\{.*\})")


class Peer(NamedTuple):
    """One peer's figures for one set, named as the scorer's tables name them; None where it has none."""

    set: str
    name: str
    figures: dict[str, float | None]


def peers_of(folder: Path) -> list[Peer]:
    """All rows of `peers-blocks.txt` and `peers-extraction.txt`, but for the gold fed back ("oracle")."""
    rows: list[Peer] = []
    for name, parse in (("peers-blocks.txt", _blocks), ("peers-extraction.txt", _extraction)):
        path = folder / name
        if path.exists():
            rows += parse(path.read_text("utf-8"))
    return [row for row in rows if row.name != "oracle"]


def _blocks(text: str) -> list[Peer]:
    """A table of columns under a line of their names, `|` between groups."""
    lines = [line.replace("|", " ").split() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    names = lines[0][2:]
    rows = [line for line in lines[1:] if len(line) == len(names) + 2]
    return [
        Peer(row[0], row[1], {k: None if v == "-" else float(v) for k, v in zip(names, row[2:], strict=True)})
        for row in rows
    ]


def _extraction(text: str) -> list[Peer]:
    """A line a set and peer: `NUMBER:SET PEER dev {figures}`."""
    found = [match for match in map(_ROW.fullmatch, map(str.strip, text.splitlines())) if match]
    return [Peer(match[1], match[2], ast.literal_eval(match[3])) for match in found]


def best(peers: list[Peer], name: str, figure: str, least: bool = False) -> float | None:
    """The best figure of the tools (not of the rules) for a set; the lowest one if `least`."""
    values = [
        value
        for peer in peers
        if peer.set == name and peer.name not in RULES and (value := peer.figures.get(figure)) is not None
    ]
    return (min if least else max)(values, default=None)
