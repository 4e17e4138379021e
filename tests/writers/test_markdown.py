"""The Markdown writer: constructs as goldens, a theme's options, front matter, pictures."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from convert.readers.markdown import Reader
from convert.report import Result
from convert.themes.load import load_theme
from convert.themes.model import Theme
from convert.tree import Asset, Author, Document, Emphasis, Figure, Heading, List, Metadata, Rule, Text, build
from convert.tree import nodes as n
from convert.world import Picture, Source
from convert.writers.base import Options, Rendered
from convert.writers.markdown import Writer
from tests.goldens import Case, Golden, cases

GOLDENS = Path(__file__).parent.parent / "golden" / "markdown"
PICTURE = Picture(b"\x89PNG", "image/png", 4, 3)
ASSETS = {"chart": Asset("chart.png"), "lost": Asset("lost.png"), "far": Asset("https://example.org/far.png")}


def write(document: Document, theme: Theme | None = None) -> Result[Rendered]:
    press = Writer(theme or load_theme("base"), Options())
    return press.render(document, {"chart": PICTURE}, "talks")


def text(document: Document, theme: Theme | None = None) -> str:
    return write(document, theme).value.data.decode()


def read(data: str) -> Document:
    return Reader().read(Source(data.encode(), "talks.md")).value.document


def themed(**options: object) -> Theme:
    base = load_theme("base")
    return structs.replace(base, markdown=structs.replace(base.markdown, **options))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in cases(GOLDENS / "writing.md")])
def test_a_tree_is_written_as_markdown(case: Case, golden: Golden) -> None:
    document = structs.replace(msgspec.json.decode(case.given, type=Document), assets=ASSETS)
    result = write(document)
    messages = [f"{message.severity} {message.code}" for message in result.report.messages]
    golden(case, result.value.data.decode() + "".join(f"%%%\n{line}\n" for line in messages))
    again = read(result.value.data.decode())
    assert write(structs.replace(again, assets=ASSETS)).value.data == result.value.data or messages


def test_a_theme_chooses_bullets_emphasis_and_headings() -> None:
    document = Document(
        blocks=(
            Heading(1, (Text("Title"),)),
            List((build.item("a"),)),
            build.paragraph((Emphasis((Text("b"),)),)),
        )
    )
    plain = text(document, themed(bullet="-", emphasis="*", setext=False))
    other = text(document, themed(bullet="+", emphasis="_", setext=True))
    assert plain == "## Title\n\n- a\n\n*b*\n"
    assert other == "Title\n-----\n\n+ a\n\n_b_\n"
    assert read(plain) == read(other)


def test_without_front_matter_the_title_is_a_heading() -> None:
    document = Document(Metadata("A *title*", deck="A deck", authors=(Author("Ada"),)), (build.paragraph("Words"),))
    lines = text(document, themed(front_matter=False)).split("\n\n")
    assert lines == ["# A \\*title\\*", "A deck", "By Ada", "Words\n"]


def test_a_rule_that_opens_the_file_is_not_taken_for_front_matter() -> None:
    document = Document(blocks=(Rule(), build.paragraph("a: b"), Rule()))
    assert read(text(document)).blocks == document.blocks


def test_pictures_lie_beside_the_file_under_its_name() -> None:
    result = write(Document(blocks=(Figure("chart", "Bars"),), assets=ASSETS))
    assert result.value.files == {"talks.files/chart.png": b"\x89PNG"}
    assert b"![Bars](talks.files/chart.png)" in result.value.data
    assert result.value.name == "talks.md"


def test_what_the_writer_says_itself_is_declared() -> None:
    document = Document(
        Metadata("Title", language="en"),
        (n.Correction((build.paragraph("a"),), "2026-11-24"), List((build.item("b"),), ordered=True, start=7)),
    )
    assert {"Title", "Correction", "24 November 2026", "7"} <= set(write(document).value.declared)


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t\"'\\:#-"), min_size=1, max_size=40
)


@given(WORDS, WORDS, WORDS)
def test_front_matter_says_the_same_to_us_and_to_other_readers_of_yaml(title: str, bio: str, extra: str) -> None:
    metadata = Metadata(title, authors=(Author("A", bio=bio),), extra={"desk": extra, "NO": "12:30"}, language="no")
    written = text(Document(metadata))
    assert read(written).metadata == metadata
    mapping = yaml.safe_load(written.split("---\n")[1]) if "---\n" not in title + bio + extra else None
    if mapping:
        assert (mapping["title"], mapping["author_bio"], mapping["lang"]) == (title, bio, "no")


def test_the_samples_come_back(shared: Path) -> None:
    for name in ("rich.md", "istanbul-talks.expected.md"):
        first = read((shared / "samples" / name).read_text(encoding="utf-8"))
        press = Writer(load_theme("base"), Options())
        assets = dict.fromkeys(first.assets, PICTURE)
        written = press.render(first, assets, "talks").value.data
        again = read(written.decode())
        assert structs.replace(again, assets={}) == structs.replace(first, assets={})
        assert press.render(again, assets, "talks").value.data == written


def test_the_expected_sample_is_written_as_it_stands(shared: Path) -> None:
    """But for the widths of two tables, whose longest cell the sample does not pad to."""
    expected = (shared / "samples" / "istanbul-talks.expected.md").read_text(encoding="utf-8")
    actual = text(read(expected))
    squeezed = [" ".join(line.replace("-", "").split()) for line in expected.splitlines()]
    assert [" ".join(line.replace("-", "").split()) for line in actual.splitlines()] == squeezed


def test_a_reference_before_a_colon_does_not_define_the_note() -> None:
    """Found by random trees: the paragraph had become the note's definition."""
    from convert.readers.markdown import Reader
    from convert.themes.load import load_theme
    from convert.tree import Document, Note, NoteReference, Paragraph, Text
    from convert.world import Source
    from convert.writers.base import Options
    from convert.writers.markdown import Writer

    document = Document(
        blocks=(Paragraph((NoteReference("1"), Text(": what the mayor said"))),),
        notes=(Note("1", (Paragraph((Text("note"),)),)),),
    )
    written = Writer(load_theme("base"), Options()).render(document, {}, "a").value.data
    assert Reader().read(Source(written, "a.md")).value.document.blocks == document.blocks
