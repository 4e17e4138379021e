"""From bytes to text: the encoding of an article, found and said."""

from __future__ import annotations

import codecs
import re

from convert.errors import InputError
from convert.report import Report
from convert.world import Source

__all__ = ["decode"]

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32 before UTF-16, whose mark begins the same."""

BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
)
"""How files that hold no text begin: PDF, ZIP (Word, EPUB), pictures, old Office files, archives, programs."""

_C1 = re.compile("[\x80-\x9f]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")


def decode(source: Source, report: Report) -> str:
    """The text of a source, its lines ended by \\n, without a byte order mark.

    Raises InputError for bytes that are empty or no text. An encoding other than UTF-8 is a doubt.
    """
    data = source.data
    if not data.strip():
        raise InputError("input.empty", "The article is empty.", source.where)
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is None:
                raise _binary(source)
            return _finished(text, source, report)
    if data.startswith(BINARY) or b"\0" in data[:65536]:
        raise _binary(source)
    text = _strict(data, "utf-8")
    if text is None:
        text = _guess(source, report)
    return _finished(text, source, report)


def _finished(text: str, source: Source, report: Report) -> str:
    """Text with plain line ends, the controls 80 to 9F read as Windows-1252, for which they were meant."""
    text = _LINE_ENDS.sub("\n", text)
    plain = _C1.sub(_windows_1252, text)
    if not plain.strip():
        raise InputError("input.empty", "The article is empty.", source.where)
    if plain == text:
        return text
    report.add(
        "text.windows-1252", "doubt",
        "Some signs had been lost in a conversion and were read as Windows-1252. Check dashes and quotation marks.",
        source.where,
    )  # fmt: skip
    return plain


def _windows_1252(control: re.Match[str]) -> str:
    """The sign that Windows-1252 has in the place of a control; five places have none, and mojibake needs them."""
    char = bytes([ord(control[0])]).decode("cp1252", errors="ignore")
    return char or control[0]


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guess(source: Source, report: Report) -> str:
    """The text in the likeliest encoding of bytes that are not UTF-8."""
    data = source.data
    damaged = data.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") <= max(1, len(data) // 2000):
        report.add(
            "text.damaged", "loss",
            f"The text is UTF-8 but for {damaged.count(chr(0xFFFD))} damaged places, shown as \ufffd.", source.where,
        )  # fmt: skip
        return damaged
    from charset_normalizer import from_bytes  # 40 ms: only for bytes that are not UTF-8

    best = from_bytes(data[:500_000]).best()
    encoding = best.encoding if best else None
    text = _strict(data, encoding) if encoding else None
    if text is None or _looks_binary(text):
        raise _binary(source)
    report.add(
        "text.encoding", "doubt",
        f"The text is not UTF-8; it was read as {encoding}. Check the accented letters.", source.where,
    )  # fmt: skip
    return text


def _looks_binary(text: str) -> bool:
    """Whether control characters are too many for prose."""
    head = text[:65536]
    controls = sum(ch < " " and ch not in "\n\r\t\x0c" for ch in head)
    return controls > len(head) // 100


def _binary(source: Source) -> InputError:
    return InputError(
        "input.binary",
        "This file holds no text that can be read. Save the article as text or Markdown first.",
        source.where,
    )
