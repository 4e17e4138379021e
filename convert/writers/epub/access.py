"""What an EPUB claims about access, computed from the tree (EPUB Accessibility 1.1, schema.org)."""

from __future__ import annotations

from msgspec import Struct

from convert.tree import Asset, Document, Figure, Heading, Image, Table
from convert.tree.walk import find
from convert.world import Assets

__all__ = ["Access", "access"]


class Access(Struct, frozen=True):
    """The values of the schema.org properties that a package document carries."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


def access(document: Document, assets: Assets) -> Access:
    """How the article can be read, by what is in it. A picture without a description is never passed over."""
    every: list[Figure | Image] = [*find(document, Figure), *find(document, Image)]
    shown = [node for node in every if node.asset in assets]
    described = [node for node in shown if node.alt]
    lead = document.metadata.lead_image
    lead_shown = lead in assets and all(node.asset != lead for node in shown if isinstance(node, Figure))
    pictures = len(shown) + lead_shown
    described += [Figure(lead)] if lead_shown and document.assets.get(lead, Asset()).alt else []
    undescribed = pictures - len(described) - sum(isinstance(node, Image) and not node.alt for node in shown)
    moving = any(assets[node.asset].media_type == "image/gif" for node in shown)
    features = ["tableOfContents", "readingOrder", "displayTransformability"]
    features += ["structuralNavigation"] if any(find(document, Heading)) else []
    features += ["alternativeText"] if described and not undescribed else []
    return Access(
        modes=("textual", "visual") if pictures else ("textual",),
        sufficient=("textual",) if not undescribed else ("textual,visual",),
        features=tuple(features),
        hazards=("unknown",) if moving else ("none",),
        summary=_summary(document, len(described), undescribed),
    )


def _summary(document: Document, described: int, undescribed: int) -> str:
    """The same in sentences, for people."""
    parts = ["The article is text that reflows, with its title and headings marked as such."]
    if described and not undescribed:
        parts.append("Every picture that carries meaning has a description.")
    if undescribed:
        some = "One picture has" if undescribed == 1 else f"{undescribed} pictures have"
        parts.append(f"{some} no description.")
    if any(find(document, Table)):
        parts.append(
            "Tables have marked header cells." if _all_headed(document) else "Some tables have no header cells."
        )
    return " ".join(parts)


def _all_headed(document: Document) -> bool:
    return all(
        table.head or any(cell.scope for row in table.body for cell in row.cells) for table in find(document, Table)
    )
