"""Which of the gold's left-over is readers' comments: told apart, for a few pages of them outweigh all else.

A section of comments opens, in the second half of the article's own blocks or after them, with a left-over block of
at most 25 words that names comments or answers ("34 responses to …", "Top Rated Comments", "Отзывы"). To it belong the
left-over blocks that follow, up to the article's own next block or the next left-over heading that names neither.
Optional blocks end nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

__all__ = ["commented", "without"]

OPENING_WORDS = 25
_NAMES = re.compile(
    r"comment(?:s|aires?)?\b|\bcommenti\b|\bcoment[aá]rios?\b|kommentar|komentar|комментар|коментар|отзыв|tanggapan|"
    r"balasan|reacties|\breactions\b|réactions|\bresponses? to\b|\bleave a reply\b|\b\d+ (?:replies|responses)\b|"
    r"\bthoughts? on\b|yorumlar|bình luận|σχόλια|تعليق|評論|评论|コメント|댓글",
    re.IGNORECASE,
)


def commented(blocks: list[dict[str, Any]]) -> Iterator[int]:
    """The places of blocks that belong to sections of comments."""
    inside = False
    own, passed = sum(block["role"] == "content" for block in blocks), 0
    for at, block in enumerate(blocks):
        if block["role"] == "optional":
            continue
        text = block["text"]
        if block["role"] != "boilerplate":
            inside = False
            passed += block["role"] == "content"
        elif 2 * passed >= own and len(text.split()) <= OPENING_WORDS and _NAMES.search(text):
            inside = True
        elif block["type"] == "heading":
            inside = False
        if inside:
            yield at


def without(item: dict[str, Any]) -> dict[str, Any]:
    """A gold item without the blocks of its comments."""
    gone = set(commented(item["blocks"]))
    return {**item, "blocks": [block for at, block in enumerate(item["blocks"]) if at not in gone]}
