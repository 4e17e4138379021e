"""The one place that asks the network for anything: pictures, and only where a caller allowed it.

An address comes from an article, which is untrusted. So its host is resolved once, every answer must be public, and the
connection goes to the answer that was checked, not to the name (which could by then mean another machine). Redirects
are new addresses and take the same road. No proxies, cookies or credentials are used, and bytes and time are bounded.
"""

from __future__ import annotations

from time import monotonic

from msgspec import Struct

from convert.errors import InputError
from convert.fetching.addresses import Target, target_of
from convert.fetching.http import Answer, ask
from convert.fetching.resolve import resolve

__all__ = ["Fetcher"]

REDIRECTS = 5
"""A picture that is further away is not worth the questions."""


class Fetcher(Struct, frozen=True):
    """Fetches what public web addresses name. `ports` are those that may be asked."""

    ports: tuple[int, ...] = (80, 443)

    def __call__(self, url: str, most: int, seconds: float) -> bytes:
        """The bytes behind an address, at most `most` of them, within `seconds` for all. Raises InputError."""
        deadline = monotonic() + seconds
        for _ in range(REDIRECTS + 1):
            answer = self._ask(target_of(url, self.ports), most, deadline)
            if not answer.location:
                return answer.data
            url = answer.location
        raise InputError("fetch.redirects", f"The address leads on and on (more than {REDIRECTS} redirects).")

    def _ask(self, target: Target, most: int, deadline: float) -> Answer:
        return ask(target, resolve(target, deadline), most, deadline)
