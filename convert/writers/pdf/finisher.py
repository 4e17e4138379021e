"""What WeasyPrint leaves to be done for a tagged PDF that reads like the article: each repair has a name and a test.

A repair can go when its test passes without it. They stand in the order in which they must run.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pydyf

from convert.writers.pdf.line_ends import restore_line_ends
from convert.writers.pdf.structure import Annotation, Element, Kid, Tree, read, write
from convert.writers.pdf.tables import head_cells
from convert.writers.pdf.watching import Seen

__all__ = ["REPAIRS", "finish"]

KINDS = {"aside": "Sect", "code": "Code", "figure": "Div", "pre": "P"}
"""The structure types (14.8.4) of elements of HTML for which WeasyPrint has none."""

LABELS = {"•": "Disc", "◦": "Circle", "▪": "Square"}
"""How lists are numbered (14.8.5.5), by the mark of an item."""

APART = frozenset(("L", "THead", "TBody", "TH", "TD"))
"""Types whose parts on two pages have others between them: the other cells of a row, the rest of an item."""

SOLID = frozenset(("Document", "Table", "THead", "TBody", "TR", "TH", "TD"))
"""Types that stand even if nothing is in them: a table's rows must be of one length."""


def finish(pdf: Any, xmp: bytes, seen: Seen | None) -> None:
    """Mend a PDF that is about to be written. `seen` is what was watched of its tags, None if it has none."""
    if seen is not None:
        tree = read(pdf, seen)
        for repair in REPAIRS:
            repair(tree)
        write(tree)
    label_pages(pdf)
    put_in_colours(pdf)
    put_in_metadata(pdf, xmp)


def label_pages(pdf: Any) -> None:
    """Pages are called as their folios call them."""
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array((0, pydyf.Dictionary({"S": "/D"})))})


def put_in_colours(pdf: Any) -> None:
    """Colours are those of sRGB (ISO 19005-2, 6.2.3). WeasyPrint can say so, but leaves a file open then."""
    name = "sRGB2014.icc"
    profile = pydyf.Stream([files("weasyprint.pdf").joinpath(name).read_bytes()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    said = pydyf.String(name)
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "OutputConditionIdentifier": said, "Info": said,
              "DestOutputProfile": profile.reference}  # fmt: skip
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


def put_in_metadata(pdf: Any, xmp: bytes) -> None:
    """The packet stands in the file uncompressed, for programs that know nothing of PDF; WeasyPrint's goes."""
    if "Metadata" in pdf.catalog:
        stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
        stream.stream, stream.compress = [xmp], False
        return
    stream = pydyf.Stream([xmp], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _anonymous(element: Element, parent: Element) -> bool:
    """Whether it stands for a box that WeasyPrint put around a part of its parent's content."""
    return element.node is None or element.node is parent.node


def put_nested_lists_into_items(tree: Tree) -> None:
    """A list within an item belongs to that item, at its place; WeasyPrint puts it after the item."""
    for each in tree.top.walk():
        if each.kind != "L":
            continue
        items: list[Kid] = []
        for kid in each.kids:
            last = items[-1] if items else None
            if isinstance(kid, Element) and kid.kind == "L" and isinstance(last, Element):
                last.kids.append(kid)
            else:
                items.append(kid)
        each.kids = items


def join_what_pages_and_lines_cut(tree: Tree) -> None:
    """What one element of HTML became on several lines or pages is one element. Heads of tables are read once."""
    for each in tree.top.walk():
        joined: list[Kid] = []
        for kid in each.kids:
            whole = _begun(kid, joined) if isinstance(kid, Element) else None
            if whole is None:
                joined.append(kid)
            elif whole.kind != "THead":  # which is drawn again on every page
                whole.kids.extend(kid.kids if isinstance(kid, Element) else ())
        joined.sort(key=lambda kid: isinstance(kid, Element) and kid.kind == "TBody")  # a head may begin a page later
        each.kids = joined


def _begun(part: Element, before: list[Kid]) -> Element | None:
    """The element among those before that has the first part of what this one has a further part of."""
    near = before if part.kind in APART else before[-1:]
    for one in near:
        if isinstance(one, Element) and (one.node, one.tag, one.kind) == (part.node, part.tag, part.kind):
            return one if part.node is not None else None
    return None


def leave_out_decoration(tree: Tree) -> None:
    """Pictures without a description and what is hidden from assistive technology are ornaments."""
    for each in tree.top.walk():
        each.kids = [kid for kid in each.kids if not (isinstance(kid, Element) and _is_decoration(kid))]


def _is_decoration(element: Element) -> bool:
    undescribed = element.tag == "img" and not element.attribute("alt").strip()
    return undescribed or element.attribute("aria-hidden") == "true"


def name_kinds(tree: Tree) -> None:
    """Figures, asides and code have types of their own."""
    for each in tree.top.walk():
        for kid in each.elements:
            if kid.kind == "NonStruct" and kid.tag in KINDS and not _anonymous(kid, each):
                kid.kind = KINDS[kid.tag]


def make_list_bodies(tree: Tree) -> None:
    """An item is its mark and one body; lists within it stand where they stand in the article."""
    for each in tree.top.walk():
        if each.kind != "LI" or each.tag != "li":
            continue
        marks: list[Kid] = [kid for kid in each.elements if kid.kind == "Lbl"]
        body: list[Kid] = []
        for kid in each.kids:
            if isinstance(kid, Element) and kid.kind == "LBody":
                body.extend(kid.kids)
            elif kid not in marks:
                body.append(kid)
        places = {child: place for place, child in enumerate(each.node)}
        order = [places.get(kid.node, -1) if isinstance(kid, Element) else -1 for kid in body]
        nested = [kid for kid in body if isinstance(kid, Element) and kid.kind == "L" and kid.node in places]
        kept = [(kid, place) for kid, place in zip(body, order, strict=True) if kid not in nested]
        for inner in nested:
            at = next((k for k, (_, place) in enumerate(kept) if place > places[inner.node]), len(kept))
            kept.insert(at, (inner, places[inner.node]))
        each.kids = [*marks, tree.element("LBody", [kid for kid, _ in kept], each.page)]


def number_lists(tree: Tree) -> None:
    """A list says how its items are marked."""
    for each in tree.top.walk():
        labels = [part for item in each.elements for part in item.elements if part.kind == "Lbl"]
        if each.kind == "L" and labels:
            mark = next((mark.text.strip() for mark in labels[0].marks()), "")
            each.layout("List", ListNumbering="/Decimal" if each.tag == "ol" else f"/{LABELS.get(mark, 'Disc')}")


def pair_terms(tree: Tree) -> None:
    """A term and all its descriptions are one item."""
    for each in tree.top.walk():
        if each.tag != "dl":
            continue
        items: list[Element] = []
        for item in each.elements:
            [body] = item.elements
            if item.tag == "dt" or not items:
                body.kind = "Lbl" if item.tag == "dt" else "LBody"
                items.append(item)
                continue
            bodies = items[-1].elements
            if bodies[-1].kind == "Lbl":
                items[-1].kids.append(tree.element("LBody", [body], item.page))
            else:
                bodies[-1].kids.append(body)
            body.kind = "Div"
        each.kids = list(items)


def mark_notes(tree: Tree) -> None:
    """Notes and references to them are such, and each note has a name (14.8.4.4; ISO 14289-1, 7.9)."""
    for each in list(tree.top.walk()):
        if each.kind == "LI" and each.attribute("epub:type") == "endnote":
            body = each.elements[-1]
            note = tree.element("Note", body.kids, body.page)
            note.entry["ID"] = pydyf.String(each.attribute("id"))
            body.kids = [note]
        elif each.tag == "sup" and any(kid.attribute("epub:type") == "noteref" for kid in each.elements):
            each.kind = "Reference"


def tie_links(tree: Tree) -> None:
    """A link has its annotations directly in it, one a line, with words for where it leads (ISO 14289-1, 7.18.5)."""
    for each in tree.top.walk():
        annotations = [kid for kid in each.kids if isinstance(kid, Annotation)]
        if each.kind != "Link":
            if annotations and each.tag != "a":
                each.kind = "Link"
            else:
                continue
        inner = [found for kid in each.elements for found in _take_annotations(kid)]
        if not annotations:
            each.kids.extend(inner)
            annotations = inner
        label = each.attribute("aria-label")
        words = label or _words(each.node) or each.attribute("title")
        for annotation in annotations if words else []:
            annotation.entry["Contents"] = pydyf.String(words)
        if label:
            each.entry["Alt"] = pydyf.String(label)


def _take_annotations(element: Element) -> list[Annotation]:
    """The annotations below an element, taken out of it."""
    found = [kid for kid in element.kids if isinstance(kid, Annotation)]
    element.kids = [kid for kid in element.kids if not isinstance(kid, Annotation)]
    return found + [one for kid in element.elements for one in _take_annotations(kid)]


def _words(node: Any) -> str:
    """The text of an element of HTML with the descriptions of pictures in it."""
    if node is None:
        return ""
    parts = [node.get("alt") or "" if node.tag == "img" else node.text or ""]
    for child in node:
        parts.extend((_words(child), child.tail or ""))
    return " ".join("".join(parts).split())


def head_tables(tree: Tree) -> None:
    """Header cells say what they head, and data cells what heads them, under spans too."""
    tables = [each for each in tree.top.walk() if each.kind == "Table"]
    for number, table in enumerate(tables, 1):
        head_cells(table, f"table-{number}")


def place_figures(tree: Tree) -> None:
    """The box of a picture is in points from the foot of its page; WeasyPrint writes pixels from the head."""
    for each in tree.top.walk():
        if each.kind == "Figure" and (mark := next(each.marks(), None)) is not None:
            box = mark.box
            height = tree.pages[mark.page]["MediaBox"][3]
            left, top = box.content_box_x() * 0.75, height - box.content_box_y() * 0.75
            right, foot = left + box.width * 0.75, top - box.height * 0.75
            each.layout("Layout", BBox=pydyf.Array((left, foot, right, top)))


def say_languages(tree: Tree) -> None:
    """A part in another language says so."""
    for each in tree.top.walk():
        for kid in each.elements:
            language = kid.attribute("lang")
            if language and not _anonymous(kid, each):
                kid.entry["Lang"] = pydyf.String(language)
                kid.kind = "Span" if kid.kind == "NonStruct" else kid.kind


def open_wrappers(tree: Tree) -> None:
    """What says nothing of what is in it goes, and so does what holds nothing."""
    _open(tree.top)


def _open(element: Element) -> None:
    kids: list[Kid] = []
    for kid in element.kids:
        if not isinstance(kid, Element):
            kids.append(kid)
            continue
        _open(kid)
        says = {"Lang", "ActualText", "Alt", "ID"} & kid.entry.keys()
        if kid.kind in ("NonStruct", "Span") and not says:
            kids.extend(kid.kids)
        elif kid.kids or kid.kind in SOLID:
            kids.append(kid)
    element.kids = kids


REPAIRS: tuple[Callable[[Tree], None], ...] = (
    put_nested_lists_into_items,  # before fragments are joined: on each page, the list follows its item
    join_what_pages_and_lines_cut,
    leave_out_decoration,
    name_kinds,
    make_list_bodies,
    number_lists,
    pair_terms,
    mark_notes,
    tie_links,
    head_tables,
    place_figures,
    say_languages,
    restore_line_ends,
    open_wrappers,  # last: the others go by what it takes away
)
