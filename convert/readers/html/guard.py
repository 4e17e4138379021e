"""Bounds on markup before it is parsed: how deeply tags nest, and how many attributes one tag has.

A parser that keeps to the HTML standard needs time that grows with the square of both: Lexbor takes ten
seconds over 100,000 nested tags and minutes over a million attributes (measured). Browsers have bounds
too; Blink's is 512 levels.
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct

from convert.errors import InputError

__all__ = ["MAX_ATTRIBUTES", "MAX_OPEN", "MAX_TAGS", "Bounded", "bounded"]

MAX_OPEN = 500
"""Tags that may stand open at one place."""

MAX_ATTRIBUTES = 500
"""Attributes of one tag."""

MAX_TAGS = 200_000
"""Signs of a tag in one page, ten times as many as large news pages have: to read so many takes some five seconds."""

MAX_REPEATED = 500_000
"""Marks (bold, fonts, links) that a parser would repeat, for they were left open in front of so many blocks."""

_ATTRIBUTES = (
    r"""(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s"'>][^\s>]*+)?+)?+)*+"""
)
_TAG = re.compile(
    r"<(?:!--(?:.*?)(?:--!?>|\Z)|(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])"
    rf"(?P<rest>{_ATTRIBUTES})(?:>|\Z)|(?P<close>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})(?:>|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s"'>][^\s>]*+)?+)?+""")

VOID = frozenset((
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta",
    "param", "source", "track", "wbr", "image",
))  # fmt: skip
"""Elements without content (HTML standard, 13.1.2)."""

CLOSED_BY_THE_NEXT = frozenset(
    ("p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "colgroup")
)
"""Elements that the next of their kind ends, so that leaving them open nests nothing."""

FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))  # fmt: skip
"""Elements that a parser opens again in every block while they are not ended (HTML standard, 13.2.4.3)."""

FEW_TAGS, FEW_CHARS = 4_000, 1_000_000
"""Signs of a tag and characters of a page that may be of ordinary size: 15 in 16 news pages are. To nest 4,000 tags
takes a parser a hundredth of a second."""

MOST_PARTS, MOST_ACROSS = 2_000, 9
"""Attributes that may stand in a stretch of markup, and how many stretches of a page may belong to a tag that began in
another. To read the 20,000 of one tag that this comes to takes a parser half a second."""

_LONG = re.compile(rf"<[a-zA-Z][^>]{{{2 * MOST_PARTS},}}+")
_BETWEEN = re.compile(r"""[\s/"']""")
_ACROSS = re.compile(r"""=\s*+(?:(")[^">]*+>|'[^'>]*+>)""")
_MARK = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>]", re.IGNORECASE)
"""The beginning of an element of FORMATTING; of links no two are open at once (HTML standard, 13.2.6.4.7)."""


class Bounded(Struct, frozen=True):
    """Markup that is safe to parse, and how much of it was left out to make it so."""

    html: str
    tags: int = 0
    attributes: int = 0


def bounded(html: str, where: str) -> Bounded:
    """The markup without tags that nest too deeply and attributes too many.

    Raises InputError where there are too many tags, or marks left open would be repeated without end.
    """
    signs = html.count("<")
    if signs > MAX_TAGS:
        raise InputError(
            "html.tags", f"The page has more than {MAX_TAGS:,} tags. Save the article alone, or split it.", where
        )
    if signs <= FEW_TAGS and len(html) <= FEW_CHARS and _is_ordinary(html, signs):
        return Bounded(html)
    return _Guard(html, where).run()


def _is_ordinary(html: str, signs: int) -> bool:
    """Whether a page of ordinary size has neither a huge tag nor many marks, told in a third of the guard's own time.

    This does not look for where tags begin and end, for what it finds elsewhere only makes it doubt more. A tag goes
    on after a `>` only where that stands in a quoted value, so its attributes are in as many stretches without a `>`
    as it has such values, and one more.
    """
    if any(len(_BETWEEN.findall(stretch)) > MOST_PARTS for stretch in _LONG.findall(html)):
        return False
    if signs * signs > 4 * MAX_REPEATED and len(_MARK.findall(html)) * signs > MAX_REPEATED:
        return False
    for across, found in enumerate(_ACROSS.finditer(html)):
        end = html.find(found[1] or "'", found.end())
        if across >= MOST_ACROSS or end < 0 or html.find(">", end, end + 2 * MOST_PARTS) < 0:
            return False
    return True


class _Guard:
    """One look over the markup, tag by tag."""

    def __init__(self, html: str, where: str) -> None:
        self.html = html
        self.where = where
        self.parts: list[str] = []
        self.done = 0
        self.open: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.depth = self.marks = self.repeated = 0
        self.tags = self.attributes = 0

    def run(self) -> Bounded:
        """What is left of the markup."""
        at = 0
        while match := _TAG.search(self.html, at):
            at = match.end()
            if match["raw"] and not self.open["svg"]:
                end = re.compile(rf"</{match['raw']}(?=[\s/>])", re.IGNORECASE).search(self.html, at)
                at = end.start() if end else len(self.html)
            name = (match["raw"] or match["name"] or "").lower()
            if name:
                self._tag(match, name)
        self.parts.append(self.html[self.done :])
        return Bounded("".join(self.parts), self.tags, self.attributes)

    def _tag(self, match: re.Match[str], name: str) -> None:
        if match["close"]:
            self._close(match, name)
            return
        attributes = match["attributes"] or match["rest"] or ""
        if len(attributes) > MAX_ATTRIBUTES and sum(1 for _ in _ATTRIBUTE.finditer(attributes)) > MAX_ATTRIBUTES:
            self._shorten(match)
        empty = name in VOID or (attributes.endswith("/") and (self.open["svg"] or self.open["math"]))
        if empty or name in CLOSED_BY_THE_NEXT or match["raw"]:
            self._repeat()
        elif self.depth >= MAX_OPEN:
            self.dropped[name] += 1
            self._leave_out(match.start(), match.end())
            self.tags += 1
        else:
            if name not in FORMATTING:
                self._repeat()
            self.open[name] += 1
            self.depth += 1
            self.marks += name in FORMATTING

    def _close(self, match: re.Match[str], name: str) -> None:
        if self.dropped[name]:
            self.dropped[name] -= 1
            self._leave_out(match.start(), match.end())
        elif self.open[name]:
            self.open[name] -= 1
            self.depth -= 1
            self.marks -= name in FORMATTING

    def _repeat(self) -> None:
        self.repeated += max(0, self.marks - 8)  # so few are open in any well-made page
        if self.repeated > MAX_REPEATED:
            raise InputError(
                "html.marks",
                f"{self.marks} bold, font or link marks are left open, and every paragraph after them would "
                f"repeat them "
                "all. Close the tags, or save the page from a browser.",
                self.where,
            )

    def _shorten(self, match: re.Match[str]) -> None:
        """Leave out the attributes of a tag that are too many."""
        start = match.start("attributes") if match["attributes"] else match.start("rest")
        end = match.end("attributes") if match["attributes"] else match.end("rest")
        for number, found in enumerate(_ATTRIBUTE.finditer(self.html, start, end)):
            if number == MAX_ATTRIBUTES:
                self._leave_out(found.start(), end)
            self.attributes += number >= MAX_ATTRIBUTES

    def _leave_out(self, start: int, end: int) -> None:
        self.parts.append(self.html[self.done : start])
        self.done = end
