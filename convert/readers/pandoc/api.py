"""Pandoc's own document in JSON, API 1.22 and 1.23, as types: decoding checks all of it.

Written after the package pandoc-types (module Text.Pandoc.Definition). A node is `{"t": its name, "c": what it holds}`;
of several things that it holds, `c` is a list. 1.23 has Figure; 1.22 has Null, and an Image alone in a Para whose title
begins with "fig:". Either is read in both.
"""

from __future__ import annotations

from typing import Annotated, Any, Union

from msgspec import Meta as Bounds
from msgspec import Struct, field

Attr = tuple[str, list[str], list[tuple[str, str]]]
"""Identifier, classes, other attributes."""

Target = tuple[str, str]
"""Address and title."""

Span_ = Annotated[int, Bounds(ge=1, le=10_000)]
Start = Annotated[int, Bounds(ge=0, le=999_999_999)]
Level = Annotated[int, Bounds(ge=1, le=99)]


class Node(Struct, tag_field="t", tag=True):
    """The base of inlines, blocks and metadata; what holds nothing has no `c`."""


class Named(Struct):
    """A value of an enumeration, such as an alignment."""

    t: str


# ------------------------------------------------------------------------------------ inlines


class Space(Node): ...


class SoftBreak(Node): ...


class LineBreak(Node): ...


class Str(Node):
    c: str


class Emph(Node):
    c: list[Inline]


class Strong(Node):
    c: list[Inline]


class Underline(Node):
    c: list[Inline]


class Strikeout(Node):
    c: list[Inline]


class Superscript(Node):
    c: list[Inline]


class Subscript(Node):
    c: list[Inline]


class SmallCaps(Node):
    c: list[Inline]


class Quoted(Node):
    c: tuple[Named, list[Inline]]


class Cite(Node):
    c: tuple[list[Any], list[Inline]]


class Code(Node):
    c: tuple[Attr, str]


class Math(Node):
    c: tuple[Named, str]


class RawInline(Node):
    c: tuple[str, str]


class Link(Node):
    c: tuple[Attr, list[Inline], Target]


class Image(Node):
    c: tuple[Attr, list[Inline], Target]


class Note(Node):
    c: list[Block]


class Span(Node):
    c: tuple[Attr, list[Inline]]


# ------------------------------------------------------------------------------------- blocks


class Null(Node): ...


class HorizontalRule(Node): ...


class Plain(Node):
    c: list[Inline]


class Para(Node):
    c: list[Inline]


class LineBlock(Node):
    c: list[list[Inline]]


class CodeBlock(Node):
    c: tuple[Attr, str]


class RawBlock(Node):
    c: tuple[str, str]


class BlockQuote(Node):
    c: list[Block]


class OrderedList(Node):
    c: tuple[tuple[Start, Named, Named], list[list[Block]]]


class BulletList(Node):
    c: list[list[Block]]


class DefinitionList(Node):
    c: list[tuple[list[Inline], list[list[Block]]]]


class Header(Node):
    c: tuple[Level, Attr, list[Inline]]


class Div(Node):
    c: tuple[Attr, list[Block]]


Caption = tuple[Union[list["Inline"], None], list["Block"]]
"""A short caption, and the caption."""

Cell = tuple[Attr, Named, Span_, Span_, list["Block"]]
"""Attributes, alignment, rows, columns, content."""

Row = tuple[Attr, list[Cell]]


class Table(Node):
    """Attributes, caption, alignment and width of columns, head, bodies (each with its head columns and rows), foot."""

    c: tuple[
        Attr,
        Caption,
        list[tuple[Named, Any]],
        tuple[Attr, list[Row]],
        list[tuple[Attr, int, list[Row], list[Row]]],
        tuple[Attr, list[Row]],
    ]


class Figure(Node):
    c: tuple[Attr, Caption, list[Block]]


# ---------------------------------------------------------------------------------- documents


class MetaMap(Node):
    c: dict[str, Meta]


class MetaList(Node):
    c: list[Meta]


class MetaBool(Node):
    c: bool


class MetaString(Node):
    c: str


class MetaInlines(Node):
    c: list[Inline]


class MetaBlocks(Node):
    c: list[Block]


Inline = Union[
    Str, Emph, Underline, Strong, Strikeout, Superscript, Subscript, SmallCaps, Quoted, Cite, Code, Space, SoftBreak,
    LineBreak, Math, RawInline, Link, Image, Note, Span,
]  # fmt: skip

Block = Union[
    Plain, Para, LineBlock, CodeBlock, RawBlock, BlockQuote, OrderedList, BulletList, DefinitionList, Header,
    HorizontalRule, Table, Figure, Div, Null,
]  # fmt: skip

Meta = Union[MetaMap, MetaList, MetaBool, MetaString, MetaInlines, MetaBlocks]


class Version(Struct):
    """What a file says of its form."""

    version: list[int] = field(name="pandoc-api-version")


class Pandoc(Struct):
    """A whole file."""

    blocks: list[Block]
    meta: dict[str, Meta] = field(default_factory=dict)
