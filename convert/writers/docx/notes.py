"""Notes as Word's own footnotes.

Word numbers footnotes by their references and has one reference each, none within notes. A second
reference points to the first; a note without a reference in the text is printed after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from convert.tree import nodes as n
from convert.tree.walk import walk
from convert.writers.docx.xml import ROOT_NAMESPACES, Element, element_root, q, string, w

__all__ = ["NoteBook", "footnote", "footnotes_root", "is_note_text", "loose_bookmark", "reference_bookmark"]

SEPARATORS = ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))


class NoteBook:
    """Which number each note has, and which of them are footnotes."""

    def __init__(self, notes: tuple[n.Note, ...], blocks: Iterable[n.Block]) -> None:
        """`blocks` are those of the page, in the order in which they are set."""
        self.notes = {note.id: note for note in notes}
        self.numbers: dict[str, int] = {}
        self.repeated: set[str] = set()
        self.placed: set[str] = set()
        """The notes whose footnote reference has been set."""
        for key in (reference.note for block in blocks for reference in _of(block)):
            if key in self.numbers:
                self.repeated.add(key)
            elif key in self.notes:
                self.numbers[key] = len(self.numbers) + 1
        self.repeated.update(node.note for note in notes for node in _of(note) if node.note in self.numbers)
        self.footnotes = tuple(self.notes[key] for key in self.numbers)
        self.loose = tuple(note for key, note in self.notes.items() if key not in self.numbers)
        for note in self.loose:
            self.numbers[note.id] = len(self.numbers) + 1

    def is_footnote(self, key: str) -> bool:
        """Whether a note stands at the foot of a page."""
        return self.numbers.get(key, 0) in range(1, len(self.footnotes) + 1)


def reference_bookmark(number: int) -> str:
    """The id of the place around a footnote's reference, for those that point to it."""
    return f"reference of note {number}"


def is_note_text(block: Element) -> bool:
    """Whether a block is a paragraph that may begin with the note's number: code and tables may not."""
    style = block.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    return style is not None and style.get(q("w:val")) == "FootnoteText"


def loose_bookmark(number: int) -> str:
    """The id of the place where a note without a reference in the text is printed."""
    return f"note {number}"


def footnotes_root() -> Element:
    """The root of footnotes.xml with the two lines that stand above footnotes."""
    root = element_root("w:footnotes", ROOT_NAMESPACES)
    for number, kind, line in SEPARATORS:
        spacing = w("spacing", before=0, after=0, line=240, lineRule="auto")
        paragraph = w("p", w("pPr", spacing), w("r", w(line)))
        root.append(w("footnote", paragraph, type=kind, id=number))
    return root


def footnote(number: int, blocks: list[Element]) -> Element:
    """A footnote, its number put before its first words."""
    mark = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
    space = w("r", string(" "))
    if not blocks or not is_note_text(blocks[0]):
        blocks = [w("p", w("pPr", w("pStyle", val="FootnoteText"))), *blocks]
    first = blocks[0]
    at = 1 if len(first) and first[0].tag == q("w:pPr") else 0
    first[at:at] = [mark, space]
    return w("footnote", *blocks, id=number)


def _of(root: n.Node) -> Iterator[n.NoteReference]:
    return (node for node in walk(root) if isinstance(node, n.NoteReference))
