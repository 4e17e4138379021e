"""What a page says of its article: JSON-LD first, then OpenGraph and its kin, then what the page shows.

Which source comes first was measured on pages whose data are known; see `titles` for the headline.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from convert.readers.html.elements import words_of
from convert.readers.html.metadata import jsonld
from convert.readers.html.metadata.dates import day_in, day_of_address, iso
from convert.readers.html.metadata.jsonld import text_of
from convert.readers.html.metadata.names import authors_of
from convert.readers.html.metadata.page import shown_authors, shown_dates, shown_deck, shown_headings
from convert.readers.html.metadata.tags import Tags, tags_of
from convert.readers.html.metadata.titles import chosen_title
from convert.tree import Asset, Author, Metadata

__all__ = ["Facts", "facts_of"]

PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "parsely-pub-date", "datepublished",
    "sailthru.date", "cxenseparse:recs:publishtime", "bt:pubdate", "pubdate", "publishdate", "publish-date",
    "publish_date",
    "article.published", "dcterms.created", "dc.date.issued", "dcterms.date", "dc.date", "dc.date.created", "date",
    "rnews:datepublished", "og:published_time", "article_date_original", "originalpublicationdate", "publication_date",
)  # fmt: skip
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod")
AUTHORS = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator",
    "byl", "dcsext.author", "cxenseparse:author", "cxenseparse:recs:articleauthor", "vr:author", "og:article:author",
)  # fmt: skip
EMBARGOES = ("embargo", "prism.embargodate")
STATES = ("pubstatus",)
"""IPTC's word for whether an item may be used."""
SURE_PLACES = 4
"""Places in which pages show authors that are surer than an organisation in the page's tags."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_WRITTEN_BY = re.compile(
    r"writ|author|autor|escrito|verfasst|geschrieben|par\b|auteur|scritto|skriv|geschreven", re.IGNORECASE
)
_WORDY = re.compile(r"[^\W\d_]")


class Facts(Struct, frozen=True):
    """The metadata, and what else the page says of itself.

    `base` is the address that its links are relative to, `page` its own address, `lead` the picture that stands
    for it, `deck` what may be the sentence under its headline.
    """

    metadata: Metadata
    base: str = ""
    page: str = ""
    lead: str = ""
    deck: str = ""
    pictures: tuple[Asset, ...] = ()
    """What JSON-LD says of the article's pictures, by address."""
    corrections: tuple[tuple[str, str], ...] = ()
    """Words and date of each correction that JSON-LD has."""
    embargoes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    banner: str = ""
    """The line of our own pages that says until when the embargo holds."""


def facts_of(parser: LexborHTMLParser) -> Facts:
    """All that the page says of its article."""
    tags = tags_of(parser)
    article = jsonld.article_of(jsonld.objects(parser), tags.title)
    page = _page_address(tags, article)
    publisher = text_of(article.get("publisher")) or tags.first("og:site_name", "application-name", "dc.publisher")
    headings = shown_headings(parser)
    sites = [
        name
        for name in (tags.first("og:site_name"), publisher, tags.first("application-name"), _host_name(page))
        if name
    ]
    title = chosen_title(
        text_of(article.get("headline")),
        text_of(article.get("name")),
        [tags.first("og:title"), tags.first("twitter:title")],
        headings,
        tags.title,
        sites,
    )
    language, direction = _language(parser, article, tags)
    embargoes = tags.every(*EMBARGOES)
    shown = parser.css_first("p.embargo") if embargoes else None
    banner = words_of(shown) if shown is not None else ""
    published = _published(parser, tags, article, page, banner)
    modified = iso(text_of(article.get("dateModified"))) or iso(tags.first(*MODIFIED))
    metadata = Metadata(
        title=title,
        authors=_authors(parser, tags, article, sites),
        publisher="" if publisher.startswith("http") else publisher[:120],
        section=(text_of(article.get("articleSection")) or tags.first("article:section", "parsely-section", "section"))[
            :120
        ],
        language=language,
        direction=direction,
        dateline=text_of(article.get("dateline"))[:120],
        published=published,
        modified=modified if modified != published else "",
        version=text_of(article.get("version"))[:120],
        identifier=(text_of(article.get("identifier")) or tags.first("dcterms.identifier"))[:500],
        canonical_url=page,
        rights=(text_of(article.get("copyrightNotice")) or tags.first("dcterms.rights", "dc.rights"))[:500],
        digital_source_type=text_of(article.get("digitalSourceType"))[:200],
        keywords=_keywords(tags, article),
        description=(
            text_of(article.get("description")) or tags.first("og:description", "description", "twitter:description")
        )[:2000],
    )
    base = urljoin(page, tags.base) if tags.base and page else tags.base or page
    deck = shown_deck(parser)
    return Facts(
        metadata, base, page, _lead(tags, article), deck, _pictures(article), _corrections(article),
        embargoes, tags.every(*STATES), banner,
    )  # fmt: skip


def _page_address(tags: Tags, article: dict[str, Any]) -> str:
    for address in (
        tags.links.get("canonical", ""),
        tags.first("og:url"),
        text_of(article.get("url")),
        text_of(article.get("@id")),
    ):
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc and len(parts.path) > 1:
            return address.strip().partition("#")[0]
    return ""


def _host_name(page: str) -> str:
    """The name of the site in its address: "example" of www.example.co.uk."""
    try:
        parts = urlsplit(page).netloc.removeprefix("www.").split(".")
    except ValueError:
        return ""
    return parts[0] if parts and len(parts[0]) > 3 else ""


def _language(parser: LexborHTMLParser, article: dict[str, Any], tags: Tags) -> tuple[str, Any]:
    root = parser.css_first("html")
    attributes = root.attributes if root is not None else {}
    said = [
        attributes.get("lang") or attributes.get("xml:lang") or "", text_of(article.get("inLanguage")),
        tags.first("content-language", "og:locale", "language", "dc.language"),
    ]  # fmt: skip
    language = next((match[0].replace("_", "-") for value in said if (match := _LANGUAGE.match(value.strip()))), "")
    direction = (attributes.get("dir") or "").lower()
    return language, direction if direction in ("ltr", "rtl") else None


def _published(parser: LexborHTMLParser, tags: Tags, article: dict[str, Any], page: str, banner: str) -> str:
    for value in (text_of(article.get("datePublished")), *(tags.first(name) for name in PUBLISHED)):
        if value and (found := iso(value)):
            return found
    american = (tags.first("og:locale") or "en_US").endswith("US")
    lines = (value.replace(banner, " ") if banner else value for value in shown_dates(parser))
    shown = next((found for value in lines if (found := iso(value) or day_in(value, month_first=american))), "")
    return (
        shown
        or day_of_address(page)
        or iso(text_of(article.get("dateCreated")))
        or iso(text_of(article.get("uploadDate")))
    )


def _authors(parser: LexborHTMLParser, tags: Tags, article: dict[str, Any], sites: list[str]) -> tuple[Author, ...]:
    """The authors of the first source that names a person; where none does, the first organisation."""
    known = {site.casefold() for site in sites}
    written = _written_by(article)
    people = tuple(author for author in written if author.name.casefold() not in known)
    if people and not _are_organisations(article):
        return people
    for name in AUTHORS:
        found = authors_of(value for value in tags.all(name) if not value.startswith("http"))
        found = _full(found) if people else found  # an organisation outweighs what may be a place
        if any(one.name.casefold() not in known for one in found):
            return found
    if people:
        return written
    label = tags.first("twitter:label1")
    places = [[tags.first("twitter:data1")] if _WRITTEN_BY.search(label) else [], *shown_authors(parser)]
    for lines in places[:SURE_PLACES]:
        if shown := _full(authors_of(lines)):
            return shown
    for name in AUTHORS:
        found = authors_of((value for value in tags.all(name) if not value.startswith("http")), organisations=True)
        if any(one.name.casefold() not in known for one in found):
            return found
    for lines in places[SURE_PLACES:]:
        if shown := _full(authors_of(lines)):
            return shown
    if written:
        return written
    return next((found for lines in places if (found := authors_of(lines, organisations=True))), ())


def _are_organisations(article: dict[str, Any]) -> bool:
    """Whether JSON-LD says that no person wrote the article."""
    said = article.get("author") or []
    kinds = [str(one.get("@type")) for one in (said if isinstance(said, list) else [said]) if isinstance(one, dict)]
    return bool(kinds) and all("Organization" in kind for kind in kinds)


def _full(found: tuple[Author, ...]) -> tuple[Author, ...]:
    return tuple(one for one in found if _is_full(one.name))


def _is_full(name: str) -> bool:
    """Whether a name that only the page shows has two parts, or is in a script that parts none."""
    return " " in name or not name.isascii()


def _written_by(article: dict[str, Any]) -> tuple[Author, ...]:
    """The authors that JSON-LD names; it says for sure that an organisation is one."""
    said = article.get("author") or article.get("creator") or []
    found: dict[str, Author] = {}
    for one in (said if isinstance(said, list) else [said])[:30]:
        details = one if isinstance(one, dict) else {}
        names = details.get("name") if details else one
        role, url = text_of(details.get("jobTitle")), text_of(details.get("url"))
        for name in names if isinstance(names, list) else [names]:
            whole = text_of(name)
            if "Organization" in str(details.get("@type")) and 1 < len(whole) < 80 and not whole.startswith("http"):
                found.setdefault(whole.casefold(), Author(whole))
                continue
            several = authors_of([whole], organisations=True)
            alone = several[0] if len(several) == 1 else None
            for author in (Author(alone.name, alone.role or role, url=url),) if alone else several:
                found.setdefault(author.name.casefold(), author)
    return tuple(found.values())


def _keywords(tags: Tags, article: dict[str, Any]) -> tuple[str, ...]:
    said = article.get("keywords")
    values = (
        said
        if isinstance(said, list)
        else [said]
        if said
        else tags.all("article:tag") or tags.all("news_keywords", "keywords")
    )
    words = [text_of(value) for value in values[:60]]
    if len(words) == 1:
        words = re.split(r"\s*[,;，、]\s*", words[0])
    return tuple(dict.fromkeys(word for word in words if word and len(word) < 100 and _WORDY.search(word)))[:40]


def _lead(tags: Tags, article: dict[str, Any]) -> str:
    said = article.get("image")
    while isinstance(said, list):
        said = said[0] if said else ""
    address = said.get("url") or said.get("contentUrl") if isinstance(said, dict) else said
    return (
        address
        if isinstance(address, str) and address
        else tags.first("og:image", "twitter:image", "twitter:image:src")
    )


def _pictures(article: dict[str, Any]) -> tuple[Asset, ...]:
    said = article.get("image")
    found = []
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict):
            words = [
                text_of(one.get(name)) for name in ("caption", "creditText", "copyrightHolder", "digitalSourceType")
            ]
            caption, credit, holder, kind = (word[:2000] for word in words)
            address = text_of(one.get("url")) or text_of(one.get("contentUrl"))
            if address and any(words):
                found.append(Asset(address, holder=holder, caption=caption, credit=credit, digital_source_type=kind))
    return tuple(found)


def _corrections(article: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    said = article.get("correction")
    found = []
    for one in said if isinstance(said, list) else [said]:
        words = one if isinstance(one, str) else text_of(one.get("text")) if isinstance(one, dict) else ""
        when = iso(text_of(one.get("datePublished"))) if isinstance(one, dict) else ""
        if words and not words.startswith("http"):
            found.append((" ".join(words.split())[:4000], when))
    return tuple(found)
