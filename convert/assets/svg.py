"""SVG made safe: what draws is kept, what runs, loads or moves goes, and what it costs to draw is bounded.

It is kept as a drawing (EPUB 3.3 has it among its core media types); formats show it as a picture, in which
no script runs. Only names on the lists below get through: what a later version of SVG brings is left out until it is
looked at.
"""

from __future__ import annotations

import re

from lxml import etree

from convert.assets.missing import MissingError
from convert.assets.svg_cost import SVG, XLINK, bound
from convert.world import Picture

__all__ = ["clean_svg"]

MOST_BYTES = 2_000_000
LARGEST = 20_000
"""Pixels of a side."""

DRAWN = frozenset((
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "pattern", "marker", "title", "desc", "style",
))  # fmt: skip
SILENT = frozenset(("metadata", "namedview", "title", "desc"))
"""What may go without a word: it draws nothing."""

ATTRIBUTES = {f"{{{XLINK}}}href", "{http://www.w3.org/XML/1998/namespace}space"}
"""The attributes of other vocabularies that are kept."""

_LOADS = re.compile(
    r"\\|@|javascript:|expression\s*\(|(?:image|image-set|cross-fade|element|src|attr)\s*\(|url\(\s*(?!['\"]?#)", re.I
)
"""What in a value could load something, or could be written so by an escape (CSS Syntax, section 4.3.7)."""

_LENGTH = re.compile(r"\s*\+?(\d+(?:\.\d*)?|\.\d+)(?:e\+?\d{1,2})?\s*(px|pt|pc|mm|cm|in|)\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?")


def clean_svg(data: bytes) -> tuple[Picture, tuple[str, ...]]:
    """A safe drawing, and the names of what was left out of it. Raises MissingError."""
    if len(data) > MOST_BYTES:
        raise MissingError("limit.svg", f"The drawing (SVG) has more than {MOST_BYTES:,} bytes.")
    if b"<!ENTITY" in data or b"\0" in data:
        raise MissingError(
            "picture.svg", "The drawing (SVG) defines entities or is not in UTF-8. Save it as plain SVG."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MissingError("picture.broken", f"The drawing (SVG) is damaged: {error}.") from None
    if root.tag != f"{{{SVG}}}svg":
        raise MissingError("picture.format", "The picture is no SVG, though it begins like one.")
    gone = _purge(root)
    bound(root)
    width, height = _sized(root)
    etree.cleanup_namespaces(root)
    made = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return Picture(made, "image/svg+xml", width, height), tuple(sorted(gone - SILENT))


def _purge(root: etree._Element) -> set[str]:
    """Take out what is not on the lists, and name it."""
    gone: set[str] = set()
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            _drop(node)
            continue
        name = etree.QName(node)
        if name.namespace == SVG and name.localname == "a":
            node.tag = f"{{{SVG}}}g"
        elif (
            name.namespace != SVG
            or name.localname not in DRAWN
            or (node.getparent() is not None and name.localname == "svg")
        ):
            gone.update([name.localname] if name.namespace == SVG else [])
            _drop(node)
            continue
        elif name.localname == "style" and (
            _LOADS.search("".join(map(str, node.itertext()))) or "<" in (node.text or "")
        ):
            gone.add("style")
            _drop(node)
            continue
        for key, value in list(node.attrib.items()):
            if not _may_stay(str(key), str(value)):
                del node.attrib[key]
    return gone


def _may_stay(key: str, value: str) -> bool:
    if key.startswith("{") and key not in ATTRIBUTES:
        return False
    if key.endswith("href"):
        return value.strip().startswith("#")
    return not key.lower().startswith("on") and not _LOADS.search(value)


def _drop(node: etree._Element) -> None:
    """Take an element out with all that is in it; the text after it stays."""
    parent = node.getparent()
    if parent is None:
        return
    before = node.getprevious()
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _sized(root: etree._Element) -> tuple[int, int]:
    """Give the drawing a size in pixels and a view box, which says what is scaled to it."""
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox") or "")]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        box = []
    width, height = _length(root.get("width")), _length(root.get("height"))
    ratio = box[3] / box[2] if box else 0.5
    if width is None and height is None:
        width = box[2] if box else 300.0  # CSS 2.2, section 10.3.2
    width = width if width is not None else (height or 0.0) / ratio
    height = height if height is not None else width * ratio
    across, down = round(width), round(height)
    if not (0 < across <= LARGEST and 0 < down <= LARGEST):
        raise MissingError("picture.svg", "The drawing (SVG) has no size, or none that fits a page.")
    if not box:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.set("width", str(across))
    root.set("height", str(down))
    return across, down


def _length(text: str | None) -> float | None:
    """A length in pixels; None for none, or for a part of whatever is around."""
    found = _LENGTH.fullmatch(text or "")
    if found is None:
        return None
    return float(found[0].strip().removesuffix(found[2])) * _PIXELS[found[2]]
