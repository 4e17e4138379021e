"""What is marked as not for publication, wherever it stands, and notes to editors that the body repeats."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from convert import formats
from convert.desk_marks import public
from convert.report import Report
from convert.rules import release
from convert.tree import (
    Aside,
    Asset,
    Author,
    Block,
    Cell,
    CodeBlock,
    Column,
    Correction,
    Definition,
    DefinitionList,
    Document,
    Embed,
    Figure,
    List,
    ListItem,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Quote,
    Row,
    Strong,
    Table,
    Text,
    build,
)  # fmt: skip
from convert.tree.check import faults
from convert.tree.text import document_text
from convert.world import Source

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
OPEN = build.paragraph("Ships wait.")
SAID = "Not for publication: LEAK"


def released(*blocks: Block, **fields: object) -> tuple[Document, str]:
    report = Report()
    made = release(Document(blocks=blocks, **fields), NOON, report)  # type: ignore[arg-type]
    assert [message.code for message in report.messages] == ["desk.not-for-publication"]
    assert not faults(made)
    return made, document_text(made)


@pytest.mark.parametrize("text", [
    SAID, "[NOT FOR PUBLICATION] Phone LEAK", "(NOT FOR PUBLICATION) Phone LEAK", "EDITORS: NOT FOR PUBLICATION LEAK",
    "NOT FOR PUBLICATION LEAK", "(Editors: not for publication: LEAK)", "Editor's note: NOT FOR PUBLICATION LEAK",
    "NICHT ZUR VERÖFFENTLICHUNG: LEAK", "[Nicht zur Veröffentlichung] LEAK", "Ne pas publier : LEAK",
    "No publicar: LEAK", "Hinweis an die Redaktion: Nicht zur Veröffentlichung LEAK", "- Not for publication -: LEAK",
    "NOT FOR PUBLİCATİON: LEAK", "Not for publıcatıon: LEAK", "Pas pour être publié : LEAK", "No para su publicación: LEAK",
    "No destinadas a ser publicadas: LEAK",
])  # fmt: skip
def test_a_labelled_paragraph_goes(text: str) -> None:
    made, _ = released(OPEN, build.paragraph(text), OPEN)
    assert made.blocks == (OPEN, OPEN)


def test_a_bold_label_ends_its_paragraph() -> None:
    for label in ("Not for publication:", "NOT FOR PUBLICATION:"):
        made, _ = released(Paragraph((Text("Text with "), Strong((Text(label),)), Text(" LEAK"))), OPEN)
        assert made.blocks == (build.paragraph("Text with"), OPEN)


@pytest.mark.parametrize("text", [
    "He said it was not for publication.", "Not for publication in Norway", "Desk: a piece of furniture.",
    "Not for publication houses alone.", "The list (not for publication) was shown.", "It was stamped NOT FOR PUBLICATION.",
    "No para la publicación sola vive.", "Nicht zur Veröffentlichung bestimmt war der Brief.",
])  # fmt: skip
def test_prose_stays(text: str) -> None:
    document = Document(Metadata(rights=text, description=text), (build.paragraph(text), OPEN))
    assert release(document, NOON, Report()) is not None
    assert release(document, NOON, Report()) == document


LEAKING: list[Block] = [
    List((ListItem((OPEN,)), ListItem((build.paragraph(SAID),)))),
    List((ListItem((OPEN,)), ListItem((build.paragraph("Not for publication"),)), ListItem((build.paragraph("LEAK"),)))),
    Quote((OPEN, build.paragraph(SAID))),
    Quote((OPEN,), (Text(SAID),)),
    Aside((OPEN, build.paragraph("Not for publication"), build.paragraph("LEAK"))),
    Table((Column(), Column()), body=(Row((Cell((OPEN,)), Cell((build.paragraph(SAID),)))),)),
    Table((Column(), Column()), body=(
        Row((Cell((OPEN,)), Cell((OPEN,)))),
        Row((Cell((build.paragraph("Not for publication:"),)), Cell((build.paragraph("LEAK"),)))),
    )),
    DefinitionList((Definition((Text("Port"),), ((OPEN,), (build.paragraph(SAID),))),)),
    Correction((OPEN, build.paragraph(SAID))),
    Figure("own", "Ships wait.", (Text("Real. NOT FOR PUBLICATION: LEAK"),), (Text(SAID),)),
]  # fmt: skip


@pytest.mark.parametrize("block", LEAKING)
def test_what_is_marked_within_a_block_goes_and_the_rest_stays(block: Block) -> None:
    _, text = released(block, build.paragraph("Last."), assets={"own": Asset("own.png")})
    assert ("LEAK" in text, "Ships wait." in text, "Last." in text) == (False, True, True)


def test_the_sentence_within_a_block_speaks_of_all_that_follows() -> None:
    sentence = build.paragraph("The following information is not for publication.")
    _, text = released(OPEN, Quote((OPEN, sentence, build.paragraph("LEAK"))), build.paragraph("LEAK"))
    assert "LEAK" not in text


def test_a_marked_note_goes_with_its_reference() -> None:
    noted = Paragraph((Text("Ships wait."), NoteReference("1")))
    made, _ = released(noted, notes=(Note("1", (build.paragraph(SAID),)),))
    assert made == Document(blocks=(OPEN,))


def test_marked_fields_go() -> None:
    metadata = Metadata(
        "Port", deck=SAID, description="Ships. NOT FOR PUBLICATION: LEAK", authors=(Author("Ann", bio=SAID),),
        keywords=("port", SAID), rights=SAID, extra={"by": SAID}, lead_image="own",
    )  # fmt: skip
    made, _ = released(OPEN, metadata=metadata, assets={"own": Asset("own.png", caption=SAID)})
    assert "LEAK" not in repr(made)
    assert made.metadata == Metadata(
        "Port", description="Ships.", authors=(Author("Ann"),), keywords=("port",), lead_image="own"
    )
    assert made.assets == {"own": Asset("own.png")}


def test_pictures_and_cards_at_the_end_stay() -> None:
    sentence = build.paragraph("The following information is not intended for publication")
    end = (Figure("own", caption=(Text("Ships."),)), Embed("https://a.example/v.mp4", title="Film"))
    made, _ = released(OPEN, sentence, build.paragraph("LEAK"), *end, assets={"own": Asset("own.png")})
    assert made.blocks == (OPEN, *end)
    assert set(made.assets) == {"own"}


@pytest.mark.parametrize("text", [
    "NOTE 5", "(Editors: NOTE 5)", "Eds: NOTE 5.", "Editor's note: NOTE 5", "Editor’s Note – NOTE 5", "[Note to editors: NOTE 5]",
    "Hinweis an die Redaktion: NOTE 5", "Anmerkung der Redaktion: NOTE 5", "Note aux rédactions : NOTE 5",
    "Nota a la redacción: NOTE 5",
])  # fmt: skip
@pytest.mark.parametrize("given", ["NOTE 5", "Eds: NOTE 5"])
def test_the_editors_note_in_the_body_is_furniture(text: str, given: str) -> None:
    item = {
        "uri": "urn:x:1", "headline": "Port", "versioncreated": "2026-05-01T10:00:00Z", "ednote": given,
        "body_html": f"<p>Ships wait.</p><p>{text}</p><p>A note 5 of music.</p>",
    }  # fmt: skip
    source = Source(json.dumps(item).encode(), "port.json")
    document = formats.reader_for(source).read(source).value.document
    roles = [block.role for block in document.blocks if isinstance(block, Paragraph)]
    assert roles == ["body", "furniture", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 100_000,
        "- " * 50_000,
        "—" * 100_000,
        "* " * 50_000,
        "not for publication" + " " * 100_000 + "x",
        ". " * 50_000,
    ],
    ids=["lines", "dashes", "rules", "stars", "spaces", "stops"],
)
def test_marks_are_looked_for_in_a_time_that_grows_with_the_text(text: str) -> None:
    """Each of these took minutes when its signs were gone through again from each of them."""
    document = Document(blocks=(CodeBlock(f"publication {text} publication"), build.paragraph("x")))
    started = time.process_time()
    assert public(document).blocks[1:] == document.blocks[1:]
    assert time.process_time() - started < 10
