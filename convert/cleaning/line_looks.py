"""What can be told from one line of flat text alone: its length, signs, capitals, end, and cue words.

Most lines are looked at once on every conversion, and most characters are ASCII, so characters that cannot matter are
taken out as bytes before any pattern is searched.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from convert.cleaning.cue_words import cues
from convert.cleaning.flat import SPACELESS

__all__ = ["WIDE", "Seen"]

_WORD = re.compile(rf"[{SPACELESS}]|[^\W_{SPACELESS}]+")
_ASCII = bytes(range(128))
_APART = bytes(code if code > 127 or chr(code).isalnum() else 32 for code in range(256))
"""A table for `bytes.translate` that puts spaces in the place of all signs of ASCII."""

WIDE = re.compile(rf"[{SPACELESS}\uac00-\ud7af]")
"""A letter of a script that says with one what others say with two or three."""
_MAY_BE_WIDE = re.compile(rb"[\xe0-\xf4](?:(?<!\xe2)|[\xba-\xbf])")
"""How such letters begin in UTF-8, as do few others that news is written in."""

_STOPS = ".!?…。！？؟।۔։"
_CLOSERS = "\"'”’»«“)]』」） \u00a0"
# One set of signs first, here and below: a search for it is much faster than for one of several patterns.
_SENTENCE = re.compile(r"[.!?…؟।۔。！？](?:(?<=[。！？])|[\"'”’»)\]]*\s+(?=[^\sa-zа-яß-öø-ÿ\d]))")
# A digit that no letter or digit stands before, first of all: a search for one is much faster than for a word's edge.
_DATE = re.compile(
    r"\d(?<!\w\d)(?:\d?[./-]\d{1,2}[./-]\d{2,4}\b|\d{3}[./-]\d{1,2}[./-]\d{1,2}\b|\d?[:.h]\d{2}\b"
    r"|(?<=1)9\d\d\b|(?<=2)0\d\d\b)|[年월月日]"
)
_SIGNS = (
    (
        "address", ".:",
        re.compile(r"[.:](?:(?<=http:)|(?<=https:)|(?<=www\.)|(?<=\.)(?:com|org|net|info|co|de|fr|ru|uk|tv)\b)"),
    ),
    ("at", "@", re.compile(r"@\w(?:(?<=^..)|(?<=[\w\s]..))")),
    ("hash", "#", re.compile(r"#\w(?:(?<=^..)|(?<=\s..))")),
    ("rights", "©®(", re.compile(r"[©®(](?:(?<!\()|[cC]\))")),
    ("bar", "|·•/", re.compile(r"[|·•/](?:\s|(?<=\s.))")),
    ("arrow", "›»→▶>‹←<", re.compile(r"[›»→▶>‹←]\s*$|^\s*[›»→▶<]")),
    ("code", "{};=<(", re.compile(r"[{};=<>(](?:(?<=[{};=])\s*$|(?<=[{}<>])[{}<>]|(?<=\w\().*\))")),
    ("money", "%$€£¥₹", re.compile(r"[%$€£¥₹]")),
)  # fmt: skip
"""Signs of which something is told, the characters without which they are not worth a search, and how they look."""

_ODD_SIGN = re.compile(r"[^\w\s,'’\"“”-]")
_PLAIN = bytes(code for code in range(128) if not chr(code).isdigit() and not _ODD_SIGN.match(chr(code)))
"""The ASCII characters that are neither odd signs nor digits."""
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+")


class Seen:
    """One line, with what can be told from it alone.

    `kind` is one letter: m and l for items of a list (prose or not), r for a row of a table, p prose, s a short
    sentence, c a line that ends with a colon, d one with a date, h short, w wide, f a block that is no flat text.
    """

    __slots__ = (
        "caps", "cues", "date", "depth", "digits", "end", "first", "item", "key", "kind", "near_above",
        "prose", "sentences", "shape", "signs", "text", "width", "words",
    )  # fmt: skip

    def __init__(self, text: str, *, item: str = "", depth: int = 0, touches: bool = False, row: bool = False) -> None:
        text = text.strip()
        self.text = text
        self.item, self.depth, self.near_above = item, depth, touches
        data = text.encode("utf-8", "surrogatepass")
        low = text.lower()
        wide = len(WIDE.findall(text)) if len(data) > len(text) and _MAY_BE_WIDE.search(data) else 0
        self.width = len(text) + wide
        self.words = _words(low, spaced=not wide)
        self.key = "".join(self.words)
        self.end = _end(text)
        self.sentences = len(_SENTENCE.findall(text))
        self.first = _first(text[:1])
        self.caps = _capitals(text)
        telling = data.translate(None, _PLAIN).decode("utf-8", "surrogatepass")
        digits = len(_DIGIT.findall(telling))
        self.digits = bisect_left((0, 0.05, 0.15, 0.3), digits / max(1, len(text)))
        self.date = bool(digits and _DATE.search(text[:200]))
        self.shape = _NUMBERS.sub("0", low) if digits and len(low) < 200 else low
        self.signs = _signs(text, telling)
        self.prose = (self.end == "stop" and self.width >= 80) or self.sentences >= 2 or self.width >= 220
        self.cues = cues(text, self.words, spaced=not wide)
        self.kind = "r" if row else self._kind()

    def _kind(self) -> str:
        if self.item:
            return "m" if self.prose else "l"
        if self.prose:
            return "p"
        if self.end in ("stop", "colon"):
            return self.end[0]
        return "d" if self.date and self.width < 60 else "h" if self.width <= 90 else "w"


def _words(low: str, *, spaced: bool) -> list[str]:
    """The words of a line in small letters; each letter of a script without spaces is one."""
    if not spaced:
        return _WORD.findall(low)
    data = low.encode("utf-8", "surrogatepass").translate(_APART)
    parted = data.decode("utf-8", "surrogatepass")
    for other in set(data.translate(None, _ASCII).decode("utf-8", "surrogatepass")):
        if not other.isalnum():
            parted = parted.replace(other, " ")
    return parted.split()


def _end(text: str) -> str:
    """What a line ends with, quotation marks left out."""
    bare = text.rstrip(_CLOSERS)
    last = bare[-1:] or text[-1:]
    if last in _STOPS and bare:
        return "stop"
    if last in ":：":
        return "colon"
    if last in ",;、，；-–—":
        return "comma"
    return "digit" if last.isdigit() else "word" if last.isalpha() else "sign"


def _signs(text: str, telling: str) -> tuple[str, ...]:
    """The kinds of signs in a line. `telling` holds all odd signs of it."""
    odd = set(_ODD_SIGN.findall(telling))
    if not odd:
        return ()
    return tuple(name for name, marks, look in _SIGNS if not odd.isdisjoint(marks) and look.search(text))


def _first(sign: str) -> str:
    if sign.isalpha():
        return "upper" if sign.isupper() else "lower" if sign.islower() else "letter"
    return "digit" if sign.isdigit() else "quote" if sign in "\"'“„«»‘「『" else "sign"


def _capitals(text: str) -> str:
    """How many words after the first begin with a capital, of those whose script has them."""
    firsts = [word[0] for word in text.split()] if len(text) < 300 else []
    cased = [not first.islower() for first in firsts if first.isalpha() and (first.islower() or first.isupper())]
    if not cased:
        return "none"
    if text.isupper():
        return "all"
    if len(cased) == 1:
        return "one"
    return str(bisect_left((0, 0.15, 0.34, 0.6, 0.9), sum(cased[1:]) / (len(cased) - 1)))
