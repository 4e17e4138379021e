"""Drops what surrounds an article on its page: advertisements, share bars, archives, rows of signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from convert.cleaning.flat import Line, is_prose, lines_of, paragraph_of
from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Block, Document, Rule

__all__ = ["drop_boilerplate"]

_AD = (
    r"advertise?ments?|advertisement \d+|ads?|sponsored( content)?|article content|"
    r"anzeige|werbung|publicité|publicidad|реклама"
)
_HEAD = (
    r"\d+ (shares?|comments?)|view all results?|no results?|share( (this|on|via) .{1,30})?|tweet|pin|print|e-?mail|"
    r"skip to (main )?content|menu|search|home|sign in|log in|subscribe( now)?|accept( all)?( cookies)?|"
    r"(listen|listen to this article)|\d+ min(ute)? read|"
    r"(partager|teilen|compartir|condividi|delen|paylaş|поделиться)( (sur|auf|en|su|op|в))?.{0,30}"
)
_TAIL = (
    r"categories|archives?|tags?:?.{0,80}|newsletters?|related( (posts?|articles?|stories|news|topics))?:?|"
    r"(read|see) (more|also|next):?.{0,80}|more (from|on|stories).{0,60}|recent (posts?|comments?)|"
    r"leave a (reply|comment)|comments?( \(\d+\))?|(no|\d+) comments?|(previous|next)( (post|article))?|"
    r"share (this|on|via).{0,40}|follow us.{0,40}|subscribe.{0,60}|sign up.{0,60}|about us|contact( us)?|"
    r"privacy policy|terms of (use|service)|cookie (policy|settings)|all rights reserved\.?|"
    r"(©|\(c\)|copyright).{0,80}|you (must|need to) be logged in.{0,80}|your email address will not.{0,80}|"
    r"powered by .{1,30}|back to top|save my name.{0,120}|loading\.*|(first|last)? ?published.{0,20}|"
    r"kategorien?|archiv|schlagwörter|mehr zum thema|lesen sie auch.{0,80}|catégories|articles liés|categorías|archivos"
)
_ANYWHERE = re.compile(rf"\W*(?:{_AD})\W*", re.IGNORECASE)
_AT_HEAD = re.compile(rf"\W*(?:{_AD}|{_HEAD})\W*", re.IGNORECASE)
_AT_TAIL = re.compile(rf"\W*(?:{_AD}|{_HEAD}|{_TAIL})\W*", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s]+(?:\s+[^\w\s]+)*")
_ORNAMENT = re.compile(r"(?:[*#~_=–—•·-]\s*){3,12}|\*|⁂|❦")


def drop_boilerplate(document: Document, marks: Marks) -> Document:
    """Take out boilerplate before the first and after the last prose, advertisement marks and rows of signs anywhere.

    A short row of signs between paragraphs is a break in the subject and becomes a Rule.
    """
    places = list(zip(document.blocks, block_starts(document), strict=False))
    prose = [
        k for k, (block, at) in enumerate(places) if any(is_prose(line.text) for line in lines_of(block, at) or ())
    ]
    first, last = (prose[0], prose[-1]) if prose else (0, len(places) - 1)
    blocks: list[Block] = []
    for number, (block, at) in enumerate(places):
        lines = lines_of(block, at)
        if lines is None:
            blocks.append(block)
            continue
        pattern = _AT_HEAD if number < first else _AT_TAIL if number > last else _ANYWHERE
        inside = first < number < last
        blocks.extend(_kept(lines, pattern, inside, marks))
    return Document(document.metadata, tuple(blocks), document.notes, document.assets)


def _kept(lines: Sequence[Line], pattern: re.Pattern[str], inside: bool, marks: Marks) -> list[Block]:
    """What remains of a paragraph's lines."""
    if inside and len(lines) == 1 and _ORNAMENT.fullmatch(lines[0].bare):
        changed = marks.respace(lines[0].at, lines[0].bare, "", "A row of signs that marks a break in the subject.")
        return [Rule()] if changed else [paragraph_of(lines)]
    if inside and len(lines) > 1 and any(_SIGNS.fullmatch(line.bare) for line in lines):
        return [paragraph_of(lines)]  # signs between lines that touch rule off a table
    kept = [line for line in lines if not line.bare or not _dropped(line, pattern, marks)]
    return [paragraph_of(kept)] if any(line.bare for line in kept) else []


def _dropped(line: Line, pattern: re.Pattern[str], marks: Marks) -> bool:
    """Whether a line is boilerplate, and may go."""
    if _SIGNS.fullmatch(line.bare) and len(line.bare) > 2:
        return marks.remove(line.at, line.end, line.bare, "A row of signs.")
    if len(line.bare) <= 160 and pattern.fullmatch(line.bare):
        return marks.remove(line.at, line.end, line.bare, "Furniture of the web page, not of the article.")
    return False
