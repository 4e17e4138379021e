"""Raw HTML among markdown-it's tokens, made into tokens of structure or dropped with a record.

After `resolve` no token holds markup: the tree and the reading text are both made of what is left.
"""

from __future__ import annotations

import re

from markdown_it.token import Token

from convert.readers.markdown import html_blocks
from convert.readers.markdown.markup import INLINE_TAGS, Tag, pieces
from convert.readers.markdown.tokens import Losses, image

__all__ = ["resolve"]

CONTAINERS = ("div", "aside")
"""Elements whose tags may stand alone, with Markdown between them."""

MAX_CONTAINERS = 8

_LONE_TAG = re.compile(r"\s*<(/?)(div|aside)\b[^<>]*>\s*\Z", re.IGNORECASE)


def resolve(tokens: list[Token], losses: Losses) -> list[Token]:
    """The tokens without raw HTML."""
    matched = _containers(tokens)
    resolved: list[Token] = []
    for number, token in enumerate(tokens):
        if number in matched:
            resolved.append(matched[number])
        elif token.type == "html_block":
            resolved += html_blocks.blocks(token.content, losses)
        else:
            resolved.append(token)
    for token in resolved:
        if token.type == "inline":
            token.children = _match_inline(token.children or [], losses)
    return _without_labels(resolved)


def _containers(tokens: list[Token]) -> dict[int, Token]:
    """Lone opening and closing tags that belong together, as tokens by their place."""
    found: dict[int, Token] = {}
    open_tags: list[tuple[int, int, Tag]] = []  # level, place, tag
    for number, token in enumerate(tokens):
        while open_tags and token.level < open_tags[-1][0]:
            open_tags.pop()
        lone = _LONE_TAG.match(token.content) if token.type == "html_block" else None
        tag = next(iter(pieces(token.content.strip())), None) if lone else None
        if not isinstance(tag, Tag):
            continue
        if not tag.closing:
            open_tags.append((token.level, number, tag))
        elif open_tags and open_tags[-1][0] == token.level and open_tags[-1][2].name == tag.name:
            _, start, opening = open_tags.pop()
            if len(open_tags) < MAX_CONTAINERS:
                found[start] = Token("container_open", opening.name, 1, attrs=dict(opening.attrs))
                found[number] = Token("container_close", opening.name, -1)
    return found


def _match_inline(children: list[Token], losses: Losses) -> list[Token]:
    """Inline tokens with their HTML tags made into pairs, each within one element of Markdown."""
    if not any(child.type == "html_inline" for child in children):
        return children
    found: list[Token | None] = []
    opened: list[int] = []  # places in `found`; a place of Markdown's own tag is a wall
    for child in children:
        if child.type == "html_inline":
            _match_tag(child, found, opened, losses)
            continue
        if child.nesting > 0:
            opened.append(len(found))
        elif child.nesting < 0:
            _unwind(found, opened, losses, html_only=True)
            if opened:
                opened.pop()
        found.append(child)
    _unwind(found, opened, losses, html_only=False)
    return _codes([child for child in found if child is not None])


def _match_tag(child: Token, found: list[Token | None], opened: list[int], losses: Losses) -> None:
    """Take one raw tag: open it, close its partner, or drop it."""
    tag = child.meta.get("tag") or next(iter(pieces(child.content)), Tag("!"))
    if not isinstance(tag, Tag):
        return
    if tag.name == "br":
        found.append(Token("hardbreak", "br", 0))
    elif tag.name == "img" and not tag.closing:
        found.append(image(tag.attrs))
    elif tag.name not in INLINE_TAGS:
        losses.tag(tag.name)
    elif not tag.closing:
        opened.append(len(found))
        found.append(Token(f"{INLINE_TAGS[tag.name]}_open", tag.name, 1, attrs=dict(tag.attrs), meta={"html": True}))
    else:
        partner = _partner(tag, found, opened)
        if partner is None:
            losses.tag(tag.name)
            return
        while opened[-1] != partner:
            _drop(found, opened.pop(), losses)
        opened.pop()
        found.append(Token(f"{INLINE_TAGS[tag.name]}_close", tag.name, -1))


def _partner(tag: Tag, found: list[Token | None], opened: list[int]) -> int | None:
    """The place of the nearest open tag of that name, not beyond one of Markdown's own."""
    for place in reversed(opened):
        token = found[place]
        if token is None or not token.meta.get("html"):
            return None
        if token.tag == tag.name:
            return place
    return None


def _unwind(found: list[Token | None], opened: list[int], losses: Losses, *, html_only: bool) -> None:
    """Drop the tags that were left open, up to Markdown's own or all."""
    while opened:
        token = found[opened[-1]]
        if token is not None and token.meta.get("html"):
            _drop(found, opened.pop(), losses)
        elif html_only:
            return
        else:
            opened.pop()


def _drop(found: list[Token | None], place: int, losses: Losses) -> None:
    token = found[place]
    if token is not None:
        losses.tag(token.tag)
        found[place] = None


def _codes(children: list[Token]) -> list[Token]:
    """<code> around plain text becomes a code span, around anything else it goes; notes likewise."""
    found: list[Token] = []
    skip = ""
    for number, child in enumerate(children):
        if skip:
            skip = "" if child.type == skip else skip
        elif child.type == "code_open":
            after = children[number + 1 : number + 3]
            words = [one for one in after if one.type == "text"]
            if [one.type for one in after[: len(words) + 1]] == ["text"] * len(words) + ["code_close"]:
                value = "".join(one.content for one in words)
                found.append(Token("code_inline", "code", 0, attrs=child.attrs, content=value))
                skip = "code_close"
        elif child.type == "link_open" and "note" in str(child.attrs.get("class", "")).split():
            found.append(Token("footnote_ref", "", 0, meta={"label": child.attrs.get("data-note", "")}))
            skip = "link_close"
        elif child.type not in ("code_close", "mark_open", "mark_close"):
            found.append(child)
    return found


def _without_labels(tokens: list[Token]) -> list[Token]:
    """Without the first paragraph of a container that says it is a label of a writer's."""
    found: list[Token] = []
    skipping = False
    for number, token in enumerate(tokens):
        if skipping:
            skipping = token.type != "paragraph_close"
        elif token.type == "paragraph_open" and number and _labelled(tokens[number - 1]):
            skipping = True
        else:
            found.append(token)
    return found


def _labelled(token: Token) -> bool:
    return token.type == "container_open" and "labelled" in str(token.attrs.get("class", "")).split()
