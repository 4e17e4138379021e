"""Golden files: documentation that is tested.

A golden is a Markdown file of cases. Prose may stand between them; a case is

    Title of the case
    .
    input
    .
    expected output
    .

`pytest --accept` rewrites the expected outputs with the actual ones; read the diff before you commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Case:
    """One case of a golden file; `at` is the line on which its output begins, from 0."""

    title: str
    given: str
    expected: str
    file: Path
    number: int


def cases(file: Path) -> list[Case]:
    """The cases of a golden file, in order."""
    found: list[Case] = []
    lines = file.read_text(encoding="utf-8").split("\n")
    dots = [k for k, line in enumerate(lines) if line == "."]
    if len(dots) % 3:
        raise ValueError(f"{file}: a case has three lines of a single dot, and {len(dots)} stand here")
    for number in range(len(dots) // 3):
        first, second, third = dots[3 * number : 3 * number + 3]
        title = lines[first - 1].strip()
        given, expected = "\n".join(lines[first + 1 : second]), "\n".join(lines[second + 1 : third])
        found.append(Case(title, given, expected, file, number))
    return found


def params(folder: Path, pattern: str = "*.md") -> list[object]:
    """Every case below a folder as pytest parameters, named after file and title."""
    return [
        pytest.param(case, id=f"{file.stem}: {case.title}")
        for file in sorted(folder.glob(pattern))
        for case in cases(file)
    ]


class Golden:
    """Compares an actual output with a case's expected one, or accepts it."""

    def __init__(self, accept: bool) -> None:
        self.accept = accept

    def __call__(self, case: Case, actual: str) -> None:
        """Fail unless `actual` is what the case expects; with --accept, make it so."""
        actual = actual.rstrip("\n")
        if actual == case.expected.rstrip("\n"):
            return
        if self.accept:
            rewrite(case, actual)
            return
        assert actual == case.expected.rstrip("\n"), f"{case.file}: {case.title}"


def rewrite(case: Case, actual: str) -> None:
    """Put an output in the place of the expected one."""
    lines = case.file.read_text(encoding="utf-8").split("\n")
    dots = [k for k, line in enumerate(lines) if line == "."]
    second, third = dots[3 * case.number + 1 : 3 * case.number + 3]
    lines[second + 1 : third] = actual.split("\n")
    case.file.write_text("\n".join(lines), encoding="utf-8")
