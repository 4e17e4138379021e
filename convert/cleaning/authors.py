"""Moves the author's name and biography after the text into the metadata."""

from __future__ import annotations

import re

from msgspec import structs

from convert.cleaning.flat import Line, line_of, words_in
from convert.cleaning.ledger import Marks, block_starts
from convert.cleaning.titles import byline_names, is_name, metadata_end
from convert.tree import Author, Document, Metadata
from convert.tree.text import letters

__all__ = ["describes_author", "take_author"]

LONGEST_BIO = 600

_ABOUT = re.compile(
    r"(?:about the author|written by|author|über den autor|zur person|sobre el autor|à propos de l.auteur)s?\W*",
    re.IGNORECASE,
)
_TRADE = (
    r"(journalis[mt]\w*|reporter|writer|editor|correspondent|columnist|author|contributor|blogger|photographer|critic|"
    r"analyst|professor|researcher|freelancer?|producer|broadcaster|redakteur\w*|korrespondent\w*|autor\w*|rédact\w*|"
    r"periodista|giornalista|gazeteci|muhabir\w*|журналист\w*|корреспондент\w*)"
)
# "A foreign correspondent reporting from …": an indefinite article or none, and the trade within a few words.
_DESCRIBES = re.compile(rf"(?:(?:an?|ein|eine|un|une|una|um|uma)\s+)?(?:[\w’'-]+\s+){{0,4}}?{_TRADE}\b", re.IGNORECASE)
# "Ann Lee is a reporter", "Ann covers the coast": the present tense, for a story's last words tell of the past.
_PRESENT = r"\s+(?:[\w-]+\s+)?(is|are|covers|writes|reports|works|edits|ist|schreibt|est|écrit|es|escribe|è|scrive)\b"
_PAST = re.compile(r"\b(was|were|had|said|did|could|would)\b", re.IGNORECASE)


def take_author(document: Document, marks: Marks) -> Document:
    """Take a name alone on a line and the biography below it, the last two paragraphs, as the author's."""
    if len(document.blocks) < 3:
        return document
    starts = block_starts(document)
    before, name, bio = (line_of(block, at) for block, at in zip(document.blocks[-3:], starts[-4:], strict=False))
    if not name or not bio:
        return document
    by, name = _without_by(name)
    if not is_name(name.bare):
        return document
    label = before if before and _ABOUT.fullmatch(before.bare) else None
    known = any(letters(author.name) == letters(name.bare) for author in document.metadata.authors)
    if not _is_bio(bio.bare, name.bare, sure=known or label is not None or by is not None):
        return document
    under = marks.ask(name.at, f"{name.bare}\n{bio.bare}")
    if not under:
        return document
    if by:
        marks.remove(by.at, by.end, by.bare, "A word of the byline.", under)
    if not known and not label and not by:
        marks.note(
            "author.taken", "doubt", f"“{name.bare}” and the paragraph below were taken for the author's.", name.at
        )
    if label:
        marks.remove(label.at, label.end, label.bare, "The label of the author's box.", under)
    metadata = _moved(name, bio, document.metadata, marks, under)
    return structs.replace(document, metadata=metadata, blocks=document.blocks[: -3 if label else -2])


def describes_author(name: Line, bio: Line) -> bool:
    """Whether a line is a name, and the paragraph below it the biography of an author."""
    by, name = _without_by(name)
    return is_name(name.bare) and _is_bio(bio.bare, name.bare, sure=by is not None)


def _without_by(line: Line) -> tuple[Line | None, Line]:
    """The word "By" of a byline with one name, and the name alone."""
    names = byline_names(line.bare)
    if len(names) != 1:
        return None, line
    by = Line(line.bare[: -len(names[0])], line.at)
    return by, Line(names[0], by.end)


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


def _is_bio(text: str, name: str, *, sure: bool) -> bool:
    """Whether a paragraph speaks of an author. `sure`: a byline or a label says that the name is one's."""
    if len(text) > LONGEST_BIO or len(words_in(text)) < 3:
        return False
    first = re.escape(name.split()[0])
    speaks = re.match(rf"(?:{first}|{re.escape(name)}|he|she|they){_PRESENT}", text, re.IGNORECASE)
    if sure:
        return bool(speaks) or bool(_DESCRIBES.match(text)) or text.startswith(name.split()[0])
    trade = re.search(rf"\b(?:{_TRADE}|covers|writes|reports)\b", text, re.IGNORECASE)
    return not _PAST.search(text) and bool(trade) and (bool(speaks) or bool(_DESCRIBES.match(text)))
