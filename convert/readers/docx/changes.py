"""Tracked changes: each put down in the report, then accepted or rejected in the XML.

Word marks runs that were inserted, deleted or moved, paragraphs whose mark (the break at their end) was,
and rows and cells of tables (ECMA-376 part 1, 17.13.5). Where a paragraph's mark is gone, its words and the
next paragraph's are one, in the looks of the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from convert.errors import InputError
from convert.readers.docx.xml import Element, M, W, first
from convert.report import Message, Report

__all__ = ["NEW", "OLD", "Change", "Policy", "found", "next_joined", "record", "settle", "shortened"]

Policy: TypeAlias = Literal["accept", "reject", "refuse"]

MOST = 5_000
LONGEST = 300

NEW = {W + "ins": "insertion", W + "moveTo": "move to this place"}
OLD = {W + "del": "deletion", W + "moveFrom": "move from this place"}
CELLS = {W + "cellIns": "insertion", W + "cellDel": "deletion"}
FORMATS = frozenset(
    W + name
    for name in (
        "rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "tblPrExChange", "trPrChange", "tcPrChange",
        "sectPrChange", "numberingChange",
    )
)  # fmt: skip
BLOCKS = frozenset(W + name for name in ("p", "tbl", "sdt", "customXml"))
WORDS = {W + "t", W + "delText", M + "t", W + "sym"}


class Change(Struct):
    """A tracked change. `old` says that it takes words away; `what` names what it is of."""

    kind: str
    what: str
    author: str
    date: str
    words: str
    old: bool
    paragraph: int


def found(root: Element, where: str) -> tuple[list[Change], int]:
    """Every change below a root in its order, and how many there are of formatting. Raises InputError for too many."""
    changes: list[Change] = []
    formats = paragraph = 0
    last: Element | None = None
    for element in root.iter():
        tag = element.tag
        if tag == W + "p":
            paragraph += 1
        elif tag in FORMATS:
            formats += 1
        elif tag in NEW or tag in OLD or tag in CELLS:
            change = _change(element, paragraph)
            before = element.getprevious()
            if changes and last is not None and before is last and _alike(changes[-1], change):
                changes[-1].words = (changes[-1].words + change.words)[: LONGEST + 1]
            else:
                changes.append(change)
            last = element
            if len(changes) > MOST:
                raise InputError(
                    "docx.changes",
                    f"The file holds more than {MOST:,} tracked changes. Accept or reject them in a word processor.",
                    where,
                )
    return changes, formats


def _alike(one: Change, other: Change) -> bool:
    return (one.kind, one.what, one.author, one.date) == (other.kind, other.what, other.author, other.date) == (
        one.kind, "", one.author, one.date,
    )  # fmt: skip


def _change(element: Element, paragraph: int) -> Change:
    tag = element.tag
    parent = element.getparent()
    up = "" if parent is None else parent.tag
    what = ""
    scope: Element | None = element
    if up == W + "rPr":
        what = "the end of a paragraph"
    elif up == W + "trPr":
        what, scope = "a row", None if parent is None else parent.getparent()
    elif tag in CELLS:
        what, scope = "a cell", None if parent is None else parent.getparent()
    kind = NEW.get(tag) or OLD.get(tag) or CELLS[tag]
    old = tag in OLD or tag == W + "cellDel"
    author = (element.get(W + "author") or "").strip() or "nobody named"
    return Change(kind, what, author, element.get(W + "date") or "", _words(scope), old, paragraph)


def _words(scope: Element | None) -> str:
    parts: list[str] = []
    size = 0
    for element in () if scope is None else scope.iter(WORDS):
        parts.append(element.text or "")
        size += len(parts[-1]) + 1
        if size > 2 * LONGEST:
            break
    return "".join(parts)[: LONGEST + 1]


def shortened(words: str) -> str:
    """Words for a message: in one line, and cut where they are many."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"


def record(changes: list[Change], formats: int, policy: Policy, report: Report) -> None:
    """Put down every change with its author, date and words; each is a loss, whichever way it went."""
    did = "accepted" if policy == "accept" else "rejected"
    for change in changes:
        of = f" of {change.what}" if change.what else ""
        words = f": “{shortened(change.words)}”" if change.words.strip() else ""
        text = f"Tracked {change.kind}{of} by {change.author}{_when(change.date)} was {did}{words}."
        code = (
            "docx.deletion" if change.kind == "deletion" else "docx.move" if "move" in change.kind else "docx.insertion"
        )
        report.messages.append(Message(code, "loss", text, f"paragraph {change.paragraph}"))
    if formats:
        report.add("docx.formatting", "loss", f"Tracked changes of formatting were {did}: {formats}.")


def _when(date: str) -> str:
    return f" on {date}" if date else ""


# ------------------------------------------------------------------------------------- settling


def settle(root: Element, policy: Policy) -> None:
    """Carry the changes out, so that nothing of them is left in the tree."""
    reject = policy == "reject"
    gone, kept = (NEW, OLD) if reject else (OLD, NEW)
    if reject:
        _restore(root)
    _take_out_rows(root, reject)
    for element in list(root.iter(*NEW, *OLD)):
        parent = element.getparent()
        if parent is None or parent.tag in (W + "rPr", W + "trPr"):
            continue
        if element.tag in kept:
            for child in list(element):
                element.addprevious(child)
        parent.remove(element)
    for name, plain in (("delText", "t"), ("delInstrText", "instrText")) if reject else ():
        for element in list(root.iter(W + name)):
            element.tag = W + plain
    for paragraph in list(root.iter(W + "p")):
        _join(paragraph, gone)


def _restore(root: Element) -> None:
    """Give back the looks that changes of formatting replaced."""
    for name, old in (("rPrChange", "rPr"), ("pPrChange", "pPr")):
        for change in list(root.iter(W + name)):
            now, before = change.getparent(), first(change, old)
            if now is None or before is None or now.tag != W + old:
                continue
            mark = first(now, "rPr") if old == "pPr" else None
            for child in list(now):
                if child is not mark:
                    now.remove(child)
            for child in list(before):
                now.append(child)


def _take_out_rows(root: Element, reject: bool) -> None:
    row_mark, cell_mark = (W + "ins", W + "cellIns") if reject else (W + "del", W + "cellDel")
    for properties in list(root.iter(W + "trPr")):
        if any(child.tag == row_mark for child in properties):
            _remove(properties.getparent())
    for mark in list(root.iter(cell_mark)):
        parent = mark.getparent()
        if parent is not None:
            _remove(parent.getparent())


def _remove(element: Element | None) -> None:
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)


def _join(paragraph: Element, gone: Mapping[str, str]) -> None:
    """Put what follows into a paragraph for as long as its mark is gone."""
    while paragraph.getparent() is not None and _is_open(paragraph, gone):
        after = next_joined(paragraph, gone)
        if after is None:
            return
        properties = first(paragraph, "pPr")
        if properties is not None:
            paragraph.remove(properties)
        properties = first(after, "pPr")
        if properties is not None:
            paragraph.insert(0, properties)
        for child in list(after):
            paragraph.append(child)
        _remove(after)


def next_joined(paragraph: Element, gone: Mapping[str, str]) -> Element | None:
    """The paragraph whose words continue this one, for its mark is gone."""
    if not _is_open(paragraph, gone):
        return None
    after = next((each for each in paragraph.itersiblings() if each.tag in BLOCKS), None)
    return after if after is not None and after.tag == W + "p" else None


def _is_open(paragraph: Element, gone: Mapping[str, str]) -> bool:
    """Whether a paragraph's mark is gone, or it holds the large first letter of the next one (17.3.1.11)."""
    properties = first(paragraph, "pPr")
    frame = first(properties, "framePr")
    if frame is not None and (frame.get(W + "dropCap") or "none") != "none":
        return True
    mark = first(properties, "rPr")
    return mark is not None and any(child.tag in gone for child in mark)
