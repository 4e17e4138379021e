"""Which formats there are, and what each is called: ours and those of third parties.

Ours stand in the registries of `readers` and `writers`. Packages of others announce theirs as entry
points (groups `convert.readers` and `convert.writers`), which are looked at only for a name that is
not ours, so that they cost nothing at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points
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


def reader(name: str) -> Reader:
    """The reader of an input format. Raises UsageError for a name that nothing provides."""
    name = {"md": "markdown", "txt": "text"}.get(name, name)
    if name not in READERS and name not in _plugins("convert.readers"):
        raise _unknown(name, "input", reader_names())
    made: Reader = _load(name, READERS, "convert.readers")()
    return made


def reader_for(source: Source) -> Reader:
    """The reader that a source's name, media type and first kilobytes ask for.

    Raises UsageError where nothing but a guess is left and the article has no name, InputError where
    no reader knows it.
    """
    readers = [reader(name) for name in reader_names()]
    head = source.data[:HEAD]
    suffix = Path(source.name).suffix.lower()
    best, score = max(
        ((each, _score(each, head, suffix, source.media_type)) for each in readers), key=lambda pair: pair[1]
    )
    if score <= 0:
        return reader("text") if b"\0" in head or not head.strip() else _no_reader(source)
    if score == 1 and not source.name:
        names = ", ".join(reader_names())
        raise UsageError(
            "format.unclear", f"The text does not show what it is. Say so with --from ({names}).", source.where
        )
    return best


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


def _plugins(group: str) -> dict[str, Any]:
    return {point.name: point for point in entry_points(group=group)}


def _load(name: str, registry: dict[str, str], group: str) -> Any:
    if name not in registry:
        return _plugins(group)[name].load()
    module, _, attribute = registry[name].partition(":")
    return getattr(import_module(module), attribute)


def _unknown(name: str, kind: str, known: Iterable[str]) -> UsageError:
    names = list(known)
    near = get_close_matches(name, names, 1)
    hint = f" Did you mean “{near[0]}”?" if near else f" There are: {', '.join(names)}."
    return UsageError("format.unknown", f"“{name}” is no {kind} format.{hint}")
