"""Desk rules: what must not leave the building, and what of an article is for the desk alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Literal

from msgspec import structs

from convert.desk_marks import public
from convert.errors import RefusedError
from convert.report import Report
from convert.tree import (
    Document,
    Figure,
    Gallery,
    Image,
    Metadata,
    NoteReference,
    Paragraph,
    parse_when,
)  # fmt: skip
from convert.tree.walk import rewrite, walk

__all__ = ["ImageRule", "obey", "release", "restrict_pictures"]

ImageRule = Literal["all", "owned", "none"]


def obey(metadata: Metadata, now: datetime, *, allow_embargoed: bool = False) -> None:
    """Raise RefusedError for an article that is killed, withheld, or under an embargo that `now` has not reached."""
    if metadata.status == "canceled":
        raise RefusedError(
            "desk.killed",
            "The article was killed (its status is “canceled”): it must not be published.",
            item=metadata.identifier,
        )
    if metadata.status == "withheld":
        raise RefusedError(
            "desk.withheld", "The article is withheld: ask the desk before you publish it.", item=metadata.identifier
        )
    if not metadata.embargo or allow_embargoed:
        return
    until = parse_when(metadata.embargo)
    if until is None:
        raise RefusedError(
            "desk.embargo-unclear",
            f"The article is under an embargo whose end cannot be read (“{metadata.embargo}”). "
            "Write it as 2026-05-01T06:00Z.",
        )
    if _moment(until) > now:
        raise RefusedError(
            "desk.embargo",
            f"The article is under an embargo until {metadata.embargo}. With --allow-embargoed it is made with a "
            "banner that says so.",
        )


def release(document: Document, now: datetime, report: Report) -> Document:
    """The document as readers may have it: without what is from desk to desk, and without an embargo that is over.

    An embargo that is left in the metadata is one that writers print a banner for. Nothing that is taken out here is
    named in a message, for messages travel too.
    """
    metadata = document.metadata
    until = parse_when(metadata.embargo) if metadata.embargo else None
    embargo = "" if until is not None and _moment(until) <= now else metadata.embargo
    if embargo:
        report.add("desk.embargoed", "doubt", f"The article is under an embargo until {embargo}, and says so on top.")
    extra = {name: text for name, text in metadata.extra.items() if not _DESK_FIELD.search(name)}
    if metadata.editors_note or len(extra) < len(metadata.extra):
        report.add("desk.note", "info", "The editor's note is for the desk, and stands in no output.")
    metadata = structs.replace(metadata, embargo=embargo, editors_note="", extra=extra)
    document = structs.replace(document, metadata=metadata)
    made = public(document)
    if made is document:
        return document
    report.add("desk.not-for-publication", "info", "What is marked as not for publication stands in no output.")
    return _without_loose_ends(document, made)


def _without_loose_ends(before: Document, after: Document) -> Document:
    """A document without the notes and pictures that only what was taken out of it had named."""
    named = _named(before)
    gone = named - _named(after)
    notes = tuple(note for note in after.notes if note.id not in gone)
    kept = _named(structs.replace(after, notes=notes)) | {after.metadata.lead_image}
    assets = {key: asset for key, asset in after.assets.items() if key in kept or key not in named}
    return structs.replace(after, notes=notes, assets=assets)


def _named(document: Document) -> set[str]:
    """The notes and pictures that the text of a document names."""
    found: set[str] = set()
    for node in walk(document):
        match node:
            case Figure() | Image():
                found.add(node.asset)
            case NoteReference():
                found.add(node.note)
    return found


def restrict_pictures(document: Document, rule: ImageRule, holders: Collection[str], report: Report) -> Document:
    """The document with the pictures that a rule allows; "owned" are those whose holder is among `holders`.

    Whoever holds the rights to a picture of which nothing is said is unknown, so it is not owned. A picture goes with
    its caption and its credit.
    """
    owners = {_name(holder) for holder in holders}
    dropped = {
        key for key, asset in document.assets.items()
        if rule == "none" or (rule == "owned" and (not asset.holder or _name(asset.holder) not in owners))
    }  # fmt: skip
    if rule == "all" or not dropped:
        return document
    for key in document.assets:
        if key in dropped:
            holder = document.assets[key].holder or "nobody known"
            why = "--images none" if rule == "none" else f"its rights are held by {holder}, and --images is owned"
            report.add("picture.rights", "loss", f"A picture was left out with its caption: {why}.", f"picture {key}")

    def kept(node: object) -> object:
        match node:
            case Figure() | Image() if node.asset in dropped:
                return None
            case Gallery(figures=()):
                return None
            case Paragraph(content=()):
                return None  # it held nothing else
        return node

    lead = document.metadata.lead_image
    metadata = structs.replace(document.metadata, lead_image="" if lead in dropped else lead)
    assets = {key: asset for key, asset in document.assets.items() if key not in dropped}
    return structs.replace(rewrite(document, kept), metadata=metadata, assets=assets)


def _name(holder: str) -> str:
    """A holder's name for comparing: without the sign and the year that stand before it, and without regard to case."""
    return " ".join(re.sub(r"©|\(c\)|\b(copyright|19\d\d|20\d\d)\b", " ", holder.casefold()).split())


def _moment(when: date | datetime) -> datetime:
    """The moment an embargo ends: a day alone ends with its last second, for nobody may be early; in UTC by default."""
    if isinstance(when, datetime):
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    return datetime.combine(when, time.max, UTC)


# ------------------------------------------------------------------------- fields of the desk

_DESK_FIELD = re.compile(
    r"(?<![a-z])ed(itor(s|'s|ial)?|s)?[ _-]*(note|message|msg)|not[ _-]*for[ _-]*publication|internal[ _-]*note",
    re.IGNORECASE,
)
"""What fields of the desk are called where they have no field of their own."""
