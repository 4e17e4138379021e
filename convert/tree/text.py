"""The letters of a tree, in order: what must be conserved.

`letters(text)` keeps a text's letters, marks and digits (Unicode categories L, M, N) and drops
spaces and signs, which cleaning may change freely. `document_letters` is the same for a whole
document: its metadata's words in the order of `METADATA_TEXT`, its blocks with the numbers of
ordered lists, its notes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from convert.tree import nodes as n
from convert.tree.metadata import Metadata

__all__ = ["METADATA_TEXT", "block_text", "document_letters", "document_text", "letters", "metadata_text", "nfc"]

METADATA_TEXT = (
    "title", "deck", "publisher", "section", "dateline", "authors",
    "description", "keywords", "rights", "editors_note",
)  # fmt: skip
"""The fields of the metadata that hold words of the article, in the order in which they are read."""


class _Kept(dict[int, int | None]):
    """A table for str.translate that learns which characters are letters, marks or digits."""

    def __missing__(self, code: int) -> int | None:
        kept = code if unicodedata.category(chr(code))[0] in "LMN" else None
        self[code] = kept
        return kept


_KEPT = _Kept()


def letters(text: str) -> str:
    """The letters, marks and digits of `text`, in order."""
    return text.translate(_KEPT)


def nfc(text: str) -> str:
    """`text` with accents composed, for comparing."""
    return unicodedata.normalize("NFC", text)


def metadata_text(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """The words of the metadata as (field, text), in reading order."""
    for name in METADATA_TEXT:
        value = getattr(metadata, name)
        if name == "authors":
            for author in value:
                yield from ((name, part) for part in (author.name, author.role, author.bio) if part)
        elif name == "keywords":
            yield from ((name, word) for word in value)
        elif value:
            yield name, value


def document_text(document: n.Document) -> str:
    """All words of a document in reading order: the text that `document_letters` is taken from."""
    parts = [text for _, text in metadata_text(document.metadata)]
    parts.extend(block_text(block) for block in document.blocks)
    parts.extend(block_text(note) for note in document.notes)
    return "\n".join(parts)


def document_letters(document: n.Document) -> str:
    """The letters of a document, in reading order."""
    return letters(document_text(document))


def block_text(node: object) -> str:
    """The words of one node in reading order, alternative texts and the numbers of lists included.

    This is the order of the conservation check; for text that people read, see `walk.plain_text`.
    """
    parts: list[str] = []
    _collect(node, parts)
    return "".join(parts)


def _collect(node: object, parts: list[str]) -> None:
    match node:
        case n.Text(value=value) | n.CodeSpan(value=value):
            parts.append(value)
        case n.Paragraph() | n.Heading():
            _each(node.content, parts)
            parts.append("\n")
        case n.Emphasis() | n.Strong() | n.Link() | n.Span() | n.Strikethrough() | n.Superscript() | n.Subscript():
            _each(node.content, parts)
        case n.List():
            for number, item in enumerate(node.items, node.start):
                if node.ordered:
                    parts.append(f"{number}. ")
                _each(item.blocks, parts)
        case n.ListItem() | n.Cell() | n.Correction() | n.Note():
            _each(node.blocks, parts)
        case n.Table():
            _each(node.caption, parts)
            for row in node.head + node.body:
                for cell in row.cells:
                    _each(cell.blocks, parts)
        case n.Break():
            parts.append("\n")
        case n.CodeBlock():
            parts.append(node.value + "\n")
        case n.Quote():
            _each(node.blocks, parts)
            _each(node.attribution, parts)
        case n.Aside():
            _each(node.title, parts)
            parts.append("\n")
            _each(node.blocks, parts)
        case n.Image():
            parts.append(node.alt)
        case n.Figure():
            parts.append(node.alt + "\n")
            _each(node.caption, parts)
            parts.append(" ")
            _each(node.credit, parts)
            parts.append("\n")
        case n.Gallery():
            _each(node.figures, parts)
            _each(node.caption, parts)
        case n.DefinitionList():
            for entry in node.entries:
                _each(entry.term, parts)
                parts.append("\n")
                for description in entry.descriptions:
                    _each(description, parts)
        case n.Embed():
            parts.append(f"{node.title} {node.text}\n")
        case _:
            pass  # Rule and NoteReference hold no words


def _each(nodes: tuple[object, ...], parts: list[str]) -> None:
    for node in nodes:
        _collect(node, parts)
