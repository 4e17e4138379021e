"""Fields: what a field's code asks for, and where in a story its code ends and its result begins (17.16.18)."""

from __future__ import annotations

import re

from msgspec import Struct, field

from convert.readers.docx.xml import Element, W

__all__ = ["Field", "FieldState", "parts_of"]

_PART = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


DEEPEST = 50
"""Fields within fields; those below belong to the one above."""


class Field(Struct):
    """An open field. Its code is complete when its result begins."""

    code: list[str] = field(default_factory=list)
    in_code: bool = True
    made: object = None
    """What the reader made of it."""


class FieldState:
    """The fields that are open at one place of a story."""

    def __init__(self) -> None:
        self.open: list[Field] = []
        self._deeper = 0

    @property
    def hides(self) -> bool:
        """Whether what stands here belongs to a code, and is not shown."""
        return any(each.in_code for each in self.open)

    def meet(self, element: Element) -> str:
        """Take a `w:fldChar` into account; its kind, or "" where it does not belong here."""
        kind = element.get(W + "fldCharType") or ""
        if self._deeper or (kind == "begin" and len(self.open) == DEEPEST):
            self._deeper += (kind == "begin") - (kind == "end")
            return ""
        if kind == "begin":
            self.open.append(Field())
        elif kind == "separate" and self.open:
            self.open[-1].in_code = False
        elif kind == "end" and self.open:
            self.open.pop()
        else:
            return ""
        return kind

    def paragraph_ends(self) -> None:
        """A code ends with its paragraph at the latest, so that a damaged field hides no article."""
        for each in self.open:
            each.in_code = False


def parts_of(code: str) -> tuple[str, list[str], dict[str, str]]:
    """A code's name, its arguments, and its switches (`\\l "place"`) with what follows each."""
    words = [(match[1].replace("\\\\", "\\").replace('\\"', '"'), True) if match[1] is not None else (match[2], False)
             for match in _PART.finditer(code)]  # fmt: skip
    if not words:
        return "", [], {}
    name, arguments, switches = words[0][0].upper(), [], {}
    at = 1
    while at < len(words):
        word, quoted = words[at]
        if not quoted and word.startswith("\\") and len(word) == 2:
            takes = word in ("\\l", "\\o", "\\t", "\\*", "\\#", "\\@") and at + 1 < len(words)
            switches[word[1]] = words[at + 1][0] if takes else ""
            at += 1 + takes
        else:
            arguments.append(word)
            at += 1
    return name, arguments, switches
