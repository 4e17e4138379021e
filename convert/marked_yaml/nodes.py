"""The marked tree, and the findings about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct, field

from convert.errors import SettingsError

__all__ = ["Findings", "Marked", "Place", "empty", "merge", "nearest", "shown"]

MAX_FINDINGS = 50


class Place(Struct, frozen=True, order=True):
    """Where something stands; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


Value: TypeAlias = "str | tuple[Marked, ...] | dict[str, Marked]"


class Marked(Struct, frozen=True):
    """A scalar's text, a list or a mapping, with its place and the place of the key it stands under."""

    value: Value
    place: Place
    key: Place
    quoted: bool = False

    @property
    def mapping(self) -> dict[str, Marked]:
        """The entries of a mapping; none for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def nothing(self) -> bool:
        """Whether this is an empty value, `~`, `null` or `none`."""
        return isinstance(self.value, str) and not self.quoted and self.value.lower() in {"", "~", "null", "none"}

    def at(self, *path: str) -> Marked:
        """The node below a path of keys, or the nearest one above it that exists."""
        node = self
        for key in path:
            if key not in node.mapping:
                break
            node = node.mapping[key]
        return node


def empty(file: str) -> Marked:
    """The tree of a file that says nothing."""
    return Marked({}, Place(file), Place(file))


def merge(below: Marked, above: Marked, anew: frozenset[str] = frozenset()) -> Marked:
    """Two trees as one: mappings merge key by key, anything else of `above` replaces what is below.

    A mapping of `above` that has a key of `anew` replaces as well: it begins again.
    """
    if not (isinstance(below.value, dict) and isinstance(above.value, dict)) or not anew.isdisjoint(above.value):
        return above
    merged = dict(below.value)
    for key, node in above.value.items():
        merged[key] = merge(merged[key], node, anew) if key in merged else node
    return Marked(merged, above.place, above.key)


class Findings(Struct):
    """All that is wrong, collected so that it can be said at once."""

    code: str
    found: list[tuple[Place, str]] = field(default_factory=list)

    def add(self, place: Place, sentence: str) -> None:
        """Record one finding, once."""
        if (place, sentence) not in self.found[-10:]:
            self.found.append((place, sentence))

    def unknown(self, place: Place, noun: str, word: str, known: Iterable[str]) -> None:
        """Record a word that is not among the known ones, with the nearest of them."""
        self.add(place, f"Unknown {noun} '{shown(word)}'{nearest(word, known)}")

    def check(self) -> None:
        """Raise SettingsError if anything was found."""
        if not self.found:
            return
        files = list(dict.fromkeys(place.file for place, _ in self.found))
        ordered = sorted(self.found, key=lambda one: (files.index(one[0].file), one[0].line, one[0].column))
        lines = [f"{place}: {sentence}" for place, sentence in ordered[:MAX_FINDINGS]]
        if len(ordered) > MAX_FINDINGS:
            lines.append(f"{ordered[MAX_FINDINGS][0]}: And {len(ordered) - MAX_FINDINGS} more findings.")
        raise SettingsError(self.code, tuple(lines))


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: "; did you mean 'x'?" or the words that are known."""
    words = list(known)
    lower = {one.lower(): one for one in words}
    close = difflib.get_close_matches(word.lower()[:80], list(lower), n=1, cutoff=0.6)
    if close:
        return f"; did you mean '{lower[close[0]]}'?"
    return f"; known here: {', '.join(words)}." if 0 < len(words) <= 12 else "."


def shown(text: str) -> str:
    """A text of the file as a finding quotes it: short and on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
