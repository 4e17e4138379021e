"""What the commands that list something print: formats, themes, the schema of the tree."""

from __future__ import annotations

import msgspec

from convert import formats as known
from convert.errors import UsageError
from convert.readers.base import Container
from convert.themes.load import load_theme, theme_names
from convert.tree import codec
from convert.writers import ALIASES

__all__ = ["formats", "schema", "themes"]


def formats() -> str:
    """The formats that are read and written, third parties' too."""
    lines = ["Read (--from):"]
    lines += [f"  {name:<10} {_reads(name)}" for name in known.reader_names()]
    lines.append("Written (--to):")
    for name in known.writer_names():
        also = "".join(f", also “{alias}”" for alias, target in ALIASES.items() if target == name)
        lines.append(f"  {name:<10} {_writes(name)}{also}")
    return "\n".join(lines) + "\n"


def _reads(name: str) -> str:
    try:
        found = known.reader(name)
    except UsageError as error:
        return str(error)
    several = "  one article or many" if isinstance(found, Container) else ""
    return " ".join(found.suffixes) + several


def _writes(name: str) -> str:
    try:
        made = known.writer(name)
    except UsageError as error:
        return str(error)
    return f"{made.suffix:<8} {made.media_type}"


def themes() -> str:
    """The themes."""
    found = [(name, load_theme(name)) for name in theme_names()]
    return "".join(f"  {name:<12} {theme.title}: {theme.description}\n" for name, theme in found)


def schema() -> str:
    """The JSON Schema of the document tree."""
    return msgspec.json.format(msgspec.json.encode(codec.schema()), indent=2).decode() + "\n"
