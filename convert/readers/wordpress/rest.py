"""A post as WordPress's REST API gives it (`/wp-json/wp/v2/posts`), one or a list.

Read after the REST API handbook's schema of posts. Authors, terms and the featured picture stand in it only if it was
asked for with `?_embed`. A post in its editing form has the raw content, which is taken before the rendered one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from convert.readers.assembly import Assembly, plain
from convert.readers.base import Reading, not_one
from convert.readers.json_source import Json, bounded_bytes, head_of, listed, load, mapping_of
from convert.readers.slugs import Slugs
from convert.readers.wire import embargo_of, first, moment, status_of, strictest, unique
from convert.readers.wordpress.markup import post_html
from convert.report import Report, Result
from convert.tree import Author, Metadata
from convert.world import Source

__all__ = ["FIELDS", "Reader"]

FIELDS = {
    "title": "title", "_embedded.author": "authors", "_embedded.wp:term[category]": "section",
    "_embedded.wp:term[post_tag]": "keywords", "slug": "slug", "date_gmt": "published", "date": "published",
    "modified_gmt": "modified", "modified": "modified", "guid": "identifier", "id": "identifier",
    "link": "canonical_url", "excerpt": "description", "status": "status", "content.protected": "status",
    "status=future": "embargo",
}  # fmt: skip
"""What becomes metadata. What is in no table is a loss that the report names."""

CONTENT = frozenset(("content", "_embedded", "featured_media", "author", "categories", "tags"))
TECHNICAL = frozenset((
    "type", "comment_status", "ping_status", "sticky", "template", "format", "meta", "_links", "class_list", "parent",
    "menu_order", "permalink_template", "generated_slug", "password", "yoast_head", "yoast_head_json",
    "jetpack_sharing_enabled", "jetpack_featured_media_url", "jetpack_shortlink", "jetpack-related-posts",
))  # fmt: skip
"""What the site needs, and no article."""

_RENDERED = re.compile(r'"(?:title|content|excerpt|guid)"\s*:\s*\{\s*"(?:rendered|raw|protected)"')
_DATED = re.compile(r'"(?:date|modified)_gmt"\s*:')
_MORE = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|\[&hellip;\]|(?:Continue reading|Read more).*)\s*$", re.DOTALL)
"""How an excerpt ends that WordPress cut out of the text."""


class Reader:
    """A post of WordPress's REST API."""

    name = "wordpress"
    suffixes = (".json",)
    media_types = ("application/json",)

    def sniff(self, head: bytes) -> int:
        """3 for JSON with a rendered field and GMT dates."""
        text = head_of(head)
        return 3 if text and _RENDERED.search(text) and _DATED.search(text) else 0

    def read(self, source: Source) -> Result[Reading]:
        """The post. Raises InputError for JSON that holds none, or several."""
        report = Report()
        posts = [one for one in listed(load(source, report)) if _is_post(one)]
        if len(posts) != 1:
            raise not_one(len(posts), source.where)
        return _read(posts[0], report, source.where)

    def items(self, file: BinaryIO, whole: Source, most: int, report: Report) -> Iterator[Source]:
        """The posts of a list."""
        data = bounded_bytes(file, whole, report)
        posts = [one for one in listed(load(msgspec.structs.replace(whole, data=data), Report())) if _is_post(one)]
        if len(posts) == 1:
            yield msgspec.structs.replace(whole, data=data, format=self.name)
            return
        del data
        names = Slugs(whole, self.name, ".json")
        for post in posts:
            yield names.source(
                msgspec.json.encode(post), plain(post.get("slug")), _text(post.get("title")), plain(post.get("id"))
            )


def _is_post(one: Json) -> bool:
    return any(isinstance(one.get(name), dict | str) for name in ("title", "content"))


def _text(value: object, *, raw: bool = False) -> str:
    """A field that may be a string, or an object with the raw and the rendered text."""
    if isinstance(value, str):
        return value
    one = mapping_of(value)
    names = ("raw", "rendered") if raw else ("rendered", "raw")
    return first(said for name in names if isinstance(said := one.get(name), str))


def _read(post: Json, report: Report, where: str) -> Result[Reading]:
    metadata = _metadata(post, report, where)
    made = Assembly(report, where, page=metadata.canonical_url, language=metadata.language)
    content = mapping_of(post.get("content"))
    if isinstance(content.get("raw"), str):
        notes = mapping_of(post.get("meta")).get("footnotes")
        body = post_html(content["raw"], {}, report, where, _json(notes))
    else:
        body = _text(post.get("content"))
    _lead(post, body, made, report, where)
    made.body(body)
    _tell(post, report, where)
    return made.reading(metadata)


def _json(value: object) -> object:
    try:
        return msgspec.json.decode(value) if isinstance(value, str) and value else None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


def _lead(post: Json, body: str, made: Assembly, report: Report, where: str) -> None:
    """Put the featured picture above the text, unless the text shows it."""
    found = listed(mapping_of(post.get("_embedded")).get("wp:featuredmedia"))
    media: Json = found[0] if found else {}
    address = plain(media.get("source_url")) or plain(post.get("jetpack_featured_media_url"))
    if address and address.rpartition(".")[0] not in body:
        made.figure(address, plain(media.get("alt_text")), plain(_text(media.get("caption"))))
    elif not address and post.get("featured_media"):
        report.add("wordpress.picture", "loss", "The picture above the article is not in the file: ask the API for "
                   "?_embed.", where)  # fmt: skip


def _metadata(post: Json, report: Report, where: str) -> Metadata:
    embedded = mapping_of(post.get("_embedded"))
    lists = embedded.get("wp:term")
    terms = [term for terms in (lists if isinstance(lists, list) else []) for term in listed(terms)]
    names = {
        kind: [plain(one.get("name")) for one in terms
               if one.get("taxonomy") == kind and one.get("slug") != "uncategorized"]
        for kind in ("category", "post_tag")
    }  # fmt: skip
    published = _date(post, "date")
    modified = _date(post, "modified")
    embargo = embargo_of(published) if plain(post.get("status")) == "future" else ""
    protected = bool(post.get("password")) or any(
        not _is_no(mapping_of(post.get(name)).get("protected")) for name in ("content", "excerpt")
    )
    state = status_of(post.get("status"), embargo, report, where)
    if protected:
        report.add("wordpress.password", "doubt", "The post is behind a password: it is withheld.", where)
    link = plain(post.get("link"))
    seo = mapping_of(post.get("yoast_head_json"))
    return Metadata(
        title=plain(_text(post.get("title"))),
        authors=tuple(
            Author(
                plain(one.get("name"))[:200],
                bio=plain(one.get("description")),
                url=url if (url := plain(one.get("url")) or plain(one.get("link"))).startswith("http") else "",
            )
            for one in listed(embedded.get("author"))[:20]
            if plain(one.get("name"))
        ),
        publisher=plain(seo.get("og_site_name"))[:200],
        section=first(names["category"])[:200],
        slug=plain(post.get("slug"))[:300],
        published=published,
        modified=modified if modified != published else "",
        identifier=plain(_text(post.get("guid"))) or plain(post.get("id")),
        canonical_url=link if link.startswith(("http://", "https://")) else "",
        keywords=unique([*names["post_tag"], *names["category"][1:]]),
        description=_MORE.sub("…", plain(_text(post.get("excerpt")))),
        embargo=embargo,
        status=strictest([state, "withheld"]) if protected else state,
    )


def _is_no(value: object) -> bool:
    """Whether a field that should be true or false is false, however a plug-in writes that; what is unclear is not."""
    return not value or (isinstance(value, str) and value.strip().lower() in ("", "0", "false", "no"))


def _date(post: Json, name: str) -> str:
    """A date in GMT, which is written without a zone; else the site's own."""
    said = plain(post.get(f"{name}_gmt"))
    if said and not said.startswith("0000"):
        return moment(said if said.endswith("Z") or "+" in said else f"{said}Z")
    return moment(post.get(name))


def _tell(post: Json, report: Report, where: str) -> None:
    known = {name.partition(".")[0] for name in FIELDS} | CONTENT | TECHNICAL
    names = sorted(name for name, value in post.items() if name not in known and value not in (None, "", [], {}, False))
    if names:
        shown = ", ".join(names[:12])[:300]
        report.add("wordpress.unread", "loss", f"These fields of the post are not used: {shown}.", where)
    embedded = mapping_of(post.get("_embedded"))
    if (post.get("author") and "author" not in embedded) or (
        (post.get("categories") or post.get("tags")) and "wp:term" not in embedded
    ):
        report.add(
            "wordpress.embed", "loss",
            "The post names its author and its terms by number only: ask the API for ?_embed.", where,
        )  # fmt: skip
