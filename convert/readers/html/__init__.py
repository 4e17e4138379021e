"""HTML: fragments and whole pages, parsed by the HTML standard's rules. Nothing is ever fetched.

The page is parsed (`guard`, Lexbor), what is not of the article is chosen (`select`), and its elements are
moved to where the tree has them (`survey`, `shape`). Then the tree (`blocks`) and the reading text (`words`)
are each made of the page that is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import structs

from convert.readers.base import Reading
from convert.readers.html.addresses import Addresses
from convert.readers.html.blocks import Builder
from convert.readers.html.charset import FEW_NULS, page_text
from convert.readers.html.finish import (
    parsed,
    tell_drawings,
    tell_refused,
    with_levels,
    with_used_assets,
    without_rules_at_ends,
)
from convert.readers.html.metadata import Facts, facts_of
from convert.readers.html.repeats import with_deck, without_repeats
from convert.readers.html.selection import furniture
from convert.readers.html.shape import shape
from convert.readers.html.stops import with_stops
from convert.readers.html.survey import survey
from convert.readers.html.words import words
from convert.readers.pictures import Pictures, identity
from convert.readers.sound import with_sound_links
from convert.report import Report, Result
from convert.tree import Asset, Block, Correction, Document, Figure, Gallery, Metadata, build
from convert.tree.text import block_text, letters, metadata_text
from convert.world import Source

__all__ = ["Reader"]

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_WIDE_PAGE = re.compile(
    rb"(?:\xff\xfe|\xfe\xff)?\0?<\0?(?:!\0?d\0?o\0?c\0?t\0?y\0?p\0?e\0?|\0?h\0?t\0?m\0?l\0?)", re.IGNORECASE
)
_FRAGMENT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:p|div|h[1-6]|article|section|main|header|ul|ol|dl|table|blockquote|figure|"
    rb"aside|pre|img|span|b|strong|em|i|a|meta|title|link|script|style|nav|details|time|address|font|center|hr|br|base|"
    rb"tr|td|th|tbody|dt|dd|figcaption|picture|video|audio|iframe|svg|form|q|u|s|small|big|sub|sup|code|abbr|cite|mark|del|"
    rb"ins|footer|hgroup|caption|summary)(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_OURS = re.compile(r'<meta name="generator" content="copydesk"/>')
"""A page that copydesk wrote: all of it is the article."""


class Reader:
    """Web pages and fragments of HTML."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")
    media_types = ("text/html", "application/xhtml+xml")

    def sniff(self, head: bytes) -> int:
        """3 for a page, 2 for a fragment that begins with a tag, 1 for text with tags in it."""
        if _PAGE.match(head) or _WIDE_PAGE.match(head):
            return 3
        if head.count(0) > FEW_NULS or _XML.match(head):
            return 0
        if _FRAGMENT.match(head):
            return 2
        return 1 if re.search(rb"</(?:p|div|h[1-6]|a|b|i|em|strong|li|td)>", head, re.IGNORECASE) else 0

    def read(self, source: Source) -> Result[Reading]:
        """The article, and as paragraphs of the role "furniture" all else that stands on the page."""
        report = Report()
        text = page_text(source, report)
        parser = parsed(text, report, source.where)
        facts = with_stops(facts_of(parser), report, source.where)
        root = parser.body or parser.root
        if root is None:
            return Result(Reading(Document(facts.metadata), _metadata_words(facts.metadata)), report)
        dropped = furniture(parser) if _WHOLE.search(text) and not _OURS.search(text, 0, 4_000) else frozenset()
        found = survey(root, dropped, facts.page)
        notes = shape(root, found)
        builder = Builder(
            Addresses(facts.base, facts.page), Pictures(report, source.where), report, source.where,
            furniture=frozenset(node.mem_id for node in found.furniture), marks=notes.marks, notes=notes.ids,
            targets=frozenset(target for _, target in found.anchors), language=facts.metadata.language,
        )  # fmt: skip
        document = _document(builder.build(root), builder, facts)
        document = with_used_assets(with_sound_links(document, report, source.where))
        tell_drawings(parser, report, source.where)
        tell_refused(builder.addresses, report, source.where)
        shown = words(root, builder.told, notes.marks)
        told = _corrections(facts, shown)
        document = structs.replace(document, blocks=(*told, *document.blocks))
        corrected = "".join(f"{block_text(one)}\n" for one in told)
        reading = _metadata_words(document.metadata) + corrected + shown
        return Result(Reading(document, reading, files=builder.pictures.files), report)


def _document(blocks: tuple[Block, ...], builder: Builder, facts: Facts) -> Document:
    """The article of its blocks: what repeats the metadata told apart, levels from 1, a picture that stands for it."""
    blocks = without_rules_at_ends(blocks)
    metadata = with_deck(facts.metadata, facts.deck, blocks)
    blocks = with_levels(without_repeats(blocks, metadata, facts.banner))
    document = Document(metadata, blocks, tuple(builder.notes), builder.pictures.assets)
    lead = builder.addresses.picture(facts.lead) if facts.lead else ""
    if lead and not _has_picture(lead, document):
        document = structs.replace(document, metadata=structs.replace(metadata, lead_image=builder.pictures.key(lead)))
    document = structs.replace(document, assets=builder.pictures.assets)
    return structs.replace(document, assets=_described(document, facts.pictures))


def _described(document: Document, said: Sequence[Asset]) -> dict[str, Asset]:
    """The pictures with what JSON-LD says of them: whose they are, and the words of the one that no figure shows."""
    known = {identity(one.source): one for one in said}
    found = {}
    for key, asset in document.assets.items():
        words = known.get(identity(asset.source))
        if words and key == document.metadata.lead_image:
            asset = structs.replace(words, source=asset.source, media_type=asset.media_type)
        elif words:
            asset = structs.replace(asset, holder=words.holder, digital_source_type=words.digital_source_type)
        found[key] = asset
    return found


def _corrections(facts: Facts, shown: str) -> list[Correction]:
    """The corrections that only JSON-LD has. They open the article: a reader must not miss them."""
    known = letters(shown) if facts.corrections else ""
    return [
        Correction((build.paragraph(words),), when) for words, when in facts.corrections if letters(words) not in known
    ]


def _metadata_words(metadata: Metadata) -> str:
    return "".join(f"{word}\n" for _, word in metadata_text(metadata))


def _has_picture(lead: str, document: Document) -> bool:
    """Whether the picture that stands for the article is shown in it, or another one opens it."""
    name = _file_name(lead)
    if any(_file_name(asset.source) == name for asset in document.assets.values()):
        return True
    return any(isinstance(block, Figure | Gallery) for block in document.blocks[:4])


def _file_name(address: str) -> str:
    """A picture's file name, which it keeps in all sizes, and wherever a server puts them: enough to see it again."""
    name = address.partition("?")[0].rstrip("/").rpartition("/")[2].rpartition(".")[0] or address
    return re.sub(r"[-_]\d{2,4}x\d{2,4}$|[-_]scaled$|@\dx$", "", name)
