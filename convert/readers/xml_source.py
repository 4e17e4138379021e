"""XML from newsroom systems: parsed without entities, without a DTD and within bounds, whole or item by item.

expat is used and not a parser that builds its own tree, for it streams, and every declaration of an entity can be
refused. A document type may be named, as NITF does; it is never looked at. Characters that HTML names (&nbsp;,
&eacute;) are taken for what they are, for feeds use them without a document type.
"""

from __future__ import annotations

import codecs
import html.entities
import io
import re
from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from msgspec import Struct

from convert.errors import InputError, LimitError
from convert.readers.decoding import BOMS
from convert.readers.html.charset import LABELS
from convert.report import Report

__all__ = ["Piece", "pieces", "root_name", "tree", "utf8"]

CHUNK = 1 << 18
MOST_OPEN = 400
"""Elements that may stand in one another: HTML in a feed nests deeper than its XML ever does."""

LONGEST_TOKEN = 16_000_000
"""Bytes of one tag or comment."""

LONGEST_HEAD = 4_000_000
"""Bytes that stand before the first item."""

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_ROOT = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,300}\?>)?(?:\s|<!--.{0,4000}?-->|"
    r"<!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,8000}\]\s{0,100})?>|<\?[^>]{0,1000}\?>)*"
    r"<([A-Za-z_][\w.:-]{0,100})((?:\s[^<>]{0,8000})?)/?>",
    re.DOTALL,
)


class Piece(Struct, frozen=True):
    """One item of a file: the bytes of its element (UTF-8), and those of all that stood before the first item."""

    data: bytes
    head: bytes
    tail: bytes

    @property
    def document(self) -> bytes:
        """A file of this item alone."""
        return self.head + self.data + self.tail


def root_name(head: bytes) -> tuple[str, str]:
    """The name of a file's first element and the attributes of its tag; two empty texts for what is no XML."""
    encoding = _encoding(head)
    found = _ROOT.match(head.decode(encoding, "replace"))
    return (found[1], found[2]) if found else ("", "")


def utf8(file: BinaryIO, report: Report, where: str) -> Iterator[bytes]:
    """A file's bytes as UTF-8 without the control characters that XML forbids, and that exports have all the same."""
    first = file.read(CHUNK)
    encoding = _encoding(first)
    mark = next((mark for mark, name in BOMS if first.startswith(mark) and name == encoding), b"")
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    damaged, chunk = 0, first[len(mark) :]
    if encoding not in ("utf-8", *_WIDE) and encoding != _named(first):
        report.add(
            "text.encoding", "doubt", f"The file is not UTF-8; it was read as {encoding}. Check the accented letters.",
            where,
        )  # fmt: skip
    while True:
        if encoding == "utf-8" and chunk.isascii() and not decoder.getstate()[0]:
            made = chunk
        else:
            text = decoder.decode(chunk, final=not chunk)
            damaged += text.count("\ufffd")
            made = text.encode("utf-8", "replace")
        if made:
            yield made.translate(None, _CONTROLS)
        if not chunk:
            break
        chunk = file.read(CHUNK)
    if damaged:
        report.add("text.damaged", "loss", f"The file has {damaged} damaged characters, shown as \ufffd.", where)


_WIDE = tuple(name for _, name in BOMS)


def _named(head: bytes) -> str:
    found = _DECLARED.match(head[:400].lstrip())
    name = found[1].decode("ascii").lower() if found else ""
    return LABELS.get(name, name)


def _encoding(head: bytes) -> str:
    """The encoding of a file: its byte order mark, UTF-8 if it can be, what it declares, else Windows-1252."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    for start, name in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if head.startswith(start):
            return name
    named = _named(head)
    stateful = named.startswith(("iso-2022", "hz"))
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        if named in ("", "utf-8", "utf8") and error.start > 4096:
            return "utf-8"  # one bad byte far in is damage, not another encoding
    else:
        if not stateful:
            return "utf-8"
    try:
        if named and not named.startswith("utf"):
            codecs.getincrementaldecoder(named)
            "".encode(named)
            return named
    except (LookupError, ValueError):
        pass
    return "cp1252"


class _Parser:
    """An expat parser that refuses entities, and says how deep it is."""

    def __init__(self, where: str, *, namespaces: bool) -> None:
        self.where = where
        self.depth = 0
        self.fed = 0
        self.expat = expat.ParserCreate("utf-8", "}" if namespaces else None)
        self.expat.buffer_text = True
        self.expat.UseForeignDTD(True)
        self.expat.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)
        self.expat.ExternalEntityRefHandler = self._external
        self.expat.EntityDeclHandler = self._declared

    def _external(self, context: str | None, base: str | None, system: str | None, public: str | None) -> int:
        """Say that a document type has been read, and read nothing: then names of characters are not unknown."""
        self.expat.ExternalEntityParserCreate(context, "utf-8").Parse(b"", True)
        return 1

    def _declared(self, name: str, *_: object) -> None:
        raise InputError(
            "xml.entity", f"The XML declares the entity “{name[:60]}”, and such files are not read.", self.where
        )

    def open(self) -> None:
        self.depth += 1
        if self.depth > MOST_OPEN:
            raise InputError("xml.depth", f"The XML nests more deeply than {MOST_OPEN} elements.", self.where)

    def feed(self, data: bytes) -> None:
        self._parse(data, False)
        self.fed += len(data)
        if self.fed - self.expat.CurrentByteIndex > LONGEST_TOKEN:
            raise LimitError("xml.token", f"A tag has more than {LONGEST_TOKEN:,} bytes.", self.where)

    def close(self) -> None:
        self._parse(b"", True)

    def _parse(self, data: bytes, final: bool) -> None:
        try:
            self.expat.Parse(data, final)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise InputError(
                "xml.broken",
                f"The XML breaks off or is damaged at line {error.lineno} ({reason}). Export it again.", self.where,
            ) from error  # fmt: skip


def tree(data: bytes, report: Report, where: str) -> Element:
    """The element tree of a whole file; names as `{namespace}local`. Raises InputError."""
    if not data.strip():
        raise InputError("input.empty", "The article is empty.", where)
    parser = _Parser(where, namespaces=True)
    top = Element("top")
    open_elements = [top]
    last: list[Element | None] = [None]

    def start(name: str, attributes: dict[str, str]) -> None:
        parser.open()
        made = Element(_name(name), {_name(key): value for key, value in attributes.items()})
        open_elements[-1].append(made)
        open_elements.append(made)
        last[0] = None

    def end(_: str) -> None:
        parser.depth -= 1
        last[0] = open_elements.pop()

    texts: list[str] = []

    def flush() -> None:
        if texts:
            value = "".join(texts)
            texts.clear()
            if last[0] is None:
                open_elements[-1].text = (open_elements[-1].text or "") + value
            else:
                last[0].tail = (last[0].tail or "") + value

    def start_flushed(name: str, attributes: dict[str, str]) -> None:
        flush()
        start(name, attributes)

    def end_flushed(name: str) -> None:
        flush()
        end(name)

    def skipped(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            texts.append(html.entities.html5.get(f"{name};", ""))

    parser.expat.StartElementHandler = start_flushed
    parser.expat.EndElementHandler = end_flushed
    parser.expat.CharacterDataHandler = texts.append
    parser.expat.SkippedEntityHandler = skipped
    for chunk in utf8(io.BytesIO(data), report, where):
        parser.feed(chunk)
    parser.close()
    return top[0]


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def pieces(
    file: BinaryIO, names: Collection[str], report: Report, where: str, most: int, others: Collection[str] = ()
) -> Iterator[Piece]:
    """The elements of a file that have one of the local names, one after the other, however large the file.

    No more than `most` bytes of an item are kept, and one: what is larger is refused by its size. Raises InputError
    where the file breaks off, after the items before that place. `others` are roots that are items themselves.
    """
    splitter = _Splitter(names, where, most)
    for chunk in utf8(file, report, where):
        splitter.feed(chunk)
        yield from splitter.taken()
    splitter.close()
    yield from splitter.taken()


class _Splitter:
    """Cuts a stream into the bytes of its items."""

    def __init__(self, names: Collection[str], where: str, most: int) -> None:
        self.names = frozenset(names)
        self.where = where
        self.most = most
        self.parser = _Parser(where, namespaces=False)
        self.parser.expat.StartElementHandler = self._start
        self.parser.expat.EndElementHandler = self._end
        self.parser.expat.buffer_text = False
        self.buffer = bytearray()
        self.begin = 0  # the place in the file of the buffer's first byte
        self.root_at: int | None = None
        self.head: bytes | None = None
        self.open: list[str] = []
        self.item_at: int | None = None
        self.item_depth = 0
        self.cut = False
        self.ends: list[tuple[int, int, str]] = []
        self.found: list[Piece] = []

    def feed(self, chunk: bytes) -> None:
        self.buffer += chunk
        self.parser.feed(chunk)
        self._collect()

    def close(self) -> None:
        self.parser.close()
        self._collect()

    def taken(self) -> list[Piece]:
        found, self.found = self.found, []
        return found

    def _start(self, name: str, _: dict[str, str]) -> None:
        self.parser.open()
        at = self.parser.expat.CurrentByteIndex
        if self.root_at is None:
            self.root_at = at
        if self.item_at is None:
            if name.rpartition(":")[2] in self.names:
                self.item_at = at
                self.item_depth = self.parser.depth
                if self.head is None:
                    self._take_head(at)
            else:
                self.open.append(name)

    def _end(self, name: str) -> None:
        if self.item_at is not None and self.parser.depth == self.item_depth:
            self.ends.append((self.item_at, self.parser.expat.CurrentByteIndex, name))
            self.item_at = None
        elif self.item_at is None and self.open:
            self.open.pop()
        self.parser.depth -= 1

    def _take_head(self, at: int) -> None:
        begin = (self.root_at or 0) - self.begin
        self.head = bytes(self.buffer[begin : at - self.begin])
        self.tail = "".join(f"</{name}>" for name in reversed(self.open)).encode()

    def _collect(self) -> None:
        """Take the items that have ended out of the buffer, and all that is behind the parser."""
        for begin, end, name in self.ends:
            inner = bytes(self.buffer[begin - self.begin : end - self.begin])
            closing = b"" if inner.endswith(b"/>") else f"</{name}>".encode()
            size = len(inner) + len(closing)
            data = inner + closing if not self.cut and size <= self.most else inner.ljust(self.most + 1)
            self.found.append(Piece(data, self.head or b"", self.tail))
            self.cut = False
        done = self.ends[-1][1] if self.ends else 0
        self.ends.clear()
        if self.item_at is not None:
            keep = self.item_at
        elif self.head is None:
            keep = self.root_at if self.root_at is not None else self.parser.expat.CurrentByteIndex
            if self.begin + len(self.buffer) - keep > LONGEST_HEAD + LONGEST_TOKEN:
                raise LimitError("xml.head", "No article stands in the beginning of the file.", self.where)
        else:
            keep = max(done, self.parser.expat.CurrentByteIndex)
        del self.buffer[: max(0, keep - self.begin)]
        self.begin = max(self.begin, keep)
        if self.item_at is not None and len(self.buffer) > self.most + LONGEST_TOKEN:
            self.cut = True  # the item is too large whatever follows: its middle is not kept
            excess = len(self.buffer) - self.most
            del self.buffer[self.most // 2 : self.most // 2 + excess]
            self.begin += excess
            self.item_at += excess
