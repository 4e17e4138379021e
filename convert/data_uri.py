"""Pictures that stand in an article as data: addresses (RFC 2397)."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

__all__ = ["decode_data_uri"]

_HEAD = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+-]+=[^;,]*)*)(;base64)?,", re.IGNORECASE)


def decode_data_uri(address: str) -> tuple[str, bytes] | None:
    """The media type and the bytes of a data: address, None if it is malformed or holds nothing."""
    head = _HEAD.match(address)
    if head is None:
        return None
    body = unquote_to_bytes(address[head.end() :])
    if head[3]:
        try:
            body = base64.b64decode(b"".join(body.split()), validate=True)
        except (binascii.Error, ValueError):
            return None
    return ((head[1] or "text/plain").lower(), body) if body else None
