"""What of a tree Markdown does not hold, as the change it makes: a tree in this form comes back as it was.

This is the table of what Markdown loses: no node is missing after the way back, but roles, tightness that no
blank line shows, boxes of tasks without words, and corrections' places are as they are here.
"""

from __future__ import annotations

from typing import Any

from msgspec import structs

from convert.tree import Asset, Document, build
from convert.tree import nodes as n
from convert.tree.notes import in_order_of_marks
from convert.tree.walk import rewrite, walk
from convert.writers.markdown.spacing import reads_tight

__all__ = ["markdown_form"]


def markdown_form(document: Document) -> Document:
    """The document as it is after a way through Markdown."""
    formed = rewrite(document, _form)
    corrections = tuple(block for block in formed.blocks if isinstance(block, n.Correction))
    others = tuple(block for block in formed.blocks if not isinstance(block, n.Correction))
    return structs.replace(
        formed,
        metadata=structs.replace(formed.metadata, editors_note="", lead_image=""),
        blocks=others + corrections,  # corrections stand after the text
        notes=in_order_of_marks(formed.notes, others + corrections),
        assets={key: Asset() for key in _shown(formed)},  # pictures move into a folder beside the file
    )


def _shown(document: Document) -> list[str]:
    """The keys of the pictures that the text shows: others have no place in Markdown."""
    return sorted({node.asset for node in walk(document) if isinstance(node, n.Figure | n.Image)})


LINES = ("content", "caption", "credit", "attribution", "title", "term")
"""The fields that hold inline content."""


def _form(node: Any) -> Any:
    """One node in Markdown's form; its children have theirs already."""
    trim = (lambda content: content) if isinstance(node, n.INLINES) else build.strip
    joined = {name: trim(build.inlines(getattr(node, name))) for name in LINES if _is_line(node, name)}
    node = structs.replace(node, **joined) if joined else node
    match node:
        case n.Emphasis() | n.Strong() | n.Span() | n.Superscript() | n.Subscript() | n.Strikethrough() | n.Link():
            return node if node.content else None  # marks around nothing go
        case n.Paragraph(content=(n.Image() as image,), attrs=None):  # a picture alone is a figure
            return n.Figure(image.asset, image.alt, build.text(image.title))
        case n.Paragraph(content=()) | n.Heading(content=()):
            return None
        case n.Paragraph() if node.role != "body":
            return structs.replace(node, role="body")
        case n.Gallery(figures=figures, caption=(n.Image() as image,)):
            return structs.replace(node, figures=(*figures, _form(n.Paragraph((image,)))), caption=())
        case n.Embed():
            return structs.replace(node, title=node.title.strip(), text=node.text.strip())
        case n.List():
            return _list(node)
        case n.Cell(blocks=(n.Paragraph(content=(), attrs=None),)):
            return structs.replace(node, blocks=())
        case _:
            return node


def _is_line(node: Any, name: str) -> bool:
    return isinstance(getattr(node, name, None), tuple)


def _list(node: n.List) -> n.List:
    """A list with the tightness that its items allow, and tasks only where an item begins with words."""
    items = tuple(_item(item) for item in node.items)
    return structs.replace(node, items=items, tight=reads_tight(structs.replace(node, items=items)))


def _item(item: n.ListItem) -> n.ListItem:
    match item.blocks[:1]:
        case (n.Paragraph(attrs=None),):
            return item
        case (n.Figure(credit=(), attrs=None) as figure,) if all(isinstance(part, n.Text) for part in figure.caption):
            return item
    return structs.replace(item, checked=None)
