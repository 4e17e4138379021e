"""Addresses of links and pictures: made whole where the page says what they are relative to."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from convert.tree.links import SCHEMES

__all__ = ["Addresses"]

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SPACE = re.compile(r"[\x00-\x20\x7f]+")


class Addresses:
    """Resolves what a page refers to. `base` is the page's own address or that of its <base>; empty if unknown."""

    def __init__(self, base: str, page: str = "") -> None:
        self.base = base if _is_web(base) else ""
        self.page = page.partition("#")[0]
        self.refused: set[str] = set()

    def link(self, href: str) -> str:
        """Where a link leads, empty where it leads nowhere that an article may lead to."""
        href = _SPACE.sub("", href) if len(href) < 10_000 else ""
        if not href:
            return ""
        if href.startswith("#"):
            return "" if href == "#" else href
        scheme = _SCHEME.match(href)
        if scheme and scheme[1].lower() not in SCHEMES:
            self.refused.add(scheme[1].lower())
            return ""
        whole = self._whole(href)
        if self.page and whole.startswith(f"{self.page}#"):
            return whole[len(self.page) :]
        return whole

    def picture(self, source: str) -> str:
        """Where a picture is: an address, a data: URI, or a path below the article's folder."""
        source = source.strip()
        if source[:5].lower() == "data:":
            return source
        source = _SPACE.sub("%20", source)
        scheme = _SCHEME.match(source)
        if scheme and scheme[1].lower() not in ("http", "https"):
            return ""
        return self._whole(source)

    def _whole(self, address: str) -> str:
        if _SCHEME.match(address):
            whole = address
        else:
            try:
                whole = urljoin(self.base, address) if self.base else address
            except ValueError:
                return ""
            if whole.startswith("//"):
                whole = f"https:{whole}"
        return whole if _is_sound(whole) else ""


def _is_sound(address: str) -> bool:
    """Whether an address can be taken apart; only brackets and letters beyond ASCII make that fail."""
    if address.isascii() and "[" not in address and "]" not in address:
        return True
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
