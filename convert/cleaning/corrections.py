"""Makes corrections of paragraphs that call themselves so: "Correction (March 6, 2026): A name was misspelled."

Their label goes, for every format prints one of its own with the date. Only the ends of an article are looked at, where
newsrooms put them; a label without a date that can be read in full stays, and the paragraph with it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from msgspec import structs

from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Aside, Block, Correction, Document, Inline, Paragraph, Text
from convert.tree.text import block_text, letters

__all__ = ["mark_corrections"]

NEAR = 4
"""Blocks from either end of the article among which a correction stands."""

LABELS = "corrections?|korrektur|berichtigung|rectificatif|correcci[óo]n|correzione|corre[çc][ãa]o|rectificatie"

MONTHS = (
    "january jan januar janvier enero gennaio janeiro januari",
    "february feb februar février febrero febbraio fevereiro februari",
    "march mar märz mars marzo março maart",
    "april apr avril abril aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août agosto augustus",
    "september sept sep septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre diciembre dicembre dezembro",
)
"""Each month in the languages of the labels."""

_NUMBER = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
_MONTH = r"[^\W\d_]{3,10}"
_DATE = re.compile(
    rf"""(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)
    | (?P<d2>\d{{1,2}})(?:\.|er|\s+de)?\s+(?P<m2>{_MONTH})\.?(?:,|\s+de)?\s+(?P<y2>\d{{4}})
    | (?P<m3>{_MONTH})\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})
    | (?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>\d{{4}})""",
    re.IGNORECASE | re.VERBOSE,
)
_ANY_DATE = re.sub(r"\?P<\w+>", "?:", _DATE.pattern)
_LABEL = re.compile(
    rf"""\s*(?P<label>{LABELS})\b\s*(?:
      [(\[]\s*(?P<inside>{_ANY_DATE})\s*[)\]]\s*[:.–—-]?
    | (?:[,:·–—-]\s*)?(?P<after>{_ANY_DATE})\s*[:.–—-]
    | (?P<colon>:)
    | (?P<dash>[–—-])(?=\s)
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)


def mark_corrections(document: Document, marks: Marks) -> Document:
    """Make corrections of paragraphs, and of boxes, that begin with the label of one."""
    starts = block_starts(document)
    last = len(document.blocks) - NEAR
    blocks = tuple(
        _made(block, starts[number], marks) if number < NEAR or number >= last else block
        for number, block in enumerate(document.blocks)
    )
    return structs.replace(document, blocks=blocks)


def _made(block: Block, at: int, marks: Marks) -> Block:
    inner = block.blocks if isinstance(block, Aside) and not block.title else (block,)
    first = inner[0] if inner else None
    if not isinstance(first, Paragraph) or first.role == "furniture":
        return block
    text = block_text(first)
    label = _LABEL.match(text)
    if label is None or (label["dash"] and not label["label"].isupper()):
        return block
    said = label["inside"] or label["after"] or ""
    day = _day(said)
    kept = _after(first.content, label.end())
    if (said and not day) or not letters(text[label.end() :]):
        return block
    reason = f"The label of a correction{f' of {day}' if day else ''}, which every format prints itself."
    if not marks.remove(at, at + len(letters(label[0])), label[0], reason):
        return block
    return Correction((structs.replace(first, content=kept), *inner[1:]), day, attrs=block.attrs)


def _day(said: str) -> str:
    """A date in words as ISO 8601, empty for none."""
    found = _DATE.fullmatch(said)
    if found is None:
        return ""
    year, month, day = (next(filter(None, (found[f"{part}{form}"] for form in "1234"))) for part in "ymd")
    number = int(month) if month.isdigit() else _NUMBER.get(month.lower(), 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""


def _after(content: tuple[Inline, ...], size: int) -> tuple[Inline, ...]:
    """A line without its first characters."""
    kept: list[Any] = []
    for node in content:
        length = len(block_text(node))
        if size <= 0:
            kept.append(node)
        elif isinstance(node, Text) and length > size:
            kept.append(structs.replace(node, value=node.value[size:]))
        elif length > size and hasattr(node, "content"):
            kept.append(structs.replace(node, content=_after(node.content, size)))
        elif length > size:
            kept.append(node)
        size -= length
    return tuple(kept)
