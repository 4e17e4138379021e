"""What PDFs claim: each thing that must hold is broken, and the claim goes; XMP says what the Info dictionary says."""

from __future__ import annotations

import io
import re
from typing import get_args

import pikepdf
import pytest
from lxml import etree
from msgspec import structs
from PIL import Image

from convert.assets.svg import clean_svg
from convert.config import Config, PdfConfig
from convert.pipeline import convert
from convert.tree import Asset, Author, Document, Figure, Heading, Metadata, Paragraph, Quote, Text, build
from convert.tree import Image as InlineImage
from convert.world import Picture
from convert.writers.base import Options, PdfStandard
from convert.writers.pdf import Writer
from convert.writers.pdf.xmp import CLAIMS
from tests.writers.help import OPTIONS, theme
from tests.writers.rich import rich_assets, rich_document, rich_metadata

PRESS = Writer(theme(), OPTIONS)
GOOD = Document(
    Metadata(title="A title", language="en"),
    (
        build.paragraph("Words."), Heading(1, (Text("Section"),)), Figure("crane", "A crane"),
        Paragraph((InlineImage("dot"), Text(" decorated"))),
    ),
    assets={"crane": Asset("crane.png"), "dot": Asset("dot.png")},
)  # fmt: skip


def claimed(data: bytes) -> set[tuple[str, str]]:
    """The properties of the file's XMP that claim a standard."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        text = pdf.Root.Metadata.read_bytes().decode()
    return set(re.findall(r"<(pdf(?:ua|a)id:\w+)>(\w+)</", text))


def of(kind: PdfStandard) -> set[tuple[str, str]]:
    return set(CLAIMS[kind])


@pytest.mark.parametrize("standard", get_args(PdfStandard))
def test_a_press_claims_what_it_is_asked_for(standard: PdfStandard) -> None:
    result = Writer(theme(), Options(pdf_standard=standard)).render(GOOD, rich_assets(), "stem")
    assert result.report.messages == []
    assert claimed(result.value.data) == of(standard)
    with pikepdf.open(io.BytesIO(result.value.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert [str(intent.S) for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/Metadata"]
        assert len(streams) == 1


def test_the_configuration_chooses_the_standard() -> None:
    article = structs.replace(GOOD, blocks=GOOD.blocks[:2], assets={})
    assert claimed(convert(article, "pdf").value.data) == of("both")
    assert claimed(convert(article, "pdf", config=Config(pdf=PdfConfig("a-2a"))).value.data) == of("a-2a")


def cmyk() -> Picture:
    out = io.BytesIO()
    Image.new("CMYK", (8, 8)).save(out, "JPEG")
    return Picture(out.getvalue(), "image/jpeg", 8, 8)


def drawing(inner: str) -> Picture:
    return clean_svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'.encode())[0]


def with_blocks(*blocks: object) -> Document:
    return structs.replace(GOOD, blocks=(*GOOD.blocks, *blocks))


def with_metadata(**changes: object) -> Document:
    return structs.replace(GOOD, metadata=structs.replace(GOOD.metadata, **changes))


BROKEN: dict[str, tuple[Document, dict[str, Picture], str, str]] = {
    "no language": (with_metadata(language=""), {}, "pdf.language", ""),
    "no language tag": (with_metadata(language="english!"), {}, "pdf.language", ""),
    "no headline": (with_metadata(title=""), {}, "pdf.title", ""),
    "a skipped level": (with_blocks(Heading(3, (Text("Deep"),))), {}, "pdf.headings", "Deep"),
    "no description": (with_blocks(Figure("crane")), {}, "pdf.alt", "crane.png"),
    "no glyph": (with_blocks(build.paragraph("Tokyo is 東京.")), {}, "pdf.glyph", "Tokyo is 東京."),
    "a sign for private use": (with_blocks(build.paragraph("A \ue000.")), {}, "pdf.glyph", "A \ue000."),
    "no glyph in a drawing": (GOOD, {"crane": drawing("<text>東</text>")}, "pdf.glyph", "crane.png"),
    "CMYK": (GOOD, {"crane": cmyk()}, "pdf.colour", "crane.png"),
    "CMYK in a drawing": (GOOD, {"crane": drawing('<rect fill="device-cmyk(1 0 0 0)"/>')}, "pdf.colour", "crane.png"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_claim_goes_with_what_it_needs(name: str) -> None:
    article, pictures, code, where = BROKEN[name]
    result = PRESS.render(article, {**rich_assets(), **pictures}, "stem")
    found = [message for message in result.report.messages if message.code.startswith("pdf.")]
    assert (code, "doubt", where) in [(message.code, message.severity, message.where) for message in found]
    assert all("does not claim PDF/UA-1 and PDF/A-3a" in message.text for message in found)
    assert claimed(result.value.data) == set()
    with pikepdf.open(io.BytesIO(result.value.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked


def test_a_theme_that_shows_no_headline_cannot_claim() -> None:
    quiet = structs.replace(theme(), show=tuple(part for part in theme().show if part != "headline"))
    result = Writer(quiet, OPTIONS).render(GOOD, rich_assets(), "stem")
    assert [(message.code, message.where) for message in result.report.messages] == [("pdf.headings", "Section")]


def test_what_is_not_read_aloud_needs_no_levels() -> None:
    article = with_blocks(Quote((Heading(4, (Text("Ornament"),)),), kind="pull"))
    assert claimed(PRESS.render(article, rich_assets(), "stem").value.data) == of("both")


def test_nothing_is_asked_of_a_file_that_is_to_claim_nothing() -> None:
    result = Writer(theme(), Options(pdf_standard="none")).render(Document(blocks=GOOD.blocks), rich_assets(), "stem")
    assert result.report.messages == []


def texts(root: etree._Element, name: str) -> list[str]:
    """The values of a property of XMP, one or several."""
    found = next(root.iter(f"{{*}}{name}"))
    items = [item.text or "" for item in found.iter("{*}li")]
    return items or [found.text or ""]


def test_xmp_says_what_the_info_dictionary_says() -> None:
    metadata = structs.replace(rich_metadata(), authors=(Author("Elena & Co <x>"), Author("Tom")), title="“Ж” & <b>")
    article = structs.replace(rich_document(), metadata=metadata)
    with pikepdf.open(io.BytesIO(PRESS.render(article, rich_assets(), "stem").value.data)) as pdf:
        info = {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()}
        root = etree.fromstring(pdf.Root.Metadata.read_bytes())
    when = [re.sub(r"\D", "", texts(root, name)[0]) for name in ("CreateDate", "ModifyDate")]
    assert info == {
        "Title": texts(root, "title")[0], "Author": ", ".join(texts(root, "creator")),
        "Subject": texts(root, "description")[0], "Keywords": texts(root, "Keywords")[0],
        "Producer": texts(root, "Producer")[0], "CreationDate": f"D:{when[0]}Z", "ModDate": f"D:{when[1]}Z",
    }  # fmt: skip
    assert ", ".join(texts(root, "subject")) == info["Keywords"]
