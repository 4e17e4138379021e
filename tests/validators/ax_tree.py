"""What a screen reader meets in an EPUB: Chromium's accessibility tree of each page, in reading order.

python -m tests.validators.ax_tree FILE.epub
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from msgspec import Struct, convert

from tests.validators import HOME, need, output

__all__ = ["Ax", "spoken", "trees"]

_INLINE = frozenset((
    "StaticText", "ListMarker", "link", "image", "emphasis", "strong", "code", "deletion", "insertion", "superscript",
    "subscript", "time", "LineBreak", "doc-noteref", "doc-backlink", "mark",
))  # fmt: skip
"""Roles that stand within a line. All others are blocks; of these, `generic` says nothing by itself."""

_MARKED = frozenset(("link", "image", "doc-noteref", "doc-backlink"))
"""What a screen reader announces in the middle of a line."""


class Ax(Struct, frozen=True):
    """A node of an accessibility tree: its role, its accessible name, for a heading its level, for a link its address."""

    role: str
    name: str = ""
    children: tuple[Ax, ...] = ()
    level: int = 0
    url: str = ""

    def find(self, *roles: str) -> Iterator[Ax]:
        """The nodes of some roles from here on down, in reading order, none within another."""
        if self.role in roles:
            yield self
        else:
            for child in self.children:
                yield from child.find(*roles)

    def words(self, *without: str) -> str:
        """The text from here on down, but for what has one of some roles."""
        if self.role in without:
            return ""
        if not self.children or self.role == "image":
            return self.name
        return "".join(child.words(*without) for child in self.children)


def trees(epub: bytes) -> list[Ax]:
    """The tree of each page of an EPUB, in the order of its spine."""
    node = need(shutil.which("node"), "Node.js", "apt-get install npm")
    browser = need(shutil.which("chromium"), "Chromium", "apt-get install chromium")
    need(HOME / "node/node_modules/playwright-core", "playwright-core", "make validators")
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(io.BytesIO(epub)) as archive:
        archive.extractall(folder)
        package = etree.fromstring(archive.read("EPUB/package.opf"))
        hrefs = {item.get("id"): str(item.get("href")) for item in package.iter("{*}item")}
        pages = [str(Path(folder, "EPUB", hrefs[ref.get("idref")])) for ref in package.iter("{*}itemref")]
        script = Path(__file__).with_name("ax_tree.mjs")
        said = output(node, str(script), *pages, env={"VALIDATORS_HOME": str(HOME), "CHROMIUM": browser})
    return [convert(tree, Ax) for tree in json.loads(said)]


def spoken(tree: Ax, depth: int = 0) -> Iterator[str]:
    """A tree as lines: what each thing is, and what is read out for it."""
    says = tree.role != "generic"
    inner = depth + says
    lines: list[str] = []
    run: list[str] = []
    for child in tree.children:
        if _is_inline(child):
            run.append(_within(child))
        else:
            lines += _flush(run, inner)
            lines += spoken(child, inner)
    last = _flush(run, inner)
    name = f" “{tree.name}”" if tree.role in ("RootWebArea", "region") and tree.name else ""
    shown = f"heading {tree.level}" if tree.role == "heading" else tree.role + name
    if says and not lines:  # text alone stands on the line of what holds it
        yield "  " * depth + ": ".join([shown, *(line.strip() for line in last)])
    else:
        yield from ["  " * depth + shown] if says else []
        yield from lines + last


def _is_inline(tree: Ax) -> bool:
    return tree.role in _INLINE or (tree.role == "generic" and all(map(_is_inline, tree.children)))


def _within(tree: Ax) -> str:
    """What stands within a line; links, pictures and notes say what they are."""
    inner = "".join(_within(child) for child in tree.children)
    said = inner if inner and tree.role != "doc-backlink" else tree.name
    return f"[{tree.role} {said}]" if tree.role in _MARKED else said


def _flush(run: list[str], depth: int) -> list[str]:
    text = _squeezed(run)
    run.clear()
    return ["  " * depth + text] if text else []


def _squeezed(run: list[str]) -> str:
    return " ".join("".join(run).split())


if __name__ == "__main__":
    for page in trees(Path(sys.argv[1]).read_bytes()):
        print("\n".join(spoken(page)))
