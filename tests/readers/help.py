"""What goldens of readers show."""

from __future__ import annotations

import msgspec

from convert.readers.base import Reading
from convert.report import Result
from convert.tree import Metadata


def shown(result: Result[Reading]) -> str:
    """Messages, metadata, blocks, notes and pictures, one a line."""
    document = result.value.document
    lines = [f"{message.severity} {message.code}" for message in result.report.messages]
    if document.metadata != Metadata():
        lines.append(f"metadata {msgspec.json.encode(document.metadata).decode()}")
    lines += [msgspec.json.encode(block).decode() for block in document.blocks]
    lines += [f"note {msgspec.json.encode(note).decode()}" for note in document.notes]
    for key, asset in document.assets.items():
        size = f" ({len(result.value.files[key])} bytes)" if key in result.value.files else ""
        lines.append(f"asset {key} {asset.source}{size}")
    return "\n".join(lines)
