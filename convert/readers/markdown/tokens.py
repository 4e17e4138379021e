"""Making tokens of markdown-it's kind, and remembering which HTML was dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markdown_it.token import Token
from msgspec import Struct, field

from convert.report import Report

__all__ = ["Losses", "alt_text", "code", "image", "inline", "list_start", "pair"]


class Losses(Struct):
    """The names of tags that were dropped, and whether comments were."""

    tags: dict[str, int] = field(default_factory=dict)
    comments: int = 0

    def tag(self, name: str) -> None:
        """Remember one dropped tag."""
        if name == "!":
            self.comments += 1
        else:
            self.tags[name] = self.tags.get(name, 0) + 1

    def tell(self, report: Report, where: str) -> None:
        """Record what was dropped, once an article."""
        if self.tags:
            shown = ", ".join(f"<{name}>" for name in sorted(self.tags)[:12])
            report.add(
                "markdown.html",
                "loss",
                f"HTML tags were dropped; their text was kept, but for scripts and styles: {shown}.",
                where,
            )
        if self.comments:
            report.add("markdown.comment", "info", "HTML comments were dropped.", where)


def inline(children: list[Token]) -> Token:
    """A token of inline content."""
    return Token("inline", "", 0, children=children)


def pair(
    kind: str, body: list[Token], *, tag: str = "", attrs: dict[str, Any] | None = None, hidden: bool = False
) -> list[Token]:
    """A body between an opening and a closing token."""
    opening = Token(f"{kind}_open", tag, 1, attrs=attrs or {}, hidden=hidden)
    return [opening, *body, Token(f"{kind}_close", tag, -1, hidden=hidden)]


def code(value: str, language: str, attrs: dict[str, Any]) -> Token:
    """A block of code; `value` ends with a line break."""
    return Token("fence", "code", 0, attrs=attrs, content=value, info=language)


def image(attrs: Mapping[str, str]) -> Token:
    """A picture of an <img> tag."""
    alt = Token("text", "", 0, content=" ".join(attrs.get("alt", "").split("\n")))
    return Token("image", "img", 0, attrs=dict(attrs), children=[alt] if alt.content else [])


def list_start(token: Token) -> int:
    """The first number of an ordered list; 1 where an HTML attribute is no number."""
    value = str(token.attrs.get("start", 1))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1


def alt_text(token: Token) -> str:
    """The alternative text of a picture's token, in one line."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(alt_text(child))
    return "".join(parts)
