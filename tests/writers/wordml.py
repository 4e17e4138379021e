"""Word files opened up for tests: their parts, and their XML in a form that people read."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from convert.tree import Document
from convert.world import Assets
from convert.writers.base import Rendered
from convert.writers.docx import Writer
from tests.writers.help import OPTIONS, theme
from tests.writers.rich import rich_assets

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINE = 110


def render(made: Document, assets: Assets | None = None, name: str = "broadsheet") -> Rendered:
    pictures = rich_assets() if assets is None else assets
    return Writer(theme(name), OPTIONS).render(made, pictures, "stem").value


def codes(made: Document) -> list[tuple[str, str]]:
    """Code and severity of each message, but for the one about the missing date."""
    report = Writer(theme(), OPTIONS).render(made, rich_assets(), "stem").report
    return [(message.code, message.severity) for message in report.messages if message.code != "date.none"]


def parts(rendered: Rendered) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(rendered.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(rendered: Rendered, name: str) -> etree._Element:
    return etree.fromstring(parts(rendered)[name])


def body(made: Document) -> str:
    """The blocks of a document as XML without `w:` and namespaces; footnotes and lists follow where there are some."""
    rendered = render(made)
    lines = [
        line for block in part(rendered, "word/document.xml")[0] if block.tag != W + "sectPr" for line in show(block)
    ]
    for note in part(rendered, "word/footnotes.xml").iter(W + "footnote"):
        if not note.get(W + "type"):
            lines.extend(show(note))
    for number in part(rendered, "word/numbering.xml").iter(W + "num"):
        lines.extend(show(number))
    return "\n".join(lines)


def show(node: etree._Element, indent: str = "") -> list[str]:
    """An element in one line where it fits, else its children line by line."""
    whole = indent + plain(etree.tostring(node, encoding="unicode", with_tail=False))
    if len(whole) <= LINE or not len(node):
        return [whole]
    copy = etree.fromstring(etree.tostring(node, with_tail=False))
    for child in list(copy):
        copy.remove(child)
    opening = plain(etree.tostring(copy, encoding="unicode")).removesuffix("/>")
    name = opening[1:].split(" ")[0]
    inside = [line for child in node for line in show(child, indent + "  ")]
    return [f"{indent}{opening}>", *inside, f"{indent}</{name}>"]


def plain(xml: str) -> str:
    return re.sub(r"(?<=[</ ])w:", "", re.sub(r' xmlns(:\w+)?="[^"]*"', "", xml))
