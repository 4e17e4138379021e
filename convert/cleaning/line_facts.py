"""What can be seen of the lines of flat text, as facts that fitted weights are listed by.

A fact is a short text such as "end stop" or "at after 3". None of them holds a word of the page: lines are
described by length, signs, capitals, place, repeats and neighbours, and by kinds of cue words (`cue_words`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from convert.cleaning.cue_words import HEADS, cues
from convert.cleaning.flat import SPACELESS

__all__ = ["Seen", "facts_of", "mass"]

_WORD = re.compile(rf"[{SPACELESS}]|[^\W_{SPACELESS}]+")
_WIDE = re.compile(rf"[{SPACELESS}\uac00-\ud7af]")
_STOPS = ".!?…。！？؟।۔։"
_CLOSERS = "\"'”’»«“)]』」） \u00a0"
_SENTENCE = re.compile(r"[.!?…؟।۔][\"'”’»)\]]*\s+(?=[^\sa-zа-яß-öø-ÿ\d])|[。！？]")
# A digit that no letter or digit stands before, first of all: a search for one is much faster than for a word's edge.
_DATE = re.compile(
    r"\d(?<!\w\d)(?:\d?[./-]\d{1,2}[./-]\d{2,4}\b|\d{3}[./-]\d{1,2}[./-]\d{1,2}\b|\d?[:.h]\d{2}\b"
    r"|(?<=1)9\d\d\b|(?<=2)0\d\d\b)|[年월月日]"
)
_SIGNS = (
    ("address", ".:", re.compile(r"https?:|www\.|\.(?:com|org|net|info|co|de|fr|ru|uk|tv)\b")),
    ("at", "@", re.compile(r"(?:^|\s)@\w|\w@\w")),
    ("hash", "#", re.compile(r"(?:^|\s)#\w")),
    ("rights", "©®(", re.compile(r"[©®]|\([cC]\)")),
    ("bar", "|·•/", re.compile(r"[|·•/]\s|\s[|·•/]")),
    ("arrow", "›»→▶>‹←<", re.compile(r"[›»→▶>‹←]\s*$|^\s*[›»→▶<]")),
    ("code", "{};=<(", re.compile(r"[{};=]\s*$|[{}<>]{2}|\w\(.*\)")),
    ("money", "%$€£¥₹", re.compile(r"[%$€£¥₹]")),
)
"""Signs of which something is told, the characters without which they are not worth a search, and how they look."""

_ODD_SIGN = re.compile(r"[^\w\s,'’\"“”-]")
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+")


@lru_cache(maxsize=64)
def _edges(name: str) -> tuple[float, ...]:
    return tuple(map(float, name.split()))


def _bin(value: float, edges: str) -> int:
    """Which of the stretches between edges a value lies in."""
    return bisect_left(_edges(edges), value)


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
        low = text.lower()
        self.words = _WORD.findall(low)
        self.key = "".join(self.words)
        self.shape = _NUMBERS.sub("0", low) if len(low) < 200 else low
        self.width = len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
        bare = text.rstrip(_CLOSERS)
        last = bare[-1:] or text[-1:]
        if last in _STOPS and bare:
            self.end = "stop"
        elif last in ":：":
            self.end = "colon"
        elif last in ",;、，；-–—":
            self.end = "comma"
        else:
            self.end = "digit" if last.isdigit() else "word" if last.isalpha() else "sign"
        self.sentences = len(_SENTENCE.findall(text))
        self.first = _first(text[:1])
        self.caps = _capitals(text)
        digits = len(_DIGIT.findall(text))
        self.digits = _bin(digits / max(1, len(text)), "0 .05 .15 .3")
        self.date = bool(digits and _DATE.search(text[:200]))
        odd = set(_ODD_SIGN.findall(text))
        self.signs = (
            [name for name, marks, look in _SIGNS if not odd.isdisjoint(marks) and look.search(text)] if odd else []
        )
        self.prose = (self.end == "stop" and self.width >= 80) or self.sentences >= 2 or self.width >= 220
        self.cues = cues(text, self.words)
        self.kind = "r" if row else self._kind()

    def _kind(self) -> str:
        if self.item:
            return "m" if self.prose else "l"
        if self.prose:
            return "p"
        if self.end in ("stop", "colon"):
            return self.end[0]
        return "d" if self.date and self.width < 60 else "h" if self.width <= 90 else "w"


def _first(sign: str) -> str:
    if sign.isalpha():
        return "upper" if sign.isupper() else "lower" if sign.islower() else "letter"
    return "digit" if sign.isdigit() else "quote" if sign in "\"'“„«»‘「『" else "sign"


def _capitals(text: str) -> str:
    """How many words after the first begin with a capital, of those whose script has them."""
    words = [word for word in text.split() if word[0].isalpha()] if len(text) < 300 else []
    cased = [word[0].isupper() for word in words if word[0].isupper() or word[0].islower()]
    if not cased:
        return "none"
    if len(cased) == 1:
        return "all" if text.isupper() else "one"
    return "all" if text.isupper() else str(_bin(sum(cased[1:]) / (len(cased) - 1), "0 .15 .34 .6 .9"))


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────


def mass(lines: Sequence[Seen]) -> tuple[int, int]:
    """The first and last line of the stretch that holds most prose: each other line in it costs."""
    best = total = start = 0
    span = (0, len(lines) - 1)
    for number, line in enumerate(lines):
        if line.kind in "pf":
            worth = min(line.width, 400)
        elif line.kind in "mr":
            worth = min(line.width, 200) // 2
        else:
            worth = -25 if line.kind in "sc" else -45
        if total <= 0:
            total, start = 0, number
        total += worth
        if total > best:
            best, span = total, (start, number)
    return span


class _Page:
    """What the lines of one article say together."""

    def __init__(self, lines: Sequence[Seen]) -> None:
        self.lines = lines
        count = len(lines)
        self.first, self.last = mass(lines)
        self.keys = Counter(line.key for line in lines)
        self.shapes = Counter(line.shape for line in lines)
        prose = [set(line.words) for line in lines[self.first : self.last + 1] if line.prose]
        self.holding = Counter(word for words in prose for word in words)
        few = max(2.0, len(prose) * 0.2)
        self.common = {word for word, held in self.holding.items() if held >= few}
        self.above, self.below = self._distances()
        self.prose_before, self.all_before = [0], [0]
        self.odd_before, self.dates_before = [0], [0]
        for line in lines:
            size = min(line.width, 600)
            self.prose_before.append(self.prose_before[-1] + (size if line.prose else 0))
            self.all_before.append(self.all_before[-1] + size)
            self.odd_before.append(self.odd_before[-1] + (self.shapes[line.shape] > 1))
            self.dates_before.append(self.dates_before[-1] + (line.date and line.width < 80))
        self.prose_share = _bin(self.prose_before[-1] / max(1, self.all_before[-1]), ".3 .6 .8 .9 .96")
        self.outside = _bin(1 - (self.last - self.first + 1) / max(1, count), "0 .15 .4 .7")
        self.kinds = "^^^" + "".join(line.kind for line in lines) + "$$$"
        self.alone = [
            line.width <= 110 and not line.item and self.kinds[k + 2] in "pmrf" and self.kinds[k + 4] in "pmrf"
            and line.kind not in "prf"
            for k, line in enumerate(lines)
        ]  # fmt: skip
        self.alone_count = _bin(sum(self.alone), "0 1 2 4 8")
        self.looks = [
            (line.kind, line.caps == "all", line.end, line.first, _bin(line.width, "18 60 110")) for line in lines
        ]
        self.alike = Counter(self.looks)
        self.alike_alone = Counter(look for look, alone in zip(self.looks, self.alone, strict=True) if alone)
        self.ranks, self.hits = self._title_ranks()
        self.longest = max((line.width for line in lines), default=1)
        self.runs = self._runs()
        self.heads_above = self._heads(range(self.first + 1, count), after=True)
        self.heads_below = self._heads(range(min(self.last, count - 1), -1, -1), after=False)

    def _distances(self) -> tuple[list[int], list[int]]:
        """How many lines above and below each line the nearest prose stands."""
        count = len(self.lines)
        above, below = [99] * count, [99] * count
        last = -99
        for k, line in enumerate(self.lines):
            above[k] = k - last
            last = k if line.prose else last
        last = count + 99
        for k in range(count - 1, -1, -1):
            below[k] = last - k
            last = k if self.lines[k].prose else last
        return above, below

    def _title_ranks(self) -> tuple[dict[int, int], dict[int, int]]:
        """The lines at the front by how many of their rarer words the text has again, best first."""
        front = [
            k for k, line in enumerate(self.lines[: self.first + 4])
            if k <= self.last and 15 <= line.width <= 260 and not line.item
        ]  # fmt: skip
        hits = {}
        for k in front:
            line = self.lines[k]
            own = int(line.prose and self.first <= k <= self.last)
            hits[k] = sum(
                self.holding[w] > own
                for w in set(line.words)
                if w not in self.common and (len(w) > 2 or _WIDE.match(w))
            )
        return {k: rank for rank, k in enumerate(sorted(front, key=lambda k: -hits[k]))}, hits

    def _runs(self) -> dict[int, list[str]]:
        """For each item of a list, by number of its line: the facts of its list, which all items share."""
        runs: dict[int, list[str]] = {}
        start = 0
        for k in range(len(self.lines) + 1):
            if k < len(self.lines) and self.lines[k].item:
                continue
            if k > start:
                runs.update(dict.fromkeys(range(start, k), self._run(start, k)))
            start = k + 1
        return runs

    def _run(self, start: int, end: int) -> list[str]:
        items = self.lines[start:end]
        width = sum(item.width for item in items) / len(items)
        full = sum(item.prose or item.end == "stop" for item in items) / len(items)
        return [
            f"run {_bin(len(items), '1 2 4 8 16')}", f"run full {_bin(full, '0 .3 .7')}",
            f"run width {_bin(width, '12 25 50 100')}", f"run under {self.kinds[start + 2]}",
        ]  # fmt: skip

    def _heads(self, order: Sequence[int], *, after: bool) -> list[frozenset[str]]:
        """Kinds of furniture that a short line has announced, before each line in an order."""
        found = [frozenset[str]()] * len(self.lines)
        seen: frozenset[str] = frozenset()
        for k in order:
            line = self.lines[k]
            found[k] = seen
            if line.width < 60 and not line.prose and (after or k < self.first):
                seen |= HEADS.intersection(line.cues)
        return found


_FAR = "1 2 3 5 8 15 30"


def facts_of(lines: Sequence[Seen]) -> Iterator[list[str]]:
    """The facts of each line."""
    page = _Page(lines)
    announced, since = "", 0
    met: set[str] = set()
    for k, line in enumerate(lines):
        facts = _own(line, page)
        facts += _repeats(k, line, page, line.key in met)
        met.add(line.key)
        facts += _place(k, line, page)
        facts += _neighbours(k, line, page)
        if announced:
            facts.append(f"under {announced} {_bin(since, '2 4 8 20')}")
        since += 1
        heads = HEADS.intersection(line.cues) if line.width < 60 and not line.prose else ()
        if heads:
            announced, since = min(heads), 0
        elif line.kind == "p" and since > 3 and announced != "comments":
            announced = ""
        yield facts


def _own(line: Seen, page: _Page) -> list[str]:
    width = _bin(line.width, "3 10 18 27 40 55 75 100 150 250 450")
    coarse = _bin(line.width, "18 40 75 150")
    rare = [w for w in line.words if w not in page.common and (len(w) > 3 or (not w.isascii() and _WIDE.match(w)))]
    shared = _bin(sum(page.holding[w] > line.prose for w in rare) / len(rare), "0 .2 .4 .65 .99") if rare else "-"
    small = _bin(sum(w in page.common for w in line.words) / len(line.words), "0 .15 .3 .5") if line.words else "-"
    item = f"{'1' if line.item.isdigit() else '•'}{min(line.depth, 3)}" if line.item else "-"
    facts = [
        f"width {width}", f"end {line.end}", f"first {line.first}", f"caps {line.caps}", f"digits {line.digits}",
        f"sentences {min(line.sentences, 3)}", f"width {coarse} end {line.end}", f"caps {line.caps} end {line.end}",
        f"small {small}", f"shared {shared}", f"width {coarse} small {small}", f"date {line.date} {width < 6}",
        f"words {min(len(line.words), 6)}", f"item {item}",
        f"commas {min(line.text.count(',') + line.text.count('、') + line.text.count('，'), 2)}",
    ]  # fmt: skip
    facts += [f"sign {sign}" for sign in line.signs]
    for cue in line.cues:
        facts += (f"cue {cue}", f"cue {cue} {_bin(line.width, '25 60 120')}")
    return facts


def _repeats(k: int, line: Seen, page: _Page, again: bool) -> list[str]:
    lines, key = page.lines, line.key
    above = lines[k - 1].key if k else ""
    below = lines[k + 1].key if k + 1 < len(lines) else ""
    twin = (above == key) + 2 * (below == key)
    part = 0
    if len(key) > 8:
        part = (above != key and key in above) + 2 * (below != key and key in below)
    return [
        f"repeated {min(page.keys[key], 4)} {again}",
        f"twin {twin} {part}",
        f"shape {min(page.shapes[line.shape], 4)}",
    ]


def _place(k: int, line: Seen, page: _Page) -> list[str]:
    count = len(page.lines)
    if k < page.first:
        where, far = "before", page.first - k
    elif k > page.last:
        where, far = "after", k - page.last
    else:
        where, far = "in", min(k - page.first, page.last - k)
    above, below = page.above[k], page.below[k]
    facts = [
        f"at {where}", f"at {where} {_bin(far, _FAR)}", f"at {where} {line.kind}", f"top {_bin(k, _FAR)}",
        f"bottom {_bin(count - 1 - k, _FAR)}", f"edge {'first' if k == page.first else 'last' if k == page.last else '-'}",  # noqa: E501
        f"tenth {k * 10 // count}", f"prose above {_bin(above, _FAR)}", f"prose below {_bin(below, _FAR)}",
        f"prose {min(above, 4)} {min(below, 4)}", f"relative {_bin(line.width / page.longest, '.05 .15 .4 .8')}",
        f"rank {min(page.ranks.get(k, 9), 3)}", f"rank {min(page.ranks.get(k, 9), 2)} hits {min(page.hits.get(k, 0), 5)}",  # noqa: E501
        f"page {page.prose_share}", f"page {page.prose_share} {where} {line.kind}", f"outside {page.outside}",
        f"outside {page.outside} {where} {line.kind}", f"outside {page.outside} {bool(line.item)} {line.end == 'stop'}",
        f"alone {page.alone_count if page.alone[k] else '-'}",
        f"alike {_bin(page.alike[page.looks[k]], '1 2 4 8')} {_bin(page.alike_alone[page.looks[k]], '0 1 2 4')}",
    ]  # fmt: skip
    for reach in (2, 5, 12):
        low, high = max(0, k - reach), min(count, k + reach + 1)
        own = min(line.width, 600)
        around = max(1, page.all_before[high] - page.all_before[low] - own)
        share = (page.prose_before[high] - page.prose_before[low] - (own if line.prose else 0)) / around
        facts.append(f"dense {reach} {_bin(share, '0 .3 .6 .8 .9 .97')}")
    for reach in (4, 10):
        low, high = max(0, k - reach), min(count, k + reach + 1)
        facts.append(
            f"odd {reach} {_bin((page.odd_before[high] - page.odd_before[low]) / (high - low), '0 .1 .25 .5')}"
        )
        facts.append(f"dates {reach} {min(page.dates_before[high] - page.dates_before[low], 4)}")
    if run := page.runs.get(k):
        facts += [*run, f"{run[2]} {where}"]
    facts += [f"head above {head} {line.prose}" for head in page.heads_above[k]]
    facts += [f"head below {head}" for head in page.heads_below[k]]
    return facts


def _neighbours(k: int, line: Seen, page: _Page) -> list[str]:
    around = page.kinds[k : k + 7]
    facts = [
        f"kinds {around[2:5]}", f"kinds above {around[1:3]}", f"kinds below {around[4:6]}",
        f"third above {around[0]}", f"third below {around[6]}",
    ]  # fmt: skip
    for name, other in (("above", k - 1), ("below", k + 1)):
        if not 0 <= other < len(page.lines):
            continue
        near = page.lines[other]
        facts += [
            f"{name} width {_bin(near.width, '10 27 55 100 250')}", f"{name} end {near.end}", f"{name} caps {near.caps}",  # noqa: E501
            f"{name} repeated {min(page.keys[near.key], 3)}", f"{name} date {near.date}",
            f"{name} ratio {_bin(line.width / max(1, near.width), '.15 .5 .9 1.2 3')}",
        ]  # fmt: skip
        facts += [f"{name} sign {sign}" for sign in near.signs]
        facts += [f"{name} cue {cue}" for cue in near.cues]
    below = page.lines[k + 1].near_above if k + 1 < len(page.lines) else False
    facts.append(f"touching {line.near_above} {below}")
    return facts
