"""Running the command line in tests: as a program of its own, or in this process where speed counts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from convert.cli import main
from tests.conftest import ROOT

FORMATS = ("markdown", "docx", "pdf", "xhtml", "epub", "json")
SUFFIXES = {"markdown": ".md", "docx": ".docx", "pdf": ".pdf", "xhtml": ".xhtml", "epub": ".epub", "json": ".json"}
SAMPLE = ROOT / "tests/samples/harbour-bridge.txt"
PATIENCE = 120
"""Seconds after which a program counts as hanging: a bound for broken ones, no measure of speed."""


class Ran(NamedTuple):
    """What became of a run."""

    status: int
    out: bytes
    err: str


def environment(**more: str) -> dict[str, str]:
    """The environment, with the checkout importable and no settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": "/nonexistent", **more}


def run(*arguments: str | Path, cwd: Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
    """`python -m convert` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "convert", *map(str, arguments)],
        cwd=cwd, input=stdin, env=dict(env or environment()), capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr.decode())


def call(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str | Path) -> Ran:
    """The same in this process. Wrong use that argparse finds comes out as its status, too."""
    capsysbinary.readouterr()
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        status = int(stop.code or 0)
    out, err = capsysbinary.readouterr()
    return Ran(status, out, err.decode())


def left(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones too, by its path from there."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())
