"""What a text marks as not for publication, and how it speaks to editors: the words, and a tree without them."""

from __future__ import annotations

import re
from typing import Any

from msgspec import structs

from convert.tree import (
    Aside,
    Block,
    Cell,
    CodeBlock,
    Correction,
    Definition,
    DefinitionList,
    Document,
    Embed,
    Emphasis,
    Figure,
    Gallery,
    Heading,
    Inline,
    List,
    Metadata,
    NoteReference,
    Paragraph,
    Quote,
    Row,
    Strong,
    Table,
    Text,
)  # fmt: skip
from convert.tree.text import block_text, document_text
from convert.tree.walk import rewrite

__all__ = ["ADDRESSED", "public"]

_TO_EDITORS = r"""(?:
    (?:attention\s+|attn\.?:?\s+|(?:a\s+)?notes?\s+(?:to|for)\s+(?:the\s+)?)?
        (?:the\s+)?(?:editors?|eds?|news\s?desks?|photo\s?desks?|desks?)(?:['’]s|s?['’])?\.?
        (?:[ -]*(?:notes?|only|message))?
  | editorial\s+notes?
  | (?:hinweise?|achtung|anmerkung(?:en)?|information(?:en)?)[,:]?\s+(?:(?:an|für)\s+)?(?:die\s+|der\s+)?
        redaktion(?:en)?
  | redaktion(?:en|s?hinweis)?|redaktionelle[rn]?\s+hinweise?
  | (?:note|avis|attention)\s+(?:aux|à\s+la|de\s+la|à\s+l['’]attention\s+des)\s+(?:rédact(?:ions?|eurs)|rédacteurs?)
  | nota\s+(?:a|para|de|del)\s*(?:la\s+|las\s+|los\s+)?(?:redacci(?:ón|ones)|editor(?:es)?)
)"""

# Runs of signs and spaces are possessive where what follows cannot begin with one of them, else bounded: a line of
# dashes or an empty page of code would be gone through again from each of its signs.
ADDRESSED = re.compile(rf"[\s*#_(\[=–—-]*+{_TO_EDITORS}[\s*_\])]*+[:.–—-][\s*_]*+", re.IGNORECASE | re.VERBOSE)
"""The words before a note that say that it is for editors."""

_MARK = r"""(?:not\s+(?:intended\s+|meant\s+)?for\s+publication
  | nicht\s+(?:zur|für\s+die)\s+veröffentlichung(?:\s+bestimmt)?
  | ne\s+pas\s+publier|(?:non\s+destinée?s?\s+à|pas\s+pour)\s+(?:(?:la\s+)?publication|être\s+publiée?s?)
  | no\s+publicar|no\s+(?:destinad[oa]s?\s+)?(?:para|a)\s+(?:la\s+|su\s+|ser\s+)?(?:publicación|publicar|publicad[oa]s?)
)\b"""
_SHOUTED = r"""(?-i:(?:NOT\s+(?:INTENDED\s+|MEANT\s+)?FOR\s+PUBLICATION | NICHT\s+(?:ZUR|FÜR\s+DIE)\s+VERÖFFENTLICHUNG
  | NE\s+PAS\s+PUBLIER | NO\s+PUBLICAR | NO\s+PARA\s+PUBLICACIÓN)\b)"""
"""The mark in capitals."""

_LABEL = re.compile(
    rf"""[\s*\#_=–—-]*+(?:
      [(\[]\s*+(?:{_TO_EDITORS}\s{{0,20}}[:.,–—-]?\s{{0,20}})?{_MARK}\s*+[])]
    | [\s*\#_(\[=–—-]*+{_TO_EDITORS}[\s*_\])]{{0,20}}[:,.–—-]?[\s*_(\[]{{0,20}}{_MARK}
    | [(\[]?[\s*_]*+{_MARK}\s{{0,20}}[])*_]{{0,20}}\s{{0,20}}(?=[:.–—-]|\n|$)
    | [(\[]?[\s*_]*+{_SHOUTED}
    )[\s*_\])]*+[:.–—-]*+""",
    re.IGNORECASE | re.VERBOSE,
)
"""A paragraph that begins so is the desk's; alone, it speaks of all that follows."""

_WITHIN = re.compile(
    rf"""(?:(?:^|\n|(?<=[.!?;)\]”"])\s)\s{{0,20}}+(?:[(\[]\s{{0,20}}+)?(?:{_TO_EDITORS}\s{{0,20}}+[:.,–—-]\s{{0,20}}+)?
        {_MARK}\s{{0,20}}[])]?\s{{0,20}}:
    | \[\s{{0,20}}+(?:{_TO_EDITORS}\s{{0,20}}+[:.,–—-]\s{{0,20}}+)?{_MARK}\s{{0,20}}+[]:–—-]
    | [(]\s{{0,20}}+(?:{_TO_EDITORS}\s{{0,20}}+[:.,–—-]\s{{0,20}}+)?(?:{_MARK}\s{{0,20}}+:|{_SHOUTED}\s{{0,20}}+[):–—-])
    | (?<!\w){_SHOUTED}\s{{0,20}}+[:–—]
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""A label in the middle of a paragraph: what follows in that paragraph is the desk's."""

_SENTENCE = re.compile(
    r"""(?:^|\n|(?<=[.:;!?*\#–—-]))[\s*\#_=–—-]{0,40}+
    (?:(?:the\s+)?following\s+(?:information|text|lines?|notes?|contacts?|details?)\s+(?:is|are)\s+not
        \s+(?:intended\s+)?for\s+publication
    |die\s+(?:nach)?folgenden\s+(?:informationen|angaben|hinweise)\s+sind\s+nicht\s+(?:zur|für\s+die)\s+veröffentlichung(?:\s+bestimmt)?
    |les\s+informations\s+(?:suivantes|ci-dessous)\s+ne\s+sont\s+pas\s+destinées\s+à\s+(?:la\s+publication|être\s+publiées)
    |la\s+siguiente\s+información\s+no\s+(?:es|está\s+destinada)\s+(?:para\s+publicar|para\s+publicación|a\s+la\s+publicación)
    )\s*(?:[.:!]|$|\n)""",
    re.IGNORECASE | re.VERBOSE,
)
"""The sentence after which agencies put their contacts and notes (IPTC 7901); all that follows it is the desk's."""

_STEMS = ("publication", "publicac", "publicad", "publicar", "publier", "publié", "ffentlichung")
"""What of a word every mark holds."""

_PRINTED = (
    "title", "deck", "publisher", "section", "dateline", "description", "rights",
)  # fmt: skip


def public(document: Document) -> Document:
    """The document without what is marked as not for publication; the same object where nothing is."""
    blocks, notes = document.blocks, document.notes
    if _may_be_marked(document_text(document)):
        blocks = _Sift().blocks(blocks)
        notes = tuple(_with(note, blocks=_Sift().blocks(note.blocks)) for note in notes)
    empty = {new.id for old, new in zip(document.notes, notes, strict=True) if old.blocks and not new.blocks}
    metadata = _metadata(document.metadata)
    assets = {
        key: _with(asset, **{name: _words(getattr(asset, name)) for name in ("alt", "caption", "credit", "holder")})
        for key, asset in document.assets.items()
    }
    made: Document = _with(document, blocks=blocks, metadata=metadata)
    if any(new is not old for new, old in zip(notes, document.notes, strict=True)):
        made = structs.replace(made, notes=tuple(note for note in notes if note.id not in empty))
    if any(assets[key] is not asset for key, asset in document.assets.items()):
        made = structs.replace(made, assets=assets)
    return rewrite(made, lambda node: _without_reference(node, empty)) if empty else made


def _may_be_marked(text: str) -> bool:
    """Whether a text holds a word of a mark: few do, and patterns that heed no capitals take long to find none."""
    low = text.lower().replace("ı", "i").replace("\u0307", "")  # to such a pattern, I with and without a dot are one
    return any(stem in low for stem in _STEMS)


def _without_reference(node: Any, notes: set[str]) -> Any:
    match node:
        case NoteReference() if node.note in notes:
            return None
        case Paragraph(content=()):
            return None
    return node


def _with(node: Any, **fields: Any) -> Any:
    """A node with other fields; the same object where they are its own."""
    return node if all(getattr(node, name) == new for name, new in fields.items()) else structs.replace(node, **fields)


def _metadata(metadata: Metadata) -> Metadata:
    fields: dict[str, Any] = {name: _words(getattr(metadata, name)) for name in _PRINTED}
    if not re.match(r"\W*[A-Z ]{9}", metadata.title):  # a headline may speak of what is not for publication
        fields["title"] = metadata.title
    fields["authors"] = tuple(
        _with(author, role=_words(author.role), bio=_words(author.bio))
        for author in metadata.authors if _words(author.name) or not author.name
    )  # fmt: skip
    fields["keywords"] = tuple(word for word in metadata.keywords if _words(word) or not word)
    fields["extra"] = {name: _words(text) for name, text in metadata.extra.items() if _words(text) or not text}
    made: Metadata = _with(metadata, **fields)
    return made


def _words(text: str) -> str:
    """Of a field what stands before a mark."""
    at = _start(text)
    return text if at is None else text[:at].rstrip(" *#_=–—-\n([")


def _start(text: str) -> int | None:
    """Where in a text the desk's words begin, None where there are none."""
    if not _may_be_marked(text):
        return None
    if _LABEL.match(text):
        return 0
    starts = [found.start() for found in (_WITHIN.search(text), _SENTENCE.search(text)) if found]
    return min(starts, default=None)


def _inlines(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Of a line what stands before a mark; the same object where there is none."""
    if not content:
        return content
    text = block_text(Paragraph(content))
    end = _start(text)
    at = 0
    for node, after in zip(content, (*content[1:], Text("")), strict=True):
        own = block_text(node)
        bold = _LABEL.match(own) if isinstance(node, Strong | Emphasis) else None
        if bold and not own[bold.end() :].strip() and (bold[0].rstrip()[-1:] == ":" or block_text(after)[:1] == ":"):
            end = at if end is None else min(at, end)
            break
        at += len(own)
    if end is None:
        return content
    return _cut(content, end) if text[:end].strip(" *#_=–—-\n([") else ()


def _cut(content: tuple[Any, ...], end: int) -> tuple[Any, ...]:
    """The first `end` characters of a line."""
    kept: list[Any] = []
    for node in content:
        length = len(block_text(node))
        if end <= 0:
            break
        if length <= end:
            kept.append(node)
        elif isinstance(node, Text):
            kept.append(structs.replace(node, value=node.value[:end]))
        elif hasattr(node, "content"):
            kept.append(structs.replace(node, content=_cut(node.content, end)))
        end -= length
    if kept and isinstance(kept[-1], Text):
        kept[-1] = structs.replace(kept[-1], value=kept[-1].value.rstrip(" *#_=–—-\n(["))
    return tuple(node for node in kept if node != Text(""))


class _Sift:
    """Goes through blocks in reading order; `ended` once a sentence has made all that follows the desk's."""

    def __init__(self) -> None:
        self.ended = False

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks that readers may have.

        Behind a mark those are pictures and cards at the very end, where wires hang them on, and corrections.
        """
        kept: list[Block] = []
        behind: list[Block] = []
        alone = False
        for block in blocks:
            if self.ended or alone:
                if not isinstance(block, Correction | Figure | Gallery | Embed):
                    behind = [one for one in behind if isinstance(one, Correction)]
                elif (left := self.block(block)) is not None:
                    behind.append(left)
                continue
            if _alone(block_text(block)) and not isinstance(block, Figure | Gallery | Embed):
                alone = True
                continue
            made = self.block(block)
            if made is not None:
                kept.append(made)
        kept += behind
        return blocks if len(kept) == len(blocks) and all(map(_same, kept, blocks)) else tuple(kept)

    def block(self, block: Block) -> Any:
        """What of a block readers may have, None for nothing."""
        made: Any = block
        match block:
            case Paragraph() | Heading():
                self._look(block)
                made = _with(block, content=_inlines(block.content))
                return made if made.content or made is block else None
            case CodeBlock():
                self._look(block)
                made = _with(block, value=_words(block.value))
                return made if made.value or made is block else None
            case Figure():
                return _figure(block)
            case Gallery():
                return _with(block, figures=tuple(map(_figure, block.figures)), caption=_inlines(block.caption))
            case Embed():
                return None if any(_start(words) is not None for words in (block.title, block.text)) else block
            case List():
                return self._list(block)
            case Table():
                return self._table(block)
            case DefinitionList():
                entries = tuple(entry for old in block.entries if (entry := self._entry(old)) is not None)
                return _with(block, entries=entries) if entries or not block.entries else None
            case Quote() | Aside() | Correction():
                return self._box(block)
        return block

    def _box(self, block: Quote | Aside | Correction) -> Block | None:
        if _LABEL.match(block_text(block)):
            return None
        sift = _Sift() if isinstance(block, Correction) else self
        made: Any = _with(block, blocks=sift.blocks(block.blocks))
        if isinstance(made, Quote):
            made = _with(made, attribution=_inlines(made.attribution))
        if isinstance(made, Aside):
            made = _with(made, title=_inlines(made.title))
        return None if block.blocks and not made.blocks else made

    def _list(self, block: List) -> List | None:
        items = []
        for at, item in enumerate(block.items):
            if self.ended:
                break
            if _alone(block_text(item)):
                self.ended = self.ended or at + 1 == len(block.items)
                break
            made = _with(item, blocks=self.blocks(item.blocks))
            if made.blocks or made is item:
                items.append(made)
        return _with(block, items=tuple(items)) if items or not block.items else None

    def _table(self, table: Table) -> Table | None:
        headed = any(_alone(block_text(cell)) for row in table.head for cell in row.cells)
        if headed or _LABEL.match(block_text(Paragraph(table.caption))):
            return None
        alone = False
        parts: dict[str, tuple[Row, ...]] = {}
        for name in ("head", "body"):
            rows = []
            for row in getattr(table, name):
                alone = alone or _alone("".join(map(block_text, row.cells)))
                rows.append(self._row(row, gone=alone))
            parts[name] = tuple(rows)
        made: Table = _with(table, caption=_inlines(table.caption), **parts)
        filled = any(cell.blocks for row in made.head + made.body for cell in row.cells)
        return made if filled or made is table else None

    def _row(self, row: Row, *, gone: bool) -> Row:
        """A row whose cells are as many as before, for spans count them; those of the desk are empty."""
        cells: list[Cell] = []
        for cell in row.cells:
            gone = gone or self.ended or _alone(block_text(cell))
            cells.append(_with(cell, blocks=() if gone else self.blocks(cell.blocks)))
        made: Row = _with(row, cells=tuple(cells))
        return made

    def _entry(self, entry: Definition) -> Definition | None:
        if self.ended or _LABEL.match(block_text(Paragraph(entry.term))):
            return None
        descriptions = tuple(self.blocks(one) for one in entry.descriptions)
        made: Definition = _with(
            entry, term=_inlines(entry.term), descriptions=tuple(one for one in descriptions if one)
        )
        return made if made.descriptions or made is entry else None

    def _look(self, block: Paragraph | Heading | CodeBlock) -> None:
        self.ended = self.ended or bool(_SENTENCE.search(block_text(block)))


def _same(one: object, other: object) -> bool:
    return one is other


def _alone(text: str) -> bool:
    """Whether a text is a label and nothing else."""
    label = _LABEL.match(text)
    return label is not None and not re.search(r"\w", text[label.end() :])


def _figure(figure: Figure) -> Figure:
    made: Figure = _with(
        figure, alt=_words(figure.alt), caption=_inlines(figure.caption), credit=_inlines(figure.credit)
    )
    return made
