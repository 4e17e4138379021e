"""Turning a tree into something else, one method a node."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from convert.tree import nodes as n

__all__ = ["Fold"]

R = TypeVar("R")


class Fold(ABC, Generic[R]):
    """A writer's walk over a tree: `fold(node)` calls the method named after the node's class.

    The methods are abstract, so a subclass that forgets a node cannot be made; mark it `@final` and
    mypy says so too. Parts that stand in one parent only (list items, rows, cells, definitions) have
    no method: their parent's method handles them.
    """

    def __init__(self) -> None:
        self._methods: dict[type, Callable[[Any], R]] = {
            kind: getattr(self, method_name(kind)) for kind in n.INLINES + n.BLOCKS
        }

    def fold(self, node: n.Inline | n.Block) -> R:
        """What this walk makes of one node."""
        return self._methods[type(node)](node)

    def fold_all(self, nodes: Iterable[n.Inline | n.Block]) -> list[R]:
        """What it makes of each of several nodes, in order."""
        methods = self._methods
        return [methods[type(node)](node) for node in nodes]

    @abstractmethod
    def text(self, node: n.Text) -> R: ...
    @abstractmethod
    def emphasis(self, node: n.Emphasis) -> R: ...
    @abstractmethod
    def strong(self, node: n.Strong) -> R: ...
    @abstractmethod
    def strikethrough(self, node: n.Strikethrough) -> R: ...
    @abstractmethod
    def superscript(self, node: n.Superscript) -> R: ...
    @abstractmethod
    def subscript(self, node: n.Subscript) -> R: ...
    @abstractmethod
    def span(self, node: n.Span) -> R: ...
    @abstractmethod
    def link(self, node: n.Link) -> R: ...
    @abstractmethod
    def image(self, node: n.Image) -> R: ...
    @abstractmethod
    def code_span(self, node: n.CodeSpan) -> R: ...
    @abstractmethod
    def break_(self, node: n.Break) -> R: ...
    @abstractmethod
    def note_reference(self, node: n.NoteReference) -> R: ...

    @abstractmethod
    def heading(self, node: n.Heading) -> R: ...
    @abstractmethod
    def paragraph(self, node: n.Paragraph) -> R: ...
    @abstractmethod
    def list_(self, node: n.List) -> R: ...
    @abstractmethod
    def definition_list(self, node: n.DefinitionList) -> R: ...
    @abstractmethod
    def table(self, node: n.Table) -> R: ...
    @abstractmethod
    def figure(self, node: n.Figure) -> R: ...
    @abstractmethod
    def gallery(self, node: n.Gallery) -> R: ...
    @abstractmethod
    def quote(self, node: n.Quote) -> R: ...
    @abstractmethod
    def code_block(self, node: n.CodeBlock) -> R: ...
    @abstractmethod
    def rule(self, node: n.Rule) -> R: ...
    @abstractmethod
    def aside(self, node: n.Aside) -> R: ...
    @abstractmethod
    def embed(self, node: n.Embed) -> R: ...
    @abstractmethod
    def correction(self, node: n.Correction) -> R: ...


def method_name(kind: type) -> str:
    """The method for a class of node: CodeBlock is `code_block`, List is `list_` (a keyword or builtin)."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()
    return f"{name}_" if name in ("break", "list") else name
