"""What must hold of a tree beyond its types. Readers and cleaning end with a tree that passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.tree import nodes as n
from convert.tree.text import document_text
from convert.tree.walk import MAX_DEPTH, depth, walk

__all__ = ["faults"]


def faults(document: n.Document) -> list[str]:
    """What is wrong with a tree, a sentence each; empty when all is well."""
    if depth(document) > MAX_DEPTH:
        return [f"Nodes nest more deeply than {MAX_DEPTH} levels."]
    nodes = list(walk(document))
    return [
        *_heading_faults(nodes),
        *_reference_faults(document, nodes),
        *_table_faults(nodes),
        *_containment_faults(nodes),
        *_character_faults(document),
    ]


def _character_faults(document: n.Document) -> Iterator[str]:
    try:
        document_text(document).encode()
    except UnicodeEncodeError as error:
        yield f"The text holds half of a character: {error.object[error.start]!r}."


def _heading_faults(nodes: Sequence[n.Node]) -> Iterator[str]:
    last = 0
    for heading in nodes:
        if not isinstance(heading, n.Heading):
            continue
        if not 1 <= heading.level <= 5:
            yield f"A heading has level {heading.level}; levels run from 1 to 5."
        elif heading.level > last + 1:
            yield f"A heading of level {heading.level} follows one of level {last}: a level is skipped."
        last = heading.level


def _reference_faults(document: n.Document, nodes: Sequence[n.Node]) -> Iterator[str]:
    seen: set[str] = set()
    for node in nodes:
        if node.attrs and node.attrs.id:
            if node.attrs.id in seen:
                yield f"The id {node.attrs.id!r} stands twice."
            seen.add(node.attrs.id)
    notes = [note.id for note in document.notes]
    if len(set(notes)) < len(notes):
        yield "Two notes have the same id."
    for node in nodes:
        match node:
            case n.Link(href=href) if href.startswith("#") and href[1:] not in seen:
                yield f"A link leads to {href!r}, and nothing has that id."
            case n.NoteReference(note=note) if note not in notes:
                yield f"A reference leads to the note {note!r}, and there is none."
            case n.Figure(asset=asset) | n.Image(asset=asset) if asset not in document.assets:
                yield f"A picture names the asset {asset!r}, and there is none."
            case _:
                pass
    lead = document.metadata.lead_image
    if lead and lead not in document.assets:
        yield f"The lead image names the asset {lead!r}, and there is none."


def _table_faults(nodes: Sequence[n.Node]) -> Iterator[str]:
    for table in nodes:
        if not isinstance(table, n.Table):
            continue
        width = len(table.columns)
        for part in (table.head, table.body):
            open_rows = [0] * width  # how many further rows each column is covered by a cell from above
            for number, row in enumerate(part):
                free = [k for k in range(width) if not open_rows[k]]
                open_rows = [max(0, left - 1) for left in open_rows]
                taken = 0
                for cell in row.cells:
                    for k in free[taken : taken + cell.colspan]:
                        open_rows[k] = cell.rowspan - 1
                    taken += cell.colspan
                if taken != len(free):
                    yield f"Row {number + 1} of a table fills {taken} of {len(free)} free columns."
            if any(open_rows):
                yield "A cell of a table reaches below its last row."


def _containment_faults(nodes: Sequence[n.Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case n.Text(value=value) if "\n" in value or "\r" in value:
                yield f"A text holds a line break: {value[:40]!r}."
            case n.Link() if any(isinstance(inner, n.Link) for inner in walk(node)):
                yield "A link holds another link."
            case n.Heading() if any(isinstance(inner, n.Break | n.Image) for inner in walk(node)):
                yield "A heading holds a line break or a picture."
            case n.List() if not node.items:
                yield "A list has no items."
            case _:
                pass
