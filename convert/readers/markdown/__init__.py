"""Markdown: CommonMark with GFM's tables, strikethrough and tasks, footnotes, definition lists, front matter.

markdown-it's tokens take a road of their own: raw HTML becomes tokens of structure or goes
(`resolve`), title, tasks and figures are told apart (`shape`); then the tree (`blocks`, `inlines`) and
the reading text (`words`) are each made of what is left.
"""

from __future__ import annotations

import re

from markdown_it.token import Token
from msgspec import structs

from convert.readers import frontmatter
from convert.readers.base import Reading
from convert.readers.decoding import decode, is_markup
from convert.readers.markdown.blocks import Blocks
from convert.readers.markdown.inlines import Inlines, nest
from convert.readers.markdown.note_order import notes_in_order
from convert.readers.markdown.parser import parse
from convert.readers.markdown.resolve import resolve
from convert.readers.markdown.shape import captions_last, limit_depth, mark_tasks, surplus_cells, take_title, to_figures
from convert.readers.markdown.tokens import Losses
from convert.readers.markdown.words import words
from convert.readers.pictures import Pictures
from convert.readers.sound import with_sections_from_one, with_sound_links
from convert.report import Report, Result
from convert.tree import Document, Metadata
from convert.tree.text import metadata_text
from convert.world import Source

__all__ = ["Reader"]

_FENCE = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[\w-]+[ \t]*:|#)")
_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rb"^#{1,6} \S", rb"\]\([^)\s]+\)", rb"^(?:```|~~~)", rb"\*\*\S[^*\n]*\*\*",
        rb"^\|? *:?-{3,}:? *\|", rb"^\[\^[^\]]+\]:", rb"^> ",
    )
)  # fmt: skip


class Reader:
    """Markdown with front matter."""

    name = "markdown"
    suffixes = (".md", ".markdown", ".mdown")
    media_types = ("text/markdown",)

    def sniff(self, head: bytes) -> int:
        """3 for front matter, 2 where two kinds of marks stand, 1 for any other text."""
        if b"\0" in head or is_markup(head):
            return 0
        if _FENCE.match(head):
            return 3
        return 2 if sum(bool(sign.search(head)) for sign in _SIGNS) >= 2 else 1

    def read(self, source: Source) -> Result[Reading]:
        """The article. Raises InputError for bytes that are no text."""
        report = Report()
        front = frontmatter.split(decode(source, report), report, source.where)
        tokens = _tokens(front.body, report, source.where)
        tokens, title, doubled = take_title(tokens, front.metadata.title)
        if doubled:
            report.add(
                "markdown.title", "info", "The heading that repeats the title of the front matter is not shown twice."
            )
        metadata = structs.replace(front.metadata, title=title)
        pictures = Pictures(report, source.where)
        if front.lead.source:
            lead = pictures.key(front.lead.source)
            metadata = structs.replace(metadata, lead_image=lead)
            pictures.describe(lead, front.lead)
        document = _document(tokens, metadata, pictures, report, source.where)
        text = "".join(f"{word}\n" for _, word in metadata_text(metadata)) + words(tokens)
        return Result(Reading(document, text, files=pictures.files), report)


def _tokens(body: str, report: Report, where: str) -> list[Token]:
    """The tokens of the text, shaped, with what was lost on the way told."""
    tokens, too_deep = parse(body)
    if too_deep:
        report.add("markdown.depth", "loss", "Some lists or quotes nest too deeply; their marks stay as text.", where)
    for line, cells in surplus_cells(tokens, body.split("\n")):
        text = f"A row of a table has more cells than its head, and GFM leaves them out: “{cells[:80]}”."
        report.add("markdown.cells", "loss", text, f"line {line + 1} of the text")
    losses = Losses()
    tokens = resolve(tokens, losses)
    losses.tell(report, where)
    if limit_depth(tokens):
        report.add("markdown.emphasis-depth", "loss", "Marks of emphasis nest too deeply; the inner ones went.", where)
    mark_tasks(tokens)
    return notes_in_order(captions_last(to_figures(tokens)))


def _document(tokens: list[Token], metadata: Metadata, pictures: Pictures, report: Report, where: str) -> Document:
    labels = [str(token.meta.get("label", "")) for token in tokens if token.type == "footnote_reference_open"]
    makers = Blocks(Inlines(pictures, {label: label for label in labels}), report, where)
    blocks = makers.blocks(nest(tokens))
    document = Document(metadata, blocks, tuple(makers.notes), pictures.assets)
    return with_sound_links(with_sections_from_one(document), report, where)
