"""The pictures of an item: its associations, their renditions, and where the body has them already."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeAlias

from msgspec import Struct

from convert.readers.assembly import plain
from convert.readers.json_source import mapping_of
from convert.readers.ninjs.fields import lowered, source_type, stops_of, values
from convert.readers.wire import end_of, first, unique
from convert.report import Report

__all__ = ["PICTURES", "Named", "Picture", "associated", "is_stopped", "picture_of", "with_embeds", "without"]

Named: TypeAlias = tuple[str, dict[str, Any]]
"""An item that belongs to another, with the name that it has there."""

PICTURES = ("picture", "graphic", "image", "photo")
"""Types of items that are pictures."""

MOST = 500
WIDEST = 4_000
"""Pixels: a wider rendition is for print."""

_SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif")
_EMBED = re.compile(
    r"""<!--\s*EMBED START\s+\w+\s*\{\s*id:\s*"([^"]{1,200})"\s*\}\s*-->(?:(?!<!--\s*EMBED).){0,200000}?"""
    r"<!--\s*EMBED END[^>]{0,200}-->",
    re.DOTALL,
)

_FIGURE = re.compile(r"<figure\b(?:(?!<figure\b|</figure).){0,20000}</figure\s*>", re.DOTALL | re.IGNORECASE)
_IMAGE = re.compile(r"<(?:img|source|video|audio)\b[^<>]{0,5000}>", re.IGNORECASE)


class Picture(Struct, frozen=True):
    """A picture with its words. `addresses` are those of all its renditions, for a body may show another one."""

    name: str
    address: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    holder: str = ""
    source_type: str = ""
    addresses: tuple[str, ...] = ()


def associated(item: dict[str, Any]) -> Iterator[Named]:
    """The items that belong to one, with the names that it gives them."""
    found = item.get("associations")
    for name, one in _pairs(found)[:MOST]:
        if isinstance(one, dict):
            below = lowered(one)
            yield name or plain(below.get("name")), below


def picture_of(name: str, item: dict[str, Any]) -> Picture | None:
    """An item that is a picture, None for any other; one without a rendition has no address."""
    offered = list(_renditions(item))
    kind = plain(item.get("type")).lower()
    if kind not in PICTURES and (kind or not any(_is_shown(one) for one in offered)):
        return None
    shown = [one for one in offered if _is_shown(one)]
    best = max(shown, key=_fitness, default={})
    descriptions = item.get("descriptions")
    alt = first([plain(item.get("alttext")), first(values(descriptions, "alt", "alttext", "alt-text")),
                 plain(item.get("body_text"))])  # fmt: skip
    caption = first([
        *(plain(item.get(f"description_{name}")) for name in ("text", "html", "caption")),
        first(values(descriptions, "caption", "main", "", "text")), first(values(descriptions)),
    ])  # fmt: skip
    holder = plain(item.get("copyrightholder"))
    named = [first([plain(item.get("byline")), plain(item.get("by")), plain(item.get("photographer"))]),
             first([plain(item.get("creditline")), plain(item.get("source"))])]  # fmt: skip
    credit = " / ".join(unique(named)) or plain(item.get("copyrightnotice")) or holder
    return Picture(
        name, plain(best.get("href")), alt if alt != caption else "", caption, credit, holder,
        source_type(item.get("digitalsourcetype"))[:200],
        tuple(plain(one.get("href")) for one in offered),
    )  # fmt: skip


def _pairs(value: object) -> list[tuple[str, Any]]:
    """The parts of an object or a list with their names; none of anything else."""
    if isinstance(value, dict):
        return list(value.items())
    return [("", one) for one in value] if isinstance(value, list) else []


def is_stopped(item: dict[str, Any], now: datetime) -> bool:
    """Whether an item must not be shown: killed, withheld, or under an embargo that `now` has not reached."""
    embargo, status = stops_of(item, Report(), "")
    return status != "usable" or (bool(embargo) and end_of(embargo) > now)


def without(body: str, stopped: list[Named]) -> str:
    """A body of HTML without what shows items: their embeds, and figures and pictures with their addresses."""
    names = {name for name, _ in stopped if name}
    addresses = {plain(one.get("href")) for _, item in stopped for one in _renditions(item)}
    body = _EMBED.sub(lambda found: "" if found[1] in names else found[0], body) if names else body
    if not addresses:
        return body
    sought = re.compile(rf"""(?<=["'=\s,])(?:{"|".join(map(re.escape, addresses))})(?=["'?\#\s,>])""")

    def kept(found: re.Match[str]) -> str:
        return "" if sought.search(html.unescape(found[0])) else found[0]

    return _IMAGE.sub(kept, _FIGURE.sub(kept, body))


def _renditions(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = item.get("renditions")
    for name, one in _pairs(found):
        below = lowered(mapping_of(one))
        if plain(below.get("href")):
            yield {**below, "name": name or f"{plain(below.get('name'))} {plain(below.get('title'))}"}


def _is_shown(rendition: dict[str, Any]) -> bool:
    kind = plain(rendition.get("mimetype") or rendition.get("contenttype")).lower()
    address = plain(rendition.get("href")).partition("?")[0].lower()
    return kind in _SHOWN or (not kind and not address.endswith((".mp4", ".mp3", ".tif", ".tiff", ".pdf", ".eps")))


def _fitness(rendition: dict[str, Any]) -> tuple[int, int]:
    """How good a rendition is: no thumbnail, none with a watermark, as wide as is of use."""
    name = plain(rendition.get("name")).lower()
    spoilt = "thumb" in name or "watermark" in f"{name} {plain(rendition.get('href'))}".lower()
    width = rendition.get("width")
    wide = int(width) if isinstance(width, int | float) and 0 < width < 1_000_000 else 0
    return (0 if spoilt else 1 if wide > WIDEST else 2, -wide if wide > WIDEST else wide)


def with_embeds(body: str, pictures: dict[str, Picture]) -> tuple[str, set[str]]:
    """A body in which Superdesk's embeds show the associated pictures with their words; the names of those shown."""
    shown: set[str] = set()

    def figure(found: re.Match[str]) -> str:
        picture = pictures.get(found[1])
        if picture is None or not picture.address:
            return found[0]
        shown.add(picture.name)
        credit = f'<span class="credit">{html.escape(picture.credit)}</span>' if picture.credit else ""
        words = f"<figcaption>{html.escape(picture.caption)} {credit}</figcaption>" if picture.caption or credit else ""
        image = f'<img src="{html.escape(picture.address)}" alt="{html.escape(picture.alt)}">'
        return f"<figure>{image}{words}</figure>"

    return _EMBED.sub(figure, body), shown
