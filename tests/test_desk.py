"""Each desk rule in each format, from an article's bytes to the finished file."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from msgspec import structs
from pdfminer.high_level import extract_text
from PIL import Image

import convert
from convert.config import Config, PicturesConfig
from convert.errors import RefusedError
from convert.tree import (
    Asset,
    Correction,
    Document,
    Figure,
    Gallery,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Text,
    build,
)
from convert.tree import nodes as n
from convert.world import MemoryWorld
from convert.writers.page import print_moment

FORMATS = ("markdown", "xhtml", "epub", "docx", "pdf", "json")
PAGES = FORMATS[:-1]
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
each_format = pytest.mark.parametrize("to", FORMATS)
each_page = pytest.mark.parametrize("to", PAGES)


def drawn(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (6, 4), colour).save(out, "PNG")
    return out.getvalue()


def made(document: Document, to: str, *, theme: str = "base", images: str = "all", owned_by: tuple[str, ...] = (),
         allow_embargoed: bool = False) -> convert.Result[convert.Rendered]:  # fmt: skip
    world = MemoryWorld({Path("/desk/own.png"): drawn(), Path("/desk/wire.png"): drawn("blue")}, time=NOW)
    config = Config(pictures=PicturesConfig(use=images, owned_by=owned_by))  # type: ignore[arg-type]
    return convert.convert(
        document, to, theme, base=Path("/desk"), config=config, world=world, allow_embargoed=allow_embargoed
    )


def words(data: bytes, to: str) -> str:
    """All that a file says, in one line: the text of a page, and for archives and PDFs all their metadata too."""
    if to == "pdf":
        text = extract_text(io.BytesIO(data))
    elif to in ("epub", "docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xhtml", ".xml", ".opf"))]
            text = " ".join("".join(etree.fromstring(archive.read(name)).itertext()) for name in names)
    elif to == "xhtml":
        text = "".join(etree.fromstring(data).itertext())
    else:
        text = data.decode()
    return " ".join(text.replace("\\", "").split())


def raw(data: bytes, to: str) -> bytes:
    """All bytes of a file, unpacked."""
    if to not in ("epub", "docx"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def article(*blocks: n.Block, **fields: object) -> Document:
    fields = {"title": "Port", "language": "en", **fields}
    return Document(Metadata(**fields), blocks or (build.paragraph("Ships wait."),))  # type: ignore[arg-type]


# --------------------------------------------------------------------------------- stop rules


@each_format
@pytest.mark.parametrize(("fields", "code"), [
    ({"status": "canceled"}, "desk.killed"), ({"status": "withheld"}, "desk.withheld"),
    ({"embargo": "2026-05-01T12:00:01Z"}, "desk.embargo"), ({"embargo": "soon"}, "desk.embargo-unclear"),
])  # fmt: skip
def test_it_is_refused(to: str, fields: dict[str, str], code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        made(article(**fields), to)
    assert (caught.value.code, caught.value.exit_code) == (code, 3)


@each_format
@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_allowing_embargoes_allows_nothing_else(to: str, status: str) -> None:
    with pytest.raises(RefusedError):
        made(article(status=status, embargo="2027-01-01"), to, allow_embargoed=True)


@each_page
@pytest.mark.parametrize(("embargo", "printed"), [
    ("2026-06-01T06:00:00Z", "EMBARGOED UNTIL 1 June 2026, 06:00 UTC"),
    ("2026-06-01T06:00:00+02:00", "EMBARGOED UNTIL 1 June 2026, 04:00 UTC"),
    ("2026-06-01", "EMBARGOED UNTIL 1 June 2026, 23:59 UTC"),
    ("the minister speaks", "EMBARGOED UNTIL the minister speaks"),
])  # fmt: skip
def test_an_embargo_that_holds_is_printed_on_top(to: str, embargo: str, printed: str) -> None:
    result = made(article(embargo=embargo), to, allow_embargoed=True)
    text = words(result.value.data, to)
    assert printed in text
    assert text.index(printed) < text.index("Ships wait.")
    assert printed in result.value.declared
    assert "desk.embargoed" in {message.code for message in result.report.messages}


def test_the_tree_keeps_an_embargo_that_holds() -> None:
    data = made(article(embargo="2026-06-01"), "json", allow_embargoed=True).value.data
    assert json.loads(data)["document"]["metadata"]["embargo"] == "2026-06-01"


@pytest.mark.parametrize("to", ["docx", "xhtml"])
@pytest.mark.parametrize("embargo", ["2026-06-01T06:00:00Z", "the minister speaks"])
def test_our_own_files_hold_their_embargo(to: str, embargo: str) -> None:
    data = made(article(embargo=embargo), to, allow_embargoed=True).value.data
    world = MemoryWorld(time=NOW)
    with pytest.raises(RefusedError) as caught:
        convert.convert(data, "markdown", world=world)
    assert caught.value.code.startswith("desk.embargo")
    again = convert.convert(data, "xhtml", world=world, allow_embargoed=True).value.data.decode()
    assert again.count("EMBARGOED UNTIL") == 1
    assert convert.convert(data, "xhtml", world=MemoryWorld(time=datetime(2026, 5, 30, tzinfo=UTC)),
                           allow_embargoed=True).value.data.decode().count('"datePublished"') == 0  # fmt: skip


def test_the_banner_of_a_word_file_holds_without_its_property() -> None:
    with zipfile.ZipFile(
        io.BytesIO(made(article(embargo="2026-06-01"), "docx", allow_embargoed=True).value.data)
    ) as old:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b'name="Embargo"', b'name="Other"'))
    with pytest.raises(RefusedError, match="EMBARGOED UNTIL"):
        convert.convert(out.getvalue(), "markdown", world=MemoryWorld(time=NOW))


@each_format
def test_an_embargo_that_is_over_leaves_no_trace(to: str) -> None:
    free, over = made(article(), to), made(article(embargo="2026-05-01T12:00:00Z"), to)
    assert over.value == free.value


def test_a_banner_speaks_the_articles_language_and_the_zone_of_the_desk() -> None:
    assert print_moment("2026-06-01T06:00Z", "de", "Europe/Berlin") == "1. Juni 2026, 08:00 CEST"
    data = made(article(embargo="2026-06-01T06:00Z", language="de"), "xhtml", allow_embargoed=True).value.data
    assert '<p class="embargo">SPERRFRIST BIS 1. Juni 2026, 06:00 UTC</p>' in data.decode()


# ------------------------------------------------------------------------------ from desk to desk


@each_format
def test_the_editors_note_is_nowhere(to: str) -> None:
    extra = {"ed_note": "Sourcenote", "Editor's note": "Sourcenote", "ednote": "Sourcenote", "desk": "foreign"}
    result = made(article(editors_note="Sourcenote", extra=extra), to)
    assert b"Sourcenote" not in raw(result.value.data, to)
    assert "Sourcenote" not in words(result.value.data, to)
    assert "desk.note" in {message.code for message in result.report.messages}
    assert "Sourcenote" not in repr(result)


NOT_FOR_PUBLICATION = [
    "The following information is not for publication: call Sourcename.",
    "* * * * The following information is not intended for publication",
    "The following information is not for publication.",
    "NOT FOR PUBLICATION",
    "Not for publication:",
    "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
    "Les informations suivantes ne sont pas destinées à la publication",
]


@each_format
@pytest.mark.parametrize("sentence", NOT_FOR_PUBLICATION)
def test_what_is_not_for_publication_is_nowhere(to: str, sentence: str) -> None:
    correction = Correction((build.paragraph("It was ten."),), "2026-04-30")
    noted = Paragraph((Text("Ring Sourcename"), NoteReference("1"), Text(".")))
    document = article(build.paragraph("Ships wait."), build.paragraph(sentence), Figure("own"), noted, correction)
    note = Note("1", (build.paragraph("Sourcename has a dog."),))
    document = structs.replace(document, notes=(note,), assets={"own": Asset("own.png")})
    result = made(document, to)
    text = words(result.value.data, to)
    assert "Ships wait." in text
    assert "It was ten." in text  # a correction is for readers, wherever it stands
    assert "Sourcename" not in text
    assert drawn() not in raw(result.value.data, to)
    assert not result.value.files
    assert "desk.not-for-publication" in {message.code for message in result.report.messages}


def test_only_a_labelled_paragraph_goes_where_it_says_something_itself() -> None:
    document = article(build.paragraph("Not for publication: ask Ann."), build.paragraph("Ships wait."))
    data = made(document, "markdown").value.data.decode()
    assert ("Ann" in data, "Ships wait." in data) == (False, True)


def test_the_words_before_the_sentence_stay() -> None:
    merged = "Ships wait. The following information is not for publication: Ann, 555."
    data = made(article(build.paragraph(merged)), "markdown").value.data.decode()
    assert ("Ann" in data, "following" in data, "Ships wait." in data) == (False, False, True)


@pytest.mark.parametrize("sentence", [
    "The memo said “the following information is not for publication”, and was published.",
    "The following information is not for publication in the United States, the court held.",
    "He said it was not for publication.", "Not for publication houses alone.",
])  # fmt: skip
def test_an_article_may_speak_of_such_sentences(sentence: str) -> None:
    text = words(made(article(build.paragraph(sentence), build.paragraph("The end.")), "xhtml").value.data, "xhtml")
    assert sentence in text
    assert "The end." in text


# -------------------------------------------------------------------------------- corrections


@each_page
@pytest.mark.parametrize("theme", ["base", "broadsheet", "modern"])
def test_a_correction_is_labelled_and_dated(to: str, theme: str) -> None:
    inner = Correction((build.paragraph("It was ten."),), "2026-04-30")
    result = made(article(build.paragraph("Ships wait."), inner, n.Aside((inner,))), to, theme=theme)
    text = words(result.value.data, to)
    assert len(re.findall("Correction", text)) >= 2
    assert text.count("30 April 2026") == 2
    assert result.value.declared.count("Correction") + result.value.declared.count("Correction:") >= 1


@pytest.mark.parametrize("to", ["xhtml", "epub"])
def test_a_correction_stands_in_json_ld(to: str) -> None:
    data = made(article(Correction((build.paragraph("It was ten."),), "2026-04-30")), to).value.data
    page = data if to == "xhtml" else zipfile.ZipFile(io.BytesIO(data)).read("EPUB/article.xhtml")
    script = etree.fromstring(page).find(".//{*}script")
    assert json.loads(script.text or "")["correction"] == [  # type: ignore[union-attr]
        {"@type": "CorrectionComment", "datePublished": "2026-04-30", "text": "It was ten."}
    ]


# ------------------------------------------------------------------------------------ pictures

OWN, WIRE = drawn(), drawn("blue")


def pictured() -> Document:
    """Pictures of every kind of holder, in every place that holds one."""
    blocks = (
        build.paragraph("Ships wait."),
        Figure("own", "Owned alt", build.text("Owned caption."), build.text("Ada / The Port")),
        Figure("wire", "Foreign alt", build.text("Foreign caption."), build.text("Agency")),
        Figure("unknown", "Unknown alt", build.text("Unknown caption.")),
        Gallery((Figure("wire", "Foreign alt"),), build.text("Foreign gallery.")),
        Paragraph((n.Image("wire", "Foreign alt"),)),
        Paragraph((Text("Before "), n.Image("wire", "Foreign alt"), Text(" after."))),
    )
    assets = {
        "own": Asset("own.png", holder="© 2026 The  PORT"), "wire": Asset("wire.png", holder="Agency"),
        "unknown": Asset("wire.png"), "lead": Asset("wire.png", holder="Agency", caption="Foreign lead."),
    }  # fmt: skip
    return structs.replace(article(*blocks, lead_image="lead"), assets=assets)


@each_format
def test_all_pictures(to: str) -> None:
    result = made(pictured(), to)
    text = words(result.value.data, to)
    assert all(word in text for word in ("Owned caption.", "Ada / The Port", "Foreign caption.", "Unknown caption."))
    assert "Foreign lead." in text
    assert "picture.rights" not in {message.code for message in result.report.messages}


@each_format
def test_owned_pictures_alone(to: str) -> None:
    result = made(pictured(), to, images="owned", owned_by=("the port",))
    text = words(result.value.data, to)
    assert "Owned caption." in text
    assert "Ada / The Port" in text
    assert not re.search("Foreign|Unknown|Agency", text)
    assert "after." in text
    lost = [message.where for message in result.report.messages if message.code == "picture.rights"]
    assert lost == ["picture wire", "picture unknown", "picture lead"]
    assert all(WIRE not in each for each in (raw(result.value.data, to), *result.value.files.values()))


@each_format
def test_no_pictures(to: str) -> None:
    result = made(pictured(), to, images="none", owned_by=("the port",))
    assert not re.search("Owned|Foreign|Unknown|Agency", words(result.value.data, to))
    assert len([message for message in result.report.messages if message.code == "picture.rights"]) == 4
    assert not result.value.files
    assert all(each not in raw(result.value.data, to) for each in (OWN, WIRE))


@each_page
def test_a_missing_picture_leaves_a_placeholder_with_its_description(to: str) -> None:
    blocks = (
        Figure("a", "A quay at dusk", build.text("The caption.")),
        build.paragraph((Text("In "), n.Image("b", "a sign"))),
    )
    document = structs.replace(article(*blocks, lead_image="c"), assets={
        "a": Asset("lost.png"), "b": Asset("../out.png"), "c": Asset("ftp://h/x.png", alt="The lead"),
    })  # fmt: skip
    result = made(document, to)
    text = words(result.value.data, to)
    for alt in ("A quay at dusk", "a sign", "The lead"):
        assert re.search(rf"Picture: {alt}|\[?Picture: {alt}", text), text
    assert "The caption." in text
    lost = [message.code for message in result.report.messages if message.severity == "loss"]
    assert sorted(lost) == ["picture.missing", "picture.outside", "picture.scheme"]  # each once, with its reason


# ---------------------------------------------------------------------------------- disclosure


@each_page
@pytest.mark.parametrize(("source_type", "said"), [
    ("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", "Created using generative AI"),
    ("trainedalgorithmicmedia", "Created using generative AI"),
    ("digsrctype:compositeWithTrainedAlgorithmicMedia", "Created in part using generative AI"),
    ("https://schema.org/TrainedAlgorithmicMediaDigitalSource", "Created using generative AI"),
    ("CompositeSyntheticDigitalSource", "Created in part using generative AI"),
    ("algorithmicallyEnhanced", "Made or altered by an algorithm"),
    ("dreamMachine", "Digital source type: dreamMachine"),
])  # fmt: skip
def test_the_work_of_machines_is_disclosed(to: str, source_type: str, said: str) -> None:
    document = structs.replace(
        article(Figure("own", "x"), digital_source_type=source_type),
        assets={"own": Asset("own.png", digital_source_type=source_type)},
    )
    text = words(made(document, to).value.data, to)
    assert text.count(said) >= 2  # the article, and its picture


@each_page
@pytest.mark.parametrize(
    "source_type", ["", "humanEdits", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
                    "https://schema.org/DigitalCaptureDigitalSource", "MultiFrameComputationalCaptureDigitalSource"]
)  # fmt: skip
def test_the_work_of_people_needs_no_disclosure(to: str, source_type: str) -> None:
    text = words(made(article(digital_source_type=source_type), to).value.data, to)
    assert not re.search("generative|algorithm|Digital source type:", text)


@each_page
def test_a_theme_may_not_hide_the_disclosure(to: str, tmp_path: Path) -> None:
    theme = tmp_path / "house.yaml"
    theme.write_text("extends: base\nshow: [headline, body, corrections, notes]\n")
    text = words(made(article(digital_source_type="trainedAlgorithmicMedia"), to, theme=str(theme)).value.data, to)
    assert "Created using generative AI" in text


@each_page
def test_the_origin_line_where_a_theme_asks_for_it(to: str, tmp_path: Path) -> None:
    theme = tmp_path / "house.yaml"
    theme.write_text('extends: base\norigin: "Originally published by {publisher} at {url}"\n')
    document = article(publisher="The Port", canonical_url="https://port.example/a")
    line = "Originally published by The Port at https://port.example/a"
    assert line in words(made(document, to, theme=str(theme)).value.data, to)
    assert "Originally" not in words(made(article(publisher="The Port"), to, theme=str(theme)).value.data, to)
    theme = tmp_path / "silent.yaml"
    theme.write_text("extends: base\nshow: [headline, body, corrections, notes]\n")
    assert "Originally" not in words(made(document, to, theme=str(theme)).value.data, to)


def test_lines_of_our_own_are_not_read_back_as_the_articles() -> None:
    document = article(
        embargo="2026-06-01",
        digital_source_type="trainedAlgorithmicMedia",
        publisher="P",
        canonical_url="https://p.example/a",
    )
    written = made(document, "markdown", allow_embargoed=True).value.data
    read = convert.convert(
        written, "json", from_="markdown", world=MemoryWorld(time=NOW), allow_embargoed=True
    ).value.data
    found = json.loads(read)["document"]
    assert [block["content"][0]["value"] for block in found["blocks"]] == ["Ships wait."]
    assert found["metadata"]["embargo"] == "2026-06-01"
