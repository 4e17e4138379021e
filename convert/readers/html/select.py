"""Which parts of a page are not of the article."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

__all__ = ["furniture"]


def furniture(parser: LexborHTMLParser, html: str) -> frozenset[int]:
    """The `mem_id`s of the top-most elements whose whole subtree is not of the article."""
    return frozenset(node.mem_id for node in parser.css("nav, body > footer, body > header, form, body > aside"))
