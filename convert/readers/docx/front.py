"""What stands above an article's text and belongs to its metadata: title, deck, byline, section, dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from convert.readers.docx.lines import Leaf, plain
from convert.readers.docx.styles import Styles
from convert.readers.docx.xml import Element, W, first, value
from convert.tree import Author
from convert.tree import nodes as n
from convert.tree.text import block_text

__all__ = ["Front", "without_label"]

_BY = re.compile(r"\s*(?:by|von|par|por|door|av|af|przez)\s*:?\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|&|/|\band\b|\bund\b|\bet\b|\by\b|\ben\b|\bog\b|\boch\b|\be\b)\s*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d_@/]{1,60}")
LONGEST_TITLE, LONGEST_LINE, LONGEST_DATE = 400, 160, 40
OWN = ("embargo", "section", "byline", "date", "dateline", "origin", "about", "furniture")
"""Lines of this program's own pages that say what the properties of the file hold."""


class Front:
    """Takes lines into the metadata while no text of the article has come. `own`: the file is of our own making."""

    def __init__(self, *, own: bool) -> None:
        self.own = own
        self.open = True
        self.title: list[str] = []
        self.deck: list[str] = []
        self.authors: list[Author] = []
        self.published = ""
        self.embargo = ""

    def take(self, kind: str, content: tuple[n.Inline, ...]) -> str:
        """What a paragraph is, its kind given: "furniture" where the metadata hold its words."""
        text = " ".join(block_text(n.Paragraph(content)).split())
        if self.own and kind == "embargo":
            self.embargo = self.embargo or text
        if kind == "contents" or (self.own and kind in OWN):
            return "furniture"
        if not text or not self.open:
            return "" if kind in ("title", "deck", *OWN) else kind
        plain_words = all(_is_plain(part) for part in content)
        if kind == "title" and plain_words and len(text) <= LONGEST_TITLE:
            self.title.append(text)
            return "furniture"
        if kind == "deck" and plain_words:
            self.deck.append(text)
            return "furniture"
        if kind == "byline" and plain_words and self._byline(text):
            return "furniture"
        if kind == "date" and plain_words and len(text) <= LONGEST_DATE and not self.published:
            self.published = _day(text)
            return "furniture" if self.published else ""
        return "" if kind in ("title", "deck", *OWN) else kind

    def _byline(self, text: str) -> bool:
        """Take the authors out of a byline; False where it says more than names."""
        if len(text) > LONGEST_LINE:
            return False
        names = [name for name in _AND.split(_BY.sub("", text, count=1)) if name]
        if not names or any(not _NAME.fullmatch(name) or len(name.split()) > 5 for name in names):
            return False
        self.authors.extend(Author(name.strip(" .")) for name in names)
        return True


def without_label(
    paragraph: Element | None, leaves: list[Leaf], styles: Styles
) -> tuple[list[Leaf], str, set[Element]]:
    """A correction's leaves without the label that writers put before it, the date it names, and its `w:t`."""
    labelled = [
        run
        for run in (() if paragraph is None else paragraph.iterchildren(W + "r"))
        if styles.named(value(first(run, "rPr"), "rStyle") or "\0").name == "correction label"
    ]
    texts = {text for run in labelled for text in run.iterchildren(W + "t")}
    label = "".join(text.text or "" for run in labelled for text in run.iterchildren(W + "t"))
    if not label or not plain(leaves).startswith(label):
        return leaves, "", set()
    said = label.rstrip(": ").partition(" · ")[2]
    date = _day(said)
    if said and not date:
        return leaves, "", set()
    return _from(leaves, len(label)), date, texts


def _day(text: str) -> str:
    """The day that words name, empty for none."""
    if not text:
        return ""
    from convert.readers.html.metadata.dates import day_in  # only for lines that hold a date

    return day_in(text)


def _from(leaves: Sequence[Leaf], size: int) -> list[Leaf]:
    """The leaves after some characters."""
    left: list[Leaf] = []
    for node, marks in leaves:
        if size and isinstance(node, n.Text):
            cut = min(size, len(node.value))
            size -= cut
            node = n.Text(node.value[cut:])
            if not node.value:
                continue
        left.append((node, marks))
    return left


def _is_plain(part: n.Inline) -> bool:
    """Whether nothing is lost of a part if only its words are kept."""
    return not isinstance(part, n.Image) and all(_is_plain(each) for each in getattr(part, "content", ()))
