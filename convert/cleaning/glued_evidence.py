"""What the characters of a line whose cells ran together say: where a cell may end, what a stretch may be.

What is to be seen at such a place (the kinds of characters on both sides, runs of them, numbers that would
break, words that the article has elsewhere) is written as *facts*, short names by which fitted odds are
listed. "a6" in "America65" is a likely border; "eU" in "YouTube" is not, if the article has the word. A stretch
between two places has a shape ("A 0.2%" for "Rise 4.25%"), a size, and faults (a bracket left open).
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

__all__ = [
    "ALONE",
    "WORD",
    "Cell",
    "FITS",
    "Gap",
    "Known",
    "Numbers",
    "cell",
    "gap_facts",
    "gaps",
    "has_dash",
    "kinds_of",
    "may_be_row",
    "pair_at",
    "places",
]

NO_BORDER = -5.0  # odds below which a place is no candidate
MAX_PLACES = 90  # a line with more candidates is no row

Known = Callable[[str], int]
"""How often the article has a word, and (with a space in it) how often these lines have a pair of words."""

ALONE = ("odds", "open", "start", "end", "number", "lower")
"""What speaks for or against a stretch as a cell, whatever its column."""

FITS = ("shape", "core", "size", "edge", "text", "follows", "presence", "cell")
"""What speaks for a cell in a column: see `Column.evidence` in `glued_columns`."""


@dataclass(frozen=True)
class Numbers:
    """The fitted numbers of one detector: odds by fact of a gap, how common a shape, size or border of a cell is, and
    the weights of the evidence. `spaced` tells that a space may be a border too.
    """

    gaps: Mapping[str, float]
    usual: Mapping[str, float]
    weights: Mapping[str, float]
    spaced: bool = False

    @cached_property
    def alone(self) -> tuple[float, ...]:
        """The weights of a cell's own evidence, in the order of ALONE."""
        return tuple(self.weights[name] for name in ALONE)

    @cached_property
    def fits(self) -> tuple[float, ...]:
        """The weights of the evidence that a cell fits its column, in the order of FITS."""
        return tuple(self.weights[name] for name in FITS)

    def rarity(self, item: Cell, edge: str) -> tuple[float, ...]:
        """How telling it is that two cells have the shape, the core, nearly the size, or the edge in common."""
        usual = self.usual.get
        shape = usual("shape " + item.shape) or math.exp(-3.5 - 0.8 * len(item.shape))
        core, size = usual("core " + item.core, 0.003), usual(f"size {item.size}", 0.01)
        return 0.5 / shape, 0.5 / core, 0.125 / size, 1.0 / usual("edge " + edge, 0.003)

    @staticmethod
    @lru_cache(maxsize=1)
    def packaged() -> tuple[Numbers, ...]:
        """Read the numbers that come with this package: for glued cells, and for cells with a space between."""
        data = json.loads(files(__package__).joinpath("glued_tables.json").read_text("utf-8"))
        return tuple(Numbers(**numbers) for numbers in data)


# ── Places ──────────────────────────────────────────────────────────────────────────────────────────

_SIGNS = {
    sign: kind
    for kind, signs in {
        "(": "([{", ")": ")]}", '"': "\"“”„«»", "'": "'’‘`", ".": ".!?…。", ",": ",;、،", ":": ":", "%": "%‰²³",
        "$": "$€£¥₽₹₺₴", "-": "-–—−", "+": "+±", "/": "/\\|", "*": "*†‡•", "#": "#№", "°": "°º′″",
    }.items()
    for sign in signs
}  # fmt: skip


@lru_cache(maxsize=4096)
def _kind(c: str) -> str:
    """One sign for the kind of a character: U upper, l lower, o letter without case, 9 digit, _ space, m mark."""
    if c.isalpha():
        return "U" if c.isupper() or c.istitle() else "l" if c.islower() else "o"
    if c.isdecimal():
        return "9"
    return "_" if c.isspace() else _SIGNS.get(c) or ("m" if unicodedata.category(c)[0] in "MC" else "?")


class _Kinds(dict[int, str]):
    """The kinds of characters by their codes, each found once, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _kind(chr(code))
        return found


_KINDS = _Kinds()
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_NUMBER = re.compile(
    r"\d{1,3}(?:([.,  ])\d{3})(?:\1\d{3})*(?:[.,]\d+)?|\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?|\d+(?:[.,]\d{1,4})?"
)
WORD = re.compile(r"[^\W\d_]+")
_DECIMAL = re.compile(r"(?<=\d)[.,:]\d|\d[.,:]\d")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|ème|e|º|ª)(?![^\W\d_])")
_UNIT = re.compile(
    r"(?:[mckµ]?[mglLsWVA]|[kMGT]?[BWb]|km|kg|mm|cm|Hz|GHz|MHz|kWh|mph|hp|bn|ft|in|am|pm|AM|PM|x|°C)(?![^\W\d_])"
)
_STEM = re.compile(r"(?<![^\W\d_])(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Van|O'|d'|l'|D'|L')$")


class Gap(NamedTuple):
    """A place that may be a border: before character `at`, with its odds, and the kinds on both sides."""

    at: int
    odds: float
    pair: str


def _word(text: str, at: int) -> tuple[str, str]:
    """The letters that touch a place, to its left and right."""
    start, end = at, at
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:at], text[at:end]


def _runs(kinds: str, at: int, step: int, count: int) -> str:
    """Up to `count` runs of one kind on one side of a place, nearest first: "l4U1" is left of it in "Asia|60"."""
    out, here = "", at - (step < 0)
    for _ in range(count):
        if not 0 <= here < len(kinds) or kinds[here] == "_":
            return out + ("_" if 0 <= here < len(kinds) else "^")
        kind, length = kinds[here], 0
        while 0 <= here < len(kinds) and kinds[here] == kind and length < 30:
            here, length = here + step, length + 1
        out += f"{kind}{min(length, 5)}"
    return out


def pair_at(kinds: str, at: int) -> str:
    """The kinds on both sides of a place: "l9" in "Asia|60", "l_9" in "Asia |60"."""
    return kinds[at - 2 : at + 1] if kinds[at - 1] == "_" else kinds[at - 1 : at + 1]


def gap_facts(text: str, kinds: str, at: int, known: Known, head: bool) -> list[str]:
    """What is to be seen at a place in a line, as names that the fitted odds are listed by."""
    spaced = kinds[at - 1] == "_"
    end = at - spaced  # of what is left of the place
    a, b = kinds[end - 1], kinds[at]
    left, right = _runs(kinds, end, -1, 3), _runs(kinds, at, 1, 3)
    bar = "_" if spaced else "|"
    facts = [
        pair_at(kinds, at),
        f"{left[:2]}{bar}{right[:2]}",
        f"{left[:4]}{bar}{b}",
        f"{a}{bar}{right[:4]}",
        f"{left}{bar}{right[:2]}",
        f"{left[:2]}{bar}{right}",
    ]
    if spaced:
        facts += _phrase_facts(text, kinds, at, known)
    if head:
        facts.append("head " + pair_at(kinds, at))
    opened = sum((c == "(") - (c == ")") for c in kinds[:at])
    if opened > 0:
        facts.append("in brackets")
    if '"' in kinds and b != '"' != a and text.count('"', 0, at) % 2:
        facts.append("in quotes")
    if a == '"' or b == '"':
        facts.append(f"quote {a}{b} {text.count(chr(34), 0, at) % 2}")
    if spaced:
        return facts
    if a == "9" and b in "Ulo":
        if _ORDINAL.match(text, at):
            facts.append("ordinal")
        if _UNIT.match(text, at):
            facts.append("unit")
    if "9" in (a, b):
        facts += _number_facts(text, at)
    if a in "Ulo" and b in "Ulo":
        facts += _word_facts(text, at, a + b, known)
    return facts


def _phrase_facts(text: str, kinds: str, at: int, known: Known) -> Iterator[str]:
    """What the words around a space are like, and whether the two beside it keep company in other lines."""
    before, after = text[max(0, at - 80) : at].split()[-2:], text[at : at + 80].split()[:2]
    far, near, then, last = ["^", *map(_look, before)][-2:] + [*map(_look, after), "$"][:2]
    yield f"words {near}_{then}"
    yield f"words {far} {near}_{then}"
    yield f"words {near}_{then} {last}"
    yield f"words {far} {near}_{then} {last}"
    if text.find(" ") == at - 1:
        yield f"first {near}_{then}"
    if text.rfind(" ") == at - 1:
        yield f"last {near}_{then}"
    left, right = before[-1].lower(), after[0].lower()
    both, one, other = known(f"{left} {right}"), known(left + " "), known(" " + right)
    yield f"company {min(both, 3)} {'alone' if one > both else ''} {'alone' if other > both else ''}"


def _look(word: str) -> str:
    """A word reduced to the kind of its first and last character, and whether it is short or in capitals."""
    first, last = _kind(word[0]), _kind(word[-1])
    if first in "Ul" and last in "Ul":
        return "C" if word.isupper() and len(word) > 1 else first + ("s" if len(word) < 4 else "")
    return first if word.isdecimal() and len(word) != 4 else "Y" if word.isdecimal() else first + last


def _number_facts(text: str, at: int) -> Iterator[str]:
    """Whether a number stays well formed if it is cut here, and if it is not."""
    start, end = at, at
    while start and (text[start - 1].isdecimal() or text[start - 1] in ".,:"):
        start -= 1
    while end < len(text) and (text[end].isdecimal() or text[end] in ".,:"):
        end += 1
    left, right, whole = text[start:at], text[at:end].rstrip(".,:"), text[start:end].strip(".,:")
    fine = "".join("y" if _NUMBER.fullmatch(part) else "n" if part else "-" for part in (left, right, whole))
    yield "number " + fine
    if _DECIMAL.match(text, at - 1):
        yield "decimal"
    if left.isdecimal() and right.isdecimal():
        yield "digits " + "".join(
            "Y" if len(p) == 4 and p[:2] in ("18", "19", "20") else str(min(len(p), 5)) for p in (left, right)
        )
        if right[0] == "0" and len(right) > 1:
            yield "leading zero"


def _word_facts(text: str, at: int, pair: str, known: Known) -> Iterator[str]:
    """Whether the halves are words of the article, or the whole is."""
    left, right = _word(text, at)
    halves = (known(left) > 0) + (known(right) > 0)
    whole = known(left + right) > 0
    yield f"words {pair if pair in ('lU', 'll') else 'xx'} {halves}{'w' if whole else ''}"
    if _STEM.search(text[max(0, at - 5) : at]):
        yield "stem"


@lru_cache(maxsize=512)
def kinds_of(text: str) -> str:
    """The kinds of all characters of a line."""
    return text.translate(_KINDS)


def places(text: str, kinds: str, known: Known, spaced: bool) -> Iterator[int]:
    """All places of a line that may be borders: those after a space too, if `spaced`."""
    links = [m.span() for m in _LINK.finditer(text)]
    for at in range(1, len(text)):
        pair = kinds[at - 1 : at + 1]
        if spaced and pair[0] == "_" != pair[1] and text[:at].strip():
            yield at
            continue
        if "_" in pair or pair in ("oo", "Ul") or pair[1] == "m" or any(a < at < b for a, b in links):
            continue
        if pair == "lU" and (at == 1 or not text[at - 2].isalnum()):
            continue  # iPhone, eBay
        if pair != "ll" or _two_words(text, at, known):
            yield at


def gaps(text: str, numbers: Numbers, known: Known, head: bool) -> Iterator[Gap]:
    """The places of a line that may be borders, with their odds."""
    kinds, odds = kinds_of(text), numbers.gaps
    found = list(islice(places(text, kinds, known, numbers.spaced), MAX_PLACES + 1))
    for at in found if len(found) <= MAX_PLACES else ():
        total = odds["bias"] + sum(odds.get(fact, 0.0) for fact in gap_facts(text, kinds, at, known, head))
        if total > NO_BORDER:
            yield Gap(at, total, pair_at(kinds, at))


def _two_words(text: str, at: int, known: Known) -> bool:
    """Whether a place inside small letters parts two words that the article has, in a word it has not."""
    left, right = _word(text, at)
    return len(left) > 2 and len(right) > 2 and known(left) > 0 and known(right) > 0 and not known(left + right)


# ── Cells ─────────────────────────────────────────────────────────────────────────────────────────

_TOKEN = re.compile(r"\d+(?:[.,]\d{3})*|[^\W\d_]+")
_REPEATED = re.compile(r"\b(A|a|C|o)(?: \1\b)+")


_DIGITS = re.compile(r"\d+")
_FIGURES = re.compile(r"\d[\d.,:]*")
_DATE = re.compile(r"\d{1,4}([.:])\d{1,2}(?:\1\d{1,4})+")


class Cell(NamedTuple):
    """A stretch of a line as a candidate cell. `edge` is the pair of kinds at the border to its left."""

    text: str
    shape: str
    core: str
    size: int
    value: int | None
    alone: tuple[float, ...]
    edge: str = ""
    rarity: tuple[float, ...] = ()


def _token_shape(match: re.Match[str]) -> str:
    """A number or word, reduced to what cells of one column have in common."""
    token = match[0]
    if token[0].isdecimal():
        if token[0] != "0" and match.start() and match.string[match.start() - 1] in ".:":
            return str(len(token)) if len(token) < 4 else "9"
        return "Y" if len(token) == 4 and "1500" <= token < "2100" else "0"
    if not token[0].islower():
        return "o" if not token[0].isupper() else "C" if len(token) > 1 and token.isupper() else "A"
    return token if len(token) < 3 and match.start() and match.string[match.start() - 1] in "0123456789 " else "a"


@lru_cache(maxsize=65536)
def cell(text: str) -> Cell:
    """Describe a candidate cell."""
    text = text.strip()
    if not text:
        return Cell("", "", "", 0, None, (0.0,) * len(ALONE))
    words = text.count(" ") + 1
    shape = _REPEATED.sub(r"\1+", _TOKEN.sub(_token_shape, text)) if words < 7 else "long"
    if words > 2 and not any(map(str.isdecimal, text)):
        shape = "text " + shape[0]
    core = _kind(text[0]) + _kind(text[-1]) + ("_" if words > 1 else "")
    size = int(2 * math.log2(len(text) + 1)) if len(text) > 6 else len(text)
    digits = _DIGITS.findall(text)
    value = int(digits[0]) if len(digits) == 1 and len(digits[0]) < 5 else None
    alone = (
        0.0,
        float(abs(text.count("(") - text.count(")")) + text.count('"') % 2),
        float(text[0] in ",;:)]}%.!?" and len(text) > 1),
        float(text[-1] in "([{$#&,-–" and len(text) > 1),
        float(sum(not _is_number(figures.rstrip(".,:")) for figures in _FIGURES.findall(text))),
        float(text[0].islower()),
    )
    return Cell(text, shape, core, size, value, alone)


def _is_number(figures: str) -> bool:
    """Whether figures, points and commas are a number, a time or a date."""
    return bool(_NUMBER.fullmatch(figures) or _DATE.fullmatch(figures))


# ── Lines ───────────────────────────────────────────────────────────────────────────────────────────

_CLEAR = re.compile(r"[lo][9U$(]|[lU]o|9U|9lll|[)%°][9Ulo$]|9[o$]|U9")
_FIGURE_AND_WORD = re.compile(r"[9%]_|_[9$+(-]+9?|[lU]_o")
_LIST_ITEM = re.compile(r"\s*(?:[•‣◦▪●·*–-]|\d{1,3}[.)]|\w[.)])\s")
_RANKED = re.compile(r"\d{1,3}[.)]\s[^\d:]{2,40}\d[\d.,:%]*$")  # a numbered line that ends with a figure
_SENTENCES = re.compile(r"[.!?。](?:\s.*[.!?。]\W*$|.*。)")
_SPACELESS_PROSE = re.compile(r"、.{6}|[。！？]$")
_DASH = re.compile(r"\s(?:--?|[–—])\s+[^\W\d_]")
_IDENTIFIER = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+\W*(?:$|[:=])")


def has_dash(line: str) -> bool:
    """Whether one dash parts the words of a line, as in a list: "June 9 -- Palm Beach"."""
    return len(_DASH.findall(line)) == 1


def may_be_row(line: str, spaced: bool = False) -> bool:
    """Whether a line has a clear border and is neither prose, an item of a list, nor a programmer's name.

    With spaces between its cells, figures must stand beside words.
    """
    if not (_FIGURE_AND_WORD if spaced else _CLEAR).search(kinds_of(line)):
        return False
    words = line.split() if spaced else ()
    if len(words) > 7 and sum(map(str.islower, words)) > len(words) / 2:
        return False
    if _LIST_ITEM.match(line) and not (spaced and _RANKED.match(line)):
        return False
    if _IDENTIFIER.match(line) or _SPACELESS_PROSE.search(line):
        return False
    return len(line) <= 60 or not _SENTENCES.search(line)
