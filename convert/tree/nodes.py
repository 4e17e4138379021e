"""Every node of the document tree.

A tree is immutable: nodes are compared by value and hold their children in tuples. In JSON each
names its class as `type`. `Inline` and `Block` at the foot say what may stand where. The article's
title lives in the metadata, so a heading of level 1 is its first section.

To add a node: a class here and its name in a union, a line in `fold.py`, a method and a golden in
each writer. The completeness test lists what is missing.
"""

from __future__ import annotations

from typing import Literal, Union, get_args

from msgspec import Struct, field

from convert.tree.metadata import Asset, Direction, Metadata

__all__ = [
    "BLOCKS", "INLINES", "Aside", "Attrs", "Block", "Break", "Cell", "CodeBlock", "CodeSpan",
    "Column", "Correction", "Definition", "DefinitionList", "Document", "Embed", "Emphasis", "Figure",
    "Gallery", "Heading", "Image", "Inline", "Link", "List", "ListItem", "Node", "Note",
    "NoteReference", "Paragraph", "Quote", "Role", "Row", "Rule", "Span", "Strikethrough", "Strong",
    "Subscript", "Superscript", "Table", "Text",
]  # fmt: skip

Role = Literal["body", "lede", "question", "answer", "furniture"]
"""What a paragraph is. "furniture" is what stood on the page and is not of the article (menus, teasers, what is
hidden): readers keep its words, the first pass of cleaning takes it out, and what a caller keeps of it is body."""

Align = Literal["", "left", "centre", "right"]
Scope = Literal["", "column", "row"]


class Attrs(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """What any node may carry: an id that links lead to, a language (BCP 47), a direction."""

    id: str = ""
    language: str = ""
    direction: Direction | None = None


class Node(
    Struct, frozen=True, gc=False, kw_only=True, tag_field="type", tag=True,
    forbid_unknown_fields=True, omit_defaults=True,
):  # fmt: skip
    """The base of all nodes. `gc=False` is safe since a tree has no cycles."""

    attrs: Attrs | None = None


# ------------------------------------------------------------------------------------ inlines


class Text(Node, frozen=True, gc=False):
    """A run of characters. It holds no line break: that is a `Break`."""

    value: str


class Emphasis(Node, frozen=True, gc=False):
    """Stress, or a title or foreign word; usually italic."""

    content: tuple[Inline, ...]


class Strong(Node, frozen=True, gc=False):
    """Importance, or the lead-in of a list item; usually bold."""

    content: tuple[Inline, ...]


class Strikethrough(Node, frozen=True, gc=False):
    """Words no longer true."""

    content: tuple[Inline, ...]


class Superscript(Node, frozen=True, gc=False):
    """Raised characters: the 2 of m²."""

    content: tuple[Inline, ...]


class Subscript(Node, frozen=True, gc=False):
    """Lowered characters: the 2 of H₂O."""

    content: tuple[Inline, ...]


class Span(Node, frozen=True, gc=False):
    """Words in another language or direction, said by `attrs`."""

    content: tuple[Inline, ...]


class Link(Node, frozen=True, gc=False):
    """Words that lead to an address (http, https, mailto, tel) or to `#id` in the same article."""

    content: tuple[Inline, ...]
    href: str
    title: str = ""


class Image(Node, frozen=True, gc=False):
    """A picture within a line. `asset` is a key of `Document.assets`; an empty `alt` means decoration."""

    asset: str
    alt: str = ""
    title: str = ""


class CodeSpan(Node, frozen=True, gc=False):
    """Code within a line."""

    value: str


class Break(Node, frozen=True, gc=False):
    """A line ends here, as in an address or a poem."""


class NoteReference(Node, frozen=True, gc=False):
    """The mark that leads to the `Note` of that id."""

    note: str


# ------------------------------------------------------------------------------------- blocks


class Heading(Node, frozen=True, gc=False):
    """The heading of a section. Levels run from 1 to 5 and never skip one."""

    level: int
    content: tuple[Inline, ...]


class Paragraph(Node, frozen=True, gc=False):
    """A paragraph; `role` says when it is more than body text."""

    content: tuple[Inline, ...]
    role: Role = "body"


class ListItem(Node, frozen=True, gc=False):
    """One item of a list. `checked` is None unless it is a task."""

    blocks: tuple[Block, ...]
    checked: bool | None = None


class List(Node, frozen=True, gc=False):
    """A bulleted or numbered list. `tight`: its items stand as closely as lines of text."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    tight: bool = True


class Definition(Node, frozen=True, gc=False):
    """A term and what is said of it, one run of blocks a description."""

    term: tuple[Inline, ...]
    descriptions: tuple[tuple[Block, ...], ...]


class DefinitionList(Node, frozen=True, gc=False):
    """Terms with their descriptions."""

    entries: tuple[Definition, ...]


class Column(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """How a column of a table is set."""

    align: Align = ""


class Cell(Node, frozen=True, gc=False):
    """A cell, over `colspan` columns and `rowspan` rows; `scope` makes it the head of a column or row."""

    blocks: tuple[Block, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    scope: Scope = ""


class Row(Node, frozen=True, gc=False):
    """A row: the cells that begin in it, from the column where reading starts."""

    cells: tuple[Cell, ...]


class Table(Node, frozen=True, gc=False):
    """A table of data. Cells and their spans fill `columns` exactly in every row."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...] = ()
    body: tuple[Row, ...] = ()
    caption: tuple[Inline, ...] = ()


class Figure(Node, frozen=True, gc=False):
    """A picture with its words: `alt` for who cannot see it, caption and credit for everybody."""

    asset: str
    alt: str = ""
    caption: tuple[Inline, ...] = ()
    credit: tuple[Inline, ...] = ()


class Gallery(Node, frozen=True, gc=False):
    """Pictures that belong together."""

    figures: tuple[Figure, ...]
    caption: tuple[Inline, ...] = ()


class Quote(Node, frozen=True, gc=False):
    """A block quotation, or a pull quote: words of the article itself, repeated as an ornament."""

    blocks: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()
    kind: Literal["block", "pull"] = "block"


class CodeBlock(Node, frozen=True, gc=False):
    """Lines of code, without a final line break."""

    value: str
    language: str = ""


class Rule(Node, frozen=True, gc=False):
    """A break in the subject, drawn as a line or an ornament."""


class Aside(Node, frozen=True, gc=False):
    """A box beside the text: key facts, a timeline, an editor's remark for readers."""

    blocks: tuple[Block, ...]
    title: tuple[Inline, ...] = ()


class Embed(Node, frozen=True, gc=False):
    """A card that links to what stood here: a video, a post, a map."""

    url: str
    provider: str = ""
    title: str = ""
    text: str = ""


class Correction(Node, frozen=True, gc=False):
    """What was wrong and what is right. The only home of corrections; `date` is ISO 8601."""

    blocks: tuple[Block, ...]
    date: str = ""


# ---------------------------------------------------------------------------------- documents


class Note(Node, frozen=True, gc=False):
    """A footnote. `id` is what `NoteReference.note` names."""

    id: str
    blocks: tuple[Block, ...]


class Document(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One article."""

    metadata: Metadata = field(default_factory=Metadata)
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    assets: dict[str, Asset] = field(default_factory=dict)


Inline = Union[
    Text, Emphasis, Strong, Link, CodeSpan, Break, NoteReference, Image, Span,
    Superscript, Subscript, Strikethrough,
]  # fmt: skip

Block = Union[
    Paragraph, Heading, List, Table, Figure, Quote, CodeBlock, Rule, Aside, Gallery, Embed,
    DefinitionList, Correction,
]  # fmt: skip

INLINES: tuple[type[Node], ...] = get_args(Inline)
BLOCKS: tuple[type[Node], ...] = get_args(Block)
