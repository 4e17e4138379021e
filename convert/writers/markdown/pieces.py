"""A line of Markdown in pieces, and how pieces become text.

Whether a mark of emphasis is read as one depends on the characters on both sides of it (CommonMark,
section 6.2), and so does what must be escaped in words. So inline content is first laid out flat;
then each pair of marks gets its sign, or an HTML element where no sign would be read; then words
are escaped with their neighbours in view.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from convert.writers.markdown import escape

__all__ = ["BREAK", "Break", "Mark", "Piece", "Raw", "Words", "render"]


class Words(Struct):
    """Words that must be read as words. In a link's text, every bracket is escaped."""

    text: str
    in_link: bool = False


class Raw(Struct):
    """Markup that stands as it is; `otherwise` where it would run into the same sign before it."""

    text: str
    otherwise: str = ""


class Break(Struct):
    """A line break; `mark` is what stands for it where a line cannot end."""

    mark: str = "<br>"


class Mark(Struct):
    """The opening or closing mark of an element: `signs` are its forms by preference, `tag` the HTML one."""

    signs: tuple[str, ...]
    tag: str
    partner: Mark | None = None
    opens: bool = True
    text: str = ""

    @property
    def sign(self) -> str:
        """The character that it is made of; empty for HTML and while undecided."""
        return "" if self.text.startswith("<") else self.text[:1]


Piece: TypeAlias = Words | Raw | Break | Mark

BREAK = Break()


def render(pieces: Sequence[Piece], *, lines: bool = True) -> str:
    """The text of pieces. `lines`: a break ends a line, as in a paragraph; else it is a <br>."""
    pieces = _trimmed(pieces)
    _choose_signs(pieces)
    texts: list[str] = []
    for number, piece in enumerate(pieces):
        match piece:
            case Words():
                before = texts[-1][-1:] if texts else ""
                texts.append(escape.in_line(piece.text, before, _first(pieces, number + 1), in_link=piece.in_link))
            case Raw(otherwise=otherwise) if otherwise and texts and texts[-1][-1:] == piece.text[0]:
                texts.append(otherwise)
            case Break():
                texts.append(_break(piece, pieces, number) if lines else piece.mark)
            case _:
                texts.append(piece.text)
    text = "".join(texts)
    return "\n".join(escape.line(line) for line in text.split("\n")) if lines else text


def _trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without breaks and spaces at the two ends: no reader keeps them."""
    kept = list(pieces)
    for end in (0, -1):
        while kept and isinstance(piece := kept[end], Words | Break):
            if isinstance(piece, Words) and (text := piece.text.lstrip() if end == 0 else piece.text.rstrip()):
                kept[end] = Words(text, piece.in_link)
                break
            del kept[end]
    return kept


def _break(piece: Break, pieces: Sequence[Piece], number: int) -> str:
    """A backslash, or the HTML mark where another break or nothing follows: an empty line would end the paragraph."""
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    before = pieces[number - 1] if number else None
    alone = following is None or before is None or isinstance(following, Break) or isinstance(before, Break)
    return piece.mark if alone else "\\\n"


def _first(pieces: Sequence[Piece], number: int) -> str:
    """The first character of the piece at a place; empty at the end of the line."""
    if number >= len(pieces):
        return ""
    piece = pieces[number]
    return "\\" if isinstance(piece, Break) else piece.text[:1]


def _choose_signs(pieces: Sequence[Piece]) -> None:
    """Give every mark its text: the first of its signs that would be read as such, else an element."""
    places = {id(piece): number for number, piece in enumerate(pieces) if isinstance(piece, Mark)}
    around: list[Mark] = []
    for number, piece in enumerate(pieces):
        if not isinstance(piece, Mark):
            continue
        if not piece.opens:
            around.pop()
            continue
        closing = piece.partner or piece
        end = places[id(closing)]
        sides = _Sides(_before(pieces, number), _after(pieces, number), _before(pieces, end), _after(pieces, end))
        touching = _touching(pieces, number) | _touching(pieces, end)
        chosen = next((s for s in piece.signs if s[0] not in touching and _is_read(s, sides, around)), "")
        piece.text = chosen or f"<{piece.tag}>"
        closing.text = chosen or f"</{piece.tag.split(' ', 1)[0]}>"
        around.append(piece)


class _Sides(Struct):
    """The characters before and after the opening mark, and before and after the closing one."""

    outside_start: str
    inside_start: str
    inside_end: str
    outside_end: str


def _is_read(sign: str, sides: _Sides, around: Sequence[Mark]) -> bool:
    """Whether a sign around these characters is read as emphasis, whatever stands further off.

    Marks that can only open and only close nest like brackets. Others may not stand within the same sign.
    """
    opens, closes_first = _flanking(sides.outside_start, sides.inside_start)
    opens_last, closes = _flanking(sides.inside_end, sides.outside_end)
    if not opens or not closes:
        return False
    alone = not any(sign[0] == outer.sign for outer in around)
    if sign[0] == "~":
        return alone
    if not closes_first and not opens_last:
        return True
    if sign[0] == "_" and not _both_sign(sides, closes_first=closes_first, opens_last=opens_last):
        return False
    return alone


def _both_sign(sides: _Sides, *, closes_first: bool, opens_last: bool) -> bool:
    """The further rule for underscores: beside a sign they may flank both ways."""
    start, end = _kind(sides.outside_start), _kind(sides.outside_end)
    return (not closes_first or start == ".") and (not opens_last or end == ".")


def _flanking(before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of marks between two characters is left-flanking, and right-flanking."""
    left, right = _kind(before), _kind(after)
    return right != " " and (right == "a" or left in " ."), left != " " and (left == "a" or right in " .")


def _kind(char: str) -> str:
    """A space or line end, "." for a sign, or "a" for any other character."""
    if not char or char.isspace():
        return " "
    return "." if unicodedata.category(char)[0] in "PS" else "a"


def _before(pieces: Sequence[Piece], number: int) -> str:
    """The character before a place; any mark counts as a sign."""
    if number == 0:
        return ""
    piece = pieces[number - 1]
    return "*" if isinstance(piece, Mark) else " " if isinstance(piece, Break) else piece.text[-1:] or " "


def _after(pieces: Sequence[Piece], number: int) -> str:
    if number + 1 >= len(pieces):
        return ""
    piece = pieces[number + 1]
    return "*" if isinstance(piece, Mark) else "\\" if isinstance(piece, Break) else piece.text[:1] or " "


def _touching(pieces: Sequence[Piece], number: int) -> set[str]:
    """The characters of marks right beside a mark: together they would be counted as one run."""
    found = set()
    for place in (number - 1, number + 1):
        if 0 <= place < len(pieces):
            piece = pieces[place]
            if isinstance(piece, Mark):
                found.add(piece.sign)
    return found
