"""What an EPUB claims about access, computed from its articles (EPUB Accessibility 1.1, schema.org).

Nothing is claimed for being usual: each value stands for something counted in the trees or measured in the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from convert.themes.contrast import faint
from convert.themes.model import Theme
from convert.tree import Asset, Document, Figure, Heading, Image, Note, Table
from convert.tree.walk import find
from convert.world import Assets
from convert.writers.epub.sentences import sentences

__all__ = ["STANDARD", "Access", "access"]

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
"""What `conforms_to` may say (EPUB Accessibility 1.1, section 4.1)."""

_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|tiff?|bmp|avif)", re.IGNORECASE)
"""What some programs put in the place of a description."""

_MOVING = ("noSoundHazard", "unknownFlashingHazard", "unknownMotionSimulationHazard")


class Access(Struct, frozen=True):
    """The values of the properties that a package document carries.

    `language` is the summary's. `conforms_to` is empty where something is known that the standard forbids; `lacks`
    has the codes of what that is.
    """

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str
    language: str
    conforms_to: str
    lacks: tuple[str, ...]


class _Counts(Struct):
    """What is in the articles."""

    pictures: int = 0
    undescribed: int = 0
    moving: int = 0
    tables: int = 0
    bare: int = 0
    notes: int = 0
    headings: int = 0
    untitled: int = 0
    unnamed: int = 0
    """Articles whose language is not known."""


def access(articles: Iterable[tuple[Document, Assets]], theme: Theme, language: str) -> Access:
    """How the articles can be read, by what is in them; the summary is in a language if it can be."""
    counts = _Counts()
    for document, assets in articles:
        _count(document, assets, theme, counts)
    described = counts.pictures > 0 and not counts.undescribed
    features = ["tableOfContents", "readingOrder", "displayTransformability"]
    features += ["structuralNavigation"] if counts.headings else []
    features += ["alternativeText"] if described else []
    lacks = {
        "language": counts.unnamed, "title": counts.untitled, "picture descriptions": counts.undescribed,
        "still pictures": counts.moving, "header cells": counts.bare, "contrast": faint(theme),
    }  # fmt: skip
    missing = tuple(name for name, count in lacks.items() if count)
    return Access(
        modes=("textual", "visual") if counts.pictures else ("textual",),
        sufficient=("textual,visual",) if counts.undescribed else ("textual",),
        features=tuple(features),
        hazards=_MOVING if counts.moving else ("none",),
        summary=_summary(counts, faint(theme), language),
        language=sentences(language).language,
        conforms_to="" if missing else STANDARD,
        lacks=missing,
    )


def _count(document: Document, assets: Assets, theme: Theme, counts: _Counts) -> None:
    for key, alt in _pictures(document, theme):
        if key in assets:
            counts.pictures += 1
            counts.undescribed += not alt.strip() or bool(_FILE_NAME.fullmatch(alt.strip()))
            counts.moving += _moves(assets[key].data)
    for table in find(document, Table):
        counts.tables += 1
        counts.bare += not _headed(table)
    counts.notes += any(find(document, Note))
    counts.headings += any(find(document, Heading))
    counts.untitled += not document.metadata.title.strip()
    counts.unnamed += not document.metadata.language


def _pictures(document: Document, theme: Theme) -> Iterator[tuple[str, str]]:
    """Every picture of an article, with its description.

    One within a line that has none may be meant as decoration, or be forgotten. What cannot be told apart is not
    passed over.
    """
    figures = list(find(document, Figure))
    yield from ((figure.asset, figure.alt) for figure in figures)
    yield from ((image.asset, image.alt) for image in find(document, Image))
    lead = document.metadata.lead_image
    if lead and "lead-image" in theme.show and all(figure.asset != lead for figure in figures):
        yield lead, document.assets.get(lead, Asset()).alt


def _moves(data: bytes) -> bool:
    """Whether a picture has several frames, by what stands in its bytes; when in doubt it does.

    Each frame of a GIF follows a block of graphic control (GIF89a, section 23); a PNG that moves says so (acTL).
    """
    return (data[:4] == b"GIF8" and data.count(b"\x21\xf9\x04") > 1) or (data[:4] == b"\x89PNG" and b"acTL" in data)


def _headed(table: Table) -> bool:
    heads = [cell for row in table.head for cell in row.cells]
    return any(cell.blocks for cell in heads) or any(
        cell.scope and cell.blocks for row in table.body for cell in row.cells
    )


def _summary(counts: _Counts, is_faint: bool, language: str) -> str:
    """The same in sentences, for people."""
    said = sentences(language)
    lines = [said.text]
    lines += [said.described] if counts.pictures and not counts.undescribed else []
    lines += [said.undescribed.format(counts.undescribed)] if counts.undescribed else []
    lines += [said.headed] if counts.tables and not counts.bare else []
    lines += [said.bare.format(counts.bare)] if counts.bare else []
    lines += [said.notes] if counts.notes else []
    lines += [said.moving.format(counts.moving)] if counts.moving else []
    lines += [said.faint] if is_faint else []
    return " ".join([*lines, said.checked])
