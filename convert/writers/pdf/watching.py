"""Which box of the layout each tag and each piece of marked content of a PDF was made for.

WeasyPrint makes the tags of a page in one private function, which knows and then forgets it. That function is the one
private thing this package needs; a test fails when it moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from msgspec import Struct, field

from convert.errors import RenderError

__all__ = ["HOOK", "Seen", "watch"]

HOOK = "_build_box_tree"
"""In `weasyprint.pdf.tags`: takes a box (with its page's number fourth and its page's marked content last), yields
structure elements."""


class Seen(Struct, eq=False):
    """What was seen while one PDF was tagged.

    `boxes` is by the number of a structure element's object, `marks` by page and number of marked content.
    """

    boxes: dict[int, Any] = field(default_factory=dict)
    marks: dict[tuple[int, int], Any] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)

    def begin(self, page: int, marks: dict[Any, Any]) -> None:
        """Take down a page's marked content, the first time that the page is met."""
        if page not in self.pages:
            self.pages.add(page)
            self.marks.update(((page, mark["mcid"]), box) for box, mark in marks.items())


_seen: ContextVar[Seen | None] = ContextVar("seen", default=None)


@contextmanager
def watch() -> Iterator[Seen]:
    """What is seen while the context lasts, in this thread. Raises RenderError if there is nothing to watch."""
    from weasyprint.pdf import tags

    build = getattr(tags, HOOK, None)
    if build is None:
        raise RenderError("pdf.failed", f"This version of WeasyPrint makes its tags otherwise (no {HOOK}). Install "
                          "weasyprint 70.")  # fmt: skip
    if not hasattr(build, "watched"):
        setattr(tags, HOOK, _watched(build))
    seen = Seen()
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def _watched(build: Any) -> Any:
    """WeasyPrint's function, which puts down what it does where somebody watches."""

    def watched(box: Any, parent: Any, pdf: Any, page: int, nums: Any, annotations: Any, marks: Any) -> Iterator[Any]:
        seen = _seen.get()
        if seen is not None:
            seen.begin(page, marks)
        for element in build(box, parent, pdf, page, nums, annotations, marks):
            if seen is not None:
                seen.boxes.setdefault(element.number, getattr(box, "_box", box))  # a placeholder has the box in it
            yield element

    watched.watched = build  # type: ignore[attr-defined]
    return watched
