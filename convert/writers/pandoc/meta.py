"""The metadata as pandoc's: its own names where it has some (title, subtitle, author, date, lang, keywords)."""

from __future__ import annotations

from typing import Any

from convert.tree import Asset, Author, Metadata
from convert.writers.markdown.frontmatter import LEAD_WORDS, NAMES
from convert.writers.pandoc.parts import Raw, line, node

__all__ = ["meta"]

OWN = {"deck": "subtitle"}
"""Fields that pandoc's templates call otherwise than front matter does."""


def meta(metadata: Metadata, lead: str, asset: Asset) -> dict[str, Raw]:
    """The entries; `lead` is the lead picture's address, `asset` what is known of it. Empty fields are left out."""
    made: dict[str, Any] = {}
    for field, name in NAMES.items():
        value = getattr(metadata, field)
        if field == "authors":
            made.update(_authors(value))
        elif field == "lead_image":
            made[name] = lead
        elif (field, value) != ("status", "usable"):
            made[OWN.get(field, name)] = value
    if lead:
        made.update({f"image_{name}": getattr(asset, name) for name in LEAD_WORDS})
    return {name: _value(value) for name, value in made.items() if value}


def _authors(authors: tuple[Author, ...]) -> dict[str, Any]:
    """The names for pandoc's templates; all that is known of the authors for us, where it is more."""
    names = {"author": [author.name for author in authors]}
    if not any(author.role or author.bio or author.url for author in authors):
        return names
    parts = ("name", "role", "bio", "url")
    return {**names, "authors": [{key: getattr(one, key) for key in parts if getattr(one, key)} for one in authors]}


def _value(value: Any) -> Raw:
    """Words as inlines, so that pandoc escapes them; lists and mappings of such."""
    if isinstance(value, dict):
        return node("MetaMap", {name: _value(part) for name, part in value.items()})
    if isinstance(value, list | tuple):
        return node("MetaList", [_value(part) for part in value])
    return node("MetaInlines", line(value))
