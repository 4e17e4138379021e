"""What wire items and CMS records share: states, embargoes, bylines, dates, as the metadata have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from itertools import islice

from msgspec import structs

from convert.readers.assembly import plain
from convert.readers.html.metadata.dates import iso
from convert.readers.html.metadata.names import authors_of
from convert.report import Report
from convert.tree import Author, parse_when
from convert.tree.metadata import Status
from convert.tree.text import letters

__all__ = [
    "LANGUAGE", "authors_in", "embargo_of", "embargoes_of",
    "end_of", "first", "language_tag", "moment", "status_of", "strictest",
    "unique",
]  # fmt: skip

LANGUAGE = 35
"""Characters of a language tag (RFC 5646, 4.4.1)."""

_MAIL = re.compile(r"[A-Za-z]{3}, \d")
"""How dates of mail and RSS begin (RFC 5322)."""

_WITH_ROLE = re.compile(
    r"(?P<names>[^,;]{2,300}),\s*(?P<role>(?:(?!(?:and|und|et|y|e)\s)[\w.&'’-]{1,40}\s+){1,5}"
    r"(?:writer|reporter|editor|correspondent|columnist|journalist|photographer|producer|contributor)s?)\s*",
    re.IGNORECASE,
)
"""A byline that ends in what its people do: "By Jane Doe, AP Writer"."""

STATES: dict[str, Status] = {
    **dict.fromkeys(("", "usable", "published", "publish", "inherit"), "usable"),
    **dict.fromkeys(("withheld", "draft", "pending", "auto-draft", "private", "hold"), "withheld"),
    **dict.fromkeys(("canceled", "cancelled", "killed", "kill", "recalled", "trash", "takedown"), "canceled"),
}
"""What systems call an item's state. "embargoed", "future" and "scheduled" are said by the embargo."""


STRICTNESS: tuple[Status, ...] = ("usable", "withheld", "canceled")
DEEPEST = 3
MOST_WORDS = 50


def status_of(value: object, embargo: str, report: Report, where: str) -> Status:
    """The state that a system's own word means, the strictest of those in a list or an object.

    A word that is not known withholds the article, and so do an embargo that says no time and a value without words.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return "usable"
    words = list(dict.fromkeys(islice(_words_in(value), MOST_WORDS)))
    if not words:
        report.add("item.status", "doubt", "The state of the item cannot be read: it is withheld.", where)
    return strictest(_status(word, embargo, report, where) for word in words) if words else "withheld"


def strictest(states: Iterable[Status]) -> Status:
    """The state that lets least out."""
    return max(states, key=STRICTNESS.index, default="usable")


def _words_in(value: object, depth: int = 0) -> Iterator[str]:
    """The words of a value of any shape; what is too deep counts as a word that nobody knows."""
    if isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _words_in(part, depth + 1) if depth < DEEPEST else ("…",)
    elif value not in (None, ""):
        yield plain(value) or str(value)


def _status(said: str, embargo: str, report: Report, where: str) -> Status:
    word = said.lower().rpartition(":")[2].rpartition("/")[2]
    if word in ("embargoed", "future", "scheduled"):
        if not embargo:
            report.add("item.embargo", "doubt", "The item is under an embargo without an end: it is withheld.", where)
        return "usable" if embargo else "withheld"
    if word not in STATES:
        report.add("item.status", "doubt", f"The state “{word[:60]}” is not known: the item is withheld.", where)
    return STATES.get(word, "withheld")


def embargoes_of(values: Iterable[object], report: Report, where: str) -> tuple[str, bool]:
    """When the last of several embargoes ends, and whether one stands there that says nothing of its end."""
    given = [one for one in values if one not in (None, "") and one is not False]
    unclear = any(isinstance(one, list | dict | bool) or not plain(one) for one in given)
    if unclear:
        report.add("item.embargo", "doubt", "The end of the item's embargo cannot be read: it is withheld.", where)
    ends = [embargo_of(one) for one in given if not isinstance(one, list | dict | bool)]
    return max(ends, key=end_of, default=""), unclear


def end_of(embargo: str) -> datetime:
    """The moment that an embargo ends, which is late for one that cannot be read."""
    until = parse_when(embargo) if embargo else datetime.min
    if until is None:
        return datetime.max.replace(tzinfo=UTC)
    if not isinstance(until, datetime):
        until = datetime.combine(until, time.max)
    return until if until.tzinfo else until.replace(tzinfo=UTC)


def embargo_of(value: object) -> str:
    """When an embargo ends. What cannot be read stays as it is, for then the desk rules refuse the article."""
    said = plain(value)
    if not said or parse_when(said) is not None:
        return said
    return iso(said) if _MAIL.match(said) else said


def moment(value: object) -> str:
    """A date of a record as ISO 8601, empty where it is none."""
    said = plain(value)
    return said if said and parse_when(said) is not None else iso(said)


def authors_in(bylines: Iterable[str]) -> tuple[Author, ...]:
    """The authors of bylines; one of which no name can be told stands as it is."""
    lines = [line for line in (plain(line) for line in bylines) if line]
    found: tuple[Author, ...] = ()
    for line in lines:
        match = _WITH_ROLE.fullmatch(line)
        people = authors_of([match["names"]]) if match else ()
        if match and people:
            found += tuple(structs.replace(one, role=one.role or match["role"][:200]) for one in people)
        else:
            found += authors_of([line])
    found = tuple({letters(one.name).casefold(): one for one in reversed(found)}.values())[::-1][:20]
    found = found or authors_of(lines, organisations=True)
    return found or tuple(Author(line[:200]) for line in lines[:1])


def language_tag(value: object) -> str:
    """A language as a BCP 47 tag, empty for what is none."""
    tag = plain(value).replace("_", "-")[:LANGUAGE]
    parts = tag.split("-")
    sound = 2 <= len(parts[0]) <= 3 and parts[0].isalpha() and all(p.isalnum() and len(p) <= 8 for p in parts)
    return tag if tag.isascii() and sound else ""


def first(values: Iterable[str]) -> str:
    """The first value that is not empty."""
    return next((value for value in values if value), "")


def unique(values: Iterable[str], most: int = 60) -> tuple[str, ...]:
    """The values that are not empty, each once."""
    return tuple(dict.fromkeys(value for value in values if value))[:most]
