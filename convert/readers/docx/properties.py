"""What a file says about itself: docProps/core.xml, app.xml and custom.xml (ECMA-376 part 2, 8.3; part 1, 22)."""

from __future__ import annotations

import re

from msgspec import Struct, structs

from convert.errors import InputError
from convert.readers.docx.container import Package
from convert.readers.docx.languages import tag_of
from convert.readers.docx.xml import Element
from convert.report import Report
from convert.tree import Author, Metadata, parse_when

__all__ = ["Properties", "properties"]

KINDS = ("core-properties", "extended-properties", "custom-properties")
NOBODY = frozenset((
    "python-docx", "microsoft office user", "microsoft office-anwender", "un-named", "unnamed", "unknown",
    "administrator", "admin", "user", "author", "autor", "owner", "apache poi", "openxml sdk", "docx", "windows user",
    "utilisateur windows", "usuario de windows", "copydesk", "pandoc", "libreoffice", "google docs",
))  # fmt: skip
"""Creators that programs write where they know of none."""

NO_DATE = "2000-01-01T00:00:00Z"
"""What our own files have for a date where an article has none."""

CUSTOM = {
    "subtitle": "deck", "publisher": "publisher", "dateline": "dateline", "rights": "rights", "source": "canonical_url",
    "digital source type": "digital_source_type",
}  # fmt: skip
"""Custom properties that have a field."""


class Properties(Struct, frozen=True):
    """The metadata, and whether the file is one that this program wrote."""

    metadata: Metadata
    own: bool = False


def properties(package: Package, report: Report) -> Properties:
    """The metadata of a file's properties. A part that is damaged is passed over with a message."""
    core, app, custom = (_root(package, kind, report) for kind in KINDS)
    facts = {_local(element): _text(element) for element in core} if core is not None else {}
    more = {_local(element): _text(element) for element in app} if app is not None else {}
    named = (
        {(element.get("name") or "").strip().lower(): _words(element) for element in custom}
        if custom is not None
        else {}
    )
    own = more.get("Application") == "copydesk"
    fields: dict[str, str] = {field: named[name] for name, field in CUSTOM.items() if named.get(name)}
    date = _when(named.get("date", ""))
    if date:
        fields["published"] = named.pop("date")
    extra = {f"word-{name}": text for name, text in named.items() if name and text and name not in CUSTOM}
    if own:
        fields.update(deck=facts.get("subject", ""), publisher=more.get("Company", "") or fields.get("publisher", ""))
        fields["published"] = _when(facts.get("created", ""))
    else:
        for name in ("subject", "created"):
            if facts.get(name):
                extra[name] = facts[name]
    modified = _when(facts.get("modified", ""))
    if own and modified == fields["published"]:
        modified = ""
    for name in ("contentStatus", "contentType"):
        if facts.get(name):
            extra[name] = facts[name]
    metadata = Metadata(
        title=facts.get("title", ""), authors=_authors(facts.get("creator", "")), section=facts.get("category", ""),
        language=tag_of(facts.get("language", "")), modified=modified, version=facts.get("version", ""),
        identifier=facts.get("identifier", ""), keywords=_keywords(facts.get("keywords", "")),
        description=facts.get("description", ""), extra=extra,
    )  # fmt: skip
    return Properties(structs.replace(metadata, **{name: text for name, text in fields.items() if text}), own)


def _root(package: Package, kind: str, report: Report) -> Element | None:
    name = package.related("", kind)
    if not name:
        return None
    try:
        return package.xml(name)
    except InputError as error:
        report.add("docx.properties", "loss", f"What the file says of itself could not be read: {error.text}")
        return None


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Element) -> str:
    return " ".join((element.text or "").split())


def _words(element: Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _authors(creator: str) -> tuple[Author, ...]:
    """The creators, who stand in one text parted by semicolons."""
    names = [name.strip() for name in creator.split(";")]
    return tuple(Author(name) for name in names if name and name.lower() not in NOBODY)


def _keywords(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in re.split(r"[,;]", text) if word.strip()))


def _when(text: str) -> str:
    return text if text != NO_DATE and parse_when(text) is not None else ""
