"""Moves elements of a page to where the tree has them, before tree and reading text are both made of it.

Notes go to the end, captions below their pictures and credits below those, a table's caption to its head;
what is not of the article comes out of the paragraphs and lists it stood in. Nothing is made or changed;
marks of notes and the links back go, for writers make them anew.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from convert.readers.html.elements import CREDIT, TRANSPARENT, has_letters, label_of, words_of
from convert.readers.html.notes import Notes, find_notes
from convert.readers.html.survey import Survey

__all__ = ["shape"]

LONGEST_CAPTION = 1_000
"""Elements and texts of a caption that are looked at."""


def shape(root: LexborNode, found: Survey) -> Notes:
    """Move what has to be moved below `root`, the page's body; the notes that were found."""
    notes = find_notes(found)
    dead = {node.mem_id for node in found.furniture}
    _settle_captions(found)
    known = set(notes.ids)
    for label in notes.labels:
        if label.mem_id not in dead:
            found.furniture.append(label)
            dead.add(label.mem_id)
    _part_furniture(root, [node for node in found.furniture if not _is_in(node, known)])
    found.furniture = [node for node in found.furniture if not _is_in(node, known)]
    for home in notes.homes:
        root.insert_child(home, move=True)
    for node in notes.silent:
        node.decompose()
    return notes


def _is_in(node: LexborNode, homes: set[int]) -> bool:
    """Whether an element is a note or stands in one."""
    up: LexborNode | None = node
    while up is not None:
        if up.mem_id in homes:
            return True
        up = up.parent
    return False


def _settle_captions(found: Survey) -> None:
    for caption in reversed(found.table_captions):  # the first of several comes out on top
        table = caption.parent
        if table is not None and table.first_child is not None and table.first_child.mem_id != caption.mem_id:
            table.first_child.insert_before(caption, move=True)
    for caption in found.captions:
        for credit in _credits(caption):
            caption.insert_child(credit, move=True)
        if caption.tag == "figcaption":
            _settle_in_figure(caption)


def _credits(caption: LexborNode) -> list[LexborNode]:
    """The outermost elements in a caption that name whoever took the picture, if other words follow them."""
    found: list[LexborNode] = []
    node = caption.first_child
    path: list[LexborNode] = []
    after = False  # whether letters stand after a credit
    left = LONGEST_CAPTION  # captions may stand in one another
    while (node is not None or path) and left:
        left -= 1
        if node is None:
            node = path.pop().next
            continue
        if node.is_text_node:
            after = after or (bool(found) and has_letters(node.text_content or ""))
        elif node.is_element_node:
            if CREDIT.search(label_of(node.attributes)):
                found.append(node)
            elif node.first_child is not None:
                path.append(node)
                node = node.first_child
                continue
        node = node.next
    return found if after else []


def _settle_in_figure(caption: LexborNode) -> None:
    """Put a figure's caption below its pictures, or above its table."""
    figure = caption.parent
    while figure is not None and figure.tag in ("div", "span", "a"):
        figure = figure.parent
    if figure is None or figure.tag != "figure":
        return
    before = caption.prev
    while before is not None:  # whoever took the picture, named above its caption
        credit, before = before, before.prev
        if credit.is_element_node and CREDIT.search(label_of(credit.attributes)) and credit.css_first("img") is None:
            caption.insert_after(credit, move=True)
    if figure.css_first("img, video, iframe, picture") is None and figure.css_first("table") is not None:
        if figure.first_child is not None and figure.first_child.mem_id != caption.mem_id:
            figure.first_child.insert_before(caption, move=True)
        return
    node: LexborNode | None = caption
    while node is not None and node.mem_id != figure.mem_id:
        after = node.next
        while after is not None:
            if after.tag in ("img", "picture", "video", "iframe", "blockquote", "pre") or (
                after.is_element_node and after.css_first("img, picture, video, iframe, blockquote, pre") is not None
            ):
                figure.insert_child(caption, move=True)
                return
            after = after.next
        node = node.parent


def _part_furniture(root: LexborNode, furniture: list[LexborNode]) -> None:
    """Move each element that is not of the article below the outermost block that it would cut in two."""
    last: dict[int, LexborNode] = {}
    for node in furniture:
        anchor: LexborNode | None = None
        up = node.parent
        while up is not None and up.mem_id != root.mem_id:
            if up.tag not in TRANSPARENT:
                anchor = up
            up = up.parent
        if anchor is not None and up is not None and words_of(node):
            place = last.get(anchor.mem_id, anchor)
            place.insert_after(node, move=True)
            last[anchor.mem_id] = node
