"""The programs that judge finished files: where they are found, and what they print."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

__all__ = ["HOME", "PATIENCE", "AbsentError", "BrokenError", "installed", "java", "node", "output", "packaged"]

HOME = Path(os.environ.get("VALIDATORS_HOME") or Path.home() / ".cache" / "copydesk-validators")
"""Where npm packages and Python environments of validators are looked for: `node` and `venv` below it."""

PATIENCE = 300
"""Seconds after which a validator counts as hanging."""


class AbsentError(Exception):
    """A program is not there; `how` is the command that installs it."""

    def __init__(self, name: str, how: str) -> None:
        super().__init__(name, how)
        self.name = name
        self.how = how


class BrokenError(Exception):
    """A validator that is there gave no verdict; says why."""


def installed(program: str, name: str, how: str) -> str:
    """A program of the system by its name."""
    found = shutil.which(program)
    if found is None:
        raise AbsentError(name, how)
    return found


def node(path: str, name: str, package: str) -> str:
    """A file of an npm package."""
    found = HOME / "node" / "node_modules" / path
    if not found.exists():
        raise AbsentError(name, f"npm install --prefix {HOME / 'node'} {package}")
    return str(found)


def packaged(module: str, pattern: str, name: str, package: str) -> str:
    """A file of a Python package, of this environment or of the one in HOME."""
    spec = find_spec(module)
    folders = [Path(spec.origin).parent] if spec and spec.origin else []
    folders += sorted(HOME.glob(f"venv/lib/python3*/site-packages/{module}"))
    found = next((file for folder in folders for file in sorted(folder.glob(pattern))), None)
    if found is None:
        raise AbsentError(name, f"pip install {package}")
    return str(found)


def java(program: str = "java") -> str:
    """Java, or its compiler."""
    return installed(program, "Java", "apt-get install openjdk-17-jdk-headless")


def output(*command: str, env: dict[str, str] | None = None) -> str:
    """What a validator prints. Its status is not looked at: each says by it what it also says in its report."""
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False, timeout=PATIENCE, env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BrokenError(f"{Path(command[0]).name} could not be run to its end: {error}") from error
    if not done.stdout.strip():
        raise BrokenError(f"{Path(command[0]).name} said nothing but: {done.stderr.strip()[-500:]}")
    return done.stdout
