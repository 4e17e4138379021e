"""Predict the blocks of articles, for a scorer: `predict.py IN.jsonl.gz OUT.jsonl`.

A line of IN is `{id, page, lang, url, text}` or `{…, html}`; answers are never handed over (`strip.py` takes them
out of gold files). A line of OUT is `{"id", "blocks": [{type, text, level, cells, ordered, depth}], "text", "meta"}`.
What copydesk shows beside the body (byline, dateline, captions) has the type `meta`; `text` is the body alone,
without title and `meta`. An article that it refuses gives no blocks, and the reason on standard error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from convert.config import Config
from convert.errors import CopydeskError
from convert.pipeline import Article, prepare
from convert.report import Report
from convert.tree import Document
from convert.tree import nodes as n
from convert.tree.text import block_text
from convert.world import DiskWorld, Source

if __package__:
    from benchmarks.structure.jsonl import read
else:  # run as a script, where a neighbour is found by its bare name
    from jsonl import read

ASIDE_ROLES = frozenset(("caption", "byline"))
"""Roles of paragraphs that stand beside the body."""


_POSTER = re.compile(r" (?=— )")
"""What parts a post's words from whoever posted them."""


def blocks_of(blocks: tuple[n.Block, ...], depth: int = 0) -> Iterator[dict[str, Any]]:
    """The blocks of a tree as the scorer knows them, nested ones flattened."""
    for block in blocks:
        match block:
            case n.Heading():
                yield {"type": "heading", "level": block.level, "text": words(block)}
            case n.Paragraph():
                kind = "meta" if block.role in ASIDE_ROLES else "paragraph"
                yield {"type": kind, "text": words(block)}
            case n.List():
                for item in block.items:
                    own = tuple(inner for inner in item.blocks if not isinstance(inner, n.List))
                    text = " ".join(words(inner) for inner in own)
                    yield {"type": "list_item", "text": text, "ordered": block.ordered, "depth": depth + 1}
                    yield from blocks_of(tuple(b for b in item.blocks if isinstance(b, n.List)), depth + 1)
            case n.Table():
                if block.caption:
                    yield {"type": "meta", "text": inline_words(block.caption)}
                for row in block.head + block.body:
                    cells = [" ".join(words(inner) for inner in cell.blocks) for cell in row.cells]
                    yield {"type": "table_row", "text": " ".join(filter(None, cells)), "cells": cells}
            case n.Quote():
                yield from ({"type": "quote", "text": words(inner)} for inner in block.blocks)
            case n.CodeBlock():
                yield {"type": "code", "text": block.value}
            case n.Figure():
                for part in (block.caption, block.credit):
                    if part:
                        yield {"type": "meta", "text": inline_words(part)}
            case n.Gallery():
                yield from blocks_of(block.figures, depth)
            case n.Aside():
                if block.title:
                    yield {"type": "heading", "level": 3, "text": inline_words(block.title)}
                yield from blocks_of(block.blocks, depth)
            case n.Correction():
                yield from blocks_of(block.blocks, depth)
            case n.DefinitionList():
                for entry in block.entries:
                    yield {"type": "list_item", "text": inline_words(entry.term), "depth": depth + 1}
                    for description in entry.descriptions:
                        yield {"type": "list_item", "text": " ".join(map(words, description)), "depth": depth + 1}
            case n.Embed():
                yield {"type": "meta", "text": block.title}
                yield from ({"type": "quote", "text": part} for part in _POSTER.split(block.text) if part)


def words(block: n.Block) -> str:
    """The text of a block on one line."""
    return " ".join(block_text(block).split())


def inline_words(content: tuple[n.Inline, ...]) -> str:
    """The text of a run of inlines on one line."""
    return words(n.Paragraph(content))


def article_of(item: dict[str, Any], report: Report) -> Article:
    """An item read and cleaned. Raises CopydeskError where the article is refused."""
    form = "html" if "html" in item else "text"
    source = Source(item[form].encode("utf-8", "surrogatepass"), item["id"].replace("/", "-"), None)
    return prepare(source, Config(), DiskWorld(), report, from_=form)


def prediction(item_id: str, document: Document) -> dict[str, Any]:
    """What a scorer is told of a document. The deck is a paragraph, as in the gold."""
    metadata = document.metadata
    head = [{"type": "title", "text": metadata.title}] if metadata.title else []
    head += [{"type": "paragraph", "text": metadata.deck}] if metadata.deck else []
    notes = [{"type": "paragraph", "text": " ".join(map(words, note.blocks))} for note in document.notes]
    meta = {"title": metadata.title, "authors": [a.name for a in metadata.authors], "date": metadata.published}
    blocks = [*head, *blocks_of(document.blocks), *notes]
    text = "\n".join(block["text"] for block in blocks if block["type"] not in ("title", "meta"))
    return {"id": item_id, "blocks": blocks, "text": text, "meta": meta}


def predict(item: dict[str, Any], report: Report) -> dict[str, Any]:
    """One prediction. Raises CopydeskError where the article is refused."""
    return prediction(item["id"], article_of(item, report).document)


def main() -> None:
    """Read items, write predictions."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("items", type=Path, help="IN.jsonl or IN.jsonl.gz")
    parser.add_argument("predictions", type=Path, help="OUT.jsonl")
    asked = parser.parse_args()
    with asked.predictions.open("w", encoding="utf-8") as out:
        for item in read(asked.items):
            try:
                found = predict(item, Report())
            except CopydeskError as error:
                print(f"{item['id']}: {error}", file=sys.stderr)
                found = {"id": item["id"], "blocks": [], "meta": {}}
            out.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
