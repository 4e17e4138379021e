"""What stands between two blocks: a blank line, but within an item of a tight list only where one is needed."""

from __future__ import annotations

from itertools import pairwise

from convert.tree import nodes as n

__all__ = ["may_follow", "reads_tight"]

CLOSED = frozenset(("Heading", "CodeBlock", "Rule"))
"""Blocks that end with their last line, whatever follows."""

INTERRUPTS = frozenset(("Heading", "CodeBlock", "Quote"))
"""Blocks whose first line ends a paragraph (CommonMark, section 4.8)."""

STARTS_ANEW = frozenset(("Paragraph", "Heading", "CodeBlock", "Quote", "List", "Rule"))
"""Blocks that can stand in the line after a closed one."""


def may_follow(before: n.Block, node: n.Block) -> bool:
    """Whether a block may stand right below another one and both stay what they are."""
    if before.attrs or node.attrs or _pull(before) or _pull(node):
        return False
    first, second = type(before).__name__, type(node).__name__
    if first in CLOSED:
        return second in STARTS_ANEW
    if isinstance(node, n.List):
        return first == "Paragraph" and _interrupts(node)
    if first in ("Paragraph", "List"):
        return second in INTERRUPTS
    return first == "Quote" and second in ("Heading", "CodeBlock")


def reads_tight(node: n.List) -> bool:
    """Whether a list is read as tight: a blank line in or between its items makes it loose."""
    items = [item.blocks for item in node.items]
    if not any(_is_paragraph(block) for blocks in items for block in blocks):
        return True  # only paragraphs show the difference
    if any(_is_contained(block) for blocks in items for block in blocks):
        return False
    pairs = [pair for blocks in items for pair in pairwise(blocks)]
    if node.tight:
        return all(may_follow(*pair) for pair in pairs)
    return len(items) == 1 and not pairs


def _is_contained(block: n.Block) -> bool:
    """Whether a block stands between tags of its own, with blank lines around its Markdown."""
    if isinstance(block, n.Aside | n.Gallery | n.Embed | n.Correction) or _pull(block):
        return True
    return block.attrs is not None and not isinstance(block, n.Figure | n.Table)


def _is_paragraph(block: n.Block) -> bool:
    """Whether a block is read as a paragraph: a picture that stands alone is read as a figure."""
    match block:
        case n.Paragraph(content=(n.Image(),)) | n.Paragraph(content=()):
            return False
    return isinstance(block, n.Paragraph)


def _interrupts(node: n.List) -> bool:
    """Whether a list may end a paragraph: it begins with words, and with 1 if it is numbered."""
    return bool(node.items[0].blocks) and (not node.ordered or node.start == 1)


def _pull(node: n.Block) -> bool:
    return isinstance(node, n.Quote) and node.kind == "pull"
