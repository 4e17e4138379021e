"""What plain words must not look like in Markdown, as data: only what would be read as a mark is escaped."""

from __future__ import annotations

import re

__all__ = ["address", "in_cell", "in_code", "in_line", "info", "line", "task", "title"]

_REFERENCE = r"#?\w{1,31};"

ANYWHERE: tuple[tuple[str, str, str], ...] = (
    ("", r"\\", r"(?=[!-/:-@\[-`{-~\n]|\Z)"),  # it would escape the sign that follows
    ("", "`", ""),
    ("", "[*~]", r"(?=\S)"),  # between spaces these two are never marks
    (r"(?<=\S)", "[*~]", ""),
    ("", "_", r"(?![^\W_])"),  # within a word an underscore is one
    (r"(?<![^\W_])", "_", ""),
    ("", "<", r"(?=[A-Za-z/!?])"),
    ("", "&", f"(?={_REFERENCE})"),
    ("", r"\[", r"(?=\^)"),  # the mark of a note
    ("", r"\]", r"(?=[(:\[])"),  # the text of a link, or the name of a reference
    ("", "!", r"(?=\[)"),
)  # fmt: skip
"""Before, sign, after: where all three match, the sign gets a backslash. Before and after may be in other words."""

ADDRESSES: tuple[tuple[str, str, str], ...] = (
    *((f"(?<={scheme})", ":", "(?=//)") for scheme in ("http", "https", "ftp")),
    ("(?<=mailto)", ":", ""),
    ("(?<=xmpp)", ":", ""),
    ("(?<=www)", r"\.", ""),
    (r"(?<=[\w.+-])", "@", r"(?=[\w-])"),
)  # fmt: skip
"""Outside of links besides: GFM makes links of bare addresses (section 6.9)."""

BRACKETS: tuple[tuple[str, str, str], ...] = (("", r"[\[\]]", ""),)
"""In the text of a link besides: brackets without a partner would end it."""

STARTS: tuple[str, ...] = (
    r"(?=#{1,6}(?:\s|\Z))",
    r"(?=[-+*](?:\s|\Z))",
    r"(?=(?:-[-\t ]*|=[=\t ]*)\Z)",  # the underline of a heading, a rule
    r"(?=>)",
    r"(?=[:~](?:\s|\Z))",  # a definition
    r"(?=[-:| ]*-[-:| ]*\Z)",  # the ruling of a table
    r"\d{1,9}(?=[.)](?:\s|\Z))",
    r"\[\^[^\]]+\](?=:)",  # a reference before a colon would define the note
)
"""How a line must not begin; the backslash stands after what the pattern takes."""


def _pattern(*tables: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join("".join(row) for table in tables for row in table))


_IN_LINE = _pattern(ANYWHERE, ADDRESSES)
_IN_LINK = _pattern(ANYWHERE, BRACKETS)
_IN_CODE = _pattern(ANYWHERE, BRACKETS, ADDRESSES)
_NEEDY = re.compile(r"[\\`*~_<&\[\]!@]|(?:https?|ftp|mailto|xmpp):|www\.")
_START = re.compile("|".join(STARTS))
_TITLE = re.compile(rf'[\\"]|&(?={_REFERENCE})')
_BARE = re.compile(r"[^\s()<>\\\x00-\x20\x7f]+")


def in_line(text: str, before: str = "", after: str = "", *, in_link: bool = False) -> str:
    """Words within a line; `before` and `after` are the characters beside them, empty at the line's ends."""
    return _escaped(_IN_LINK if in_link else _IN_LINE, text, before, after) if _NEEDY.search(text) else text


def in_code(text: str) -> str:
    """Words within a <code> element, which may stand in a link or not."""
    return _escaped(_IN_CODE, text, ">", "<")


def _escaped(pattern: re.Pattern[str], text: str, before: str, after: str) -> str:
    whole = before + text + after
    end = len(before) + len(text)
    parts, at = [], len(before)
    for match in pattern.finditer(whole, at):
        if match.start() >= end:
            break
        parts += [whole[at : match.start()], "\\"]
        at = match.start()
    return "".join([*parts, whole[at:end]])


def line(text: str) -> str:
    """A finished line so that it begins nothing but a paragraph, and keeps the spaces at its ends."""
    if text[:1] in (" ", "\t"):
        text = f"&#{ord(text[0])};{text[1:]}"
    if text[-1:] in (" ", "\t"):
        text = f"{text[:-1]}&#{ord(text[-1])};"
    match = _START.match(text)
    return f"{text[: match.end()]}\\{text[match.end() :]}" if match else text


def task(text: str) -> str:
    """The first words of a list's item so that they do not begin with the box of a task."""
    return f"\\{text}" if re.match(r"\[[ xX]\]\s", text) else text


def in_cell(text: str) -> str:
    """The content of a pipe table's cell (GFM, section 4.10): every bar is escaped, in code too."""
    return text.replace("|", "\\|")


def title(text: str) -> str:
    """The title of a link or picture in quotation marks; a line break is a reference, lest it ends the paragraph."""
    return '"' + _TITLE.sub(r"\\\g<0>", text).replace("\n", "&#10;") + '"'


def info(language: str) -> str:
    """The language of a block of code, in which references and backslashes are read too."""
    return re.sub(rf"\\(?=[!-/:-@\[-`{{-~])|&(?={_REFERENCE})", r"\\\g<0>", language)


def address(href: str) -> str:
    """The destination of a link (CommonMark, section 6.3): in pointed brackets where it holds spaces or brackets."""
    href = re.sub(f"&(?={_REFERENCE})", r"\\&", href.replace("\n", "%0A"))
    if _BARE.fullmatch(href):
        return href
    return "<" + re.sub(r"[<>]|\\(?!&)", r"\\\g<0>", href) + ">"
