"""`copydesk check`: finished files before the formats' own validators."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from convert.checking.judges import JUDGES, Judge
from convert.checking.programs import AbsentError, BrokenError
from convert.console import print_text
from convert.errors import UsageError
from convert.explain import printable

__all__ = ["check"]

MOST_SHOWN = 20
"""Findings of one judge that are printed; the rest is counted."""


def check(options: argparse.Namespace) -> int:
    """Print, for every file and validator, that it is clean, what was found, or why it did not run; the exit status.

    The status is 1 if anything was found, if a validator broke down, or, with `--all`, if one did not run. Raises
    UsageError for a file that is not there or that no validator knows.
    """
    found = [(path, _judges_of(path)) for path in options.files]
    failed = False
    for path, judges in found:
        for judge in judges:
            status, lines = _verdict(judge, path)
            print_text("".join(f"{line}\n" for line in (f"{printable(str(path))}: {judge.name}: {status}", *lines)))
            failed = failed or status not in ("clean", "NOT RUN") or (status == "NOT RUN" and options.all)
    return 1 if failed else 0


def _judges_of(path: Path) -> tuple[Judge, ...]:
    judges = tuple(judge for judge in JUDGES if path.suffix.lower() in judge.suffixes)
    if not judges:
        known = ", ".join(sorted({suffix for judge in JUDGES for suffix in judge.suffixes}))
        raise UsageError("check.format", f"No validator knows {printable(path.name)}; there are some for {known}.")
    if not path.is_file():
        raise UsageError("check.file", f"There is no file {printable(str(path))}.")
    return judges


def _verdict(judge: Judge, path: Path) -> tuple[str, list[str]]:
    """What a judge says in a word, and the lines under it."""
    try:
        findings = judge.find(path.absolute())
    except AbsentError as absent:
        return "NOT RUN", [f"    needs {absent.name}: {absent.how}"]
    except BrokenError as broken:
        return "FAILED", [f"    {broken}"]
    if not findings:
        return "clean", []
    return f"{len(findings)} finding{'s' * (len(findings) > 1)}", list(_shown(findings))


def _shown(findings: list[str]) -> Iterator[str]:
    yield from (f"    {printable(' '.join(one.split()))}" for one in findings[:MOST_SHOWN])
    if len(findings) > MOST_SHOWN:
        yield f"    and {len(findings) - MOST_SHOWN} more"
