"""Drops what surrounds an article on its page: advertisements, share bars, archives, rows of signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from convert.cleaning.flat import Line, is_prose, line_of, lines_of, paragraph_of
from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Block, Document, Heading, Rule

__all__ = ["drop_boilerplate"]

LONGEST = 160
LONGEST_ENTRY = 40
"""An entry below "Categories" or "Archives" is a short line."""

_AD = (
    r"advertise?ments?|advertisement \d+|sponsored content|article content|anzeige|werbung|publicité|publicidad|реклама"
)
_HEAD = (
    r"\d+ shares?|view all results?|no results?|share|share (this|on|via) [\w ]{1,30}|tweet|pin|print|e-?mail|ads?|"
    r"skip to (main )?content|menu|search|home|sign in|log in|subscribe( now)?|accept( all)?( cookies)?|"
    r"listen( to this article)?|\d+ min(ute)?s? read|"
    r"(partager|teilen|compartir|condividi|delen|paylaş|поделиться)( (sur|auf|en|su|op|в) [\w ]{1,20})?"
)
_LIST = r"categories|archives?|tags?|related( (posts?|articles?|stories|news|topics))?|recent (posts?|comments?)|kategorien?|archiv|schlagwörter|catégories|categorías|archivos"  # noqa: E501
_TAIL = (
    r"tags?: .+|newsletters?|(read|see) (more|also|next)(: .+)?|more (from|on|stories)( [\w ]{1,40})?|"
    r"leave a (reply|comment)|comments?( \(\d+\))?|(no|\d+) comments?|(previous|next)( (post|article))|"
    r"follow us( on [\w ,]{1,40})?|(subscribe|sign up)( (now|today|here|to our newsletter|for our newsletter))?|"
    r"about us|contact( us)?|privacy policy|terms of (use|service)|cookie (policy|settings)|all rights reserved\.?|"
    r"(©|\(c\)|copyright)( ©| \(c\))? ?\d{4}.*|you (must|need to) be logged in to .*|your email address will not be .*|"
    r"powered by \w+|back to top|save my name, .*|loading\.*|mehr zum thema|lesen sie auch(: .+)?|articles liés"
)
_EDGE = r"[\s>|»:]*"  # no bullets and no quotation marks: those make it somebody's words


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile(f"{_EDGE}(?:{'|'.join(parts)}){_EDGE}", re.IGNORECASE)


_ANYWHERE = _pattern(_AD)
_AT_HEAD = _pattern(_AD, _HEAD)
_AT_TAIL = _pattern(_AD, _HEAD, _LIST, _TAIL)
_LABEL = _pattern(_LIST)
_SIGNS = re.compile(r"[^\w\s]+(?:\s+[^\w\s]+)*")
_ORNAMENT = re.compile(r"(?:[*#~_=–—•·-]\s*){3,12}|\*|⁂|❦")


class Place(Struct, frozen=True):
    """A part of the article, and what is furniture there."""

    pattern: re.Pattern[str]
    inside: bool = False
    tail: bool = False


def drop_boilerplate(document: Document, marks: Marks) -> Document:
    """Take out boilerplate before the first and after the last prose, advertisement marks and rows of signs anywhere.

    A short row of signs between paragraphs is a break in the subject and becomes a Rule. The last line
    before the first prose stays whatever it says, for it may be the title.
    """
    places = list(zip(document.blocks, block_starts(document), strict=False))
    lines = [_lines(block, at) for block, at in places]
    prose = [k for k, found in enumerate(lines) if any(is_prose(line.text) for line in found or ())]
    first, last = (prose[0], prose[-1]) if prose else (0, len(places) - 1)
    title = _title_place(lines[:first])
    blocks: list[Block] = []
    listed = False
    for number, (block, _) in enumerate(places):
        found = lines[number]
        if found is None or number == title:
            blocks.append(block)
            continue
        tail = number > last
        pattern = _AT_HEAD if number < first else _AT_TAIL if tail else _ANYWHERE
        kept, listed = _kept(found, Place(pattern, first < number < last, tail), listed, marks)
        blocks.extend([block] if kept and isinstance(block, Heading) else kept)
    return structs.replace(document, blocks=tuple(blocks))


def _lines(block: Block, at: int) -> list[Line] | None:
    """The lines of a paragraph, or of a heading that was made of a line."""
    if not isinstance(block, Heading):
        return lines_of(block, at)
    line = line_of(block, at)
    return [line] if line else None


def _title_place(head: Sequence[Sequence[Line] | None]) -> int:
    """The place of the paragraph above the first prose that stays even if all of them look like furniture."""
    if any(line.bare and not _AT_HEAD.fullmatch(line.bare) for found in head for line in found or ()):
        return -1
    return len(head) - 1


def _kept(lines: Sequence[Line], place: Place, listed: bool, marks: Marks) -> tuple[list[Block], bool]:
    """What remains of a paragraph's lines, and whether entries of a list of links may follow."""
    if place.inside and len(lines) == 1 and _ORNAMENT.fullmatch(lines[0].bare):
        changed = marks.respace(lines[0].at, lines[0].bare, "", "A row of signs that marks a break in the subject.")
        return [Rule()] if changed else [paragraph_of(lines)], False
    if place.inside and len(lines) > 1 and any(_SIGNS.fullmatch(line.bare) for line in lines):
        return [paragraph_of(lines)], False  # signs between lines that touch rule off a table
    kept = []
    for line in lines:
        if not line.bare:
            continue
        reason = _reason(line, place, listed)
        if reason and marks.remove(line.at, line.end, line.bare, reason):
            listed = place.tail and (listed or bool(_LABEL.fullmatch(line.bare)))
            continue
        listed = False
        kept.append(line)
    return [paragraph_of(kept)] if kept else [], listed


def _reason(line: Line, place: Place, listed: bool) -> str:
    """Why a line is no part of the article; empty if it may be one."""
    text = line.bare
    if _SIGNS.fullmatch(text) and len(text) > 2:
        return "A row of signs."
    if len(text) <= LONGEST and place.pattern.fullmatch(text):
        return "Furniture of the web page, not of the article."
    if listed and len(text) <= LONGEST_ENTRY and text[-1] not in '.!?…”"»':
        return "An entry of a list of links below the article."
    return ""
