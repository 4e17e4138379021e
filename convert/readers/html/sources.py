"""One good image of all that a page offers for a picture: srcset, <picture>, lazy loading, noscript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

__all__ = ["is_speck", "picture_source"]

LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-hi-res-src",
"data-src-large",
        "data-full-src", "data-url", "data-image", "data-img-src", "data-delayed-url", "data-cfsrc",
        "data-orig-file")  # fmt: skip
"""Attributes in which scripts keep the address of a picture that is not yet shown, the commonest first."""

LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "data-src-set")

WIDEST = 2000
"""Pixels across beyond which a picture is larger than any page needs."""

SPECK = 3
"""Pixels across up to which a picture counts visitors."""

_CANDIDATE = re.compile(
    r"\s*,*\s*(?P<url>[^\s,]\S*[^\s,]|[^\s,])(?:\s+(?P<size>\d+(?:\.\d+)?)(?P<unit>[wx])(?:\s+\d+h)?)?\s*(?:,|\Z)"
)
_BLANK = re.compile(
    r"data:image/(?:gif|svg|png)|(?:^|[/_.-])(?:blank|spacer|placeholder|transparent|lazy\w*|loading|pixel|1x1|clear|grey|gray|"
    r"default[-_]image|fallback)[^/]*\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\w+\}|%7B\w+%7D|\{\{|\$\{")
_NUMBER = re.compile(r"\s*(\d{1,5})")
_MOST = 100_000
"""Characters of a srcset that are looked at."""


def picture_source(img: LexborNode, attributes: Mapping[str, str | None]) -> str:
    """The address of the best image for an <img>, as the page writes it; empty if there is none."""
    best = _best(_sets(img, attributes))
    lazy = next((value for name in LAZY if (value := _usable(attributes.get(name)))), "")
    plain = attributes.get("src") or ""
    if best:
        return best
    if lazy and not _TEMPLATE.search(lazy):
        return lazy
    if plain and not _is_blank(plain) and not _TEMPLATE.search(plain):
        return plain
    spare = _spare(img)
    if spare:
        return spare
    return plain if plain.startswith("data:image/") and len(plain) > 1000 else ""


def is_speck(attributes: Mapping[str, str | None]) -> bool:
    """Whether a picture is a dot that counts visitors."""
    sizes = [int(match[1]) for name in ("width", "height") if (match := _NUMBER.match(attributes.get(name) or ""))]
    return bool(sizes) and min(sizes) <= SPECK


def _usable(value: str | None) -> str:
    value = (value or "").strip()
    return value if value and value[0] not in "{[" and not _is_blank(value) else ""


def _is_blank(address: str) -> bool:
    """Whether an address is that of a stand-in: a dot, a grey box."""
    if address.startswith("data:"):
        return len(address) < 1000 or address.startswith("data:image/svg")
    return bool(_BLANK.search(address[:500]))


def _sets(img: LexborNode, attributes: Mapping[str, str | None]) -> Iterator[str]:
    """Each set of candidates: the picture's own, then those of the <picture> around it."""
    for name in (*LAZY_SETS, "srcset"):
        if value := attributes.get(name):
            yield value
    parent = img.parent
    if parent is None or parent.tag != "picture":
        return
    before = parent.first_child
    while before is not None and before.mem_id != img.mem_id:
        if before.tag == "source":
            offered = before.attributes
            if (offered.get("type") or "image/jpeg") in ("image/jpeg", "image/png", "image/webp", "image/gif"):
                yield from (value for name in (*LAZY_SETS, "srcset") if (value := offered.get(name)))
        before = before.next


def _best(sets: Iterator[str]) -> str:
    """The widest image that is not too wide, of the first set that has a usable one."""
    for value in sets:
        found: list[tuple[float, str]] = []
        for match in _CANDIDATE.finditer(value[:_MOST]):
            url = match["url"]
            if _is_blank(url) or _TEMPLATE.search(url):
                continue
            size = float(match["size"] or 1)
            found.append((size if match["unit"] == "w" else size * 800, url))
        fitting = [pair for pair in found if pair[0] <= WIDEST]
        if fitting:
            return max(fitting, key=lambda pair: pair[0])[1]
        if found:
            return min(found, key=lambda pair: pair[0])[1]
    return ""


def _spare(img: LexborNode) -> str:
    """The image of the <noscript> beside a picture that waits for a script."""
    up = img.parent
    for _ in range(3):
        if up is None or up.tag in ("body", "article", "main", "section"):
            return ""
        spare = up.css_first("noscript img")
        if spare is not None:
            offered = spare.attributes
            source = _best(_sets(spare, offered)) or offered.get("src") or ""
            return "" if _is_blank(source) else source
        if up.tag in ("figure", "p", "li"):
            return ""
        up = up.parent
    return ""
