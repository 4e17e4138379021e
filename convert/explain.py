"""The report for people: the article with what was removed struck out and what was put in marked."""

from __future__ import annotations

import html
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from convert.report import Change, Report
from convert.tree.text import letters

__all__ = ["Piece", "as_html", "as_terminal", "pieces", "printable"]

Look = Literal["plain", "removed", "inserted", "moved", "retyped"]


class Piece(Struct, frozen=True):
    """A run of the source's reading text, or of what was put in, and the change that explains it."""

    text: str
    look: Look = "plain"
    change: Change | None = None


class Cut(NamedTuple):
    """Where in the reading text a change stands, in characters."""

    start: int
    end: int
    change: Change


def pieces(text: str, changes: Sequence[Change]) -> list[Piece]:
    """The reading text cut at its changes, in order; a change within another's text is shown within it."""
    places = [k for k, char in enumerate(text) if letters(char)]
    cuts = [Cut(*_extent(text, places, change), change) for change in changes]
    ordered = deque(sorted(cuts, key=lambda cut: (cut.start, -cut.end)))  # the wider first, else as they were made
    return [*_cut(text, 0, len(text), ordered, "plain"), *(Piece("", "plain", cut.change) for cut in ordered)]


def _cut(text: str, start: int, end: int, cuts: deque[Cut], look: Look) -> Iterator[Piece]:
    """The text from `start` to `end`, which has one look but for the changes within it; these leave `cuts`."""
    done = start
    while cuts and cuts[0].end <= end:
        cut = cuts.popleft()
        if cut.start < done:
            yield Piece("", "plain", cut.change)
            continue
        if cut.start > done:
            yield Piece(text[done : cut.start], look)
        own = _look(text[cut.start : cut.end], cut.change)
        if own == "inserted":
            yield from _replaced(text[cut.start : cut.end], cut.change)
        else:
            *inner, last = *_cut(text, cut.start, cut.end, cuts, own), Piece("", own)
            if inner and inner[-1].change is None:  # the number stands behind the last of the change's own text
                last = inner.pop()
            elif cut.start == cut.end and own == "removed":  # signs that stand elsewhere in the source
                last = Piece(cut.change.text, own)
            yield from inner
            yield Piece(last.text, own, cut.change)
        done = cut.end
    if done < end:
        yield Piece(text[done:end], look)


def _extent(text: str, places: Sequence[int], change: Change) -> tuple[int, int]:
    """Where in the reading text a change stands, in characters, with the signs that it shows."""
    shown = change.text
    if change.start < change.end <= len(places):
        first, last = places[change.start], places[change.end - 1] + 1
        window = text.find(shown, max(0, last - len(shown)), first + len(shown)) if shown else -1
        return (window, window + len(shown)) if 0 <= window <= first else (first, last)
    after_last = places[change.start - 1] + 1 if 0 < change.start <= len(places) else 0
    next_one = places[change.start] if change.start < len(places) else len(text)
    if shown:
        window = text.find(shown, after_last, next_one + len(shown))
        if window >= 0:
            return window, window + len(shown)
    return next_one, next_one


def _look(text: str, change: Change) -> Look:
    """How a change's text looks; `inserted` where other text stands in its place."""
    if change.kind == "removed" or change.kind == "moved":
        return change.kind
    retyped = change.kind == "respaced" and (not change.after or change.after.strip("#* \n") == text.strip())
    return "retyped" if retyped else "inserted"


def _replaced(text: str, change: Change) -> Iterator[Piece]:
    yield Piece(text, "removed" if text else "plain", change)
    yield Piece(change.after, "inserted", change)


def printable(text: str) -> str:
    """Text that is safe to print on a terminal: controls and what turns the line around become visible escapes."""
    if text.isprintable():
        return text
    return "".join(char if char in "\n\t" or not _is_unsafe(char) else f"\\u{ord(char):04x}" for char in text)


BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _is_unsafe(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or char in BIDI_CONTROLS


CODES: dict[Look, tuple[str, str, str, str]] = {
    "plain": ("", "", "", ""),
    "removed": ("\033[9;31m", "\033[0m", "[-", "-]"),
    "inserted": ("\033[4;32m", "\033[0m", "{+", "+}"),
    "moved": ("\033[35m", "\033[0m", "[>", "<]"),
    "retyped": ("\033[36m", "\033[0m", "[~", "~]"),
}
"""How each look begins and ends on a terminal with colours, and in plain text."""


def as_terminal(text: str, report: Report, *, colours: bool) -> str:
    """The article with its changes, then every change with its id and reason, then the messages."""
    out: list[str] = []
    numbers: dict[str, int] = {}
    for piece in pieces(text, report.changes):
        opening, closing = CODES[piece.look][:2] if colours else CODES[piece.look][2:]
        mark = (
            f"({numbers.setdefault(piece.change.id, len(numbers) + 1)})"
            if piece.change and piece.look != "inserted"
            else ""
        )
        out.append(f"{opening}{printable(piece.text)}{closing}{mark}" if piece.text else mark)
    out.append("\n\nChanges\n")
    listed = {change.id: change for change in reversed(report.changes)}
    for change_id, number in numbers.items():
        change = listed[change_id]
        out.append(f"  ({number}) {change_id}  {change.step}: {printable(change.reason)}\n")
    if report.messages:
        out.append("\nMessages\n")
        for message in report.messages:
            where = f" ({message.where})" if message.where else ""
            out.append(f"  {message.severity}: {printable(message.text)}{printable(where)} [{message.code}]\n")
    return "".join(out)


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>What copydesk changed in {name}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.55 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }}
pre {{ font: inherit; white-space: pre-wrap; overflow-wrap: anywhere }}
del {{ color: #a01313; background: #fbe9e9 }}
ins {{ color: #0b5d22; background: #e5f5e9 }}
.moved {{ color: #5c2488; background: #f3eafb }}
.retyped {{ color: #0c4a6e; background: #e6f2fa }}
@media (prefers-color-scheme: dark) {{
  del, ins, .moved, .retyped {{ color: #111 }}
}}
sup a {{ text-decoration: none }}
td, th {{ text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0 }}
code {{ font: .85em monospace }}
</style></head><body>
<h1>What copydesk changed in {name}</h1>
<p><del>struck</del> was removed, <ins>underlined</ins> was put in, <span class="moved">violet</span> was moved,
<span class="retyped">blue</span> became another kind of text. To refuse a change, give its id.</p>
<pre>{article}</pre>
<h2>Changes</h2>
<table>
<thead><tr><th scope="col">No.</th><th scope="col">Id</th>
<th scope="col">Pass</th><th scope="col">Reason</th></tr></thead>
<tbody>{changes}</tbody></table>
<h2>Messages</h2>
<ul>{messages}</ul>
</body></html>
"""

TAGS: dict[Look, tuple[str, str]] = {
    "plain": ("", ""),
    "removed": ("<del>", "</del>"),
    "inserted": ("<ins>", "</ins>"),
    "moved": ('<span class="moved">', "</span>"),
    "retyped": ('<span class="retyped">', "</span>"),
}


def _escaped(text: str) -> str:
    return html.escape(printable(text))


def as_html(name: str, text: str, report: Report) -> str:
    """The same as one page that needs nothing else."""
    numbers: dict[str, int] = {}
    article: list[str] = []
    for piece in pieces(text, report.changes):
        opening, closing = TAGS[piece.look]
        article.append(f"{opening}{_escaped(piece.text)}{closing}" if piece.text else "")
        if piece.change and piece.look != "inserted":
            number = numbers.setdefault(piece.change.id, len(numbers) + 1)
            reason = _escaped(piece.change.reason)
            article.append(f'<sup><a href="#c{number}" title="{reason}">{number}</a></sup>')
    listed = {change.id: change for change in reversed(report.changes)}
    rows = [
        f'<tr id="c{number}"><td>{number}</td><td><code>{change_id}</code></td>'
        f"<td>{listed[change_id].step}</td><td>{_escaped(listed[change_id].reason)}</td></tr>"
        for change_id, number in numbers.items()
    ]
    messages = [
        f"<li>{message.severity}: {_escaped(message.text)} <code>{message.code}</code></li>"
        for message in report.messages
    ]
    return PAGE.format(name=_escaped(name), article="".join(article), changes="".join(rows), messages="".join(messages))
