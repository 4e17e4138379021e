"""Pandoc's JSON (`pandoc -t json`): all that pandoc reads is read through it.

Decoding checks the file against the types of the format (`api`). What pandoc says in several ways is made
one (`shape`); then the tree (`blocks`, `inlines`, `tables`) and the reading text (`words`) are each made of that.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import structs

from convert.errors import InputError, LimitError
from convert.readers import frontmatter
from convert.readers.base import Reading
from convert.readers.html.finish import tell_refused
from convert.readers.json_source import load
from convert.readers.pandoc import api
from convert.readers.pandoc.blocks import Blocks
from convert.readers.pandoc.inlines import Inlines
from convert.readers.pandoc.shape import Shaper, check_depth, link_targets, take_title
from convert.readers.pandoc.words import reading_text
from convert.readers.pictures import Pictures
from convert.readers.sound import with_sections_from_one, with_sound_links
from convert.report import Report, Result
from convert.tree import Document
from convert.tree.text import metadata_text
from convert.tree.walk import MAX_DEPTH, depth
from convert.world import Source

__all__ = ["Reader"]

VERSIONS = ((1, 22), (1, 23))

_SORTED = re.compile(rb'\{\s*"blocks"\s*:\s*\[\s*\{\s*"[ct]"\s*:')
"""How a file begins whose keys a program has put in order: the version stands at its end."""


class Reader:
    """A document in pandoc's JSON."""

    name = "pandoc"
    suffixes = (".json",)
    media_types = ("application/json",)

    def sniff(self, head: bytes) -> int:
        """3 for an object that says `pandoc-api-version`, 2 for one that begins with blocks as pandoc's do."""
        head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if head.startswith(b"{") and b'"pandoc-api-version"' in head:
            return 3
        return 2 if _SORTED.match(head) else 0

    def read(self, source: Source) -> Result[Reading]:
        """The article. Raises InputError."""
        report = Report()
        pandoc = _load(source, report)
        shaper = Shaper(report, source.where)
        front = frontmatter.gathered(_mapping(pandoc.meta, shaper), report, source.where)
        metadata = front.metadata
        if not metadata.title:
            metadata = structs.replace(metadata, title=take_title(pandoc.blocks))
        pictures = Pictures(report, source.where)
        if front.lead.source:
            lead = pictures.key(front.lead.source)
            metadata = structs.replace(metadata, lead_image=lead)
            pictures.describe(lead, front.lead)
        parts = shaper.shaped(pandoc.blocks)
        inlines = Inlines(pictures, link_targets(parts), report, source.where)
        blocks = Blocks(inlines)
        document = Document(metadata, blocks.blocks(parts), blocks.notes(), pictures.assets)
        if depth(document) > MAX_DEPTH:
            raise _too_deep(source.where)
        tell_refused(inlines.addresses, report, source.where)
        document = with_sound_links(with_sections_from_one(document), report, source.where)
        text = "".join(f"{word}\n" for _, word in metadata_text(metadata)) + reading_text(parts)
        return Result(Reading(document, text, files=pictures.files), report)


def _load(source: Source, report: Report) -> api.Pandoc:
    """The file, of a version that is read and no deeper than can be walked. Raises InputError."""
    version = tuple(load(source, report, api.Version).version)
    if version[:2] not in VERSIONS:
        said = ".".join(map(str, version[:4])) or "none"
        raise InputError(
            "pandoc.version",
            f"Pandoc's JSON is read in its versions 1.22 and 1.23, and this file's is {said}. "
            "Make it with pandoc 2.11 or newer.",
            source.where,
        )
    pandoc: api.Pandoc = load(source, report, api.Pandoc)
    if not check_depth(pandoc):
        raise _too_deep(source.where)
    return pandoc


def _too_deep(where: str) -> LimitError:
    return LimitError("pandoc.depth", "Lists, quotes or styles nest too deeply. Make the document flatter.", where)


def _mapping(meta: dict[str, api.Meta], shaper: Shaper) -> dict[str, Any]:
    """The metadata as front matter says it; our writer lists authors' names for pandoc, and all of them for us."""
    mapping = {name: _plain(value, shaper) for name, value in meta.items()}
    if isinstance(mapping.get("authors"), list):
        mapping.pop("author", None)
    return mapping


def _plain(value: api.Meta, shaper: Shaper) -> Any:
    """A value as strings, lists and mappings."""
    match value:
        case api.MetaMap(c=entries):
            return {name: _plain(part, shaper) for name, part in entries.items()}
        case api.MetaList(c=parts):
            return [_plain(part, shaper) for part in parts]
        case api.MetaBool(c=truth):
            return "true" if truth else "false"
        case api.MetaString(c=text):
            return text
        case _:
            return shaper.flat_words(value.c, "the metadata")
