"""The last changes to the tokens before tree and reading text are made of them.

Task marks and pictures that stand alone become tokens of their own kind, and the title leaves the body.
"""

from __future__ import annotations

import re

from markdown_it.token import Token

from convert.readers.markdown.parser import INLINE_DEPTH
from convert.readers.markdown.tokens import inline, pair
from convert.readers.markdown.words import inline_words
from convert.tree.text import letters

__all__ = ["captions_last", "limit_depth", "mark_tasks", "surplus_cells", "take_title", "to_figures"]

_BAR = re.compile(r"(?<!\\)\|")
_TASK = re.compile(r"\[([ xX])\][ \t]+")


def limit_depth(tokens: list[Token]) -> bool:
    """Take out the marks of emphasis and links that nest too deeply; True if there were some."""
    limited = False
    for token in tokens:
        children = token.children or ()
        if token.type != "inline" or len(children) <= 2 * INLINE_DEPTH:
            continue
        kept, depth = [], 0
        for child in children:
            depth -= child.nesting < 0
            if not child.nesting or depth < INLINE_DEPTH:
                kept.append(child)
            depth += child.nesting > 0
        limited = limited or len(kept) < len(children)
        token.children = kept
    return limited


def mark_tasks(tokens: list[Token]) -> None:
    """Take the boxes of task items out of their text; `meta["checked"]` of the item says what they showed."""
    for number, token in enumerate(tokens[:-2]):
        if token.type != "list_item_open" or tokens[number + 1].type != "paragraph_open":
            continue
        children = tokens[number + 2].children or []
        if not _may_be_task(token, tokens[number + 2].content):
            continue
        box = _TASK.match(children[0].content) if children and children[0].type == "text" else None
        if box:
            children[0].content = children[0].content[box.end() :]
            token.meta["checked"] = box[1] != " "


def _may_be_task(item: Token, source: str) -> bool:
    """Whether an item's source has a box: in Markdown a bracket with a backslash is none, in HTML a class says so."""
    return bool(_TASK.match(source)) if source else "task" in str(item.attrs.get("class", "")).split()


def to_figures(tokens: list[Token]) -> list[Token]:
    """Make figures of paragraphs that hold one picture and nothing else; its title becomes the caption."""
    shaped: list[Token] = []
    at = 0
    while at < len(tokens):
        picture = _lone_picture(tokens[at : at + 3])
        if picture is None:
            shaped.append(tokens[at])
            at += 1
            continue
        caption = picture.attrs.pop("title", "")
        body = [inline([picture])]
        if caption:
            words = Token("text", "", 0, content=re.sub(r"[ \t]*\n[ \t]*", " ", str(caption)))
            body += pair("figcaption", [inline([words])])
        shaped += pair("figure", body)
        at += 3
    return shaped


def _lone_picture(tokens: list[Token]) -> Token | None:
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    children = [child for child in tokens[1].children or () if child.type != "text" or child.content.strip()]
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def captions_last(tokens: list[Token]) -> list[Token]:
    """The tokens with each figure's captions after its pictures, which is the order of reading."""
    shaped: list[Token] = []
    captions: list[Token] = []
    in_figure = in_caption = False
    for token in tokens:
        in_figure = (in_figure or token.type == "figure_open") and token.type != "figure_close"
        in_caption = in_figure and (in_caption or token.type == "figcaption_open")
        if token.type == "figure_close":
            shaped += captions
            captions = []
        (captions if in_caption else shaped).append(token)
        in_caption = in_caption and token.type != "figcaption_close"
    return shaped + captions


def surplus_cells(tokens: list[Token], lines: list[str]) -> list[tuple[int, str]]:
    """The cells beyond a pipe table's last column, by line from 0: GFM leaves them out (section 4.10)."""
    found: list[tuple[int, str]] = []
    width = 0
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            width = 0
        elif token.type == "th_open":
            width += 1
        elif token.type == "tr_open" and token.map and width and tokens[number - 1].type != "thead_open":
            cells = _BAR.split(lines[token.map[0]].strip().removeprefix("|").removesuffix("|"))
            surplus = " | ".join(cell.strip() for cell in cells[width:])
            if letters(surplus):
                found.append((token.map[0], surplus))
    return found


def take_title(tokens: list[Token], title: str) -> tuple[list[Token], str, bool]:
    """The tokens without the title's heading, the title, and whether a heading that repeated a known one went.

    A single heading of level 1 that opens the text is the title, unless `title` is known already and differs.
    """
    first = [token.type for token in tokens[:3]] == ["heading_open", "inline", "heading_close"] and tokens[
        0
    ].tag == "h1"
    if not first or sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) > 1:
        return tokens, title, False
    words = " ".join(inline_words(tokens[1]).split())
    plain = all(
        child.type in ("text", "softbreak", "code_inline") or child.nesting for child in tokens[1].children or ()
    )
    if not words or not plain:
        return tokens, title, False
    if title and letters(title).casefold() != letters(words).casefold():
        return tokens, title, False
    return tokens[3:], title or words, bool(title)
