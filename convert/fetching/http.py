"""One question and its answer in HTTP/1.1, over a connection to an address that was checked."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct

from convert.errors import InputError
from convert.fetching.addresses import DEFAULT_PORTS, Target

__all__ = ["Answer", "ask"]

REDIRECTS = (301, 302, 303, 307, 308)
CHUNK = 65_536


class Answer(Struct, frozen=True):
    """What came back: the bytes, or the address that it leads on to."""

    data: bytes = b""
    location: str = ""


def ask(target: Target, addresses: Sequence[str], most: int, deadline: float) -> Answer:
    """Ask the first of the addresses that answers. Raises InputError."""
    try:
        wire = _connected(target, addresses, deadline)
        try:
            return _asked(target, wire, most)
        finally:
            wire.hang_up()
    except TimeoutError:
        raise InputError("fetch.slow", f"{target.host} took too long to answer.") from None
    except (OSError, ValueError, http.client.HTTPException) as error:  # ValueError: it leads on to what is no address
        said = "its certificate is not valid" if isinstance(error, ssl.SSLError) else type(error).__name__
        raise InputError("fetch.failed", f"{target.host} cannot be asked ({said}).") from None


class _Wire:
    """A socket for http.client that keeps one deadline, whatever little comes at a time."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(_left(self._deadline))
        self._connection.sendall(data)

    def receive_into(self, buffer: Any) -> int:
        self._connection.settimeout(_left(self._deadline))
        return self._connection.recv_into(buffer)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self))

    def close(self) -> None:
        """Nothing: http.client closes a socket before it has read the body."""

    def hang_up(self) -> None:
        with suppress(OSError):
            self._connection.close()


class _Incoming(io.RawIOBase):
    """What comes in over a wire, as a file."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._wire.receive_into(buffer)


def _left(deadline: float) -> float:
    """Seconds up to a deadline. Raises TimeoutError when it has passed."""
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connected(target: Target, addresses: Sequence[str], deadline: float) -> _Wire:
    """A connection to one of the addresses; the name serves only for the certificate."""
    for place, address in enumerate(addresses, 1):
        family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            left = _left(deadline)
            connection.settimeout(left if place == len(addresses) else left / 2)
            connection.connect((address, target.port))
            return _Wire(_secured(connection, target, deadline), deadline)
        except OSError:
            connection.close()
            if place == len(addresses):
                raise
    raise OSError


def _secured(connection: socket.socket, target: Target, deadline: float) -> socket.socket:
    if target.scheme != "https":
        return connection
    connection.settimeout(_left(deadline))  # OpenSSL's handshake keeps it as a whole
    return ssl.create_default_context().wrap_socket(connection, server_hostname=target.host)


def _asked(target: Target, wire: _Wire, most: int) -> Answer:
    host = f"[{target.host}]" if ":" in target.host else target.host
    named = host if target.port == DEFAULT_PORTS[target.scheme] else f"{host}:{target.port}"
    client = http.client.HTTPConnection(target.host, target.port)
    client.sock = wire
    client.request("GET", target.path, headers={
        "Host": named, "Accept": "image/*", "Accept-Encoding": "identity", "Connection": "close",
        "User-Agent": "copydesk",
    })  # fmt: skip
    response = client.getresponse()
    if response.status in REDIRECTS and (location := response.getheader("Location")):
        return Answer(location=urljoin(target.url, location))
    if response.status != 200:
        raise InputError("fetch.failed", f"{target.host} answers with {response.status} and no picture.")
    if response.getheader("Content-Encoding", "identity").lower() != "identity":
        raise InputError("fetch.failed", f"{target.host} packs its answer, which nobody asked for.")
    return Answer(_body(response, most, target))


def _body(response: http.client.HTTPResponse, most: int, target: Target) -> bytes:
    """The body, read no further than a byte beyond the limit."""
    if (response.length or 0) > most:
        raise _too_large(most)
    data = bytearray()
    while chunk := response.read(min(CHUNK, most + 1 - len(data))):
        data += chunk
        if len(data) > most:
            raise _too_large(most)
    if response.length:
        raise InputError("fetch.failed", f"{target.host} broke off in the middle.")
    return bytes(data)


def _too_large(most: int) -> InputError:
    return InputError("fetch.large", f"More than {most:,} bytes are at the address; limits.picture-bytes allows less.")
