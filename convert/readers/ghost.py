"""Ghost's export: a database in JSON, with posts, and apart from them authors, tags and what search engines are told.

Read after docs.ghost.org/migration/custom. The HTML of a post is taken; from posts that have only the editors' own
formats (Lexical, mobiledoc) the words are, paragraph by paragraph, with those of their cards, and that is a loss.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from convert.readers.assembly import Assembly, plain
from convert.readers.base import Reading, not_one
from convert.readers.json_source import Json, bounded_bytes, head_of, listed, load, mapping_of
from convert.readers.slugs import Slugs
from convert.readers.wire import embargo_of, first, language_tag, moment, status_of, unique
from convert.report import Report, Result
from convert.tree import Author, Metadata
from convert.world import Source

__all__ = ["FIELDS", "Reader"]

FIELDS = {
    "title": "title", "custom_excerpt": "deck", "users.name": "authors", "users.bio": "authors",
    "settings.title": "publisher", "tags[1]": "section", "tags": "keywords", "slug": "slug",
    "settings.locale": "language", "locale": "language", "published_at": "published", "updated_at": "modified",
    "uuid": "identifier", "id": "identifier", "canonical_url": "canonical_url",
    "posts_meta.meta_description": "description", "status": "status", "status=scheduled": "embargo",
}  # fmt: skip
"""What becomes metadata. The post's `feature_image` and the words beside it become the picture above the text."""

_OPENING = re.compile(r'\s*\{\s*"(db|meta|data)"\s*:\s*[\[{]')
_SIGNS = re.compile(r'"(?:exported_on|posts_authors|posts_tags|posts_meta|mobiledoc|lexical|custom_excerpt)"')
_URL = re.compile(r"__GHOST_URL__")
SETTINGS = ("title", "locale", "lang", "url")

_CARDS = {
    "callout": ("calloutText",), "toggle": ("heading", "content"), "aside": ("text",),
    "header": ("header", "heading", "subheader"), "image": ("caption",), "gallery": ("caption",), "video": ("caption",),
    "audio": ("title", "caption"), "embed": ("caption",), "bookmark": ("caption",),
    "file": ("fileTitle", "fileCaption"),
    "product": ("productTitle", "productDescription"), "button": ("buttonText",),
}  # fmt: skip
"""The fields of cards that hold words, as HTML. What else a card holds (a film, a form) is not read."""

_WHOLE = frozenset(("html", "callout", "toggle"))
"""Cards that are words alone."""

_WORDLESS = frozenset(("hr", "horizontalrule", "paywall"))

DEEPEST = 200
"""Levels of an editor's document whose words are read."""


class Reader:
    """Posts and pages of a Ghost site."""

    name = "ghost"
    suffixes = (".json",)
    media_types = ("application/json",)

    def sniff(self, head: bytes) -> int:
        """3 for JSON that begins as Ghost's export does."""
        text = head_of(head)
        begins = _OPENING.match(text)
        return 3 if begins and (begins[1] == "db" or _SIGNS.search(text)) else 0

    def read(self, source: Source) -> Result[Reading]:
        """The only post of an export. Raises InputError for several, or none."""
        report = Report()
        data = _data(load(source, report))
        posts = listed(data.get("posts"))
        if len(posts) != 1:
            raise not_one(len(posts), source.where)
        return _read(posts[0], data, report, source.where)

    def items(self, file: BinaryIO, whole: Source, most: int, report: Report) -> Iterator[Source]:
        """The posts and pages of a site, each with its authors and tags."""
        data = _data(load(msgspec.structs.replace(whole, data=bounded_bytes(file, whole, report)), Report()))
        index = _Index(data)
        names = Slugs(whole, self.name, ".json")
        for post in listed(data.get("posts")):
            one = {"db": [{"meta": {}, "data": {"posts": [post], **index.around(post)}}]}
            yield names.source(msgspec.json.encode(one), plain(post.get("slug")), plain(post.get("title")))


def _data(value: Any) -> Json:
    """The tables of an export: in `db[0].data`, or in `data` as other tools write it."""
    one = mapping_of(value)
    databases = listed(one.get("db"))
    return mapping_of((databases[0] if databases else one).get("data"))


class _Index:
    """The tables that posts refer to, by id."""

    def __init__(self, data: Json) -> None:
        self.settings = [one for one in listed(data.get("settings")) if one.get("key") in SETTINGS]
        self.rows = {table: _by(data.get(table), "id") for table in ("users", "tags")}
        self.meta = _by(data.get("posts_meta"), "post_id")
        self.links = {table: _grouped(data.get(table)) for table in ("posts_authors", "posts_tags")}

    def around(self, post: Json) -> dict[str, list[Json]]:
        """The rows of all tables that belong to a post."""
        key = plain(post.get("id"))
        authors = self.links["posts_authors"].get(key, [])
        tags = self.links["posts_tags"].get(key, [])
        labels = [plain(one.get("tag_id")) for one in tags]
        people = [plain(one.get("author_id")) for one in authors] or [plain(post.get("author_id"))]
        return {
            "settings": self.settings,
            "posts_authors": authors,
            "posts_tags": tags,
            "users": [self.rows["users"][one] for one in people if one in self.rows["users"]],
            "tags": [self.rows["tags"][one] for one in labels if one in self.rows["tags"]],
            "posts_meta": [self.meta[key]] if key in self.meta else [],
        }


def _by(table: object, name: str) -> dict[str, Json]:
    return {plain(one.get(name)): one for one in listed(table)}


def _grouped(table: object) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for one in listed(table):
        found.setdefault(plain(one.get("post_id")), []).append(one)
    return {key: sorted(rows, key=_order) for key, rows in found.items()}


def _order(row: Json) -> float:
    order = row.get("sort_order")
    return order if isinstance(order, int | float) else 0


def _read(post: Json, data: Json, report: Report, where: str) -> Result[Reading]:
    index = _Index(data)
    rows = index.around(post)
    settings = {plain(one.get("key")): plain(one.get("value")) for one in rows["settings"]}
    meta: Json = rows["posts_meta"][0] if rows["posts_meta"] else {}
    metadata = _metadata(post, rows, settings, meta, report, where)
    site = settings.get("url", "").rstrip("/")
    made = Assembly(report, where, page=metadata.canonical_url, language=metadata.language)
    body = _whole(_body(post, report, where), site)
    lead = _whole(plain(post.get("feature_image")), site)
    if lead and lead not in body:
        words = first([plain(one.get("feature_image_caption")) for one in (meta, post)])
        made.figure(lead, first([plain(one.get("feature_image_alt")) for one in (meta, post)]), words)
    made.body(body)
    return made.reading(metadata)


def _whole(text: str, site: str) -> str:
    """Addresses on the site itself: whole if the export says where it is, else seen from the article's folder."""
    return _URL.sub(site, text) if site else text.replace("__GHOST_URL__/", "").replace("__GHOST_URL__", "")


def _metadata(
    post: Json, rows: dict[str, list[Json]], settings: dict[str, str], meta: Json, report: Report, where: str
) -> Metadata:
    state = plain(post.get("status")).lower()
    published = moment(post.get("published_at"))
    embargo = embargo_of(post.get("published_at")) if state == "scheduled" else ""
    modified = moment(post.get("updated_at"))
    visible = [one for one in rows["tags"] if not plain(one.get("name")).startswith("#")]  # "#" is for the site alone
    tags = [plain(one.get("name")) for one in visible]
    canonical = plain(post.get("canonical_url"))
    hidden = plain(post.get("visibility")).lower() in ("members", "paid", "tiers")
    if hidden:
        report.add("ghost.members", "doubt", "The post is for members of the site. Check that it may go out.", where)
    return Metadata(
        title=plain(post.get("title")),
        deck=plain(post.get("custom_excerpt")),
        authors=tuple(
            Author(plain(one.get("name"))[:200], bio=plain(one.get("bio")),
                   url=url if (url := plain(one.get("website"))).startswith(("http://", "https://")) else "")
            for one in rows["users"][:20] if plain(one.get("name"))
        ),
        publisher=settings.get("title", "")[:200],
        section=first(tags)[:200],
        slug=plain(post.get("slug"))[:300],
        language=language_tag(post.get("locale") or settings.get("locale") or settings.get("lang")),
        published=published,
        modified=modified if modified != published else "",
        identifier=plain(post.get("uuid")) or plain(post.get("id")),
        canonical_url=canonical if canonical.startswith(("http://", "https://")) else "",
        keywords=unique(tags[1:]),
        description=first([plain(one.get("meta_description")) for one in (meta, post)]),
        embargo=embargo,
        status="usable" if state == "sent" else status_of(post.get("status"), embargo, report, where),
    )  # fmt: skip


def _body(post: Json, report: Report, where: str) -> str:
    """The post as HTML; of the editors' own formats the words."""
    said = post.get("html")
    if isinstance(said, str) and said.strip():
        return said.replace("<!--kg-card-begin: html-->", "").replace("<!--kg-card-end: html-->", "")
    for name in ("lexical", "mobiledoc"):
        source = post.get(name)
        if isinstance(source, str) and source.strip():
            lost: dict[str, None] = {}
            try:
                parts = list(_parts(msgspec.json.decode(source), lost))
            except (msgspec.DecodeError, RecursionError, UnicodeError):
                continue
            if parts:
                left = f" Not read: {', '.join(f'[{kind[:40]}]' for kind in list(lost)[:12])}." if lost else ""
                report.add(
                    "ghost.words", "loss",
                    f"The post has no HTML: of its {name} the words are read, without most of their form.{left} "
                    "Publish it, and export again.", where,
                )  # fmt: skip
                return "".join(parts)
    said = post.get("plaintext")
    text = said if isinstance(said, str) else ""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n\n") if line.strip())


def _parts(value: Any, lost: dict[str, None]) -> Iterator[str]:
    """An editor's document as HTML, block by block: Lexical's children, mobiledoc's sections. What cards are not read
    is put among the lost."""
    document = mapping_of(value)
    for block in listed(mapping_of(document.get("root")).get("children")):
        line = "".join(_texts(block, 0))
        if line.strip() or isinstance(block.get("children"), list):
            yield _paragraph(line)
        else:
            yield _card(plain(block.get("type")), block, lost)
    sections = document.get("sections")
    cards = document.get("cards")
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, list) and len(section) == 2 and section[0] == 10:
            place = section[1]
            known = isinstance(cards, list) and type(place) is int and 0 <= place < len(cards)
            card = cards[place] if known and isinstance(cards, list) else None
            if isinstance(card, list) and len(card) == 2:
                yield _card(plain(card[0]), mapping_of(card[1]), lost)
            else:
                lost["card"] = None
        else:
            yield _paragraph("".join(_strings(section, 0)))


def _paragraph(words: str) -> str:
    return f"<p>{html.escape(words, quote=False)}</p>" if words.strip() else ""


def _card(kind: str, card: Json, lost: dict[str, None]) -> str:
    """A card as HTML: its fields of HTML as they are, those of plain words escaped."""
    if kind in _WORDLESS:
        return ""

    def said(name: str) -> str:
        value = card.get(name)
        return value if isinstance(value, str) else ""

    if kind in ("markdown", "card-markdown"):
        made = "".join(map(_paragraph, said("markdown").split("\n\n")))
    elif kind in ("code", "codeblock"):
        code = f"<pre><code>{html.escape(said('code'), quote=False)}</code></pre>" if said("code").strip() else ""
        made = code + _inline(said("caption"))
    elif kind == "image" and said("src").strip():
        made = f'<figure><img src="{html.escape(said("src"))}" alt="{html.escape(said("alt"))}">'
        made += f"<figcaption>{said('caption')}</figcaption></figure>"
    else:
        made = said("html") if kind == "html" else ""
        made += "".join(_inline(said(name)) for name in _CARDS.get(kind, ()))
        if kind not in _WHOLE:
            lost[kind or "card"] = None
    if not made.strip():
        lost[kind or "card"] = None
    return made


def _inline(markup: str) -> str:
    return f"<div>{markup}</div>" if markup.strip() else ""


def _texts(node: Json, depth: int) -> Iterator[str]:
    if isinstance(node.get("text"), str):
        yield node["text"]
    for child in listed(node.get("children")) if depth < DEEPEST else []:
        yield from _texts(child, depth + 1)
    if node.get("type") in ("listitem", "paragraph", "heading"):
        yield "\n"


def _strings(section: Any, depth: int) -> Iterator[str]:
    """The texts of a mobiledoc section: its markers are lists whose last member is a text."""
    if isinstance(section, list) and depth < DEEPEST:
        if len(section) == 4 and isinstance(section[3], str) and isinstance(section[1], list):
            yield section[3]
            return
        for part in section:
            yield from _strings(part, depth + 1)
