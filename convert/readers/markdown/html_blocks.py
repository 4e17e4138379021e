"""A block of raw HTML as the tokens that Markdown would have given.

Whole, well-formed elements that the tree knows become structure; of anything else the text is kept
as paragraphs and the tags are dropped with a loss.
"""

from __future__ import annotations

import html
import re

from markdown_it.token import Token

from convert.readers.markdown.markup import BLOCK_TAGS, INLINE_TAGS, Tag, pieces
from convert.readers.markdown.tokens import Losses, code, image, inline, pair

__all__ = ["blocks", "inline_tokens"]

MAX_NESTING = 16
_SPACE = " \t\n\f\r"
_SPACES = re.compile(f"[{_SPACE}]+")

CLOSERS = {
    "ul": ("li",), "ol": ("li",), "dl": ("dt", "dd"),
    "table": ("caption", "thead", "tbody", "tfoot", "tr"),
    "thead": ("tr",), "tbody": ("tr",), "tfoot": ("tr",), "tr": ("th", "td"),
    "figure": ("img", "figcaption"),
}  # fmt: skip
"""What may stand directly in an element that holds no text of its own."""

NAMES = {
    "p": "paragraph", "ul": "bullet_list", "ol": "ordered_list", "li": "list_item", "blockquote": "blockquote",
    "aside": "container", "div": "container", "table": "table", "caption": "caption", "thead": "thead",
    "tbody": "tbody", "tfoot": "tbody", "tr": "tr", "th": "th", "td": "td", "dl": "dl", "dt": "dt", "dd": "dd",
    "figure": "figure", "figcaption": "figcaption", **{f"h{level}": "heading" for level in range(1, 7)},
}  # fmt: skip
"""The kind of token that an element becomes."""

LINES = frozenset(("p", "dt", "caption", "figcaption", *(f"h{level}" for level in range(1, 7))))
"""Elements that hold inline content only."""


class _MalformedError(Exception):
    """The markup is not a whole, well-formed piece that the tree can hold."""


def blocks(markup: str, losses: Losses) -> list[Token]:
    """The tokens of one HTML block."""
    parts: list[Tag | str] = []
    for part in pieces(markup):
        if isinstance(part, str) or part.name in BLOCK_TAGS or part.name in INLINE_TAGS or part.name in ("br", "img"):
            parts.append(part)
        else:
            losses.tag(part.name)
    try:
        parser = _Parser(parts)
        tokens = parser.flow("", 0)
        if parser.at < len(parts):
            raise _MalformedError
    except _MalformedError:
        return _text_only(parts, losses)
    return tokens


def _text_only(parts: list[Tag | str], losses: Losses) -> list[Token]:
    """The text between the tags as paragraphs."""
    runs: list[str] = [""]
    for part in parts:
        if isinstance(part, str):
            runs[-1] += html.unescape(_SPACES.sub(" ", part))
            continue
        losses.tag(part.name)
        if part.name in BLOCK_TAGS or part.name == "br":
            runs.append("")
        elif part.name == "img":
            runs[-1] += part.attrs.get("alt", "")
    tokens: list[Token] = []
    for run in runs:
        words = _SPACES.sub(" ", run).strip(" ")
        if words:
            tokens += pair("paragraph", [inline([_text(words)])])
    return tokens


class _Parser:
    """Recursive descent over tags and text."""

    def __init__(self, parts: list[Tag | str]) -> None:
        self.parts = parts
        self.at = 0

    def peek(self) -> Tag | str | None:
        return self.parts[self.at] if self.at < len(self.parts) else None

    def flow(self, until: str, depth: int) -> list[Token]:
        """Blocks, and runs of text as paragraphs without space around, up to a closing tag."""
        if depth > MAX_NESTING:
            raise _MalformedError
        tokens: list[Token] = []
        while (part := self.peek()) is not None:
            if isinstance(part, Tag) and part.closing and part.name == until:
                self.at += 1
                return tokens
            if isinstance(part, Tag) and part.name in BLOCK_TAGS:
                if part.closing:
                    raise _MalformedError
                tokens += self.block(depth)
            else:
                children = self.line()
                if children:
                    tokens += pair("paragraph", [inline(children)], hidden=bool(until))
        if until:
            raise _MalformedError
        return tokens

    def block(self, depth: int) -> list[Token]:
        """One block element."""
        tag = self.parts[self.at]
        if not isinstance(tag, Tag):
            raise _MalformedError
        self.at += 1
        if tag.name == "hr":
            return [Token("hr", "hr", 0, attrs=dict(tag.attrs))]
        if tag.name == "pre":
            return [self.pre(tag)]
        if tag.name in LINES:
            return self.lines(tag)
        kind = NAMES[tag.name]
        allowed = CLOSERS.get(tag.name)
        body = self.flow(tag.name, depth + 1) if allowed is None else self.only(tag.name, allowed, depth + 1)
        if tag.name == "table":
            _check_table(body)
        if not body and tag.name in CLOSERS and tag.name != "tr":
            raise _MalformedError
        return pair(kind, body, tag=tag.name, attrs=dict(tag.attrs))

    def lines(self, tag: Tag) -> list[Token]:
        """An element of inline content."""
        children = self.line()
        if self.peek() != Tag(tag.name, closing=True):
            raise _MalformedError
        self.at += 1
        return pair(NAMES[tag.name], [inline(children)], tag=tag.name, attrs=dict(tag.attrs))

    def only(self, until: str, allowed: tuple[str, ...], depth: int) -> list[Token]:
        """Elements of a few kinds with nothing but space between them."""
        tokens: list[Token] = []
        while (part := self.peek()) is not None:
            if isinstance(part, str):
                if part.strip():
                    raise _MalformedError
                self.at += 1
            elif part.closing and part.name == until:
                self.at += 1
                return tokens
            elif part.closing or part.name not in allowed:
                raise _MalformedError
            elif part.name == "img":
                self.at += 1
                tokens.append(inline([image(part.attrs)]))
            else:
                if depth > MAX_NESTING:
                    raise _MalformedError
                tokens += self.block(depth)
        raise _MalformedError

    def line(self) -> list[Token]:
        """Inline content up to the next block tag, without the plain space at its ends."""
        start = self.at
        while (part := self.peek()) is not None and not (isinstance(part, Tag) and part.name in BLOCK_TAGS):
            self.at += 1
        run = self.parts[start : self.at]
        if run and isinstance(run[0], str):
            run[0] = run[0].lstrip(_SPACE)
        if run and isinstance(run[-1], str):
            run[-1] = run[-1].rstrip(_SPACE)
        return inline_tokens(run)

    def pre(self, tag: Tag) -> Token:
        """A block of code: its text as it stands, without the line break that may open it."""
        values: list[str] = []
        language = ""
        while (part := self.peek()) is not None:
            self.at += 1
            if isinstance(part, str):
                values.append(html.unescape(part))
            elif part.name == "code":
                language = part.attrs.get("class", "").removeprefix("language-") or language
            elif part.name == "pre" and part.closing:
                value = "".join(values)
                return code(value.removeprefix("\n") + "\n", language, dict(tag.attrs))
        raise _MalformedError


def inline_tokens(parts: list[Tag | str]) -> list[Token]:
    """Tags and text of one line as inline tokens; the tags are not matched yet."""
    tokens: list[Token] = []
    for part in parts:
        if isinstance(part, str):
            if part:
                tokens.append(_text(html.unescape(_SPACES.sub(" ", part))))
        elif part.name == "br":
            tokens.append(Token("hardbreak", "br", 0))
        elif part.name == "img":
            tokens.append(image(part.attrs))
        else:
            tokens.append(Token("html_inline", "", 0, meta={"tag": part}))
    return tokens


def _text(value: str) -> Token:
    return Token("text", "", 0, content=value)


def _check_table(tokens: list[Token]) -> None:
    """Refuse a table whose cells do not fill its grid, or whose parts stand in another order than they are read."""
    width = inner = part = 0
    free: list[int] = []
    row: list[tuple[int, int]] = []
    for token in tokens:
        inner += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if inner:
            continue
        if token.type in PARTS:
            if any(free) or PARTS[token.type] < part:
                raise _MalformedError
            part, free = PARTS[token.type], [0] * width
        elif token.type == "tr_open":
            part = max(part, 2)
            row = []
        elif token.type in ("th_open", "td_open"):
            row.append((_span(token, "colspan"), _span(token, "rowspan")))
        elif token.type == "tr_close":
            width = width or sum(columns for columns, _ in row)
            free = _next_row(free or [0] * width, row)
    if not width or any(free):
        raise _MalformedError


PARTS = {"caption_open": 0, "thead_open": 1, "tbody_open": 3}
"""The order of a table's parts; rows outside of them count as 2, once a head has begun as 1."""


def _span(token: Token, name: str) -> int:
    value = str(token.attrs.get(name, "1"))
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 1000:
        raise _MalformedError
    return int(value)


def _next_row(covered: list[int], row: list[tuple[int, int]]) -> list[int]:
    """How many further rows each column is covered after a row was set."""
    columns = [k for k, left in enumerate(covered) if not left]
    after = [max(0, left - 1) for left in covered]
    for wide, high in row:
        if len(columns) < wide:
            raise _MalformedError
        for k in columns[:wide]:
            after[k] = high - 1
        del columns[:wide]
    if columns:
        raise _MalformedError
    return after
