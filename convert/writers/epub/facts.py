"""What a publication says of itself: of one article, or of several bound into an issue."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from convert.tree import Document, Metadata
from convert.tree.codec import encode
from convert.writers.dates import moment
from convert.writers.disclosure import source_type_uri
from convert.writers.xhtml.article import Article

__all__ = ["Publication", "identifier", "of_article", "of_issue"]


class Publication(Struct, frozen=True):
    """The facts of a package document. `core` are elements of Dublin Core, `more` properties of schema.org."""

    identifier: str
    title: str
    languages: tuple[str, ...]
    """The first is the package document's own."""
    direction: str
    creators: tuple[str, ...]
    modified: datetime
    core: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()


def of_article(document: Document, article: Article, modified: datetime) -> Publication:
    """The facts of an article that is a publication of its own."""
    metadata = document.metadata
    return Publication(
        identifier=identifier(document),
        title=article.title,
        languages=(article.language,),
        direction=article.direction,
        creators=tuple(author.name for author in metadata.authors if author.name.strip()),
        modified=modified,
        core=(
            ("publisher", metadata.publisher), ("date", _date(metadata)),
            ("description", metadata.description or metadata.deck), ("rights", metadata.rights),
            *(("subject", word) for word in dict.fromkeys((metadata.section, *metadata.keywords))),
            ("source", metadata.canonical_url),
        ),
        more=(
            ("alternativeHeadline", metadata.deck), ("articleSection", metadata.section),
            ("dateline", metadata.dateline), ("version", metadata.version),
            ("digitalSourceType", source_type_uri(metadata.digital_source_type)),
        ),
    )  # fmt: skip


def of_issue(title: str, chapters: Sequence[tuple[Document, Article]], modified: datetime) -> Publication:
    """The facts of an issue: what its articles share, or the sum of it. Its date is the latest article's."""
    every = [document.metadata for document, _ in chapters]
    first = chapters[0][1]
    dates = [(when, metadata) for metadata in every if (when := moment(metadata.published))]
    latest = max(dates, key=lambda pair: pair[0], default=None)
    return Publication(
        identifier=_uuid(title.encode() + b"\0" + b"\0".join(_public(document) for document, _ in chapters)),
        title=title,
        languages=_unique(article.language for _, article in chapters),
        direction=first.direction,
        creators=_unique(author.name for metadata in every for author in metadata.authors),
        modified=modified,
        core=(
            *(("publisher", name) for name in _unique(metadata.publisher for metadata in every)),
            ("date", _date(latest[1]) if latest else ""),
            *(("rights", text) for text in _unique(metadata.rights for metadata in every)),
            *(("subject", word) for word in _unique(metadata.section for metadata in every)),
        ),
        more=tuple(
            ("digitalSourceType", uri)
            for uri in _unique(source_type_uri(metadata.digital_source_type) for metadata in every)
        ),
    )  # fmt: skip


def identifier(document: Document) -> str:
    """What the publication is called for ever: the article's own, its address, or a UUID of its content."""
    metadata = document.metadata
    return metadata.identifier.strip() or metadata.canonical_url.strip() or _uuid(_public(document))


def _public(document: Document) -> bytes:
    return encode(structs.replace(document, metadata=structs.replace(document.metadata, editors_note="")))


def _uuid(content: bytes) -> str:
    """A UUID of version 8, for ones made by a rule of the maker's own (RFC 9562, section 5.8)."""
    digest = bytearray(hashlib.sha256(content).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return f"urn:uuid:{UUID(bytes=bytes(digest))}"


def _date(metadata: Metadata) -> str:
    when = moment(metadata.published)
    if when is None:
        return ""
    return when.date().isoformat() if len(metadata.published) == 10 else when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
