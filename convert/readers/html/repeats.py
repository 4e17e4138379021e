"""The page's own title, deck, byline and date among its blocks: the metadata hold them, so they are furniture."""

from __future__ import annotations

import re

from msgspec import structs

from convert.readers.html.metadata.dates import MONTHS, day_in
from convert.tree import Block, Heading, Link, Metadata, Paragraph, Text
from convert.tree.text import block_text, letters
from convert.tree.walk import find

__all__ = ["with_deck", "without_repeats"]

ZONE, PROSE, LONGEST = 30, 240, 220
"""Blocks from the top that may repeat metadata, letters from which a paragraph is the article's text, and
letters of the longest byline."""

_SAID = re.compile(
    r"\b(?:by|von|par|por|di|da|de|door|af|av|and|und|et|y|e|og|och|en|the|of|on|at|in|am|pm|uhr|um|um|le|les|del|kl|ore|h|"
    r"written|posted|published|updated|last|modified|created|first|date|time|author|reporter|staff|writer|editor|correspondent|"
    r"story|text|words|minutes?|min|read|ago|hours?|days?|edited|editor|"
    r"veröffentlicht|aktualisiert|stand|erstellt|zuletzt|publié|mis|jour|à|modifié|publicado|actualizado|a|las|el|pubblicato|"
    r"aggiornato|alle|il|gepubliceerd|bijgewerkt|om|opublikowano|aktualizacja|publicerad|uppdaterad|publisert|oppdatert|"
    r"опубликовано|обновлено|"
    r"est|edt|gmt|utc|bst|cet|cest|ist|pst|pdt|et|mez|mesz|"
    r"mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)
"""What bylines and lines of dates say apart from names and days."""

_WORD = re.compile(r"[^\W\d_]+")


def with_deck(metadata: Metadata, deck: str, blocks: tuple[Block, ...]) -> Metadata:
    """The metadata with the page's deck, if it is a line of its own above the text."""
    key = _key(deck)
    lines = (block for block in blocks[:ZONE] if isinstance(block, Paragraph | Heading))
    if not key or key == _key(metadata.title) or all(_key(block_text(line)) != key for line in lines):
        return metadata
    return structs.replace(metadata, deck=deck)


def without_repeats(blocks: tuple[Block, ...], metadata: Metadata, banner: str = "") -> tuple[Block, ...]:
    """The blocks with those that only repeat the metadata, or say the embargo, as furniture.

    Only above the article's text is looked.
    """
    made = list(blocks)
    said = (_key(metadata.title), _key(metadata.deck), _key(banner))
    for number, block in enumerate(blocks[:ZONE]):
        if not isinstance(block, Paragraph | Heading) or (isinstance(block, Paragraph) and block.role == "furniture"):
            continue
        text = " ".join(block_text(block).split())
        key = _key(text)
        if key and (key in said or _is_byline(block, text, metadata)):
            made[number] = Paragraph((Text(text),), "furniture")
        elif isinstance(block, Paragraph) and len(key) >= PROSE:
            break
    return tuple(made)


def _is_byline(block: Block, text: str, metadata: Metadata) -> bool:
    """Whether a line says nothing but who wrote the article, and when, for whom and in which section."""
    if isinstance(block, Heading) or len(text) > LONGEST:
        return False
    left = text
    names = sorted(
        (name for author in metadata.authors for name in (author.name, author.role) if name), key=len, reverse=True
    )
    named = False
    for name in names:
        shorter = re.sub(re.escape(name), " ", left, flags=re.IGNORECASE)
        named = named or shorter != left
        left = shorter
    days = {metadata.published[:10], metadata.modified[:10]} - {""}
    dated = bool(days) and (day_in(text) in days or day_in(text, month_first=True) in days)
    if not named and not dated:
        return False
    for name in (metadata.publisher, metadata.section):
        left = re.sub(re.escape(name), " ", left, flags=re.IGNORECASE) if name else left
    words = [word for word in _WORD.findall(_SAID.sub(" ", left)) if word.casefold() not in MONTHS]
    spare = 1 if any(True for _ in find(block, Link)) else 0  # a link may say "Follow"
    return len(words) <= spare


def _key(text: str) -> str:
    return letters(text).casefold()
