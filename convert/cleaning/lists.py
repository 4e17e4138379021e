"""Recovers lists from bullets and numbers, and the bold lead-ins of their items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from convert.cleaning.flat import Line, lines_of, paragraph_of
from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Block, Document, List, ListItem, Paragraph, Strong, Text, build
from convert.tree.text import block_text, letters

__all__ = ["mark_lead_ins", "recover_lists"]

_BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[•·‣▪▫●○◦■□➤►✓✔](?=\s*\w)|[•·‣▪▫●○◦■□➤►✓✔*–—-](?=\s))\s*(?P<text>\S.*)")
_NUMBER = re.compile(r"(?P<indent>\s*)\(?(?P<mark>0|[1-9]\d{0,2})[.)]\s+(?P<text>\S.*)")
_MARKS = frozenset("•·‣▪▫●○◦■□➤►✓✔*–—-(")
"""What bullets and numbers begin with, but for digits."""
_TRUSTED = frozenset("•·‣▪▫●○◦■□➤►✓✔")
"""Marks that are never anything but bullets. A dash may open a dialogue, a star a note: those need company."""

_SPEECH = re.compile(
    r"[?!¿¡？！]|,\s+(?:\w+\s+)?(?:said|says|asked|asks|replied|dit|demanda|répond\w*|sagte|fragte|dijo|preguntó|"
    r"disse|chiese|sa|sade|sier|siger|сказал\w*|спросил\w*)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"(?P<lead>[^\s:.!?][^:.!?]{1,70}:)(?P<rest>\s+\S.*)", re.DOTALL)


class Marked(Struct, frozen=True):
    """A line that begins with a bullet or a number, and the lines that go on below it."""

    line: Line
    depth: int
    mark: str
    text: str
    number: int = -1
    below: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The marked line and those that go on below it, as they stand."""
        return self.line, *self.below

    @property
    def kind(self) -> str:
        """Bullets that look alike belong to one list, and so do all numbers."""
        return "1" if self.number >= 0 else self.mark


def recover_lists(document: Document, marks: Marks) -> Document:
    """Make lists of runs of lines that begin with bullets, dashes, stars or numbers that count up."""
    blocks: list[Block] = []
    pending: list[Marked] = []

    def finish() -> None:
        blocks.extend(_list(pending, marks))
        pending.clear()

    for block, at in zip(document.blocks, block_starts(document), strict=False):
        lines = lines_of(block, at)
        if lines is None:
            finish()
            blocks.append(block)
            continue
        plain: list[Line] = []
        for found in _marked(lines):
            if isinstance(found, Line):
                finish()
                plain.append(found)
                continue
            if plain:
                blocks.append(paragraph_of(plain))
                plain = []
            pending.append(found)
        if plain:
            blocks.append(paragraph_of(plain))
    finish()
    return structs.replace(document, blocks=tuple(blocks))


def _marked(lines: Iterable[Line]) -> Iterator[Marked | Line]:
    """The lines, those with a mark told apart; an indented line below one belongs to it."""
    last: Marked | None = None
    for line in lines:
        text = line.text.expandtabs(4)
        first = text.lstrip()[:1]
        opens = first in _MARKS or first.isdigit()  # most lines do not, and two searches of each are saved
        if opens and (match := _BULLET.fullmatch(text)):
            found: Marked | Line = Marked(line, len(match["indent"]), match["mark"], match["text"])
        elif opens and (match := _NUMBER.fullmatch(text)):
            found = Marked(line, len(match["indent"]), match["mark"], match["text"], int(match["mark"]))
        elif last and text.startswith(" " * (last.depth + 2)) and text.strip():
            last = structs.replace(last, text=f"{last.text} {text.strip()}", below=(*last.below, line))
            continue
        else:
            found = line
        if last:
            yield last
        last = found if isinstance(found, Marked) else None
        if last is None:
            yield found
    if last:
        yield last


def _list(marked: Sequence[Marked], marks: Marks) -> list[Block]:
    """Lists from a run of marked lines; lines that make no list stay paragraphs."""
    blocks: list[Block] = []
    run: list[Marked] = []
    for item in marked:
        if run and item.depth <= run[0].depth and not _continues(run, item):
            blocks.extend(_finished(run, marks))
            run = []
        run.append(item)
    if run:
        blocks.extend(_finished(run, marks))
    return blocks


def _continues(run: Sequence[Marked], item: Marked) -> bool:
    """Whether an item goes on with a run's outermost list."""
    outer = [other for other in run if other.depth <= run[0].depth]
    if item.kind != outer[-1].kind:
        return False
    return item.number < 0 or item.number == outer[-1].number + 1


def _finished(run: Sequence[Marked], marks: Marks) -> list[Block]:
    outer = [item for item in run if item.depth <= run[0].depth]
    kind = "bulleted" if outer[0].number < 0 else "numbered"
    sure = outer[0].mark in _TRUSTED or (len(outer) > 1 and not _is_dialogue(run))
    text = "\n".join(line.text for item in run for line in item.lines)
    reason = f"{len(run)} {'lines' if len(run) > 1 else 'line'} that began with {run[0].mark!r} became a {kind} list."
    if not sure or not marks.respace(run[0].line.at, text, "", reason):
        return [paragraph_of(item.lines) for item in run]
    return _nest(run, 0, len(run))


def _is_dialogue(run: Sequence[Marked]) -> bool:
    """Whether lines after long dashes are what people say: a question, an exclamation, a verb of speech."""
    return run[0].mark in "–—" and any(_SPEECH.search(item.text) for item in run)


def _nest(run: Sequence[Marked], first: int, last: int) -> list[Block]:
    """Lists from the items `first` to `last`, those further in below the one before them."""
    lists: list[Block] = []
    items: list[ListItem] = []
    opener = last_item = run[first]
    at = first
    while at < last:
        item = run[at]
        below = at + 1
        while below < last and run[below].depth > item.depth:
            below += 1
        if items and (item.kind != opener.kind or item.number not in (-1, last_item.number + 1)):
            lists.append(_make(opener, items))
            opener, items = item, []
        last_item = item
        inner = _nest(run, at + 1, below) if below > at + 1 else []
        items.append(build.item(item.text, *inner))
        at = below
    lists.append(_make(opener, items))
    return lists


def _make(opener: Marked, items: Sequence[ListItem]) -> List:
    return List(tuple(items), ordered=opener.number >= 0, start=max(opener.number, 0) if opener.number >= 0 else 1)


def mark_lead_ins(document: Document, marks: Marks) -> Document:
    """Make the lead-ins of a list's items bold ("Arms control: The treaty …") where most items have one."""
    starts = block_starts(document)
    blocks = tuple(_led(block, at, marks) for block, at in zip(document.blocks, starts, strict=False))
    return structs.replace(document, blocks=blocks)


def _led(block: Block, at: int, marks: Marks) -> Block:
    """A block, its lists' lead-ins bold. `at` is its first letter."""
    if not isinstance(block, List):
        return block
    found = [_lead_in(item) for item in block.items]
    most = sum(match is not None for match in found) >= max(2, (len(found) + 1) // 2)
    items = []
    for number, (item, match) in enumerate(zip(block.items, found, strict=True), block.start):
        at += len(str(number)) if block.ordered else 0
        led = _bold(item, match, at, marks) if match and most else item
        blocks = []
        for inner, made in zip(item.blocks, led.blocks, strict=True):
            blocks.append(_led(made, at, marks))
            at += len(letters(block_text(inner)))
        items.append(structs.replace(led, blocks=tuple(blocks)))
    return structs.replace(block, items=tuple(items))


def _lead_in(item: ListItem) -> re.Match[str] | None:
    match item.blocks:
        case (Paragraph(content=(Text(value=value),)), *_):
            return _LEAD_IN.fullmatch(value)
        case _:
            return None


def _bold(item: ListItem, match: re.Match[str], at: int, marks: Marks) -> ListItem:
    if not marks.respace(at, match["lead"], f"**{match['lead']}**", "The lead-in of a list's item."):
        return item
    paragraph = build.paragraph((Strong((Text(match["lead"]),)), Text(f" {match['rest'].lstrip()}")))
    return structs.replace(item, blocks=(paragraph, *item.blocks[1:]))
