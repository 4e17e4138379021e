"""YAML front matter: found, read as strings only, and mapped to the metadata of an article.

Nothing is constructed: `NO` stays "NO" and `12:30` stays "12:30", which YAML 1.1 would make a
truth value and a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from msgspec import Struct, field, structs

from convert.errors import InputError, SettingsError
from convert.marked_yaml import Findings, Marked, compose
from convert.report import Report
from convert.tree import Asset, Author, Metadata, parse_when
from convert.tree.metadata import Direction, Status

__all__ = ["FIELDS", "FrontMatter", "gathered", "split"]

_FENCED = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SEPARATOR = re.compile(r"\s*[,;]\s*")

FIELDS = {
    "title": "title", "headline": "title",
    "deck": "deck", "subtitle": "deck", "standfirst": "deck", "subheadline": "deck", "dek": "deck",
    "author": "authors", "authors": "authors", "byline": "authors", "by": "authors",
    "source": "publisher", "publisher": "publisher", "site": "publisher", "site_name": "publisher",
    "section": "section", "category": "section",
    "slug": "slug", "dateline": "dateline", "location": "dateline",
    "lang": "language", "language": "language",
    "dir": "direction", "direction": "direction",
    "date": "published", "published": "published", "pubdate": "published",
    "modified": "modified", "updated": "modified", "lastmod": "modified",
    "version": "version",
    "id": "identifier", "identifier": "identifier", "guid": "identifier",
    "url": "canonical_url", "canonical": "canonical_url", "canonical_url": "canonical_url", "link": "canonical_url",
    "tags": "keywords", "keywords": "keywords",
    "description": "description", "summary": "description", "abstract": "description",
    "rights": "rights", "copyright": "rights",
    "embargo": "embargo", "status": "status",
    "ednote": "editors_note", "editors_note": "editors_note",
    "digital_source_type": "digital_source_type",
    "image": "lead_image", "lead_image": "lead_image", "cover": "lead_image",
}  # fmt: skip
"""What front matter calls a field of the metadata. Hyphens count as underscores."""

BIO = ("author_bio", "bio", "about_the_author")
"""What it calls the only author's biography."""

LEAD = {f"image_{name}": name for name in ("alt", "caption", "credit", "holder", "digital_source_type")}
"""What it says of the lead picture, and the asset's field for it."""

DATES = ("published", "modified", "embargo")
AUTHOR_FIELDS = {"name": "name", "role": "role", "title": "role", "bio": "bio", "url": "url", "website": "url"}
CHOICES: dict[str, tuple[str, ...]] = {"direction": get_args(Direction), "status": get_args(Status)}

Plain = Any
"""Strings, lists and mappings of them."""


class FrontMatter(Struct):
    """An article's metadata and the rest of its text; `lead` is the lead picture with its address for a source."""

    metadata: Metadata
    lead: Asset = Asset()
    body: str = ""


class _Gathered(Struct):
    """What has been read so far, by field."""

    values: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    bio: str = ""
    lead: dict[str, str] = field(default_factory=dict)


def split(text: str, report: Report, where: str) -> FrontMatter:
    """The front matter of `text` and what follows it, text without any whole. Raises InputError for a broken one."""
    found = _FENCED.match(text)
    if found is None:
        return FrontMatter(Metadata(), body=text)
    mapping = _mapping(found[1], report, where)
    if mapping is None:
        return FrontMatter(Metadata(), body=text)
    return structs.replace(gathered(mapping, report, where), body=text[found.end() :])


def gathered(mapping: Mapping[str, Plain], report: Report, where: str) -> FrontMatter:
    """What a mapping of strings, lists and mappings says of an article, without a body."""
    found = _Gathered()
    for name, value in mapping.items():
        _take(name, value, found, report, where)
    lead = structs.replace(Asset(found.values.pop("lead_image", "")), **found.lead)
    return FrontMatter(_metadata(found), lead)


def _mapping(yaml: str, report: Report, where: str) -> dict[str, Plain] | None:
    """The mapping between the fences, None when it is something else. Raises InputError for broken YAML."""
    findings = Findings("frontmatter.wrong")
    if not re.search(r"^[^\s#][^\n]*:(\s|$)", yaml, re.MULTILINE):
        return None  # two rules with text between them
    try:
        root = compose(f"\n{yaml}", where or "front matter", findings)  # the line break is the opening rule's
        findings.check()
    except SettingsError as error:
        # It may hold a status or an embargo: an article whose front matter cannot be read must not go out.
        raise InputError(
            "frontmatter.malformed", f"The front matter cannot be read: {error.findings[0]}", where
        ) from error
    plain = _plain(root)
    return plain if isinstance(plain, dict) else None


def _plain(node: Marked) -> Plain:
    """A marked tree as strings, lists and mappings."""
    value = node.value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return "" if not node.quoted and value.lower() in {"", "~", "null"} else value


def _take(name: str, value: Plain, gathered: _Gathered, report: Report, where: str) -> None:
    """Put one entry where it belongs."""
    key = name.strip().lower().replace("-", "_").replace(" ", "_")
    if key == "extra" and isinstance(value, dict):
        gathered.extra.update({inner: _string(part) for inner, part in value.items()})
    elif key in LEAD and isinstance(value, str):
        gathered.lead[LEAD[key]] = value
    elif key in BIO and isinstance(value, str):
        gathered.bio = value
    elif key == "status" and isinstance(value, str) and value:
        gathered.values["status"] = _status(value, report, where)
    elif key == "embargo" and isinstance(value, str) and value:
        gathered.values["embargo"] = value  # as it stands: the desk's rule refuses one that cannot be read
    elif key in FIELDS and FIELDS[key] not in gathered.values and _fits(FIELDS[key], value):
        gathered.values[FIELDS[key]] = CONVERTERS.get(FIELDS[key], _line)(value)
    elif value not in ("", [], {}):
        if key in FIELDS:
            report.add(
                "frontmatter.value", "doubt",
                f"The front matter's {name!r} is not a value that can be used; it is kept as it is.", where,
            )  # fmt: skip
        gathered.extra[name] = _string(value)


STATUSES: Mapping[str, Status] = {
    **dict.fromkeys(("usable", "published", "publish", "final", "live"), "usable"),
    **dict.fromkeys(("withheld", "hold", "draft", "private", "pending"), "withheld"),
    **dict.fromkeys(("canceled", "cancelled", "killed", "kill", "spiked", "retracted"), "canceled"),
}
"""What `status` may say; anything else is withheld, for a stop must not be missed."""


def _status(value: str, report: Report, where: str) -> Status:
    known = STATUSES.get(value.strip().lower())
    if known is None:
        report.add(
            "frontmatter.status", "doubt", f"The status “{value}” is not known, and is taken for “withheld”.", where
        )
    return known or "withheld"


def _fits(target: str, value: Plain) -> bool:
    """Whether a value may become a field: a date is ISO 8601, a choice one of a few."""
    if target == "authors":
        return bool(value) and all(
            isinstance(part, str) or (isinstance(part, dict) and part.get("name") and set(part) <= set(AUTHOR_FIELDS)
                                      and all(isinstance(item, str) for item in part.values()))
            for part in (value if isinstance(value, list) else [value])
        )  # fmt: skip
    if target == "keywords":
        return bool(value) and (isinstance(value, str) or all(isinstance(part, str) for part in value))
    if not isinstance(value, str) or not value:
        return False
    if target in DATES:
        return parse_when(value) is not None
    return target not in CHOICES or value in CHOICES[target]


def _authors(value: Plain) -> tuple[Author, ...]:
    found = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str):
            found.append(Author(_line(part)))
        else:
            found.append(Author(**{AUTHOR_FIELDS[name]: text for name, text in part.items()}))
    return tuple(found)


def _keywords(value: Plain) -> tuple[str, ...]:
    words = _SEPARATOR.split(value) if isinstance(value, str) else value
    return tuple(word for word in words if word)


def _line(value: Plain) -> str:
    return str(value)


def _string(value: Plain) -> str:
    """A value as one string: itself, or compact JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


CONVERTERS: Mapping[str, Callable[[Plain], Any]] = {"authors": _authors, "keywords": _keywords}


def _metadata(gathered: _Gathered) -> Metadata:
    """The metadata of what was gathered; a biography goes to the only author."""
    authors: tuple[Author, ...] = gathered.values.get("authors", ())
    extra = dict(gathered.extra)
    if gathered.bio and len(authors) == 1 and not authors[0].bio:
        gathered.values["authors"] = (structs.replace(authors[0], bio=gathered.bio),)
    elif gathered.bio:
        extra["author_bio"] = gathered.bio
    return Metadata(**gathered.values, extra=extra)
