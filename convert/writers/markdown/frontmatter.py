"""The metadata as YAML front matter: quoted strings only, so that no reader takes them for something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from convert.tree import Asset, Author, Metadata

__all__ = ["front_matter"]

NAMES = {
    "title": "title", "deck": "deck", "authors": "author", "publisher": "source", "section": "section",
    "slug": "slug", "dateline": "dateline", "language": "lang", "direction": "dir", "published": "date",
    "modified": "modified", "version": "version", "identifier": "id", "canonical_url": "url",
    "keywords": "keywords", "description": "description", "rights": "rights", "embargo": "embargo",
    "status": "status", "digital_source_type": "digital_source_type", "lead_image": "image", "extra": "extra",
}  # fmt: skip
"""What each field of the metadata is called. The editor's note is not here: it is never published."""

_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


LEAD_WORDS = ("alt", "caption", "credit", "holder", "digital_source_type")
"""What came with the lead picture, called `image_alt` and so on."""


def front_matter(metadata: Metadata, lead: str, asset: Asset) -> str:
    """The block between the two rules; `lead` is the lead picture's address, `asset` what is known of it.

    Empty fields are left out.
    """
    lines = [line for field, name in NAMES.items() for line in _field(field, name, metadata, lead)]
    said = ((name, getattr(asset, name)) for name in LEAD_WORDS if metadata.lead_image)
    lines += [f"image_{name}: {_quoted(value)}" for name, value in said if value]
    return "\n".join(["---", *lines, "---"]) if lines else ""


def _field(field: str, name: str, metadata: Metadata, lead: str) -> Iterator[str]:
    value = getattr(metadata, field)
    if field == "authors":
        yield from _authors(metadata.authors)
    elif field == "extra":
        if value:
            yield "extra:"
            yield from (f"  {_quoted(key)}: {_quoted(text)}" for key, text in value.items())
    elif field == "keywords":
        if value:
            yield f"{name}: [{', '.join(map(_quoted, value))}]"
    elif field == "lead_image":
        if lead:
            yield f"{name}: {_quoted(lead)}"
    elif value and (field, value) != ("status", "usable"):
        yield f"{name}: {value if re.fullmatch('en|de|fr|es', value) else _quoted(value)}"


def _authors(authors: tuple[Author, ...]) -> Iterator[str]:
    match authors:
        case ():
            return
        case (Author(role="", url=""),):
            yield f"author: {_quoted(authors[0].name)}"
            if authors[0].bio:
                yield f"author_bio: {_quoted(authors[0].bio)}"
        case _:
            yield "authors:"
            for author in authors:
                yield f"  - name: {_quoted(author.name)}"
                for key in ("role", "bio", "url"):
                    if getattr(author, key):
                        yield f"    {key}: {_quoted(getattr(author, key))}"


def _quoted(text: str) -> str:
    """A double-quoted scalar (YAML 1.2, section 7.3.1); JSON's strings are ones, but for a few characters."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
