"""What a writer is, and what it hands over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, Protocol, runtime_checkable

from msgspec import Struct, field

from convert.report import Report, Result
from convert.themes.model import Theme
from convert.tree import Document
from convert.tree.links import SCHEMES
from convert.world import Assets

__all__ = ["SCHEMES", "BindingPress", "Options", "Part", "PdfStandard", "Press", "Rendered", "tell_missing"]

PdfStandard = Literal["both", "ua-1", "a-2a", "a-3a", "none"]
"""What a PDF claims to conform to: PDF/UA-1 (access), PDF/A-2a or 3a (archives), or UA-1 and A-3a, "both"."""


class Options(Struct, frozen=True):
    """What a caller may ask of all writers."""

    time_zone: str = "UTC"
    """The zone that dates are printed in."""
    pandoc_api: Literal["1.22", "1.23"] = "1.23"
    """The version of pandoc's JSON that is written."""
    docx_toc: bool = False
    """Whether Word files begin with a table of contents."""
    pdf_standard: PdfStandard = "both"
    """What PDFs claim, where they may."""


class Rendered(Struct, frozen=True):
    """A finished article.

    `name` is the file name it should get (the caller's stem and the writer's suffix). `files` stand
    beside it, by relative path: a Markdown file's pictures. `declared` is the text the writer put in
    on its own (labels, list numbers, running heads), so that a reader of the file can subtract it.
    """

    data: bytes
    name: str
    media_type: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    declared: tuple[str, ...] = ()


class Part(Struct, frozen=True):
    """One article of several that are bound together."""

    document: Document
    assets: Assets
    stem: str


class Press(Protocol):
    """One output format, made ready for one theme. Modules of `convert.writers` provide a class `Writer`.

    Making one may be costly (fonts, compiled styles); it holds nothing of an article, so one press
    serves many articles and threads. The module is imported to list formats: it must import heavy
    libraries only when a press is made.
    """

    name: ClassVar[str]
    suffix: ClassVar[str]
    media_type: ClassVar[str]

    def __init__(self, theme: Theme, options: Options) -> None: ...

    def render(self, document: Document, assets: Assets, stem: str) -> Result[Rendered]:
        """The document as a file, with a message for whatever the format cannot express."""


@runtime_checkable
class BindingPress(Press, Protocol):
    """A press that can also make one file of several articles."""

    def bind(self, parts: Sequence[Part], title: str, stem: str) -> Result[Rendered]:
        """The articles in their order, at least one, under a title of their own."""


def tell_missing(report: Report, key: str) -> None:
    """Say that a picture is not at hand: the same in every format, so that it is told once."""
    report.add(
        "picture.missing", "loss", "A picture is missing; its description stands in its place.", f"picture {key}"
    )
