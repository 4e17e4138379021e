"""The body of a NITF item as HTML: paragraphs, headings, lists, tables, media and notes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from convert.readers.assembly import plain
from convert.readers.xml_markup import inner_markup, local, plain_text

__all__ = [
    "body_html", "children", "content_of", "holders",
    "is_not_for_publication", "is_shown", "lost_media", "notes_to_desk",
    "parts_of", "said", "settle_fractions",
]  # fmt: skip

TAGS = {
    "p": "p", "hl1": "h2", "hl2": "h3", "block": "div", "bq": "blockquote", "credit": "cite", "em": "em", "q": "q",
    "ol": "ol", "ul": "ul", "li": "li", "dl": "dl", "dt": "dt", "dd": "dd", "a": "a", "br": "br", "hr": "hr",
    "pre": "pre", "sub": "sub", "sup": "sup", "lang": "span", "table": "table", "caption": "caption", "thead": "thead",
    "tbody": "tbody", "tfoot": "tfoot", "tr": "tr", "th": "th", "td": "td", "fn": "div", "tagline": "p",
    "body.content": "div", "datasource": "p", "strong": "strong", "b": "b", "i": "i", "u": "u", "s": "s", "h1": "h2",
    "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6", "figure": "figure", "figcaption": "figcaption",
    "img": "img", "blockquote": "blockquote", "div": "div", "iframe": "iframe", "note": "aside",
}  # fmt: skip
"""NITF's elements (DTD 3.1 to 3.6) and those of HTML that systems put among them. Names, places and other enriched
text keep their words alone."""

_ATTRIBUTES = frozenset(("href", "src", "alt", "title", "colspan", "rowspan", "align", "start", "lang", "id", "class"))
_AUDIBLE = ("video", "audio")


def children(element: Element | None, name: str) -> Iterator[Element]:
    """All elements of a local name below an element; what a note from desk to desk holds is none but notes."""
    waiting = [element] if element is not None else []
    while waiting:
        one = waiting.pop()
        if local(one) == name:
            yield one
        if name == "note" or not _is_desks(one):
            waiting.extend(reversed(one))


def said(element: Element | None) -> str:
    """The words of an element as one line, without the notes from desk to desk that stand in it."""
    return " ".join("".join(_texts(element)).split()) if element is not None else ""


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not _is_desks(child):
            yield from _texts(child)
        yield child.tail or ""


def _is_desks(element: Element) -> bool:
    return local(element) == "note" and is_not_for_publication(element)


def parts_of(root: Element, *names: str) -> list[Element]:
    """The parts of the body itself, in order: notes have a body.content of their own."""
    return [part for part in next(children(root, "body"), ()) if local(part) in names]


def content_of(root: Element) -> list[Element]:
    """The text of an item and the lines at its end."""
    return parts_of(root, "body.content", "body.end")


def is_not_for_publication(note: Element) -> bool:
    """Whether a note is from desk to desk (DTD: type npa, a non-publishable advisory)."""
    return note.get("type") == "npa" or (note.get("noteclass") == "editorsnote" and note.get("type") != "pa")


def is_shown(note: Element) -> bool:
    """Whether a note above the text is for readers."""
    return not is_not_for_publication(note) and note.get("noteclass") not in ("cpyrt", "trademk")


def notes_to_desk(root: Element) -> Iterator[str]:
    """The notes that are not for publication."""
    for note in children(root, "note"):
        if is_not_for_publication(note):
            yield plain_text(note)


def settle_fractions(root: Element) -> None:
    """Write fractions out where they stand, "1 1/2", for an element's words alone would be "112"."""
    for parent in root.iter():
        before = parent.text or ""
        for child in parent:
            if local(child) == "frac":
                sides = [plain_text(next(children(child, name), None)) for name in ("frac-num", "frac-den")]
                if all(sides):
                    for part in list(child):
                        child.remove(part)
                    child.text = f"{' ' if before[-1:].isdigit() else ''}{'/'.join(sides)}"
            before = child.tail or ""


def lost_media(content: Element) -> list[str]:
    """What is said of pictures, films and sounds for readers of which the item has no file that can be taken."""
    found: list[str] = []
    waiting = [content]
    while waiting:
        one = waiting.pop()
        if local(one) == "media" and not _offered(one):
            held = next(children(one, "media-object"), None) is not None
            words = _words(one, "media-caption")[:200]
            found.append(
                f"{'A file within the item' if held else 'A file'} of the kind “{_kind(one)[:60]}” was left out"
                + (f": “{html.unescape(words)}”." if words else ".")
            )
        elif not _is_desks(one):
            waiting.extend(reversed(one))
    return found


def body_html(content: Element) -> str:
    """The content of `body.content` or `body.end`, its notes to the desk left out: the metadata have them."""
    return inner_markup(content, _renamed)


def _renamed(element: Element) -> tuple[str, dict[str, str]] | str | None:
    name = local(element)
    if name == "media":
        return _media(element)
    if _is_desks(element):
        return ""
    if name in ("media-metadata", "media-object", "col", "colgroup", "nitf-table-metadata", "nitf-col"):
        return ""
    if name not in TAGS:
        return None
    attributes = {
        key.rpartition("}")[2]: value for key, value in element.attrib.items() if key.rpartition("}")[2] in _ATTRIBUTES
    }
    if name == "ol" and "seqnum" in element.attrib:
        attributes["start"] = element.attrib["seqnum"]
    return TAGS[name], attributes


def _media(media: Element) -> str:
    """A picture with caption and producer; films and sounds become cards."""
    offered = _offered(media)
    words = [_words(media, name) for name in ("media-caption", "media-producer")]
    if _kind(media) in _AUDIBLE:
        shown = f'<iframe src="{html.escape(_address(offered[0]))}"></iframe>' if offered else ""
    else:
        best = max(offered, key=_fitness, default=None)
        alt = best.get("alternate-text", "") if best is not None else ""
        shown = f'<img src="{html.escape(_address(best))}" alt="{html.escape(alt)}">' if best is not None else ""
    credit = f'<span class="credit">{words[1]}</span>' if words[1] else ""
    caption = f"<figcaption>{words[0]} {credit}</figcaption>" if words[0] or credit else ""
    return f"<figure>{shown}{caption}</figure>"


def holders(content: Element) -> Iterator[tuple[str, str]]:
    """Who holds the rights to the pictures of a text: their addresses with names."""
    for media in children(content, "media"):
        for one in children(media, "media-metadata"):
            if re.fullmatch(r"(copyright|rights)[-_. ]?(holder|owner)?", one.get("name", "").strip().lower()):
                yield from ((_address(reference), plain(one.get("value"))) for reference in _offered(media))


def _words(media: Element, name: str) -> str:
    return "<br>".join(html.escape(said(one), quote=False) for one in children(media, name) if said(one))


def _address(reference: Element) -> str:
    return (reference.get("source") or reference.get("data-location") or "").strip()


def _kind(media: Element) -> str:
    return media.get("media-type", "image").lower()


def _offered(media: Element) -> list[Element]:
    """The files of a medium that can be taken."""
    found = [one for one in children(media, "media-reference") if _address(one)]
    return found if _kind(media) in _AUDIBLE else [one for one in found if _mime(one).startswith("image")]


def _mime(reference: Element) -> str:
    return reference.get("mime-type", "image/jpeg").lower()


def _fitness(reference: Element) -> tuple[bool, int]:
    """What browsers show comes before TIFF, which is converted; then the widest."""
    width = reference.get("width", "").strip()
    return "tiff" not in _mime(reference), int(width) if width.isdecimal() and len(width) < 6 else 0
