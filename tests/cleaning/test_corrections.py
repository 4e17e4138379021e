"""Which words before a correction are its label, and which date they name."""

from __future__ import annotations

import pytest

from convert.cleaning import clean
from convert.report import Report
from convert.tree import Correction, Document, Link, Paragraph, Strong, Text, build
from convert.tree.text import block_text, document_text


def cleaned(document: Document, *refuse: str) -> tuple[Document, Report]:
    report = Report()
    return clean(document, document_text(document), report, flat=False, refuse=refuse), report


@pytest.mark.parametrize(("label", "date"), [
    ("Correction:", ""), ("Corrections:", ""), ("CORRECTION —", ""), ("Correction: March 5, 2026.", "2026-03-05"),
    ("Correction (5 March 2026)", "2026-03-05"), ("Correction [Mar. 5th, 2026]:", "2026-03-05"), ("Correction, 2026-03-05:", "2026-03-05"),
    ("Correction · 5 mars 2026 :", "2026-03-05"), ("Korrektur vom", None), ("Korrektur (5. März 2026):", "2026-03-05"),
    ("Berichtigung, 05.03.2026 –", "2026-03-05"), ("Rectificatif (1er août 2026) :", "2026-08-01"),
    ("Corrección (5 de marzo de 2026):", "2026-03-05"), ("Correction (March 5):", None), ("Correction (32 March 2026):", None),
    ("Correction (5 Smarch 2026):", None), ("Correction —", None), ("Correctional:", None), ("The correction:", None),
])  # fmt: skip
def test_the_label_goes_and_its_date_stays(label: str, date: str | None) -> None:
    document = Document(blocks=(build.paragraph("Text."), build.paragraph(f"{label} A name was wrong.")))
    found = cleaned(document)[0].blocks[1]
    assert found == (document.blocks[1] if date is None else Correction((build.paragraph("A name was wrong."),), date))


def test_the_forms_of_its_words_stay() -> None:
    link = Link((Text("name"),), "https://example.org/")
    content = (Strong((Text("Correction"), Text(" (5 March 2026): A"))), Text(" "), link, Text(" was wrong."))
    found = cleaned(Document(blocks=(Paragraph(content),)))[0].blocks[0]
    assert found == Correction((Paragraph((Strong((Text("A"),)), Text(" "), link, Text(" was wrong."))),), "2026-03-05")


def test_it_may_be_refused() -> None:
    document = Document(blocks=(build.paragraph("Correction: A name was wrong."),))
    change = cleaned(document)[1].changes[0]
    assert (change.kind, change.text) == ("removed", "Correction: ")
    assert block_text(cleaned(document, change.id)[0].blocks[0]).strip() == "Correction: A name was wrong."
