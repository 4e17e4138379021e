"""Mends characters: text that was decoded wrongly, and what cannot be seen."""

from __future__ import annotations

import re

from convert.cleaning.ledger import Marks
from convert.cleaning.texts import rewrite_texts, substitute
from convert.tree import Document
from convert.tree.text import document_text

__all__ = ["drop_invisible", "mend_mojibake"]


def _windows_1252() -> dict[int, str]:
    """The characters of bytes 80 to FF in Windows-1252; the five bytes without one stand for themselves."""
    table = {}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode("cp1252", errors="replace")
        table[byte] = chr(byte) if char == "\ufffd" else char
    return table


_CHAR_OF = _windows_1252()
_BYTE_OF = {char: byte for byte, char in _CHAR_OF.items()} | {chr(byte): byte for byte in range(0x80, 0x100)}
_TAIL = "".join(re.escape(char) for char, byte in _BYTE_OF.items() if byte < 0xC0)

# Two to four bytes of one UTF-8 character, each byte read as a character of Windows-1252 or Latin-1.
_MOJIBAKE = re.compile(f"[\u00c2-\u00df][{_TAIL}]|[\u00e0-\u00ef][{_TAIL}]{{2}}|[\u00f0-\u00f4][{_TAIL}]{{3}}")
# A single find is trusted only in these forms: punctuation (E2 80 …), or a Latin-1 character after C2 or C3.
_SURE = re.compile(f"\u00e2[\u0080\u20ac][{_TAIL}]|[\u00c2\u00c3][\u00a0-\u00bf]")

# Controls; zero-width space, word joiner, byte order mark, soft hyphen. Joiners (200C, 200D) and bidi marks mean
# something and stay.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\u00ad]")


def mend_mojibake(document: Document, marks: Marks) -> Document:
    """Undo UTF-8 that was read as Windows-1252: "â€™" is an apostrophe."""
    text = document_text(document)
    if text.isascii() or not _MOJIBAKE.search(text):
        return document
    if not _SURE.search(text) and len(_MOJIBAKE.findall(text)) < 3:
        return document

    def mend(value: str, at: int) -> str:
        return substitute(value, at, _MOJIBAKE, _decoded, "UTF-8 that had been read as Windows-1252.", marks)

    return rewrite_texts(document, _MOJIBAKE.search, mend)


def _decoded(match: re.Match[str]) -> str:
    """The character whose bytes the match shows, or the match itself where it shows none."""
    try:
        return bytes(_BYTE_OF[char] for char in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def drop_invisible(document: Document, marks: Marks) -> Document:
    """Take out characters that cannot be seen."""
    if not _INVISIBLE.search(document_text(document)):
        return document

    def mend(value: str, at: int) -> str:
        return substitute(value, at, _INVISIBLE, lambda _: "", "A character that cannot be seen.", marks)

    return rewrite_texts(document, _INVISIBLE.search, mend)
