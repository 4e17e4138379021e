"""Names to addresses: looked up once, in bounded time, every answer checked."""

from __future__ import annotations

import socket
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from convert.errors import InputError
from convert.fetching.addresses import Target, checked

__all__ = ["resolve"]

MOST = 4
"""Addresses of a name that are tried."""


def resolve(target: Target, deadline: float) -> list[str]:
    """The addresses of a target's host, all of them public. Raises InputError."""
    found = _look_up(target.host, target.port, deadline)
    return [str(checked(address)) for address in dict.fromkeys(found)][:MOST]  # one bad answer spoils all


def _look_up(host: str, port: int, deadline: float) -> list[str]:
    """What the system's resolver says. It knows no time limit of its own, so it is left behind when time is up."""
    answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def look() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(info[4][0]) for info in infos])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=look, daemon=True).start()
    try:
        found = answers.get(timeout=max(0.001, deadline - monotonic()))
    except Empty:
        raise InputError("fetch.slow", f"The name {host} was not found in time.") from None
    if isinstance(found, Exception) or not found:
        raise InputError("fetch.failed", f"There is no machine called {host}.")
    return found
