"""Moves the author's name and biography after the text into the metadata."""

from __future__ import annotations

import re

from msgspec import structs

from convert.cleaning.flat import Line, lines_of, words_in
from convert.cleaning.ledger import Marks, block_starts
from convert.cleaning.titles import is_name, metadata_end
from convert.tree import Author, Document, Metadata
from convert.tree.text import letters

__all__ = ["take_author"]

LONGEST_BIO = 600

_ABOUT = re.compile(
    r"(?:about the author|written by|author|über den autor|zur person|sobre el autor|à propos de l.auteur)s?\W*",
    re.IGNORECASE,
)
_BIO_WORD = re.compile(
    r"\b(journalis[mt]|reporter|reports|writer|writes|editor|correspondent|columnist|author|covers|contributor|"
    r"blogger|photographer|critic|analyst|professor|researcher|freelance|based in|producer|broadcaster|"
    r"redakteur|korrespondent|autor|rédact|périodis|periodista|giornalista|gazeteci|muhabir|журналист|корреспондент)",
    re.IGNORECASE,
)


def take_author(document: Document, marks: Marks) -> Document:
    """Take a name alone on a line and the biography below it, the last two paragraphs, as the author's."""
    if len(document.blocks) < 3:
        return document
    starts = block_starts(document)
    before, name, bio = (_single(block, at) for block, at in zip(document.blocks[-3:], starts[-4:], strict=False))
    if not name or not bio or not is_name(name.bare) or not _is_bio(bio.bare, name.bare):
        return document
    under = marks.ask(name.at, f"{name.bare}\n{bio.bare}")
    if not under:
        return document
    label = before if before and _ABOUT.fullmatch(before.bare) else None
    if label:
        marks.remove(label.at, label.end, label.bare, "The label of the author's box.", under)
    metadata = _moved(name, bio, document.metadata, marks, under)
    return structs.replace(document, metadata=metadata, blocks=document.blocks[: -3 if label else -2])


def _moved(name: Line, bio: Line, metadata: Metadata, marks: Marks, under: str) -> Metadata:
    """The metadata with a biography, given to the author of the byline where the name is the same."""
    authors = metadata.authors
    known = next((k for k, author in enumerate(authors) if letters(author.name) == letters(name.bare)), None)
    if known is None:
        to = metadata_end(metadata, "authors")
        marks.move(name.at, name.end, to, name.bare, "The author's name.", under)
        authors = (*authors, Author(name.bare))
        known = len(authors) - 1
    else:
        marks.remove(name.at, name.end, name.bare, "The author's name again.", under)
        to = metadata_end(structs.replace(metadata, authors=authors[: known + 1]), "authors")
    marks.move(bio.at, bio.end, to, bio.bare, "The author's biography.", under)
    authors = (*authors[:known], structs.replace(authors[known], bio=bio.bare), *authors[known + 1 :])
    return structs.replace(metadata, authors=authors)


def _single(block: object, at: int) -> Line | None:
    lines = lines_of(block, at)  # type: ignore[arg-type]
    return lines[0] if lines and len(lines) == 1 else None


def _is_bio(text: str, name: str) -> bool:
    """Whether a paragraph speaks of an author: it begins with the name, or names the trade."""
    if len(text) > LONGEST_BIO or len(words_in(text)) < 3:
        return False
    return bool(_BIO_WORD.search(text)) or text.startswith(name.split()[0])
