"""Fields: what Word works out by itself, as runs with their last result (ECMA-376 part 1, 17.16.18).

The short form, `w:fldSimple`, hides its result from pandoc.
"""

from __future__ import annotations

from typing import Literal

from convert.writers.docx.xml import SPACE, Element, w

__all__ = ["counted", "field_end", "field_start"]

Sequence = Literal["Figure", "Table"]


def field_start(instruction: str, *, dirty: bool = False) -> list[Element]:
    """The runs before a field's result. Word works a `dirty` one out anew when it opens the file."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(SPACE, "preserve")
    begin = w("fldChar", fldCharType="begin", **({"dirty": "1"} if dirty else {}))
    return [w("r", part) for part in (begin, code, w("fldChar", fldCharType="separate"))]


def field_end() -> Element:
    """The run after a field's result."""
    return w("r", w("fldChar", fldCharType="end"))


def counted(sequence: Sequence) -> list[Element]:
    """The field that makes a caption one of the figures or tables that Word counts, lists and refers to (17.16.5.56).

    Its number is not shown, for newspapers do not number pictures: `\\h` says so to Word, and hidden runs to
    LibreOffice, which does not know that switch.
    """
    runs = [*field_start(f"SEQ {sequence} \\h"), field_end()]
    for run in runs:
        run.insert(0, w("rPr", w("vanish")))
    return runs
