"""The cover as a picture, for shelves and shops: a poster in the theme's fonts and colours.

Only what a font of the theme can show, letter by letter from left to right, is drawn: no font of the machine is ever
asked, so that the picture is the same everywhere. The cover page of the EPUB holds the same words as text.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from convert.themes.fonts import characters, face_file, font_stack
from convert.themes.model import Style, StyleName, Theme

__all__ = ["CoverLine", "draw"]

WIDTH, HEIGHT = 1600, 2400
_SIDE = 150
"""From the edge to the text."""
_BAND = 60
_BASE = 46
"""Pixels of the theme's base size: the width holds about as many letters as a page's column."""
_LARGEST = 1.5
"""How much larger than on a page the words of a cover may be."""

_SHARE: dict[StyleName, float] = {"headline": 0.42, "deck": 0.2}
"""How much of the height words of a style may take."""

_LEFT_TO_RIGHT = frozenset(("L", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS", "ON"))


class CoverLine(Struct, frozen=True):
    """Words of the cover and the style that dresses them; `foot`: they stand at its foot."""

    style: StyleName
    text: str
    foot: bool = False


class _Block(Struct):
    """Words broken into lines, in a font of the theme."""

    style: Style
    font: Any
    lines: list[str]
    leading: int

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def draw(theme: Theme, lines: list[CoverLine]) -> tuple[bytes, list[str]]:
    """The picture as PNG, and the words that no font of the theme can show."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), theme.colours["paper"])
    pen = ImageDraw.Draw(image)
    accent = theme.styles["section"].colour
    pen.rectangle((0, 0, WIDTH, _BAND), fill=accent)
    left_out: list[str] = []
    blocks: dict[bool, list[_Block]] = {True: [], False: []}
    for line in lines:
        block = _block(theme, line)
        if block is None:
            left_out.append(line.text)
        else:
            blocks[line.foot].append(block)
    foot = HEIGHT - _SIDE - sum(block.height for block in blocks[True])
    if blocks[True]:
        pen.rectangle((_SIDE, foot - _SIDE // 2, WIDTH - _SIDE, foot - _SIDE // 2 + 3), fill=accent)
    for y, group, end in ((_SIDE + _BAND, blocks[False], foot - _SIDE // 2), (foot, blocks[True], HEIGHT)):
        for block in group:
            if y + block.height <= end:
                y = _write(pen, block, y) + round(theme.unit * max(1, block.style.space_after) * _BASE)
    made = io.BytesIO()
    image.quantize(64).save(made, "PNG")
    return made.getvalue(), left_out


def _write(pen: Any, block: _Block, y: int) -> int:
    """Set a block's lines below `y`; where they end."""
    anchors = {"centre": (WIDTH // 2, "ma"), "end": (WIDTH - _SIDE, "ra")}
    x, anchor = anchors.get(block.style.align, (_SIDE, "la"))
    for line in block.lines:
        pen.text((x, y), line, fill=block.style.colour, font=block.font, anchor=anchor)
        y += block.leading
    return y


def _block(theme: Theme, line: CoverLine) -> _Block | None:
    """The words in their style's font, as large as they fit; None if no font of it can show them."""
    from PIL import ImageFont

    style = theme.styles[line.style]
    text = unicodedata.normalize("NFC", " ".join(line.text.split()))
    text = text.upper() if style.caps != "none" else text
    file = next(_files(theme, style, text), None)
    if file is None:
        return None
    size = round(_BASE * style.size * _LARGEST)
    most = round(HEIGHT * _SHARE.get(line.style, 0.1))
    while True:
        font = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
        block = _Block(style, font, _broken(font, text), round(size * style.leading))
        fits = block.height <= most and all(font.getlength(each) <= WIDTH - 2 * _SIDE for each in block.lines)
        if fits or size <= _BASE:
            return block if fits else _shortened(block, most)
        size -= 4


def _shortened(block: _Block, most: int) -> _Block:
    """A block that does not fit at its smallest, cut with an ellipsis: the cover page has the words whole."""
    room = max(1, most // block.leading)
    block.lines[room - 1 :] = [f"{block.lines[room - 1]}…"] if len(block.lines) > room else block.lines[room - 1 :]
    return block


def _files(theme: Theme, style: Style, text: str) -> Iterator[str]:
    """The files of the style's fonts that can show all of a text, nearest first."""
    if any(unicodedata.bidirectional(one) not in _LEFT_TO_RIGHT or unicodedata.combining(one) for one in text):
        return
    for family in font_stack(theme, style.font):
        face = min(family.faces, key=lambda face: (face.italic != style.italic, abs(face.weight - style.weight)))
        if all(ord(one) in characters(face_file(face.file)) for one in text):
            yield str(face_file(face.file))


def _broken(font: Any, text: str) -> list[str]:
    """The text in as few lines as fit, about equally long; a word longer than a line stands on one of its own."""
    widest = WIDTH - 2 * _SIDE
    lines = _filled(font, text, widest)
    narrow, wide = widest // 2, widest
    while wide - narrow > widest // 32:
        middle = (narrow + wide) // 2
        if len(_filled(font, text, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return _filled(font, text, wide)


def _filled(font: Any, text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
