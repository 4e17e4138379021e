"""Putting finished files in place: named after the article, whole or not at all, never over one another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from convert.errors import OutputError
from convert.world import World
from convert.writers.base import Rendered

__all__ = ["Deliveries"]


class Deliveries:
    """The outputs of one run. `inputs` are the articles of the run, which no output may replace."""

    def __init__(self, folder: Path, inputs: Collection[Path], world: World, *, force: bool) -> None:
        self.folder = folder
        self.inputs = {path.resolve() for path in inputs}
        self.world = world
        self.force = force
        self.taken: dict[Path, str] = {}

    def put(self, rendered: Rendered, article: str) -> Path:
        """Write a rendered article and the files that stand beside it; its path. Raises OutputError.

        What stands beside it is written first and taken back if the article itself cannot be written.
        """
        target = self.folder / rendered.name
        files = self._checked(target, rendered.files, article)
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
            self.taken[path.resolve()] = article
        return target

    def _checked(self, target: Path, beside: Mapping[str, bytes], article: str) -> dict[Path, bytes]:
        """The files beside a target by path, once it is sure that nothing is in their way."""
        files = {target.parent / name: data for name, data in beside.items()}
        for path in (target, *files):
            real = path.resolve()
            if real in self.inputs:
                raise OutputError(
                    "output.input", "This would replace the article itself. Choose another folder with -o.", str(path)
                )
            if real in self.taken:
                raise OutputError(
                    "output.collision",
                    f"{self.taken[real]} was just written under this name. Rename one of the two articles.",
                    str(path),
                )
            if not self.force and path.exists():
                raise OutputError("output.exists", "The file is there already. Use --force to replace it.", str(path))
        return files
