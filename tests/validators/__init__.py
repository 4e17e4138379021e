"""Independent judges of finished files. `make validators` installs what is no Debian package."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HOME = Path(os.environ.get("VALIDATORS_HOME") or Path.home() / ".cache" / "copydesk-validators")
"""Where `make validators` puts its npm packages and its Python environment."""

PATIENCE = 300
"""Seconds after which a judge counts as hanging."""


def need(found: str | Path | None, name: str, how: str) -> str:
    """A program or file that a test cannot do without: the test skips if it is not there, and fails in CI."""
    if found and Path(found).exists():
        return str(found)
    reason = f"needs {name}: {how}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def java() -> str:
    return need(shutil.which("java"), "Java", "apt-get install openjdk-17-jdk-headless")


def output(*command: str, env: dict[str, str] | None = None) -> str:
    """What a judge prints. Its status is not looked at: each says by it what it also says in its report."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, env={**os.environ, **(env or {})}
    )
    if not done.stdout.strip():
        raise AssertionError(f"{command[:4]} said nothing: {done.stderr[-2000:]}")
    return done.stdout
