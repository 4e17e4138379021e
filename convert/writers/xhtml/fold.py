"""A tree's nodes as XHTML: the one walk that the XHTML, EPUB and PDF writers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import final
from urllib.parse import quote, urlsplit

from msgspec import structs

from convert.report import Report
from convert.tree import nodes as n
from convert.tree.fold import Fold
from convert.tree.walk import plain_text
from convert.world import Assets, Picture
from convert.writers.base import SCHEMES, tell_missing
from convert.writers.labels import Labels
from convert.writers.xhtml.markup import Ids, attributes, element, escape, language_tag, legal, void
from convert.writers.xhtml.tables import column_words, number_columns, placed, without_gaps

__all__ = ["BACK", "TASKS", "Shapes", "XhtmlFold"]

BACK = "↑"
"""The sign of a note's way back. The usual hooked arrow is an emoji on some devices and in few text fonts."""

FULL_WIDTH = 480
"""Pictures of at least so many pixels across are set as wide as the column; smaller ones would look coarse."""

TASKS = ("☑", "☐")
"""The signs of a task that is done and of one that is not."""

_SCOPES = {"column": "col", "row": "row"}

_ADDRESS = re.compile(r"(?:https?://|www\.)(?:&amp;|[^\s<>&])*[\w/]")
"""An address in running text: hyphens in it would be read as its own."""

Shapes = Callable[[n.Table, tuple[int, ...]], tuple[str, str]]
"""What one target makes of a table and its columns' longest words: a style for it, and its columns' elements."""


@final
class XhtmlFold(Fold[str]):
    """Makes markup of nodes; `report` and `declared` fill as it goes. One serves one article, once.

    `source` gives the address of a picture, by its key. `shape` may fit a table to a page.
    """

    def __init__(
        self, ids: Ids, words: Labels, assets: Assets, source: Callable[[str, Picture], str], report: Report,
        print_date: Callable[[str], str], shape: Shapes | None = None, tasks: tuple[str, str] = TASKS,
    ) -> None:  # fmt: skip
        super().__init__()
        self.ids = ids
        self.words = words
        self.assets = assets
        self.source = source
        self.report = report
        self.print_date = print_date
        self.shape = shape
        self.tasks = {None: "", True: f"{tasks[0]} ", False: f"{tasks[1]} "}
        self.declared: list[str] = []
        self.closes_gaps = False
        """Whether headings are moved, which may leave no gap between levels (WCAG 2.1, G141)."""
        self._level = 0  # of the last heading
        self._linked = False  # within a link, which may hold no other
        self._ornament = False  # within a pull quote, which assistive technology skips: nothing to reach there

    def join(self, nodes: Iterable[n.Inline | n.Block]) -> str:
        """The markup of several nodes; a comma parts the marks of two notes in a row."""
        parts: list[str] = []
        before: n.Inline | n.Block | None = None
        for node in nodes:
            if isinstance(node, n.NoteReference) and isinstance(before, n.NoteReference):
                parts.append("<sup>,</sup>")
            parts.append(self.fold(node))
            before = node
        return "".join(parts)

    def common(self, attrs: n.Attrs | None) -> str:
        """What `attrs` becomes on an element: id, xml:lang with lang, dir."""
        if attrs is None:
            return ""
        language = language_tag(attrs.language) if attrs.language else None
        name = None if self._ornament else self.ids.of(attrs)
        return attributes((("id", name), ("xml:lang", language), ("lang", language), ("dir", attrs.direction)))

    def tag(self, name: str, node: n.Node, content: str, *pairs: tuple[str, str | None]) -> str:
        """An element with a node's own attributes."""
        return f"<{name}{attributes(pairs)}{self.common(node.attrs)}>{content}</{name}>"

    # ------------------------------------------------------------------------------ inlines

    def text(self, node: n.Text) -> str:
        if legal(node.value) != node.value:
            self.report.add("text.control", "info", "Control characters that no page can show were left out.")
        escaped = escape(node.value)
        content = escaped if self._linked else _ADDRESS.sub(_unbroken, escaped)
        return self.tag("span", node, content) if node.attrs else content

    def emphasis(self, node: n.Emphasis) -> str:
        return self.tag("em", node, self.join(node.content))

    def strong(self, node: n.Strong) -> str:
        return self.tag("strong", node, self.join(node.content))

    def strikethrough(self, node: n.Strikethrough) -> str:
        return self.tag("s", node, self.join(node.content))

    def superscript(self, node: n.Superscript) -> str:
        return self.tag("sup", node, self.join(node.content))

    def subscript(self, node: n.Subscript) -> str:
        return self.tag("sub", node, self.join(node.content))

    def span(self, node: n.Span) -> str:
        return self.tag("span", node, self.join(node.content))

    def code_span(self, node: n.CodeSpan) -> str:
        return self.tag("code", node, escape(node.value))

    def break_(self, node: n.Break) -> str:
        return "<br/>"

    def link(self, node: n.Link) -> str:
        href = None if self._ornament else self.href(node.href, plain_text(node.content))
        before, self._linked = self._linked, self._linked or href is not None
        content = self.join(node.content)
        self._linked = before
        if href is not None and before:
            self.report.add("link.nested", "loss", "A link stands within another; only the outer one leads anywhere.",
                            node.href)  # fmt: skip
        if href is None or before:
            return self.tag("span", node, content) if node.attrs else content
        # WeasyPrint tags no link that holds a lone element, so an address in one is marked on the link itself.
        kind = "address" if _ADDRESS.fullmatch(content) else None
        return self.tag("a", node, content, ("href", href), ("class", kind), ("title", node.title or None))

    def image(self, node: n.Image) -> str:
        picture = self.picture(node.asset, node.alt)
        if picture is None:
            return self.tag("span", node, escape(self.placeholder(node.alt)), ("class", "missing"))
        pairs = (*picture, ("title", node.title or None))
        return f"<img{attributes(pairs)}{self.common(node.attrs)}/>"

    def note_reference(self, node: n.NoteReference) -> str:
        number = self.ids.number(node.note)
        if not number or self._ornament:
            return ""
        self.declared.append(str(number))
        mark = element(
            "a", str(number), ("epub:type", "noteref"), ("role", "doc-noteref"), ("href", f"#note-{number}"),
        )  # fmt: skip
        mark = str(number) if self._linked else mark
        return element("sup", mark, ("class", "noteref"), ("id", self.ids.reference(node.note)))

    # ------------------------------------------------------------------------------- blocks

    def heading(self, node: n.Heading) -> str:
        level = min(node.level, self._level + 1) if self.closes_gaps else node.level
        self._level = self._level if self._ornament else level
        return self.tag(f"h{min(level + 1, 6)}", node, self.join(node.content))

    def paragraph(self, node: n.Paragraph) -> str:
        classes = [] if node.role == "body" else [str(node.role)]
        classes.extend(["lines"] if any(isinstance(one, n.Break) for one in node.content) else [])
        return self.tag("p", node, self.join(node.content), ("class", " ".join(classes) or None))

    def list_(self, node: n.List) -> str:
        name = "ol" if node.ordered else "ul"
        start = str(node.start) if node.ordered and node.start != 1 else None
        kind = "tasks" if any(item.checked is not None for item in node.items) else None
        items = "\n".join(self.item(item, node.tight) for item in node.items)
        if node.ordered:
            self.declared.extend(f"{number}." for number in range(node.start, node.start + len(node.items)))
        return self.tag(name, node, f"\n{items}\n", ("class", kind), ("start", start))

    def item(self, item: n.ListItem, tight: bool) -> str:
        """One item; in a tight list its only paragraph stands in it bare."""
        sign = self.tasks[item.checked]
        if sign:
            self.declared.append(sign.strip())
        first, *rest = item.blocks or (n.Paragraph(()),)
        alone = not any(isinstance(block, n.Paragraph) for block in rest)
        if isinstance(first, n.Paragraph) and (bare := self.bare(first) if tight and alone else None) is not None:
            content = sign + bare + "".join("\n" + block for block in self.fold_all(rest))
        elif isinstance(first, n.Paragraph) and sign:
            marked = n.Paragraph((n.Text(sign), *first.content), first.role, attrs=first.attrs)
            content = "\n".join(self.fold_all((marked, *rest)))
        else:
            content = sign + "\n".join(self.in_item(block, tight) for block in item.blocks)
        return self.tag("li", item, content)

    def in_item(self, block: n.Block, tight: bool) -> str:
        """A block of an item that begins with no paragraph; a paragraph of a tight list stands bare there too."""
        paged = self.shape is not None  # WeasyPrint tags bare words of an item as one, whatever stands between them
        bare = self.bare(block) if tight and not paged and isinstance(block, n.Paragraph) else None
        return self.fold(block) if bare is None else bare

    def bare(self, paragraph: n.Paragraph) -> str | None:
        """A plain paragraph's content without its element; None where the element carries something."""
        plain = paragraph.attrs is None and paragraph.role == "body"
        return self.join(paragraph.content) if plain else None

    def definition_list(self, node: n.DefinitionList) -> str:
        lines: list[str] = []
        for entry in node.entries:
            lines.append(self.tag("dt", entry, self.join(entry.term)))
            lines.extend(element("dd", self.flow(description)) for description in entry.descriptions)
        return self.tag("dl", node, "\n" + "\n".join(lines) + "\n")

    def flow(self, blocks: tuple[n.Block, ...]) -> str:
        """Blocks within a cell or description; a single plain paragraph stands bare."""
        if len(blocks) == 1 and isinstance(blocks[0], n.Paragraph) and (bare := self.bare(blocks[0])) is not None:
            return bare
        return "\n".join(self.fold_all(blocks))

    def table(self, node: n.Table) -> str:
        style, columns = self.shape(node, column_words(node)) if self.shape else ("", "")
        parts = [element("caption", self.join(node.caption))] if node.caption else []
        parts.extend([columns] if columns else [])
        numbers = number_columns(node)
        for name, rows, head in (("thead", without_gaps(node.head), True), ("tbody", without_gaps(node.body), False)):
            if rows:
                lines = [self.row(row, line, node, numbers, head) for row, line in
                         zip(rows, placed(rows, len(node.columns)), strict=True)]  # fmt: skip
                parts.append(element(name, "\n" + "\n".join(lines) + "\n"))
        return self.tag("table", node, "\n" + "\n".join(parts) + "\n", ("style", style or None))

    def row(
        self, row: n.Row, line: list[tuple[int, n.Cell]], table: n.Table, numbers: frozenset[int], head: bool
    ) -> str:
        return self.tag("tr", row, "".join(self.cell(cell, k, table, numbers, head) for k, cell in line))

    def cell(self, cell: n.Cell, column: int, table: n.Table, numbers: frozenset[int], head: bool) -> str:
        scope = _SCOPES.get(cell.scope or ("column" if head else ""))
        heads = scope is not None and bool(cell.blocks)  # an empty cell heads nothing
        align = table.columns[column].align if column < len(table.columns) else ""
        classes: list[str] = [align] if align else []
        if column in numbers and cell.colspan == 1:
            classes.append("figures")
        return self.tag(
            "th" if heads else "td", cell, self.flow(cell.blocks), ("class", " ".join(classes) or None),
            ("scope", scope if heads else None),
            ("colspan", str(cell.colspan) if cell.colspan > 1 else None),
            ("rowspan", str(cell.rowspan) if cell.rowspan > 1 else None),
        )  # fmt: skip

    def figure(self, node: n.Figure) -> str:
        return self.picture_figure(node)

    def picture_figure(self, node: n.Figure, name: str = "") -> str:
        """A figure; `name` is a further class of it."""
        picture = self.picture(node.asset, node.alt)
        classes = [name] if name else []
        if picture is None:
            inner = element("p", escape(self.placeholder(node.alt)), ("class", "missing"))
        else:
            classes.extend(["full"] if self.assets[node.asset].width >= FULL_WIDTH else [])
            inner = void("img", *picture)
        caption = self.caption(node.caption, node.credit)
        return self.tag("figure", node, f"\n{inner}\n{caption}", ("class", " ".join(classes) or None))

    def caption(self, caption: tuple[n.Inline, ...], credit: tuple[n.Inline, ...]) -> str:
        """What stands below a picture; the credit comes after the caption."""
        parts = [self.join(caption)] if caption else []
        if credit:
            parts.append(element("span", self.join(credit), ("class", "credit")))
        return element("figcaption", " ".join(parts)) + "\n" if parts else ""

    def gallery(self, node: n.Gallery) -> str:
        figures = "".join(self.fold_all(node.figures))  # side by side: a space between them would take room
        return self.tag("figure", node, f"\n{figures}\n{self.caption(node.caption, ())}", ("class", "gallery"))

    def quote(self, node: n.Quote) -> str:
        pull = node.kind == "pull"
        before, self._ornament = self._ornament, self._ornament or pull
        body = "\n" + "\n".join(self.fold_all(node.blocks)) + "\n"
        source = element("p", f"— {self.join(node.attribution)}", ("class", "quote-attribution"))
        self._ornament = before
        if pull:
            inner = body + (source + "\n" if node.attribution else "")
            return self.tag("aside", node, inner, ("class", "pull-quote"), ("aria-hidden", "true"))
        if not node.attribution:
            return self.tag("blockquote", node, body)
        return self.tag("div", node, f"\n{element('blockquote', body)}\n{source}\n", ("class", "quote"))

    def code_block(self, node: n.CodeBlock) -> str:
        language = "".join(node.language.split())  # a class ends at a space
        code = element("code", escape(node.value), ("class", f"language-{language}" if language else None))
        return self.tag("pre", node, code)

    def rule(self, node: n.Rule) -> str:
        return f"<hr{self.common(node.attrs)}/>"

    def aside(self, node: n.Aside) -> str:
        title = element("p", self.join(node.title), ("class", "aside-title"))
        parts = ([title] if node.title else []) + self.fold_all(node.blocks)
        return self.tag("aside", node, "\n" + "\n".join(parts) + "\n", ("class", "aside"))

    def embed(self, node: n.Embed) -> str:
        name = node.title or node.url
        if not node.title:
            self.declared.append(node.url)
        href = None if self._ornament else self.href(node.url, name)
        title = element("a", escape(name), ("href", href)) if href else escape(name)
        parts = [element("p", title, ("class", "embed-title"))]
        parts.extend([element("p", escape(node.text))] if node.text else [])
        if node.provider:
            self.declared.append(node.provider)
            parts.append(element("p", escape(node.provider), ("class", "embed-provider")))
        return self.tag("div", node, "\n" + "\n".join(parts) + "\n", ("class", "embed"))

    def correction(self, node: n.Correction) -> str:
        label, printed = escape(self.words.correction), self.print_date(node.date)
        if printed:
            self.declared.append(printed)
            label += f" · {escape(printed)}"
        parts = [element("p", label, ("class", "correction-label")), *self.fold_all(node.blocks)]
        return self.tag("div", node, "\n" + "\n".join(parts) + "\n", ("class", "correction"), ("role", "note"))

    # -------------------------------------------------------------------------------- notes

    def notes(self, notes: tuple[n.Note, ...]) -> str:
        """The notes as a section with ways back; empty for none. Comes last: it knows all references."""
        items = "\n".join(self.note(number, note) for number, note in enumerate(notes, 1))
        title = element("h2", escape(self.words.notes), ("class", "notes-title"))
        return element(
            "section", f"\n{title}\n<ol>\n{items}\n</ol>\n", ("class", "notes"), ("epub:type", "endnotes"),
            ("role", "doc-endnotes"),
        )  # fmt: skip

    def note(self, number: int, note: n.Note) -> str:
        body = "\n".join(self.fold_all(note.blocks))
        self.declared.append(f"{number}.")
        ways = "".join(" " + self.way_back(name, k) for k, name in enumerate(self.ids.references(note.id), 1))
        # The way back ends the last paragraph, so that it takes no line of its own.
        body = body[: -len("</p>")] + ways + "</p>" if body.endswith("</p>") else body + (ways and f"<p>{ways[1:]}</p>")
        attrs = note.attrs and structs.replace(note.attrs, id="")
        return f'<li id="note-{number}" epub:type="endnote"{self.common(attrs)}>{body}</li>'

    def way_back(self, name: str, number: int) -> str:
        sign = BACK if number == 1 else f"{BACK}{number}"
        self.declared.append(sign)
        return element(
            "a", sign, ("class", "back"), ("epub:type", "backlink"), ("role", "doc-backlink"),
            ("href", f"#{name}"), ("aria-label", f"{self.words.back}" + (f" ({number})" if number > 1 else "")),
        )  # fmt: skip

    # ----------------------------------------------------------------------- what they share

    def href(self, address: str, words: str) -> str | None:
        """An address that may be followed, with what URLs forbid escaped; None, and a message, otherwise."""
        if address.startswith("#"):
            name = self.ids.target(address[1:])
            if name is None:
                self.report.add("link.nowhere", "loss", f"The link to {address!r} leads nowhere in the article.", words)
            return name and f"#{name}"
        try:
            parts = urlsplit(address.strip())
            parts.port  # noqa: B018 - reading it is the check
            proper = parts.scheme in SCHEMES and bool(parts.netloc if parts.scheme.startswith("http") else parts.path)
        except ValueError:
            proper = False
        if not proper:
            self.report.add("link.scheme", "loss", f"The link to {address[:200]!r} was made plain text: only web, "
                            "mail and telephone addresses may be followed.", words)  # fmt: skip
            return None
        whole = re.sub("%(?![0-9A-Fa-f]{2})", "%25", address.strip())
        return quote(whole, safe="%/:?#@!$&'()*+,;=~-._" + ("[]" if "[" in parts.netloc else ""))

    def picture(self, key: str, alt: str) -> tuple[tuple[str, str | None], ...] | None:
        """The attributes of a picture that is to be had, None, and a message, for one that is not."""
        picture = self.assets.get(key)
        if picture is None:
            tell_missing(self.report, key)
            return None
        return (
            ("src", self.source(key, picture)), ("alt", alt),
            ("width", str(picture.width)), ("height", str(picture.height)),
        )  # fmt: skip

    def placeholder(self, alt: str) -> str:
        """What stands in the place of a picture that could not be had."""
        self.declared.append(self.words.missing)
        return f"{self.words.missing}: {alt}" if alt else self.words.missing


def _unbroken(address: re.Match[str]) -> str:
    return element("span", address.group(), ("class", "address"))
