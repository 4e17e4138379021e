"""ninjs, the IPTC's news in JSON: versions 1, 2 and 3, as Superdesk writes it and as AP does.

Read after the published schemas 1.0 to 3.1 (iptc.org/std/ninjs). A file may hold one item, a list of them, or
the answer of a content API (`_items`, AP's `data.item` and `data.items`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

from convert.readers.assembly import Assembly, plain
from convert.readers.base import Reading, not_one
from convert.readers.json_source import bounded_bytes, head_of, load, mapping_of
from convert.readers.ninjs.fields import lowered, metadata_of, unread, values
from convert.readers.ninjs.pictures import (
    PICTURES,
    Named,
    Picture,
    associated,
    is_stopped,
    picture_of,
    with_embeds,
    without,
)
from convert.readers.nitf.body import body_html, content_of
from convert.readers.slugs import Slugs
from convert.readers.xml_source import tree
from convert.report import Report, Result
from convert.tree import Asset, Metadata
from convert.world import Source

__all__ = ["Reader"]

_SIGNS = tuple(re.compile(rf'"(?:{names})"\s*:', re.IGNORECASE) for names in (
    "uri|guid", "headlines?|headline_\\w+", "body_x?html|body_text|bodies", "pubstatus", "versioncreated",
    "slugline|urgency|representationtype|ednote", "copyrightnotice|copyrightholder|usageterms|located|by|bylines?",
    "renditions|associations",
))  # fmt: skip
"""Fields that other JSON does not have together."""

_NITF = re.compile(r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!DOCTYPE[^<>\[]{0,300}>\s*)?<nitf[\s>]")
_LEADS = ("featuremedia", "featureimage", "featured", "mainimage", "main", "lead", "hero", "header")


class Reader:
    """News items in JSON."""

    name = "ninjs"
    suffixes = (".json", ".ninjs")
    media_types = ("application/json", "application/ninjs+json")

    def sniff(self, head: bytes) -> int:
        """3 for JSON with four fields of a news item, 2 for three."""
        text = head_of(head)
        signs = sum(1 for sign in _SIGNS if sign.search(text)) if text else 0
        return 3 if signs > 3 else 2 if signs == 3 else 0

    def read(self, source: Source) -> Result[Reading]:
        """The item. Raises InputError for JSON that holds none, or several."""
        report = Report()
        found = list(_items(load(source, report)))
        if len(found) != 1:
            raise not_one(len(found), source.where)
        return _read(lowered(found[0]), report, source.where)

    def items(self, file: BinaryIO, whole: Source, most: int, report: Report) -> Iterator[Source]:
        """The items of a list or of an API's answer."""
        data = bounded_bytes(file, whole, report)
        found = list(_items(load(msgspec.structs.replace(whole, data=data), report)))
        if not found:
            raise not_one(0, whole.where)
        if len(found) == 1:
            yield msgspec.structs.replace(whole, data=data, format=self.name)
            return
        del data
        names = Slugs(whole, self.name, ".json")
        for item in found:
            low = lowered(item)
            title = metadata_of(low, Report(), "").title
            yield names.source(msgspec.json.encode(item), plain(low.get("slugline")), title, plain(low.get("uri")))


def _items(value: Any) -> Iterator[dict[str, Any]]:
    """The news items in a value, whatever envelope they came in."""
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict):
                yield from _items(one) if "item" in one and "uri" not in one else [one]
        return
    one = mapping_of(value)
    data = mapping_of(one.get("data"))
    for inner in (one.get("_items"), one.get("items"), data.get("items"), data.get("item"), one.get("item")):
        if inner and isinstance(inner, list | dict):
            yield from _items([inner] if isinstance(inner, dict) else inner)
            return
    if one:
        yield dict(one)


def _read(item: dict[str, Any], report: Report, where: str) -> Result[Reading]:
    metadata = metadata_of(item, report, where)
    made = Assembly(report, where, page=metadata.canonical_url, language=metadata.language)
    released, stopped = _released(item, report, where)
    pictures, others = _pictures(item, released, report, where)
    said = {
        address: Asset(holder=one.holder, digital_source_type=one.source_type)
        for one in pictures
        for address in one.addresses
    }
    body, is_html = _body(item, report, where)
    if is_html:
        body = without(body, stopped)
        body, embedded = with_embeds(body, {one.name: one for one in pictures})
        pictures = [one for one in pictures if one.name not in embedded]
    lead = _lead(pictures, body)
    if lead is not None:
        made.figure(lead.address, lead.alt, lead.caption, lead.credit, lead.holder, lead.source_type)
    if is_html:
        made.body(body)
    elif body:
        made.paragraphs(body)
    for picture in pictures:
        if picture is not lead and not any(made.shows(address) for address in picture.addresses if address):
            made.figure(
                picture.address, picture.alt, picture.caption, picture.credit, picture.holder, picture.source_type
            )
    made.hold(said)
    for other in others:
        _card(other, made)
    _tell(item, metadata, others, report, where)
    return made.reading(metadata)


def _released(item: dict[str, Any], report: Report, where: str) -> tuple[list[Named], list[Named]]:
    """The associations of an item that may be published, and those that must not."""
    now = datetime.now(UTC)
    released: list[Named] = []
    stopped: list[Named] = []
    for name, below in associated(item):
        (stopped if is_stopped(below, now) else released).append((name, below))
    if stopped:
        shown = ", ".join(f"“{name[:60]}”" for name, _ in stopped[:12])
        report.add(
            "ninjs.stopped", "loss",
            f"What belongs to the item is killed, withheld or under an embargo, and is left out: {shown}.", where,
        )  # fmt: skip
    return released, stopped


def _pictures(
    item: dict[str, Any], released: list[Named], report: Report, where: str
) -> tuple[list[Picture], list[dict[str, Any]]]:
    """The pictures that belong to an item, its own among them if it is one, and what else belongs to it."""
    pictures: list[Picture] = []
    others: list[dict[str, Any]] = []
    own = picture_of("", item) if plain(item.get("type")).lower() in PICTURES else None
    for name, below in [("", None), *released] if own else released:
        found = own if below is None else picture_of(name, below)
        if found is None and below is not None:
            others.append(below)
        elif found is not None and found.address:
            pictures.append(found)
        else:
            report.add("ninjs.rendition", "loss", f"The picture “{name}” has no rendition that can be shown.", where)
    return pictures, others


def _lead(pictures: list[Picture], body: str) -> Picture | None:
    """The picture above the text: the one that is named so, unless the body shows it."""
    for picture in pictures:
        named = picture.name.lower().replace("_", "").replace("-", "") in _LEADS or not picture.name
        if named and not any(address and address in body for address in picture.addresses):
            return picture
    return None


def _body(item: dict[str, Any], report: Report, where: str) -> tuple[str, bool]:
    """The text in the richest form that the item has, and whether that is HTML."""
    offered: list[tuple[int, str, bool]] = []
    for name, rank in (("body_html", 5), ("body_xhtml", 4), ("body_text", 1)):
        if isinstance(item.get(name), str) and item[name].strip() and not (rank == 1 and _is_picture(item)):
            offered.append((rank, item[name], rank > 1))
    bodies = item.get("bodies")
    for one in (lowered(part) for part in bodies if isinstance(part, dict)) if isinstance(bodies, list) else []:
        value, kind = one.get("value"), plain(one.get("contenttype")).lower()
        if not isinstance(value, str) or not value.strip():
            continue
        role = plain(one.get("role")).lower()
        if _NITF.match(value):
            offered.append((2, _of_nitf(value, where), True))
            continue
        is_html = "html" in kind or ("html" in role and not kind)
        if is_html or kind in ("", "text/plain"):
            offered.append(((4 if "rich" in role else 3) if is_html else 1, value, is_html))
        else:
            report.add("ninjs.body", "info", f"A body of the type {kind[:60]} was left for one that is read.", where)
    if isinstance(item.get("body_nitf"), str) and _NITF.match(item["body_nitf"]):
        offered.append((2, _of_nitf(item["body_nitf"], where), True))
    if not offered:
        if not _is_picture(item):
            report.add("ninjs.no-body", "doubt", "The item has no text that can be read.", where)
        return "", False
    return max(offered, key=lambda one: one[0])[1:]


def _of_nitf(value: str, where: str) -> str:
    """The text of a NITF item within the JSON, as HTML."""
    root = tree(value.encode("utf-8", "replace"), Report(), where)
    return "".join(body_html(part) for part in content_of(root))


def _is_picture(item: dict[str, Any]) -> bool:
    return plain(item.get("type")).lower() in PICTURES


def _card(other: dict[str, Any], made: Assembly) -> None:
    """A film or a sound as a card; related items are no part of the article."""
    if plain(other.get("type")).lower() not in ("video", "audio"):
        return
    renditions = other.get("renditions")
    offered = list(renditions.values()) if isinstance(renditions, dict) else renditions
    for one in offered if isinstance(offered, list) else []:
        address = plain(lowered(mapping_of(one)).get("href"))
        if address.startswith(("http://", "https://")):
            made.card(address, title=plain(other.get("headline")) or next(values(other.get("headlines")), ""))
            return


def _tell(
    item: dict[str, Any], metadata: Metadata, others: list[dict[str, Any]], report: Report, where: str
) -> None:  # fmt: skip
    """Report what of an item is in no output."""
    names = unread(item)
    if names:
        shown = ", ".join(names[:12])[:300]
        report.add("ninjs.unread", "loss", f"These fields of the item are not used: {shown}.", where)
    related = sum(1 for other in others if plain(other.get("type")).lower() not in ("video", "audio"))
    if related:
        report.add("ninjs.related", "info", f"{related} related items are not part of the article.", where)
    if "correction" in metadata.extra.get("signal", "").lower():
        report.add(
            "item.correction", "doubt",
            "The item corrects an earlier one. Check that the article says what was wrong.", where,
        )  # fmt: skip
