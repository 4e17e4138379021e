"""From files to articles: most files are one, and containers hold many."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from msgspec import structs

from convert.config import Limits
from convert.errors import CopydeskError, InputError
from convert.formats import HEAD, reader, reader_for
from convert.readers.base import Container
from convert.report import Report
from convert.world import Source, World

__all__ = ["articles"]


def articles(
    source: Path | Source, world: World, limits: Limits, from_: str = "", report: Report | None = None
) -> Iterator[Source]:
    """The articles of a file, or of bytes at hand, one after the other.

    What is no container comes out as it is, read no further than a byte beyond the limit. Raises InputError where
    the file cannot be read, at the end for a container that breaks off. `report` takes what is said of a whole file.
    """
    if isinstance(source, Path):
        head = Source(world.read(source, HEAD), source.name, source.parent)
    else:
        head = structs.replace(source, data=source.data[:HEAD])
    container = _container(head, from_)
    if container is None or (isinstance(source, Source) and len(source.data) > limits.input_bytes):
        yield (
            source
            if isinstance(source, Source)
            else structs.replace(head, data=world.read(source, limits.input_bytes + 1))
        )
        return
    whole = structs.replace(head, data=b"")
    opened = world.open(source) if isinstance(source, Path) else nullcontext(io.BytesIO(source.data))
    with opened as file:
        yield from _named(
            container.items(file, whole, limits.input_bytes, Report() if report is None else report), whole
        )


def _named(found: Iterator[Source], whole: Source) -> Iterator[Source]:
    """The articles of a container; one that is alone in it goes under the file's own name."""
    one = next(found, None)
    if one is None:
        raise InputError("container.empty", "The file holds no article.", whole.where)
    try:
        two = next(found, None)
    except InputError:
        yield one
        raise
    if two is None:
        yield structs.replace(one, name=whole.name, inside="")
        return
    yield one
    yield two
    yield from found


def _container(head: Source, from_: str) -> Container | None:
    """The reader if it is a container's; what no reader knows is said when the article is read."""
    try:
        found = reader(from_) if from_ else reader_for(head)
    except CopydeskError:
        return None
    return found if isinstance(found, Container) else None
