"""A paragraph's runs as leaves: words with their marks, breaks, notes, pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from convert.readers.docx.changes import shortened
from convert.readers.docx.equations import equation
from convert.readers.docx.fields import FieldState, parts_of
from convert.readers.docx.languages import Languages
from convert.readers.docx.lines import CREDIT, Leaf, Mark, Picture, Split
from convert.readers.docx.links import Links
from convert.readers.docx.media import Media
from convert.readers.docx.styles import RunLooks, Style, Styles, is_hidden, is_mono, run_looks
from convert.readers.docx.symbols import symbol
from convert.readers.docx.xml import WP, A, Element, M, V, W, children, first, is_placeholder, text_of, value
from convert.report import Report
from convert.tree import nodes as n

__all__ = ["Line", "Runs"]

NOTES = {W + "footnoteReference": ("footnotes", "fn"), W + "endnoteReference": ("endnotes", "en")}
SIGNS = {W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad"}
SHIFTS: Mapping[str, type[n.Node]] = {"superscript": n.Superscript, "subscript": n.Subscript}
WORDLESS = frozenset(W + name for name in ("rPr", "pPr", "sdtPr", "altChunk", "sectPr", "delText", "delInstrText"))
CODE = Mark(n.CodeSpan)


class Line(Struct):
    """What a paragraph holds: its leaves, what stands beside it, and the places it names."""

    leaves: list[Leaf] = field(default_factory=list)
    beside: list[Element] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


class Runs:
    """Reads the paragraphs of one file, story by story."""

    def __init__(
        self, styles: Styles, media: Media, links: Links, languages: Languages, report: Report, where: str
    ) -> None:
        self.styles = styles
        self.media = media
        self.links = links
        self.languages = languages
        self.report = report
        self.where = where
        self.part = ""
        """The part that is read, whose relationships ids belong to."""
        self.notes: dict[tuple[str, str], str] = {}
        """The notes that were referred to, in that order, and the id of each."""
        self.known: frozenset[tuple[str, str]] = frozenset()
        self.silent: set[Element] = set()
        self.fields = FieldState()
        self.equations = 0
        self.in_codes: list[str] = []
        self.style = Style()
        self.line = Line()
        self.looks: dict[str, RunLooks] = {}

    def begin(self, part: str) -> None:
        """Begin another story (the body, a note), in which no field is open."""
        self.part = part
        self.fields = FieldState()

    def read(self, paragraph: Element, style: Style) -> Line:
        """The content of a paragraph."""
        outer = self.line, self.style
        self.line, self.style = Line(), style
        try:
            self._below(paragraph, ())
            if self.in_codes and any(each.in_code for each in self.fields.open):
                words = shortened("".join(self.in_codes))
                self.report.add("docx.field", "loss", f"A field without an end hides words: “{words}”.", self.where)
            self.in_codes.clear()
            self.fields.paragraph_ends()
            return self.line
        finally:
            self.line, self.style = outer

    def _below(self, element: Element, marks: tuple[Mark, ...]) -> None:
        for child in children(element):
            self._visit(child, marks)

    def _visit(self, element: Element, marks: tuple[Mark, ...]) -> None:
        tag = element.tag
        if tag == W + "r":
            self._run(element, marks)
        elif tag == W + "hyperlink":
            mark = self.links.of(element, self.part)
            self._below(element, (mark,) if mark and not marks else marks)
        elif tag == W + "fldSimple":
            mark = self._field_link(element.get(W + "instr") or "")
            self._below(element, (mark,) if mark and not marks else marks)
        elif tag == W + "bookmarkStart":
            self.line.places.append(element.get(W + "name") or "")
        elif tag in (M + "oMath", M + "oMathPara"):
            self._equation(element, marks)
        elif tag == W + "rt":
            self._ruby(element)
        elif tag in WORDLESS:
            return
        elif tag in (WP + "anchor", W + "txbxContent", W + "tbl", W + "p") and not self.fields.hides:
            self.line.beside.append(element)
        elif tag == A + "graphicData" and self.media.texts(element, self.part):
            if not self.fields.hides:
                self.line.beside.append(element)
        else:
            self._content(element, marks)

    # ---------------------------------------------------------------------------------- runs

    def _run(self, run: Element, outer: tuple[Mark, ...]) -> None:
        if is_hidden(run, self.style, self.styles):
            words = shortened("".join(text_of(each) for each in run.iter(W + "t")))
            if words and not self.fields.hides:
                self.report.add("docx.hidden", "loss", f"Hidden words were left out: “{words}”.", self.where)
            return
        properties = first(run, "rPr")
        marks = outer or self._open_link()
        if properties is not None or self.style.name:
            marks = (*marks, *self._marks(run, properties))
        for child in children(run):
            self._visit(child, marks)

    def _open_link(self) -> tuple[Mark, ...]:
        for each in self.fields.open:
            if isinstance(each.made, Mark):
                return (each.made,)
        return ()

    def _marks(self, run: Element, properties: Element | None) -> list[Mark]:
        """The marks of a run, beyond what its paragraph's style says of all its words."""
        own = run_looks(properties)
        named = self.styles.named(value(properties, "rStyle")) if first(properties, "rStyle") is not None else Style()
        around = self.style.run
        found: list[Mark] = []
        language = self.languages.of_run(run, own, named, self.style)
        if language:
            found.append(Mark(n.Span, language=language))
        if named.name == "credit":
            found.append(CREDIT)
        if stands_out(own.italic, named.run.italic, around.italic):
            found.append(Mark(n.Emphasis))
        if stands_out(own.bold, named.run.bold, around.bold):
            found.append(Mark(n.Strong))
        if stands_out(own.strike, named.run.strike, around.strike):
            found.append(Mark(n.Strikethrough))
        shift = SHIFTS.get(own.shift or named.run.shift)
        if shift and not any(child.tag in NOTES for child in run):
            found.append(Mark(shift))
        if named.kind == "code" or (
            is_mono(own.font or named.run.font) and not self.style.mono and not is_mono(self.styles.base.font)
        ):
            found.append(CODE)
        return found

    def _content(self, element: Element, marks: tuple[Mark, ...]) -> None:
        """What stands in a run."""
        tag = element.tag
        if tag == W + "fldChar":
            self._field(element)
        elif tag == W + "instrText":
            if self.fields.open:
                self.fields.open[-1].code.append(element.text or "")
        elif tag == W + "sdt" and is_placeholder(element):
            return
        elif self.fields.hides:
            self.in_codes.extend([text_of(element)] if tag == W + "t" else [])
            self._below(element, marks)
        elif tag == W + "t":
            self._text(element, marks)
        elif tag in SIGNS:
            self._add(n.Text(SIGNS[tag]), marks)
        elif tag in (W + "br", W + "cr"):
            page = (element.get(W + "type") or "textWrapping") != "textWrapping"
            self.line.leaves.append((Split() if page else n.Break(), () if page else _without_code(marks)))
        elif tag == W + "sym":
            self._symbol(element, marks)
        elif tag in NOTES:
            self._note(element)
        elif tag in (A + "blip", V + "imagedata"):
            self._picture(element, marks)
        elif tag == M + "t":
            self._add(n.Text(element.text or ""), marks)
        else:
            self._below(element, marks)

    def _text(self, element: Element, marks: tuple[Mark, ...]) -> None:
        if any(isinstance(each.made, str) for each in self.fields.open):
            self.silent.add(element)  # the number of a note, which writers make anew
            return
        after_note = bool(self.line.leaves) and isinstance(self.line.leaves[-1][0], n.NoteReference)
        if after_note and Mark(n.Superscript) in marks and (element.text or "").strip() in (",", ";"):
            return  # it parts two marks of notes
        self._add(n.Text(text_of(element)), marks)

    def _add(self, node: n.Text, marks: tuple[Mark, ...]) -> None:
        if not node.value:
            return
        if CODE in marks:
            self.line.leaves.append((n.CodeSpan(node.value), _without_code(marks)))
        else:
            self.line.leaves.append((node, marks))

    def _symbol(self, element: Element, marks: tuple[Mark, ...]) -> None:
        char = symbol(element)
        if char is None:
            font, code = element.get(W + "font") or "no font", element.get(W + "char") or "?"
            self.report.add(
                "docx.symbol", "loss", f"A sign of the font {font} (place {code}) is not known.", self.where
            )
        else:
            self._add(n.Text(char), marks)

    def _ruby(self, element: Element) -> None:
        """Small words above others, which say how those are read: the others stay."""
        words = shortened("".join(text_of(each) for each in element.iter(W + "t")))
        if words and not self.fields.hides:
            self.report.add("docx.ruby", "loss", f"Words above others (ruby) were left out: “{words}”.", self.where)

    def _note(self, element: Element) -> None:
        kind, prefix = NOTES[element.tag]
        key = (kind, element.get(W + "id") or "")
        if key not in self.known:
            self.report.add("docx.note", "loss", "A mark leads to a note that the file does not hold.", self.where)
            return
        name = self.notes.setdefault(key, f"{prefix}{key[1]}")
        self.line.leaves.append((n.NoteReference(name), ()))

    def _picture(self, element: Element, marks: tuple[Mark, ...]) -> None:
        found = self.media.picture(element, self.part)
        if found is not None:
            link = marks[:1] if marks and marks[0].kind is n.Link else ()
            self.line.leaves.append((found, link))

    def picture(self, element: Element) -> Picture | None:
        """A picture that stands beside its paragraph."""
        return self.media.picture(element, self.part)

    def _equation(self, element: Element, marks: tuple[Mark, ...]) -> None:
        if self.fields.hides:
            return
        self.equations += 1
        for words, mark in equation(element):
            node = n.Text(re.sub(r"[\t\n\r]", " ", words))
            self._add(node, (*_without_code(marks), Mark(mark)) if mark else _without_code(marks))

    # -------------------------------------------------------------------------------- fields

    def _field(self, element: Element) -> None:
        if self.fields.meet(element) != "separate":
            return
        opened = self.fields.open[-1]
        code = "".join(opened.code)
        name, arguments, _ = parts_of(code[:4000])
        if name == "NOTEREF" and arguments and arguments[0] in self.links.noted and not self.fields.hides:
            key = self.links.noted[arguments[0]]
            if key in self.known:
                opened.made = self.notes.setdefault(key, f"{'fn' if key[0] == 'footnotes' else 'en'}{key[1]}")
                self.line.leaves.append((n.NoteReference(str(opened.made)), ()))
            return
        opened.made = self._field_link(code)

    def _field_link(self, code: str) -> Mark | None:
        name, arguments, switches = parts_of(code[:4000])
        if name == "HYPERLINK":
            return self.links.to(arguments[0] if arguments else "", switches.get("l", ""), switches.get("o", ""))
        if name == "REF" and arguments and "h" in switches:
            return self.links.to("", arguments[0], "")
        return None


def _without_code(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark is not CODE and mark.kind is not n.CodeSpan)


def stands_out(own: bool | None, named: bool | None, around: bool | None) -> bool:
    """Whether a run differs from its paragraph by one switch of looks.

    A character style that says so does so in every paragraph (on a bold one Word takes the bold away, 17.7.3);
    what is said directly counts where the paragraph's style does not say it of all its words anyhow.
    """
    if own is False:
        return False
    return bool(named) or (bool(own) and not around)
