"""A PDF's structure tree as objects that can be moved about, read from WeasyPrint's dictionaries and written back.

ISO 32000-1, 14.7 (logical structure) and 14.8.2.2 (artifacts).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf
from msgspec import Struct

from convert.writers.pdf.watching import Seen

__all__ = ["Annotation", "Element", "Kid", "Mark", "Tree", "read", "write"]


class Mark(Struct, eq=False):
    """A piece of marked content: what is drawn of one text on one line, or one picture. `box` is that of the layout."""

    page: int
    number: int
    box: Any

    @property
    def text(self) -> str:
        """The words as they stand in the line; empty for a picture."""
        return str(getattr(self.box, "text", ""))


class Annotation(Struct, eq=False):
    """What makes a part of a page lead somewhere. `reference` is the object that puts it into the tree."""

    page: int
    entry: Any
    reference: Any


class Element(Struct, eq=False):
    """A structure element. `entry` is its dictionary, for all keys but those of the tree (S, P, K, Pg).

    `node` is the element of HTML that it was made for, `tag` that element's name, perhaps with "::marker" or the like.
    Both are empty for what WeasyPrint put in without one.
    """

    kind: str
    kids: list[Kid]
    page: int
    entry: Any = None
    node: Any = None
    tag: str = ""

    @property
    def elements(self) -> list[Element]:
        """The elements directly in it."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """It and every element below it, in reading order. What is below may be changed meanwhile."""
        yield self
        for kid in self.elements:
            yield from kid.walk()

    def marks(self) -> Iterator[Mark]:
        """All marked content in it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, Element):
                yield from kid.marks()

    def attribute(self, name: str) -> str:
        """An attribute of its element of HTML; empty where it has none."""
        return str(self.node.get(name) or "") if self.node is not None else ""

    def layout(self, owner: str, **values: Any) -> None:
        """Set attributes of an owner ("List", "Table", "Layout": 14.8.5.2)."""
        held = self.entry.setdefault("A", pydyf.Dictionary({"O": f"/{owner}"}))
        held.update(values)


Kid: TypeAlias = Element | Mark | Annotation


class Tree(Struct, eq=False):
    """A document's tree: `top` is the element Document. `furniture` is what stands on pages outside of it."""

    pdf: Any
    top: Element
    pages: list[Any]
    furniture: frozenset[tuple[int, int]]
    seen: Seen

    def element(self, kind: str, kids: list[Kid], page: int) -> Element:
        """A new element."""
        entry = pydyf.Dictionary({"Type": "/StructElem"})
        self.pdf.add_object(entry)
        return Element(kind, kids, page, entry)

    def get(self, reference: bytes) -> Any:
        """The object that is referred to."""
        return _get(self.pdf, reference)


def read(pdf: Any, seen: Seen) -> Tree:
    """The tree of a PDF that WeasyPrint has tagged."""
    pages: list[Any] = [_get(pdf, reference) for reference in pdf.page_references]
    numbers = {page.number: number for number, page in enumerate(pages)}
    root = _get(pdf, pdf.catalog["StructTreeRoot"])
    top = _element(pdf, _get(pdf, root["K"][0]), numbers, seen)
    held = {(mark.page, mark.number) for mark in top.marks()}
    return Tree(pdf, top, pages, frozenset(seen.marks.keys() - held), seen)


def _get(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _element(pdf: Any, entry: Any, numbers: dict[int, int], seen: Seen) -> Element:
    page = numbers[_get(pdf, entry["Pg"]).number] if "Pg" in entry else 0
    box = seen.boxes.get(entry.number)
    element = Element(entry["S"][1:], [], page, entry)
    if box is not None and box.element is not None:
        element.node, element.tag = box.element, box.element_tag
    for kid in entry["K"]:
        if isinstance(kid, int):
            element.kids.append(Mark(page, kid, seen.marks[page, kid]))
            continue
        held = _get(pdf, kid)
        if held["Type"] == "/OBJR":
            element.kids.append(Annotation(numbers[_get(pdf, held["Pg"]).number], _get(pdf, held["Obj"]), held))
        else:
            element.kids.append(_element(pdf, held, numbers, seen))
    return element


def write(tree: Tree) -> None:
    """Put a tree back. What it no longer holds becomes an artifact on its page, or goes where it cannot be one."""
    pdf = tree.pdf
    root = tree.get(pdf.catalog["StructTreeRoot"])
    marks: dict[tuple[int, int], bytes] = {}
    annotations: list[tuple[Annotation, bytes]] = []
    names: dict[bytes, bytes] = {}
    used = set()
    for element in tree.top.walk():
        used.add(element.entry.number)
        reference = element.entry.reference
        if "ID" in element.entry:
            names[element.entry["ID"].data] = reference
        for kid in element.kids:
            if isinstance(kid, Mark):
                marks[kid.page, kid.number] = reference
            elif isinstance(kid, Annotation):
                annotations.append((kid, reference))
            else:
                kid.entry["P"] = reference
        _write_element(element, tree)
    for entry in pdf.objects:  # pydyf cannot take objects out of a file
        if isinstance(entry, pydyf.Dictionary) and entry.get("Type") == "/StructElem" and entry.number not in used:
            entry.clear()
    _write_annotations(tree, {annotation.entry.number for annotation, _ in annotations})
    parents = _get(pdf, root["ParentTree"])
    parents["Nums"] = _parents(tree, marks, annotations)
    root["ParentTreeNextKey"] = len(tree.pages) + len(annotations)
    if names:
        ids = pydyf.Array(part for name in sorted(names) for part in (name, names[name]))
        root["IDTree"] = pydyf.Dictionary({"Names": ids})
    _write_artifacts(tree, marks.keys())


def _write_element(element: Element, tree: Tree) -> None:
    pages = tree.pdf.page_references
    first = next((kid.page for kid in element.kids if isinstance(kid, Mark)), element.page)
    kids = pydyf.Array()
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(kid.entry.reference)
        elif isinstance(kid, Annotation):
            kids.append(kid.reference.reference)
        elif kid.page == first:
            kids.append(kid.number)
        else:
            kids.append(pydyf.Dictionary({"Type": "/MCR", "Pg": pages[kid.page], "MCID": kid.number}))
    element.entry.update({"S": f"/{element.kind}", "K": kids, "Pg": pages[first]})


def _write_annotations(tree: Tree, kept: set[int]) -> None:
    """Leave on each page the annotations that the tree holds."""
    for page in tree.pages:
        if "Annots" not in page:
            continue
        page["Annots"] = pydyf.Array(each for each in page["Annots"] if int(each.split()[0]) in kept)
        if not page["Annots"]:
            del page["Annots"]


def _parents(
    tree: Tree, marks: dict[tuple[int, int], bytes], annotations: list[tuple[Annotation, bytes]]
) -> pydyf.Array:
    """The way from what stands on pages back to its elements (14.7.4.4)."""
    nums = pydyf.Array()
    counts = [0] * len(tree.pages)
    for page, number in marks:
        counts[page] = max(counts[page], number + 1)
    for page, count in enumerate(counts):
        nums.extend((page, pydyf.Array(marks.get((page, number), b"null") for number in range(count))))
    for key, (annotation, reference) in enumerate(annotations, len(tree.pages)):
        annotation.entry["StructParent"] = key
        nums.extend((key, reference))
    return nums


def _write_artifacts(tree: Tree, kept: Any) -> None:
    """Mark what no element holds as an artifact: heads and folios as such (14.8.2.2.2), all else as an ornament."""
    for number, page in enumerate(tree.pages):
        operators = tree.get(page["Contents"]).stream
        for place, marks in enumerate(operators):
            if not isinstance(marks, pydyf.Dictionary) or "MCID" not in marks:
                continue
            key = number, marks["MCID"]
            if key in kept:
                continue
            operators[place - 1] = "/Artifact"
            del marks["MCID"]
            if key in tree.furniture:
                above = 2 * tree.seen.marks[key].position_y * 0.75 < page["MediaBox"][3]
                marks.update({"Type": "/Pagination", "Subtype": "/Header" if above else "/Footer"})
