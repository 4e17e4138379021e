"""The walk over a page: what is open, the current line, and how both become blocks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from convert.readers.html.addresses import Addresses
from convert.readers.html.elements import MARKS
from convert.readers.html.frames import Frame, Piece, settled
from convert.readers.html.lines import Leaf, Mark, Picture, nested, split_at_breaks
from convert.readers.pictures import Pictures
from convert.report import Report
from convert.tree import nodes as n

__all__ = ["INLINE", "SKIP", "Attributes", "Close", "Core", "is_blank", "language_of", "nothing"]

Attributes = Mapping[str, str | None]
Close = Callable[[], None]

MAX_FRAMES: Final = 40
"""Blocks that may stand in one another: with rows and cells that is below the tree's 100 levels."""

INLINE = frozenset(
    (*MARKS, "span", "a", "bdi", "bdo", "font", "small", "time", "abbr", "code", "q", "u", "mark", "ins")
)
"""Elements whose language and direction their own nodes carry."""


ROLES: Mapping[str, n.Role] = {"lede": "lede", "question": "question", "answer": "answer"}
"""Classes of paragraphs that say what they are."""

_KEEPS_LINES = frozenset(("cell", "item", "description", "caption", "credit"))
"""Frames whose lines stand below one another in one paragraph."""


def nothing() -> None:
    """What the end of an element does that needs nothing done."""


def SKIP() -> None:  # noqa: N802
    """Said of an element whose content is not looked at."""


class Core(ABC):
    """The state of one page's reading.

    `furniture` are the elements that are not of the article; `marks` and `notes` name, by element, the note
    that a mark leads to and the id of a note; `targets` are the ids that links lead to.
    """

    def __init__(
        self, addresses: Addresses, pictures: Pictures, report: Report, where: str, *,
        furniture: frozenset[int] = frozenset(), marks: Mapping[int, str] = {}, notes: Mapping[int, str] = {},
        targets: frozenset[str] = frozenset(), language: str = "",
    ) -> None:  # fmt: skip
        self.addresses = addresses
        self.pictures = pictures
        self.report = report
        self.where = where
        self.furniture = furniture
        self.note_marks = marks
        self.note_ids = notes
        self.targets = targets
        self.language = language
        self.told: dict[int, str] = {}
        self.notes: list[n.Note] = []
        self.elements: dict[int, n.Block] = {}
        self.frame = Frame("root")
        self.stack: list[Frame] = []
        self.marks: list[Mark] = []
        self.open_marks: tuple[Mark, ...] = ()
        self.line_attrs: n.Attrs | None = None
        self.role: n.Role = "body"
        self.keeps_lines = False
        self.context: tuple[str, str] = ("", "")  # language and direction that blocks inherit

    def build(self, root: LexborNode) -> tuple[n.Block, ...]:
        """The blocks below `root`."""
        node: LexborNode | None = root.first_child
        path: list[tuple[LexborNode, Close]] = []
        while node is not None or path:
            if node is None:
                node, close = path.pop()
                close()
                node = node.next
                continue
            if node.is_text_node:
                self.frame.line.text(node.text_content or "", self.open_marks)
            elif node.is_element_node:
                close = self.enter(node)
                if close is not SKIP:
                    child = node.first_child
                    if child is not None:
                        path.append((node, close))
                        node = child
                        continue
                    close()
            node = node.next
        self.flush()
        return tuple(settled(self.frame.pieces, self.told))

    def _in_context(self, attributes: Attributes, close: Close) -> Close:
        before = self.context
        language, direction = language_of(attributes), (attributes.get("dir") or "").lower()
        self.context = (language or before[0], direction if direction in ("ltr", "rtl") else before[1])
        if self.line_attrs is None:
            self.line_attrs = self._attrs({})
            given = True
        else:
            given = False

        def leave() -> None:
            close()
            self.context = before
            if given:
                self.line_attrs = None

        return leave

    def _attrs(self, attributes: Attributes) -> n.Attrs | None:
        """Id, language and direction of a block: its own, or those it inherits and the article does not have."""
        name = attributes.get("id") or ""
        name = name if name in self.targets else ""
        language = language_of(attributes) or self.context[0]
        direction = (attributes.get("dir") or "").lower() or self.context[1]
        return self._made(name, language, direction)

    def _made(self, name: str, language: str, direction: str) -> n.Attrs | None:
        language = "" if language.lower() == self.language.lower() else language
        way = direction if direction in ("ltr", "rtl") else None
        return n.Attrs(name, language, way) if name or language or way else None  # type: ignore[arg-type]

    @abstractmethod
    def enter(self, node: LexborNode) -> Close:
        """Begin an element; what to do at its end, or SKIP."""

    def flush(self) -> None:
        """End the current line: its leaves become paragraphs, figures, or the content of a heading."""
        frame = self.frame
        if not frame.line.leaves:
            frame.line.spaced = True
            return
        leaves = frame.line.take()
        if frame.kind in ("heading", "term"):
            frame.line.leaves = [*leaves, (n.Text(" "), ())]
            return
        for run in split_at_breaks(leaves, single=not self.keeps_lines and frame.kind not in _KEEPS_LINES):
            self._paragraph(run)

    def _paragraph(self, run: list[Leaf]) -> None:
        """A paragraph of a run of leaves; pictures at its two ends are figures of their own."""
        first, last = 0, len(run)
        while first < last and (_is_large(run[first]) or is_blank(run[first])):
            first += 1
        while last > first and (_is_large(run[last - 1]) or is_blank(run[last - 1])):
            last -= 1
        pieces = self.frame.pieces
        pieces.extend(node for node, _ in run[:first] if isinstance(node, Picture))
        content = nested(run[first:last], self.told)
        if content:
            pieces.append(n.Paragraph(content, self.role, attrs=self._once()))
        pieces.extend(node for node, _ in run[last:] if isinstance(node, Picture))

    def _once(self) -> n.Attrs | None:
        """What the current block says of its paragraphs; the id goes to the first only."""
        attrs = self.line_attrs
        if attrs is not None and attrs.id:
            self.line_attrs = self._made("", attrs.language, attrs.direction or "")
        return attrs

    def _open(self, frame: Frame) -> bool:
        """Begin a frame; False where too many are open, and the element's content goes into the current one."""
        self.flush()
        if len(self.stack) >= MAX_FRAMES:
            self.report.add(
                "html.depth", "loss", "Some elements nest too deeply; only their text was kept.", self.where
            )
            return False
        self.stack.append(self.frame)
        self.frame = frame
        return True

    def _pop(self) -> Frame:
        """End the current frame."""
        self.flush()
        frame, self.frame = self.frame, self.stack.pop()
        return frame

    def _put(self, *pieces: Piece) -> None:
        self.frame.pieces.extend(pieces)

    def _content(self, frame: Frame) -> tuple[n.Inline, ...]:
        """The content of a frame that holds one line."""
        return nested(frame.line.take(), self.told)

    def _as_line(self, frame: Frame) -> tuple[tuple[n.Inline, ...], list[n.Block]]:
        """The paragraphs that a frame begins with as one line, and the blocks after them."""
        content: tuple[n.Inline, ...] = ()
        rest: list[n.Block] = []
        for block in settled(frame.pieces, self.told):
            if isinstance(block, n.Paragraph) and not rest and block.role == "body":
                content = (*content, n.Break(), *block.content) if content else block.content
            else:
                rest.append(block)
        return content, rest

    def _block(self, node: LexborNode, attributes: Attributes) -> Close:
        self.flush()
        attrs = self._attrs(attributes)
        names = (attributes.get("class") or "").split() if node.tag == "p" else ()
        role = next((ROLES[name] for name in names if name in ROLES), None)
        if attrs is None and role is None and "lines" not in names:
            return self.flush
        before = self.line_attrs, self.role, self.keeps_lines
        self.line_attrs, self.role = attrs or self.line_attrs, role or self.role
        self.keeps_lines = self.keeps_lines or "lines" in names

        def leave() -> None:
            self.flush()
            self.line_attrs, self.role, self.keeps_lines = before

        return leave


def is_blank(leaf: Leaf) -> bool:
    node = leaf[0]
    return isinstance(node, n.Break) or (isinstance(node, n.Text) and not node.value.strip())


def _is_large(leaf: Leaf) -> bool:
    return isinstance(leaf[0], Picture) and not leaf[0].small


def language_of(attributes: Attributes) -> str:
    """A language tag that looks like one (BCP 47)."""
    value = (attributes.get("lang") or attributes.get("xml:lang") or "").strip().replace("_", "-")
    parts = value.split("-")
    plain = value.isascii() and 2 <= len(parts[0]) <= 8 and all(part.isalnum() and len(part) <= 8 for part in parts)
    return value if plain and parts[0].isalpha() and parts[0].lower() != "und" else ""
