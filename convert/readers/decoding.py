"""From bytes to text: the encoding of an article, found and said."""

from __future__ import annotations

import codecs
import re

from convert.errors import InputError
from convert.report import Report, Severity
from convert.world import Source

__all__ = ["decode", "is_markup"]

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

_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|head|body|nitf|rss|feed)\b", re.IGNORECASE)
TURKISH = ("cp1254", "iso8859_9")
"""The Latin alphabet that charset-normalizer does tell from the Western one."""

CENTRAL = (("ø", "ìýùšž"), ("ìùèæð", "šž"), ("õ", "û"))
"""Letters that Windows-1252 shows together only where Czech, Croatian or Hungarian in Windows-1250 is meant."""

_POLISH = re.compile("[^\\W\\d_][³¹¿][^\\W\\d_]")
"""The same for Polish: signs inside a word."""

_C1 = re.compile("[\x80-\x9f]")
_C1_BYTES = re.compile(b"\xc2[\x80-\x9f]")
_LINE_ENDS = ("\r", "\x0b", "\x0c", "\u2028", "\u2029")


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
            if encoding != "utf-8":
                _say(encoding, "info", source, report)
            return _finished(text, source, report)
    if data.startswith(BINARY):
        raise _binary(source)
    if b"\0" in data[:65536]:
        return _finished(_unmarked(source, report), source, report)
    text = _strict(data, "utf-8")
    if text is None:
        text = _guess(source, report)
    return _finished(text, source, report)


def is_markup(head: bytes) -> bool:
    """Whether a file begins as HTML or XML, which is neither plain text nor Markdown."""
    return _MARKUP.match(head) is not None


def _finished(text: str, source: Source, report: Report) -> str:
    """Text with plain line ends, the controls 80 to 9F read as Windows-1252, for which they were meant."""
    text = text.replace("\r\n", "\n")
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    plain = _C1.sub(_windows_1252, text) if _has_c1(text) else text
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


def _has_c1(text: str) -> bool:
    """Whether a text holds one of the controls; bytes are searched many times as fast as characters."""
    return not text.isascii() and _C1_BYTES.search(text.encode("utf-8", "surrogatepass")) is not None


def _windows_1252(control: re.Match[str]) -> str:
    """The sign that Windows-1252 has in the place of a control; five places have none, and mojibake needs them."""
    char = bytes([ord(control[0])]).decode("cp1252", errors="ignore")
    return char or control[0]


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked(source: Source, report: Report) -> str:
    """The text of UTF-16 without a mark: in Western scripts every other byte is 0. Raises InputError for all else."""
    head = source.data[:65536]
    zeros = [head[offset::2].count(0) / max(1, len(head) // 2) for offset in (0, 1)]
    encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    text = _strict(source.data, encoding) if max(zeros) > 0.4 and min(zeros) < 0.01 else None
    if text is None or _looks_binary(text):
        raise _binary(source)
    _say(encoding, "doubt", source, report)
    return text


def _say(encoding: str, severity: Severity, source: Source, report: Report) -> None:
    """Record an encoding other than UTF-8: a doubt if it is a guess."""
    check = " Check the accented letters." if severity == "doubt" else ""
    report.add(
        "text.encoding", severity, f"The text is not UTF-8; it was read as {encoding}.{check}", source.where
    )  # fmt: skip


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
    encoding = _likeliest(data)
    text = _strict(data, encoding) if encoding else None
    if text is None or _looks_binary(text):
        raise _binary(source)
    _say(str(encoding), "doubt", source, report)
    return text


def _likeliest(data: bytes) -> str | None:
    """The encoding that reads best, and where accents are few a Latin one.

    There charset-normalizer answers by the alphabet: cp1250 for French, Spanish and English, big5 for a
    sentence of Danish (measured).
    """
    from charset_normalizer import from_bytes  # 40 ms: only for bytes that are not UTF-8

    head = data[:500_000]
    best = from_bytes(head).best()
    encoding = best.encoding if best else None
    accented = len(head.translate(None, bytes(range(128)))) / len(head)
    western = _strict(data, "cp1252") if accented < 0.3 and encoding not in (None, *TURKISH) else None
    if western is None:
        return encoding
    return _sister(western)


def _sister(western: str) -> str:
    """The code page that text read as Windows-1252 is really in, by letters that would be strange there."""
    used = set(western)
    if any(used.intersection(one) and used.intersection(other) for one, other in CENTRAL) or _POLISH.search(western):
        return "cp1250"
    if used.intersection("ðþýÐÞÝ") and not used.intersection("áíóúæ"):
        return "cp1254"  # ğşı of Turkish; Icelandic, which does have ðþý, has the others too
    return "cp1252"


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
