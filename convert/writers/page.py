"""What a page shows besides the body, and in which order: decided once for all writers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct

from convert.themes.model import Part, Theme
from convert.tree import (
    Asset,
    Author,
    Block,
    Correction,
    Document,
    Figure,
    Inline,
    Link,
    Metadata,
    Text,
    build,
    parse_when,
)
from convert.tree.walk import find, plain_text
from convert.writers.disclosure import disclosed_pictures, disclosure
from convert.writers.labels import Labels, labels

__all__ = ["Page", "lay_out", "linked", "print_moment", "print_when"]


class Page(Struct, frozen=True):
    """An article as a writer sets it, part by part; an empty part is not shown.

    `blocks` is the body without its corrections, which have a part of their own. `declared` holds the
    words in these parts that are not the article's: "By", "and", dates in print, the origin line. `banner` stands
    above everything, `disclosure` says what a machine has made.
    """

    show: tuple[Part, ...]
    labels: Labels
    banner: str
    section: str
    headline: str
    deck: str
    byline: str
    dateline: str
    disclosure: str
    lead_image: Figure | None
    blocks: tuple[Block, ...]
    corrections: tuple[Correction, ...]
    about: tuple[Author, ...]
    origin: str
    declared: tuple[str, ...]


def lay_out(document: Document, theme: Theme, time_zone: str) -> Page:
    """The parts of a page for an article, as the theme's `show` asks."""
    metadata = document.metadata
    words = labels(metadata.language)
    document, disclosed = disclosed_pictures(document, words)
    lead = _lead_image(document, words) if "lead-image" in theme.show else None
    banner = (
        f"{words.embargoed} {print_moment(metadata.embargo, metadata.language, time_zone)}" if metadata.embargo else ""
    )
    said = disclosure(metadata.digital_source_type, words)
    published = print_when(metadata.published, metadata.language, time_zone)
    byline = _byline(metadata, words) if "byline" in theme.show else ""
    dateline = " · ".join(filter(None, (metadata.dateline, published))) if "dateline" in theme.show else ""
    origin = _origin(metadata, theme) if "origin" in theme.show else ""
    corrections = tuple(block for block in document.blocks if isinstance(block, Correction))
    about = tuple(author for author in metadata.authors if author.bio) if "about" in theme.show else ()
    declared = [word for word in (words.by if byline else "", published if dateline else "", origin) if word]
    declared += [*filter(None, (banner, said)), *disclosed]
    if lead is not None:
        declared += [plain_text(lead.caption), plain_text(lead.credit)]
    if byline and len(metadata.authors) > 1:
        declared.append(words.and_)
    if about:
        declared.append(words.about)
        declared.extend(author.name for author in about)
    declared.extend(words.correction for _ in find(document, Correction))
    if document.notes:
        declared.append(words.notes)
    return Page(
        show=theme.show,
        labels=words,
        banner=banner,
        section=metadata.section if "section" in theme.show else "",
        headline=metadata.title,
        deck=metadata.deck if "deck" in theme.show else "",
        byline=byline,
        dateline=dateline,
        disclosure=said,
        lead_image=lead,
        blocks=tuple(block for block in document.blocks if not isinstance(block, Correction)),
        corrections=corrections,
        about=about,
        origin=origin,
        declared=tuple(declared),
    )


def linked(text: str, url: str) -> tuple[Inline, ...]:
    """A line of text, in which an address leads where it says."""
    before, found, after = text.partition(url) if url else (text, "", "")
    if not found:
        return build.text(text)
    return (*build.text(before), Link((Text(url),), url), *build.text(after))


def print_when(when: str, language: str, time_zone: str) -> str:
    """A date as the language writes it ("24 November 2026"), in a time zone; empty for no date."""
    moment = parse_when(when)
    return "" if moment is None else _print_day(moment, language, time_zone)


def print_moment(when: str, language: str, time_zone: str) -> str:
    """A moment to the minute, with its zone ("24 November 2026, 06:00 UTC"); what is none as it stands.

    A day alone is its last minute in UTC, as for the desk's rules.
    """
    known = parse_when(when)
    if known is None:
        return when
    if not isinstance(known, datetime):
        known = datetime.combine(known, time(23, 59), UTC)
    known = known if known.tzinfo else known.replace(tzinfo=UTC)
    try:
        known = known.astimezone(ZoneInfo(time_zone))
    except OverflowError:  # the last day of all time
        known = known.replace(tzinfo=UTC)
    return f"{_print_day(known.date(), language, time_zone)}, {known:%H:%M %Z}"


def _print_day(moment: date | datetime, language: str, time_zone: str) -> str:
    from babel import Locale, UnknownLocaleError  # 30 ms, and only for articles that have a date
    from babel.dates import format_date

    if isinstance(moment, datetime):
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment = aware.astimezone(ZoneInfo(time_zone)).date()
    day: date = moment
    try:
        locale = Locale.parse(language or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en", "GB")
    return str(format_date(day, "long", locale=Locale("en", "GB") if str(locale) == "en" else locale))


def _byline(metadata: Metadata, words: Labels) -> str:
    names = [author.name for author in metadata.authors if author.name]
    if not names:
        return ""
    *others, last = names
    joined = f"{', '.join(others)} {words.and_} {last}" if others else last
    return f"{words.by} {joined}"


def _lead_image(document: Document, words: Labels) -> Figure | None:
    """The lead picture with the words that came with it, unless the body shows it anyhow."""
    key = document.metadata.lead_image
    if not key or any(figure.asset == key for figure in find(document, Figure)):
        return None
    asset = document.assets.get(key, Asset())
    credit = " · ".join(filter(None, (asset.credit, disclosure(asset.digital_source_type, words))))
    return Figure(key, asset.alt, build.text(asset.caption), build.text(credit))


def _origin(metadata: Metadata, theme: Theme) -> str:
    """The origin line, where the article says enough to fill it."""
    facts = {"{publisher}": metadata.publisher, "{url}": metadata.canonical_url}
    line = theme.origin
    for name, fact in facts.items():
        if name in line and not fact:
            return ""
        line = line.replace(name, fact)
    return line
