"""What can be seen of the lines of flat text, as facts that fitted weights are listed by.

A fact is a short text such as "end stop" or "at after 3". None of them holds a word of the page: lines are described by
length, signs, capitals, place, repeats and neighbours, and by kinds of cue words (`cue_words`). Facts come in groups
that hang together. Most lines share their groups with others, so each group is written down once and then looked up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from convert.cleaning.cue_words import HEADS
from convert.cleaning.line_looks import WIDE, Seen
from convert.cleaning.line_pages import Page

__all__ = ["Group", "facts_of"]

Group = tuple[str, ...]
"""Facts that hang together."""

_shared = lru_cache(maxsize=4096)
_FAR = (1, 2, 3, 5, 8, 15, 30)


def facts_of(lines: Sequence[Seen]) -> Iterator[list[Group]]:
    """The facts of each line, in groups."""
    page = Page(lines)
    announced, since = "", 0
    met: set[str] = set()
    for k, line in enumerate(lines):
        groups = [*_own(line, page), _repeats(k, line, page, line.key in met)]
        met.add(line.key)
        groups += _place(k, line, page)
        groups += _surroundings(k, line, page)
        groups += _neighbours(k, line, page)
        if announced:
            groups.append((f"under {announced} {bisect_left((2, 4, 8, 20), since)}",))
        since += 1
        heads = HEADS.intersection(line.cues) if line.width < 60 and not line.prose else ()
        if heads:
            announced, since = min(heads), 0
        elif line.kind == "p" and since > 3 and announced != "comments":
            announced = ""
        yield groups


# ── The line itself ──────────────────────────────────────────────────────────────────────────────────


def _own(line: Seen, page: Page) -> Iterator[Group]:
    width = bisect_left((3, 10, 18, 27, 40, 55, 75, 100, 150, 250, 450), line.width)
    coarse = bisect_left((18, 40, 75, 150), line.width)
    yield _form(width, coarse, line.end, line.first, line.caps, line.date)
    item = f"{'1' if line.item.isdigit() else '•'}{min(line.depth, 3)}" if line.item else "-"
    text = line.text
    commas = text.count(",") if text.isascii() else text.count(",") + text.count("、") + text.count("，")
    yield _measures(line.digits, min(line.sentences, 3), min(len(line.words), 6), item, min(commas, 2))
    yield _vocabulary(coarse, *_shares(line, page))
    if line.signs or line.cues:
        yield _marks(line.signs, line.cues, bisect_left((25, 60, 120), line.width))


@_shared
def _form(width: int, coarse: int, end: str, first: str, caps: str, date: bool) -> Group:
    return (
        f"width {width}", f"end {end}", f"first {first}", f"caps {caps}", f"width {coarse} end {end}",
        f"caps {caps} end {end}", f"date {date} {width < 6}",
    )  # fmt: skip


@_shared
def _measures(digits: int, sentences: int, words: int, item: str, commas: int) -> Group:
    return f"digits {digits}", f"sentences {sentences}", f"words {words}", f"item {item}", f"commas {commas}"


@_shared
def _vocabulary(coarse: int, small: int | str, shared: int | str) -> Group:
    return f"small {small}", f"shared {shared}", f"width {coarse} small {small}"


@_shared
def _marks(signs: Group, cues: Group, width: int) -> Group:
    found = [f"sign {sign}" for sign in signs]
    for cue in cues:
        found += (f"cue {cue}", f"cue {cue} {width}")
    return tuple(found)


def _shares(line: Seen, page: Page) -> tuple[int | str, int | str]:
    """How many of a line's words are the commonest of the text, and how many of the others the text has (again)."""
    words, common = line.words, page.common
    if not words:
        return "-", "-"
    others = [word for word in words if word not in common]
    small = bisect_left((0, 0.15, 0.3, 0.5), (len(words) - len(others)) / len(words))
    rare = [word for word in others if len(word) > 3 or (not word.isascii() and WIDE.match(word))]
    if not rare:
        return small, "-"
    known = page.repeated if line.prose else page.held
    return small, bisect_left((0, 0.2, 0.4, 0.65, 0.99), sum(map(known.__contains__, rare)) / len(rare))


# ── Its place on the page ────────────────────────────────────────────────────────────────────────────


def _repeats(k: int, line: Seen, page: Page, again: bool) -> Group:
    lines, key = page.lines, line.key
    above = lines[k - 1].key if k else ""
    below = lines[k + 1].key if k + 1 < len(lines) else ""
    twin = (above == key) + 2 * (below == key)
    part = 0
    if len(key) > 8:
        part = (above != key and key in above) + 2 * (below != key and key in below)
    return _repeated(min(page.keys[key], 4), again, twin, part, min(page.shapes[line.shape], 4))


@_shared
def _repeated(times: int, again: bool, twin: int, part: int, shapes: int) -> Group:
    return f"repeated {times} {again}", f"twin {twin} {part}", f"shape {shapes}"


def _place(k: int, line: Seen, page: Page) -> Iterator[Group]:
    count = len(page.lines)
    if k < page.first:
        where, far = "before", page.first - k
    elif k > page.last:
        where, far = "after", k - page.last
    else:
        where, far = "in", min(k - page.first, page.last - k)
    edge = "first" if k == page.first else "last" if k == page.last else "-"
    yield _at(where, bisect_left(_FAR, far), line.kind)
    yield _on_page(page.prose_share, page.outside, where, line.kind, bool(line.item), line.end == "stop")
    yield _from_ends(bisect_left(_FAR, k), bisect_left(_FAR, count - 1 - k), k * 10 // count, edge)
    yield _from_prose(min(page.above[k], 31), min(page.below[k], 31))
    width = bisect_left((0.05, 0.15, 0.4, 0.8), line.width / page.longest)
    yield _as_title(width, min(page.ranks.get(k, 9), 3), min(page.hits.get(k, 0), 5))
    if run := page.runs.get(k):
        yield run
        yield (f"{run[2]} {where}",)
    if page.heads_above[k] or page.heads_below[k]:
        above, below = sorted(page.heads_above[k]), sorted(page.heads_below[k])
        yield (*(f"head above {head} {line.prose}" for head in above), *(f"head below {head}" for head in below))


@_shared
def _at(where: str, far: int, kind: str) -> Group:
    return f"at {where}", f"at {where} {far}", f"at {where} {kind}"


@_shared
def _on_page(prose: int, outside: int, where: str, kind: str, item: bool, stop: bool) -> Group:
    return (
        f"page {prose}", f"page {prose} {where} {kind}",
        f"outside {outside}", f"outside {outside} {where} {kind}", f"outside {outside} {item} {stop}",
    )  # fmt: skip


@_shared
def _from_ends(top: int, bottom: int, tenth: int, edge: str) -> Group:
    return f"top {top}", f"bottom {bottom}", f"tenth {tenth}", f"edge {edge}"


@_shared
def _from_prose(above: int, below: int) -> Group:
    return (
        f"prose above {bisect_left(_FAR, above)}", f"prose below {bisect_left(_FAR, below)}",
        f"prose {min(above, 4)} {min(below, 4)}",
    )  # fmt: skip


@_shared
def _as_title(width: int, rank: int, hits: int) -> Group:
    return f"relative {width}", f"rank {rank}", f"rank {min(rank, 2)} hits {hits}"


# ── What stands around it ────────────────────────────────────────────────────────────────────────────


def _surroundings(k: int, line: Seen, page: Page) -> Iterator[Group]:
    count = len(page.lines)
    alone = page.alone_count if page.alone[k] else "-"
    alike, alike_alone = page.alike[page.looks[k]], page.alike_alone.get(page.looks[k], 0)
    yield _company(alone, bisect_left((1, 2, 4, 8), alike), bisect_left((0, 1, 2, 4), alike_alone))
    own = min(line.width, 600)
    prose = own if line.prose else 0
    dense = []
    for reach in (2, 5, 12):
        low, high = max(0, k - reach), min(count, k + reach + 1)
        around = max(1, page.all_before[high] - page.all_before[low] - own)
        share = (page.prose_before[high] - page.prose_before[low] - prose) / around
        dense.append(bisect_left((0, 0.3, 0.6, 0.8, 0.9, 0.97), share))
    yield _density(*dense)
    like = []
    for reach in (4, 10):
        low, high = max(0, k - reach), min(count, k + reach + 1)
        odd = (page.odd_before[high] - page.odd_before[low]) / (high - low)
        like += [bisect_left((0, 0.1, 0.25, 0.5), odd), min(page.dates_before[high] - page.dates_before[low], 4)]
    yield _oddity(*like)


@_shared
def _company(alone: int | str, alike: int, alike_alone: int) -> Group:
    return f"alone {alone}", f"alike {alike} {alike_alone}"


@_shared
def _density(near: int, wider: int, far: int) -> Group:
    return f"dense 2 {near}", f"dense 5 {wider}", f"dense 12 {far}"


@_shared
def _oddity(odd: int, dates: int, odd_far: int, dates_far: int) -> Group:
    return f"odd 4 {odd}", f"dates 4 {dates}", f"odd 10 {odd_far}", f"dates 10 {dates_far}"


def _neighbours(k: int, line: Seen, page: Page) -> Iterator[Group]:
    around = page.kinds[k : k + 7]
    yield _kinds_above(around[:3])
    yield _kinds_below(around[2:5], around[4:])
    touched = False
    if k:
        yield from _neighbour("above", line, page.lines[k - 1], page)
    if k + 1 < len(page.lines):
        touched = page.lines[k + 1].near_above
        yield from _neighbour("below", line, page.lines[k + 1], page)
    yield _touching(line.near_above, touched)


@_shared
def _kinds_above(kinds: str) -> Group:
    return f"kinds above {kinds[1:]}", f"third above {kinds[0]}"


@_shared
def _kinds_below(next_to: str, kinds: str) -> Group:
    return f"kinds {next_to}", f"kinds below {kinds[:2]}", f"third below {kinds[2]}"


def _neighbour(name: str, line: Seen, near: Seen, page: Page) -> Iterator[Group]:
    width = bisect_left((10, 27, 55, 100, 250), near.width)
    ratio = bisect_left((0.15, 0.5, 0.9, 1.2, 3), line.width / max(1, near.width))
    yield _near(name, width, near.end, near.caps, near.date)
    yield _beside(name, min(page.keys[near.key], 3), ratio)
    if near.signs or near.cues:
        yield _marks_near(name, near.signs, near.cues)


@_shared
def _near(name: str, width: int, end: str, caps: str, date: bool) -> Group:
    return f"{name} width {width}", f"{name} end {end}", f"{name} caps {caps}", f"{name} date {date}"


@_shared
def _beside(name: str, repeated: int, ratio: int) -> Group:
    return f"{name} repeated {repeated}", f"{name} ratio {ratio}"


@_shared
def _marks_near(name: str, signs: Group, cues: Group) -> Group:
    return (*(f"{name} sign {sign}" for sign in signs), *(f"{name} cue {cue}" for cue in cues))


@_shared
def _touching(above: bool, below: bool) -> Group:
    return (f"touching {above} {below}",)
