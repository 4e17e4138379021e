"""Pandoc's inlines as those of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import structs

from convert.readers.html.addresses import Addresses
from convert.readers.pandoc import api
from convert.readers.pandoc.words import note_again
from convert.readers.pictures import Pictures
from convert.report import Report, Severity
from convert.tree import nodes as n
from convert.tree.build import inlines

__all__ = ["Inlines", "alt_of"]

MARKS: dict[type, type[n.Emphasis | n.Strong | n.Strikethrough | n.Superscript | n.Subscript]] = {
    api.Emph: n.Emphasis, api.Strong: n.Strong, api.Strikeout: n.Strikethrough,
    api.Superscript: n.Superscript, api.Subscript: n.Subscript,
}  # fmt: skip

PLAINED: dict[type, tuple[str, Severity, str]] = {
    api.Underline: ("style", "info", "Underlining and small capitals are not kept; their words are."),
    api.SmallCaps: ("style", "info", "Underlining and small capitals are not kept; their words are."),
    api.Cite: ("cite", "info", "Citations are kept as the words that are printed for them."),
}
"""Nodes whose words alone are kept, and what is said of it."""

QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_LINES = re.compile(r"[\r\n]+")


class Inlines:
    """Makes inlines. `targets` are the ids that links lead to; `notes` gathers the content of notes."""

    def __init__(self, pictures: Pictures, targets: frozenset[str], report: Report, where: str) -> None:
        self.pictures = pictures
        self.targets = targets
        self.report = report
        self.where = where
        self.addresses = Addresses("")
        self.notes: list[list[api.Block]] = []

    def say(self, code: str, severity: Severity, text: str) -> None:
        """Report something."""
        self.report.add(f"pandoc.{code}", severity, text, self.where)

    def attrs(self, attr: api.Attr) -> n.Attrs | None:
        """Id, language and direction."""
        name, _, pairs = attr
        given = dict(pairs)
        language, direction = given.get("lang", ""), given.get("dir", "")
        made = n.Attrs(
            name if name in self.targets else "",
            language if _LANGUAGE.fullmatch(language) and len(language) <= 35 else "",
            "rtl" if direction == "rtl" else "ltr" if direction == "ltr" else None,
        )
        return made if made != n.Attrs() else None

    def inlines(self, parts: Iterable[api.Inline]) -> tuple[n.Inline, ...]:
        """Inlines, neighbouring texts joined."""
        made: list[n.Inline] = []
        for part in parts:
            made.extend(self._inline(part))
        return inlines(made)

    def title(self, parts: Iterable[api.Inline]) -> tuple[n.Inline, ...]:
        """Inlines of a heading, which holds no line break and no picture."""
        return inlines(_in_line(self.inlines(parts), self))

    def _inline(self, part: api.Inline) -> tuple[n.Inline, ...]:
        match part:
            case api.Str(c=value):
                return (n.Text(_LINES.sub(" ", value)),)
            case api.Space() | api.SoftBreak():
                return (n.Text(" "),)
            case api.LineBreak():
                return (n.Break(),)
            case api.Code(c=(attr, value)):
                return (n.CodeSpan(_LINES.sub(" ", value), attrs=self.attrs(attr)),)
            case api.Math(c=(_, value)):
                self.say("math", "loss", "A formula stands in the article as its TeX code.")
                return (n.CodeSpan(_LINES.sub(" ", value)),)
            case api.Quoted(c=(kind, content)):
                before, after = QUOTES.get(kind.t, ("“", "”"))
                return (n.Text(before), *self.inlines(content), n.Text(after))
            case api.Cite(c=(_, content)):
                self.say(*PLAINED[api.Cite])
                return self.inlines(content)
            case api.Underline(c=content) | api.SmallCaps(c=content):
                self.say(*PLAINED[type(part)])
                return self.inlines(content)
            case api.Note(c=content):
                self.notes.append(content)
                return (n.NoteReference(str(len(self.notes))),)
            case api.Link(c=(attr, content, (address, title))):
                return self._link(attr, self.inlines(content), address, title)
            case api.Image(c=(attr, alt, (address, title))):
                return self._image(attr, alt_of(alt), address, title)
            case api.Span():
                return self._span(part)
            case api.RawInline(c=(_, value)):  # the shaper has made code of these
                return (n.CodeSpan(_LINES.sub(" ", value)),)
            case _:
                return (MARKS[type(part)](self.inlines(part.c)),)

    def picture(self, address: str) -> str:
        """The key of a picture, empty where its address is none that an article may show."""
        address = self.addresses.picture(address)
        if not address:
            self.say("picture", "loss", "A picture has no address that can be used; its description was kept.")
        return self.pictures.key(address) if address else ""

    def _link(
        self, attr: api.Attr, content: tuple[n.Inline, ...], address: str, title: str
    ) -> tuple[n.Inline, ...]:  # fmt: skip
        href = self.addresses.link(address)
        if not href or any(_holds_link(part) for part in content):
            return content
        return (n.Link(content, href, _LINES.sub(" ", title), attrs=self.attrs(attr)),)

    def _image(self, attr: api.Attr, alt: str, address: str, title: str) -> tuple[n.Inline, ...]:
        if key := self.picture(address):
            return (n.Image(key, alt, _LINES.sub(" ", title), attrs=self.attrs(attr)),)
        return (n.Text(alt),)

    def _span(self, span: api.Span) -> tuple[n.Inline, ...]:
        if number := note_again(span, len(self.notes)):
            return (n.NoteReference(str(number)),)
        attr, content = span.c
        made, attrs = self.inlines(content), self.attrs(attr)
        return (n.Span(made, attrs=attrs),) if attrs else made


def alt_of(content: list[api.Inline]) -> str:
    """The description of a picture, of which the shaper has left one string."""
    return "".join(_LINES.sub(" ", part.c) for part in content if isinstance(part, api.Str))


def _holds_link(node: n.Inline) -> bool:
    return isinstance(node, n.Link) or any(_holds_link(part) for part in getattr(node, "content", ()))


def _in_line(content: tuple[n.Inline, ...], makers: Inlines) -> Iterable[n.Inline]:
    """The content without breaks and pictures, wherever they stand."""
    for node in content:
        if isinstance(node, n.Break):
            yield n.Text(" ")
        elif isinstance(node, n.Image):
            makers.say("heading", "loss", "A picture in a heading was left out; its description was kept.")
            yield n.Text(node.alt)
        elif inner := getattr(node, "content", ()):
            yield structs.replace(node, content=inlines(_in_line(inner, makers)))
        else:
            yield node
