"""markdown-it, set up as this project reads Markdown: CommonMark, GFM, footnotes, definition lists.

Two guards are added: markdown-it drops what nests too deeply, and here the marks stay as text instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from convert.errors import LimitError

__all__ = ["BLOCK_DEPTH", "INLINE_DEPTH", "parse"]

BLOCK_DEPTH = 48
"""Deepest nesting of lists and quotes, in markdown-it's levels; with inlines and tables below `MAX_DEPTH`."""

MOST_BRACKETS = 50_000
"""Opening brackets in one paragraph: each may begin a link, and markdown-it looks for the end of every one."""

INLINE_DEPTH = 16
"""Deepest nesting of links, emphasis and pictures within a line."""

_BLOCK_RULES = ("blockquote", "list", "footnote_def", "deflist")

Rule = Callable[..., bool]


def parse(text: str) -> tuple[list[Token], bool]:
    """The tokens of a Markdown text, and whether some marks nest too deeply and stayed as text.

    Raises LimitError for more brackets than can be looked at in a few seconds.
    """
    if any(part.count("[") > MOST_BRACKETS for part in text.split("\n\n")):
        raise LimitError(
            "limit.brackets",
            f"More than {MOST_BRACKETS:,} square brackets stand in one paragraph. "
            "Split it, or read it with --from text.",
        )
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    return tokens, bool(env.get("too_deep"))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """The parser, made once: it holds nothing of an article."""
    parser = MarkdownIt("commonmark", {"maxNesting": 2 * BLOCK_DEPTH, "strikethrough_single_tilde": True})
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.use(deflist_plugin)
    parser.use(gfm_autolink_plugin)
    for name in _BLOCK_RULES:
        _guard(parser.block.ruler, name, _shallow_block)
    _guard(parser.inline.ruler, "image", _shallow_image)
    return parser


def _guard(ruler: Any, name: str, guard: Callable[[Rule], Rule]) -> None:
    """Put a guard before one rule and keep all else about it."""
    rule = next(rule for rule in ruler.__rules__ if rule.name == name)
    ruler.at(name, guard(rule.fn), {"alt": rule.alt})


def _shallow_block(rule: Rule) -> Rule:
    def guarded(state: Any, start: int, end: int, silent: bool) -> bool:
        if state.level >= BLOCK_DEPTH:
            if state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].startswith(DEEP_MARKS):
                state.env["too_deep"] = True
            return False
        return rule(state, start, end, silent)

    return guarded


DEEP_MARKS = (">", "- ", "* ", "+ ", ": ", "[^")
"""How lines begin whose marks were meant, when they stay as text."""


def _shallow_image(rule: Rule) -> Rule:
    """Alternative texts are parsed by a new call, so a picture within a picture's text costs the stack."""

    def guarded(state: Any, silent: bool) -> bool:
        if state.src[state.pos] != "!":
            return False
        depth = state.env.get("image_depth", 0)
        if depth >= INLINE_DEPTH:
            state.env["too_deep"] = True
            return False
        state.env["image_depth"] = depth + 1
        try:
            return rule(state, silent)
        finally:
            state.env["image_depth"] = depth

    return guarded
