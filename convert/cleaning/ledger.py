"""The ledger of cleaning: every edit, in letters of the source, so that it can be replayed.

A pass says what it does in letters of the tree it was given. The ledger knows which letter of the
source stands at each of them, and writes the edit down in letters of the source, which no later
edit can shift. `replay` does the edits again, on the source's letters alone; if that does not give
the letters of the finished tree, a word was changed that no Change lists.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2s
from itertools import accumulate, pairwise

from msgspec import Struct

from convert.errors import InternalError
from convert.report import Change, Kind, Report, Severity
from convert.tree import Block, Document, Heading, Paragraph, Text
from convert.tree.text import LONGEST_KNOWN, block_text, document_letters, letters, metadata_text, nfc

__all__ = ["Ledger", "Marks", "block_starts", "replay"]


class Edit(Struct, frozen=True):
    """One edit in letters of the tree that a pass was given; `to` is where moved letters go."""

    kind: Kind
    start: int
    end: int
    after: str
    to: int


class Ledger:
    """What cleaning did to one article. `text` is the reading text of its source."""

    def __init__(self, text: str, report: Report, refuse: Collection[str] = ()) -> None:
        self.text = text
        self.source = letters(text)
        self.report = report
        self.refuse = frozenset(refuse)
        self.refused: set[str] = set()
        self.alike: dict[str, int] = {}  # how many edits look the same, at the same place
        self.now = _counted(len(self.source).bit_length())[: len(self.source)]
        """The letter of the source at each letter of the tree."""
        self.crowded: set[int] = set()
        self._line_ends: list[int] = []

    def crowd(self, places: Iterable[int]) -> None:
        """Remember lines that touched a short line above them in the source: they stand in a group, not alone."""
        self.crowded.update(self._slot(at) for at in places)

    def is_crowded(self, at: int) -> bool:
        """Whether the line that begins at a letter was remembered so."""
        return self._slot(at) in self.crowded

    def apply(self, edits: list[Edit]) -> None:
        """Bring `now` up to what a pass has done."""
        if not edits:
            return
        arriving: dict[int, list[array[int]]] = {}
        leaving: list[tuple[int, int, array[int]]] = []
        for edit in edits:
            here = self.now[edit.start : edit.end]
            if edit.kind == "moved":
                arriving.setdefault(edit.to, []).append(here)
            if edit.kind == "inserted":
                arriving.setdefault(edit.start, []).append(array("L", [self._slot(edit.start)] * len(edit.after)))
            else:
                leaving.append((edit.start, edit.end, spread(here, len(edit.after))))
        self.now = rebuilt(self.now, arriving, sorted(leaving, key=lambda cut: cut[:2]))

    def _slot(self, at: int) -> int:
        return self.now[at] if at < len(self.now) else len(self.source)

    def source_runs(self, start: int, end: int) -> list[tuple[int, int]]:
        """Letters of the tree as runs of the source's letters; one run unless something moved into them."""
        if start >= end:
            slot = self._slot(start)
            return [(slot, slot)]
        slots = self.now[start:end]
        first = slots[0]
        if slots == array("L", range(first, first + len(slots))):  # as most are; to look at each takes 30 times as long
            return [(first, first + len(slots))]
        runs: list[tuple[int, int]] = []
        for slot in slots:
            if runs and slot in (runs[-1][1], runs[-1][1] - 1):
                runs[-1] = (runs[-1][0], slot + 1)
            else:
                runs.append((slot, slot + 1))
        return runs

    def line(self, at: int) -> int:
        """The line of the source's reading text, from 1, on which a letter of the tree stands."""
        if not self._line_ends:
            self._line_ends = list(accumulate(len(letters(line)) for line in self.text.split("\n")))
        return bisect_right(self._line_ends, self._slot(at)) + 1

    def prove(self, document: Document) -> None:
        """Raise InternalError unless replaying the changes gives the document's letters, in order."""
        replayed, actual = replay(self.source, self.report.changes), document_letters(document)
        if replayed == actual or (replayed := nfc(replayed)) == (actual := nfc(actual)):
            return
        at = next((k for k, pair in enumerate(zip(replayed, actual, strict=False)) if pair[0] != pair[1]), -1)
        at = at if at >= 0 else min(len(replayed), len(actual))
        raise InternalError(
            "cleaning.words",
            "Cleaning changed words without listing it, so nothing was written. This is a fault of copydesk: "
            f"please report it. After {actual[max(0, at - 20) : at]!r} stands {actual[at : at + 20]!r}, "
            f"and the list of changes gives {replayed[at : at + 20]!r}.",
        )


class Marks:
    """How one pass records its edits. A method that answers False has refused: the pass leaves it alone.

    Places are letters of the tree that the pass was given, counted as `document_letters` does; edits
    of one pass do not overlap. `text` is what stands there, for people.
    """

    def __init__(self, step: str, ledger: Ledger) -> None:
        self.step = step
        self.ledger = ledger
        self.edits: list[Edit] = []

    def ask(self, start: int, text: str) -> str:
        """The id for an edit of several parts, to be handed to each as `under`; empty if it is refused."""
        change_id = self._new_id("several", self.ledger._slot(start), text, "")
        return "" if self._is_refused(change_id) else change_id

    def remove(self, start: int, end: int, text: str, reason: str, under: str = "") -> bool:
        """Take letters out, with the signs and spaces around them that `text` shows."""
        return self._record("removed", start, end, text, "", reason, under=under)

    def replace(self, start: int, end: int, text: str, after: str, reason: str, under: str = "") -> bool:
        """Put other text in the place of text that holds letters, or of signs alone."""
        kind: Kind = "replaced" if start < end else "inserted" if letters(after) else "respaced"
        return self._record(kind, start, end, text, after, reason, under=under)

    def insert(self, at: int, after: str, reason: str) -> bool:
        """Put text before a letter."""
        return self._record("inserted", at, at, "", after, reason)

    def move(self, start: int, end: int, to: int, text: str, reason: str, under: str = "") -> bool:
        """Move letters to stand before letter `to`, which is not moved in the same pass."""
        if start <= to <= end:
            return self.respace(start, text, "", reason, under)
        return self._record("moved", start, end, text, "", reason, to, under)

    def respace(self, at: int, text: str, after: str, reason: str, under: str = "") -> bool:
        """Change spaces, signs or the kind of a block only: `text`, which stands at letter `at`, becomes `after`."""
        return self._record("respaced", at, at, text, after, reason, under=under)

    def note(self, code: str, severity: Severity, text: str, at: int) -> None:
        """Add a message about the place of a letter."""
        self.ledger.report.add(code, severity, text, f"line {self.ledger.line(at)}")

    def _record(
        self, kind: Kind, start: int, end: int, text: str, after: str, reason: str, to: int = -1, under: str = ""
    ) -> bool:
        ledger = self.ledger
        runs = ledger.source_runs(start, end)
        change_id = under or self._new_id(kind, runs[0][0], text, after)
        if not under and self._is_refused(change_id):
            return False
        target = ledger._slot(to) if kind == "moved" else None
        for number, (first, last) in enumerate(runs):
            put = after if number == 0 else ""
            ledger.report.changes.append(
                Change(change_id, self.step, kind, first, last, put, reason, text if number == 0 else "", target)
            )
        if kind != "respaced":
            self.edits.append(Edit(kind, start, end, letters(after), to))
        return True

    def _is_refused(self, change_id: str) -> bool:
        if change_id in self.ledger.refuse:
            self.ledger.refused.add(change_id)
            return True
        return False

    def _new_id(self, kind: str, place: int, text: str, after: str) -> str:
        """A stable id; further edits alike at the same place are numbered."""
        seed = "\0".join((self.step, kind, str(place), text, after))
        number = self.ledger.alike.get(seed, 0)
        self.ledger.alike[seed] = number + 1
        return blake2s(f"{seed}\0{number}".encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def replay(source: str, changes: Sequence[Change]) -> str:
    """The letters that the changes, done in order, make of the source's letters.

    The source is cut at every place that a change names: such a piece stays, moves or goes as a whole.
    """
    cuts = sorted({0, len(source), *(place for c in changes for place in (c.start, c.end, c.to or 0))})
    number = {cut: k for k, cut in enumerate(cuts)}
    pieces = [*(source[start:end] for start, end in pairwise(cuts)), ""]  # the last is the end, where more may stand
    before: dict[int, str] = {}
    order = list(range(len(pieces)))
    for change in changes:
        first, last = number[change.start], number[change.end]
        after = letters(change.after)
        if change.kind == "removed":
            pieces[first:last] = [""] * (last - first)
        elif change.kind == "replaced":  # letter by letter, what is over at the last
            for k in range(first, last):
                end = cuts[k + 1] - change.start if k + 1 < last else None
                pieces[k] = after[cuts[k] - change.start : end]
        elif change.kind == "inserted":
            before[first] = before.get(first, "") + after
        elif change.kind == "moved" and change.to is not None:
            moved = [k for k in order if first <= k < last]
            order = [k for k in order if not first <= k < last]
            at = order.index(number[change.to])
            order[at:at] = moved
    for k, text in before.items():
        pieces[k] = text + pieces[k]
    return "".join(map(pieces.__getitem__, order))


@lru_cache(maxsize=4)
def _counted(bits: int) -> array[int]:
    """All numbers of so many bits: a slice of them is made much faster than counting again."""
    return array("L", range(1 << bits))


def spread(slots: array[int], size: int) -> array[int]:
    """The places of `size` letters put where `slots` were: one by one, what is over at the last."""
    if size <= len(slots):
        return slots[:size]
    return slots + slots[-1:] * (size - len(slots))


def rebuilt(
    now: array[int], arriving: dict[int, list[array[int]]], leaving: list[tuple[int, int, array[int]]]
) -> array[int]:
    """`now` after the edits of one pass: what leaves is replaced, what arrives stands before its place."""
    made = array("L")
    stops = sorted({*arriving, *(start for start, _, _ in leaving)})
    cuts = {start: (end, put) for start, end, put in leaving if end > start}
    at = 0
    for stop in stops:
        made += now[at:stop]
        at = max(at, stop)
        for piece in arriving.get(stop, ()):
            made += piece
        if stop in cuts:
            end, put = cuts[stop]
            made += put
            at = end
    return made + now[at:]


def block_starts(document: Document) -> list[int]:
    """The letter at which each block begins, and after the last one where the notes begin."""
    at = sum(len(letters(text)) for _, text in metadata_text(document.metadata))
    starts = [at]
    for block in document.blocks:
        at += _size(block)
        starts.append(at)
    return starts


def _size(block: Block) -> int:
    """How many letters a block holds."""
    if isinstance(block, Paragraph | Heading) and len(block.content) == 1 and isinstance(block.content[0], Text):
        value = block.content[0].value
        return _count(value) if len(value) <= LONGEST_KNOWN else len(letters(value))
    return len(letters(block_text(block)))


@lru_cache(maxsize=4096)
def _count(value: str) -> int:
    """How many letters a short text holds: every pass asks for those of the same paragraphs again."""
    return len(letters(value))
