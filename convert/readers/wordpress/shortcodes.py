"""WordPress's shortcodes as HTML: captions, galleries, embeds and media; of others the words between their tags stay.

What stands in brackets is a shortcode only if it is a known one, has attributes with values, a slash or an end tag:
"[sic]", "[the mayor]" and "[laughs aloud]" are words of an article.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict, deque
from collections.abc import Mapping

from msgspec import Struct

from convert.report import Report

__all__ = ["Attachment", "card", "without_shortcodes"]

_TAG = re.compile(r"(\[?)\[(/?)([a-zA-Z][\w-]{0,60})((?:[\s=:][^\[\]<>]{0,4000})?)\](\]?)")
_QUOTED = re.compile(r"""([\w-]{1,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_IMAGE = re.compile(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_SHOWN = 12

_CARDS = ("embed", "video", "audio", "youtube", "vimeo")
_WITHOUT_VALUES = ("gallery", "playlist")
"""Shortcodes that may stand without attributes; "[video]" is also what a writer puts behind a line."""

_DESKS = frozenset(("not_for_publication", "not-for-publication", "notforpublication", "npa"))
"""Shortcodes around what is not for publication."""

_ADDRESS = re.compile(r"[\s=:]\s*\S*(?:\d|://)\S*\s*", re.ASCII)
"""The attribute of a card without a name: "[youtube https://…]", "[vimeo 7]"."""


class Attachment(Struct, frozen=True):
    """A picture or another file of the media library."""

    address: str
    caption: str = ""
    alt: str = ""


class _Tag(Struct):
    """A shortcode's tag: where it stands, and its end tag if it has one."""

    start: int
    end: int
    name: str
    attributes: str
    closing: bool
    mate: int = -1


def without_shortcodes(content: str, library: Mapping[str, Attachment], report: Report, where: str) -> str:
    """The content with shortcodes as HTML. Those that cannot be shown are listed in the report."""
    content = _without_desks(content, report)
    tags, escaped = _tags(content)
    parts: list[str] = []
    done, unknown = 0, dict[str, None]()
    for tag in tags:
        if tag.start < done:
            continue
        made, end = _made(tag, tags, content, library)
        if made is None and not tag.closing and tag.mate < 0 and not _is_run(tag.name, tag.attributes):
            continue  # "[sic]", "[the mayor]"
        parts.append(content[done : tag.start])
        if made is None:
            unknown[tag.name] = None
        parts.append(made or "")
        done = end
    parts.append(content[done:])
    if unknown:
        names = ", ".join(f"[{name}]" for name in list(unknown)[:_SHOWN])
        report.add(
            "wordpress.shortcode", "loss", f"These shortcodes were not run; words between their tags stay: {names}.",
            where,
        )  # fmt: skip
    text = "".join(parts)
    return _TAG.sub(lambda found: found[0][1:-1] if found[1] and found[5] else found[0], text) if escaped else text


def _without_desks(content: str, report: Report) -> str:
    """The content without what is not for publication; a shortcode without an end speaks of all that follows."""
    if not any(f"[{name}" in content.lower() for name in _DESKS):
        return content
    tags, _ = _tags(content)
    parts: list[str] = []
    done = 0
    for tag in tags:
        if tag.name in _DESKS and not tag.closing and tag.start >= done:
            parts.append(content[done : tag.start])
            done = tags[tag.mate].end if tag.mate >= 0 else len(content)
    if parts:
        report.add("desk.not-for-publication", "info", "What is marked as not for publication stands in no output.")
    return "".join((*parts, content[done:]))


def _is_run(name: str, attributes: str) -> bool:
    """Whether a tag without an end tag is a shortcode."""
    if _QUOTED.search(attributes) or attributes.strip() == "/":
        return True
    if name in _WITHOUT_VALUES and not attributes.strip():
        return True
    return name in _CARDS and _ADDRESS.fullmatch(attributes) is not None


def _tags(content: str) -> tuple[list[_Tag], bool]:
    """All tags with their mates; whether some are escaped by a second pair of brackets."""
    tags: list[_Tag] = []
    escaped = False
    for found in _TAG.finditer(content):
        if found[1] and found[5]:
            escaped = True
        else:
            start, end = found.start() + len(found[1]), found.end() - len(found[5])
            tags.append(_Tag(start, end, found[3].lower(), found[4], bool(found[2])))
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for number, tag in enumerate(tags):
        if not tag.closing:
            waiting[tag.name].append(number)
        elif waiting[tag.name]:
            mate = waiting[tag.name].pop()
            tags[mate].mate = number
            tag.mate = mate
    return tags, escaped


def _made(tag: _Tag, tags: list[_Tag], content: str, library: Mapping[str, Attachment]) -> tuple[str | None, int]:
    """The HTML of a shortcode and where it ends; None for HTML where there is none and only its tag goes."""
    inner = content[tag.end : tags[tag.mate].start] if tag.mate >= 0 and not tag.closing else ""
    whole = tags[tag.mate].end if tag.mate >= 0 and not tag.closing else tag.end
    said = {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _QUOTED.finditer(tag.attributes)}
    if tag.closing:
        return (None if tag.mate < 0 else ""), tag.end
    if tag.name in ("caption", "wp_caption"):
        image = _IMAGE.search(inner)
        if image is not None:
            words = f"{inner[: image.start()]}{inner[image.end() :]} {said.get('caption', '')}".strip()
            words = _TAG.sub(lambda found: "" if found[2] or _is_run(found[3].lower(), found[4]) else found[0], words)
            return f"\n\n<figure>{image[0]}<figcaption>{' '.join(words.split())}</figcaption></figure>\n\n", whole
    elif tag.name == "gallery":
        shown = [library[key] for key in re.split(r"[\s,]+", said.get("ids", "")) if key in library]
        if shown:
            return f"\n\n<figure>{''.join(map(picture, shown))}</figure>\n\n", whole
    elif tag.name in _CARDS:
        address = inner.strip() or next(
            (said[name] for name in ("src", "mp4", "m4v", "webm", "mp3", "m4a", "ogg", "url") if said.get(name)), ""
        )
        if address.startswith(("http://", "https://")) and "<" not in address:
            return card(address), whole
    return None, tag.end


def picture(one: Attachment) -> str:
    """A picture of the media library as HTML."""
    caption = f"<figcaption>{one.caption}</figcaption>" if one.caption else ""
    return f'<figure><img src="{html.escape(one.address)}" alt="{html.escape(one.alt)}">{caption}</figure>'


def card(address: str) -> str:
    """What makes a card that leads to an address."""
    return f'\n\n<iframe src="{html.escape(address)}"></iframe>\n\n'
