"""The walk over a story's paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from convert.readers.docx.figures import captioned, figures_apart, told
from convert.readers.docx.flow import Flow, Piece
from convert.readers.docx.front import Front, without_label
from convert.readers.docx.languages import is_rtl
from convert.readers.docx.lines import CREDIT, Leaf, Picture, Split, nested, plain
from convert.readers.docx.numbering import Numbering
from convert.readers.docx.runs import Line, Runs
from convert.readers.docx.styles import Style, is_ruled, whole
from convert.readers.docx.tables import table_of
from convert.readers.docx.xml import A, Element, M, V, W, children, first, is_on, value
from convert.tree import nodes as n
from convert.tree.build import inlines
from convert.tree.metadata import Direction

__all__ = ["Body"]

PROPERTIES = frozenset(W + name for name in ("sectPr", "tcPr", "pPr", "rPr"))
ROLES: dict[str, n.Role] = {"lede": "lede", "question": "question", "answer": "answer", "contents": "furniture"}
MOST_TABLES = 8
"""Tables within tables; below that the cells' text stands without them."""

VML_RULE = "{urn:schemas-microsoft-com:office:office}hr"


class Place(Struct):
    """Where the walk is: what is being put together, and whether it is the article's own text."""

    flow: Flow
    top: bool = False
    tables: int = 0


class Body:
    """Reads the stories of one file. `told` says what elements mean that are no text of runs."""

    def __init__(self, runs: Runs, numbering: Numbering, front: Front) -> None:
        self.runs = runs
        self.styles = runs.styles
        self.numbering = numbering
        self.front = front
        self.told: dict[Element, str] = {}
        self.ids: dict[str, str] = {}
        """The id that stands for each bookmark that something leads to."""
        self.pending: list[str] = []
        self.forms: set[str] = set()
        self.numbered_headings = 0

    def story(self, root: Element, part: str, *, top: bool = False) -> list[n.Block]:
        """The blocks of a body or a note."""
        self.runs.begin(part)
        return self._blocks(root, Place(Flow(self.told), top=top))

    def _blocks(self, container: Element, place: Place) -> list[n.Block]:
        self._into(container, place)
        return place.flow.finish()

    def _into(self, container: Element, place: Place) -> None:
        for child in children(container):
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, place)
            elif tag == W + "tbl":
                self._table(child, place)
            elif tag == W + "bookmarkStart":
                self.pending.append(child.get(W + "name") or "")
            elif tag == W + "altChunk":
                self.runs.report.add("docx.chunk", "loss", "Another document stands within this one; it is not read.")
            elif tag in PROPERTIES:
                continue
            elif tag in (W + "r", W + "hyperlink", W + "fldSimple", W + "t", M + "oMath"):
                self._stray(child, place)
            elif len(child):
                self._into(child, place)

    def _stray(self, child: Element, place: Place) -> None:
        """Words outside of a paragraph, which no schema allows, as one."""
        paragraph = child.makeelement(W + "p")
        child.addprevious(paragraph)
        paragraph.append(child)
        self._paragraph(paragraph, place)

    # ----------------------------------------------------------------------------- tables

    def _table(self, table: Element, place: Place) -> None:
        depth = place.tables + 1
        if depth > MOST_TABLES:
            self._into(table, place)
            return
        blocks = table_of(
            table, self.styles, lambda cell: self._blocks(cell, Place(Flow(self.told), tables=depth))
        )  # fmt: skip
        left = whole(first(table, "tblPr", "tblInd"), "w") or -1
        if len(blocks) == 1 and isinstance(blocks[0], n.Table):
            blocks = [_with_id_of_first_cell(blocks[0])]
        self._add(Piece(blocks, left=left), place)

    # ------------------------------------------------------------------------- paragraphs

    def _paragraph(self, paragraph: Element, place: Place) -> None:
        properties = first(paragraph, "pPr")
        style = self.styles.paragraph(properties)
        line = self.runs.read(paragraph, style)
        attrs = self._attrs(line, properties, style)
        level = self._level(properties, style)
        mark = self.numbering.mark(properties, style)
        if mark is not None and level:
            self.numbered_headings += 1
            mark = None
        if mark is not None and mark.ordered and mark.form != "decimal":
            self.forms.add(mark.form)
        if style.kind == "title" and not (place.top and self.front.open):
            level = level or 1
        if level:
            self._heading(line.leaves, level, attrs, place)
        elif style.kind == "code":
            told((), line.leaves, self.told)
            self._add(
                Piece(
                    [n.CodeBlock("", attrs=attrs)] if attrs else [],
                    "code",
                    left=_left(properties),
                    code=plain(line.leaves),
                ),
                place,
            )
        elif self._is_rule(paragraph, properties, style, line):
            self._add(Piece([n.Rule()], left=_left(properties)), place)
        else:
            piece = Piece([], style.kind, mark, element=paragraph)
            self._plain(piece, line, attrs, properties, style, place)
        for element in line.beside:
            self._beside(element, place)

    def _level(self, properties: Element | None, style: Style) -> int:
        outline = value(properties, "outlineLvl")
        if outline.isdigit() and style.kind not in ("contents", "title", "deck"):
            return int(outline) + 1 if int(outline) < 9 else 0
        return style.level % 10 if style.kind not in ("title", "deck", "contents") else 0

    def _attrs(self, line: Line, properties: Element | None, style: Style) -> n.Attrs | None:
        """The id that links lead to, and the direction if it is not the article's."""
        names = [
            name for name in (*self.pending, *line.places) if name in self.runs.links.targets and name not in self.ids
        ]
        self.pending.clear()
        for name in names:
            self.ids[name] = names[0]
        ours = self.runs.languages.direction == "rtl"
        direction: Direction | None = None
        if is_rtl(properties, style) != ours and plain(line.leaves).strip():
            direction = "ltr" if ours else "rtl"
        return n.Attrs(names[0] if names else "", direction=direction) if names or direction else None

    def _is_rule(self, paragraph: Element, properties: Element | None, style: Style, line: Line) -> bool:
        """Whether a paragraph is a line drawn across the page: a border, or a shape that is one, and no words."""
        if line.beside or any(
            not isinstance(node, n.Break | Split) and plain([(node, marks)]).strip() for node, marks in line.leaves
        ):
            return False
        if any(isinstance(node, Picture | n.NoteReference) for node, _ in line.leaves):
            return False
        drawn = any(
            (shape.get(VML_RULE) or "").lower() in ("t", "true", "1")
            for shape in paragraph.iter(V + "rect", V + "shape")
        )
        return drawn or style.kind == "rule" or style.ruled or is_ruled(properties)

    def _heading(self, leaves: Sequence[Leaf], level: int, attrs: n.Attrs | None, place: Place) -> None:
        """A heading; pictures at its two ends stand apart, in it they are words, and its lines are one."""
        front, core, back = figures_apart(leaves, self.told, every=True)
        flat: list[Leaf] = []
        for node, marks in core:
            if isinstance(node, Picture):
                self.told[node.element] = node.alt
                flat.append((n.Text(f" {node.alt} "), marks))
                self.runs.report.add("docx.picture", "loss", "A picture within a heading was made words.", node.alt)
            elif isinstance(node, n.Break | Split):
                flat.append((n.Text(" "), marks))
            else:
                flat.append((node, marks))
        content = nested(flat)
        while len(content) == 1 and isinstance(content[0], n.Strong | n.Emphasis):
            content = content[0].content  # a heading is bold anyhow
        blocks: list[n.Block] = [*front]
        if content:
            blocks.append(n.Heading(level, content, attrs=attrs))
        self._add(Piece([*blocks, *back]), place)

    def _plain(
        self, piece: Piece, line: Line, attrs: n.Attrs | None, properties: Element | None, style: Style, place: Place
    ) -> None:
        """A paragraph that is no heading: words, pictures, or what its style says it is."""
        kind = piece.kind
        piece.continues = kind == "continue"
        piece.left = _left(properties)
        if piece.continues and piece.left < 0:
            piece.left = style.left or -1
        further = self.numbering.further(properties, style) if piece.mark is None else -1
        if further >= 0:
            piece.continues, piece.left = True, further
        snug = is_on(properties, "contextualSpacing")
        piece.loose = snug is False
        if kind in ("caption", "term", "attribution", "aside-title"):
            self._line_of_words(line, attrs, piece)
            if not piece.content and not piece.credit and not piece.blocks:
                return
            self._add(piece, place)
            return
        if place.top:
            kind = self.front.take(kind, nested([leaf for leaf in line.leaves if not isinstance(leaf[0], Picture)]))
        if kind == "correction":
            line.leaves, piece.date, silent = without_label(piece.element, line.leaves, self.styles)
            self.runs.silent |= silent
        role = "furniture" if kind == "furniture" else ROLES.get(kind, "body")
        piece.kind = kind
        for part in _pages(line.leaves):
            front, core, back = figures_apart(part, self.told, every=False)
            content = told(nested(core), core, self.told)
            content, attrs = _with_language(content, attrs)
            words: list[n.Block] = [n.Paragraph(content, role, attrs=attrs)] if content else []
            attrs = attrs if not words else None
            piece.blocks.extend([*front, *words, *back])
        if not piece.blocks and piece.mark is None:
            place.flow.gap() if kind in ("", "continue") else None
            return
        self._add(piece, place)

    def _line_of_words(self, line: Line, attrs: n.Attrs | None, piece: Piece) -> None:
        """Put the words of a caption, a term or a title into a piece, its pictures before them."""
        front, core, _ = figures_apart(
            [leaf for leaf in line.leaves if not isinstance(leaf[0], Split)], self.told, every=False, ends=False
        )
        if front:
            piece.blocks.extend(front)
        credited = [leaf for leaf in core if CREDIT in leaf[1]]
        at = core.index(credited[0]) if credited else len(core)
        if credited and all(CREDIT in marks for _, marks in core[at:]):
            piece.credit = told(nested(core[at:]), core[at:], self.told)
            core = core[:at]
        content = told(nested(core), core, self.told)
        if piece.kind == "attribution" and content and isinstance(content[0], n.Text):
            content = inlines((structs.replace(content[0], value=content[0].value.removeprefix("— ")), *content[1:]))
        piece.content = content
        if piece.blocks:  # a figure and its caption in one paragraph
            kind, piece.kind = piece.kind, ""
            piece.blocks = captioned(piece.blocks, piece, kind)
            piece.content = piece.credit = ()
        elif attrs:
            piece.blocks = [n.Paragraph((), attrs=attrs)]

    def _beside(self, element: Element, place: Place) -> None:
        """What stands beside a paragraph: pictures, and the words of boxes, charts and diagrams."""
        if element.tag in (W + "p", W + "tbl"):
            self._table(element, place) if element.tag == W + "tbl" else self._paragraph(element, place)
            return
        blocks: list[n.Block] = []
        boxed = False
        stack = [element]
        while stack:
            each = stack.pop()
            if each.tag == W + "txbxContent":
                blocks.extend(self._blocks(each, Place(Flow(self.told), tables=place.tables)))
                boxed = True
                continue
            if each.tag == A + "blip":
                picture = self.runs.picture(each)
                if picture is not None:
                    self.told[each] = picture.alt
                    blocks.append(n.Figure(picture.asset, picture.alt))
            texts: list[str] = []
            if each.tag == A + "graphicData":
                texts = self.runs.media.texts(each, self.runs.part)
            for text in texts:
                blocks.append(n.Paragraph((n.Text(text),)))
            boxed = boxed or bool(texts)
            if texts:
                self.runs.report.add(
                    "docx.drawing", "loss", "A chart or diagram was left out; its words were kept.", self.runs.where
                )
            stack.extend(reversed(each))
        blocks = _with_captions(blocks)
        words = any(not isinstance(block, n.Figure) for block in blocks)
        if boxed and words:
            blocks = [n.Aside(tuple(blocks))]
        for block in blocks:
            self._add(Piece([block], left=1_000_000 if place.flow.last_kind() == "" else -1), place)

    def _add(self, piece: Piece, place: Place) -> None:
        if place.top and (piece.content or any(not _is_front(block) for block in piece.blocks)):
            self.front.open = self.front.open and all(isinstance(block, n.Figure) for block in piece.blocks)
        place.flow.add(piece)


# ----------------------------------------------------------------------------------- helpers


def _with_language(content: tuple[n.Inline, ...], attrs: n.Attrs | None) -> tuple[tuple[n.Inline, ...], n.Attrs | None]:
    """A paragraph all of whose words are in one other language says so itself."""
    only = content[0] if len(content) == 1 else None
    if not isinstance(only, n.Span) or only.attrs is None:
        return content, attrs
    return only.content, structs.replace(attrs or n.Attrs(), language=only.attrs.language)


def _is_front(block: n.Block) -> bool:
    return isinstance(block, n.Paragraph) and block.role == "furniture"


def _left(properties: Element | None) -> int:
    """How far in a paragraph stands by itself, -1 where it does not say."""
    left = whole(first(properties, "ind"), "left", "start")
    return -1 if left is None else left


def _pages(leaves: Sequence[Leaf]) -> list[list[Leaf]]:
    """The leaves parted where a page ends."""
    parts: list[list[Leaf]] = [[]]
    for leaf in leaves:
        if isinstance(leaf[0], Split):
            parts.append([])
        else:
            parts[-1].append(leaf)
    return parts


def _with_captions(blocks: list[n.Block]) -> list[n.Block]:
    """Without paragraphs that hold nothing."""
    return [block for block in blocks if not isinstance(block, n.Paragraph) or block.content]


def _with_id_of_first_cell(table: n.Table) -> n.Table:
    """The table with the id of its first paragraph: a bookmark before a table stands in its first cell."""
    rows = table.head or table.body
    cell = rows[0].cells[0]
    block = cell.blocks[0] if cell.blocks else None
    if block is None or block.attrs is None or not block.attrs.id:
        return table
    attrs = structs.replace(block.attrs, id="")
    cell = structs.replace(
        cell, blocks=(structs.replace(block, attrs=attrs if attrs != n.Attrs() else None), *cell.blocks[1:])
    )
    row = structs.replace(rows[0], cells=(cell, *rows[0].cells[1:]))
    part = "head" if table.head else "body"
    return structs.replace(table, attrs=n.Attrs(block.attrs.id), **{part: (row, *rows[1:])})
