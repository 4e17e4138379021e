"""The last touches to a tree that readers share: headings' levels from 1, links that lead somewhere."""

from __future__ import annotations

from msgspec import structs

from convert.report import Report
from convert.tree import Document, Heading, Link
from convert.tree.walk import find, rewrite

__all__ = ["with_sections_from_one", "with_sound_links"]


def with_sections_from_one(document: Document) -> Document:
    """The headings' levels counted from 1, for "##" is a first section below the title."""
    top = min((heading.level for heading in find(document, Heading)), default=1)
    if top == 1:
        return document
    return rewrite(
        document, lambda node: structs.replace(node, level=node.level - top + 1) if isinstance(node, Heading) else node
    )


def with_sound_links(document: Document, report: Report, where: str) -> Document:
    """The document with every id once, and without links that lead to an id that is not there."""
    seen: set[str] = set()

    def once(node: object) -> object:
        attrs = getattr(node, "attrs", None)
        if attrs is None or not attrs.id:
            return node
        if attrs.id in seen:
            return structs.replace(node, attrs=structs.replace(attrs, id=""))  # type: ignore[type-var]
        seen.add(attrs.id)
        return node

    document = rewrite(document, once)

    def lead(node: object) -> object:
        if not isinstance(node, Link) or not node.href.startswith("#") or node.href[1:] in seen:
            return node
        report.add(
            "link.nowhere", "loss", f"A link led to {node.href}, and nothing has that id; its words were kept.", where
        )
        return node.content

    return rewrite(document, lead)
