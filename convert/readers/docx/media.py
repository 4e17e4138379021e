"""What is drawn: pictures as assets, and the words of charts and diagrams."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from convert.config import Limits
from convert.errors import InputError
from convert.readers.docx.container import Package
from convert.readers.docx.lines import Picture
from convert.readers.docx.xml import WP, A, C, Element, R, V
from convert.report import Report
from convert.tree import Asset

__all__ = ["Media"]

_UNSAFE = re.compile(r"[^a-z0-9]+")
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
SMALL = 40 * 9525
"""English Metric Units (914,400 an inch) below which a picture is a sign in a line: 40 pixels."""

MOST_TEXTS = 5_000


class Media:
    """The pictures of one file by asset key, each part once, and the texts of its charts and diagrams."""

    def __init__(self, package: Package, limits: Limits, report: Report) -> None:
        self.package = package
        self.limits = limits
        self.report = report
        self.assets: dict[str, Asset] = {}
        self.files: dict[str, bytes] = {}
        self._keys: dict[str, str] = {}
        self._texts: dict[tuple[str, str], list[str]] = {}

    def picture(self, element: Element, part: str) -> Picture | None:
        """The picture of an `a:blip` or a `v:imagedata` in a part; None where it names none."""
        embedded = element.get(R + "embed") or (element.get(R + "id") if element.tag == V + "imagedata" else None)
        relation = self.package.relations(part).get(embedded or element.get(R + "link") or "")
        if relation is None:
            self.report.add("docx.picture", "loss", "A picture is shown that the file does not hold.", embedded or "")
            return None
        alt, title, small = _described(element)
        return Picture(element, self._key(relation.target, relation.external), alt, title, small)

    def _key(self, target: str, external: bool) -> str:
        if target not in self._keys:
            stem = _UNSAFE.sub("-", PurePosixPath(target).stem.lower()).strip("-")[:40] or "picture"
            key, number = stem, 1
            while key in self.assets:
                number += 1
                key = f"{stem}-{number}"
            self._keys[target] = key
            # only a network address is kept as one: a path would be looked for beside the article
            linked = external and re.match(r"https?://", target, re.IGNORECASE)
            self.assets[key] = Asset(target if linked else f"docx:{target}")
            if external and not linked:
                self.report.add("docx.picture", "loss", "A picture is linked and not in the file.", target[:200])
            if not external:
                self._unpack(key, target)
        return self._keys[target]

    def _unpack(self, key: str, target: str) -> None:
        if len(self.files) >= self.limits.pictures:
            return  # too many: said when they are counted
        try:
            self.files[key] = self.package.read(target, self.limits.picture_bytes)
        except InputError as error:
            self.report.add("docx.picture", "loss", f"A picture could not be had: {error.text}", target[:200])

    # ------------------------------------------------------------------------------- texts

    def texts(self, graphic: Element, part: str) -> list[str]:
        """The words of the chart or diagram that an `a:graphicData` shows; nothing for pictures and shapes."""
        for child in graphic:
            if child.tag == C + "chart":
                return self._read(part, child.get(R + "id") or "", (A + "t", C + "v"))
            if child.tag == DGM + "relIds":
                return self._read(part, child.get(R + "dm") or "", (A + "t",))
            if child.tag.endswith("}chart") and child.get(R + "id"):
                return self._read(part, child.get(R + "id") or "", (A + "t",))
        return []

    def _read(self, part: str, key: str, tags: tuple[str, ...]) -> list[str]:
        relation = self.package.relations(part).get(key)
        if relation is None or relation.external or not self.package.has(relation.target):
            return []
        place = (relation.target, tags[-1])
        if place not in self._texts:
            try:
                root = self.package.xml(relation.target)
            except InputError as error:
                self.report.add("docx.drawing", "loss", f"A chart or diagram could not be read: {error.text}")
                self._texts[place] = []
                return []
            self._texts[place] = _texts(root, tags)
        return self._texts[place]


def _texts(root: Element, tags: tuple[str, ...]) -> list[str]:
    """The texts of a part; the categories of a chart, which every series names again, once."""
    texts: list[str] = []
    named: Element | None = None
    for element in root.iter(*tags):
        words = " ".join((element.text or "").split())
        above = list(element.iterancestors(C + "cat", C + "ser"))
        if len(above) == 2:
            named = above[1] if named is None else named
            if above[1] is not named:
                continue
        if words and len(texts) < MOST_TEXTS:
            texts.append(words)
    return texts


def _described(element: Element) -> tuple[str, str, bool]:
    """The alternative text and title of a picture, and whether it is as small as a sign."""
    if element.tag == V + "imagedata":
        shape = element.getparent()
        return _clean(shape.get("alt") if shape is not None else ""), "", False
    alt = title = ""
    small = False
    for up in element.iterancestors():
        own = None
        if up.tag == PIC + "pic":
            own = next(up.iter(PIC + "cNvPr"), None)
        elif up.tag in (WP + "inline", WP + "anchor"):
            own = up.find(WP + "docPr")
            small = _is_small(up.find(WP + "extent"))
        if own is not None:
            alt = alt or _clean(own.get("descr"))
            title = title or _clean(own.get("title"))
        if up.tag in (WP + "inline", WP + "anchor"):
            break
    return (alt, title, small) if alt else (title, "", small)


def _is_small(extent: Element | None) -> bool:
    sizes = [] if extent is None else [extent.get("cx") or "", extent.get("cy") or ""]
    return bool(sizes) and all(size.isdigit() and int(size[:12]) < SMALL for size in sizes)


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())
