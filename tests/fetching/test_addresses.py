"""Which addresses may be asked at all: those that are not are refused before anything is connected."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from time import monotonic

import pytest

from convert.errors import InputError
from convert.fetching import Fetcher
from convert.fetching.addresses import is_public, target_of

PORTS = (80, 443)

CLOSED = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2002:7f00:1::",
    "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "2a00:1450::5efe:7f00:1", "2a00:1450::200:5efe:7f00:1",
]  # fmt: skip
"""Private, loopback, link-local, shared, reserved, multicast, documentation; IPv4 addresses within IPv6 of all kinds."""


@pytest.mark.parametrize("address", CLOSED)
def test_it_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_it_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("url", [
    "ftp://example.org/p.png", "file:///etc/passwd", "gopher://example.org/", "data:,x", "example.org/p.png", "",
    "http://", "http:///p.png", "http://user@example.org/", "http://user:secret@example.org/", "http://@example.org/",
    "http://example.org:22/", "http://example.org:0/", "http://example.org:8080/", "http://example.org:99999/",
    "http://example.org:x/", "http://exa mple.org/", "http://example.org/a b", "http://example.org/\r\nHost: x",
    "http://example.org\\@127.0.0.1/", "http://ex\0ample.org/", "http://-x.org/", "http://a..b/", "http://[::1/",
    "http://[fe80::1%25eth0]/", "http://[::1%lo]/", "http://%31%32%37.0.0.1/", "http://a/" + "x" * 4000,
    "http://" + "a" * 64 + ".org/", "http://" + "a." * 130 + "org/", "http://[v1.x]/",
])  # fmt: skip
def test_it_is_not_an_address_that_may_be_looked_up(url: str) -> None:
    with pytest.raises(InputError) as caught:
        target_of(url, PORTS)
    assert caught.value.code == "fetch.refused"


@pytest.mark.parametrize("host", [
    "2130706433", "017700000001", "0x7f000001", "0x7F.1", "0177.0.0.1", "127.1", "127.0.1", "0x7f.0.0.1", "0", "0x",
    "127.0.0.1.", "0127.0.0.1", "1.2.3.4.5", "example.123", "１２７.１", "４２９４９６７２９５", "127。1", "256.0.0.1",
])  # fmt: skip
def test_a_number_in_disguise_is_refused(host: str) -> None:
    with pytest.raises(InputError) as caught:
        Fetcher()(f"http://{host}/", 10, 1)
    assert caught.value.code == "fetch.refused"


@pytest.mark.parametrize(("url", "expected"), [
    ("http://example.org", ("http", "example.org", 80, "/")),
    ("HTTPS://Example.ORG./a?b=c#d", ("https", "example.org", 443, "/a?b=c")),
    ("//example.org/ä", ("http", "example.org", 80, "/%C3%A4")),
    ("http://bücher.example/p%20q.png", ("http", "xn--bcher-kva.example", 80, "/p%20q.png")),
    ("http://8.8.8.8:443/", ("http", "8.8.8.8", 443, "/")),
    ("http://[2606:4700::1111]/", ("http", "2606:4700::1111", 80, "/")),
])  # fmt: skip
def test_the_parts_of_an_address(url: str, expected: tuple[str, str, int, str]) -> None:
    target = target_of(url, PORTS)
    assert (target.scheme, target.host, target.port, target.path) == expected


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What a resolver answers, by name; nothing may be connected to."""
    known: dict[str, list[str]] = {}

    def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(None, None, None, "", (address, port)) for address in known.get(host, [host])]

    def connect(*_: object) -> None:
        raise AssertionError("something was connected to")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return known


@pytest.mark.parametrize("address", CLOSED)
def test_a_name_that_leads_there_is_refused(names: dict[str, list[str]], address: str) -> None:
    names["pictures.example"] = [address]
    names["mixed.example"] = ["8.8.8.8", address]  # one public answer does not excuse another
    for host in ("pictures.example", "mixed.example"):
        with pytest.raises(InputError) as caught:
            Fetcher()(f"http://{host}/p.png", 10, 1)
        assert caught.value.code == "fetch.refused"
        assert address not in caught.value.text  # a reader learns nothing of the network


@pytest.mark.parametrize("address", [each for each in CLOSED if "%" not in each])
def test_the_address_itself_is_refused(names: dict[str, list[str]], address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(InputError) as caught:
        Fetcher()(f"http://{host}/p.png", 10, 1)
    assert caught.value.code == "fetch.refused"


def test_a_resolver_that_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    never = Event()

    def wait(*_: object, **__: object) -> list[object]:
        never.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    start = monotonic()
    with pytest.raises(InputError) as caught:
        Fetcher()("http://slow.example/", 10, 0.2)
    assert (caught.value.code, monotonic() - start < 5) == ("fetch.slow", True)
    never.set()


def test_a_name_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(InputError) as caught:
        Fetcher()("http://nowhere.example/", 10, 1)
    assert caught.value.code == "fetch.failed"
