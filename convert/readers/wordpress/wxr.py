"""WXR, the file that WordPress exports: RSS with a namespace of its own, one article an item.

Read after WordPress's exporter (wp-admin/includes/export.php, WXR 1.0 to 1.2). A file is gone through twice: once for
the names of authors and the addresses of pictures, which may stand behind the posts that use them, and once for the
posts. Each article comes out as a small file of the same format, with what it needs of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

import msgspec

from convert.errors import InputError
from convert.readers.assembly import Assembly, plain
from convert.readers.base import Reading, not_one
from convert.readers.slugs import Slugs
from convert.readers.wire import embargo_of, first, language_tag, moment, status_of, strictest, unique
from convert.readers.wordpress.markup import post_html
from convert.readers.wordpress.shortcodes import Attachment
from convert.readers.xml_source import Piece, pieces, root_name, tree
from convert.report import Report, Result
from convert.tree import Author, Metadata
from convert.world import Source

__all__ = ["FIELDS", "Reader"]

FIELDS = {
    "title": "title", "dc:creator": "authors", "channel/title": "publisher",
    "category[category]": "section", "category[post_tag]": "keywords", "wp:post_name": "slug",
    "channel/language": "language", "wp:post_date_gmt": "published", "wp:post_date": "published",
    "pubDate": "published", "wp:post_modified_gmt": "modified", "guid": "identifier", "wp:post_id": "identifier",
    "link": "canonical_url", "excerpt:encoded": "description", "wp:status": "status", "wp:post_password": "status",
    "wp:status=future": "embargo",
}  # fmt: skip
"""What becomes metadata; `channel/` is what holds for the whole file."""

NO_ARTICLES = frozenset((
    "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request",
    "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family",
    "wp_font_face", "acf-field", "acf-field-group", "feedback", "shop_order", "shop_coupon",
))  # fmt: skip
"""Types of items that are parts of a site and no articles."""

_SPACE = "http://wordpress.org/export/1.2/"
MOST_ATTACHMENTS = 500_000
_PICTURES = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)$", re.IGNORECASE)
_USED = re.compile(
    rb"_thumbnail_id(?:\]\]>)?</[\w:]+>\s*<[\w:]+>(?:<!\[CDATA\[)?(\d{1,12})|\bids=[\"'&;quot]{0,8}([\d,\s]{1,4000})"
)
_ID = re.compile(rb"<wp:post_id>\s*(?:<!\[CDATA\[)?(\d{1,12})")
_TYPE = re.compile(rb"<wp:post_type>\s*(?:<!\[CDATA\[)?([\w-]{1,60})")
_CREATOR = re.compile(rb"<dc:creator>\s*(?:<!\[CDATA\[)?([^<>\]]{1,200})")


class Reader:
    """A WordPress export."""

    name = "wxr"
    suffixes = (".xml", ".wxr")
    media_types = ("application/rss+xml", "text/xml", "application/xml")

    def sniff(self, head: bytes) -> int:
        """3 for RSS with WordPress's export namespace."""
        name, attributes = root_name(head)
        return 3 if name == "rss" and "http://wordpress.org/export/" in attributes else 0

    def read(self, source: Source) -> Result[Reading]:
        """The only article of a file. Raises InputError for one of several, or of none."""
        report = Report()
        channel = tree(source.data, report, source.where).find("channel")
        items = channel.findall("item") if channel is not None else []
        posts = [_Fields(item) for item in items]
        articles = [post for post in posts if post["wp:post_type"] not in NO_ARTICLES]
        if channel is None or len(articles) != 1:
            raise not_one(len(articles), source.where)
        library = {post["wp:post_id"]: _attachment(post) for post in posts if post["wp:post_type"] == "attachment"}
        return _read(articles[0], _Fields(channel), library, report, source.where)

    def items(self, file: BinaryIO, whole: Source, most: int, report: Report) -> Iterator[Source]:
        """The posts, pages and other articles of a site, drafts and what is in the trash too."""
        context = _Context()
        start = file.tell()
        with suppress(InputError):  # what breaks off is said behind the articles that are whole
            for piece in pieces(file, ("item",), Report(), whole.where, most):
                context.note(piece)
        file.seek(start)
        names = Slugs(whole, self.name, ".xml")
        for piece in pieces(file, ("item",), report, whole.where, most):
            skeleton = _skeleton(piece.data)
            kind = _TYPE.search(skeleton)
            if kind is None or kind[1].decode() not in NO_ARTICLES:
                yield names.source(context.document(piece, skeleton), *_names(skeleton))


class _Fields:
    """The children of an element by the names that WordPress's own prefixes give them."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.all: dict[str, list[Element]] = {}
        for child in element:
            self.all.setdefault(_prefixed(child.tag), []).append(child)

    def __getitem__(self, name: str) -> str:
        """The text of the first child of that name, empty if there is none."""
        return next((child.text or "" for child in self.all.get(name, ())), "")

    def texts(self, name: str) -> list[str]:
        """The texts of all children of that name, without those that are empty."""
        found = ("".join(one.itertext()).strip() for one in self.all.get(name, ()))
        return [text for text in found if text]

    def meta(self) -> dict[str, str]:
        """The post's own metadata, plug-ins' too."""
        found = [_Fields(one) for one in self.all.get("wp:postmeta", ())]
        return {one["wp:meta_key"]: one["wp:meta_value"] for one in found}


def _prefixed(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    if not space:
        return tag
    if "wordpress.org/export/" in space:
        return f"excerpt:{local}" if space.endswith("excerpt/") else f"wp:{local}"
    known = {"modules/content": "content", "dc/elements": "dc"}
    return f"{next((prefix for part, prefix in known.items() if part in space), 'x')}:{local}"


def _skeleton(item: bytes) -> bytes:
    """An item without its comments and its sections of CDATA that hold markup, for what stands there are no fields.

    It is found by searching, for an export of 1 GB is gone through twice.
    """
    parts: list[bytes] = []
    done = at = 0
    while (at := item.find(b"<!", at)) >= 0:
        opening, closing = (b"<!--", b"-->") if item.startswith(b"<!--", at) else (b"<![CDATA[", b"]]>")
        if not item.startswith(opening, at):
            at += 2
            continue
        end = item.find(closing, at + len(opening))
        if end < 0:
            break  # an item that was cut, for it is too large
        if opening == b"<!--" or item.find(b"<", at + 1, end) >= 0:
            parts.append(item[done:at])
            done = end + len(closing)
        at = end + len(closing)
    parts.append(item[done:])
    return b"".join(parts)


def _names(skeleton: bytes) -> tuple[str, ...]:
    """What an article may be called: its slug, title, number."""
    found = []
    for name in (b"wp:post_name", b"title", b"wp:post_id"):
        match = re.search(rb"<" + name + rb">\s*(?:<!\[CDATA\[)?([^<>\]]{1,600})", skeleton)
        found.append(plain(match[1].decode(errors="replace")) if match else "")
    return tuple(found)


class _Context:
    """What articles need of the rest of the file: pictures by id, and the channel's own fields."""

    def __init__(self) -> None:
        self.library: dict[int, bytes] = {}
        self.head = b""
        self.tail = b""
        self.authors: dict[bytes, bytes] = {}

    def note(self, piece: Piece) -> None:
        """Keep a piece that is an attachment, and the head of the file."""
        if not self.head and piece.head:
            self._take_head(piece)
        skeleton = _skeleton(piece.data)
        kind, number = _TYPE.search(skeleton), _ID.search(skeleton)
        if kind and number and kind[1] == b"attachment" and len(self.library) < MOST_ATTACHMENTS:
            kept = _shortened(self.head + piece.data + self.tail)
            if kept:
                self.library[int(number[1])] = kept

    def _take_head(self, piece: Piece) -> None:
        """The root's own tag and the channel's title and language; authors apart, categories not at all."""
        root = piece.head[: piece.head.index(b">") + 1]
        fields = []
        for name in (b"title", b"link", b"language"):
            match = re.search(rb"<" + name + rb">[^<>]{0,2000}(?:<!\[CDATA\[[^<>]{0,2000}\]\]>)?</" + name + rb">",
                              piece.head)  # fmt: skip
            fields.append(match[0] if match else b"")
        self.head = root + b"<channel>" + b"".join(fields)
        self.tail = piece.tail
        for match in re.finditer(rb"<wp:author>.{0,8000}?</wp:author>", piece.head, re.DOTALL):
            login = re.search(rb"<wp:author_login>\s*(?:<!\[CDATA\[)?([^<>\]]{1,200})", match[0])
            if login:
                self.authors[login[1].strip()] = match[0]

    def document(self, piece: Piece, skeleton: bytes) -> bytes:
        """A file of one article, its author and its pictures."""
        creator = _CREATOR.search(skeleton)
        author = self.authors.get(creator[1].strip(), b"") if creator else b""
        used = {int(number) for found in _USED.finditer(piece.data) for number in re.findall(rb"\d{1,12}", found[0])}
        pictures = b"".join(self.library[number] for number in sorted(used) if number in self.library)
        return b"".join((self.head, author, pictures, piece.data, self.tail))


def _shortened(document: bytes) -> bytes:
    """The item of a file of one attachment, with nothing but what a picture needs; empty for other files."""
    fields = _Fields(next(tree(document, Report(), "").iter("item")))
    one = _attachment(fields)
    if not _PICTURES.search(one.address.partition("?")[0]):
        return b""
    return (
        f'<item xmlns:wp="{_SPACE}" xmlns:excerpt="{_SPACE}excerpt/">'
        "<wp:post_type>attachment</wp:post_type>"
        f"<wp:post_id>{escape(fields['wp:post_id'])}</wp:post_id><wp:attachment_url>{escape(one.address)}"
        f"</wp:attachment_url><excerpt:encoded>{escape(one.caption)}</excerpt:encoded><wp:postmeta><wp:meta_key>"
        f"_wp_attachment_image_alt</wp:meta_key><wp:meta_value>{escape(one.alt)}</wp:meta_value></wp:postmeta></item>"
    ).encode()


def _attachment(fields: _Fields) -> Attachment:
    alt = plain(fields.meta().get("_wp_attachment_image_alt", ""))
    return Attachment(first([fields["wp:attachment_url"], fields["guid"]]).strip(), fields["excerpt:encoded"], alt)


def _read(
    post: _Fields, channel: _Fields, library: dict[str, Attachment], report: Report, where: str
) -> Result[Reading]:
    meta = post.meta()
    metadata = _metadata(post, channel, meta, report, where)
    made = Assembly(report, where, page=metadata.canonical_url, language=metadata.language)
    content = post_html(post["content:encoded"], library, report, where, _json(meta.get("footnotes", "")))
    thumbnail = meta.get("_thumbnail_id", "").strip()
    lead = library.get(thumbnail)
    if lead is not None and lead.address.rpartition(".")[0] not in content:
        made.figure(lead.address, lead.alt, plain(lead.caption))
    elif thumbnail not in ("", "0") and lead is None:
        report.add("wordpress.picture", "loss", "The picture above the article is not in the file.", where)
    made.body(content)
    comments = len(post.all.get("wp:comment", ()))
    if comments:
        report.add("wordpress.comments", "info", f"{comments} comments of readers are not part of the article.", where)
    return made.reading(metadata)


def _json(text: str) -> object:
    try:
        return msgspec.json.decode(text) if text else None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


def _metadata(post: _Fields, channel: _Fields, meta: dict[str, str], report: Report, where: str) -> Metadata:
    terms = [(one.get("domain", ""), plain(one.text), one.get("nicename", "")) for one in post.all.get("category", ())]
    sections = [name for domain, name, slug in terms if domain == "category" and slug != "uncategorized"]
    published = first([_gmt(post["wp:post_date_gmt"]), _gmt(post["wp:post_date"], ""), moment(post["pubDate"])])
    modified = _gmt(post["wp:post_modified_gmt"])
    link = post["link"].strip()
    states = post.texts("wp:status")
    embargo = embargo_of(published) if "future" in states else ""
    locked = bool(post.texts("wp:post_password"))
    state = status_of(states or None, embargo, report, where)
    if locked:
        report.add("wordpress.password", "doubt", "The post is behind a password: it is withheld.", where)
    return Metadata(
        title=plain(post["title"]),
        authors=_authors(post, channel),
        publisher=plain(channel["title"])[:200],
        section=first(sections)[:200],
        slug=plain(post["wp:post_name"])[:300],
        language=language_tag(channel["language"]),
        published=published,
        modified=modified if modified != published else "",
        identifier=plain(post["guid"]) or plain(post["wp:post_id"]),
        canonical_url=link if link.startswith(("http://", "https://")) else "",
        keywords=unique([*(name for domain, name, _ in terms if domain == "post_tag"), *sections[1:]]),
        description=plain(post["excerpt:encoded"]) or plain(meta.get("_yoast_wpseo_metadesc", "")),
        embargo=embargo,
        status=strictest([state, "withheld"]) if locked else state,
    )


def _authors(post: _Fields, channel: _Fields) -> tuple[Author, ...]:
    login = plain(post["dc:creator"])
    for one in (_Fields(element) for element in channel.all.get("wp:author", ())):
        if plain(one["wp:author_login"]) == login:
            whole = f"{one['wp:author_first_name']} {one['wp:author_last_name']}"
            return (Author(first([plain(one["wp:author_display_name"]), plain(whole), login])[:200]),)
    return (Author(login[:200]),) if login else ()


def _gmt(value: str, zone: str = "Z") -> str:
    """A date as WordPress writes it: "2026-05-04 08:00:00"; zeros mean that there is none."""
    value = value.strip()
    return moment(value.replace(" ", "T") + zone) if value and not value.startswith("0000") else ""
