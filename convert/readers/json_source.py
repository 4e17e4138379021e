"""JSON from newsroom systems: decoded within bounds, with the articles of one file told apart."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, BinaryIO

import msgspec

from convert.errors import InputError, LimitError
from convert.readers.decoding import decode
from convert.report import Report
from convert.world import Source

__all__ = ["LARGEST", "Json", "bounded_bytes", "head_of", "listed", "load", "mapping_of"]

Json = Mapping[str, Any]

LARGEST = 100_000_000
"""Bytes of a file of JSON: it is held in memory whole, and as objects takes some five times as much."""

MOST_MEMORY = 500_000_000
"""Bytes that the values of a file may take as objects."""

_COSTS = ((b"{", 250), (b"[", 90), (b",", 60))
"""What a value takes, by the sign that begins it or parts it from the next (small objects are the dearest)."""

_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OPENING = re.compile(r"\s*[{\[]")


def load(source: Source, report: Report, kind: Any = Any) -> Any:
    """The value of a source's JSON, checked against a type. Raises InputError."""
    data = _utf8(source, report)
    if sum(data.count(sign) * cost for sign, cost in _COSTS) > MOST_MEMORY:
        raise LimitError("json.values", "The JSON holds too many values. Export it in parts.", source.where)
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise _invalid(error, source.where) from error


def bounded_bytes(file: BinaryIO, whole: Source, report: Report) -> bytes:
    """A file of JSON as UTF-8. Raises LimitError for one that is too large."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise LimitError("json.size", f"The file has more than {LARGEST:,} bytes. Export it in parts.", whole.where)
    return _utf8(msgspec.structs.replace(whole, data=data), report)


def head_of(head: bytes) -> str:
    """The first kilobytes of a file as text if they begin as JSON does, else nothing."""
    text = _text(head, "replace").lstrip("\ufeff")
    return text if _OPENING.match(text) else ""


def mapping_of(value: object) -> Json:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Json]:
    """The objects of a list, or an object alone as a list."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _utf8(source: Source, report: Report) -> bytes:
    data = source.data
    if not data.strip():
        raise InputError("input.empty", "The article is empty.", source.where)
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        try:
            return _text(data, "strict").lstrip("\ufeff").encode()
        except UnicodeError as error:
            raise _invalid(error, source.where) from error
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(source, report).encode()
    return data


def _text(data: bytes, errors: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors)
    return data.decode(json.detect_encoding(data), errors)


def _invalid(error: Exception, where: str) -> InputError:
    what = "it nests too deeply" if isinstance(error, RecursionError) else str(error)[:200].rstrip(".")
    return InputError("json.invalid", f"The JSON cannot be read: {what}. Export or download it again.", where)
