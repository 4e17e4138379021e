"""A PDF's tag tree with its text, as a screen reader gets it: by the fonts' own maps, not by ours."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Map = tuple[dict[int, str], int]


@dataclass
class Tag:
    """One element of the structure tree: its type without the slash, its own text, and what it holds.

    `actual` is what is to be read in place of its text, `alt` what describes it, `attributes` those of all owners.
    """

    kind: str
    text: str = ""
    alt: str = ""
    actual: str = ""
    language: str = ""
    name: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    leads: list[str] = field(default_factory=list)
    """Where it leads, by the descriptions of its annotations."""
    kids: list[Tag] = field(default_factory=list)

    def words(self) -> str:
        """All text in it, in order, as it is drawn."""
        return self.text + "".join(kid.words() for kid in self.kids)

    def read(self) -> str:
        """All text in it, in order, as it is to be read."""
        return self.actual or self.text + "".join(kid.read() for kid in self.kids)

    def all(self, *kinds: str) -> list[Tag]:
        """The elements of some kinds below it, in order, those inside others too; of every kind if none is named."""
        found = [self] if not kinds or self.kind in kinds else []
        return found + [one for kid in self.kids for one in kid.all(*kinds)]

    def find(self, *kinds: str) -> Iterator[Tag]:
        """The elements of some kinds below it, in order; none inside another."""
        for kid in self.kids:
            if kid.kind in kinds:
                yield kid
            else:
                yield from kid.find(*kinds)


def tags(data: bytes) -> Tag:
    """The structure tree of a PDF (ISO 32000-2, 14.7). Raises AssertionError for one that is not tagged."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        assert root is not None, "the PDF is not tagged"
        texts = {page.objgen: _page_texts(page) for page in pdf.pages}
        top = Tag("Root")
        _grow(top, root.get("/K"), texts, None)
        return top


def _grow(parent: Tag, node: Any, texts: dict[Any, dict[int, str]], page: Any) -> None:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            _grow(parent, kid, texts, page)
    elif isinstance(node, int):
        parent.kids.append(Tag("#text", texts.get(page, {}).get(node, "")))
    elif isinstance(node, pikepdf.Dictionary):
        page = node["/Pg"].objgen if "/Pg" in node else page
        if "/S" in node:
            said = (str(node.get(key, "")) for key in ("/Alt", "/ActualText", "/Lang", "/ID"))
            tag = Tag(str(node["/S"])[1:], "", *said, attributes=_attributes(node.get("/A")))
            parent.kids.append(tag)
            _grow(tag, node.get("/K"), texts, page)
        elif "/Obj" in node:  # an object reference: an annotation
            parent.leads.append(str(node["/Obj"].get("/Contents", "")))
        elif "/MCID" in node:  # a marked-content reference
            parent.kids.append(Tag("#text", texts.get(page, {}).get(int(node["/MCID"]), "")))


def _attributes(held: Any) -> dict[str, Any]:
    """Attributes by name without the slash; names and strings as text."""
    found: dict[str, Any] = {}
    for each in held if isinstance(held, pikepdf.Array) else [] if held is None else [held]:
        for key, value in each.items():
            many = isinstance(value, pikepdf.Array)
            found[key[1:]] = [str(one) for one in value] if many else str(value).removeprefix("/")
    return found


def _page_texts(page: pikepdf.Page) -> dict[int, str]:
    """The text of each piece of marked content of a page, by its number."""
    fonts = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts: dict[int, str] = defaultdict(str)
    stack: list[int | None] = []
    font: Map = ({}, 1)
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                marks = operands[1]
                numbered = isinstance(marks, pikepdf.Dictionary) and "/MCID" in marks
                stack.append(int(marks["/MCID"]) if numbered else None)
            case "BMC":
                stack.append(None)
            case "EMC":
                stack.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ":
                number = next((each for each in reversed(stack) if each is not None), None)
                if number is not None:
                    texts[number] += _shown(operands[0], font)
    return texts


def _shown(operand: Any, font: Map) -> str:
    table, size = font
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    text = ""
    for part in parts:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            codes = [int.from_bytes(raw[k : k + size], "big") for k in range(0, len(raw), size)]
            text += "".join(table.get(code, "\ufffd") for code in codes)
    return text


_HEX = r"<([0-9A-Fa-f]+)>\s*"


def _unicode(font: Any) -> Map:
    """A font's codes as text (its ToUnicode map: ISO 32000-2, 9.10.3), and the bytes of a code."""
    size = 2 if str(font.get("/Subtype")) == "/Type0" else 1
    table: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return table, size
    source = font["/ToUnicode"].read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        table.update((int(code, 16), _text(text)) for code, text in re.findall(_HEX + r"<([0-9A-Fa-f]*)>", block))
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for first, last, text in re.findall(_HEX + _HEX + _HEX, block):
            start = _text(text)
            for code in range(int(first, 16), int(last, 16) + 1):
                table[code] = start[:-1] + chr(ord(start[-1]) + code - int(first, 16))
    return table, size


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
