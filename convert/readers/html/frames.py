"""What is open while a page is read: one frame an element that holds blocks of its own."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from convert.readers.html.lines import Line, Picture
from convert.readers.html.tables import Grid, RawCell, RawRow
from convert.tree import nodes as n
from convert.tree.text import block_text, letters
from convert.tree.walk import plain_text

__all__ = ["Caption", "Frame", "Piece", "settled"]


class Caption(Struct, eq=False):
    """The words below a picture, before it is known which picture that is."""

    content: tuple[n.Inline, ...] = ()
    credit: tuple[n.Inline, ...] = ()


Piece = n.Block | Picture | Caption
"""What stands in an open frame: blocks, and pictures and captions that have not met yet."""


class Frame(Struct, eq=False):
    """An open element. `kind` is what it will be."""

    kind: str
    attrs: n.Attrs | None = None
    pieces: list[Piece] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    element: int = 0
    level: int = 0
    ordered: bool = False
    start: int = 1
    before: list[Piece] = field(default_factory=list)
    items: list[tuple[int, n.ListItem]] = field(default_factory=list)
    entries: list[n.Definition] = field(default_factory=list)
    grid: Grid | None = None
    row: RawRow | None = None
    cell: RawCell | None = None
    title: tuple[n.Inline, ...] = ()
    attribution: int = -1
    """The place in `pieces` of the paragraph that says whose words a quotation holds."""


def settled(pieces: Sequence[Piece], told: dict[int, str], *, figure: bool = False) -> list[n.Block]:
    """The pieces as blocks: each caption joined to the picture right above it, or made a paragraph.

    In a `figure`, several pictures are a gallery. Alternative texts are put down in `told`.
    """
    found: list[n.Block] = []
    joins = False  # whether a caption would stand right below a picture
    for piece in _without_twins(pieces):
        if figure and joins and isinstance(piece, n.Paragraph) and piece.role == "body":
            piece = Caption(piece.content)  # what else stands below the picture of a figure speaks of it
        if isinstance(piece, Picture):
            told[piece.element] = piece.alt
            found.append(n.Figure(piece.asset, piece.alt))
            joins = True
        elif isinstance(piece, Caption):
            joins = _join(found, piece, gallery=figure) if joins else _as_paragraphs(found, piece)
        else:
            found.append(piece)
            joins = isinstance(piece, n.Figure | n.Embed | n.Gallery)
    return _gallery(found) if figure else found


def _without_twins(pieces: Sequence[Piece]) -> list[Piece]:
    """Without a picture that repeats the one before it, as pages do for small screens."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Picture) and found and isinstance(found[-1], Picture) and found[-1].asset == piece.asset:
            continue
        found.append(piece)
    return found


def _join(found: list[n.Block], caption: Caption, *, gallery: bool) -> bool:
    """Give a caption to the block above; True if another may follow. What does not fit becomes paragraphs."""
    above = found[-1]
    match above:
        case n.Figure() if not (above.credit and caption.content):
            several = gallery and len(found) > 1 and isinstance(found[-2], n.Figure) and not found[-2].caption
            if several and not above.caption:
                return _whole_gallery(found, caption)
            content = _spaced(above.caption, caption.content)
            credit = _spaced(above.credit, caption.credit)
            found[-1] = n.Figure(above.asset, above.alt, content, credit, attrs=above.attrs)
            return True
        case n.Gallery() if not above.caption:
            found[-1] = n.Gallery(above.figures, _spaced(caption.content, caption.credit), attrs=above.attrs)
            return False
        case n.Embed() if not above.text and not _is_rich(caption):
            words = " ".join(filter(None, (plain_text(caption.content), plain_text(caption.credit))))
            found[-1] = n.Embed(above.url, above.provider, above.title, words, attrs=above.attrs)
            return False
        case _:
            return _as_paragraphs(found, caption)


def _whole_gallery(found: list[n.Block], caption: Caption) -> bool:
    """Make a gallery of the figures at the end, with a caption of its own."""
    figures: list[n.Figure] = []
    while found and isinstance(found[-1], n.Figure) and not (figures and found[-1].caption):
        figures.append(found.pop())  # type: ignore[arg-type]
    found.append(n.Gallery(tuple(reversed(figures)), _spaced(caption.content, caption.credit)))
    return False


def _is_rich(caption: Caption) -> bool:
    """Whether a caption holds words that plain text would lose, such as a picture's."""
    parts = (*caption.content, *caption.credit)
    return letters(plain_text(parts)) != letters(block_text(n.Paragraph(parts)))


def _as_paragraphs(found: list[n.Block], caption: Caption) -> bool:
    found.extend(n.Paragraph(content) for content in (caption.content, caption.credit) if content)
    return False


def _spaced(first: tuple[n.Inline, ...], second: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    return (*first, n.Text(" "), *second) if first and second else first or second


def _gallery(found: list[n.Block]) -> list[n.Block]:
    """Figures that stand side by side in a figure or list, as one gallery."""
    figures = [block for block in found if isinstance(block, n.Figure)]
    if len(figures) > 1 and len(figures) == len(found):
        return [n.Gallery(tuple(figures))]
    if (
        len(found) == 2
        and isinstance(found[0], n.Quote)
        and isinstance(found[1], n.Paragraph)
        and not found[0].attribution
    ):
        quote = found[0]
        return [n.Quote(quote.blocks, found[1].content, quote.kind, attrs=quote.attrs)]
    return found
