"""Putting finished files in place: named after the article, whole or not at all, never over one another."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from convert.errors import OutputError
from convert.world import World, why
from convert.writers.base import Rendered

__all__ = ["Deliveries"]


class Deliveries:
    """The outputs of one run. `inputs` are the articles of the run, which no output may replace."""

    def __init__(self, folder: Path, inputs: Collection[Path], world: World, *, force: bool) -> None:
        self.folder = folder
        self.inputs = {_real(path) for path in inputs}
        self.world = world
        self.force = force
        self.taken: dict[str, str] = {}

    def protect(self, paths: Iterable[Path]) -> None:
        """Name further files that no output may replace: the pictures of an article."""
        self.inputs.update(_real(path) for path in paths)

    def reserve(self, path: Path, what: str) -> None:
        """Keep a name free for a file that is written after the articles. Raises OutputError if it is not."""
        self._check(path)
        self.taken[_real(path)] = what

    def put(self, rendered: Rendered, article: str) -> Path:
        """Write a rendered article and the files that stand beside it; its path. Raises OutputError.

        What stands beside it is written first and taken back if the article itself cannot be written.
        """
        target = self.folder / rendered.name
        files = self._checked(target, rendered.files)
        written: list[Path] = []
        try:
            for path, data in files.items():
                self.world.write(path, data, replace=self.force)
                written.append(path)
            self.world.write(target, rendered.data, replace=self.force)
        except OutputError:
            for path in written if not self.force else ():
                self.world.remove(path)
            raise
        for path in (target, *files):
            self.taken[_real(path)] = article
        return target

    def withdraw(self, article: str) -> list[Path]:
        """Take away all that this run has written of an article, and its pictures; the paths. Raises OutputError."""
        gone = [Path(real) for real, whose in self.taken.items() if whose == article]
        for path in gone:
            try:
                self.world.remove(path)
            except OSError as error:
                raise OutputError(
                    "output.not-withdrawn",
                    f"The file must be withdrawn and cannot be deleted ({why(error)}): delete it.",
                    str(path),
                ) from error
            del self.taken[str(path)]
        return gone

    def _checked(self, target: Path, beside: Mapping[str, bytes]) -> dict[Path, bytes]:
        """The files beside a target by path, once it is sure that nothing is in their way."""
        files = {target.parent / name: data for name, data in beside.items()}
        for path in (target, *files):
            self._check(path)
        return files

    def _check(self, path: Path) -> None:
        """Raise OutputError if something is in a file's way."""
        real = _real(path)
        if real in self.inputs:
            raise OutputError(
                "output.input",
                "This would replace the article or one of its pictures. Choose another name or folder.",
                str(path),
            )
        if real in self.taken:
            raise OutputError(
                "output.collision",
                f"{self.taken[real]} already goes under this name in this run. Rename one of the two.",
                str(path),
            )
        if not self.force and os.path.lexists(path):
            raise OutputError("output.exists", "The file is there already. Use --force to replace it.", str(path))


def _real(path: Path) -> str:
    """A path as it is once links are followed. Unlike Path.resolve it does not fail on links that go in circles."""
    return os.path.realpath(path)
