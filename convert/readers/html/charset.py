"""The encoding of a page: its byte order mark, what it declares, else what its bytes look like."""

from __future__ import annotations

import codecs
import re

from msgspec import structs

from convert.readers.decoding import BOMS, decode
from convert.report import Report
from convert.world import Source

__all__ = ["FEW_NULS", "page_text"]

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
LABELS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "tis-620": "cp874",
    "iso-8859-11": "cp874", "x-cp1251": "cp1251", "x-cp1252": "cp1252",
}  # fmt: skip
"""What pages call their encoding, and the larger one that browsers read it as (the WHATWG's Encoding standard)."""

_STATEFUL = ("iso-2022-jp", "hz-gb-2312", "hz", "iso2022_jp")
"""Encodings whose bytes are ASCII, and so look like UTF-8."""

FEW_NULS, MOST_NULS = 4, 0.02
"""How many null bytes a page may have, and their share: parsers drop them (HTML standard, 13.2.6.4.7)."""

HEAD = 4096
"""Bytes in which a declaration is looked for; browsers look at 1024, and pages put it later."""


def page_text(source: Source, report: Report) -> str:
    """The page as text, its line ends \\n. Raises InputError for bytes that are none."""
    data = source.data
    if any(data.startswith(mark) for mark, _ in BOMS):
        return decode(source, report)
    if b"\0" in data and data.count(0) <= max(FEW_NULS, len(data) * MOST_NULS):  # more: UTF-16, or no page
        report.add("html.null", "info", f"{data.count(0):,} null bytes of the page were left out.", source.where)
        data = data.replace(b"\0", b"")
        source = structs.replace(source, data=data)
    name = _declared(data)
    if name in _STATEFUL or not _is_utf8(data):
        text = _decoded(data, name)
        if text is not None:
            report.add("text.encoding", "info", f"The page says that its encoding is {name}.", source.where)
            source = structs.replace(source, data=text.encode("utf-8", "replace"))
    return decode(source, report)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:HEAD])
    return (found[1] or found[2]).decode("ascii").lower() if found else ""


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8; that more than one character in a thousand is, no other encoding does by chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, name: str) -> str | None:
    """The text in a declared encoding; None where there is no such, or the bytes are none of it."""
    name = LABELS.get(name, name)
    if not name or name.startswith("utf"):
        return None
    try:
        codecs.lookup(name)
        text = data.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):
        return None
    return text if text.count("\ufffd") <= max(2, len(text) // 2000) else None
