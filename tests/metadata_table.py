"""Where each format keeps each field of the metadata: found by writing one article in every format and looking."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
import yaml
from lxml import etree
from PIL import Image

from convert.formats import writer
from convert.themes.load import load_theme
from convert.tree import Asset, Author, Correction, Document, Metadata, build
from convert.world import Picture
from convert.writers.base import Options

Places = list[tuple[str, str]]
"""The places of a format that hold metadata, and what stands in each."""

URI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

VALUES: dict[str, tuple[str, ...]] = {
    "title": ("Mtitle",), "deck": ("Mdeck",), "authors: name": ("Mname",), "authors: role": ("Mrole",),
    "authors: bio": ("Mbio",), "authors: url": ("https://author.example/",), "publisher": ("Mpublisher",),
    "section": ("Msection",), "slug": ("Mslug",), "dateline": ("Mdateline",), "language": ("pt-BR",),
    "direction": ("rtl",),
    "published": ("2026-05-01T08:30:00+02:00", "2026-05-01T06:30:00Z", "D:20260501063000", "1 de maio de 2026"),
    "modified": ("2026-05-02T09:30:00+02:00", "2026-05-02T07:30:00Z", "D:20260502073000"),
    "version": ("Mversion",), "identifier": ("urn:Midentifier",), "canonical_url": ("https://canonical.example/a",),
    "keywords": ("Mkeyword",), "description": ("Mdescription",), "rights": ("Mrights",),
    "embargo": ("2026-06-01T04:00:00Z", "1 de junho de 2026, 04:00 UTC"), "status": ("usable",),
    "editors_note": ("Mnote",), "digital_source_type": (URI, "trainedAlgorithmicMedia", "Criado com IA generativa"),
    "lead_image": ("Mpicture", "Mlead"), "lead picture: alt": ("Malt",), "lead picture: caption": ("Mcaption",),
    "lead picture: credit": ("Mcredit",), "lead picture: holder": ("Mholder",), "extra": ("Mextra",),
    "corrections: text": ("Mcorrection",),
    "corrections: date": ("2026-05-03", "3 de maio de 2026"),
}  # fmt: skip
"""What stands in each field, in all the forms in which formats write it."""


def article() -> tuple[Document, dict[str, Picture]]:
    """An article that says something in every field, with its lead picture on the web."""
    values = {name: forms[0] for name, forms in VALUES.items()}
    author = Author(*(values[f"authors: {name}"] for name in ("name", "role", "bio", "url")))
    plain = {name: value for name, value in values.items() if ":" not in name}
    metadata = Metadata(
        **{**plain, "authors": (author,), "keywords": ("Mkeyword",), "lead_image": "Mlead", "extra": {"desk": "Mextra"}}
    )  # type: ignore[arg-type]
    words = {name: values[f"lead picture: {name}"] for name in ("alt", "caption", "credit", "holder")}
    correction = Correction((build.paragraph("Mcorrection"),), "2026-05-03")
    assets = {"Mlead": Asset("https://pictures.example/Mpicture.png", **words)}  # type: ignore[arg-type]
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    picture = Picture(out.getvalue(), "image/png", 8, 8)
    return Document(metadata, (build.paragraph("Text."), correction), assets=assets), {"Mlead": picture}


def written(to: str, document: Document, pictures: dict[str, Picture]) -> bytes:
    """The article in one format."""
    press = writer(to)(load_theme("base"), Options())
    return press.render(document, pictures, "Mstem").value.data


def table() -> list[list[str]]:
    """The table: the head, then a row a field."""
    document, pictures = article()
    made = {
        to: written(to, document, pictures) for to in ("markdown", "xhtml", "epub", "docx", "pdf", "json", "pandoc")
    }
    columns: dict[str, Places] = {
        "on the page": [("yes", _words(made["xhtml"]))],
        "Markdown": list(_flat(yaml.load(made["markdown"].split(b"---\n")[1], Loader=yaml.BaseLoader))),  # noqa: S506
        "XHTML head": list(_metas(made["xhtml"])),
        "JSON-LD (XHTML, EPUB)": list(_flat(_json_ld(made["xhtml"]))),
        "EPUB package": list(_elements(zipped(made["epub"], "EPUB/package.opf"), "metadata")),
        "DOCX properties": _docx(made["docx"]),
        "PDF Info": _info(made["pdf"]),
        "PDF XMP": list(_elements(_xmp(made["pdf"]), "Description")),
        "pandoc": list(_flat(_plain(json.loads(made["pandoc"])["meta"]))),
        "JSON": list(_flat(json.loads(made["json"])["document"])),
    }
    rows = [["field", *columns]]
    for field, forms in VALUES.items():
        rows.append([f"`{field}`", *(_places(places, forms) for places in columns.values())])
    return rows


def as_markdown() -> str:
    """The table for the docs."""
    head, *rows = table()
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def zipped(data: bytes, name: str) -> bytes:
    """One member of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def _places(places: Places, forms: tuple[str, ...]) -> str:
    found = dict.fromkeys(place for place, value in places if any(_holds(value, form) for form in forms))
    return ", ".join(name if name == "yes" else f"`{name}`" for name in found)


def _holds(value: str, form: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", value) is not None or (form.startswith("D:") and form in value)


def _flat(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of JSON or YAML by their path; lists do not count."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item, path)
    else:
        yield path, str(value)


def _plain(value: Any) -> Any:
    """Metadata of pandoc's as plain JSON: the words of inlines as one text."""
    match value:
        case {"t": "MetaMap", "c": dict(inner)}:
            return _plain(inner)
        case {"t": "MetaList", "c": list(inner)}:
            return [_plain(one) for one in inner]
        case {"t": "MetaInlines", "c": list(inner)}:
            return "".join(one.get("c", " ") for one in inner)
    return {name: _plain(one) for name, one in value.items()}


def _metas(data: bytes) -> Iterator[tuple[str, str]]:
    root = etree.fromstring(data)
    yield from ((f"html {name}", root.get(name) or "") for name in ("lang", "dir"))
    for node in root.find("{*}head"):  # type: ignore[union-attr]
        name = etree.QName(node).localname
        if name == "title":
            yield name, node.text or ""
        elif node.get("name"):
            yield str(node.get("name")), node.get("content") or ""


def _json_ld(data: bytes) -> object:
    script = etree.fromstring(data).find(".//{*}script")
    return json.loads(script.text or "")  # type: ignore[union-attr]


def _words(data: bytes) -> str:
    body = etree.fromstring(data).find("{*}body")
    return " ".join("".join(body.itertext()).split())  # type: ignore[union-attr]


def _elements(data: bytes, within: str) -> Iterator[tuple[str, str]]:
    """The elements of a block of metadata in XML, by name or by the property that they say."""
    root = etree.fromstring(data)
    for name, value in root.attrib.items():
        yield etree.QName(name).localname, value
    block = next(node for node in root.iter() if isinstance(node.tag, str) and etree.QName(node).localname == within)
    for node in block:
        label = f"{node.prefix}:{etree.QName(node).localname}" if node.prefix else etree.QName(node).localname
        yield node.get("property") or label, " ".join("".join(node.itertext()).split())


def _docx(data: bytes) -> Places:
    found = list(_elements(zipped(data, "docProps/core.xml"), "coreProperties"))
    app = etree.fromstring(zipped(data, "docProps/app.xml"))
    found += [(etree.QName(node).localname, node.text or "") for node in app]
    custom = etree.fromstring(zipped(data, "docProps/custom.xml"))
    return found + [(str(node.get("name")), "".join(node.itertext())) for node in custom]


def _info(data: bytes) -> Places:
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        found = [(str(name).removeprefix("/"), str(value)) for name, value in pdf.docinfo.items()]
        return [*found, ("Lang", str(pdf.Root.get("/Lang", "")))]


def _xmp(data: bytes) -> bytes:
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        return bytes(pdf.Root.Metadata.read_bytes())
