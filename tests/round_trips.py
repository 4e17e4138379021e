"""What comes back of each node after a way through each format: a small article a node, and the table of what is lost.

The article is written, read by our own reader (an EPUB's text by that of HTML) and compared. Names of notes and
pictures may change; what is furniture of the page is no part of the article.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from msgspec import structs

from convert.formats import reader, writer
from convert.themes.load import load_theme
from convert.tree import Asset, Document, Metadata, build
from convert.tree import nodes as n
from convert.tree.walk import rewrite, walk
from convert.world import Picture, Source
from convert.writers.base import Options, Press
from tests.writers.rich import png

__all__ = ["FORMATS", "LOST", "WITNESSES", "as_markdown", "comes_back"]

FORMATS = {"markdown": "markdown", "xhtml": "html", "epub": "html", "docx": "docx"}
"""The writers, and the reader of each one's files."""

PROSE = "The ferry left the quay at nine in the morning, and the harbour master wrote its name into his book as ever."


def _line(*content: n.Inline) -> n.Paragraph:
    return n.Paragraph(build.inlines((n.Text("It was "), *content, n.Text(" that day."))))


def _said(*words: str) -> tuple[n.Block, ...]:
    return tuple(map(build.paragraph, words))


def _words(text: str) -> tuple[n.Inline, ...]:
    return (n.Text(text),)


HARBOUR, QUAY = "harbour", "quay"
ASSETS = {key: Picture(png(600, 400), "image/png", 600, 400) for key in (HARBOUR, QUAY)}
SPANS = n.Table(
    (n.Column(), n.Column(), n.Column()),
    (
        n.Row((n.Cell(_said("Port"), rowspan=2, scope="column"), n.Cell(_said("Tonnes"), colspan=2, scope="column"))),
        n.Row((n.Cell(_said("Spring"), scope="column"), n.Cell(_said("Autumn"), scope="column"))),
    ),
    (
        n.Row((n.Cell(_said("Varna"), rowspan=2), n.Cell(_said("few")), n.Cell(_said("many")))),
        n.Row((n.Cell(_said("none at all"), colspan=2),)),
    ),
)
NESTED = n.List(
    (
        build.item("one", n.List((build.item("inner"), build.item("second inner")), ordered=True, start=4)),
        build.item("two"),
    ),
    ordered=True,
    start=3,
)

WITNESSES: dict[str, tuple[n.Block, ...]] = {
    "Heading": (n.Heading(1, _words("First section")), *_said(PROSE), n.Heading(2, _words("Below it"))),
    "Paragraph": _said(PROSE, "Another one."),
    "Paragraph.role": (n.Paragraph(_words(PROSE), "question"), n.Paragraph(_words("No answer came."), "answer")),
    "List": (n.List((build.item("one"), build.item("two"))),),
    "List, nested, with starts": (NESTED,),
    "List.tight": (n.List((build.item("one"), build.item("two")), tight=False),),
    "ListItem.blocks": (n.List((build.item("one", build.paragraph("further")), build.item("two")), tight=False),),
    "ListItem.checked": (
        n.List((n.ListItem(_said("done"), checked=True), n.ListItem(_said("to do"), checked=False))),
    ),
    "DefinitionList": (n.DefinitionList((n.Definition(_words("Draught"), (_said("how deep a ship lies"),)),)),),
    "DefinitionList, several descriptions": (
        n.DefinitionList((n.Definition(_words("Draught"), (_said("how deep a ship lies"), _said("a current of air"))),)),
    ),
    "Table": (n.Table((n.Column(),) * 2, (build.row("Port", "Size", scope="column"),), (build.row("Varna", "large"),)),),
    "Table, spans and two head rows": (SPANS,),
    "Table.caption": (structs.replace(SPANS, caption=_words("Grain through the ports")),),
    "Column.align": (
        n.Table((n.Column("left"), n.Column("centre"), n.Column("right")), (build.row("a", "b", "c", scope="column"),),
                (build.row("Varna", "large", "old"), build.row("Burgas", "small", "new"))),
    ),
    "Cell.scope of rows": (
        n.Table((n.Column(),) * 2, (build.row("Port", "Size", scope="column"),),
                (n.Row((n.Cell(_said("Varna"), scope="row"), n.Cell(_said("large")))),)),
    ),
    "Figure": (n.Figure(HARBOUR, "The harbour at dawn", _words("A ferry leaves"), _words("Ann Lee")),),
    "Figure without a caption": (n.Figure(HARBOUR, "The harbour at dawn"),),
    "Gallery": (n.Gallery((n.Figure(HARBOUR, "one", _words("Dawn")), n.Figure(QUAY, "two")), _words("Two views")),),
    "Quote": (n.Quote(_said("We waited.", "All night.")),),
    "Quote.attribution": (n.Quote(_said("We waited."), _words("the master")),),
    "Quote.kind": (n.Quote(_said("We waited all night."), kind="pull"),),
    "CodeBlock": (n.CodeBlock("if full:\n    wait()"),),
    "CodeBlock.language": (n.CodeBlock("wait()", "python"),),
    "Rule": (*_said(PROSE), n.Rule(), *_said(PROSE)),
    "Aside": (n.Aside(_said("Two cranes.", "One road."), _words("The port in brief")),),
    "Embed": (n.Embed("https://example.org/video", "Example", "A film of the ferry", "Two minutes long"),),
    "Correction": (n.Correction(_said("The ferry left at nine, not at ten."), "2026-05-01"),),
    "Emphasis": (_line(n.Emphasis(_words("late"))),),
    "Strong": (_line(n.Strong(_words("late"))),),
    "Emphasis and Strong in one another": (_line(n.Emphasis((n.Text("very "), n.Strong(_words("late"))))),),
    "Strikethrough": (_line(n.Strikethrough(_words("early"))),),
    "Superscript": (_line(n.Text("m"), n.Superscript(_words("2"))),),
    "Subscript": (_line(n.Text("CO"), n.Subscript(_words("2"))),),
    "Span.language": (_line(n.Span(_words("très tard"), attrs=n.Attrs(language="fr"))),),
    "Span.direction": (_line(n.Span(_words("ميناء"), attrs=n.Attrs(language="ar", direction="rtl"))),),
    "Link": (_line(n.Link(_words("the timetable"), "https://example.org/a?b=1&c=2")),),
    "Link.title": (_line(n.Link(_words("the timetable"), "https://example.org/", "Ferries")),),
    "Link within the article": (
        _line(n.Link(_words("below"), "#times")), n.Heading(1, _words("Times"), attrs=n.Attrs(id="times")),
    ),
    "CodeSpan": (_line(n.CodeSpan("late > 1")),),
    "Break": (n.Paragraph((n.Text("Port Authority"), n.Break(), n.Text("1 Quay Square"))),),
    "Image": (_line(n.Image(QUAY, "a small flag")),),
    "NoteReference": (_line(n.Emphasis(_words("late")), n.NoteReference("b")), _line(n.NoteReference("a"))),
    "NoteReference, twice to one note": (_line(n.NoteReference("b")), _line(n.NoteReference("b"))),
}  # fmt: skip
"""For each node, and each thing of it that a format may not hold, an article that has it; a note is there for each mark."""

PAGES = ("xhtml", "epub")

LOST: dict[str, tuple[str, ...]] = {
    "Paragraph.role": ("markdown",),
    "List, nested, with starts": ("markdown",),
    "List.tight": PAGES,
    "ListItem.checked": PAGES,
    "DefinitionList, several descriptions": ("docx",),
    "Column.align": ("docx",),
    "Gallery": (*PAGES, "docx"),
    "CodeBlock.language": ("docx",),
    "Embed": (*PAGES, "docx"),
    "Correction": PAGES,
    "Span.direction": ("docx",),
}
"""The formats from which what a witness shows does not come back. One that does must leave this table."""


def article(name: str) -> Document:
    """The article that shows a node, prose around it."""
    blocks = (*_said(PROSE), *WITNESSES[name])
    if not isinstance(blocks[-1], n.Correction):
        blocks = (*blocks, *_said("So ended the day at the harbour, and the lamps were lit along the quay once more."))
    marked = {node.note for node in walk(Document(blocks=blocks)) if isinstance(node, n.NoteReference)}
    notes = tuple(n.Note(key, _said(f"The words of note {key}.")) for key in sorted(marked, reverse=True))
    return Document(
        Metadata(title="Late ferry", language="en"), blocks, notes, {key: Asset(f"{key}.png") for key in ASSETS}
    )


def comes_back(name: str, to: str) -> bool:
    """Whether a witness is the same after a way through a format."""
    return same_names(back(article(name), to)) == same_names(article(name))


def back(document: Document, to: str) -> Document:
    """A document written and read."""
    data = _press(to).render(document, ASSETS, "a").value.data
    if to == "epub":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read("EPUB/article.xhtml")
    found = reader(FORMATS[to]).read(Source(data, f"a.{'xhtml' if to == 'epub' else to}")).value.document
    kept = tuple(block for block in found.blocks if getattr(block, "role", "") != "furniture")
    return structs.replace(found, blocks=kept)


@cache
def _press(to: str) -> Press:
    return writer(to)(load_theme("base"), Options())


def same_names(document: Document) -> tuple[tuple[n.Block, ...], tuple[n.Note, ...]]:
    """Blocks and notes with notes, pictures and places named by their order."""
    notes = {note.id: f"note {number}" for number, note in enumerate(document.notes)}
    pictures: dict[str, str] = {}
    places: dict[str, str] = {}
    for node in walk(document):
        if isinstance(node, n.Figure | n.Image):
            pictures.setdefault(node.asset, f"picture {len(pictures)}")
        if node.attrs and node.attrs.id:
            places.setdefault(node.attrs.id, f"place {len(places)}")

    def named(node: Any) -> Any:
        if node.attrs and node.attrs.id:
            node = structs.replace(node, attrs=structs.replace(node.attrs, id=places[node.attrs.id]))
        match node:
            case n.Figure() | n.Image():
                return structs.replace(node, asset=pictures[node.asset])
            case n.NoteReference():
                return structs.replace(node, note=notes[node.note])
            case n.Note():
                return structs.replace(node, id=notes[node.id])
            case n.Link(href=href) if href[1:] in places and href.startswith("#"):
                return structs.replace(node, href=f"#{places[href[1:]]}")
        return node

    made = rewrite(document, named)
    return made.blocks, made.notes


def as_markdown() -> str:
    """The table for the docs."""
    lines = ["| Node | Markdown | XHTML | EPUB | DOCX |", "| --- | --- | --- | --- | --- |"]
    for name in WITNESSES:
        cells = ["—" if to in LOST.get(name, ()) else "yes" for to in FORMATS]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
