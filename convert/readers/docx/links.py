"""Where a file's links lead: addresses behind relationships and in fields, and places within the file."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from convert.readers.docx.container import Package
from convert.readers.docx.lines import Mark
from convert.readers.docx.xml import Element, R, W
from convert.tree import nodes as n
from convert.tree.links import SCHEMES

__all__ = ["Links"]

NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_PLACE = re.compile(r'\\l\s+"?([^"\s\\]+)|\bREF\s+"?([^"\s\\]+)')
_MARK = re.compile(r'\bNOTEREF\s+"?([^"\s\\]+)')
KEPT = "%/:?#[]@!$&'()*+,;=~"
NEAR = 12
"""Runs after the start of a bookmark in which a note's mark is looked for."""


class Links:
    """The links of one file. `targets` are the bookmarks that something leads to; `noted` around a note's mark."""

    def __init__(self, package: Package, roots: list[Element]) -> None:
        self.package = package
        self.refused: set[str] = set()
        self.targets: set[str] = set()
        self.noted: dict[str, tuple[str, str]] = {}
        codes: list[str] = []
        for root in roots:
            for element in root.iter(W + "hyperlink", W + "instrText", W + "fldSimple"):
                self.targets.add(element.get(W + "anchor") or "")
                codes.append(element.get(W + "instr") or element.text or "")
        for match in _PLACE.finditer("".join(codes)):
            self.targets.add(match[1] or match[2])
        self.targets.discard("")
        marks = {match[1] for match in _MARK.finditer("".join(codes))}
        for root in roots:
            for element in root.iter(W + "bookmarkStart"):
                name = element.get(W + "name") or ""
                if name in self.targets or name in marks:
                    self._note_in(name, element)

    def _note_in(self, name: str, start: Element) -> None:
        after = start.getnext()
        for _ in range(NEAR):
            if after is None or after.tag == W + "bookmarkEnd":
                return
            for mark in after.iter(*NOTES):
                self.noted.setdefault(name, (NOTES[mark.tag], mark.get(W + "id") or ""))
            after = after.getnext()

    def of(self, hyperlink: Element, part: str) -> Mark | None:
        """The mark of a `w:hyperlink`; None where it leads nowhere that an article may lead."""
        relation = self.package.relations(part).get(hyperlink.get(R + "id") or "")
        address = relation.target if relation and relation.external else ""
        return self.to(address, hyperlink.get(W + "anchor") or "", hyperlink.get(W + "tooltip") or "")

    def to(self, address: str, place: str, title: str) -> Mark | None:
        """The mark of a link to an address, a place at it, or a place in the file."""
        title = " ".join(title.split())
        if not address:
            return Mark(n.Link, f"#{place}", title) if place else None
        href = _clean(f"{address}#{place}" if place and "#" not in address else address)
        if href is None:
            self.refused.add(address[:80])
            return None
        return Mark(n.Link, href, title)


def _clean(address: str) -> str | None:
    """An address as a URI, None where it is none that an article may lead to."""
    address = address.strip()
    if re.match(r"www\.[^\s/]+\.", address, re.IGNORECASE):
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES or (parts.scheme.lower() in ("http", "https") and not host):
        return None
    if re.search(r"[\x00-\x1f\x7f]", address):
        return None
    return re.sub(r"[\s<>\"\\^`{|}]", lambda sign: quote(sign[0], safe=KEPT), address)
