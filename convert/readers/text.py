"""Scraped plain text: a run of paragraphs whose structure cleaning has to find."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from convert.readers.base import Reading
from convert.readers.decoding import decode, is_markup
from convert.report import Report, Result
from convert.tree import Break, Document, Inline, Paragraph, Text
from convert.world import Source

__all__ = ["Reader"]

_BLANK = re.compile(r"\n[^\S\n]*\n(?:[^\S\n]*\n)*")


class Reader:
    """Plain text. A blank line ends a paragraph; lines that touch stay together, a `Break` between."""

    name = "text"
    suffixes = (".txt", ".text")
    media_types = ("text/plain",)

    def sniff(self, head: bytes) -> int:
        """Any text may be plain text, and nothing is surely so; markup is none."""
        return 0 if b"\0" in head or is_markup(head) else 1

    def read(self, source: Source) -> Result[Reading]:
        """The paragraphs as they stand, in Unicode's composed form (NFC)."""
        report = Report()
        text = unicodedata.normalize("NFC", decode(source, report))
        blocks = tuple(Paragraph(tuple(_lines(chunk))) for chunk in _BLANK.split(text.strip("\n")) if chunk.strip())
        document = Document(blocks=blocks)
        return Result(Reading(document, text, flat=True), report)


def _lines(chunk: str) -> Iterator[Inline]:
    """The lines of a paragraph. Spaces before them stay: they tell how lists nest."""
    for number, line in enumerate(chunk.strip("\n").split("\n")):
        if number:
            yield Break()
        if line:
            yield Text(line.rstrip())
