"""An article as markup, part by part: header, sections, corrections, notes, author, origin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from msgspec import Struct

from convert.report import Report
from convert.themes.model import Part, Theme
from convert.tree import Block, Document, Heading, Quote
from convert.tree.walk import find, plain_text
from convert.world import Assets, Picture
from convert.writers.base import Options
from convert.writers.dates import moment
from convert.writers.page import Page, lay_out, linked, print_when
from convert.writers.xhtml.fold import TASKS, Shapes, XhtmlFold
from convert.writers.xhtml.markup import Ids, element, escape, language_tag

__all__ = ["Article", "Entry", "direction_of", "make"]

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))

_ALWAYS: tuple[Part, ...] = ("disclosure", "body", "corrections", "notes")
"""What an article may not lose, whatever a theme shows."""


class Entry(Struct, frozen=True):
    """One heading for a table of contents: its level in the tree, its words and its identifier."""

    level: int
    text: str
    id: str


class Article(Struct, frozen=True):
    """The markup of an article: an `article` element, with what a head or a package needs to know of it."""

    markup: str
    title: str
    language: str
    direction: str
    page: Page
    entries: tuple[Entry, ...]
    declared: tuple[str, ...]
    report: Report


def direction_of(document: Document) -> str:
    """The article's direction: what it says, else what its language is written in."""
    metadata = document.metadata
    if metadata.direction:
        return metadata.direction
    tag = metadata.language.lower()
    return "rtl" if tag in _RIGHT_TO_LEFT or tag.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def make(
    document: Document, assets: Assets, theme: Theme, options: Options, stem: str,
    source: Callable[[str, Picture], str], shape: Shapes | None = None, tasks: tuple[str, str] = TASKS,
) -> Article:  # fmt: skip
    """The article of a document; `source` gives the address of a picture, `shape` may fit tables to a page.

    `tasks` are the signs of tasks done and not done.
    """
    report = Report()
    page = lay_out(document, theme, options.time_zone)
    language = document.metadata.language

    def print_date(when: str) -> str:
        return print_when(when, language, options.time_zone)

    fold = XhtmlFold(Ids(document), page.labels, assets, source, report, print_date, shape, tasks)
    # corrections move below the body with the headings in them, and those in a pull quote are not met
    apart = [*page.corrections, *(each for each in find(document, Quote) if each.kind == "pull")]
    fold.closes_gaps = any(True for each in apart for _ in find(each, Heading))
    setter = _Setter(document, page, fold, options)
    parts = setter.parts()
    first = next((b for b in document.blocks if isinstance(b, Heading)), None)
    return Article(
        markup=element("article", "\n" + "\n".join(parts) + "\n"),
        title=page.headline or (plain_text(first.content) if first else "") or stem,
        language=language_tag(language) or "und",
        direction=direction_of(document),
        page=page,
        entries=tuple(setter.entries),
        declared=(*page.declared, *fold.declared),
        report=report,
    )


class _Setter:
    """Sets the parts of one article in the theme's order."""

    def __init__(self, document: Document, page: Page, fold: XhtmlFold, options: Options) -> None:
        self.document = document
        self.page = page
        self.fold = fold
        self.options = options
        self.entries: list[Entry] = []

    def parts(self) -> list[str]:
        """The parts that are not empty. Neighbours of the header share a header element."""
        made: dict[Part, str] = {}
        order = (*self.page.show, *(part for part in _ALWAYS if part not in self.page.show))
        for part in sorted(order, key=lambda part: part == "notes"):  # the notes last: all references are known then
            made[part] = _PARTS[part](self)
        lines = [self.line("embargo", self.page.banner)] if self.page.banner else []
        for inside, run in _runs(order, lambda part: part in _HEADER):
            texts = [made[part] for part in run if made[part]]
            lines.extend([element("header", "\n" + "\n".join(texts) + "\n")] if inside and texts else texts)
        return lines

    def line(self, name: str, text: str) -> str:
        return element("p", escape(text), ("class", name)) if text else ""

    def section(self) -> str:
        return self.line("section", self.page.section)

    def headline(self) -> str:
        return element("h1", escape(self.page.headline), ("class", "headline")) if self.page.headline else ""

    def deck(self) -> str:
        return self.line("deck", self.page.deck)

    def byline(self) -> str:
        return self.line("byline", self.page.byline)

    def dateline(self) -> str:
        """Place and date; the date also for programs."""
        text = self.page.dateline
        metadata = self.document.metadata
        printed = print_when(metadata.published, metadata.language, self.options.time_zone)
        when = moment(metadata.published)
        if not (when and printed and text.endswith(printed)):
            return self.line("dateline", text)
        machine = metadata.published if len(metadata.published) == 10 else when.isoformat().replace("+00:00", "Z")
        time = element("time", escape(printed), ("datetime", machine))
        return element("p", escape(text[: -len(printed)]) + time, ("class", "dateline"))

    def disclosure(self) -> str:
        return self.line("disclosure", self.page.disclosure)

    def lead_image(self) -> str:
        return self.fold.picture_figure(self.page.lead_image, "lead-image") if self.page.lead_image else ""

    def body(self) -> str:
        text = "\n".join(self.sections(self.page.blocks, 0))
        return element("div", f"\n{text}\n", ("class", "text")) if text else ""

    def sections(self, blocks: tuple[Block, ...], level: int) -> list[str]:
        """The blocks, each heading of level + 1 or deeper with what follows it as a section of its own."""
        lead = list(takewhile(lambda block: not isinstance(block, Heading), blocks))
        lines = self.fold.fold_all(lead)
        rest = blocks[len(lead) :]
        while rest:
            heading = rest[0]
            assert isinstance(heading, Heading)  # noqa: S101 - takewhile stopped at one
            inner = _below(heading, rest[1:])
            rest = rest[1 + len(inner) :]
            name = self.fold.ids.of(heading.attrs) or self.fold.ids.fresh("section")
            self.entries.append(Entry(heading.level, plain_text(heading.content), name))
            own = self.fold.fold(heading)
            if heading.attrs is None or not heading.attrs.id:
                own = own.replace(">", f' id="{name}">', 1)
            lines.append(element("section", "\n" + "\n".join([own, *self.sections(inner, heading.level)]) + "\n"))
        return lines

    def corrections(self) -> str:
        items = "\n".join(self.fold.fold_all(self.page.corrections))
        return element("div", f"\n{items}\n", ("class", "corrections")) if items else ""

    def notes(self) -> str:
        return self.fold.notes(self.document.notes) if self.document.notes else ""

    def about(self) -> str:
        """Who wrote it: name and biography, one author a paragraph."""
        if not self.page.about:
            return ""
        lines = [element("h2", escape(self.page.labels.about), ("class", "about-title"))]
        for author in self.page.about:
            lines.append(element("p", f"<strong>{escape(author.name)}</strong> {escape(author.bio)}"))
        return element("section", "\n" + "\n".join(lines) + "\n", ("class", "about"))

    def origin(self) -> str:
        if not self.page.origin:
            return ""
        line = self.fold.join(linked(self.page.origin, self.document.metadata.canonical_url))
        return element("footer", element("p", line, ("class", "origin")))


_PARTS: dict[Part, Callable[[_Setter], str]] = {
    "section": _Setter.section,
    "headline": _Setter.headline,
    "deck": _Setter.deck,
    "byline": _Setter.byline,
    "dateline": _Setter.dateline,
    "disclosure": _Setter.disclosure,
    "lead-image": _Setter.lead_image,
    "body": _Setter.body,
    "corrections": _Setter.corrections,
    "notes": _Setter.notes,
    "about": _Setter.about,
    "origin": _Setter.origin,
}

_HEADER: frozenset[Part] = frozenset(("section", "headline", "deck", "byline", "dateline", "disclosure"))


def _below(heading: Heading, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks up to the next heading that is not below this one."""
    return tuple(takewhile(lambda block: not isinstance(block, Heading) or block.level > heading.level, blocks))


def _runs(parts: tuple[Part, ...], of: Callable[[Part], bool]) -> list[tuple[bool, list[Part]]]:
    """The parts in runs of neighbours for which `of` says the same."""
    runs: list[tuple[bool, list[Part]]] = []
    for part in parts:
        if not runs or runs[-1][0] != of(part):
            runs.append((of(part), []))
        runs[-1][1].append(part)
    return runs
