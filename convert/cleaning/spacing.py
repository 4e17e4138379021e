"""Spaces: those lost after a full stop or a comma, and those too many."""

from __future__ import annotations

import re

from convert.cleaning.flat import SPACELESS
from convert.cleaning.ledger import Marks
from convert.cleaning.texts import rewrite_texts, substitute
from convert.tree import Document, Heading, Paragraph, build
from convert.tree.text import document_text
from convert.tree.walk import rewrite

__all__ = ["restore_spaces", "tidy_spaces"]

# A sentence's end that touches the next sentence: two letters or a digit, the stop, an optional
# closing quote, a capital and another letter. One letter before a stop is an initial or "U.S.".
_AFTER_STOP = re.compile(
    r"""(?<=[^\W_][^\W_])            # a word or number of two characters
        ([.!?…]["”’»)]?|["”’»)][.!?])  # the end of the sentence, quoted or not
        (?=["“„‘«(]?[^\W\d_][^\W_])    # the next one begins
    """,
    re.VERBOSE,
)
# A time or a country's initials before the next word; a word of one letter, or an initial, after a sentence.
_AFTER_INITIALS = re.compile(r"(?:\b[ap]\.m|\b[UE]\.[SKNU])(\.)(?=[^\W\d_][^\W\d_]{2})")
_BEFORE_LETTER = re.compile(r"(?<=[^\W\d_]{3})([.!?])(?=[AEIKOSUVWYZАВИКОСУЯ]$|[^\W\d_]\.$)")
# A comma or semicolon between two words, or between a number and a word.
_AFTER_COMMA = re.compile(r"(?:(?<=[^\W_])[\"”’»).]?|^[”’»)])[,;][”’»]?(?=[“„]?[^\W\d_])|(?<=[^\W\d_])[,;](?=\d)")
_DANDA = re.compile(r"(?<=[^\W_])(।)(?=[^\W_])")

# What stands between spaces and is no prose: addresses, paths, code.
_NOT_PROSE = re.compile(r"://|^www\.|@|[\\{}<>=_|]|\w\(|^/|\.\w{2,4}/")
_WORD_BEFORE = re.compile(r"[^\W_]+$")
_WORD_AFTER = re.compile(r"[\"“„‘«(]?([^\W_]+)")

ENDINGS = frozenset(["com", "org", "net", "edu", "gov", "info", "pdf", "docx", "xls", "xlsx", "jpg", "png", "zip"])
"""Ends of addresses and file names, however they are written: "Booking.Com", "Report.PDF"."""

_TOKEN = re.compile(r"\S+")
_MAY_LACK = re.compile(r"[.!?…,;।][\"”’»)]*[.!?]?[\"“„‘«(]?[^\W_]")
"""What a text holds that lacks a space: a sign that ends something, and a letter right behind."""
_SPACELESS = re.compile(f"[{SPACELESS}]")


def restore_spaces(document: Document, marks: Marks) -> Document:
    """Put back the space that scraping lost between sentences ("talks.This") and after commas ("powers,diplomats")."""

    def mend(value: str, at: int) -> str:
        if not _MAY_LACK.search(value):
            return value
        return substitute(value, at, _TOKEN, _spaced, "A space was lost here.", marks)

    return rewrite_texts(document, mend)


def _spaced(token: re.Match[str]) -> str:
    """A run of characters without spaces, with those that it lost."""
    text = token[0]
    if len(text) < 4 or text.isalnum() or _NOT_PROSE.search(text):
        return text
    text = _AFTER_STOP.sub(_spaced_stop, text)
    text = _AFTER_INITIALS.sub(_spaced_initials, text)
    text = _BEFORE_LETTER.sub(_spaced_letter, text)
    text = _AFTER_COMMA.sub(_spaced_comma, text)
    return _DANDA.sub(r"\1 ", text)


def _spaced_stop(match: re.Match[str]) -> str:
    before = _WORD_BEFORE.search(match.string, 0, match.start())
    after = _WORD_AFTER.match(match.string, match.end())
    if not before or not after:
        return match[0]
    left, right = before[0], after[1]
    begins = right[0].isupper() or (right[0].isalpha() and not right[0].islower())  # or a script without case
    if not begins or right.lower() in ENDINGS or _SPACELESS.match(right):
        return match[0]
    if left.isupper() and right.isupper() and not left.isdigit():
        return match[0]  # ASP.NET, an abbreviation's middle
    return f"{match[0]} "


def _spaced_initials(match: re.Match[str]) -> str:
    follows = match.string[match.end() : match.end() + 2]
    return f"{match[0]} " if follows[0].isupper() and follows[1].islower() else match[0]


def _spaced_letter(match: re.Match[str]) -> str:
    before = _WORD_BEFORE.search(match.string, 0, match.start())
    sure = bool(before) and before[0].islower() and match.string[match.end()].isupper()  # type: ignore[index]
    return f"{match[0]} " if sure else match[0]


def _spaced_comma(match: re.Match[str]) -> str:
    before = _WORD_BEFORE.search(match.string, 0, match.start())
    after = _WORD_AFTER.match(match.string, match.end())
    if not after or (before and len(before[0]) == 1 and len(after[1]) == 1):
        return match[0]  # "x,y" is no prose
    if match.string[match.end()] == "“" and not after[1][0].isupper():
        return match[0]  # it closes, as in German
    return match[0] if _SPACELESS.match(after[1]) else f"{match[0]} "


_RUN = re.compile(r"(?<=\S)[^\S\n\u2003]{2,}(?=\S)|(?<=\S)[\t\x0c](?=\S)")


def tidy_spaces(document: Document, marks: Marks) -> Document:
    """Make runs of spaces one, and take the spaces off the ends of paragraphs."""

    def mend(value: str, at: int) -> str:
        if "  " not in value and value.isprintable():
            return value
        return substitute(value, at, _RUN, lambda _: " ", "Doubled spaces.", marks)

    def strip(node: object) -> object:
        if not isinstance(node, Paragraph | Heading):
            return node
        content = build.strip(node.content)
        if content == node.content:
            return node
        if isinstance(node, Heading):
            return Heading(node.level, content, attrs=node.attrs) if content else None
        return Paragraph(content, node.role, attrs=node.attrs) if content else None

    said = document_text(document).replace("\n", " ")
    if "  " in said or not said.isprintable():
        document = rewrite_texts(document, mend)
    return rewrite(document, strip)
