"""What an EPUB says of its access: each claim goes when what it stands for goes."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from msgspec import structs
from PIL import Image as Pillow

from convert.themes.contrast import contrast, faint
from convert.tree import Asset, Document, Figure, Image, Metadata, Table
from convert.tree.walk import find, rewrite
from convert.world import Assets, Picture
from convert.writers.epub import Writer
from convert.writers.epub.access import STANDARD, Access, access
from convert.writers.epub.sentences import sentences
from convert.writers.labels import LABELS
from tests.writers.help import OPTIONS, theme, words
from tests.writers.rich import rich_assets, rich_document
from tests.writers.test_css import restyled
from tests.writers.test_epub import book, properties

SAID = sentences("en")
RICH = rich_document()
SHOWN = [node.alt for kind in (Figure, Image) for node in find(RICH, kind) if node.asset in rich_assets()]


def of(document: Document, assets: Assets | None = None, language: str = "en") -> Access:
    return access([(document, rich_assets() if assets is None else assets)], theme(), language)


def with_alt(old: str, new: str) -> Document:
    def change(node: object) -> object:
        return structs.replace(node, alt=new) if isinstance(node, Figure | Image) and node.alt == old else node

    return rewrite(RICH, change)


def titled(document: Document, **fields: object) -> Document:
    return structs.replace(document, metadata=Metadata(title="Port", language="en", **fields))  # type: ignore[arg-type]


def test_the_whole_article_claims_all_that_it_has() -> None:
    whole = of(RICH)
    assert whole.modes == ("textual", "visual")
    assert whole.sufficient == ("textual",)
    assert whole.features == (
        "tableOfContents", "readingOrder", "displayTransformability", "structuralNavigation", "alternativeText",
    )  # fmt: skip
    assert whole.hazards == ("none",)
    assert whole.conforms_to == STANDARD
    assert whole.lacks == ()
    assert whole.summary == " ".join((SAID.text, SAID.described, SAID.headed, SAID.notes, SAID.checked))


@pytest.mark.parametrize("alt", SHOWN)
@pytest.mark.parametrize("instead", ["", "  ", "IMG_2041.JPG"])
def test_taking_any_one_description_away_takes_the_claim_away(alt: str, instead: str) -> None:
    assert len(SHOWN) == 4
    less = of(with_alt(alt, instead))
    assert "alternativeText" not in less.features
    assert less.sufficient == ("textual,visual",)
    assert less.conforms_to == ""
    assert less.lacks == ("picture descriptions",)
    assert SAID.undescribed.format(1) in less.summary
    assert SAID.described not in less.summary


def test_the_package_says_it() -> None:
    said = properties(etree.fromstring(book(RICH, rich_assets()).read("EPUB/package.opf")))
    less = properties(etree.fromstring(book(with_alt(SHOWN[0], ""), rich_assets()).read("EPUB/package.opf")))
    assert said["dcterms:conformsTo"] == [STANDARD]
    assert said["a11y:certifiedBy"] == ["copydesk"]
    assert "alternativeText" in said["schema:accessibilityFeature"]
    assert not {"dcterms:conformsTo", "a11y:certifiedBy"} & set(less)
    assert "alternativeText" not in less["schema:accessibilityFeature"]
    assert said["schema:accessibilitySummary"] != less["schema:accessibilitySummary"]


def test_what_keeps_it_from_the_claim_is_told() -> None:
    messages = Writer(theme(), OPTIONS).render(with_alt(SHOWN[0], ""), rich_assets(), "stem").report.messages
    assert "for it lacks: picture descriptions" in next(m.text for m in messages if m.code == "access.unclaimed")
    whole = Writer(theme(), OPTIONS).render(RICH, rich_assets(), "stem").report.messages
    assert "access.unclaimed" not in {m.code for m in whole}


def test_a_picture_that_could_not_be_had_is_not_counted() -> None:
    made = of(RICH, {})
    assert made.modes == ("textual",)
    assert "alternativeText" not in made.features


def test_a_text_without_pictures_is_text_alone() -> None:
    made = of(titled(words("x")), {})
    assert (made.modes, made.sufficient, made.hazards) == (("textual",), ("textual",), ("none",))
    assert made.features == ("tableOfContents", "readingOrder", "displayTransformability")


def test_a_lead_picture_counts_where_it_is_shown() -> None:
    document = titled(words("x"), lead_image="harbour")
    document = structs.replace(document, assets={"harbour": Asset("harbour.png")})
    assert of(document).lacks == ("picture descriptions",)
    described = structs.replace(document, assets={"harbour": Asset("harbour.png", alt="A grey sea")})
    assert "alternativeText" in of(described).features
    hidden = structs.replace(theme(), show=("headline", "body"))
    assert access([(document, rich_assets())], hidden, "en").modes == ("textual",)


@pytest.mark.parametrize(
    ("fields", "lack"), [({"title": ""}, "title"), ({"language": ""}, "language"), ({"title": " "}, "title")]
)
def test_a_title_and_a_language_are_needed(fields: dict[str, str], lack: str) -> None:
    bare = structs.replace(RICH, metadata=structs.replace(RICH.metadata, **fields))
    assert of(bare).lacks == (lack,)


def test_tables_need_header_cells() -> None:
    headed = next(find(RICH, Table))
    rows = tuple(
        structs.replace(row, cells=tuple(structs.replace(cell, scope="") for cell in row.cells)) for row in headed.body
    )
    bare = structs.replace(headed, head=(), body=rows)
    made = of(titled(Document(blocks=(bare,))), {})
    assert made.lacks == ("header cells",)
    assert SAID.bare.format(1) in made.summary


def frames(kind: str, count: int) -> Picture:
    out = io.BytesIO()
    first, *rest = [Pillow.new("RGB", (8, 8), (k * 90, 0, 0)) for k in range(count)]
    first.save(out, kind, save_all=count > 1, append_images=rest)
    return Picture(out.getvalue(), f"image/{kind.lower()}", 8, 8)


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_of_a_picture_that_moves_it_is_not_known_whether_it_flashes(kind: str) -> None:
    document = titled(Document(blocks=(Figure("a", "A wheel"),), assets={"a": Asset("a")}))
    still, moving = of(document, {"a": frames(kind, 1)}), of(document, {"a": frames(kind, 3)})
    assert still.hazards == ("none",)
    assert still.conforms_to == STANDARD
    assert moving.hazards == ("noSoundHazard", "unknownFlashingHazard", "unknownMotionSimulationHazard")
    assert moving.lacks == ("still pictures",)
    assert SAID.moving.format(1) in moving.summary


def test_several_articles_are_counted_together() -> None:
    pairs = [(RICH, rich_assets()), (with_alt(SHOWN[0], ""), rich_assets()), (with_alt(SHOWN[1], ""), rich_assets())]
    assert SAID.undescribed.format(2) in access(pairs, theme(), "en").summary


def test_colours_that_are_too_faint_take_the_claim_away() -> None:
    assert not faint(theme())
    assert not faint(theme("modern"))
    pale = restyled("caption", colour="#999999")
    assert faint(pale)
    assert access([(RICH, rich_assets())], pale, "en").lacks == ("contrast",)
    assert faint(restyled("link", underline=False))
    assert not faint(restyled("headline", colour="#888888"))  # large type needs less
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("language", LABELS)
def test_the_summary_is_in_the_articles_language(language: str) -> None:
    made = of(RICH, language=f"{language}-XX")
    assert made.language == language
    assert sentences(language).text in made.summary
    assert all("{}" in text for text in (sentences(language).undescribed, sentences(language).bare))


def test_or_in_english_and_says_so() -> None:
    danish = structs.replace(RICH, metadata=structs.replace(RICH.metadata, language="da"))
    root = etree.fromstring(book(danish, rich_assets()).read("EPUB/package.opf"))
    summary = next(one for one in root.iter("{*}meta") if one.get("property") == "schema:accessibilitySummary")
    assert summary.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert summary.text.startswith(SAID.text)
