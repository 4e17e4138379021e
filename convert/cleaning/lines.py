"""Makes paragraphs of lines that touch: joins those that were only wrapped, parts the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import structs

from convert.cleaning.flat import Line, is_prose, lines_of
from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Block, Document, build

__all__ = ["part_lines"]

_OPEN_END = re.compile(r"[\w,;–-]$")


def part_lines(document: Document, marks: Marks) -> Document:
    """Part paragraphs at their line breaks, or join the lines where the text was wrapped at a width."""
    places = [lines_of(block, at) for block, at in zip(document.blocks, block_starts(document), strict=False)]
    wrapped = _is_wrapped([lines for lines in places if lines and len(lines) > 1])
    blocks: list[Block] = []
    for block, lines in zip(document.blocks, places, strict=True):
        full = [line for line in lines or () if line.bare]
        if lines is None or not full:
            blocks.append(block)
            continue
        if len(full) > 1:
            reason = "Lines wrapped at a width were joined." if wrapped else "Each line is a paragraph."
            after = " " if wrapped else "\n\n"
            if not marks.respace(full[1].at, "\n", after, reason):
                blocks.append(block)
                continue
        if wrapped:
            blocks.append(build.paragraph(" ".join(line.bare for line in full)))
        else:
            blocks.extend(build.paragraph(line.bare) for line in full)
            marks.ledger.crowd(line.at for above, line in pairwise(full) if not is_prose(above.text))
    return structs.replace(document, blocks=tuple(blocks))


def _is_wrapped(paragraphs: Sequence[Sequence[Line]]) -> bool:
    """Whether the text was wrapped at a width: its inner lines are about as long, and most end amid a sentence."""
    inner = [line.bare for lines in paragraphs for line in lines[:-1] if line.bare]
    if len(inner) < 3:
        return False
    lengths = [len(line) for line in inner]
    middle = median(lengths)
    even = sum(abs(length - middle) <= 15 for length in lengths) / len(lengths)
    open_ends = sum(bool(_OPEN_END.search(line)) for line in inner) / len(inner)
    return 35 <= middle <= 120 and even >= 0.7 and open_ends >= 0.6
