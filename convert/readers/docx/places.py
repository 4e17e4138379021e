"""Which elements may stand in which: a file whose text stands where none may is damaged, and Word opens none such.

Both walks, that of the tree and that of the reading text, rest on this.
"""

from __future__ import annotations

from convert.errors import InputError
from convert.readers.docx.xml import A, Element, M, V, W

__all__ = ["check_places"]

BETWEEN = frozenset((
    *(W + name for name in (
        "sdt", "sdtContent", "customXml", "smartTag", "dir", "bdo", "ins", "del", "moveFrom", "moveTo",
    )),
    M + "oMathPara",
))  # fmt: skip
"""Elements around content that do not count: what matters is what they stand in."""

BLOCKS = frozenset(W + name for name in ("body", "tc", "txbxContent", "footnote", "endnote"))
LINES = frozenset(W + name for name in ("p", "hyperlink", "fldSimple", "rubyBase", "rt"))
RUNS = frozenset((W + "r",))

PARENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys((W + "p", W + "tbl"), BLOCKS),
    W + "tr": frozenset((W + "tbl",)),
    W + "tc": frozenset((W + "tr",)),
    W + "trPr": frozenset((W + "tr",)),
    W + "tcPr": frozenset((W + "tc",)),
    W + "body": frozenset(),
    **dict.fromkeys((W + name for name in ("r", "hyperlink", "fldSimple")), LINES),
    **dict.fromkeys(
        (W + name for name in ("t", "delText", "instrText", "delInstrText", "fldChar", "sym", "tab", "br", "cr", "ptab",
                               "noBreakHyphen", "softHyphen", "footnoteReference", "endnoteReference", "drawing",
                               "pict", "object", "ruby")),
        RUNS,
    ),
    M + "oMath": LINES | BLOCKS,
}  # fmt: skip
"""What the elements that hold words may stand in."""

DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))


def check_places(root: Element, name: str, where: str) -> None:
    """Raise InputError where an element of a story stands in one that may not hold it."""
    for element in root.iter(*PARENTS, M + "t", W + "txbxContent", A + "graphicData", A + "blip", V + "imagedata"):
        tag = element.tag
        if element is root or _is_stop(element):
            continue
        allowed = PARENTS.get(tag)
        if allowed is None:
            fine = _has_above(element, M + "oMath" if tag == M + "t" else None)
        else:
            parent = _parent(element)
            fine = parent is not None and (parent.tag in allowed or _is_math(tag, parent))
        if not fine:
            raise InputError(
                "docx.misplaced",
                f"The part {name} is damaged: a {tag.rpartition('}')[2]} stands where none may. Open the file in a "
                "word processor and save it again.",
                where,
            )


def _parent(element: Element) -> Element | None:
    parent = element.getparent()
    while parent is not None and parent.tag in BETWEEN:
        parent = parent.getparent()
    return parent


def _is_math(tag: str, parent: Element) -> bool:
    """Whether runs of text stand in an equation, as `w:r` and `w:ins` may."""
    return tag == W + "t" and parent.tag == M + "r"


def _is_stop(element: Element) -> bool:
    """Whether a `w:tab` is a place to stop at, and no sign in a text."""
    parent = element.getparent()
    return element.tag == W + "tab" and parent is not None and parent.tag == W + "tabs"


def _has_above(element: Element, name: str | None) -> bool:
    """Whether an equation, or else a drawing, is around an element, within its paragraph."""
    for above in element.iterancestors():
        if above.tag == name or (name is None and above.tag in DRAWN):
            return True
        if above.tag in (W + "p", element.tag) and element.tag != A + "graphicData":
            return False
    return False
