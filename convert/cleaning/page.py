"""Takes out what stood on a web page and is not of the article, or repeats what the metadata says."""

from __future__ import annotations

from msgspec import structs

from convert.cleaning.ledger import Marks
from convert.tree import Document, Metadata, Paragraph
from convert.tree.text import block_text, document_segments, letters
from convert.tree.walk import plain_text, rewrite

__all__ = ["drop_furniture"]

BESIDE_NAMES, LONGEST_DATE = 20, 40
"""Characters of a byline beside the names of authors, and of a line with a date."""


def drop_furniture(document: Document, marks: Marks) -> Document:
    """Take out paragraphs of the role "furniture", each as a change; one that a caller refuses becomes body text.

    Their reader has chosen them: menus, teasers and hidden text, and the page's own title, byline and date.
    """
    places = _places(document)
    if not places:
        return document

    def judge(node: object) -> object:
        if not isinstance(node, Paragraph) or node.role != "furniture":
            return node
        text = plain_text(node.content)
        start = places[id(node)]
        end = start + len(letters(block_text(node)))
        if marks.remove(start, end, text, _reason(text, document.metadata)):
            return None
        return structs.replace(node, role="body")

    return rewrite(document, judge)


def _places(document: Document) -> dict[int, int]:
    """The first letter of each paragraph that is furniture, by the node's identity."""
    places: dict[int, int] = {}
    at = 0
    for node, text in document_segments(document):
        at += len(letters(text))
        if isinstance(node, Paragraph) and node.role == "furniture":  # said after the words of its content
            places[id(node)] = at - len(letters(block_text(node)))
    return places


def _reason(text: str, metadata: Metadata) -> str:
    key = letters(text).casefold()
    if key == letters(metadata.title).casefold():
        return "The title, which the metadata holds."
    if key == letters(metadata.deck).casefold():
        return "The deck, which the metadata holds."
    names = [author.name for author in metadata.authors if author.name.casefold() in text.casefold()]
    if names and len(text) <= sum(map(len, names)) + BESIDE_NAMES:
        return "The byline, which the metadata holds."
    if metadata.published[:4] and metadata.published[:4] in text and len(text) <= LONGEST_DATE and "©" not in text:
        return "A date, which the metadata holds."
    return "A part of the web page and not of the article, or hidden on it."
