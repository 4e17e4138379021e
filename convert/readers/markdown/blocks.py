"""Block tokens as block nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token
from msgspec import structs

from convert.readers.markdown.inlines import Branch, Inlines, attrs_of, nest
from convert.readers.markdown.tokens import alt_text, list_start
from convert.report import Report
from convert.tree import nodes as n
from convert.tree.build import strip
from convert.tree.walk import plain_text, rewrite

__all__ = ["Blocks"]

_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_ALIGNS: Mapping[str, n.Align] = {"left": "left", "center": "centre", "right": "right"}
_SCOPES: Mapping[str, n.Scope] = {"col": "column", "colgroup": "column", "row": "row", "rowgroup": "row"}


class Blocks:
    """Makes block nodes; a definition of a note goes to `notes`."""

    def __init__(self, inlines: Inlines, report: Report, where: str) -> None:
        self.inlines = inlines
        self.report = report
        self.where = where
        self.notes: list[n.Note] = []
        self._makers: Mapping[str, Callable[[Branch], Iterable[n.Block]]] = {
            "paragraph": self._paragraph, "heading": self._heading, "bullet_list": self._list,
            "ordered_list": self._list, "blockquote": self._quote, "fence": self._code, "code_block": self._code,
            "hr": self._rule, "table": self._table, "dl": self._definitions, "figure": self._figure,
            "container": self._container, "footnote_reference": self._note, "inline": self._loose,
            **dict.fromkeys(("dt", "caption", "figcaption"), self._paragraph),
            **dict.fromkeys(("list_item", "dd", "td", "th", "tr", "thead", "tbody"), self._stray),
        }  # fmt: skip

    def blocks(self, branches: Iterable[Branch]) -> tuple[n.Block, ...]:
        """The blocks of several branches."""
        return tuple(
            block for branch in branches if branch.kind in self._makers for block in self._makers[branch.kind](branch)
        )

    def _line(self, branch: Branch) -> tuple[n.Inline, ...]:
        """The inline content directly in a block."""
        parts = [part for child in branch.children if child.kind == "inline" for part in self.inlines.line(child.token)]
        return strip(tuple(parts))

    def _loose(self, branch: Branch) -> Iterable[n.Block]:
        content = strip(self.inlines.line(branch.token))
        return (n.Paragraph(content),) if content else ()

    def _paragraph(self, branch: Branch) -> Iterable[n.Block]:
        content = self._line(branch)
        return (n.Paragraph(content, attrs=attrs_of(branch.token)),) if content else ()

    def _heading(self, branch: Branch) -> Iterable[n.Block]:
        content = strip(tuple(self._in_heading(part) for part in self._line(branch)))
        level = int(branch.token.tag[1:])
        return (n.Heading(level, content, attrs=attrs_of(branch.token)),) if content else ()

    def _in_heading(self, part: n.Inline) -> n.Inline:
        """A part of a heading, which holds neither breaks nor pictures."""

        def plain(node: object) -> object:
            match node:
                case n.Break():
                    return n.Text(" ")
                case n.Image():
                    text = "A picture in a heading was left out; its description stands in its place."
                    self.report.add("markdown.heading-picture", "loss", text, self.where)
                    return n.Text(node.alt)
                case _:
                    return node

        return plain(rewrite(part, plain))  # type: ignore[return-value]

    def _list(self, branch: Branch) -> Iterable[n.Block]:
        items = tuple(self._item(child) for child in branch.children if child.kind == "list_item")
        if not items:
            return ()
        paragraphs = [grand for child in branch.children for grand in child.children if grand.kind == "paragraph"]
        tight = all(paragraph.token.hidden for paragraph in paragraphs)
        ordered = branch.kind == "ordered_list"
        start = list_start(branch.token) if ordered else 1
        return (n.List(items, ordered, start, tight, attrs=attrs_of(branch.token)),)

    def _item(self, branch: Branch) -> n.ListItem:
        checked = branch.token.meta.get("checked")
        return n.ListItem(self.blocks(branch.children), checked, attrs=attrs_of(branch.token))

    def _quote(self, branch: Branch) -> Iterable[n.Block]:
        children = branch.children
        attribution: tuple[n.Inline, ...] = ()
        if len(children) > 1 and children[-1].kind == "paragraph":
            attribution = self._attribution(children[-1])
        blocks = self.blocks(children[:-1] if attribution else children)
        return (n.Quote(blocks, attribution, attrs=attrs_of(branch.token)),) if blocks or attribution else ()

    def _attribution(self, branch: Branch) -> tuple[n.Inline, ...]:
        """The content of a paragraph that is a dash and one <cite>, else nothing."""
        parts = [part for child in branch.children for part in nest(child.token.children or ())]
        if parts and parts[0].kind == "text" and parts[0].token.content.strip() in ("—", "–", ""):
            parts = parts[1:]
        if len(parts) != 1 or parts[0].kind != "cite":
            return ()
        return self.inlines.content(parts[0].children, in_link=False)

    def _stray(self, branch: Branch) -> Iterable[n.Block]:
        """What is in a part that stands outside of what it is a part of."""
        return self.blocks(branch.children)

    def _code(self, branch: Branch) -> Iterable[n.Block]:
        token = branch.token
        words = unescapeAll(token.info).split()
        return (n.CodeBlock(token.content.removesuffix("\n"), words[0] if words else "", attrs=attrs_of(token)),)

    def _rule(self, branch: Branch) -> Iterable[n.Block]:
        return (n.Rule(attrs=attrs_of(branch.token)),)

    def _definitions(self, branch: Branch) -> Iterable[n.Block]:
        entries: list[n.Definition] = []
        for child in branch.children:
            if child.kind == "dt":
                entries.append(n.Definition(self._line(child), (), attrs=attrs_of(child.token)))
            elif child.kind == "dd":
                entries = entries or [n.Definition((), ())]
                described = (*entries[-1].descriptions, self.blocks(child.children))
                entries[-1] = structs.replace(entries[-1], descriptions=described)
        return (n.DefinitionList(tuple(entries), attrs=attrs_of(branch.token)),) if entries else ()

    def _note(self, branch: Branch) -> Iterable[n.Block]:
        label = str(branch.token.meta.get("label", ""))
        known = {note.id for note in self.notes}
        name, number = self.inlines.notes.get(label, label), 1
        while name in known:  # a label that is defined twice: the second has no reference
            number += 1
            name = f"{label}-{number}"
        place = len(self.notes)
        self.notes.append(n.Note(name, ()))
        self.notes[place] = n.Note(name, self.blocks(branch.children))
        return ()

    # ------------------------------------------------------------------------------ tables

    def _table(self, branch: Branch) -> Iterable[n.Block]:
        caption: tuple[n.Inline, ...] = ()
        head: list[n.Row] = []
        body: list[n.Row] = []
        aligns: list[n.Align] = []
        for part in branch.children:
            if part.kind == "caption":
                caption = (*caption, *self._line(part))
            rows = [part] if part.kind == "tr" else [row for row in part.children if row.kind == "tr"]
            into = head if part.kind == "thead" else body
            for row in rows:
                into.append(self._row(row, in_head=part.kind == "thead"))
                aligns = aligns or _aligns(row)
        said = [_ALIGNS.get(word, "") for word in str(branch.token.attrs.get("data-align", "")).split()]
        columns = tuple(n.Column(align) for align in (said if len(said) == len(aligns) else aligns))
        return (n.Table(columns, tuple(head), tuple(body), caption, attrs=attrs_of(branch.token)),) if columns else ()

    def _row(self, branch: Branch, *, in_head: bool) -> n.Row:
        cells = (self._cell(child, in_head=in_head) for child in branch.children if child.kind in ("th", "td"))
        return n.Row(tuple(cells), attrs=attrs_of(branch.token))

    def _cell(self, branch: Branch, *, in_head: bool) -> n.Cell:
        attrs = branch.token.attrs
        scope: n.Scope = ""
        if branch.kind == "th":
            scope = _SCOPES.get(str(attrs.get("scope", "")), "column" if in_head else "row")
        spans = (int(attrs.get("colspan", 1)), int(attrs.get("rowspan", 1)))
        return n.Cell(self.blocks(branch.children), *spans, scope, attrs=attrs_of(branch.token))

    # ---------------------------------------------------------------- pictures and containers

    def _figure(self, branch: Branch) -> Iterable[n.Block]:
        pictures = [
            child
            for part in branch.children
            if part.kind == "inline"
            for child in part.token.children or ()
            if child.type == "image"
        ]
        lines = [line for part in branch.children if part.kind == "figcaption" for line in part.children]
        caption, credit = self._captions([one for line in lines for one in nest(line.token.children or ())])
        figures = [self._picture(token) for token in pictures]
        if not figures:
            return (n.Paragraph((*caption, *credit)),) if caption or credit else ()
        figures[-1] = structs.replace(figures[-1], caption=caption, credit=credit, attrs=attrs_of(branch.token))
        return figures

    def _captions(self, branches: list[Branch]) -> tuple[tuple[n.Inline, ...], tuple[n.Inline, ...]]:
        """Caption and credit: the credit is a last <span> of that class."""
        credit: tuple[n.Inline, ...] = ()
        if branches and branches[-1].kind == "span" and "credit" in branches[-1].names():
            credit = strip(self.inlines.content(branches.pop().children, in_link=False))
        return strip(self.inlines.content(branches, in_link=False)), credit

    def _picture(self, token: Token) -> n.Figure:
        return n.Figure(self.inlines.pictures.key(str(token.attrs.get("src", ""))), alt_text(token))

    def _container(self, branch: Branch) -> Iterable[n.Block]:
        """What the writer marks with a <div> or <aside> and its class."""
        blocks = self.blocks(branch.children)
        names = branch.names()
        attrs = attrs_of(branch.token)
        for name, make in CONTAINERS.items():
            if name in names and (made := make(branch, blocks)) is not None:
                return (structs.replace(made, attrs=attrs),)
        if branch.token.tag == "aside":
            return (n.Aside(blocks, attrs=attrs),) if blocks else ()
        if attrs and len(blocks) == 1 and blocks[0].attrs is None:
            return (structs.replace(blocks[0], attrs=attrs),)
        return blocks


def _aligns(row: Branch) -> list[n.Align]:
    """The alignment of each column, by a row's cells."""
    aligns: list[n.Align] = []
    for cell in row.children:
        if cell.kind in ("th", "td"):
            found = _ALIGN.search(str(cell.token.attrs.get("style", "")))
            aligns += [_ALIGNS[found[1]] if found else ""] * int(cell.token.attrs.get("colspan", 1))
    return aligns


def _correction(branch: Branch, blocks: tuple[n.Block, ...]) -> n.Block | None:
    return n.Correction(blocks, str(branch.token.attrs.get("data-date", "")))


def _pull_quote(_: Branch, blocks: tuple[n.Block, ...]) -> n.Block | None:
    if len(blocks) == 1 and isinstance(blocks[0], n.Quote):
        return structs.replace(blocks[0], kind="pull")
    return n.Quote(blocks, kind="pull") if blocks else None


def _embed(branch: Branch, blocks: tuple[n.Block, ...]) -> n.Block | None:
    """A card: its first paragraph is a link, the second one its text."""
    provider = str(branch.token.attrs.get("data-provider", ""))
    address = str(branch.token.attrs.get("data-url", ""))
    words = [plain_text(block.content) for block in blocks if isinstance(block, n.Paragraph)]
    if len(words) < len(blocks):
        return None
    if "labelled" in branch.names():  # its address had stood as the label, for want of a title
        return n.Embed(address, provider, "", " ".join(words)) if address else None
    match blocks:
        case (n.Paragraph(content=(n.Link() as link,)), *_):
            return n.Embed(link.href, provider, words[0], " ".join(words[1:]))
        case _:
            return None


def _gallery(_: Branch, blocks: tuple[n.Block, ...]) -> n.Block | None:
    figures = tuple(block for block in blocks if isinstance(block, n.Figure))
    rest = [block for block in blocks if not isinstance(block, n.Figure)]
    match rest:
        case []:
            return n.Gallery(figures) if figures else None
        case [n.Paragraph(content=caption)] if figures and blocks[-1] is rest[0]:
            return n.Gallery(figures, caption)
        case _:
            return None


def _titled(_: Branch, blocks: tuple[n.Block, ...]) -> n.Block | None:
    match blocks:
        case (n.Paragraph(content=(n.Strong(content=title),)), *rest):
            return n.Aside(tuple(rest), title)
        case _:
            return None


CONTAINERS: Mapping[str, Callable[[Branch, tuple[n.Block, ...]], n.Block | None]] = {
    "correction": _correction,
    "pull-quote": _pull_quote,
    "embed": _embed,
    "gallery": _gallery,
    "titled": _titled,
}
"""What a container's class makes of its blocks; None where they do not fit."""
