"""Finds the title and the byline above the text."""

from __future__ import annotations

import re

from msgspec import structs

from convert.cleaning.flat import Line, is_prose, lines_of, paragraph_of, words_in
from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Author, Block, Document, Metadata
from convert.tree.text import METADATA_TEXT, letters, metadata_text

__all__ = ["byline_names", "is_name", "make_title", "metadata_end", "take_byline", "take_title"]

LONGEST_TITLE = 220
LATEST_BYLINE = 6
"""A byline is one of the first so many paragraphs, and above all prose."""

_SITE = re.compile(r"(?P<title>.{12,}?)(?P<sign>\s+[–—|•·»-]\s+|\s+::\s+)(?P<site>[^–—|•·»]{2,45})$")
_KNOWN_SITE = re.compile(
    r"\b(times|post|news|guardian|herald|tribune|journal|gazette|daily|telegraph|observer|chronicle|monitor|press|"
    r"mail|mirror|express|record|review|courier|standard|star|sun|globe|independent|reuters|bbc|cnn|npr|afp|monde|"
    r"figaro|libération|zeitung|spiegel|welt|tagesschau|presse|país|mundo|repubblica|corriere|stampa|aftenposten|"
    r"courrier|diario|diário|jornal|giornale|dagblad|avis|gazeta|"
    r"magazine|weekly|report|wire|radio|media|online)\b|\.\w{2,4}$",
    re.IGNORECASE,
)
COMMON_WORDS = frozenset(
    ("report", "review", "record", "news", "press", "online", "media", "radio", "wire", "star", "sun")
)
"""Words of many sites' names that alone name none."""

_BYLINE = re.compile(r"(?P<by>by|von|par|por|di|door|af|av)\s+(?P<names>.+)", re.IGNORECASE)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|und|et|y|e|en|og|och|&)\s+")
_NAME_SIGNS = re.compile(r"[\w\s'’.-]*")
_NAME = re.compile(
    r"(?:(?:[^\W\d_a-zß-ÿ][\w'’.\-]*|de|del|della|da|di|do|dos|van|von|der|den|ter|ten|la|le|el|al|bin|ibn|ben|y|e|af|av)\s?){2,5}"
)


NO_NAMES = frozenset((
    "The", "A", "An", "In", "On", "At", "Of", "And", "For", "To", "With", "From", "What", "How", "Why", "When", "Where",
    "Who", "Looking", "Last", "Next", "New", "More", "Key", "Der", "Die", "Das", "Les", "Los", "Las",
))  # fmt: skip
"""Words of headings that no name holds, in this spelling."""


def metadata_end(metadata: Metadata, field: str) -> int:
    """The letter after the words of `field` and of all fields before it."""
    before = METADATA_TEXT[: METADATA_TEXT.index(field) + 1]
    return sum(len(letters(text)) for name, text in metadata_text(metadata) if name in before)


def is_name(text: str) -> bool:
    """Whether a line looks like the name of one person: two to four capitalised words."""
    if len(text) > 50 or not _NAME_SIGNS.fullmatch(text):
        return False  # seen at once, where the pattern of a name would try each way to part the words
    words = words_in(text)
    if len(words) > 5 or any(word in NO_NAMES for word in words):
        return False
    return bool(_NAME.fullmatch(text.strip()))


def take_title(document: Document, marks: Marks) -> Document:
    """Make the first line the title, and a site's name at its end the publisher."""
    if document.metadata.title or not document.blocks:
        return document
    at = block_starts(document)[0]
    lines = lines_of(document.blocks[0], at)
    if not lines:
        return document
    title, *rest = lines
    if not _may_be_title(title, has_more=len(lines) + len(document.blocks) > 2):
        marks.note("title.none", "doubt", "No line looks like the title; give one in the metadata.", at)
        return document
    metadata = make_title(title, document.metadata, marks, "The first line is the title.")
    if metadata is None:
        return document
    blocks = ((paragraph_of(rest),) if rest else ()) + document.blocks[1:]
    return structs.replace(document, metadata=metadata, blocks=blocks)


def make_title(line: Line, metadata: Metadata, marks: Marks, reason: str) -> Metadata | None:
    """The metadata with a line as the title, and a site's name at its end as the publisher; None if refused."""
    if not marks.move(line.at, line.end, metadata_end(metadata, "title"), line.bare, reason):
        return None
    name, site = _split_site(line, marks)
    return structs.replace(metadata, title=name, publisher=site or metadata.publisher)


def _may_be_title(line: Line, has_more: bool) -> bool:
    return (
        has_more
        and bool(line.bare)
        and len(line.bare) <= LONGEST_TITLE
        and not (is_prose(line.text) and line.bare[-1] in ".;:,")
    )


def _split_site(line: Line, marks: Marks) -> tuple[str, str]:
    """Title and site's name of a line such as "Talks resume – The Daily Planet"; no site where none is sure."""
    match = _SITE.fullmatch(line.bare)
    if not match:
        return line.bare, ""
    site = match["site"].strip()
    capitals = [word for word in words_in(site) if len(word) > 3]
    named = bool(capitals) and all(word[0].isupper() for word in capitals) and len(words_in(site)) <= 6
    alone = len(words_in(site)) == 1 and site.lower() in COMMON_WORDS
    known = (
        (bool(_KNOWN_SITE.search(site)) and not alone)
        or "|" in match["sign"]
        or "•" in match["sign"]
        or "::" in match["sign"]
    )
    at = line.at + len(letters(match["title"]))
    if not named or not known or site[-1] in "?!.":
        if named:
            marks.note(
                "title.site", "doubt", f"“{site}” at the end of the title may be the site's name; it was kept.", at
            )
        return line.bare, ""
    if not marks.respace(at, match["sign"] + site, "", f"The site's name: “{site}” is the publisher."):
        return line.bare, ""
    return match["title"].strip(), site


def take_byline(document: Document, marks: Marks) -> Document:
    """Move a line "By Ann Lee and Bo Diaz" above the text into the metadata."""
    if document.metadata.authors:
        return document
    starts = block_starts(document)
    for number, block in enumerate(document.blocks[:LATEST_BYLINE]):
        lines = lines_of(block, starts[number]) or []
        for k, line in enumerate(lines):
            if is_prose(line.text):
                return document
            names = byline_names(line.bare)
            if names and _move_names(line, names, document, marks):
                rest = lines[:k] + lines[k + 1 :]
                metadata = structs.replace(document.metadata, authors=tuple(map(Author, names)))
                kept: tuple[Block, ...] = (paragraph_of(rest),) if rest else ()
                blocks = document.blocks[:number] + kept + document.blocks[number + 1 :]
                return structs.replace(document, metadata=metadata, blocks=blocks)
    return document


def byline_names(line: str) -> list[str]:
    """The names in a byline, none where the line is no byline."""
    match = _BYLINE.fullmatch(line) if len(line) <= 120 else None
    if not match:
        return []
    names = [name for name in _AND.split(match["names"]) if name]
    return names if all(is_name(name) for name in names) else []


def _move_names(line: Line, names: list[str], document: Document, marks: Marks) -> bool:
    """Move the names, and take out the words between them; False if the caller refuses."""
    under = marks.ask(line.at, line.bare)
    if not under:
        return False
    to = metadata_end(document.metadata, "authors")
    done, at = 0, line.at
    by = _BYLINE.fullmatch(line.bare)
    least = by.start("names") if by else 0
    for name in names:
        begin = line.bare.index(name, max(done, least))
        between = line.bare[done:begin]
        start = at + len(letters(between))
        if start > at:
            marks.remove(at, start, between, "A word of the byline.", under)
        at = start + len(letters(name))
        marks.move(start, at, to, name, "The author's name.", under)
        done = begin + len(name)
    return True
