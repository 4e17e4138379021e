"""Trees as JSON: both ways without loss, in a versioned format with a published schema.

{"copydesk": 1, "document": {"metadata": {...}, "blocks": [{"type": "Paragraph", ...}], ...}}
"""

from __future__ import annotations

from typing import Any

import msgspec

from convert.errors import InputError
from convert.tree.nodes import Document
from convert.tree.walk import MAX_DEPTH

__all__ = ["FORMAT_VERSION", "decode", "encode", "schema"]

FORMAT_VERSION = 1
"""Raised when an older program could misread what a newer one wrote."""


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a JSON file holds."""

    copydesk: int
    document: Document


_decoder = msgspec.json.Decoder(Envelope)


def encode(document: Document) -> bytes:
    """The document as JSON in UTF-8, two spaces an indent, a line break at the end."""
    data = msgspec.json.encode(Envelope(FORMAT_VERSION, document))
    return msgspec.json.format(data, indent=2) + b"\n"


def decode(data: bytes) -> Document:
    """The document in JSON that `encode` wrote. Raises InputError that names the place of a fault."""
    if _nesting(data) > 4 * MAX_DEPTH:  # an object and an array a node, and both again for a list's items
        raise InputError("json.depth", f"The JSON nests more deeply than {MAX_DEPTH} levels of blocks.")
    try:
        envelope = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError("json.invalid", f"This is not a copydesk document in JSON: {error}.") from error
    if envelope.copydesk != FORMAT_VERSION:
        raise InputError(
            "json.version",
            f"This document is of format {envelope.copydesk}, and this copydesk reads format {FORMAT_VERSION}. "
            "Use the version of copydesk that wrote it, or a newer one.",
        )
    return envelope.document


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `encode` writes."""
    made = msgspec.json.schema(Envelope)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "copydesk document", **made}


def _nesting(data: bytes) -> int:
    """How deeply brackets nest, strings left out."""
    level = deepest = 0
    in_string = escaped = False
    for byte in data:
        if in_string:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_string = False
        elif byte == 0x22:
            in_string = True
        elif byte in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif byte in b"]}":
            level -= 1
    return deepest
