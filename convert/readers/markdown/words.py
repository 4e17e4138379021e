"""The reading text of Markdown: its words one token after the other, whatever tree is made of them."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from convert.readers.markdown.tokens import alt_text, list_start

__all__ = ["inline_words", "words"]


def words(tokens: list[Token]) -> str:
    """The words of the body, then those of the notes in the order in which they are defined."""
    texts: list[list[str]] = [[]]
    stack = [0]
    numbers: list[int | None] = []
    for token in tokens:
        out = texts[stack[-1]]
        match token.type:
            case "inline":
                out.append(inline_words(token))
            case "fence" | "code_block":
                out.append(token.content)
            case "ordered_list_open":
                numbers.append(list_start(token))
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
            case "list_item_open":
                if numbers and numbers[-1] is not None:
                    out.append(f"{numbers[-1]}. ")
                    numbers[-1] += 1
            case "footnote_reference_open":
                stack.append(len(texts))
                texts.append([])
            case "footnote_reference_close":
                stack.pop()
            case _:
                continue
        out.append("\n")
    return "".join("".join(parts) for parts in texts)


def inline_words(token: Token) -> str:
    """The words of one token of inline content."""
    return "".join(_inline(token))


def _inline(token: Token) -> Iterator[str]:
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type == "image":
            yield alt_text(child)
        elif child.type in ("softbreak", "hardbreak"):
            yield " "
