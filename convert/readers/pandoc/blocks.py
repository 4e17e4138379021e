"""Pandoc's blocks as those of the tree. Divs with the classes that our writer gives them become what they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

from msgspec import structs

from convert.readers.pandoc import api
from convert.readers.pandoc.inlines import Inlines, alt_of
from convert.readers.pandoc.shape import notes_of
from convert.readers.pandoc.tables import caption_of, table_of
from convert.readers.pandoc.words import words
from convert.tree import build
from convert.tree import nodes as n

__all__ = ["Blocks"]

BOXES = frozenset(("aside", "sidebar", "admonition", "note", "tip", "important", "warning", "caution"))
"""Classes of a Div that is a box: ours, and those of pandoc's alerts."""

ROLES = frozenset(get_args(n.Role)) - {"body"}

CHECKED = {"☐": False, "☒": True}
"""How pandoc begins the text of a task."""


class Blocks:
    """Makes blocks of one document."""

    def __init__(self, inlines: Inlines) -> None:
        self.inlines = inlines
        self._makers: dict[type, Callable[[Any], Iterable[n.Block]]] = {
            api.Plain: self._paragraph, api.Para: self._paragraph, api.LineBlock: self._lines,
            api.CodeBlock: self._code, api.BlockQuote: self._quote, api.OrderedList: self._ordered,
            api.BulletList: self._bullets, api.DefinitionList: self._definitions, api.Header: self._heading,
            api.HorizontalRule: lambda node: (n.Rule(),), api.Figure: self._figure, api.Div: self._div,
            api.Table: lambda node: (table_of(node, inlines, self.blocks),),
        }  # fmt: skip

    def blocks(self, parts: Iterable[api.Block]) -> tuple[n.Block, ...]:
        """Blocks in order; empty paragraphs and lists go."""
        made: list[n.Block] = []
        for part in parts:
            made.extend(self._makers[type(part)](part))
        return tuple(made)

    def notes(self) -> tuple[n.Note, ...]:
        """The notes that the blocks so far have marks of, and those within them."""
        made: list[n.Note] = []
        for number, content in enumerate(self.inlines.notes, 1):  # grows while notes hold notes
            made.append(n.Note(str(number), self.blocks(content)))
        return tuple(made)

    def _paragraph(self, node: api.Plain | api.Para) -> Iterable[n.Block]:
        content = build.strip(self.inlines.inlines(node.c))
        return (n.Paragraph(content),) if content else ()

    def _lines(self, node: api.LineBlock) -> Iterable[n.Block]:
        made: list[n.Inline] = []
        for number, line in enumerate(node.c):
            made += [n.Break()] if number else []
            made += self.inlines.inlines(line)
        content = build.strip(tuple(made))
        return (n.Paragraph(content),) if content else ()

    def _code(self, node: api.CodeBlock) -> Iterable[n.Block]:
        (name, classes, pairs), value = node.c
        language = classes[0] if classes else ""
        value = value.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
        return (n.CodeBlock(value, language, attrs=self.inlines.attrs((name, classes, pairs))),)

    def _heading(self, node: api.Header) -> Iterable[n.Block]:
        level, attr, content = node.c
        made = build.strip(self.inlines.title(content))
        return (n.Heading(min(level, 5), made, attrs=self.inlines.attrs(attr)),) if made else ()

    def _quote(self, node: api.BlockQuote) -> Iterable[n.Block]:
        content, attribution = node.c, None
        match content[-1:]:
            case [api.Div(c=((_, classes, _), [api.Plain() | api.Para() as line]))] if "attribution" in classes:
                content, attribution = content[:-1], line
        made = self.blocks(content)
        said = self.inlines.inlines(attribution.c) if attribution else ()
        return (n.Quote(made, said),) if made or said else ()

    def _ordered(self, node: api.OrderedList) -> Iterable[n.Block]:
        (start, style, _), items = node.c
        if style.t not in ("Decimal", "DefaultStyle", "Example"):
            self.inlines.say("list", "info", "Lists with letters or Roman numerals have plain numbers.")
        made = tuple(map(self._item, items))
        return (n.List(made, ordered=True, start=start, tight=_is_tight(items)),) if made else ()

    def _bullets(self, node: api.BulletList) -> Iterable[n.Block]:
        made = tuple(map(self._item, node.c))
        return (n.List(made, tight=_is_tight(node.c)),) if made else ()

    def _item(self, blocks: list[api.Block]) -> n.ListItem:
        match blocks:
            case [api.Plain() | api.Para() as first, *rest]:
                match first.c:
                    case [api.Str(c=sign), *others] if sign in CHECKED:
                        others = others[1:] if others and isinstance(others[0], api.Space) else others
                        return n.ListItem(self.blocks([api.Plain(others), *rest]), CHECKED[sign])
        return n.ListItem(self.blocks(blocks))

    def _definitions(self, node: api.DefinitionList) -> Iterable[n.Block]:
        entries = tuple(
            n.Definition(self.inlines.inlines(term), tuple(map(self.blocks, descriptions)))
            for term, descriptions in node.c
        )
        return (n.DefinitionList(entries),) if entries else ()

    def _figure(self, node: api.Figure) -> Iterable[n.Block]:
        attr, (_, caption), _ = node.c
        _, alt, (address, title) = _image(node).c
        if title:
            self.inlines.say("title", "loss", f"The title of a picture was left out: “{title[:80]}”.")
        described = alt_of(alt)
        key = self.inlines.picture(address)
        caption, credit = _credited(caption)
        lines = caption_of(caption, self.inlines), build.strip(self.inlines.inlines(credit))
        if key:
            return (n.Figure(key, described, *lines, attrs=self.inlines.attrs(attr)),)
        return tuple(n.Paragraph(line) for line in (build.text(described), *lines) if line)

    # --------------------------------------------------------------------------------- boxes

    def _div(self, node: api.Div) -> Iterable[n.Block]:
        attr, content = node.c
        classes = set(attr[1])
        made = self._known(classes, dict(attr[2]), content)
        return self._attributed(self.blocks(content) if made is None else (made,), attr)

    def _known(self, classes: set[str], given: dict[str, str], content: list[api.Block]) -> n.Block | None:
        """What a Div of a known class is, None for any other; whether it is so is seen before anything is made."""
        match content:
            case [api.Para(c=line)] if classes & ROLES and (made := build.strip(self.inlines.inlines(line))):
                return n.Paragraph(made, next(iter(sorted(classes & ROLES))))  # type: ignore[arg-type]
            case [api.BlockQuote()] if "pull-quote" in classes and (quotes := self.blocks(content)):
                return structs.replace(quotes[0], kind="pull")
            case [*figures, api.Plain() | api.Para() as line] if "gallery" in classes and self._all_figures(figures):
                return self._gallery(figures, line.c)
            case [api.Figure(), *_] if "gallery" in classes and self._all_figures(content):
                return self._gallery(content, [])
            case [api.Para() as title, *rest] if "embed" in classes and _is_card(given, title, rest):
                return n.Embed(given["url"], given.get("provider", ""), words(title), words(rest))
            case [*rest] if "embed" in classes and _is_card(given, None, rest):
                return n.Embed(given["url"], given.get("provider", ""), "", words(rest))
            case [_, *_] if "correction" in classes:
                return n.Correction(self.blocks(content), given.get("date", ""))
            case [api.Div(c=((_, ["title"], _), [api.Plain() | api.Para() as title])), *rest] if classes & BOXES:
                return n.Aside(title=self.inlines.inlines(title.c), blocks=self.blocks(rest))
            case [_, *_] if classes & BOXES:
                return n.Aside(self.blocks(content))
            case _:
                return None

    def _gallery(self, figures: list[api.Block], caption: list[api.Inline]) -> n.Block | None:
        made = self.blocks(figures)
        return n.Gallery(made, self.inlines.inlines(caption))  # type: ignore[arg-type]

    def _all_figures(self, blocks: list[api.Block]) -> bool:
        """Whether blocks are figures whose pictures may be shown."""
        return bool(blocks) and all(
            isinstance(block, api.Figure) and self.inlines.addresses.picture(_image(block).c[2][0]) for block in blocks
        )

    def _attributed(self, made: tuple[n.Block, ...], attr: api.Attr) -> tuple[n.Block, ...]:
        """Blocks with what the Div around them says: its id for the first, language and direction for all."""
        attrs = self.inlines.attrs(attr)
        if attrs is None:
            return made
        inherited = structs.replace(attrs, id="")
        return tuple(_with_attrs(block, inherited if number else attrs) for number, block in enumerate(made))


def _with_attrs(block: n.Block, attrs: n.Attrs) -> n.Block:
    own = block.attrs or n.Attrs()
    both = n.Attrs(own.id or attrs.id, own.language or attrs.language, own.direction or attrs.direction)
    return structs.replace(block, attrs=both if both != n.Attrs() else None)


def _is_tight(items: list[list[api.Block]]) -> bool:
    """Whether the paragraphs of a list are Plain; where there are none, it is."""
    return not any(isinstance(block, api.Para) for item in items for block in item)


def _is_card(given: dict[str, str], title: api.Para | None, rest: list[api.Block]) -> bool:
    """Whether a Div is a card: an address, a title that leads there, one paragraph of words."""
    url = given.get("url", "")
    if not url.startswith(("http://", "https://")) or notes_of([title, rest]):
        return False
    leads = title is None or (len(title.c) == 1 and isinstance(title.c[0], api.Link) and title.c[0].c[2][0] == url)
    return leads and len(rest) <= 1 and all(isinstance(block, api.Para) for block in rest)


def _image(figure: api.Figure) -> api.Image:
    """The picture of a figure: the shaper has left one alone in a Plain."""
    match figure.c[2]:
        case [api.Plain(c=[api.Image() as image])]:
            return image
    raise AssertionError(figure)


def _credited(caption: list[api.Block]) -> tuple[list[api.Block], list[api.Inline]]:
    """A caption, and the credit that our writer puts at its end."""
    match caption:
        case [*above, api.Plain(c=[*words_, api.Span(c=((_, ["credit"], _), credit))])]:
            return [*above, api.Plain(words_)], credit
    return caption, []
