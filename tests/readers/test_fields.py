"""Each field of each format's table, put in alone and found in the metadata; and the page that shows the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

import pytest

from convert.readers import feed, ghost, newsml, nitf
from convert.readers.base import Reader
from convert.readers.wordpress import rest, wxr
from convert.tree import Metadata
from convert.world import Source
from scripts import make_fields

WHEN, ADDRESS, MARK = "2026-01-02T03:04:05", "https://example.org/marked", "Marked"
SPACES = " ".join(f'xmlns:{name}="{address}"' for name, address in (
    ("wp", "http://wordpress.org/export/1.2/"), ("excerpt", "http://wordpress.org/export/1.2/excerpt/"),
    ("content", "http://purl.org/rss/1.0/modules/content/"), ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"), ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
))  # fmt: skip


def value_for(target: str) -> str:
    """A value that a field of the metadata takes, and that is found again."""
    return {"published": WHEN, "modified": WHEN, "embargo": f"{WHEN}Z", "language": "tr", "canonical_url": ADDRESS,
            "status": "withheld"}.get(target, MARK)  # fmt: skip


def rss_item(item: str, channel: str = "") -> str:
    return f"<rss {SPACES}><channel>{channel}<item>{item}<content:encoded>x</content:encoded></item></channel></rss>"


def of_wxr(name: str, value: str) -> str:
    date = value.replace("T", " ")
    special = {
        "wp:status=future": f"<wp:status>future</wp:status><wp:post_date_gmt>{date[:19]}</wp:post_date_gmt>",
        "category[category]": f'<category domain="category">{value}</category>',
        "category[post_tag]": f'<category domain="post_tag">{value}</category>',
        "pubDate": "<pubDate>Fri, 02 Jan 2026 03:04:05 +0000</pubDate>",
        "wp:status": "<wp:status>draft</wp:status>", "wp:post_id": f"<wp:post_id>{value}</wp:post_id>",
    }  # fmt: skip
    if name.startswith("channel/"):
        local = name.partition("/")[2]
        return rss_item("", f"<{local}>{value}</{local}>")
    plain = date if (name.startswith("wp:post_") and "date" in name) or "modified" in name else value
    return rss_item(special.get(name, f"<{name}>{escape(plain)}</{name}>"))


def of_rest(name: str, value: str) -> str:
    embedded: dict[str, Any] = {
        "_embedded.author": {"author": [{"name": value}]},
        "_embedded.wp:term[category]": {"wp:term": [[{"taxonomy": "category", "name": value}]]},
        "_embedded.wp:term[post_tag]": {"wp:term": [[{"taxonomy": "post_tag", "name": value}]]},
    }
    base: dict[str, Any] = {"content": {"rendered": "x"}}
    if name in embedded:
        return json.dumps({**base, "_embedded": embedded[name]})
    if name == "content.protected":
        return json.dumps({"content": {"rendered": "", "protected": True}})
    if name == "status=future":
        return json.dumps({**base, "status": "future", "date_gmt": value[:19]})
    made: Any = {"rendered": value} if name in ("title", "guid", "excerpt") else "draft" if name == "status" else value
    return json.dumps({**base, name: made})


def of_ghost(name: str, value: str) -> str:
    table, _, field = name.partition(".")
    data: dict[str, Any] = {"posts": [{"id": "1", "html": "<p>x</p>"}]}
    if name == "users.bio":
        data |= {
            "users": [{"id": "2", "name": "Ann", "bio": value}],
            "posts_authors": [{"post_id": "1", "author_id": "2"}],
        }
    elif table == "users":
        data |= {"users": [{"id": "2", field: value}], "posts_authors": [{"post_id": "1", "author_id": "2"}]}
    elif table in ("tags", "tags[1]"):
        tags = [value, value] if table == "tags[1]" else ["First", value]
        data |= {"tags": [{"id": str(n), "name": tag} for n, tag in enumerate(tags)],
                 "posts_tags": [{"post_id": "1", "tag_id": str(n)} for n in range(2)]}  # fmt: skip
    elif table == "settings":
        data |= {"settings": [{"key": field, "value": value}]}
    elif table == "posts_meta":
        data |= {"posts_meta": [{"post_id": "1", field: value}]}
    elif name == "status=scheduled":
        data["posts"][0] |= {"status": "scheduled", "published_at": value}
    else:
        data["posts"][0][name] = "draft" if name == "status" else value
    return json.dumps({"db": [{"data": data}]})


def of_nitf(name: str, value: str) -> str:
    path, _, attribute = name.partition("@")
    head = body = ""
    if name in ("hedline/hl1", "hedline/hl2"):
        body = f"<hedline><{name[-3:]}>{value}</{name[-3:]}></hedline>"
    elif name in ("byline", "byline/byttl"):
        body = f"<byline>By {'Ann Lee' if 'byttl' in name else 'Marked Lee'} <byttl>{value if 'byttl' in name else ''}</byttl></byline>"
    elif name == "dateline/location":
        body = f"<dateline><location>{value}</location></dateline>"
    elif name in ("distributor", "abstract", "rights"):
        body = f"<{name}>{value}</{name}>"
    elif path.startswith("note"):
        kind = "npa" if "npa" in path else "std"
        body = f'<note type="{kind}" noteclass="{"" if "npa" in path else "cpyrt"}">{value}</note>'
    elif path == "story.date":
        body = f'<dateline><story.date norm="{value}"/></dateline>'
    elif name == "title":
        head = f"<title>{value}</title>"
    elif name == "meta[anpa-keyword]":
        head = f'<meta name="anpa-keyword" content="{value}"/>'
    elif name == "doc.copyright":
        head = f'<docdata><doc.copyright holder="{value}"/></docdata>'
    elif name in ("docdata@management-status", "body@xml:lang"):
        pass
    elif path == "date.expire":
        head = f'<docdata management-status="embargoed"><date.expire norm="{value}"/></docdata>'
    else:
        head = f'<docdata><{path} {attribute}="{value}"/></docdata>'
    state = f'<docdata management-status="{value}"/>' if name == "docdata@management-status" else ""
    language = f' xml:lang="{value}"' if name == "body@xml:lang" else ""
    return f"<nitf><head>{head}{state}</head><body{language}><body.head>{body}</body.head></body></nitf>"


def of_newsml(name: str, value: str) -> str:
    special = {
        "headline[role]": f'<headline role="hlrole:subhead">{value}</headline>',
        "itemMeta/title": f"<itemMeta><title>{value}</title></itemMeta>",
        "by": "<by>By Marked Lee</by>", "creator": "<creator><name>Marked Lee</name></creator>",
        "provider": f"<itemMeta><provider><name>{value}</name></provider></itemMeta>",
        "subject[1]": f"<subject><name>{value}</name></subject>", "subject": f"<subject><name>{value}</name></subject>",
        "located": f"<located><name>{value}</name></located>", "language@tag": f'<language tag="{value}"/>',
        "firstCreated": f"<itemMeta><firstCreated>{value}</firstCreated></itemMeta>",
        "versionCreated": f"<itemMeta><firstCreated>2025-01-01</firstCreated><versionCreated>{value}</versionCreated></itemMeta>",
        "rightsInfo/copyrightHolder": f'<copyrightHolder literal="{value}"/>',
        "rightsInfo/copyrightNotice": f"<copyrightNotice>{value}</copyrightNotice>",
        "rightsInfo/usageTerms": f"<usageTerms>{value}</usageTerms>", "signal": f'<signal qcode="{value}"/>',
        "pubStatus": f'<pubStatus qcode="stat:{value}"/>',
    }  # fmt: skip
    attribute = f'{name[1:]}="{value}"' if name.startswith("@") else ""
    inner = "" if attribute else special.get(name, f"<{name}>{value}</{name}>")
    return f"<newsItem {attribute}>{inner}</newsItem>"


def of_feed(name: str, value: str) -> str:
    atom = '<feed xmlns="http://www.w3.org/2005/Atom">%s<entry>%s<content>x</content></entry></feed>'
    special = {
        "feed/author": atom % (f"<author><name>{value}</name></author>", ""),
        "feed/title": atom % (f"<title>{value}</title>", ""),
        "app:control/app:draft": (atom % ("", '<c:control><c:draft>yes</c:draft></c:control>')).replace(
            "<feed", '<feed xmlns:c="http://www.w3.org/2007/app"'
        ),
        "summary": atom % ("", f"<summary>{value}</summary>"), "id": atom % ("", f"<id>{value}</id>"),
        "published": atom % ("", f"<published>{value}</published>"), "rights": atom % ("", f"<rights>{value}</rights>"),
        "updated": atom % ("", f"<published>2025-01-01</published><updated>{value}</updated>"),
        "@xml:lang": (atom % ("", "")).replace("<feed", f'<feed xml:lang="{value}"'),
        "category[1]": rss_item(f"<category>{value}</category>"),
        "category": rss_item(f"<category>x</category><category>{value}</category>"),
        "dcterms:modified": rss_item(f"<dc:date>2025-01-01</dc:date><dcterms:modified>{value}</dcterms:modified>"),
    }  # fmt: skip
    if name in special:
        return special[name]
    if name.startswith("channel/"):
        local = name.partition("/")[2]
        return rss_item("", f"<{local}>{value}</{local}>")
    return rss_item(f"<{name}>{value}</{name}>")


FORMATS: tuple[tuple[Reader, Mapping[str, str], Any], ...] = (
    (wxr.Reader(), wxr.FIELDS, of_wxr), (rest.Reader(), rest.FIELDS, of_rest), (ghost.Reader(), ghost.FIELDS, of_ghost),
    (nitf.Reader(), nitf.FIELDS, of_nitf), (newsml.Reader(), newsml.FIELDS, of_newsml), (feed.Reader(), feed.FIELDS, of_feed),
)  # fmt: skip


def cases() -> Iterator[object]:
    for reader, fields, make in FORMATS:
        for name in fields:
            yield pytest.param(reader, name, fields[name], make, id=f"{reader.name} {name}")


@pytest.mark.parametrize(("reader", "name", "target", "make"), list(cases()))
def test_each_field_arrives_where_the_table_says(reader: Reader, name: str, target: str, make: Any) -> None:
    value = value_for(target)
    made = reader.read(Source(make(name, value).encode(), "a")).value.document.metadata
    assert value[:19].removesuffix("Z") in str(getattr(made, target)), made


def test_every_target_is_a_field_of_the_metadata() -> None:
    for _, fields, _ in FORMATS:
        assert set(fields.values()) <= set(Metadata.__struct_fields__)


def test_the_page_shows_the_tables() -> None:
    """`python -m scripts.make_fields` writes it."""
    assert make_fields.PAGE.read_text(encoding="utf-8") == make_fields.page()
