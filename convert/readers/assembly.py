"""An article put together from the fields of a record: metadata, a body of HTML or plain text, pictures beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from msgspec import structs

from convert.desk_marks import ADDRESSED
from convert.readers.base import Reading
from convert.readers.html.addresses import Addresses
from convert.readers.html.finish import with_used_assets
from convert.readers.html.fragment import read_fragment
from convert.readers.html.repeats import without_repeats
from convert.readers.pictures import Pictures, identity
from convert.readers.sound import with_sound_links
from convert.report import Report, Result
from convert.tree import (
    Aside,
    Asset,
    Block,
    Correction,
    Document,
    Embed,
    Figure,
    Heading,
    Metadata,
    Note,
    Paragraph,
    Quote,
    build,
)  # fmt: skip
from convert.tree.text import block_text, letters, metadata_text

__all__ = ["Assembly", "plain"]

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--.{0,2000}?-->", re.DOTALL)
_BREAKING = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_HALF = re.compile("[\ud800-\udfff\0]")
LONGEST_FIELD = 20_000
"""Characters of a field that holds a line or a few: what is longer is no headline, caption or name."""


def plain(value: object, longest: int = LONGEST_FIELD) -> str:
    """A field as one line of plain words: without tags, entities as the characters they stand for."""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
    value = value[: 4 * longest]
    if "<" in value:
        value = _TAG.sub("", _BREAKING.sub(" ", value))
    if "&" in value:
        value = _ENTITY.sub(lambda found: html.unescape(found[0]), value)
    return " ".join(_HALF.sub("", value).split())[:longest]


class Assembly:
    """Gathers the parts of one article in the order in which they are read."""

    def __init__(self, report: Report, where: str, *, page: str = "", language: str = "") -> None:
        self.report = report
        self.where = where
        self.page = page
        self.language = language
        self.pictures = Pictures(report, where)
        self.addresses = Addresses(page, page)
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.text: list[str] = []
        self.notes_text: list[str] = []

    def body(self, markup: str, base: str = "") -> None:
        """Add a body of HTML; one an article, for ids of notes are the body's."""
        made = read_fragment(
            markup, self.pictures, self.report, self.where, base=base, page=self.page, language=self.language
        )
        self.blocks.extend(made.blocks)
        self.notes.extend(made.notes)
        self.text.append(made.text)
        self.notes_text.append(made.notes_text)

    def paragraphs(self, text: str) -> None:
        """Add plain text: blank lines part paragraphs, and where there are none, lines do."""
        text = _HALF.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        parts = _BLANK.split(text) if _BLANK.search(text.strip()) else text.split("\n")
        self.blocks.extend(build.paragraph(part.strip()) for part in parts if part.strip())
        self.text.append(f"{text}\n")

    def figure(
        self, address: str, alt: str = "", caption: str = "", credit: str = "", holder: str = "", source_type: str = ""
    ) -> bool:
        """Add a picture with its words; False where its address is none that may be shown."""
        address = self.addresses.picture(address)
        if not address:
            self.report.add("picture.address", "loss", "A picture has no address that can be used.", self.where)
            return False
        key = self.pictures.key(address)
        asset = self.pictures.assets[key]
        self.pictures.assets[key] = structs.replace(
            asset, holder=holder or asset.holder, digital_source_type=source_type or asset.digital_source_type
        )
        self.blocks.append(Figure(key, alt, build.text(caption), build.text(credit)))
        self.text.append(f"{alt}\n{caption} {credit}\n")
        return True

    def shows(self, address: str) -> bool:
        """Whether the picture at an address is there already, in whatever size."""
        name = identity(address)
        return any(identity(asset.source) == name for asset in self.pictures.assets.values())

    def hold(self, said: Mapping[str, Asset]) -> None:
        """Say who holds the rights in pictures and how they were made, by address."""
        names = {identity(address): words for address, words in said.items()}
        for key, asset in self.pictures.assets.items():
            words = names.get(identity(asset.source), asset)
            self.pictures.assets[key] = structs.replace(
                asset,
                holder=asset.holder or words.holder,
                digital_source_type=asset.digital_source_type or words.digital_source_type,
            )

    def card(self, address: str, provider: str = "", title: str = "") -> None:
        """Add a card that leads to a video, a post or the like."""
        address = self.addresses.link(address)
        if address.startswith("http"):
            self.blocks.append(Embed(address, provider, title))
            self.text.append(f"{title}\n")

    def correction(self, text: str, date: str = "") -> None:
        """Add what was wrong and what is right."""
        self.blocks.append(Correction((build.paragraph(text),), date))
        self.text.append(f"{text}\n")

    def reading(self, metadata: Metadata) -> Result[Reading]:
        """The article under its metadata."""
        blocks = _without_note(without_repeats(tuple(self.blocks), metadata), metadata.editors_note)
        document = Document(metadata, blocks, tuple(self.notes), self.pictures.assets)
        document = with_used_assets(with_sound_links(document, self.report, self.where))
        head = "".join(f"{word}\n" for _, word in metadata_text(metadata))
        text = head + "".join(self.text) + "".join(self.notes_text)
        return Result(Reading(document, text, files=self.pictures.files), self.report)


def _without_note(blocks: tuple[Block, ...], note: str) -> tuple[Block, ...]:
    """The blocks with those that repeat the editor's note as furniture: it is from desk to desk."""
    keys = {_said(note), letters(note).casefold()} - {""}
    if not keys:
        return blocks
    return tuple(
        build.paragraph(text, "furniture")
        if isinstance(block, Paragraph | Heading | Quote | Aside)
        and (letters(text := " ".join(block_text(block).split())).casefold() in keys or _said(text) in keys)
        else block
        for block in blocks
    )


def _said(note: str) -> str:
    """The letters of a note, without the words before it that say whom it is for."""
    found = ADDRESSED.match(note)
    return letters(note[found.end() :] if found else note).casefold()
