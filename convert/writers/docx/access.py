"""What an article itself lacks that Word's accessibility checker asks for. A file cannot make it up, so it is said."""

from __future__ import annotations

from itertools import pairwise

from convert.report import Report
from convert.tree import Document
from convert.tree import nodes as n
from convert.tree.walk import find, plain_text

__all__ = ["tell_access"]

CODE = "docx.access"


def tell_access(document: Document, report: Report) -> None:
    """Report tables without a head row, figures without alternative text, and levels of headings that are skipped."""
    headless = [table for table in find(document, n.Table) if not table.head]
    if headless:
        report.add(CODE, "info", f"Tables without a head row, which screen readers need: {len(headless)}.",
                   " ".join(plain_text(headless[0]).split())[:40])  # fmt: skip
    silent = [figure for figure in find(document, n.Figure) if not figure.alt.strip()]
    if silent:
        report.add(CODE, "info", f"Pictures without alternative text: {len(silent)}.", silent[0].asset)
    levels = [0, *(heading.level for heading in find(document, n.Heading))]
    skipped = [f"{before} to {level}" for before, level in pairwise(levels) if level > before + 1]
    if skipped:
        report.add(CODE, "info", f"Headings skip a level, such as from {skipped[0]}: {len(skipped)}.")
