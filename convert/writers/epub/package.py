"""The package document and the container file of an EPUB 3.3."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from convert.writers.epub.access import Access
from convert.writers.epub.facts import Publication
from convert.writers.xhtml.markup import attributes, element, escape, void

__all__ = ["CONTAINER", "Item", "package"]

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

_COVER = "cover-image"


class Item(Struct, frozen=True):
    """One file of the publication, by its path beside the package document."""

    id: str
    href: str
    media_type: str
    data: bytes
    properties: str = ""
    read: bool = False
    """Whether it stands in the reading order."""


def package(about: Publication, items: Iterable[Item], access: Access) -> str:
    """The package document (EPUB 3.3, section 5). The reading order is that of the items."""
    items = tuple(items)
    manifest = "\n".join(_manifest_line(item) for item in items)
    spine = "\n".join(void("itemref", ("idref", item.id)) for item in items if item.read)
    cover = [void("meta", ("name", "cover"), ("content", item.id)) for item in items if item.properties == _COVER]
    metadata = "\n".join([*_facts(about), *_access_lines(access), *cover])  # the last for readers of EPUB 2
    head = attributes((
        ("xmlns", "http://www.idpf.org/2007/opf"), ("version", "3.0"), ("unique-identifier", "id"),
        ("xml:lang", about.languages[0]), ("dir", about.direction),
    ))  # fmt: skip
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<package{head}>\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{metadata}\n</metadata>\n'
        f"<manifest>\n{manifest}\n</manifest>\n"
        f'<spine page-progression-direction="{about.direction}">\n{spine}\n</spine>\n</package>\n'
    )


def _manifest_line(item: Item) -> str:
    return void(
        "item", ("id", item.id), ("href", item.href), ("media-type", item.media_type),
        ("properties", item.properties or None),
    )  # fmt: skip


def _facts(about: Publication) -> list[str]:
    lines = [
        element("dc:identifier", escape(about.identifier), ("id", "id")),
        element("dc:title", escape(about.title)),
        *(element("dc:language", language) for language in about.languages),
    ]
    for number, name in enumerate(about.creators, 1):
        lines.append(element("dc:creator", escape(name), ("id", f"creator-{number}")))
        role = (("refines", f"#creator-{number}"), ("property", "role"), ("scheme", "marc:relators"))
        lines.append(element("meta", "aut", *role))
    lines += [element(f"dc:{name}", escape(text.strip())) for name, text in about.core if text.strip()]
    lines += [_meta(f"schema:{name}", text.strip()) for name, text in about.more if text.strip()]
    return [*lines, _meta("dcterms:modified", about.modified.strftime("%Y-%m-%dT%H:%M:%SZ"))]


def _access_lines(access: Access) -> list[str]:
    """The properties of access; who vouches for a standard stands beside it (EPUB Accessibility 1.1, section 4.3)."""
    pairs = [
        *(("accessMode", mode) for mode in access.modes),
        *(("accessModeSufficient", mode) for mode in access.sufficient),
        *(("accessibilityFeature", feature) for feature in access.features),
        *(("accessibilityHazard", hazard) for hazard in access.hazards),
    ]
    lines = [_meta(f"schema:{name}", value) for name, value in pairs]
    lines.append(_meta("schema:accessibilitySummary", access.summary, ("xml:lang", access.language)))
    if access.conforms_to:
        lines.append(_meta("dcterms:conformsTo", access.conforms_to, ("id", "standard")))
        lines.append(_meta("a11y:certifiedBy", "copydesk", ("refines", "#standard")))
    return lines


def _meta(name: str, text: str, *more: tuple[str, str]) -> str:
    return element("meta", escape(text), ("property", name), *more)
