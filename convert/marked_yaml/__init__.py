"""YAML that remembers where each value stood, and its conversion to typed values.

Configuration and themes are read in three steps: `compose` gives a tree whose every node knows its
file, line and column; `merge` lays such trees over each other key by key; `convert` checks a tree
against a msgspec Struct and collects every finding before one SettingsError is raised. Nothing is
constructed by the YAML library itself: it only delivers events, so tags cannot make objects,
aliases cannot explode, and depth costs no recursion.
"""

from __future__ import annotations

from typing import TypeVar

from convert.marked_yaml.compose import compose
from convert.marked_yaml.nodes import Findings, Marked, Place, empty, merge, nearest, shown
from convert.marked_yaml.typed import Parsed, convert

__all__ = ["Findings", "Marked", "Parsed", "Place", "compose", "convert", "empty", "merge", "nearest", "read", "shown"]

T = TypeVar("T")


def read(data: bytes | str, kind: type[T], file: str, code: str = "settings.wrong") -> T:
    """The text of one YAML file as a value of `kind`. Raises SettingsError with every finding."""
    findings = Findings(code)
    value = convert(compose(data, file, findings), kind, findings)
    findings.check()
    return value
