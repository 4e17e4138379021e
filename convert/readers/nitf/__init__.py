"""NITF, the IPTC's text of news in XML: versions 3.x, with or without their namespace and document type.

Read after the DTD 3.1 and the schema 3.6. Headings in it are often flattened to `hl2` by what wrote it, so that their
depth is not to be relied on. A date of expiry on an embargoed item is the end of the embargo, as Superdesk writes it.
"""

from __future__ import annotations

from datetime import datetime
from xml.etree.ElementTree import Element

from convert.errors import InputError
from convert.readers.assembly import Assembly, plain
from convert.readers.base import Reading
from convert.readers.nitf.body import (
    body_html,
    children,
    content_of,
    holders,
    is_shown,
    lost_media,
    notes_to_desk,
    parts_of,
    said,
    settle_fractions,
)  # fmt: skip
from convert.readers.wire import authors_in, embargo_of, end_of, first, language_tag, moment, status_of, unique
from convert.readers.xml_markup import local
from convert.readers.xml_source import root_name, tree
from convert.report import Report, Result
from convert.tree import Asset, Author, Metadata, parse_when
from convert.world import Source

__all__ = ["FIELDS", "Reader", "add_content", "metadata_of"]

FIELDS = {
    "hedline/hl1": "title", "title": "title", "hedline/hl2": "deck", "byline": "authors", "byline/byttl": "authors",
    "distributor": "publisher", "doc-id@regsrc": "publisher", "fixture@fix-id": "section",
    "tobject.subject@tobject.subject.type": "section", "tobject.subject@tobject.subject.matter": "keywords",
    "keyword@key": "keywords", "du-key@key": "slug", "meta[anpa-keyword]": "slug", "dateline/location": "dateline",
    "body@xml:lang": "language", "date.issue@norm": "published", "story.date@norm": "published",
    "revision-history@norm": "modified", "du-key@version": "version", "doc-id@id-string": "identifier",
    "abstract": "description", "doc.copyright": "rights", "doc.rights@owner": "rights", "rights": "rights",
    "note[cpyrt]": "rights", "date.release@norm": "embargo", "date.expire@norm": "embargo",
    "docdata@management-status": "status", "ed-msg@info": "editors_note", "note[npa]": "editors_note",
}  # fmt: skip
"""What becomes metadata; `docdata/correction` becomes a correction in the text."""


class Reader:
    """A news item in NITF."""

    name = "nitf"
    suffixes = (".xml", ".nitf")
    media_types = ("application/nitf+xml", "text/xml", "application/xml")

    def sniff(self, head: bytes) -> int:
        """3 for XML whose root is `nitf`."""
        return 3 if root_name(head)[0].rpartition(":")[2] == "nitf" else 0

    def read(self, source: Source) -> Result[Reading]:
        """The item. Raises InputError for XML that is none."""
        report = Report()
        root = tree(source.data, report, source.where)
        if local(root) != "nitf":
            raise InputError("nitf.root", f"The XML is no NITF: it begins with <{local(root)[:60]}>.", source.where)
        metadata = metadata_of(root, report, source.where)
        made = Assembly(report, source.where, language=metadata.language)
        add_content(root, made)
        return made.reading(metadata)


def add_content(root: Element, made: Assembly) -> None:
    """Add the text of an item: its correction, its body, and the lines at its end.

    The element of a correction has no date of its own: the item corrects on the day on which it is issued.
    """
    settle_fractions(root)
    issued = _norm(root, "date.issue")[:10]
    for correction in children(root, "correction"):
        words = plain(correction.get("info"))
        if words:
            made.correction(words, issued)
            made.report.add(
                "item.correction", "doubt",
                "The item corrects an earlier one. Check that the article says what was wrong.", made.where,
            )  # fmt: skip
    heads = [note for head in parts_of(root, "body.head") for note in children(head, "note")]
    parts = [f"<aside>{body_html(note)}</aside>" for note in heads if is_shown(note)]
    parts += [body_html(part) for part in content_of(root)]
    for part in [*(note for note in heads if is_shown(note)), *content_of(root)]:
        for words in lost_media(part):
            made.report.add("nitf.media", "loss", words, made.where)
    made.body("".join(parts))
    made.hold({address: Asset(holder=holder) for part in content_of(root) for address, holder in holders(part)})


def metadata_of(root: Element, report: Report, where: str) -> Metadata:
    """The metadata of an item."""
    settle_fractions(root)
    states = [state for one in children(root, "docdata") if (state := one.get("management-status", "").strip())]
    embargo = _embargo(root, states)
    hedline = next(children(root, "hedline"), None)
    published = first([_norm(root, "date.issue"), _norm(root, "story.date")])
    revisions = sorted(_when(one.get("norm", "")) for one in children(root, "revision-history"))
    modified = revisions[-1] if revisions else ""
    body = next(children(root, "body"), None)
    return Metadata(
        title=first([said(next(children(hedline, "hl1"), None)), said(_head(root, "title"))])[:2000],
        deck=first(said(one) for one in children(hedline, "hl2"))[:2000],
        authors=_authors(root),
        publisher=first([said(next(children(root, "distributor"), None)),
                         _value(root, "doc-id", "regsrc")])[:200],
        section=first([_value(root, "fixture", "fix-id"),
                       _value(root, "tobject.subject", "tobject.subject.type")])[:200],
        slug=first([_value(root, "du-key", "key"), *(
            plain(one.get("content")) for one in children(root, "meta") if one.get("name") == "anpa-keyword")])[:300],
        dateline=_dateline(root),
        language=language_tag(first(_language(one) for one in (body, root) if one is not None)),
        published=published,
        modified=modified if modified != published else "",
        version=_value(root, "du-key", "version"),
        identifier=_value(root, "doc-id", "id-string"),
        keywords=unique([*(plain(one.get("key")) for one in children(root, "keyword")),
                         *(plain(one.get("tobject.subject.matter")) for one in children(root, "tobject.subject"))]),
        description=said(next(children(root, "abstract"), None)),
        rights=_rights(root),
        embargo=embargo,
        status=status_of(states or None, embargo, report, where),
        editors_note=" ".join(unique([*(plain(one.get("info")) for one in children(root, "ed-msg")),
                                      *notes_to_desk(root)])),
    )  # fmt: skip


def _rights(root: Element) -> str:
    """Who holds the rights, and what the item says of them above its text."""
    copyrights = [
        " ".join(part for part in ("©", one.get("year", "").strip(), one.get("holder", "").strip()) if part)
        for one in children(root, "doc.copyright")
    ]
    notes = (said(one) for one in children(root, "note") if one.get("noteclass") == "cpyrt")
    holder = first([*(text for text in copyrights if text != "©"), _value(root, "doc.rights", "owner"), *notes])
    rights = (said(one) for head in parts_of(root, "body.head") for one in children(head, "rights"))
    return " ".join(unique([holder, *rights]))[:2000]


def _embargo(root: Element, states: list[str]) -> str:
    """When the item may be published: the last of its releases, or what an embargoed item without one calls its end.

    A release at the time of issue is no embargo, unless the item says that it is under one: papers are dated ahead.
    """
    embargoed = "embargoed" in map(str.lower, states)
    issued = _norm(root, "date.issue")
    for name in ("date.release", "date.expire") if embargoed else ("date.release",):
        norms = [one.get("norm", "").strip() for one in children(root, name)]
        said = [
            embargo_of(_when(norm) or norm)
            for norm in norms
            if norm and (embargoed or not issued or _when(norm) != issued)
        ]
        if said:
            return max(said, key=end_of)
    return ""


def _head(root: Element, name: str) -> Element | None:
    return next(children(next(children(root, "head"), None), name), None)


def _value(root: Element, name: str, attribute: str) -> str:
    return first(plain(one.get(attribute)) for one in children(root, name))


def _norm(root: Element, name: str) -> str:
    return first(_when(one.get("norm", "")) for one in children(root, name))


def _when(norm: str) -> str:
    """A date in ISO 8601's short form, as NITF has it, in its long one."""
    try:
        found = datetime.fromisoformat(norm.strip())
    except ValueError:
        return moment(norm)
    if parse_when(norm.strip()) is not None and "-" in norm[:8]:
        return norm.strip()
    return found.isoformat() if "T" in norm else found.date().isoformat()


def _authors(root: Element) -> tuple[Author, ...]:
    found: list[Author] = []
    for byline in children(root, "byline"):
        roles = [role for one in children(byline, "byttl") if (role := said(one))]
        people = [said(one) for one in children(byline, "person")]
        words = said(byline)
        for role in roles:
            words = words.replace(role, " ")
        role = roles[0] if len(roles) == 1 else ""
        names = tuple(Author(name[:200]) for name in people if name) or authors_in([words])
        found += [Author(one.name, one.role or role[:200]) for one in names]
    return tuple(dict.fromkeys(found))[:20]


def _dateline(root: Element) -> str:
    dateline = next(children(root, "dateline"), None)
    for name in ("city", "location"):
        words = said(next(children(dateline, name), None))
        if words:
            return words[:200]
    return ""


def _language(element: Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("lang") or ""
