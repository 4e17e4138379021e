"""From paragraphs one after the other to blocks within blocks: lists, quotations, boxes, code, captions.

Word has no element for a list or a quotation: each paragraph says of itself which one it is part of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field, structs

from convert.readers.docx.numbering import Mark
from convert.readers.docx.xml import Element
from convert.tree import nodes as n
from convert.tree.build import strip
from convert.tree.walk import plain_text

__all__ = ["Flow", "Piece"]

MOST_LEVELS = 9
TOGETHER = {"attribution": "quote", "aside-title": "aside", "term": "definitions", "definition": "definitions"}
"""The box that paragraphs of some kinds belong to; those of all others have the name of their box."""

BOXES = ("quote", "pull", "aside", "correction", "code", "definitions", *TOGETHER)
_TABLE_WORD = re.compile(
    r"\s*(?:table|tabelle|tableau|tabla|tabella|tabela|tabel|tabell|taulukko|tablo|таблица|表)\b", re.IGNORECASE
)
_BOX = re.compile(r"\s*([☐☑☒])[\s\u00a0]*")


class Piece(Struct):
    """A paragraph or table read, before it is known what it is part of.

    `kind` is what its style says it is, `left` how far in it stands by itself (-1: where its style puts it), and
    `continues` that its style is one of further paragraphs in a list.
    """

    blocks: list[n.Block]
    kind: str = ""
    mark: Mark | None = None
    left: int = -1
    continues: bool = False
    element: Element | None = None
    loose: bool = False
    content: tuple[n.Inline, ...] = ()
    """The words of a caption, a term or a title, which is no paragraph."""
    credit: tuple[n.Inline, ...] = ()
    code: str = ""
    date: str = ""


class Item(Struct, eq=False):
    """An open item of a list."""

    flow: Flow
    element: Element | None
    loose: bool = False


class OpenList(Struct, eq=False):
    """A list that further items may join."""

    mark: Mark
    items: list[Item] = field(default_factory=list)

    def takes(self, mark: Mark) -> bool:
        """Whether an item of that mark is the next one here."""
        same = mark.group == self.mark.group and mark.ordered == self.mark.ordered
        return same and (not mark.ordered or mark.number == self.mark.number + len(self.items))


class Flow:
    """Blocks in the making. `told` takes the number of each item, by its paragraph."""

    def __init__(self, told: dict[Element, str]) -> None:
        self.told = told
        self.blocks: list[n.Block] = []
        self._lists: list[OpenList] = []
        self._box = ""
        self._inner: Flow | None = None
        self._boxed: list[Piece] = []
        self._caption: n.Paragraph | None = None

    def add(self, piece: Piece) -> None:
        """Add what comes next."""
        depth = self._continued(piece)
        if depth >= 0:
            self._close_lists(depth + 1)
            self._lists[depth].items[-1].flow.add(piece)
            return
        box = TOGETHER.get(piece.kind, piece.kind)
        if piece.kind == "attribution" and self._box == "pull":
            box = "pull"
        if box in BOXES:
            self._close_lists(0)
            self._settle_caption()
            if self._box != box or self._begins_anew(piece):
                self._close_box()
                self._box, self._inner = box, Flow(self.told)
            self._boxed.append(piece)
            if piece.kind == box and self._inner is not None:
                self._inner.add(structs.replace(piece, kind=""))
            return
        self._close_box()
        if piece.mark is not None:
            self._settle_caption()
            self._item(piece, piece.mark)
            return
        self._close_lists(0)
        if piece.kind == "caption":
            self._take_caption(piece)
            return
        for block in piece.blocks:
            self._put(block)

    def _begins_anew(self, piece: Piece) -> bool:
        """Whether a piece begins a box of its own after one of the same kind."""
        said = bool(self._boxed) and self._boxed[-1].kind == "attribution" != piece.kind
        return said or piece.kind == "aside-title" or (bool(piece.date) and bool(self._boxed))

    def gap(self) -> None:
        """An empty paragraph: it parts boxes, but not the items of a list."""
        self._close_box()

    def finish(self) -> list[n.Block]:
        """All blocks, with nothing left open."""
        self._close_box()
        self._close_lists(0)
        self._settle_caption()
        return self.blocks

    def last_kind(self) -> str:
        """The box that is open."""
        return self._box

    # ---------------------------------------------------------------------------- captions

    def _put(self, block: n.Block) -> None:
        """Add a block; a caption that waits for a table joins it."""
        if isinstance(block, n.Table) and self._caption is not None and not block.caption:
            block = structs.replace(block, caption=self._caption.content, attrs=block.attrs or self._caption.attrs)
            self._caption = None
        self._settle_caption()
        self.blocks.append(block)

    def _take_caption(self, piece: Piece) -> None:
        """Give a caption to the picture above it, or keep it for a table below."""
        above = self.blocks[-1] if self.blocks else None
        attrs = piece.blocks[0].attrs if piece.blocks else None
        for_table = _TABLE_WORD.match(plain_text(piece.content)) is not None
        if (
            isinstance(above, n.Figure)
            and not (above.caption or above.credit)
            and self._caption is None
            and not for_table
        ):
            attrs = above.attrs or attrs
            self.blocks[-1] = structs.replace(above, caption=piece.content, credit=piece.credit, attrs=attrs)
            return
        self._settle_caption()
        content = (
            (*piece.content, n.Text(" "), *piece.credit)
            if piece.credit and piece.content
            else piece.content or piece.credit
        )
        if content:
            self._caption = n.Paragraph(content, attrs=attrs)

    def _settle_caption(self) -> None:
        """Make a caption that found nothing to speak of a paragraph."""
        if self._caption is not None:
            self.blocks.append(self._caption)
            self._caption = None

    # ------------------------------------------------------------------------------- lists

    def _continued(self, piece: Piece) -> int:
        """The open list whose last item a piece belongs to, by how far in it stands; -1 for none."""
        if piece.mark is not None or not self._lists or not (piece.continues or piece.left > 0):
            return -1
        left = piece.left
        if piece.continues and left < 0:
            return 0
        fitting = [k for k, each in enumerate(self._lists) if 0 < each.mark.left <= left + 20]
        return fitting[-1] if fitting else 0 if piece.continues else -1

    def _item(self, piece: Piece, mark: Mark) -> None:
        while self._lists and self._lists[-1].mark.level > mark.level:
            self._close_list()
        if self._lists and self._lists[-1].mark.level == mark.level and not self._lists[-1].takes(mark):
            self._close_list()
        if not self._lists or self._lists[-1].mark.level < mark.level:
            self._lists.append(OpenList(mark))
        item = Item(Flow(self.told), piece.element, piece.loose)
        for block in piece.blocks:
            item.flow.add(Piece([block]))
        self._lists[-1].items.append(item)

    def _close_lists(self, keep: int) -> None:
        while len(self._lists) > keep:
            self._close_list()

    def _close_list(self) -> None:
        closed = self._lists.pop()
        blocks = list(self._lists_of(closed))
        if self._lists:
            for block in blocks:
                self._lists[-1].items[-1].flow.add(Piece([block]))
        else:
            self.blocks.extend(blocks)

    def _lists_of(self, closed: OpenList) -> Iterator[n.Block]:
        """The list; or several, where an empty item that had a number stood between others."""
        run: list[tuple[Item, tuple[n.Block, ...]]] = []
        start = closed.mark.number or 1
        for number, item in enumerate(closed.items, start):
            blocks = tuple(item.flow.finish())
            if blocks:
                run.append((item, blocks))
                if closed.mark.ordered and item.element is not None:
                    self.told[item.element] = f"{number}."
            elif closed.mark.ordered:
                if run:
                    yield self._list(run, start, ordered=True)
                run, start = [], number + 1
        if run:
            yield self._list(run, start, ordered=closed.mark.ordered)

    def _list(self, run: list[tuple[Item, tuple[n.Block, ...]]], start: int, *, ordered: bool) -> n.List:
        items = [n.ListItem(blocks) for _, blocks in run]
        loose = any(item.loose for item, _ in run) or any(
            sum(isinstance(block, n.Paragraph) for block in item.blocks) > 1 for item in items
        )
        if not ordered:
            tasks = [_task(item) for item in items]
            items = [task for task in tasks if task] if all(tasks) else items
        return n.List(tuple(items), ordered, start if ordered else 1, not loose)

    # ------------------------------------------------------------------------------- boxes

    def _close_box(self) -> None:
        box, inner, pieces = self._box, self._inner, self._boxed
        self._box, self._inner, self._boxed = "", None, []
        if inner is None:
            return
        if box == "code":
            code = "\n".join(piece.code for piece in pieces).rstrip("\n")
            if code.strip():
                self._put(n.CodeBlock(code, attrs=_attrs(pieces)))
            return
        if box == "definitions":
            self._put(self._definitions(pieces))
            return
        blocks = tuple(inner.finish())
        said = [piece.content for piece in pieces if piece.kind in ("attribution", "aside-title") and piece.content]
        if box in ("quote", "pull"):
            self._quote(blocks, said, box)
        elif box == "aside":
            self._put(n.Aside(blocks, said[0] if said else ()))
        elif blocks:
            self._put(n.Correction(blocks, next((piece.date for piece in pieces if piece.date), "")))

    def _quote(self, blocks: tuple[n.Block, ...], said: list[tuple[n.Inline, ...]], box: str) -> None:
        attribution = [
            part for number, content in enumerate(said) for part in ((n.Break(),) if number else ()) + content
        ]
        if blocks:
            self._put(n.Quote(blocks, tuple(attribution), "pull" if box == "pull" else "block"))
        elif attribution:
            self._put(n.Paragraph(tuple(attribution)))

    def _definitions(self, pieces: list[Piece]) -> n.Block:
        entries: list[n.Definition] = []
        said: list[Flow] = []
        for piece in pieces:
            if piece.kind == "term":
                entries.append(n.Definition(piece.content, (), attrs=_attrs([piece])))
                said.append(Flow(self.told))
            else:
                if not entries:
                    entries.append(n.Definition((), ()))
                    said.append(Flow(self.told))
                said[-1].add(structs.replace(piece, kind=""))
        made = []
        for entry, flow in zip(entries, said, strict=True):
            blocks = tuple(flow.finish())
            made.append(structs.replace(entry, descriptions=(blocks,) if blocks else ()))
        return n.DefinitionList(tuple(made))


def _attrs(pieces: list[Piece]) -> n.Attrs | None:
    return next((piece.blocks[0].attrs for piece in pieces if piece.blocks and piece.blocks[0].attrs), None)


def _task(item: n.ListItem) -> n.ListItem | None:
    """The item as a task, None if no box stands before its words."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, n.Paragraph) or not first.content or not isinstance(first.content[0], n.Text):
        return None
    match = _BOX.match(first.content[0].value)
    if not match:
        return None
    words = structs.replace(first.content[0], value=first.content[0].value[match.end() :])
    content = strip((words, *first.content[1:]))
    kept = (structs.replace(first, content=content),) if content else ()
    return n.ListItem((*kept, *item.blocks[1:]), match[1] != "☐")
