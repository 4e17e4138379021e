"""Independent judges of finished files: those of `copydesk check`, and programs that read what we write.

A test whose judge is not there skips, and fails in CI. `make validators` installs what is no Debian package.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from convert.checking.programs import HOME, output

__all__ = ["HOME", "missing", "need", "output"]


def missing(name: str, how: str) -> None:
    """Skip the test, or fail it in CI, for a program that it cannot do without."""
    reason = f"needs {name}: {how}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def need(found: str | Path | None, name: str, how: str) -> str:
    """A program or file that a test cannot do without."""
    if not found or not Path(found).exists():
        missing(name, how)
    return str(found)
