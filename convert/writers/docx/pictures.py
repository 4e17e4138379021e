"""Pictures as inline drawings (DrawingML), with their alternative text apart from any caption."""

from __future__ import annotations

from base64 import b64decode

from convert.world import Picture
from convert.writers.docx.measures import EMU
from convert.writers.docx.xml import NAMESPACES, Element, element, element_root, q, w

__all__ = ["STAND_IN", "drawing", "figure_size", "inline_size"]

TWIPS_PER_PIXEL = 15
"""At 96 pixels an inch, as Word counts them."""

WIDE_FROM = 0.6
TALLEST = 0.8
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
"""The extension that tells assistive technology to skip a picture ([MS-ODRAWXML] 2.29)."""

SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension that names a drawing beside the picture that stands in for it ([MS-ODRAWXML] 2.26, svgBlip)."""

STAND_IN = Picture(
    b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mO4CwAA3wDehPEKOwAAAABJRU5ErkJggg=="),
    "image/png", 1, 1,
)  # fmt: skip
"""A grey point, drawn as large as the SVG: what programs show that know none (Word before 2016)."""


def figure_size(picture: Picture, column: int, page_height: int) -> tuple[int, int]:
    """The width and height of a figure in twips: as wide as the column, unless it is a small or a tall one."""
    wide = picture.width * TWIPS_PER_PIXEL >= WIDE_FROM * column
    return _fit(picture, column if wide else picture.width * TWIPS_PER_PIXEL, column, round(TALLEST * page_height))


def inline_size(picture: Picture, column: int, page_height: int) -> tuple[int, int]:
    """The width and height of a picture in a line, in twips: its own, if that fits the column."""
    return _fit(picture, picture.width * TWIPS_PER_PIXEL, column, round(TALLEST * page_height))


def drawing(
    relation: str, number: int, size: tuple[int, int], alt: str, title: str, *, decorative: bool, svg: str = ""
) -> Element:
    """`w:drawing` for a picture (ECMA-376 part 1, 20.4.2.8); `number` is its own in the file.

    `svg` is the relation of a drawing for which the picture stands in.
    """
    across, down = (str(length * EMU) for length in size)
    properties = element("wp:docPr", id=number, name=f"Picture {number}")
    if alt:
        properties.set("descr", alt)
    if title:
        properties.set("title", title)
    if decorative:
        properties.append(_decorative())
    locks = element("wp:cNvGraphicFramePr", element("a:graphicFrameLocks", noChangeAspect=1))
    inline = element(
        "wp:inline",
        element("wp:extent", cx=across, cy=down),
        properties,
        locks,
        element(
            "a:graphic",
            element("a:graphicData", _picture(relation, number, across, down, svg), uri=NAMESPACES["pic"]),
        ),
        distT=0, distB=0, distL=0, distR=0,
    )  # fmt: skip
    return w("drawing", inline)


def _fit(picture: Picture, width: int, widest: int, tallest: int) -> tuple[int, int]:
    width = max(1, min(width, widest))
    height = max(1, round(width * picture.height / max(1, picture.width)))
    if height > tallest:
        return max(1, round(width * tallest / height)), tallest
    return width, height


def _picture(relation: str, number: int, across: str, down: str, svg: str) -> Element:
    source = element("a:blip")
    source.set(q("r:embed"), relation)
    if svg:
        better = element_root("asvg:svgBlip", {"asvg": NAMESPACES["asvg"]})
        better.set(q("r:embed"), svg)
        source.append(element("a:extLst", element("a:ext", better, uri=SVG)))
    return element(
        "pic:pic",
        element("pic:nvPicPr", element("pic:cNvPr", id=number, name=f"Picture {number}"), element("pic:cNvPicPr")),
        element("pic:blipFill", source, element("a:stretch", element("a:fillRect"))),
        element(
            "pic:spPr",
            element("a:xfrm", element("a:off", x=0, y=0), element("a:ext", cx=across, cy=down)),
            element("a:prstGeom", element("a:avLst"), prst="rect"),
        ),
    )


def _decorative() -> Element:
    mark = element_root("adec:decorative", {"adec": NAMESPACES["adec"]})
    mark.set("val", "1")
    return element("a:extLst", element("a:ext", mark, uri=DECORATIVE))
