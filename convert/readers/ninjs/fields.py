"""The fields of ninjs 1, 2 and 3, of Superdesk and of AP, and what each becomes.

A field's name is compared in small letters, which makes `versioncreated` (1 and 2) and `versionCreated` (3) one. Where
a version has a list of objects for what another has as a string (`headlines`, `descriptions`), both are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from convert.readers.assembly import plain
from convert.readers.json_source import Json, mapping_of
from convert.readers.wire import authors_in, embargoes_of, first, language_tag, moment, status_of, strictest, unique
from convert.report import Report
from convert.tree import Author, Metadata
from convert.tree.metadata import Status

__all__ = ["FIELDS", "lowered", "metadata_of", "source_type", "stops_of", "unread", "values"]

FIELDS = {
    "headline": "title", "headlines": "title", "headline_subhead": "deck", "headline_extended": "deck",
    "byline": "authors", "by": "authors", "bylines": "authors", "authors": "authors", "people": "authors",
    "provider": "publisher", "source": "publisher", "infosources": "publisher",
    "service": "section", "subject": "keywords", "subjects": "keywords", "keywords": "keywords",
    "slugline": "slug", "located": "dateline", "datelinelocation": "dateline", "language": "language",
    "firstcreated": "published", "firstpublished": "published", "contentcreated": "published",
    "versioncreated": "modified", "contentmodified": "modified",
    "version": "version", "uri": "identifier", "guid": "identifier", "url": "canonical_url",
    "description_text": "description", "description_html": "description", "descriptions": "description",
    "copyrightnotice": "rights", "copyrightholder": "rights", "usageterms": "extra",
    "embargoed": "embargo", "embargo": "embargo", "embargoeduntil": "embargo", "pubstatus": "status",
    "ednote": "editors_note", "digitalsourcetype": "digital_source_type", "signal": "extra", "signals": "extra",
}  # fmt: skip
"""What becomes metadata, field by field. What is in no table is a loss that the report names."""

STOPS = frozenset(name for name, target in FIELDS.items() if target in ("embargo", "status"))
"""What may forbid to publish an item. `lowered` keeps all that is said there, in whatever letters, as a tuple."""

CONTENT = frozenset((
    "body_html", "body_xhtml", "body_text", "body_nitf", "bodies", "associations", "renditions", "title", "alttext",
    "creditline",
))  # fmt: skip
"""What becomes the text and its pictures."""

TECHNICAL = frozenset((
    "type", "profile", "urgency", "priority", "mimetype", "contenttype", "representationtype", "standard", "expires",
    "altids", "charcount", "wordcount", "readtime", "readingtime", "rightsinfo", "trustindicators", "etag", "ancestors",
    "evolvedfrom", "plannings", "itemid", "editorialrole", "editorialtypes", "filings", "products", "links",
    "recordtype", "recordsequencenumber", "versionlinks", "pubdates", "originalheadline", "$schema", "$standard",
))  # fmt: skip
"""What says how an item is handled, and is of no use in an article."""

CONTEXT = frozenset((
    "place", "places", "person", "organisation", "organisations", "event", "events", "object", "objects", "genre",
    "genres",
))  # fmt: skip
"""Who and what an item is about, by code: there is no field for it, and the text names them."""

_WRITES = ("author", "byline", "writer", "creator", "reporter")
_ALTERNATIVES = (("main", "", "hl1", "short"), ("subhead", "subtitle", "deck", "sub"))


def lowered(item: Json) -> dict[str, Any]:
    """An item by its fields' names in small letters; an empty value does not hide a full one."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        if name.lower() in STOPS:
            found[name.lower()] = (*found.get(name.lower(), ()), value)
        elif value not in (None, "", [], {}) or name.lower() not in found:
            found[name.lower()] = value
    return found


def values(value: object, *roles: str) -> Iterator[str]:
    """The words of a field: a string, or the values of a list of objects, those of given roles if there are some."""
    if isinstance(value, str):
        yield value
    for part in value if isinstance(value, list) else [value] if isinstance(value, dict) else []:
        one = lowered(part) if isinstance(part, dict) else {"value": part}
        said = first(plain(one.get(name)) for name in ("value", "name", "literal", "title", "code", "uri"))
        if said and (not roles or plain(one.get("role")).lower() in roles):
            yield said


def metadata_of(item: dict[str, Any], report: Report, where: str) -> Metadata:
    """The metadata of an item whose fields' names are in small letters."""
    headlines = item.get("headlines")
    embargo, status = stops_of(item, report, where)
    modified = moment(item.get("versioncreated") or item.get("contentmodified"))
    published = first(moment(item.get(name)) for name in ("firstcreated", "firstpublished", "contentcreated"))
    subjects = [plain(name) for name in values(item.get("subject") or item.get("subjects"))]
    return Metadata(
        title=first([
            plain(item.get("headline")), first(said for role in _ALTERNATIVES[0] for said in values(headlines, role)),
            first(values(headlines)),
            plain(item.get("title")),
        ]),
        deck=first([plain(item.get("headline_subhead")), first(values(headlines, *_ALTERNATIVES[1])),
                    plain(item.get("headline_extended"))]),
        authors=_authors(item),
        publisher=first(plain(name) for field in ("provider", "source", "infosources")
                        for name in values(item.get(field)))[:200],
        section=first([first(values(item.get("service"))), first(subjects)])[:200],
        slug=plain(item.get("slugline"))[:300],
        dateline=_dateline(item),
        language=language_tag(item.get("language")),
        published=published or modified,
        modified=modified if published and modified != published else "",
        version=plain(item.get("version")),
        identifier=plain(item.get("uri") or item.get("guid")),
        canonical_url=address if (address := plain(item.get("url"))).startswith(("http://", "https://")) else "",
        keywords=unique([*(plain(word) for word in values(item.get("keywords"))), *subjects]),
        description=first([plain(item.get("description_text")), plain(item.get("description_html")),
                           first(plain(text) for text in values(item.get("descriptions")))]),
        rights=plain(item.get("copyrightnotice")) or plain(item.get("copyrightholder")),
        embargo=embargo,
        status=status,
        editors_note=plain(item.get("ednote")),
        digital_source_type=source_type(item.get("digitalsourcetype")),
        extra={name: text for name, text in (
            ("usage_terms", plain(item.get("usageterms"))),
            ("signal", ", ".join(values(item.get("signal") or item.get("signals")))),
        ) if text},
    )  # fmt: skip


def stops_of(item: dict[str, Any], report: Report, where: str) -> tuple[str, Status]:
    """The embargo and the state of an item, the strictest of all that it says."""
    said = [value for name in STOPS if FIELDS[name] == "embargo" for value in item.get(name, ())]
    embargo, unclear = embargoes_of(said, report, where)
    states = [status_of(value, embargo, report, where) for value in item.get("pubstatus", ())]
    return embargo, strictest([*states, "withheld" if unclear else "usable"])


def _authors(item: dict[str, Any]) -> tuple[Author, ...]:
    """The people that the item names as its authors with what it says of them, else those of the byline."""
    named = [lowered(mapping_of(one)) for one in _list(item.get("authors"))]
    for person in (lowered(mapping_of(one)) for one in _list(item.get("people"))):
        said = " ".join(values(person.get("roles") or person.get("rel") or person.get("role"))).lower()
        if any(word in said for word in _WRITES):
            named.append(person)
    found = [
        Author(
            plain(one.get("name"))[:200],
            plain(one.get("role"))[:200] if plain(one.get("role")).lower() not in _WRITES else "",
            plain(one.get("biography") or one.get("bio")),
            url if (url := plain(one.get("url"))).startswith("http") else "",
        )
        for one in named
        if plain(one.get("name"))
    ]
    if found:
        return tuple(dict.fromkeys(found))[:20]
    lines = [plain(lowered(mapping_of(one)).get("by")) for one in _list(item.get("bylines"))]
    return authors_in([plain(item.get("byline")), plain(item.get("by"))]) or authors_in(lines)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dateline(item: dict[str, Any]) -> str:
    located, place = item.get("located"), lowered(mapping_of(item.get("datelinelocation")))
    return first([plain(located), first(values(located)), plain(place.get("city"))])[:200]


def source_type(value: object) -> str:
    """The digital source type by its URI, for a name says less."""
    one = lowered(mapping_of(value))
    return first([*(plain(one.get(name)) for name in ("uri", "code", "literal")), first(values(value))])


def unread(item: dict[str, Any]) -> list[str]:
    """The fields that hold something and become nothing."""
    known = FIELDS.keys() | CONTENT | TECHNICAL | CONTEXT
    return sorted(
        name for name, value in item.items()
        if name not in known and not name.startswith("_") and value not in (None, "", [], {}, False)
    )  # fmt: skip
