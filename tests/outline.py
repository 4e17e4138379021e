"""A document as a few lines of text, for goldens and for comparing what several readers see."""

from __future__ import annotations

from collections.abc import Iterator

from convert.report import Report
from convert.tree import (
    Block,
    Document,
    Heading,
    List,
    Paragraph,
    Quote,
    Row,
    Rule,
    Strong,
    Table,
    walk,
)  # fmt: skip
from convert.tree.text import block_text, metadata_text


def outline(document: Document) -> str:
    """One line a block: `P`, `H1`, `-`, `1.`, `|` for rows (`||` for head rows), metadata first as `field: text`."""
    lines = [f"{name}: {text}" for name, text in metadata_text(document.metadata)]
    lines.extend(line for block in document.blocks for line in block_lines(block))
    lines.extend(f"[^{note.id}] {one_line(block)}" for note in document.notes for block in note.blocks)
    return "\n".join(lines)


def block_lines(block: Block, indent: str = "") -> Iterator[str]:
    match block:
        case Heading():
            yield f"{indent}H{block.level} {one_line(block)}"
        case Paragraph():
            bold = "".join(walk.plain_text(part) for part in block.content[:1] if isinstance(part, Strong))
            text = one_line(block)
            yield f"{indent}P {f'**{bold}**{text[len(bold) :]}' if bold else text}"
        case List():
            for number, item in enumerate(block.items, block.start):
                first, *rest = [line for inner in item.blocks for line in block_lines(inner, indent + "  ")]
                mark = f"{number}." if block.ordered else "-"
                yield f"{indent}{mark} {first.strip().removeprefix('P ')}"
                yield from rest
        case Table():
            yield indent + "T " + " ".join(column.align or "-" for column in block.columns)
            yield from (indent + row_line(row, "||") for row in block.head)
            yield from (indent + row_line(row, "|") for row in block.body)
        case Rule():
            yield f"{indent}---"
        case Quote():
            for inner in block.blocks:
                yield from block_lines(inner, indent + "> ")
        case _:
            yield f"{indent}{type(block).__name__} {one_line(block)}"


def row_line(row: Row, edge: str) -> str:
    return f"{edge} " + " | ".join(one_line(cell) for cell in row.cells) + " |"


def one_line(node: object) -> str:
    return " ".join(block_text(node).split())


def changes(report: Report) -> str:
    """One line a change: kind, what stood there, what stands there now."""
    lines = []
    for change in report.changes:
        after = f" → {' '.join(change.after.split())!r}" if change.after else ""
        lines.append(f"{change.step} {change.kind} {' '.join(change.text.split())[:60]!r}{after}")
    return "\n".join(lines)
