"""Strings of XHTML: escaping, elements, identifiers, language tags.

What is made here is well-formed XML that an HTML parser reads as the same tree (the polyglot subset):
only void elements close themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from convert.tree import Attrs, Break, Document, NoteReference, Quote
from convert.tree.walk import find, walk

__all__ = ["Ids", "attribute", "attributes", "element", "escape", "language_tag", "legal", "void"]

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, production 2)."""

_NAME = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)
"""Names that are an identifier everywhere: EPUB asks for an XML name without a colon."""

_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?",
    re.ASCII | re.IGNORECASE,
)
"""A well-formed language tag (BCP 47, section 2.1), without the grandfathered ones."""

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_TABLE = str.maketrans({k: v for k, v in _ESCAPES.items() if k != '"'})
_ATTRIBUTE_TABLE = str.maketrans({**_ESCAPES, "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})


def legal(text: str) -> str:
    """The text without characters that XML forbids."""
    return _ILLEGAL.sub("", text)


def escape(text: str) -> str:
    """Text as the content of an element, in Unicode's composed form: the Web's (W3C, Character Model, section 2)."""
    return normalize("NFC", legal(text)).translate(_TABLE)


def attribute(text: str) -> str:
    """Text as the value of an attribute between double quotation marks."""
    return normalize("NFC", legal(text)).translate(_ATTRIBUTE_TABLE)


def attributes(pairs: Iterable[tuple[str, str | None]]) -> str:
    """Attributes in the order given, each with a space before it; those with None are left out."""
    return "".join(f' {name}="{attribute(value)}"' for name, value in pairs if value is not None)


def element(name: str, content: str, *pairs: tuple[str, str | None]) -> str:
    """An element around content that is markup already."""
    return f"<{name}{attributes(pairs)}>{content}</{name}>"


def void(name: str, *pairs: tuple[str, str | None]) -> str:
    """An element that has no content: br, hr, img, col, meta, link."""
    return f"<{name}{attributes(pairs)}/>"


def language_tag(language: str) -> str | None:
    """The tag if it is well-formed, else None: a wrong one would make the whole file invalid."""
    return language if _LANGUAGE.fullmatch(language) else None


class Ids:
    """The identifiers of one article: valid, each used once, the same on every run.

    The tree's own are kept where they can be. Notes get `note-1`, their references `ref-1`, further
    references to the same note `ref-1-2`.
    """

    def __init__(self, document: Document) -> None:
        self._note_numbers = {note.id: number for number, note in enumerate(document.notes, 1)}
        self._given: dict[str, str] = {}
        self._seen: dict[str, int] = {}
        self._taken = {f"note-{number}" for number in self._note_numbers.values()}
        for reference in find(document, NoteReference):
            self._taken.add(self.reference(reference.note))
        self._seen.clear()
        self._given.update(
            (note.attrs.id, f"note-{self._note_numbers[note.id]}")
            for note in document.notes
            if note.attrs and note.attrs.id
        )
        hidden = _unreachable(document)
        for node in walk(document):
            if node.attrs and node.attrs.id and node.attrs.id not in self._given and node.attrs.id not in hidden:
                self._given[node.attrs.id] = self.fresh(node.attrs.id)

    def fresh(self, wish: str) -> str:
        """An identifier nobody has yet, as like the wish as can be."""
        name = re.sub(r"[^\w.\-]+", "-", wish, flags=re.ASCII).strip("-") or "id"
        name = name if _NAME.fullmatch(name) else f"id-{name}"
        tried, number = name, 1
        while tried in self._taken:
            number += 1
            tried = f"{name}-{number}"
        self._taken.add(tried)
        return tried

    def of(self, attrs: Attrs | None) -> str | None:
        """The identifier that a node's own id became."""
        return self._given.get(attrs.id) if attrs and attrs.id else None

    def target(self, wanted: str) -> str | None:
        """The identifier that a link to `#wanted` leads to, None if nothing has that id."""
        return self._given.get(wanted)

    def number(self, note: str) -> int:
        """The number of a note, by its place among the notes; 0 if there is none."""
        return self._note_numbers.get(note, 0)

    def reference(self, note: str) -> str:
        """The identifier of the next reference to a note."""
        count = self._seen[note] = self._seen.get(note, 0) + 1
        return f"ref-{self.number(note)}" + (f"-{count}" if count > 1 else "")

    def references(self, note: str) -> list[str]:
        """The identifiers of all references to a note that were written, in order."""
        number = self.number(note)
        return [f"ref-{number}" + (f"-{k}" if k > 1 else "") for k in range(1, self._seen.get(note, 0) + 1)]


def _unreachable(document: Document) -> set[str]:
    """Ids that no element carries: of line breaks, note references, and what stands within a pull quote."""
    inner = [node for quote in find(document, Quote) if quote.kind == "pull" for node in walk(quote)]
    bare = [node for node in walk(document) if isinstance(node, Break | NoteReference)]
    return {node.attrs.id for node in inner + bare if node.attrs and node.attrs.id}
