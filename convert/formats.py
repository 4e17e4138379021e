"""Which formats there are, and what each is called: ours and those of third parties.

Ours stand in the registries of `readers` and `writers`. Packages of others announce theirs as entry
points (groups `convert.readers` and `convert.writers`), which are looked at only for a name that is
not ours, so that they cost nothing at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from convert.errors import InputError, UsageError
from convert.readers import READERS
from convert.readers.base import Reader
from convert.world import Source
from convert.writers import ALIASES, WRITERS
from convert.writers.base import Press

__all__ = ["format_name", "reader", "reader_for", "reader_names", "writer", "writer_names"]

HEAD = 16_384
"""Bytes that sniffing looks at."""

SURE = 2
"""The score from which a reader is more than a guess: it knows the name, or the first bytes."""


def reader_names() -> list[str]:
    """The input formats, third parties' last."""
    return [*READERS, *(name for name in _plugins("convert.readers") if name not in READERS)]


def writer_names() -> list[str]:
    """The output formats, third parties' last."""
    return [*WRITERS, *(name for name in _plugins("convert.writers") if name not in WRITERS)]


def format_name(name: str) -> str:
    """The registered name of an output format that may be called by another ("md"). Raises UsageError."""
    name = ALIASES.get(name, name)
    if name not in WRITERS and name not in _plugins("convert.writers"):
        raise _unknown(name, "output", [*writer_names(), *ALIASES])
    return name


def writer(name: str) -> type[Press]:
    """The class that renders a format. Raises UsageError for a name that nothing provides."""
    found: type[Press] = _load(format_name(name), WRITERS, "convert.writers")
    return found


def binder(suffix: str) -> str:
    """The format whose files end so and hold several articles. Raises UsageError where there is none."""
    binders = {writer(name).suffix: name for name in writer_names() if hasattr(writer(name), "bind")}
    if suffix.lower() not in binders:
        raise UsageError(
            "bind.format",
            f"Articles are bound into files that end in {', '.join(binders)}, not in “{suffix}”. Name one with -o.",
        )
    return binders[suffix.lower()]


def reader(name: str) -> Reader:
    """The reader of an input format. Raises UsageError for a name that nothing provides."""
    name = {"md": "markdown", "txt": "text"}.get(name, name)
    if name not in READERS and name not in _plugins("convert.readers"):
        raise _unknown(name, "input", reader_names())
    made: Reader = _load(name, READERS, "convert.readers")()
    return made


def reader_for(source: Source) -> Reader:
    """The reader that a source's name, media type and first kilobytes ask for.

    Third parties' readers are asked only where none of ours is sure. Raises UsageError where nothing
    but a guess is left and the article has no name, InputError where no reader knows it.
    """
    if not source.data.strip():
        return reader("text")  # whose sentence for an empty article is the right one
    readers = [reader(name) for name in READERS]
    best, score = _surest(readers, source)
    if score < SURE:
        readers.extend(_foreign_readers())
        best, score = _surest(readers, source)
    if score <= 0:
        return reader("text") if b"\0" in source.data[:HEAD] else _no_reader(source)
    suffix = Path(source.name).suffix.lower()
    if score == 1 and any(suffix in each.suffixes for each in readers):
        return _no_reader(source)  # the reader for such names will not have it, and any text would do for plain text
    if score == 1 and not source.name:
        names = ", ".join(reader_names())
        raise UsageError(
            "format.unclear", f"The text does not show what it is. Say so with --from ({names}).", source.where
        )
    return best


def _surest(readers: Iterable[Reader], source: Source) -> tuple[Reader, int]:
    """The first of the readers that fit best, and how well."""
    head, suffix = source.data[:HEAD], Path(source.name).suffix.lower()
    scored = ((each, _score(each, head, suffix, source.media_type)) for each in readers)
    return max(scored, key=lambda pair: pair[1])


def _foreign_readers() -> Iterator[Reader]:
    """Third parties' readers; one that cannot be loaded is in nobody's way until it is named."""
    for name in _plugins("convert.readers"):
        if name not in READERS:
            with suppress(UsageError):
                yield reader(name)


def _score(each: Reader, head: bytes, suffix: str, media_type: str) -> int:
    """How well a reader fits: what it says itself, and more for its suffix or media type. 0 is a veto."""
    sniffed = each.sniff(head)
    named = suffix in each.suffixes or (bool(media_type) and media_type in each.media_types)
    return sniffed + 2 * named if sniffed else 0


def _no_reader(source: Source) -> Reader:
    raise InputError(
        "format.unsupported",
        f"No reader knows this kind of file. These are read: {', '.join(reader_names())}. "
        "If it is one of them, say so with --from.",
        source.where,
    )


def _plugins(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=group)}


def _load(name: str, registry: dict[str, str], group: str) -> Any:
    if name not in registry:
        return _foreign(_plugins(group)[name])
    module, _, attribute = registry[name].partition(":")
    return getattr(import_module(module), attribute)


def _foreign(point: EntryPoint) -> Any:
    """What a third party's entry point names. Raises UsageError, for its package may be broken."""
    try:
        return point.load()
    except Exception as error:
        package = point.dist.name if point.dist else point.module
        raise UsageError(
            "format.plugin",
            f"The format “{point.name}” comes from the package {package}, which cannot be loaded "
            f"({type(error).__name__}: {error}). Update that package, or remove it.",
        ) from error


def _unknown(name: str, kind: str, known: Iterable[str]) -> UsageError:
    names = list(known)
    near = get_close_matches(name, names, 1)
    hint = f" Did you mean “{near[0]}”?" if near else f" There are: {', '.join(names)}."
    return UsageError("format.unknown", f"“{name}” is no {kind} format.{hint}")
