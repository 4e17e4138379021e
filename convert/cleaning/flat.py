"""Flat text as passes see it: paragraphs of plain lines, each with its place in letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from convert.tree import Block, Break, Heading, Paragraph, Text, build
from convert.tree.text import letters

__all__ = ["SPACELESS", "Line", "ends_sentence", "is_prose", "line_of", "lines_of", "paragraph_of", "words_in"]

SPACELESS = "\u0e00-\u109f\u1780-\u17ff\u2e80-\u2fff\u3040-\u30ff\u3400-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff"
"""Letters of scripts that put no spaces between words (Thai, Khmer, Chinese, Japanese), for a regular expression."""

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
# Characters of scripts that put a word into one or two of them.
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")
_SENTENCE_ENDS = tuple(".!?…。！？؟।:;")
_CLOSERS = "'\"”’»)]"


class Line(Struct, frozen=True):
    """A line of text, and the letter at which it begins."""

    text: str
    at: int

    @property
    def end(self) -> int:
        """The letter after its last one."""
        return self.at + len(letters(self.text))

    @property
    def bare(self) -> str:
        """The line without spaces around it."""
        return self.text.strip()


def lines_of(block: Block, at: int) -> list[Line] | None:
    """The lines of a paragraph that holds nothing but text and breaks, else None. `at` is its first letter."""
    if not isinstance(block, Paragraph):
        return None
    content = block.content
    if len(content) == 1 and isinstance(
        content[0], Text
    ):  # as most are, and passes ask for their lines again and again
        return [Line(content[0].value, at)]
    lines: list[Line] = []
    text = ""
    for part in (*content, Break()):
        match part:
            case Text(value=value):
                text += value
            case Break():
                lines.append(Line(text, at))
                at, text = at + len(letters(text)), ""
            case _:
                return None
    return lines


def line_of(block: Block, at: int) -> Line | None:
    """The line of a paragraph of one line, or of a heading that was made of one; None for other blocks."""
    content = block.content if isinstance(block, Paragraph | Heading) else ()
    if len(content) == 1 and isinstance(content[0], Text):
        line = Line(content[0].value, at)
        return line if line.bare or isinstance(block, Heading) else None
    lines = lines_of(block, at)
    return lines[0] if lines and len(lines) == 1 and lines[0].bare else None


def paragraph_of(lines: Sequence[Line]) -> Paragraph:
    """Lines as one paragraph again, a break between each two."""
    return build.paragraph("\n".join(line.text for line in lines))


def words_in(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, in any script, quotation marks left out."""
    return text.rstrip().rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def is_prose(text: str) -> bool:
    """Whether a line reads like a sentence: it ends as one, and is long enough for one."""
    bare = text.strip()
    size = len(bare) if bare.isascii() else len(bare) + 2 * len(_WIDE.findall(bare))
    if size < 60 or len(letters(bare)) < len(bare) / 2:
        return False
    return ends_sentence(bare) or size >= 160
