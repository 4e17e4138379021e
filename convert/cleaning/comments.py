"""Drops what readers wrote below an article, where its head says so beyond doubt."""

from __future__ import annotations

import re

from msgspec import structs

from convert.cleaning.flat import is_prose, line_of, lines_of
from convert.cleaning.ledger import Marks, block_starts
from convert.tree import Block, Document
from convert.tree.text import block_text

__all__ = ["drop_comments"]

FEWEST_PROSE = 3
"""Paragraphs of prose that must stand above: a link to the comments often stands above an article."""

# "34 responses to “Ferry sails again”": blog software writes so, and quotes the title. Without the quotation
# mark it may be an article's own heading ("12 comments on the budget").
_ANSWERS = (
    r"(?:responses?|repl(?:y|ies)|thoughts?|comments?)\s+(?:to|on)|(?:antwort(?:en)?|kommentare?|gedanken?)\s+(?:auf|zu)|"
    r"(?:réponses?|commentaires?|réflexions?|pensées?)\s+(?:à|au|sur|pour)|"
    r"(?:respuestas?|comentarios?|pensamientos?|comentários?|respostas?|pensamentos?)\s+(?:a|en|em|sobre|para)|"
    r"(?:rispost[ae]|comment[oi]|pensier[oi])\s+(?:a|su|per)|(?:reacties?|gedachten?|antwoorden)\s+(?:op|over)|"
    r"(?:svar|kommentar(?:er)?|tankar|tanker)\s+(?:på|til|till|om)|(?:ответ\w*|комментари\w*|мысл\w*)\s+(?:на|к|о)|"
    r"(?:odpowied\w*|komentarz\w*|przemyśle\w*|myśl\w*)\s+(?:do|na|o|w)"
)
_HEAD = re.compile(
    rf"(?:\d+|one|ein|eine|un|une|uno|una|um|uma)\s+(?:{_ANSWERS})\s*:?\s*[“\"„«‘].*|"
    r"(?:top[- ]rated|readers?['’]?s?['’]?|all)\s+comments(?:\s*\(?\d+\)?)?",
    re.IGNORECASE,
)


def drop_comments(document: Document, marks: Marks) -> Document:
    """Take out a head such as "34 responses to “…”" and all below it, each paragraph as a change."""
    first = next((k for k, block in enumerate(document.blocks) if _is_head(block)), -1)
    if first < 0 or sum(map(_prose, document.blocks[:first])) < FEWEST_PROSE:
        return document
    starts = block_starts(document)
    blocks: list[Block] = list(document.blocks[:first])
    for block, at, end in zip(document.blocks[first:], starts[first:], starts[first + 1 :], strict=False):
        if not marks.remove(at, end, block_text(block).strip(), "What readers wrote below the article, or its head."):
            blocks.append(block)
    return structs.replace(document, blocks=tuple(blocks))


def _is_head(block: Block) -> bool:
    line = line_of(block, 0)
    return bool(line and _HEAD.fullmatch(line.bare))


def _prose(block: Block) -> int:
    return sum(is_prose(line.text) for line in lines_of(block, 0) or ())
