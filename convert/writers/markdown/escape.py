"""What plain words must not look like in Markdown, as data: only what would be read as a mark is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

__all__ = ["flanks", "in_cell", "in_line", "line_start", "title"]

UNSAFE: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"\\(?=[!-/:-@\[-`{-~\n]|$)", lambda m: "\\\\"),  # a backslash before a sign would escape it
    (r"[`*\[\]]", lambda m: f"\\{m[0]}"),
    (r"(?<![^\W_])_|_(?![^\W_])", lambda m: "\\_"),  # within a word an underscore is one
    (r"~", lambda m: "\\~"),
    (r"<(?=[A-Za-z/!?])", lambda m: "\\<"),
    (r"&(?=#?\w{1,31};)", lambda m: "\\&"),
    (r"!(?=$)", lambda m: "\\!"),  # a picture may follow
    (r"(?i)\b(https?|ftp)(?=://)", lambda m: f"{m[0]}\\"),  # GFM would make links of bare addresses
    (r"(?i)(?<!\w)www(?=\.)", lambda m: f"{m[0]}\\"),
    (r"(?<=[\w.+-])@(?=[\w-])", lambda m: "\\@"),
    (r"(?i)\b(mailto|xmpp)(?=:)", lambda m: f"{m[0]}\\"),
)  # fmt: skip
"""A pattern and what stands in its place, wherever in a line."""

_UNSAFE = re.compile(
    "|".join(f"(?P<u{number}>{pattern.removeprefix('(?i)')})" for number, (pattern, _) in enumerate(UNSAFE)),
    re.IGNORECASE,
)
_MAKERS = {f"u{number}": make for number, (_, make) in enumerate(UNSAFE)}

_STARTS = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|[-+](?=\s|$|[-+]+\s*$)|>|=+\s*$|-{2,}\s*$|:(?=[\s|-]|$)|\|)|(?P<number>\d{1,9})(?P<stop>[.)])(?=\s|$)"
)
"""What makes a line something else when it stands first: heading, item, quote, underline, table, definition."""


def in_line(text: str) -> str:
    """Words within a line."""
    if text.isalnum():
        return text
    return _UNSAFE.sub(lambda match: _MAKERS[str(match.lastgroup)](match), text)


def line_start(line: str) -> str:
    """A line that is already escaped, so that it does not begin anything but a paragraph."""
    match = _STARTS.match(line)
    if not match:
        return line
    if match["number"]:
        return f"{match['number']}\\{line[match.end('number') :]}"
    return f"\\{line}"


def in_cell(text: str) -> str:
    """The content of a pipe table's cell (GFM, section 4.10): every bar is escaped, in code too."""
    return text.replace("|", "\\|")


def title(text: str) -> str:
    """The title of a link or picture in quotation marks."""
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", re.sub(r"&(?=#?\w{1,31};)", r"\\&", text)) + '"'


def flanks(before: str, first: str, last: str, after: str) -> bool:
    """Whether marks of emphasis around words are read as such (CommonMark, section 6.2).

    `first` and `last` are the characters within, `before` and `after` those outside; empty is a line's end.
    """
    if not first or not last or first.isspace() or last.isspace():
        return False
    opens = not _is_sign(first) or not before or before.isspace() or _is_sign(before)
    closes = not _is_sign(last) or not after or after.isspace() or _is_sign(after)
    return opens and closes


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
