"""Print what a screen reader meets in a PDF: its tags in reading order, with their text.

    python -m scripts.print_tags FILE.pdf [--text]

With --text, the text alone, a line for each block.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from tests.validators.pdf_tree import Tag, tags

INLINE = frozenset(("#text", "Span", "Link", "Code", "Reference"))
"""What stands within a line."""
SHOWN = frozenset(("Scope", "Headers", "ListNumbering", "RowSpan", "ColSpan"))
"""The attributes that a screen reader makes use of."""


def lines(top: Tag, depth: int = 0) -> Iterator[str]:
    """The tags of a tree, indented, text after its tag, and what else is said in brackets."""
    indent = "  " * depth
    if all(_is_inline(kid, top) for kid in top.kids):
        yield f"{indent}{top.kind}{_said(top)} {''.join(map(_inline, top.kids))}".rstrip()
        return
    yield f"{indent}{top.kind}{_said(top)}"
    run: list[Tag] = []
    for kid in [*top.kids, None]:
        if kid is not None and _is_inline(kid, top):
            run.append(kid)
            continue
        if text := "".join(map(_inline, run)).strip():
            yield f"{indent}  {text}"
        run = []
        if kid is not None:
            yield from lines(kid, depth + 1)


def text(top: Tag) -> Iterator[str]:
    """The text of each block; descriptions stand for pictures, a row of a table is one line."""
    if top.kind == "TR":
        yield " | ".join(" ".join(text(cell)) for cell in top.kids)
    elif top.kind == "Figure":
        yield f"[{top.alt}]"
    elif all(_is_inline(kid, top) for kid in top.kids):
        if words := "".join(map(_plain, top.kids)).strip() or top.text.strip():
            yield words
    elif top.kind == "LI" and top.kids[0].kind == "Lbl":
        label, *rest = top.kids
        first, *more = [line for kid in rest for line in text(kid)] or [""]
        yield f"{' '.join(text(label))} {first}"
        yield from more
    else:
        run: list[Tag] = []
        for kid in [*top.kids, None]:
            if kid is not None and _is_inline(kid, top):
                run.append(kid)
                continue
            if words := "".join(map(_plain, run)).strip():
                yield words
            run = []
            if kid is not None:
                yield from text(kid)


def _is_inline(tag: Tag, within: Tag) -> bool:
    """Whether it stands within a line; a picture does in a paragraph."""
    return tag.kind in INLINE or (tag.kind == "Figure" and within.kind in ("P", "Link"))


def _said(tag: Tag) -> str:
    """What is said of a tag besides its text, in brackets."""
    said = [tag.language and f"lang {tag.language}", tag.alt and f"“{tag.alt}”", tag.name and f"ID {tag.name}"]
    for key in SHOWN & tag.attributes.keys():
        value = tag.attributes[key]
        said.append(f"{key} {' '.join(value) if isinstance(value, list) else value}")
    said += [f"to “{lead}”" for lead in dict.fromkeys(tag.leads)]
    shown = ", ".join(sorted(filter(None, said)))
    return f" [{shown}]" if shown else ""


def _inline(tag: Tag) -> str:
    """A part of a line; what is more than text stands in angle brackets."""
    if tag.kind == "#text":
        return tag.text
    inner = tag.actual or "".join(map(_inline, tag.kids))
    return inner if tag.kind == "Span" and not tag.language else f"<{tag.kind}{_said(tag)} {inner.strip()}>"


def _plain(tag: Tag) -> str:
    if tag.alt:
        return f"[{tag.alt}]"
    return tag.actual or tag.text + "".join(map(_plain, tag.kids))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Print the tags of a PDF in reading order.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--text", action="store_true", help="the text alone")
    options = parser.parse_args()
    print("\n".join((text if options.text else lines)(tags(options.file.read_bytes()))))


if __name__ == "__main__":
    main()
