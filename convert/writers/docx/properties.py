"""What the file says about itself: docProps/core.xml, app.xml and custom.xml.

python-docx's own core properties end at 255 characters and stamp the clock, so these are written here.
"""

from __future__ import annotations

from convert.report import Report
from convert.tree import Metadata
from convert.writers.dates import moment, stamp
from convert.writers.disclosure import source_type_uri
from convert.writers.docx.xml import NAMESPACES, Element, element, element_root, legal, q

__all__ = ["app_properties", "core_properties", "custom_properties"]

W3CDTF = "%Y-%m-%dT%H:%M:%SZ"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set that custom properties belong to ([MS-OLEPS] 2.18)."""


def core_properties(metadata: Metadata, title: str, report: Report) -> Element:
    """The root of core.xml, in the names of Dublin Core (ECMA-376 part 2, 8.3).

    `title` is what a screen reader calls the file, also where the article has no headline.
    """
    created, modified = _dates(metadata, report)
    values = (
        ("dc:title", title),
        ("dc:subject", metadata.deck),
        ("dc:creator", "; ".join(author.name for author in metadata.authors if author.name)),
        ("cp:keywords", ", ".join(metadata.keywords)),
        ("dc:description", metadata.description),
        ("cp:category", metadata.section),
        ("dc:identifier", metadata.identifier),
        ("dc:language", metadata.language),
        ("cp:version", metadata.version),
    )
    root = element_root("cp:coreProperties", {name: NAMESPACES[name] for name in ("cp", "dc", "dcterms", "xsi")})
    root.extend(element(name, text=legal(value, report)) for name, value in values if value)
    for name, when in (("dcterms:created", created), ("dcterms:modified", modified)):
        stamp = element(name, text=when)
        stamp.set(q("xsi:type"), "dcterms:W3CDTF")
        root.append(stamp)
    return root


def app_properties(metadata: Metadata, report: Report) -> Element:
    """The root of app.xml: the program, and the publisher as the company."""
    root = element_root("ap:Properties", {None: NAMESPACES["ap"]})
    root.append(element("ap:Application", text="copydesk"))
    if metadata.publisher:
        root.append(element("ap:Company", text=legal(metadata.publisher, report)))
    return root


def custom_properties(metadata: Metadata, report: Report) -> Element | None:
    """The root of custom.xml, for what Word has no property for; None where there is nothing of it."""
    values = (
        ("Publisher", metadata.publisher),
        ("Dateline", metadata.dateline),
        ("Rights", metadata.rights),
        ("Source", metadata.canonical_url),
        ("Slug", metadata.slug),
        ("Embargo", metadata.embargo),
        ("Digital source type", source_type_uri(metadata.digital_source_type)),
    )
    root = element_root("cup:Properties", {None: NAMESPACES["cup"], "vt": NAMESPACES["vt"]})
    for name, value in values:
        if value:
            number = len(root) + 2  # 0 and 1 are reserved
            root.append(element("cup:property", element("vt:lpwstr", text=legal(value, report)),
                                fmtid=FORMAT_ID, pid=number, name=name))  # fmt: skip
    return root if len(root) else None


def _dates(metadata: Metadata, report: Report) -> tuple[str, str]:
    """When the article was made and last changed, in UTC; never the clock's time."""
    modified = stamp(metadata, report)
    created = moment(metadata.published) or modified
    return created.strftime(W3CDTF), modified.strftime(W3CDTF)
