"""One Word file from its bytes to a tree: the order in which the parts of this package do their work."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from convert.config import Config
from convert.errors import InputError, LimitError, RefusedError
from convert.readers.base import Reading
from convert.readers.docx import changes
from convert.readers.docx.beside import record_beside
from convert.readers.docx.body import Body
from convert.readers.docx.container import Package
from convert.readers.docx.front import Front
from convert.readers.docx.languages import Languages
from convert.readers.docx.links import Links
from convert.readers.docx.media import Media
from convert.readers.docx.numbering import Numbering
from convert.readers.docx.places import check_places
from convert.readers.docx.properties import Properties, properties
from convert.readers.docx.runs import Runs
from convert.readers.docx.styles import Styles
from convert.readers.docx.words import Words
from convert.readers.docx.xml import Element, W, first
from convert.readers.sound import with_sections_from_one, with_sound_links
from convert.report import Report
from convert.tree import Block, Document, Figure, Heading, Image, Link, Metadata, Note, Paragraph
from convert.tree.text import block_text, letters, metadata_text
from convert.tree.walk import MAX_DEPTH, depth, find, plain_text, rewrite, walk
from convert.world import Source

__all__ = ["WordReading"]

NOTE_KINDS = {"footnotes": "footnote", "endnotes": "endnote"}
OPENING = 3
"""Blocks from the top of which the first may be the title."""


class WordReading:
    """One file being read."""

    def __init__(self, source: Source, config: Config, report: Report) -> None:
        self.where = source.where
        self.report = report
        self.limits = config.limits
        self.policy: changes.Policy = config.docx.changes
        self.package = Package(source.data, source.where)
        self.root = self._main()
        self.said: Properties = properties(self.package, report, source.where)
        self.styles = Styles(self._part("styles"))
        self.media = Media(self.package, config.limits, report)
        self.note_parts: dict[str, str] = {}
        self.notes = self._notes()

    def _main(self) -> Element:
        root = self.package.xml(self.package.main)
        body = first(root, "body")
        if root.tag != W + "document" or body is None:
            raise InputError("docx.other", f"The part {self.package.main} is no text of a Word file.", self.where)
        check_places(body, self.package.main, self.where)
        count = sum(1 for run in body.iter(W + "p") if run.find(W + "r") is not None)
        if count > 2 * self.limits.nodes:
            raise LimitError(
                "limit.nodes",
                f"The article has {count:,} paragraphs, and limits.nodes in the configuration allows "
                f"{self.limits.nodes:,} parts. Split the article, or raise the limit.",
                self.where,
            )
        return body

    def _part(self, kind: str) -> Element | None:
        """The root of a part beside the text; what is damaged is passed over with a message."""
        name = self.package.related(self.package.main, kind)
        try:
            return self.package.xml(name) if name else None
        except InputError as error:
            self.report.add("docx.part", "loss", f"The file's {kind} could not be read: {error.text}", self.where)
            return None

    def _notes(self) -> dict[tuple[str, str], Element]:
        """Footnotes and endnotes by kind and id, without the lines that part them from the text."""
        found: dict[tuple[str, str], Element] = {}
        for kind, name in NOTE_KINDS.items():
            root = self._part(kind)
            self.note_parts[kind] = self.package.related(self.package.main, kind)
            for element in () if root is None else root.iterchildren(W + name):
                if (element.get(W + "type") or "normal") == "normal":
                    check_places(element, self.note_parts[kind], self.where)
                    found.setdefault((kind, element.get(W + "id") or ""), element)
        return found

    # ------------------------------------------------------------------------------- the road

    def read(self) -> Reading:
        """The tree, and the reading text that was collected before anything was changed."""
        policy: changes.Policy = "accept" if self.policy == "refuse" else self.policy
        words = Words(self.styles, policy, self.notes, self._texts)
        words.collect(self.root)
        self._settle(policy)
        roots = [self.root, *self.notes.values()]
        links = Links(self.package, roots)
        languages = Languages(self.styles, self.root, self.said.metadata.language)
        runs = Runs(self.styles, self.media, links, languages, self.report, self.where)
        runs.known = frozenset(self.notes)
        front = Front(own=self.said.own)
        body = Body(runs, Numbering(self._part("numbering"), self.styles), front)
        blocks = body.story(self.root, self.package.main, top=True)
        notes = self._note_blocks(body)
        metadata = self._metadata(front, languages)
        if not front.title:
            metadata, blocks = _with_title(metadata, blocks)
        document = self._finished(metadata, blocks, notes, body)
        if depth(document) > MAX_DEPTH:
            raise InputError("docx.depth", "Tables, lists and boxes nest too deeply in the file.", self.where)
        self._tell(body, links, document)
        text = "".join(f"{word}\n" for _, word in metadata_text(metadata)) + words.text(body.told, runs.silent)
        return Reading(document, text, files=self.media.files)

    def _texts(self, graphic: Element) -> list[str]:
        """The words of a chart or diagram, whichever story shows it."""
        part = self.package.main
        for kind, name in NOTE_KINDS.items():
            if next(graphic.iterancestors(W + name), None) is not None:
                part = self.note_parts[kind]
        return self.media.texts(graphic, part)

    def _settle(self, policy: changes.Policy) -> None:
        """Put down the tracked changes and carry them out, or refuse the file for them."""
        roots = [self.root, *self.notes.values()]
        found = [changes.found(root, self.where) for root in roots]
        every = [change for some, _ in found for change in some]
        formats = sum(count for _, count in found)
        if self.policy == "refuse" and (every or formats):
            raise RefusedError("docx.changes", _refusal(every, formats), self.where)
        changes.record(every, formats, policy, self.report)
        for root in roots:
            changes.settle(root, policy)

    def _note_blocks(self, body: Body) -> tuple[Note, ...]:
        """The notes that were referred to, in that order; notes may refer to further ones."""
        made: list[Note] = []
        while len(made) < len(body.runs.notes):
            key, name = list(body.runs.notes.items())[len(made)]
            made.append(Note(name, tuple(body.story(self.notes[key], self.note_parts[key[0]]))))
        return tuple(made)

    def _metadata(self, front: Front, languages: Languages) -> Metadata:
        """The properties, and over them what stands above the text."""
        metadata = self.said.metadata
        fields: dict[str, object] = {}
        title = " ".join(front.title)
        if title:
            fields["title"] = title
            if metadata.title and letters(metadata.title) != letters(title):
                fields["extra"] = {**metadata.extra, "word-title": metadata.title}
        if front.deck:
            fields["deck"] = " ".join(front.deck)
        if front.published and not metadata.published:
            fields["published"] = front.published
        if front.authors and not self.said.own:
            fields["authors"] = tuple(front.authors)
        if front.embargo and not metadata.embargo:
            fields["embargo"] = front.embargo  # the banner stands there, and the property is gone: the desk must look
        fields["language"] = languages.language
        fields["direction"] = languages.direction or None
        return structs.replace(metadata, **fields)

    def _finished(self, metadata: Metadata, blocks: Sequence[Block], notes: tuple[Note, ...], body: Body) -> Document:
        """The tree with links that lead somewhere, sections from 1, and the pictures that it shows."""
        document = Document(metadata, tuple(blocks), notes, dict(self.media.assets))

        def lead(node: object) -> object:
            if isinstance(node, Link) and node.href.startswith("#"):
                return structs.replace(node, href=f"#{body.ids.get(node.href[1:], node.href[1:])}")
            if isinstance(node, Heading) and node.level > 5:
                return structs.replace(node, level=5)
            return node

        document = with_sections_from_one(rewrite(document, lead))
        document = with_sound_links(document, self.report, self.where)
        used = {node.asset for node in walk(document) if isinstance(node, Figure | Image)}
        assets = {key: asset for key, asset in document.assets.items() if key in used}
        return structs.replace(document, assets=assets)

    def _tell(self, body: Body, links: Links, document: Document) -> None:
        """Say what an article has no place for."""
        add = self.report.add
        if links.refused:
            shown = ", ".join(sorted(links.refused)[:5])
            add("link.scheme", "loss", f"Links that lead to no page were made plain text: {shown}.", self.where)
        if body.forms:
            shown = ", ".join(sorted(body.forms))
            add("docx.list-form", "loss", f"Lists that count otherwise ({shown}) are numbered 1, 2, 3.", self.where)
        if body.numbered_headings:
            add("docx.heading-number", "loss", "The numbers that Word puts before headings were left out.", self.where)
        if body.runs.equations:
            text = f"Equations were made plain text: {body.runs.equations}."
            add("docx.equation", "loss", text, self.where)
        record_beside(self.package, self.root, document.metadata, self.report)


def _refusal(found: Sequence[changes.Change], formats: int) -> str:
    """Why a file with tracked changes goes no further."""
    count = len(found) + formats
    first_one = ""
    if found:
        words = changes.shortened(found[0].words)
        first_one = f" The first is a {found[0].kind} by {found[0].author}{f': “{words}”' if words else ''}."
    return (
        f"The file holds {count:,} tracked changes, and docx.changes in the configuration refuses them.{first_one} "
        "Accept or reject them in a word processor."
    )


def _with_title(metadata: Metadata, blocks: Sequence[Block]) -> tuple[Metadata, list[Block]]:
    """The title that a file has in its first heading, and what only repeats the title as furniture."""
    made = list(blocks)
    headings = list(find(Document(blocks=tuple(blocks)), Heading))
    top = min((heading.level for heading in headings), default=0)
    for number, block in enumerate(made[:OPENING]):
        if isinstance(block, Paragraph) and block.role == "furniture":
            continue
        if not isinstance(block, Heading | Paragraph):
            break
        key = letters(block_text(block)).casefold()
        alone = isinstance(block, Heading) and block.level == top and sum(each.level == top for each in headings) == 1
        if not metadata.title and alone and len(headings) > 1:
            metadata = structs.replace(metadata, title=" ".join(plain_text(block.content).split()))
        elif not key or key != letters(metadata.title).casefold():
            break
        made[number] = Paragraph(block.content, "furniture", attrs=block.attrs)
        break
    return metadata, made
