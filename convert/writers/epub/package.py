"""The package document, the container file and the navigation of an EPUB 3.3."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from convert.tree import Document
from convert.tree.codec import encode
from convert.writers.dates import moment
from convert.writers.disclosure import source_type_uri
from convert.writers.epub.access import Access
from convert.writers.xhtml.article import Article, Entry
from convert.writers.xhtml.markup import attributes, element, escape, void

__all__ = ["CONTAINER", "Item", "identifier", "navigation", "package"]

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


class Item(Struct, frozen=True):
    """One file of the publication, by its path beside the package document."""

    id: str
    href: str
    media_type: str
    properties: str = ""
    linear: bool | None = None
    """Whether it stands in the reading order; None: it is not in the spine."""


def identifier(document: Document) -> str:
    """What the publication is called for ever: the article's own, its address, or a UUID of its content.

    The UUID is of version 8, for ones made by a rule of the maker's own (RFC 9562, section 5.8).
    """
    metadata = document.metadata
    if metadata.identifier.strip() or metadata.canonical_url.strip():
        return metadata.identifier.strip() or metadata.canonical_url.strip()
    public = structs.replace(document, metadata=structs.replace(metadata, editors_note=""))
    digest = bytearray(hashlib.sha256(encode(public)).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return f"urn:uuid:{UUID(bytes=bytes(digest))}"


def package(document: Document, article: Article, items: Iterable[Item], access: Access, modified: datetime) -> str:
    """The package document (EPUB 3.3, section 5)."""
    items = tuple(items)
    manifest = "\n".join(_manifest_line(item) for item in items)
    spine = "\n".join(
        void("itemref", ("idref", item.id), ("linear", None if item.linear else "no"))
        for item in items if item.linear is not None
    )  # fmt: skip
    metadata = "\n".join([*_facts(document, article), *_access_lines(access), _modified(modified)])
    head = attributes((
        ("xmlns", "http://www.idpf.org/2007/opf"), ("version", "3.0"), ("unique-identifier", "id"),
        ("xml:lang", article.language), ("dir", article.direction),
    ))  # fmt: skip
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<package{head}>\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{metadata}\n</metadata>\n'
        f"<manifest>\n{manifest}\n</manifest>\n"
        f'<spine page-progression-direction="{article.direction}">\n{spine}\n</spine>\n</package>\n'
    )


def _manifest_line(item: Item) -> str:
    return void(
        "item", ("id", item.id), ("href", item.href), ("media-type", item.media_type),
        ("properties", item.properties or None),
    )  # fmt: skip


def _facts(document: Document, article: Article) -> list[str]:
    metadata = document.metadata
    lines = [
        element("dc:identifier", escape(identifier(document)), ("id", "id")),
        element("dc:title", escape(article.title)),
        element("dc:language", article.language),
    ]
    for number, author in enumerate((a for a in metadata.authors if a.name.strip()), 1):
        lines.append(element("dc:creator", escape(author.name), ("id", f"creator-{number}")))
        lines.append(_refine(f"creator-{number}", "role", "aut", "marc:relators"))
    published = moment(metadata.published)
    date = published and (
        published.date().isoformat() if len(metadata.published) == 10 else published.strftime("%Y-%m-%dT%H:%M:%SZ")
    )
    pairs = [
        ("dc:publisher", metadata.publisher), ("dc:date", date or ""),
        ("dc:description", metadata.description or metadata.deck), ("dc:rights", metadata.rights),
        *(("dc:subject", word) for word in dict.fromkeys((metadata.section, *metadata.keywords))),
        ("dc:source", metadata.canonical_url),
    ]  # fmt: skip
    lines += [element(name, escape(text.strip())) for name, text in pairs if text.strip()]
    more = (
        ("alternativeHeadline", metadata.deck), ("articleSection", metadata.section), ("dateline", metadata.dateline),
        ("version", metadata.version), ("digitalSourceType", source_type_uri(metadata.digital_source_type)),
    )  # fmt: skip
    return lines + [
        element("meta", escape(text.strip()), ("property", f"schema:{name}")) for name, text in more if text
    ]


def _refine(of: str, name: str, value: str, scheme: str) -> str:
    return element("meta", value, ("refines", f"#{of}"), ("property", name), ("scheme", scheme))


def _access_lines(access: Access) -> list[str]:
    pairs = [
        *(("accessMode", mode) for mode in access.modes),
        *(("accessModeSufficient", mode) for mode in access.sufficient),
        *(("accessibilityFeature", feature) for feature in access.features),
        *(("accessibilityHazard", hazard) for hazard in access.hazards),
        ("accessibilitySummary", access.summary),
    ]
    return [element("meta", escape(value), ("property", f"schema:{name}")) for name, value in pairs]


def _modified(modified: datetime) -> str:
    return element("meta", modified.strftime("%Y-%m-%dT%H:%M:%SZ"), ("property", "dcterms:modified"))


def navigation(article: Article, href: str) -> str:
    """The navigation document (EPUB 3.3, section 7): the article and its sections, and its landmarks."""
    sections = _outline(list(article.entries), href)
    top = f"<li><a href={_quoted(href)}>{escape(article.title)}</a>{sections}</li>"
    marks = f'<li><a epub:type="bodymatter" href={_quoted(href)}>{escape(article.title)}</a></li>'
    title = escape(article.page.labels.contents)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' xml:lang="{article.language}" lang="{article.language}" dir="{article.direction}">\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{title}</title>\n'
        '<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n<body>\n'
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{title}</h1>\n<ol>\n{top}\n</ol>\n</nav>\n'
        f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{marks}\n</ol>\n</nav>\n</body>\n</html>\n'
    )


def _outline(entries: list[Entry], href: str) -> str:
    """The sections as nested lists; empty for none."""
    lines: list[str] = []
    while entries:
        first = entries.pop(0)
        inner: list[Entry] = []
        while entries and entries[0].level > first.level:
            inner.append(entries.pop(0))
        name = escape(re.sub(r"\s+", " ", first.text).strip()) or "…"
        lines.append(f"<li><a href={_quoted(f'{href}#{first.id}')}>{name}</a>{_outline(inner, href)}</li>")
    return "\n<ol>\n" + "\n".join(lines) + "\n</ol>\n" if lines else ""


def _quoted(href: str) -> str:
    return attributes((("x", href),)).split("=", 1)[1]
