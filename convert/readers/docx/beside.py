"""What is not of the text: comments, headers and footers. Each is put down in the report with its words."""

from __future__ import annotations

from convert.errors import InputError
from convert.readers.docx.changes import LONGEST, shortened
from convert.readers.docx.container import Package
from convert.readers.docx.fields import FieldState
from convert.readers.docx.xml import Element, W
from convert.report import Message, Report
from convert.tree import Metadata
from convert.tree.text import letters, metadata_text

__all__ = ["record_beside"]

MOST_COMMENTS = 5_000
MOST_OPEN = 20
"""Comments about the same words."""


def record_beside(package: Package, body: Element, metadata: Metadata, report: Report) -> None:
    """Put down the comments of a file, and the headers and footers that say more than its metadata."""
    _comments(package, body, report)
    _furniture(package, metadata, report)
    objects = sum(1 for _ in body.iter(W + "object"))
    if objects:
        report.add("docx.object", "loss", f"Embedded objects were left out, their pictures kept: {objects}.")


def _comments(package: Package, body: Element, report: Report) -> None:
    name = package.related(package.main, "comments")
    if not name:
        return
    try:
        root = package.xml(name)
    except InputError as error:
        report.add("docx.comment", "loss", f"The comments could not be read: {error.text}")
        return
    about = _anchored(body)
    for number, comment in enumerate(root.iter(W + "comment")):
        if number == MOST_COMMENTS:
            report.add(
                "docx.comment", "loss", f"There are more than {MOST_COMMENTS:,} comments; the others are not listed."
            )
            return
        author = (comment.get(W + "author") or "").strip() or "nobody named"
        date = comment.get(W + "date")
        words = shortened(" ".join(_shown(paragraph) for paragraph in comment.iter(W + "p")))
        on = shortened(about.get(comment.get(W + "id") or "", ""))
        text = f"A comment by {author}{f' on {date}' if date else ''} was left out: “{words}”."
        report.messages.append(Message("docx.comment", "loss", text, f"at “{on}”" if on else ""))


def _anchored(body: Element) -> dict[str, str]:
    """The words that each comment is about."""
    found: dict[str, str] = {}
    opened: set[str] = set()
    for element in body.iter(W + "commentRangeStart", W + "commentRangeEnd", W + "t", W + "delText"):
        key = element.get(W + "id") or ""
        if element.tag == W + "commentRangeStart" and key not in found and len(opened) < MOST_OPEN:
            opened.add(key)
            found[key] = ""
        elif element.tag == W + "commentRangeEnd":
            opened.discard(key)
        elif opened:
            for each in list(opened):
                found[each] += element.text or ""
                if len(found[each]) > LONGEST:
                    opened.discard(each)
    return found


def _furniture(package: Package, metadata: Metadata, report: Report) -> None:
    known = {letters(text).casefold() for _, text in metadata_text(metadata)}
    said: set[str] = set()
    for relation in list(package.relations(package.main).values()):
        if relation.kind not in ("header", "footer") or relation.external or not package.has(relation.target):
            continue
        try:
            root = package.xml(relation.target)
        except InputError as error:
            report.add("docx.header", "loss", f"A header or footer could not be read: {error.text}")
            continue
        words = shortened(" ".join(_shown(paragraph) for paragraph in root.iter(W + "p")))
        key = letters(words).casefold()
        if not key or key.isdigit() or words in said:
            continue
        said.add(words)
        severity = "info" if key.rstrip("0123456789") in known else "loss"
        report.messages.append(Message("docx.header", severity, f"A {relation.kind} was left out: “{words}”."))  # type: ignore[arg-type]


def _shown(paragraph: Element) -> str:
    """The words of a paragraph, without the results of fields (page numbers)."""
    fields = FieldState()
    parts = []
    for element in paragraph.iter(W + "t", W + "tab", W + "br", W + "fldChar"):
        if element.tag == W + "fldChar":
            fields.meet(element)
        elif not fields.open:
            parts.append(element.text or "" if element.tag == W + "t" else " ")
    return "".join(parts)
