"""Which addresses may be asked: public ones, written in one way only."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from msgspec import Struct

from convert.errors import InputError

__all__ = ["Target", "is_public", "target_of"]

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 4_000

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

CLOSED_IPV4 = tuple(map(ip_network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
)))  # fmt: skip
"""IANA's registry of special-purpose IPv4 addresses, multicast and what is reserved. `ipaddress.is_global` calls
multicast global, and differs from one version of Python to the next."""

OPEN_IPV6 = ip_network("2000::/3")
"""All that is given out as global unicast. IPv4-mapped addresses and NAT64's prefixes lie outside it."""

CLOSED_IPV6 = tuple(map(ip_network, (
    "2001::/23",  # protocols' own, Teredo among them
    "2001:db8::/32", "3fff::/20",  # documentation
    "2002::/16",  # 6to4: an IPv4 address in disguise
    "2620:4f:8000::/48",
)))  # fmt: skip


class Target(Struct, frozen=True):
    """An address that may be looked up: `host` is a name in ASCII or a literal, `path` is what is asked for."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one that anybody on the internet could ask: neither private nor special."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in CLOSED_IPV4)
    if address.scope_id is not None or address not in OPEN_IPV6:
        return False
    # An identifier of ISATAP (RFC 5214, section 6.1) holds an IPv4 address, too.
    if int(address) >> 32 & 0xFDFFFFFF == 0x5EFE:
        return False
    return not any(address in network for network in CLOSED_IPV6)


def target_of(url: str, ports: tuple[int, ...]) -> Target:
    """The parts of an address that may be looked up. Raises InputError for one that may not."""
    if len(url) > LONGEST or re.search(r"[\x00-\x20\x7f\\]", url):
        raise _refused("is malformed")
    try:
        parts = urlsplit(f"http:{url}" if url.startswith("//") else url)
        port = parts.port
    except ValueError:
        raise _refused("is malformed") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise _refused("is not of the web")
    if "@" in parts.netloc:
        raise _refused("names a user")
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise _refused(f"names the port {port}, which is not among fetch.ports in the configuration")
    path = quote(parts.path or "/", safe="%/:@!$&'()*+,;=~-._", errors="replace")
    query = quote(parts.query, safe="%/:?@!$&'()*+,;=~-._", errors="replace")
    path += f"?{query}" if query else ""
    return Target(url, parts.scheme, _host(parts.netloc, parts.hostname or ""), port, path)


def _host(netloc: str, name: str) -> str:
    """A host's name in ASCII, or its address in the usual form. Other ways to write an address are refused."""
    if netloc.startswith("["):
        try:
            literal = IPv6Address(name)
        except ValueError:
            raise _refused("is malformed") from None
        if literal.scope_id is not None:
            raise _refused("names one of this machine's own networks")
        return str(literal)
    try:
        host = name.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise _refused("is malformed") from None
    labels = host.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or len(host) > 253:
        raise _refused("is malformed")
    if not _NUMBER.fullmatch(labels[-1]):
        return host
    # What ends in a number is an IPv4 address (WHATWG URL, section 3.5), and systems read 2130706433, 017700000001 and
    # 127.1 as such: only four decimal numbers may stand for one.
    try:
        return str(IPv4Address(host))
    except ValueError:
        raise _refused("is a number in disguise") from None


def checked(address: str) -> IPv4Address | IPv6Address:
    """An address that a name was resolved to. Raises InputError for one that is not public."""
    try:
        found = ip_address(address)
    except ValueError:
        raise _refused("leads nowhere") from None
    if not is_public(found):
        raise _refused("leads into a private or reserved network")
    return found


def _refused(why: str) -> InputError:
    return InputError("fetch.refused", f"The address {why}, so nothing was fetched from it.")
