"""Addresses that a Word file may lead to, and names for places within it."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit

from convert.writers.base import SCHEMES

__all__ = ["bookmark_name", "safe_target", "scheme"]


PLAIN_NAME = re.compile(r"[A-Za-z]\w{0,39}", re.ASCII)
KEPT = "%/:?#[]@!$&'()*+,;=~"


def scheme(address: str) -> str:
    """The scheme of an address in lower case, empty for none."""
    found = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", address)
    return found.group(1).lower() if found else ""


def safe_target(address: str) -> str | None:
    """The address as a URI of RFC 3986, None where it is none: Word refuses a whole file for one bad target."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        port_is_fine = parts.port is None or parts.port <= 65535
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not port_is_fine:
        return None
    if parts.scheme in ("http", "https") and not parts.hostname:
        return None
    host = _ascii_host(parts.netloc)
    if host is None or (parts.scheme in ("mailto", "tel") and not parts.path):
        return None
    whole = address.replace(parts.netloc, host, 1) if host else address
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", whole), safe=KEPT)


def bookmark_name(key: str) -> str:
    """A bookmark for an id: letters, digits and underscores, 40 at most, as Word demands."""
    if PLAIN_NAME.fullmatch(key):
        return key
    return "id_" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:20]


def _ascii_host(host: str) -> str | None:
    """A host in ASCII; None where a name of another script has no such form or a sign cannot stand there."""
    if host.isascii():
        return host if re.fullmatch(r"[^\s<>\"\\^`{|}]*", host) else None
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
