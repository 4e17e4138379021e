"""Languages and directions: what Word must be told run by run.

Word orders letters by its own bidirectional algorithm only within runs marked `w:rtl`, and takes
bold, size and font for them from properties of their own (ECMA-376 part 1, 17.3.2.30).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

__all__ = ["Direction", "language_slot", "split_directions"]

Direction = Literal["ltr", "rtl"]

RTL_LANGUAGES = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ku", "ps", "sd", "ug", "ur", "yi"))
CJK_LANGUAGES = frozenset(("ja", "ko", "zh", "yue"))

RTL_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
SOME_RTL = re.compile(f"[{RTL_LETTERS}]")
LTR_RUN = re.compile(rf"(?:(?![{RTL_LETTERS}])[^\W\d_])(?:(?![{RTL_LETTERS}]).)*(?:(?![{RTL_LETTERS}])[^\W_])|"
                     rf"(?:(?![{RTL_LETTERS}])[^\W\d_])")  # fmt: skip
RTL_RUN = re.compile(rf"[{RTL_LETTERS}](?:[\W\d_]*[{RTL_LETTERS}])*")


def language_slot(language: str) -> str:
    """The attribute of `w:lang` for a language: Word keeps one for each kind of script."""
    main = language.split("-")[0].lower()
    if main in RTL_LANGUAGES:
        return "bidi"
    return "eastAsia" if main in CJK_LANGUAGES else "val"


def split_directions(text: str, around: Direction) -> Iterator[tuple[str, Direction]]:
    """A text as runs of one direction; signs and digits go with the direction around them."""
    if around == "ltr" and not SOME_RTL.search(text):
        yield text, "ltr"
        return
    inner: Direction = "rtl" if around == "ltr" else "ltr"
    pattern = RTL_RUN if inner == "rtl" else LTR_RUN
    done = 0
    for found in pattern.finditer(text):
        if found.start() > done:
            yield text[done : found.start()], around
        yield found.group(), inner
        done = found.end()
    if done < len(text):
        yield text[done:], around
