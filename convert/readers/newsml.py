"""NewsML-G2: the IPTC's envelope around news, with a body of NITF, XHTML or plain text, one item or a message of many.

Read after the G2 schemas 2.x at the power level. Concepts, packages and planning items are no articles and are passed
over; an item that is a picture becomes a picture with its words.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from msgspec import structs

from convert.readers import nitf
from convert.readers.assembly import Assembly, plain
from convert.readers.base import Reading, not_one
from convert.readers.nitf.body import children
from convert.readers.slugs import Slugs
from convert.readers.wire import (
    authors_in,
    embargoes_of,
    end_of,
    first,
    language_tag,
    moment,
    status_of,
    strictest,
    unique,
)
from convert.readers.xml_markup import inner_markup, local, plain_text
from convert.readers.xml_source import pieces, root_name, tree
from convert.report import Report, Result
from convert.tree import Author, Metadata
from convert.tree.metadata import Status
from convert.world import Source

__all__ = ["FIELDS", "Reader"]

FIELDS = {
    "headline": "title", "itemMeta/title": "title", "headline[role]": "deck", "by": "authors", "creator": "authors",
    "provider": "publisher", "subject[1]": "section", "subject": "keywords", "keyword": "keywords",
    "slugline": "slug", "located": "dateline", "dateline": "dateline", "language@tag": "language",
    "@xml:lang": "language", "firstCreated": "published", "contentCreated": "published", "versionCreated": "modified",
    "@version": "version", "@guid": "identifier", "description": "description",
    "rightsInfo/copyrightNotice": "rights", "rightsInfo/copyrightHolder": "rights",
    "rightsInfo/usageTerms": "extra", "signal": "extra", "embargoed": "embargo", "pubStatus": "status",
    "edNote": "editors_note", "digitalSourceType": "digital_source_type",
}  # fmt: skip
"""What becomes metadata; what G2 does not say, NITF in it may."""

_ROOTS = ("newsItem", "newsMessage")
_SECOND = ("subhead", "subheadline", "subtitle", "hl2", "secondary")


class Reader:
    """A news item, or a message of some."""

    name = "newsml"
    suffixes = (".xml", ".newsml")
    media_types = ("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml", "text/xml")

    def sniff(self, head: bytes) -> int:
        """3 for XML whose root is an item or a message."""
        return 3 if root_name(head)[0].rpartition(":")[2] in _ROOTS else 0

    def read(self, source: Source) -> Result[Reading]:
        """The only item of a file. Raises InputError for several, or none."""
        report = Report()
        found = list(children(tree(source.data, report, source.where), "newsItem"))
        if len(found) != 1:
            raise not_one(len(found), source.where)
        return _read(found[0], report, source.where)

    def items(self, file: BinaryIO, whole: Source, most: int, report: Report) -> Iterator[Source]:
        """The items of a message."""
        names = Slugs(whole, self.name, ".xml")
        for piece in pieces(file, ("newsItem",), report, whole.where, most):
            words = ("", "")
            if len(piece.data) <= most:
                item = next(children(tree(piece.document, Report(), whole.where), "newsItem"))
                words = (_words(item, "slugline"), _words(item, "headline"))
            yield names.source(piece.document, *words)


def _read(item: Element, report: Report, where: str) -> Result[Reading]:
    inline = [one for name in ("inlineXML", "inlineData") for one in children(item, name)]
    root = next((one for part in inline for one in children(part, "nitf")), None)
    metadata = _metadata(item, report, where)
    if root is not None:
        metadata = _filled(metadata, nitf.metadata_of(root, report, where))
    made = Assembly(report, where, language=metadata.language)
    _picture(item, made)
    if root is not None:
        nitf.add_content(root, made)
    elif inline:
        _inline(inline, made, report, where)
    if "correction" in metadata.extra.get("signal", ""):
        report.add(
            "item.correction", "doubt",
            "The item corrects an earlier one. Check that the article says what was wrong.", where,
        )  # fmt: skip
    return made.reading(metadata)


def _inline(inline: list[Element], made: Assembly, report: Report, where: str) -> None:
    """The richest body: XHTML, then HTML as text, then plain text; that others were left is said."""
    best = max(inline, key=_richness)
    kind = best.get("contenttype", "").lower()
    if local(best) == "inlineData" and "html" not in kind:
        made.paragraphs("".join(best.itertext()))
    elif local(best) == "inlineData":
        made.body("".join(best.itertext()))
    elif any("xhtml" in one.tag or local(one) in ("html", "body", "p", "div") for one in best.iter()):
        body = next(children(best, "body"), best)
        made.body(inner_markup(body))
    else:
        report.add("newsml.body", "loss", f"A body of the type “{kind[:60]}” is read as plain words.", where)
        made.body("".join(f"<p>{html.escape(text, quote=False)}</p>" for text in best.itertext() if text.strip()))


def _richness(one: Element) -> tuple[int, int]:
    kind = one.get("contenttype", "").lower()
    rank = 2 if "html" in kind or local(one) == "inlineXML" else 1
    return rank, len("".join(one.itertext()))


def _picture(item: Element, made: Assembly) -> None:
    """The picture that an item is: the widest of its renditions for screens."""
    offered = [
        one for one in children(item, "remoteContent")
        if one.get("contenttype", "").lower() in ("image/jpeg", "image/png", "image/gif", "image/webp")
    ]  # fmt: skip
    if not offered:
        return
    shown = [one for one in offered if "thumb" not in one.get("rendition", "").lower()] or offered
    best = max(
        shown, key=lambda one: int(width) if (width := one.get("width", "")).isdecimal() and len(width) < 6 else 0
    )
    alt = next((plain_text(one) for one in children(item, "altId") if one.get("role", "") == "alt"), "")
    credit = " / ".join(unique([_person(item), _words(item, "creditline")]))
    holder = _named(next(children(item, "copyrightHolder"), None))
    made.figure(best.get("href", "").strip(), alt, _words(item, "description"), credit or holder, holder)


def _width(one: Element) -> int:
    width = one.get("width", "").strip()
    return int(width) if width.isdecimal() and len(width) < 6 else 0


def _filled(metadata: Metadata, inner: Metadata) -> Metadata:
    """The metadata with what only the NITF within says."""
    empty = Metadata()
    changes = {
        name: getattr(inner, name)
        for name in Metadata.__struct_fields__
        if getattr(metadata, name) == getattr(empty, name) and getattr(inner, name) != getattr(empty, name)
    }
    changes["editors_note"] = " ".join(unique([metadata.editors_note, inner.editors_note]))
    if metadata.embargo and inner.embargo:
        changes["embargo"] = max(metadata.embargo, inner.embargo, key=end_of)
    changes["status"] = strictest([metadata.status, inner.status])
    return structs.replace(metadata, **changes)


def _metadata(item: Element, report: Report, where: str) -> Metadata:
    headlines = [
        (one.get("role", "").rpartition(":")[2].lower(), plain_text(one)) for one in children(item, "headline")
    ]
    meta = next(children(item, "itemMeta"), None)
    embargo, status = _stops(item, meta, report, where)
    published = first([moment(_words(meta, "firstCreated")), moment(_words(item, "contentCreated"))])
    modified = moment(_words(meta, "versionCreated"))
    subjects = [_named(one) for one in children(item, "subject")]
    languages = [one.get("tag", "") for one in children(item, "language")]
    return Metadata(
        title=first([*(text for role, text in headlines if role not in _SECOND), _words(meta, "title")])[:2000],
        deck=first(text for role, text in headlines if role in _SECOND)[:2000],
        authors=_authors(item),
        publisher=_named(next(children(meta, "provider"), None))[:200],
        section=first(subjects)[:200],
        slug=_words(item, "slugline")[:300],
        dateline=first([_named(next(children(item, "located"), None)), _words(item, "dateline")])[:200],
        language=language_tag(first([*languages, item.get("{http://www.w3.org/XML/1998/namespace}lang", "")])),
        published=published or modified,
        modified=modified if published and modified != published else "",
        version=plain(item.get("version")),
        identifier=plain(item.get("guid")),
        keywords=unique([*(plain_text(one) for one in children(item, "keyword")), *subjects]),
        description=_words(item, "description") if next(children(item, "remoteContent"), None) is None else "",
        rights=first([_words(item, "copyrightNotice"), _named(next(children(item, "copyrightHolder"), None))])[:2000],
        embargo=embargo,
        status=status,
        editors_note=" ".join(unique(plain_text(one) for one in children(item, "edNote"))),
        digital_source_type=first(
            one.get("uri") or one.get("qcode") or plain_text(one) for one in children(item, "digitalSourceType")
        ),
        extra={name: text for name, text in (
            ("usage_terms", _words(item, "usageTerms")),
            ("signal", ", ".join(unique(one.get("qcode") or one.get("uri") or "" for one in children(item, "signal")))),
        ) if text},
    )  # fmt: skip


def _stops(item: Element, meta: Element | None, report: Report, where: str) -> tuple[str, Status]:
    """The embargo and the state of an item: an embargo without words has no end, a state without words is none."""
    said, states = (
        [one for one in meta if local(one) == name] if meta is not None else [] for name in ("embargoed", "pubStatus")
    )
    said, states = said or list(children(item, "embargoed")), states or list(children(item, "pubStatus"))
    embargo, unclear = embargoes_of([plain_text(one) or True for one in said], report, where)
    words = [[*(one.get(name, "") for name in ("qcode", "uri", "literal")), plain_text(one)] for one in states]
    found = [status_of(one, embargo, report, where) for one in words]
    return embargo, strictest([*found, "withheld" if unclear else "usable"])


def _authors(item: Element) -> tuple[Author, ...]:
    named = [
        Author(name[:200], _words(one, "jobtitle")[:200]) for one in children(item, "creator") if (name := _name(one))
    ]
    line = _words(item, "by")
    from_line = authors_in([line]) if line else ()
    roles = {one.name: one.role for one in named}
    return tuple(Author(one.name, one.role or roles.get(one.name, "")) for one in from_line) or tuple(named)


def _person(item: Element) -> str:
    return first([_words(item, "by"), first(_name(one) for one in children(item, "creator"))])


def _name(element: Element) -> str:
    """The name of a person or thing: its name element, or else its literal."""
    return first([plain_text(next(children(element, "name"), None)), plain(element.get("literal"))])


def _named(element: Element | None) -> str:
    """A name, or the code where there is none."""
    if element is None:
        return ""
    return _name(element) or plain(element.get("qcode") or element.get("uri")).rpartition(":")[2]


def _words(element: Element | None, name: str) -> str:
    return plain_text(next(children(element, name), None))
