"""Inline tokens as inline nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markdown_it.token import Token
from msgspec import Struct

from convert.readers.markdown.tokens import alt_text
from convert.readers.pictures import Pictures
from convert.tree import nodes as n
from convert.tree.build import inlines

__all__ = ["Branch", "Inlines", "attrs_of", "nest"]

MARKS: Mapping[str, Callable[..., n.Inline]] = {
    "em": n.Emphasis, "strong": n.Strong, "s": n.Strikethrough, "sup": n.Superscript, "sub": n.Subscript,
}  # fmt: skip


class Branch(Struct):
    """A token and what stands between it and its closing one."""

    token: Token
    children: list[Branch]

    @property
    def kind(self) -> str:
        """What it is, without `_open`."""
        return self.token.type.removesuffix("_open")

    def names(self) -> list[str]:
        """The classes of the HTML element it came from."""
        return str(self.token.attrs.get("class", "")).split()


def nest(tokens: Iterable[Token]) -> list[Branch]:
    """A flat run of tokens as branches."""
    root: list[Branch] = []
    stack = [root]
    for token in tokens:
        if token.nesting < 0:
            if len(stack) > 1:
                stack.pop()
            continue
        branch = Branch(token, [])
        stack[-1].append(branch)
        if token.nesting > 0:
            stack.append(branch.children)
    return root


def attrs_of(token: Token) -> n.Attrs | None:
    """Id, language and direction of the HTML element that a token came from."""
    values = {name: str(token.attrs.get(name, "")) for name in ("id", "lang", "dir")}
    direction = values["dir"] if values["dir"] in ("ltr", "rtl") else None
    if not (values["id"] or values["lang"] or direction):
        return None
    return n.Attrs(values["id"], values["lang"], direction)  # type: ignore[arg-type]


class Inlines:
    """Makes inline nodes. `notes` maps the labels of notes that are defined to their ids."""

    def __init__(self, pictures: Pictures, notes: Mapping[str, str]) -> None:
        self.pictures = pictures
        self.notes = notes

    def line(self, token: Token) -> tuple[n.Inline, ...]:
        """The content of an inline token."""
        return self.content(nest(token.children or ()), in_link=False)

    def content(self, branches: Iterable[Branch], *, in_link: bool) -> tuple[n.Inline, ...]:
        """Branches as joined inline nodes."""
        parts: list[n.Inline] = []
        for branch in branches:
            parts.extend(self._node(branch, in_link))
        return inlines(parts)

    def _node(self, branch: Branch, in_link: bool) -> tuple[n.Inline, ...]:
        token = branch.token
        if branch.kind in MARKS:
            content = self.content(branch.children, in_link=in_link)
            return (MARKS[branch.kind](content, attrs=attrs_of(token)),) if content else ()
        match branch.kind:
            case "text":
                value = token.content.replace("\n", " ")  # an entity may stand for a line break
                return (n.Text(value),) if value else ()
            case "softbreak":
                return (n.Text(" "),)
            case "hardbreak":
                return (n.Break(),)
            case "code_inline":
                return (n.CodeSpan(token.content, attrs=attrs_of(token)),)
            case "image":
                key = self.pictures.key(str(token.attrs.get("src", "")))
                return (n.Image(key, alt_text(token), str(token.attrs.get("title", "")), attrs=attrs_of(token)),)
            case "footnote_ref":
                label = str(token.meta.get("label", ""))
                return (n.NoteReference(self.notes[label]),) if label in self.notes else ()
            case "link" if not in_link:
                return self._link(branch)
            case "span":
                attrs = attrs_of(token)
                content = self.content(branch.children, in_link=in_link)
                return (n.Span(content, attrs=attrs),) if attrs and content else content
            case _:
                return self.content(branch.children, in_link=in_link)

    def _link(self, branch: Branch) -> tuple[n.Inline, ...]:
        token = branch.token
        content = self.content(branch.children, in_link=True)
        href = str(token.attrs.get("href", ""))
        if not content or not href:
            return content
        return (n.Link(content, href, str(token.attrs.get("title", "")), attrs=attrs_of(token)),)
