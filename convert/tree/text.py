"""The letters of a tree, in order: what must be conserved.

`letters(text)` keeps a text's letters, marks and digits (Unicode categories L, M, N) and drops
spaces and signs, which cleaning may change freely. `document_letters` is the same for a whole
document: its metadata's words in the order of `METADATA_TEXT`, its blocks with the numbers of
ordered lists, its notes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from convert.tree import nodes as n
from convert.tree.metadata import Metadata

__all__ = [
    "METADATA_TEXT",
    "block_text",
    "document_letters",
    "document_segments",
    "document_text",
    "letters",
    "metadata_text",
    "nfc",
    "segments",
]

METADATA_TEXT = (
    "title", "deck", "publisher", "section", "dateline", "authors",
    "description", "keywords", "rights", "editors_note",
)  # fmt: skip
"""The fields of the metadata that hold words of the article, in the order in which they are read."""


_DROPPED_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
_SIGN_OR_MARK = re.compile(r"\W")
FEW_SIGNS = 30
"""Kinds of signs beyond ASCII in one text."""


def letters(text: str) -> str:
    """The letters, marks and digits of `text`, in order."""
    if text.isascii():  # bytes are sifted some thirty times as fast as characters
        return text.encode("ascii").translate(None, _DROPPED_ASCII).decode("ascii")
    return _sifted(text) if len(text) > LONGEST_KNOWN else _known_letters(text)


LONGEST_KNOWN = 4096
"""Characters of a text whose letters are kept in mind: every pass asks for those of the same paragraphs again."""


@lru_cache(maxsize=2048)
def _known_letters(text: str) -> str:
    return _sifted(text)


def _sifted(text: str) -> str:
    """The letters of a text beyond ASCII. Signs of few kinds go one kind after the other, which is soonest done."""
    kept = text.encode("utf-8", "surrogatepass").translate(None, _DROPPED_ASCII).decode("utf-8", "surrogatepass")
    signs = [char for char in set(_SIGN_OR_MARK.findall(kept)) if unicodedata.category(char)[0] != "M"]
    if len(signs) > FEW_SIGNS:
        return kept.translate(dict.fromkeys(map(ord, signs)))
    for sign in signs:
        kept = kept.replace(sign, "")
    return kept


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


def document_segments(document: n.Document) -> list[tuple[object, str]]:
    """The words of a document piece by piece, each with the node (or metadata) that holds it."""
    found: list[tuple[object, str]] = [(document.metadata, text + "\n") for _, text in metadata_text(document.metadata)]
    _each(document.blocks, found)
    _each(document.notes, found)
    return found


def document_text(document: n.Document) -> str:
    """All words of a document in reading order: the text that `document_letters` is taken from."""
    return "".join(text for _, text in document_segments(document))


def document_letters(document: n.Document) -> str:
    """The letters of a document, in reading order."""
    return letters(document_text(document))


def block_text(node: object) -> str:
    """The words of one node in reading order, alternative texts and the numbers of lists included.

    This is the order of the conservation check; for text that people read, see `walk.plain_text`.
    """
    return "".join(text for _, text in segments(node))


def segments(node: object) -> list[tuple[object, str]]:
    """The words below a node piece by piece, each with the node whose field holds it, in reading order."""
    found: list[tuple[object, str]] = []
    _collect(node, found)
    return found


def _collect(node: object, found: list[tuple[object, str]]) -> None:
    match node:
        case n.Text() | n.CodeSpan():
            found.append((node, node.value))
        case n.Paragraph() | n.Heading():
            _each(node.content, found)
            found.append((node, "\n"))
        case n.Emphasis() | n.Strong() | n.Link() | n.Span() | n.Strikethrough() | n.Superscript() | n.Subscript():
            _each(node.content, found)
        case n.List():
            for number, item in enumerate(node.items, node.start):
                if node.ordered:
                    found.append((node, f"{number}. "))
                _each(item.blocks, found)
        case n.ListItem() | n.Cell() | n.Correction() | n.Note():
            _each(node.blocks, found)
        case n.Table():
            _each(node.caption, found)
            found.append((node, "\n"))
            for row in node.head + node.body:
                for cell in row.cells:
                    _each(cell.blocks, found)
        case n.Break():
            found.append((node, "\n"))
        case n.CodeBlock():
            found.append((node, node.value + "\n"))
        case n.Quote():
            _each(node.blocks, found)
            _each(node.attribution, found)
            found.append((node, "\n"))
        case n.Aside():
            _each(node.title, found)
            found.append((node, "\n"))
            _each(node.blocks, found)
        case n.Image():
            found.append((node, node.alt))
        case n.Figure():
            found.append((node, node.alt + "\n"))
            _each(node.caption, found)
            found.append((node, " "))
            _each(node.credit, found)
            found.append((node, "\n"))
        case n.Gallery():
            _each(node.figures, found)
            _each(node.caption, found)
            found.append((node, "\n"))
        case n.DefinitionList():
            for entry in node.entries:
                _each(entry.term, found)
                found.append((node, "\n"))
                for description in entry.descriptions:
                    _each(description, found)
        case n.Embed():
            found.append((node, f"{node.title} {node.text}\n"))
        case _:
            pass  # Rule and NoteReference hold no words


def _each(nodes: tuple[object, ...], found: list[tuple[object, str]]) -> None:
    for node in nodes:
        _collect(node, found)
