"""The reading text of a Word file: its runs in their order, by the policy for tracked changes.

This walk goes over the XML as it came, before changes are settled, and knows nothing of the tree. What is no
text of a run (the number of an item, a picture's description) is asked for by element when the tree is made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from convert.readers.docx.changes import NEW, OLD, Policy, next_joined
from convert.readers.docx.fields import FieldState
from convert.readers.docx.styles import Style, Styles, is_hidden
from convert.readers.docx.symbols import symbol
from convert.readers.docx.xml import WP, A, Element, M, V, W, first, is_placeholder, text_of

__all__ = ["Words"]

NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
SIGNS = {
    W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}  # fmt: skip
WORDLESS = frozenset(
    W + name
    for name in (
        "rPr", "pPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "instrText", "delInstrText",
        "rt", "altChunk",
    )
)  # fmt: skip

APART = frozenset((WP + "anchor", W + "txbxContent", A + "graphicData", W + "tbl"))
"""What stands beside the paragraph that holds it, not in its line."""

Part = str | Element


class Words:
    """Collects the words of one file, and joins them when the tree can say what they lack."""

    def __init__(
        self, styles: Styles, policy: Policy, notes: Mapping[tuple[str, str], Element],
        other: Callable[[Element], list[str]],
    ) -> None:  # fmt: skip
        self.styles = styles
        gone = ("ins", "moveTo") if policy == "reject" else ("del", "moveFrom")
        self.gone = frozenset(W + name for name in gone)
        self.marks_gone = NEW if policy == "reject" else OLD
        self.row_gone = W + gone[0]
        self.cell_gone = W + ("cellIns" if policy == "reject" else "cellDel")
        self.rejects = policy == "reject"
        self.notes = notes
        self.other = other
        self.parts: list[Part] = []
        self.asked: dict[tuple[str, str], None] = {}
        self.fields = FieldState()
        self.style = Style()
        self.later: list[Element] | None = None
        """What stands beside the current paragraph; None outside of paragraphs."""
        self.carried: list[Element] = []

    def collect(self, body: Element) -> None:
        """Take in the words below a body, then those of the notes that it refers to, in that order."""
        self._below(body)
        done = 0
        while done < len(self.asked):
            key = list(self.asked)[done]
            done += 1
            if key in self.notes:
                self.fields = FieldState()
                self._below(self.notes[key])

    def text(self, told: Mapping[Element, str], silent: Collection[Element]) -> str:
        """The reading text: what was collected, without the runs that say what the tree says without words."""
        made: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                made.append(part)
            elif part.tag in (W + "t", W + "delText"):
                made.append("" if part in silent else text_of(part))
            elif part in told:
                made.append(f"{told[part]} ")
        return "".join(made)

    def _below(self, element: Element) -> None:
        for child in element:
            self._visit(child)

    def _visit(self, element: Element) -> None:
        tag = element.tag
        if tag == W + "p":
            self._paragraph(element)
        elif tag == W + "r":
            if not is_hidden(element, self.style, self.styles):
                self._below(element)
        elif tag == W + "fldChar":
            self.fields.meet(element)
        elif tag in WORDLESS or tag in self.gone:
            return
        elif tag == W + "sdt":
            content = first(element, "sdtContent")
            if content is not None and not is_placeholder(element):
                self._below(content)
        elif self._is_gone(element):
            return
        elif tag in APART:
            self._apart(element)
        elif not self.fields.hides:
            self._leaf(element, tag)
        else:
            self._below(element)

    def _leaf(self, element: Element, tag: str) -> None:
        """What is shown: text, signs, notes, and what is told of elements."""
        if tag in (W + "t", A + "blip", V + "imagedata") or (self.rejects and tag == W + "delText"):
            self.parts.append(element)
        elif tag in SIGNS:
            self.parts.append(SIGNS[tag])
        elif tag == W + "sym":
            self.parts.append(symbol(element) or "")
        elif tag == M + "t":
            self.parts.append(element.text or "")
        elif tag in NOTES:
            self.asked.setdefault((NOTES[tag], element.get(W + "id") or ""))
        elif tag != W + "delText":
            self._below(element)

    def _paragraph(self, element: Element) -> None:
        if self.later is not None:  # a paragraph within another, which no schema allows
            self.later.extend([] if self.fields.hides else [element])
            return
        style, self.style = self.style, self.styles.paragraph(first(element, "pPr"))
        self.later, self.carried = self.carried, []
        self.parts.extend(("\n", element))
        self._below(element)
        self.fields.paragraph_ends()
        found, self.later = self.later, None
        if next_joined(element, self.marks_gone) is not None:
            self.carried = found
        else:
            for each in found:
                self.parts.append("\n")
                self._visit(each)
        self.style = style

    def _apart(self, element: Element) -> None:
        """What stands beside its paragraph comes after it; a picture in the line is none of that."""
        said = self.other(element) if element.tag == A + "graphicData" else []
        beside = element.tag != A + "graphicData" or bool(said)
        if self.later is None or not beside:
            self.parts.extend(f"\n{text}" for text in said if not self.fields.hides)
            self._below(element)
        elif not self.fields.hides:
            self.later.append(element)

    def _is_gone(self, element: Element) -> bool:
        """Whether a row or a cell of a table was taken out."""
        if element.tag not in (W + "tr", W + "tc"):
            return False
        name, mark = ("trPr", self.row_gone) if element.tag == W + "tr" else ("tcPr", self.cell_gone)
        properties = first(element, name)
        return properties is not None and any(child.tag == mark for child in properties)
