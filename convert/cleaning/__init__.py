"""Cleaning: passes that mend an article's form and never its wording.

A pass takes a document and returns one, and marks each edit (`ledger.Marks`); then every edit is
replayed on the source's letters. Passes depend on one another, so their order is code.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgspec import Struct

from convert.cleaning.authors import take_author
from convert.cleaning.boilerplate import drop_boilerplate
from convert.cleaning.characters import drop_invisible, mend_mojibake
from convert.cleaning.comments import drop_comments
from convert.cleaning.corrections import mark_corrections
from convert.cleaning.headings import close_heading_gaps, drop_doubles, recover_headings
from convert.cleaning.language import detect_language
from convert.cleaning.ledger import Ledger, Marks
from convert.cleaning.lines import part_lines
from convert.cleaning.lists import mark_lead_ins, recover_lists
from convert.cleaning.page import drop_furniture
from convert.cleaning.roles import follow_roles
from convert.cleaning.spacing import restore_spaces, tidy_spaces
from convert.cleaning.tables import recover_tables
from convert.cleaning.titles import take_byline, take_title
from convert.errors import UsageError
from convert.marked_yaml import nearest, shown
from convert.report import Report
from convert.tree import Document

__all__ = ["PASSES", "Pass", "clean", "pass_name"]


class Pass(Struct, frozen=True):
    """One pass. `flat` ones run only on text whose structure has to be found."""

    name: str
    run: Callable[[Document, Marks], Document]
    flat: bool = False


PASSES: tuple[Pass, ...] = (
    Pass("mojibake", mend_mojibake),  # first: what follows looks at letters
    Pass("invisible", drop_invisible),  # hidden characters would part words that belong together
    Pass("page", drop_furniture),  # its words are not the article's: no later pass should look at them
    Pass("lists", recover_lists, flat=True),  # a bullet is sure; what has one is no row of a table
    Pass("tables", recover_tables, flat=True),  # rows are lines that touch, so before lines are parted
    Pass("lines", part_lines, flat=True),  # the lines that are left
    Pass("comments", drop_comments, flat=True),  # they read like the article, so before what is told by look
    Pass("roles", follow_roles, flat=True),  # of all lines at once: furniture is told by what stands around it
    Pass("boilerplate", drop_boilerplate, flat=True),  # what words alone tell, or it would be title or author
    Pass("title", take_title, flat=True),  # where none was told: the first line once the boilerplate is gone
    Pass("byline", take_byline, flat=True),  # below the title, above the text
    Pass("doubles", drop_doubles, flat=True),  # lines alone: a heading that stands twice is a sure one
    Pass("author", take_author, flat=True),  # a name alone would be taken for a heading
    Pass("headings", recover_headings, flat=True),
    Pass("lost-spaces", restore_spaces, flat=True),  # in every text, cells and items too
    Pass("lead-ins", mark_lead_ins, flat=True),  # they end with a colon and a space
    Pass("corrections", mark_corrections),  # of what is left of the article: they stand at its ends
    Pass("spaces", tidy_spaces),  # last of the edits: doubled spaces tell of tables before
    Pass("levels", close_heading_gaps),
    Pass("language", detect_language),  # of the text as it will be read
)
"""Every pass, in the order in which they run."""


def pass_name(name: str) -> str:
    """The name of a pass. Raises UsageError where there is none."""
    names = [each.name for each in PASSES]
    if name not in names:
        raise UsageError("cleaning.unknown-pass", f"There is no pass '{shown(name)}'{nearest(name, names)}")
    return name


def clean(
    document: Document,
    text: str,
    report: Report,
    *,
    flat: bool,
    off: Collection[str] = (),
    refuse: Collection[str] = (),
) -> Document:
    """The document put through all passes but those named in `off`, proved against its reading text.

    `refuse` holds the ids of changes that must not be made. Raises InternalError if the result's
    letters are not those of the text with the report's changes.
    """
    for name in off:
        pass_name(name)
    ledger = Ledger(text, report, refuse)
    for each in PASSES:
        if each.name in off or (each.flat and not flat):
            continue
        marks = Marks(each.name, ledger)
        document = each.run(document, marks)
        ledger.apply(marks.edits)
    ledger.prove(document)
    for change_id in sorted(ledger.refuse - ledger.refused):
        report.add(
            "refuse.unknown",
            "doubt",
            f"No change has the id {change_id}; if it once had, it fell away with another that was refused.",
        )
    return document
