"""One article as a Word file: its parts in the theme's order, its notes, heads and properties."""

from __future__ import annotations

from docx.opc.part import Part as PackagePart

from convert.report import Report
from convert.themes.model import Part, Theme
from convert.tree import Document
from convert.tree import nodes as n
from convert.tree.walk import find, plain_text
from convert.world import Assets
from convert.writers.base import Options
from convert.writers.docx.access import tell_access
from convert.writers.docx.body import Body
from convert.writers.docx.contents import DEEPEST, Entry, contents
from convert.writers.docx.furniture import Line, furniture_line, furniture_part, is_empty, page_properties
from convert.writers.docx.measures import line_twips
from convert.writers.docx.notes import NoteBook, footnote, footnotes_root, is_note_text, loose_bookmark
from convert.writers.docx.numbering import Numbering
from convert.writers.docx.package import CONTENT_TYPE, RELATIONSHIP_TYPE, Package, Relations
from convert.writers.docx.paragraphs import style_of
from convert.writers.docx.properties import app_properties, core_properties, custom_properties
from convert.writers.docx.template import Template
from convert.writers.docx.xml import ROOT_NAMESPACES, Element, element_root, legal, q, serialise, w
from convert.writers.page import Page, lay_out, linked

__all__ = ["Article"]

CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
ALWAYS: tuple[Part, ...] = ("disclosure", "body", "corrections", "notes")
"""What an article may not lose, whatever a theme shows."""

FURNITURE_KINDS = {
    "hdr": ("header", "headerReference", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "ftr": ("footer", "footerReference", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}


class Article:
    """Sets one article; `data` and `declared` are what a writer hands over."""

    def __init__(
        self, document: Document, theme: Theme, template: Template, assets: Assets, options: Options, stem: str
    ) -> None:
        self.report = Report()
        self.document, self.theme, self.template = document, theme, template
        self.page: Page = lay_out(document, theme, options.time_zone)
        self.package = Package()
        self._properties(stem)
        self.part = self.package.add("/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN)
        self.package.relations.to(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, self.part)
        self.relations = Relations(self.part)
        notes = NoteBook(document.notes, (*self.page.blocks, *self.page.corrections))
        self.body = Body(
            notes, Numbering(template.numbering), template, document=document, theme=theme, assets=assets,
            package=self.package, labels=self.page.labels, report=self.report, time_zone=options.time_zone,
        )  # fmt: skip
        self.body.relations = self.relations
        self.body.entries = [] if options.docx_toc else None
        self.rtl = self.body.base.direction == "rtl"
        self.declared: tuple[str, ...] = ()

    def set(self) -> bytes:
        """The finished file."""
        root = element_root("w:document", ROOT_NAMESPACES)
        root.append(self._body())
        self._theme_parts()
        self._set_notes()
        self.part._blob = serialise(root)
        tell_access(self.document, self.report)
        self.declared = (*self._page_words(), *self.body.declared)
        return self.package.pack()

    # --------------------------------------------------------------------------------- text

    def _body(self) -> Element:
        """`w:body`: what the page shows, and the sections it stands in."""
        made = w("body")
        columns = max(1, self.theme.page.columns)
        references = self._furniture()
        above = 0
        if self.page.banner:
            made.append(self.body.make("Embargo", (n.Text(self.page.banner),)))
        for part in (*self.page.show, *(part for part in ALWAYS if part not in self.page.show)):
            if part == "body" and len(made):
                self._part_from_body(made[-1])
            if part == "body":
                above = len(made)
            if part == "body" and columns > 1 and len(made):
                # the head of the article runs over all columns, in a section of its own
                made[-1][0].append(self._section(references, 1, continuous=False))
                references = []
            made.extend(self._part(part))
        made.append(self._section(references, columns, continuous=not references and columns > 1))
        if self.body.entries is not None:
            made[above:above] = self._contents(self.body.entries)
        return made

    def _contents(self, entries: list[Entry]) -> list[Element]:
        """The list of contents, which repeats the words of the headings."""
        shown = [entry for entry in entries if entry.level <= DEEPEST]
        if shown:
            self.body.declared.extend((self.page.labels.contents, *(entry.words for entry in shown)))
        made = contents(self.page.labels.contents, shown, self.body.words)
        for last in made[-1:]:
            self._part_from_body(list(last.iter(q("w:p")))[-1])
        return made

    def _part_from_body(self, last: Element) -> None:
        """Keep below the head of the article the space that the dateline has, also where there is none."""
        wanted = self.theme.style("dateline").space_after
        if self.body.looks(style_of(last)).space_after < wanted:
            self.body.space(last, after=line_twips(self.theme, wanted))

    def _part(self, part: Part) -> list[Element]:
        """One part of the page."""
        page = self.page
        lines: dict[Part, tuple[str, str]] = {
            "section": ("Section", page.section),
            "headline": ("Title", page.headline),
            "deck": ("Subtitle", page.deck),
            "byline": ("Byline", page.byline),
            "dateline": ("Dateline", page.dateline),
            "disclosure": ("Disclosure", page.disclosure),
        }
        if part in lines:
            style, words = lines[part]
            return [self.body.make(style, (n.Text(words),))] if words else []
        if part == "lead-image":
            return self.body.one(page.lead_image) if page.lead_image else []
        if part == "body":
            return self.body.blocks(page.blocks)
        if part == "corrections":
            return self.body.blocks(page.corrections)
        if part == "origin":
            line = linked(page.origin, self.document.metadata.canonical_url)
            return [self.body.make("Origin", line)] if page.origin else []
        return self._about() if part == "about" else self._loose_notes()

    def _about(self) -> list[Element]:
        made = []
        for author in self.page.about:
            name = (n.Strong((n.Text(author.name),)), n.Text(" ")) if author.name else ()
            made.append(self.body.make("About", (*name, n.Text(author.bio))))
        if made:
            made.insert(0, self.body.make("AboutTitle", (n.Text(self.page.labels.about),)))
        return self.body.joined(made, "About", 1)

    def _loose_notes(self) -> list[Element]:
        """The notes that nothing in the text refers to."""
        loose = self.body.notes.loose
        if not loose:
            return []
        self.report.add("note.unreferenced", "info", "Notes without a mark in the text stand after it.")
        made = [self.body.make("NotesTitle", (n.Text(self.page.labels.notes),))]
        with self.body.at(style="FootnoteText"):
            for note in loose:
                made.extend(self._loose_note(note))
        return made

    def _loose_note(self, note: n.Note) -> list[Element]:
        number = self.body.notes.numbers[note.id]
        self.body.declared.append(str(number))
        mark = self.body.make("FootnoteText", (n.Superscript((n.Text(str(number)),)), n.Text(" ")))
        with self.body.within(note.attrs):
            blocks = self.body.blocks(note.blocks)
        if blocks and is_note_text(blocks[0]):
            blocks[0][1:1] = list(mark)[1:]
        else:
            blocks.insert(0, mark)
        blocks[0][1:1] = self.body.bookmark(loose_bookmark(number))
        return self.body.anchored(note.attrs, blocks)

    def _set_notes(self) -> None:
        """Put in the footnotes, which are a part of their own with its own links and pictures."""
        part = self.package.add("/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES)
        self.relations.to(RELATIONSHIP_TYPE.FOOTNOTES, part)
        self.body.relations = Relations(part)
        self.body.in_notes = True
        root = footnotes_root()
        with self.body.at(style="FootnoteText"):
            for note in self.body.notes.footnotes:
                with self.body.within(note.attrs):
                    blocks = self.body.anchored(note.attrs, self.body.blocks(note.blocks))
                root.append(footnote(self.body.notes.numbers[note.id], blocks))
        part._blob = serialise(root)

    # -------------------------------------------------------------------------------- parts

    def _theme_parts(self) -> None:
        """Put in the parts that come from the theme."""
        parts = (
            ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES,
             self.template.styles_for(self.body.base.language, self.body.base.direction)),
            ("numbering", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, self.body.numbering.part()),
            ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, self.template.settings),
            ("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, self.template.fonts),
        )  # fmt: skip
        for name, content_type, relation, data in parts:
            self.relations.to(relation, self.package.add(f"/word/{name}.xml", content_type, data))

    def _properties(self, stem: str) -> None:
        metadata = self.document.metadata
        title = metadata.title or next((plain_text(node.content) for node in find(self.document, n.Heading)), "")
        parts = (
            ("core", CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES,
             core_properties(metadata, title.strip() or stem, self.report)),
            ("app", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
             app_properties(metadata, self.report)),
            ("custom", CUSTOM_TYPE, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, custom_properties(metadata, self.report)),
        )  # fmt: skip
        for name, content_type, relation, root in parts:
            if root is not None:
                part = self.package.add(f"/docProps/{name}.xml", content_type, serialise(root))
                self.package.relations.to(relation, part)

    def _furniture(self) -> list[tuple[str, str, str]]:
        """Make headers and footers, and say how a section names them."""
        page = self.theme.page
        metadata = self.document.metadata
        named = (("{title}", metadata.title), ("{publisher}", metadata.publisher), ("{section}", metadata.section))
        facts = {name: legal(value, self.report) for name, value in named}
        head, foot = (furniture_line(furniture, facts, self.theme) for furniture in (page.head, page.foot))
        self._first = any(not is_empty(line) and not furniture.first_page
                          for line, furniture in ((head, page.head), (foot, page.foot)))  # fmt: skip
        made: list[tuple[str, str, str]] = []
        for kind, line, furniture in (("hdr", head, page.head), ("ftr", foot, page.foot)):
            if is_empty(line):
                continue
            lines: dict[str, Line] = {"default": line}
            if page.facing:
                lines["even"] = (line[2], line[1], line[0])  # the outer corner is on the other side
            if self._first:
                lines["first"] = line if furniture.first_page else ("", "", "")
            made.extend(self._furniture_part(kind, name, texts) for name, texts in lines.items())
        return made

    def _furniture_part(self, kind: str, name: str, line: Line) -> tuple[str, str, str]:
        stem, reference, content_type, relation = FURNITURE_KINDS[kind]
        root = furniture_part("hdr" if kind == "hdr" else "ftr", line, rtl=self.rtl)
        part: PackagePart = self.package.add(f"/word/{stem}-{name}.xml", content_type, serialise(root))
        return reference, name, self.relations.to(relation, part)

    def _section(self, references: list[tuple[str, str, str]], columns: int, *, continuous: bool) -> Element:
        return page_properties(self.theme, references, columns=columns, continuous=continuous,
                               first=self._first and not continuous, rtl=self.rtl)  # fmt: skip

    def _page_words(self) -> list[str]:
        """What the page declares: without the corrections' labels, which are counted where they are set, and without
        the notes' title where no note stands after the text."""
        words = list(self.page.declared)
        removed = [self.page.labels.correction] * words.count(self.page.labels.correction)
        if self.document.notes and not self.body.notes.loose:
            removed.append(self.page.labels.notes)
        for word in removed:
            if word in words:
                words.remove(word)
        return words
