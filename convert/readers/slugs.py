"""File names of the articles in one file: after their slugs or titles, each once."""

from __future__ import annotations

import re
from urllib.parse import unquote

from convert.world import Source

__all__ = ["Slugs"]

_UNSAFE = re.compile(r"[^\w.-]+")
_EDGES = "-._"
LONGEST = 150
"""Bytes of a name, so that suffixes and numbers fit into the 255 that file systems allow."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


class Slugs:
    """Gives each article of a file a name of its own."""

    def __init__(self, whole: Source, format: str, suffix: str) -> None:  # noqa: A002
        self.whole = whole
        self.format = format
        self.suffix = suffix
        self.used: set[str] = set()
        self.next: dict[str, int] = {}

    def source(self, data: bytes, *candidates: str) -> Source:
        """An article as a source, named after the first candidate that makes a name."""
        stem = next((made for text in candidates if (made := _slug(text))), "article")
        return Source(
            data, f"{self._free(stem)}{self.suffix}", self.whole.base, format=self.format, inside=self.whole.where
        )

    def _free(self, stem: str) -> str:
        name = stem
        while name.casefold() in self.used:
            self.next[stem] = self.next.get(stem, 1) + 1
            name = f"{stem}-{self.next[stem]}"
        self.used.add(name.casefold())
        return name


def _slug(text: str) -> str:
    text = text[:1000]
    words = _UNSAFE.sub("-", unquote(text, errors="ignore") if "%" in text else text).strip(_EDGES)
    name = words.encode(errors="ignore")[:LONGEST].decode(errors="ignore").strip(_EDGES).replace(".", "-")
    return f"{name}-1" if _RESERVED.fullmatch(name) else name
