"""What is known about an article, apart from its text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct, field

__all__ = ["Asset", "Author", "Direction", "Metadata", "Status", "parse_when"]

Direction = Literal["ltr", "rtl"]
Status = Literal["usable", "withheld", "canceled"]


class Author(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody who wrote the article."""

    name: str
    role: str = ""
    bio: str = ""
    url: str = ""


class Asset(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """A picture that the tree names by its key. The bytes travel apart (`convert.world.Picture`).

    `source` is where it comes from: a path relative to the article, an http(s) address, or a data: URI.
    Width and height are pixels, 0 while unknown. `holder` is whoever holds the rights.

    `alt`, `caption` and `credit` are what came with the picture's file. They dress the lead picture, and figures that
    say nothing of their own; no pass cleans them, and they are not among the letters of the article.
    """

    source: str = ""
    media_type: str = ""
    width: int = 0
    height: int = 0
    bytes: int = 0
    holder: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    digital_source_type: str = ""
    """IPTC digital source type of the picture, as in `Metadata`."""


class Metadata(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of a news item. Dates are ISO 8601 (a day, or a time with its zone); see `parse_when`."""

    title: str = ""
    """The headline. It stands here only, never as a heading in the blocks."""
    deck: str = ""
    """The sentence under the headline (standfirst)."""
    authors: tuple[Author, ...] = ()
    publisher: str = ""
    section: str = ""
    slug: str = ""
    dateline: str = ""
    """The place an article was filed from, as printed: "LONDON"."""
    language: str = ""
    """A BCP 47 tag: "en", "pt-BR"."""
    direction: Direction | None = None
    published: str = ""
    modified: str = ""
    version: str = ""
    identifier: str = ""
    canonical_url: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    rights: str = ""
    embargo: str = ""
    status: Status = "usable"
    editors_note: str = ""
    """From desk to desk. Never published."""
    digital_source_type: str = ""
    """IPTC digital source type: how far a machine made the content. A URI of the vocabulary, or a code of it."""
    lead_image: str = ""
    """The key of the picture shown above the text, when it is not a figure of the body."""
    extra: dict[str, str] = field(default_factory=dict)
    """What has no field of its own."""


def parse_when(when: str) -> datetime | date | None:
    """The day or moment that an ISO 8601 text names, None for anything else."""
    try:
        return date.fromisoformat(when) if len(when) == 10 else datetime.fromisoformat(when)
    except ValueError:
        return None
