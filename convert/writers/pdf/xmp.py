"""The article's metadata as an XMP packet (ISO 16684-1): Dublin Core, PRISM for what is of the news, IPTC's own.

They say what the PDF's Info dictionary says, in the same words. The standards that a file claims stand here, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from convert.tree import Metadata
from convert.writers.base import PdfStandard
from convert.writers.dates import moment
from convert.writers.disclosure import source_type_uri
from convert.writers.xhtml.markup import escape

__all__ = ["packet"]

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}

CLAIMS: dict[PdfStandard, tuple[tuple[str, str], ...]] = {
    "both": (("pdfuaid:part", "1"), ("pdfaid:part", "3"), ("pdfaid:conformance", "A")),
    "ua-1": (("pdfuaid:part", "1"),),
    "a-3a": (("pdfaid:part", "3"), ("pdfaid:conformance", "A")),
    "a-2a": (("pdfaid:part", "2"), ("pdfaid:conformance", "A")),
    "none": (),
}
"""The properties by which a file says what it conforms to (ISO 14289-1, 5; ISO 19005-2 and 3, 6.6.4)."""

SCHEMAS = {
    "prism": (
        "PRISM",
        {
            "alternateTitle": "Text", "section": "Text", "location": "Text", "url": "URL", "versionIdentifier": "Text",
            "embargoDate": "Text",
        },
    ),
    "Iptc4xmpExt": ("IPTC Extension", {"DigitalSourceType": "URL"}),
    "pdfuaid": ("PDF/UA identification", {"part": "Integer"}),
}  # fmt: skip
"""What PDF/A asks to be described in the file, because it does not know it (ISO 19005-2, 6.6.2.3.3)."""


def packet(metadata: Metadata, title: str, language: str, producer: str, claim: PdfStandard = "none") -> bytes:
    """The packet for an article; empty fields are left out. It holds no clock's time and no random identifier."""
    lines = [
        *(_one(name, value) for name, value in CLAIMS[claim]),
        _several("dc:title", "Alt", [title]),
        _several("dc:creator", "Seq", [author.name for author in metadata.authors if author.name]),
        _several("dc:description", "Alt", [metadata.description or metadata.deck]),
        _several("dc:subject", "Bag", metadata.keywords),
        _several("dc:publisher", "Bag", [metadata.publisher]),
        _several("dc:rights", "Alt", [metadata.rights]),
        _several("dc:language", "Bag", [language]),
        _several("dc:date", "Seq", [_when(metadata.published)]),
        _one("dc:format", "application/pdf"),
        _one("dc:identifier", metadata.identifier),
        _one("dc:source", metadata.canonical_url),
        _one("xmp:CreateDate", _when(metadata.published)),
        _one("xmp:ModifyDate", _when(metadata.modified or metadata.published)),
        _one("pdf:Producer", producer),
        _one("pdf:Keywords", ", ".join(metadata.keywords)),
        _one("prism:alternateTitle", metadata.deck),
        _one("prism:section", metadata.section),
        _one("prism:location", metadata.dateline),
        _one("prism:url", metadata.canonical_url),
        _one("prism:versionIdentifier", metadata.version),
        _one("prism:embargoDate", metadata.embargo),
        _one("Iptc4xmpExt:DigitalSourceType", source_type_uri(metadata.digital_source_type)),
    ]
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "rdf")
    body = "\n".join(line for line in lines if line)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">\n<rdf:Description rdf:about=""{spaces}>\n{body}\n'
        f'</rdf:Description>\n{_schemas(body)}</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _schemas(body: str) -> str:
    """The description of what stands in the packet and is not of XMP itself."""
    about = "http://www.aiim.org/pdfa/ns"
    spaces = "".join(
        f' xmlns:pdfa{name}="{about}/{kind}"'
        for name, kind in (("Extension", "extension/"), ("Schema", "schema#"), ("Property", "property#"))
    )
    items = ""
    for prefix, (title, properties) in SCHEMAS.items():
        used = {name: kind for name, kind in properties.items() if f"<{prefix}:{name}>" in body}
        if used:
            described = "".join(_property(name, kind, prefix) for name, kind in used.items())
            items += (
                f'<rdf:li rdf:parseType="Resource">\n<pdfaSchema:schema>{title}</pdfaSchema:schema>'
                f"<pdfaSchema:namespaceURI>{NAMESPACES[prefix]}</pdfaSchema:namespaceURI>"
                f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\n"
                f"<pdfaSchema:property><rdf:Seq>\n{described}</rdf:Seq></pdfaSchema:property>\n</rdf:li>\n"
            )
    bag = f"<pdfaExtension:schemas><rdf:Bag>\n{items}</rdf:Bag></pdfaExtension:schemas>"
    return f'<rdf:Description rdf:about=""{spaces}>\n{bag}\n</rdf:Description>\n' if items else ""


def _property(name: str, kind: str, prefix: str) -> str:
    category = "internal" if prefix == "pdfuaid" else "external"
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        f"<pdfaProperty:category>{category}</pdfaProperty:category>"
        f"<pdfaProperty:description>{name}</pdfaProperty:description></rdf:li>\n"
    )


def _one(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _several(name: str, kind: Literal["Alt", "Bag", "Seq"], values: Iterable[str]) -> str:
    mark = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{mark}>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>" if items else ""


def _when(when: str) -> str:
    known = moment(when)
    if known is None:
        return ""
    return known.date().isoformat() if len(when) == 10 else known.strftime("%Y-%m-%dT%H:%M:%SZ")
