"""Footnotes: which links are marks of notes, which elements are the notes, and what of both is no words of theirs.

Known forms: role=doc-noteref (DPUB-ARIA), `<sup><a href="#fn1">`, Word's `_ftn1`, and the lists of WordPress,
Substack and Wikipedia.
"""

from __future__ import annotations

import re

from msgspec import Struct, field
from selectolax.lexbor import LexborNode

from convert.readers.html.elements import words_of
from convert.readers.html.survey import Survey
from convert.tree.text import letters

__all__ = ["Notes", "find_notes"]

_MARK = re.compile(
    r"[\[(]?\s*(?:note |fn\.? ?|nb |lower-alpha )?(?:\d{1,3}|[*†‡§¶]{1,4}|[a-z]{1,2}|[ivxl]{1,5})\s*[\])]?\.?",
    re.IGNORECASE,
)
_REF_NAME = re.compile(
    r"(?:^|[\s_-])(?:foot|end)?notes?-?(?:ref|anchor|link)?(?:$|[\s_-])|footnote|noteref|reference", re.IGNORECASE
)
_BACK = re.compile(
    r"[\s↩︎\ufe0e⏎↑^←⬆▲«\[\]().]*(?:jump up(?: to)?|back(?: to (?:text|content|article|top))?|return to text|"
    r"\d{1,3}|[a-z*†‡§]{0,3})[\s:↩\ufe0e↑^\[\]().,]*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:foot|end)?notes?|references|sources|notes and references|fu(?:ß|ss)noten|anmerkungen|einzelnachweise|"
    r"notes de bas de page|références|notas(?: al pie)?|referencias|referências|note|noter|referenser|voetnoten|"
    r"przypisy|примечания|сноски|脚注|注释",
    re.IGNORECASE,
)

_HOMES = frozenset(("li", "p", "dd", "div", "aside", "section", "td"))
"""Elements that may be a note."""

LONGEST = 4_000
"""Letters of a note: what is longer is a part of the article with an id."""


class Notes(Struct):
    """The notes of a page. Marks are by the `mem_id` of the outermost element that holds nothing else."""

    marks: dict[int, str] = field(default_factory=dict)
    """The id of the note for each mark in the text."""
    homes: list[LexborNode] = field(default_factory=list)
    """The elements that are notes, in the order of the page."""
    ids: dict[int, str] = field(default_factory=dict)
    """The id of each, by `mem_id`."""
    silent: list[LexborNode] = field(default_factory=list)
    """Links back and numbers in notes: writers make them anew."""
    labels: list[LexborNode] = field(default_factory=list)
    """Headings that say that notes follow."""


def find_notes(found: Survey) -> Notes:
    """The notes of a page that has been looked over; only those that a mark leads to."""
    notes = Notes()
    by_home: dict[int, LexborNode] = {}
    marks: list[tuple[LexborNode, LexborNode, str]] = []
    dead = {node.mem_id for node in found.furniture}
    for anchor, target in found.anchors:
        text = words_of(anchor)
        if len(text) > 12 or not _MARK.fullmatch(text) or not _is_mark(anchor, target):
            continue
        if anchor.mem_id in dead or any(up.mem_id in dead for up in _above(anchor)):
            continue  # what is not of the article has no notes
        place = found.ids.get(target)
        if place is not None and found.places[place.mem_id] < found.places[anchor.mem_id]:
            continue  # a link back
        home = _home(place) if place is not None else None
        if home is None or _holds(home, anchor) or not _is_note(home):
            continue
        marks.append((anchor, home, target))
        by_home[home.mem_id] = home
    inner = {node.mem_id for _, home, _ in marks for node in _above(home)} & set(by_home)
    within = {home.mem_id for home in by_home.values() if any(up.mem_id in by_home for up in _above(home))}
    for anchor, home, target in marks:
        key = home.mem_id
        if key in inner or key in within or any(up.mem_id in by_home for up in _above(anchor)):
            continue  # notes within notes: leave such a page alone
        if key not in notes.ids:
            notes.ids[key] = target
            notes.homes.append(home)
        notes.marks[_outermost(anchor).mem_id] = notes.ids[key]
    for home in notes.homes:
        _silence(home, notes)
    if notes.homes:
        _label(notes)
    return notes


def _is_mark(anchor: LexborNode, target: str) -> bool:
    """Whether a short link within the page is a mark: raised, or named so."""
    attributes = anchor.attributes
    role = f"{attributes.get('role') or ''} {attributes.get('epub:type') or ''}"
    if "noteref" in role:
        return True
    if "backlink" in role:
        return False
    if any(up.tag == "sup" for up in _above(anchor, 2)) or anchor.css_first("sup") is not None:
        return True
    parent = anchor.parent
    around = parent.attributes.get("class") if parent is not None else ""
    names = f"{attributes.get('class') or ''} {attributes.get('name') or ''} {around or ''}"
    return bool(_REF_NAME.search(names)) or target.startswith(("_ftn", "fn", "_edn", "footnote", "cite_note"))


def _home(place: LexborNode) -> LexborNode | None:
    """The element that is the note which an id names."""
    if place.tag in _HOMES:
        return place
    for up in _above(place, 4):
        if up.tag in _HOMES:
            return up if up.tag != "td" else None
    return None


def _is_note(home: LexborNode) -> bool:
    text = words_of(home)
    return 2 < len(letters(text)) <= LONGEST


def _above(node: LexborNode, most: int = 600) -> list[LexborNode]:
    found: list[LexborNode] = []
    up = node.parent
    while up is not None and len(found) < most:
        found.append(up)
        up = up.parent
    return found


def _holds(home: LexborNode, node: LexborNode) -> bool:
    return any(up.mem_id == home.mem_id for up in _above(node))


def _outermost(anchor: LexborNode) -> LexborNode:
    """The highest inline element around a mark that holds nothing but it."""
    best, size = anchor, letters(words_of(anchor))
    for up in _above(anchor, 3):
        if up.tag not in ("sup", "span", "small", "cite", "b", "strong", "i", "em") or letters(words_of(up)) != size:
            break
        if len(up.css("a")) > 1:
            break
        best = up
    return best


def _silence(home: LexborNode, notes: Notes) -> None:
    """Find the links back, and the number that a note begins with."""
    for link in home.css("a[href]"):
        href = link.attributes.get("href") or ""
        names = f"{link.attributes.get('role') or ''} {link.attributes.get('class') or ''}"
        if ("#" in href and _BACK.fullmatch(words_of(link))) or "backlink" in names or "backref" in names:
            notes.silent.append(_outermost(link))
    for link in home.css(".mw-cite-backlink"):
        notes.silent.append(link)
    first = home.first_child
    while first is not None and (first.tag == "p" or (first.is_text_node and not (first.text_content or "").strip())):
        first = first.first_child if first.tag == "p" else first.next
    if (
        first is not None
        and first.tag in ("sup", "span", "b", "strong")
        and re.fullmatch(r"\W*\d{1,3}\W*", words_of(first))
    ):
        notes.silent.append(first)


def _label(notes: Notes) -> None:
    """The heading right above the first note, or above the list that it is in."""
    node: LexborNode | None = notes.homes[0]
    for _ in range(4):
        before = node.prev if node is not None else None
        while before is not None and (not before.is_element_node or before.tag == "hr"):
            if before.is_text_node and (before.text_content or "").strip():
                return
            before = before.prev
        if before is not None:
            if before.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div") and _LABEL.fullmatch(
                words_of(before).strip(" :[]")
            ):
                notes.labels.append(before)
            return
        node = node.parent if node is not None else None
        if node is None or node.tag in ("body", "article", "main"):
            return
