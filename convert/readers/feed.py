"""Feeds with full content: RSS 2.0 (and 0.9x, 1.0) and Atom 1.0, each entry an article.

Read after the RSS 2.0 specification with its content, media and Dublin Core modules, RFC 4287, and of RFC 5023 what
says that an entry is a draft (section 13.1.1).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from msgspec import structs

from convert.readers.assembly import Assembly, plain
from convert.readers.base import Reading, not_one
from convert.readers.slugs import Slugs
from convert.readers.wire import authors_in, first, language_tag, moment, status_of, unique
from convert.readers.xml_markup import inner_markup, local
from convert.readers.xml_source import pieces, root_name, tree
from convert.report import Report, Result
from convert.tree import Author, Metadata
from convert.tree.metadata import Status
from convert.world import Source

__all__ = ["FIELDS", "Reader"]

FIELDS = {
    "title": "title", "author": "authors", "dc:creator": "authors", "itunes:author": "authors",
    "feed/author": "authors", "channel/title": "publisher", "feed/title": "publisher", "category[1]": "section",
    "category": "keywords", "link": "canonical_url", "guid": "identifier", "id": "identifier",
    "pubDate": "published", "dc:date": "published", "published": "published", "updated": "modified",
    "dcterms:modified": "modified", "channel/language": "language", "@xml:lang": "language",
    "description": "description", "summary": "description", "dc:rights": "rights", "rights": "rights",
    "channel/copyright": "rights", "app:control/app:draft": "status",
}  # fmt: skip
"""What becomes metadata; `channel/` and `feed/` are what holds for all entries."""

_PREFIXES = {
    "purl.org/rss/1.0/modules/content": "content:", "purl.org/dc/elements": "dc:", "purl.org/dc/terms": "dcterms:",
    "search.yahoo.com/mrss": "media:", "itunes.com": "itunes:", "w3.org/2005/Atom": "atom:",
    "w3.org/2007/app": "app:", "purl.org/atom/app": "app:", "purl.org/rss/1.0": "",
}  # fmt: skip
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MAIL = re.compile(r"^\S+@\S+\s*(?:\(([^()]{1,200})\))?$")
"""An author as RSS has it: "ann@example.org (Ann Lee)"."""


class Reader:
    """An entry of a feed, or a feed of many."""

    name = "feed"
    suffixes = (".xml", ".rss", ".atom", ".rdf")
    media_types = ("application/rss+xml", "application/atom+xml", "text/xml", "application/xml")

    def sniff(self, head: bytes) -> int:
        """3 for XML whose root is a feed's."""
        name, attributes = root_name(head)
        if name.lower() == "rss":
            return 3 if "wordpress.org/export/" not in attributes else 0
        if name.rpartition(":")[2] in ("feed", "entry"):
            return 3 if "w3.org/2005/Atom" in attributes else 0
        return 3 if name.rpartition(":")[2] == "RDF" and "purl.org/rss/" in attributes else 0

    def read(self, source: Source) -> Result[Reading]:
        """The only entry of a feed. Raises InputError for several, or none."""
        report = Report()
        root = tree(source.data, report, source.where)
        found = [one for one in root.iter() if local(one) in ("item", "entry")]
        if len(found) != 1:
            raise not_one(len(found), source.where)
        channel = next((one for one in root.iter() if local(one) in ("channel", "feed")), root)
        return _read(_Fields(found[0]), _Fields(channel), report, source.where)

    def items(self, file: BinaryIO, whole: Source, most: int, report: Report) -> Iterator[Source]:
        """The entries of a feed."""
        names = Slugs(whole, self.name, ".xml")
        for piece in pieces(file, ("item", "entry"), report, whole.where, most):
            words = ("", "")
            if len(piece.data) <= most:
                root = tree(piece.document, Report(), whole.where)
                entry = _Fields(next(one for one in root.iter() if local(one) in ("item", "entry")))
                words = (_last_part(_link(entry)), plain(_markup(entry, "title")))
            yield names.source(piece.document, *words)


class _Fields:
    """The children of an element: names of RSS and Atom without a prefix, those of modules with the usual one."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.is_atom = "w3.org/2005/Atom" in element.tag
        self.all: dict[str, list[Element]] = {}
        for child in element:
            self.all.setdefault(self._name(child), []).append(child)

    def _name(self, child: Element) -> str:
        space = child.tag.rpartition("}")[0]
        prefix = next((prefix for part, prefix in _PREFIXES.items() if part in space), "x:") if space else ""
        return local(child) if prefix == "atom:" and self.is_atom else prefix + local(child)

    def __getitem__(self, name: str) -> str:
        """The text of the first child of that name that has some, as one line."""
        return first(plain(one.text) for one in self.all.get(name, ()))


def _markup(fields: _Fields, name: str) -> str:
    """A field as HTML. In Atom the type says what it is; in RSS everything may be HTML."""
    element = next(iter(fields.all.get(name, ())), None)
    if element is None:
        return ""
    kind = element.get("type", "text").lower()
    if kind == "xhtml" or (len(element) and "xhtml" in element[0].tag):
        return inner_markup(element)
    text = "".join(element.itertext())
    if fields.is_atom and kind in ("text", "text/plain"):
        return html.escape(text, quote=False).replace("\n\n", "<p>")
    return text


def _read(entry: _Fields, channel: _Fields, report: Report, where: str) -> Result[Reading]:
    content = _markup(entry, "content:encoded") or _markup(entry, "content") or _markup(entry, "atom:content")
    summary = _markup(entry, "description") or _markup(entry, "summary")
    if not content.strip():
        source = next((one.get("src", "") for one in entry.all.get("content", ())), "")
        if source:
            report.add(
                "feed.elsewhere", "loss", f"The text of the entry is not in the feed but at {source[:200]}.", where
            )
        elif summary:
            report.add("feed.summary", "doubt", "The feed has no full text: what it has may be a summary.", where)
    metadata = _metadata(entry, channel, summary if content.strip() else "")
    metadata = structs.replace(metadata, status=_status(entry, report, where))
    made = Assembly(report, where, page=metadata.canonical_url, language=metadata.language)
    body = content if content.strip() else summary
    _media(entry, body, made)
    made.body(body, _base(entry, channel))
    return made.reading(metadata)


def _metadata(entry: _Fields, channel: _Fields, summary: str) -> Metadata:
    terms = [plain(one.get("label") or one.get("term") or one.text) for one in entry.all.get("category", ())]
    published = first(moment(entry[name]) for name in ("published", "pubDate", "dc:date", "dcterms:created"))
    modified = first(moment(entry[name]) for name in ("updated", "dcterms:modified", "atom:updated"))
    link = _link(entry)
    return Metadata(
        title=plain(_markup(entry, "title")) or entry["media:title"],
        authors=_authors(entry) or (_authors(channel) if channel.is_atom else ()),
        publisher=plain(_markup(channel, "title"))[:200] if channel.element is not entry.element else "",
        section=first(terms)[:200],
        language=language_tag(first([*(one.element.get(f"{_XML}lang", "") for one in (entry, channel)),
                                     channel["language"], channel["dc:language"]])),
        published=published or modified,
        modified=modified if published and modified != published else "",
        identifier=first([entry["guid"], entry["id"], link]),
        canonical_url=link,
        keywords=unique(terms[1:]),
        description=plain(summary),
        rights=first([entry["dc:rights"], plain(_markup(entry, "rights")), channel["copyright"],
                      plain(_markup(channel, "rights"))])[:2000],
    )  # fmt: skip


def _status(entry: _Fields, report: Report, where: str) -> Status:
    """Withheld for a draft, and for what is not said to be none."""
    controls = [_Fields(one) for one in entry.all.get("app:control", ())]
    said = [plain("".join(one.itertext())).lower() for control in controls for one in control.all.get("app:draft", ())]
    words = ["draft" if word == "yes" else word for word in said if word not in ("", "no")]
    return status_of(words or None, "", report, where)


def _authors(fields: _Fields) -> tuple[Author, ...]:
    found: list[Author] = []
    for one in fields.all.get("author", ()):
        people = _Fields(one)
        if people["name"]:
            address = people["uri"]
            found.append(Author(people["name"][:200], url=address if address.startswith("http") else ""))
    if found:
        return tuple(found[:20])
    lines = [plain(one.text) for name in ("dc:creator", "author", "itunes:author") for one in fields.all.get(name, ())]
    names = [match[1] or "" if (match := _MAIL.match(line)) else line for line in lines]
    return authors_in(unique(names))


def _link(entry: _Fields) -> str:
    """The address of the article itself."""
    offered = [one.get("href", "") for one in entry.all.get("link", ()) if one.get("rel", "alternate") == "alternate"]
    permanent = [plain(one.text) for one in entry.all.get("guid", ()) if one.get("isPermaLink", "true") == "true"]
    return first(
        one.strip() for one in (*offered, entry["link"], *permanent) if one.strip().startswith(("http://", "https://"))
    )


def _base(entry: _Fields, channel: _Fields) -> str:
    content = next(iter(entry.all.get("content", ())), None)
    bases = [one.get(f"{_XML}base", "") for one in (channel.element, entry.element, content) if one is not None]
    made = ""
    for base in bases:
        try:
            made = urljoin(made, base) if base else made
        except ValueError:
            continue
    return made


def _last_part(address: str) -> str:
    """The last part of an address that is a name: "story" of https://example.org/2026/story.html."""
    try:
        parts = [part for part in urlsplit(address).path.split("/") if part]
    except ValueError:
        return ""
    return unquote(parts[-1].rpartition(".")[0] or parts[-1], errors="ignore") if parts else ""


def _media(entry: _Fields, body: str, made: Assembly) -> None:
    """The picture of an entry above the text, unless the text shows some of its own: then it may be one of them in
    another size, or the author's portrait."""
    groups = [_Fields(one) for one in entry.all.get("media:group", ())]
    offered = [one for fields in (entry, *groups) for one in fields.all.get("media:content", ())]
    offered += entry.all.get("media:thumbnail", []) + entry.all.get("enclosure", [])
    one = next((one for one in offered if _is_picture(one)), None)
    if one is None:
        return
    address = one.get("url", "").strip()
    if "<img" not in body.lower():
        below = _Fields(one)
        caption = below["media:description"] or entry["media:description"]
        credit = below["media:credit"] or entry["media:credit"]
        holder = below["media:copyright"] or entry["media:copyright"]
        made.figure(address, below["media:title"], caption, credit or holder, holder)
    elif _file(address) not in html.unescape(body):
        made.report.add(
            "feed.picture", "loss",
            f"The text has pictures of its own; the entry's was left out: {address[:200]}.", made.where,
        )  # fmt: skip


def _is_picture(one: Element) -> bool:
    return one.get("medium", "") == "image" or one.get("type", "").startswith("image/") or local(one) == "thumbnail"


def _file(address: str) -> str:
    """The name of the file at an address, by which a text shows it whatever server it comes from."""
    path = address.partition("?")[0].partition("#")[0].rstrip("/")
    return path.rpartition("/")[2] or address
