"""What is settled before tree and reading text are made: raw markup, pictures with captions, our own labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from convert.readers.pandoc import api
from convert.readers.pandoc.words import words
from convert.report import Report

__all__ = ["NO_ATTR", "Shaper", "check_depth", "link_targets", "notes_of", "take_title"]

DEEPEST = 240
"""Lists and objects within one another: a nested list of pandoc's takes three."""

NO_ATTR: api.Attr = ("", [], [])

LABELS = frozenset(("embargo", "disclosure", "origin", "label"))
"""What stands in a Div of ours that is `labelled`: words that our writer put in."""

_MARKUP = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)


def check_depth(pandoc: api.Pandoc) -> bool:
    """Whether a document is shallow enough to be walked."""
    level: list[Any] = [pandoc.blocks, *pandoc.meta.values()]
    for _ in range(DEEPEST):
        level = [part for value in level for part in _parts(value) if isinstance(part, Struct | list | tuple | dict)]
        if not level:
            return True
    return False


def _parts(value: Any) -> Any:
    if isinstance(value, Struct):
        return (getattr(value, "c", ()),)
    return value.values() if isinstance(value, dict) else value


def take_title(blocks: list[api.Block]) -> str:
    """The words of the only heading of level 1 if the text begins with it, taken out of the blocks; else nothing."""
    tops = [block for block in blocks if isinstance(block, api.Header) and block.c[0] == 1]
    if len(tops) != 1 or blocks[0] is not tops[0] or notes_of(tops[0]):
        return ""
    del blocks[0]
    return words(tops[0].c[2])


class Shaper:
    """Rewrites nodes and remembers what went."""

    def __init__(self, report: Report, where: str) -> None:
        self.report = report
        self.where = where

    def shaped(self, value: Any) -> Any:
        """Nodes, or lists and tuples of them, in the form that tree and reading text are made from."""
        match value:
            case list():
                return [made for part in value for made in self._part(part)]
            case tuple():
                return tuple(map(self.shaped, value))
            case Struct() if hasattr(value, "c"):
                value.c = self.shaped(value.c)
                return value
            case _:
                return value

    def lose(self, code: str, text: str) -> None:
        """Report a loss."""
        self.report.add(f"pandoc.{code}", "loss", text, self.where)

    def flat_words(self, value: Any, what: str) -> str:
        """The bare words of what must be a plain text."""
        if notes := notes_of(value):
            self.lose("note", f"A note within {what} was left out: “{words([note.c for note in notes])[:80]}”.")
        return words(value)

    def flat(self, value: Any, what: str) -> list[api.Inline]:
        """The same as inlines."""
        found = self.flat_words(value, what)
        return [api.Str(found)] if found else []

    def _part(self, node: Any) -> list[Any]:
        """What stands for a member of a list."""
        match node:
            case api.Null():
                return []
            case api.RawInline() | api.RawBlock():
                return self._raw(node)
            case api.Div(c=((_, classes, _), _)) if "labelled" in classes and not LABELS.isdisjoint(classes):
                return []
            case api.Para(c=[api.Image() as image]) | api.Plain(c=[api.Image() as image]):
                return [self._alone(image)]
            case api.Figure():
                return [self._figure(node)]
            case api.Image(c=(attr, alt, target)):
                return [api.Image((attr, self.flat(alt, "the description of a picture"), target))]
            case api.Table(c=(attr, caption, *rest)):
                node.c = (attr, self._caption(caption), *self.shaped(tuple(rest)))
                return [node]
            case _:
                return [self.shaped(node)]

    def _raw(self, node: api.RawInline | api.RawBlock) -> list[api.Inline | api.Block]:
        form, text = node.c
        shown = " ".join(text.split())[:80]
        if form.startswith("html") and not _MARKUP.sub("", text).strip():
            self.lose("raw", f"HTML was left out: {shown}")
            return []
        self.lose("raw", f"Raw {form or 'text'} stands in the article as code: {shown}")
        made = api.Code if isinstance(node, api.RawInline) else api.CodeBlock
        return [made((NO_ATTR, text))]

    def _alone(self, image: api.Image) -> api.Figure:
        """A picture alone in a paragraph; in 1.22 a title that begins with "fig:" says that its words are a caption."""
        (name, classes, pairs), content, (address, title) = image.c
        captioned = title.startswith("fig:")
        given = dict(pairs).get("alt", "")
        alt: list[api.Inline] = (
            ([api.Str(given)] if given else []) if captioned else self.flat(content, "a description")
        )
        caption: list[api.Block] = [api.Plain(self.shaped(content))] if captioned and content else []
        picture = api.Image((NO_ATTR, alt, (address, title.removeprefix("fig:"))))
        return api.Figure(((name, classes, pairs), (None, caption), [api.Plain([picture])]))

    def _figure(self, node: api.Figure) -> api.Figure | api.Div:
        """A figure of one picture; the parts of any other one after another, the caption last."""
        attr, caption, content = node.c
        short, below = self._caption(caption)
        match content:
            case [
                api.Plain(c=[api.Image(c=(_, alt, (address, title)))])
                | api.Para(c=[api.Image(c=(_, alt, (address, title)))])
            ]:
                image = api.Image((NO_ATTR, self.flat(alt, "the description of a picture"), (address, title)))
                return api.Figure((attr, (short, below), [api.Plain([image])]))
            case _:
                return api.Div((attr, [*self.shaped(content), *below]))

    def _caption(self, caption: api.Caption) -> api.Caption:
        """A caption of paragraphs only; what else stands in it becomes words."""
        short, blocks = caption
        if short and words(short) != words(blocks):
            self.lose("caption", f"The short form of a caption was left out: “{words(short)[:80]}”.")
        made: list[api.Block] = []
        for block in blocks:
            if isinstance(block, api.Plain | api.Para):
                made.append(api.Plain(self.shaped(block.c)))
            else:
                made.append(api.Plain(self.flat(block, "a caption")))
        return None, made


def notes_of(value: Any) -> list[api.Note]:
    """The notes within nodes."""
    return [node for node in _nodes(value) if isinstance(node, api.Note)]


def link_targets(value: Any) -> frozenset[str]:
    """The ids that links lead to: pandoc gives every heading an id, and the tree keeps those that are needed."""
    links = (node.c[2][0] for node in _nodes(value) if isinstance(node, api.Link))
    return frozenset(address[1:] for address in links if address.startswith("#"))


def _nodes(value: Any) -> Iterator[api.Node]:
    """Every node within a value, in order."""
    rest = [value]
    while rest:
        part = rest.pop()
        if isinstance(part, api.Node):
            yield part
        if isinstance(part, Struct | list | tuple):
            rest.extend(reversed(list(_parts(part))))
