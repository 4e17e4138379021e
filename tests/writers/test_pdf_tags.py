"""The tags of PDFs: that they read like the article, that each repair is needed, that WeasyPrint still lets them be mended."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from msgspec import structs

from convert.tree import (
    Cell,
    Column,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Image,
    Link,
    List,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Quote,
    Row,
    Span,
    Strong,
    Table,
    Text,
    build,
)
from convert.tree import nodes as n
from convert.tree.text import block_text, letters
from convert.tree.walk import plain_text, walk
from convert.writers.pdf import Writer, finisher, watching
from scripts import print_tags
from tests.goldens import Case, Golden, params
from tests.validators.pdf_tree import Tag, tags
from tests.writers.every_font import theme_with
from tests.writers.help import OPTIONS, document, theme
from tests.writers.other_scripts import ARTICLES, CHARACTERS
from tests.writers.rich import HARBOUR, rich_assets, rich_document

GOLDENS = Path(__file__).parent.parent / "golden" / "pdf"
PRESS = Writer(theme(), OPTIONS)


def made(*blocks: n.Block, notes: tuple[Note, ...] = ()) -> bytes:
    return PRESS.render(
        Document(Metadata(title="A title", language="en"), blocks, notes), rich_assets(), "stem"
    ).value.data


def shown_rich() -> Document:
    """The article of all nodes, without the paragraph that no font of the themes has."""
    whole = rich_document()
    return structs.replace(
        whole, blocks=tuple(block for block in whole.blocks if not (block.attrs and block.attrs.direction))
    )


@pytest.mark.parametrize("case", params(GOLDENS, "tags.md"))
def test_each_construct_has_its_tags(case: Case, golden: Golden) -> None:
    article = document(case.given)
    data = made(*article.blocks, notes=article.notes)
    [art] = tags(data).kids[0].kids
    golden(case, "\n".join(line for kid in art.kids[1:] for line in print_tags.lines(kid)))


@pytest.mark.parametrize("case", params(GOLDENS, "read-aloud.md"))
def test_a_screen_reader_meets_the_article(case: Case, golden: Golden) -> None:
    data = Writer(theme(case.given), OPTIONS).render(shown_rich(), rich_assets(), "stem").value.data
    golden(case, "\n".join(print_tags.text(tags(data))))


def test_the_script_prints_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made(build.paragraph("Words.")))
    monkeypatch.setattr("sys.argv", ["print_tags", str(path)])
    print_tags.main()
    assert capsys.readouterr().out == "Root\n  Document\n    Art\n      H1 A title\n      Div\n        P Words.\n"


def test_every_word_is_read_once_and_in_its_order() -> None:
    """Block by block, in both themes, over lines and pages."""
    for name in ("broadsheet", "modern"):
        article = shown_rich()
        read = letters(tags(Writer(theme(name), OPTIONS).render(article, rich_assets(), "stem").value.data).read())
        at = 0
        for block in article.blocks:
            if isinstance(block, Paragraph):
                words = letters(
                    "".join(
                        plain_text((part,)) for part in block.content if not isinstance(part, Image | NoteReference)
                    )
                )
                found = (
                    read.find(words, at) if not any(isinstance(p, Image | NoteReference) for p in block.content) else at
                )
                assert found >= at, words
                at = found


def blocks_read(top: Tag) -> list[str]:
    return [" ".join(tag.read().split()) for tag in top.all("H1", "H2", "P", "Lbl", "TH", "TD", "LBody", "Caption")]


@pytest.mark.parametrize("language", ARTICLES)
def test_other_scripts_read_in_their_own_order(language: str, tmp_path: Path) -> None:
    """Whatever the direction that letters are drawn in, and whether or not spaces part words."""
    article = ARTICLES[language]
    press = Writer(theme_with(CHARACTERS, tmp_path), OPTIONS)
    result = press.render(article, rich_assets(), "stem")
    assert result.report.messages == []
    read = blocks_read(tags(result.value.data))
    wanted = [article.metadata.title, *(block_text(block) for block in walk(article) if isinstance(block, Paragraph))]
    for words in wanted:
        assert any(" ".join(words.split()) in text for text in read), words
    assert {"1.", "2."} <= set(read)


# ------------------------------------------------------------------------------------------ repairs

T = Text
LONG = tuple(build.paragraph(HARBOUR) for _ in range(12))
NESTED = List(
    (build.item("one", List((build.item("inner"),)), build.paragraph("after")), build.item("two")), tight=False
)
SPANNED = Table(
    (Column(), Column()), (Row((Cell(build.cell("Both").blocks, colspan=2),)),), (build.row("1", "2"),)
)  # fmt: skip
LINK = Paragraph((Link((Strong((T("words"),)), T(" more")), "https://example.org/"),))
NOTED = Paragraph((T("x"), NoteReference("a")))
NOTES = (Note("a", (build.paragraph("A note."),)),)


def one(top: Tag, kind: str) -> Tag:
    [found] = top.all(kind)
    return found


def nested(top: Tag) -> None:
    assert [kid.kind for kid in top.all("L")[0].kids] == ["LI", "LI"]


def joined(top: Tag) -> None:
    assert len(top.all("Art")) == 1
    assert len(top.all("P")) == len(LONG)


def undecorated(top: Tag) -> None:
    assert not top.all("Figure")
    assert "hidden" not in top.read()


def named(top: Tag) -> None:
    assert len(top.all("Code")) == 1
    assert len(top.all("Sect")) == 1


def bodied(top: Tag) -> None:
    assert {tuple(kid.kind for kid in item.kids) for item in top.all("LI")} == {("Lbl", "LBody")}


def numbered(top: Tag) -> None:
    assert one(top, "L").attributes.get("ListNumbering") == "Decimal"


def paired(top: Tag) -> None:
    assert [kid.kind for kid in one(top, "LI").kids] == ["Lbl", "LBody"]


def noted(top: Tag) -> None:
    assert one(top, "Note").name == "note-1"
    assert [kid.kind for kid in one(top, "Reference").kids] == ["Link"]


def tied(top: Tag) -> None:
    assert one(top, "Link").leads == ["words more"]


def back(top: Tag) -> None:
    assert [(link.alt, link.leads) for link in top.all("Link")][1:] == [("Back to the text", ["Back to the text"])]


def headed(top: Tag) -> None:
    head = one(top, "TH")
    assert head.attributes.get("Scope") == "Column"
    assert [cell.attributes.get("Headers") for cell in top.all("TD")] == [[head.name], [head.name]]


def placed(top: Tag) -> None:
    left, foot, right, top_ = map(float, one(top, "Figure").attributes["BBox"])
    page = theme().page
    points = 72 / 25.4
    assert left >= page.margin_inner * points - 1
    assert right <= (page.width - page.margin_outer) * points + 1
    assert page.height * points / 2 < foot < top_ <= (page.height - page.margin_top) * points


def spoken(top: Tag) -> None:
    assert [(tag.kind, tag.language) for tag in top.all() if tag.language] == [("Span", "fr")]


def whole(top: Tag) -> None:
    assert HARBOUR in top.read()


def opened(top: Tag) -> None:
    assert not top.all("NonStruct")


CASES: dict[str, tuple[tuple[n.Block, ...], Callable[[Tag], None]]] = {
    "put_nested_lists_into_items": ((NESTED,), nested),
    "join_what_pages_and_lines_cut": (LONG, joined),
    "leave_out_decoration": (
        (Paragraph((T("x"), Image("dot"))), Quote((build.paragraph("hidden"),), kind="pull")), undecorated,
    ),
    "name_kinds": ((Paragraph((n.CodeSpan("x"), T("y"))), n.Aside((build.paragraph("z"),))), named),
    "make_list_bodies": ((NESTED,), bodied),
    "number_lists": ((List((build.item("x"),), ordered=True),), numbered),
    "pair_terms": ((DefinitionList((Definition((T("t"),), ((build.paragraph("d"),),)),)),), paired),
    "mark_notes": ((NOTED,), noted),
    "tie_links": ((LINK,), tied),
    "head_tables": ((SPANNED,), headed),
    "place_figures": ((Figure("crane", "A crane"),), placed),
    "say_languages": ((Paragraph((T("x "), Span((T("y"),), attrs=n.Attrs(language="fr")))),), spoken),
    "restore_line_ends": ((build.paragraph(HARBOUR),), whole),
    "open_wrappers": ((Paragraph((T("x"), Emphasis((T("y"),)))),), opened),
}  # fmt: skip


def test_every_repair_has_a_case() -> None:
    assert [repair.__name__ for repair in finisher.REPAIRS] == list(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_repair_mends_and_is_needed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose check passes without it can go: WeasyPrint has learned it."""
    blocks, check = CASES[name]
    notes = NOTES if name == "mark_notes" else ()
    check(tags(made(*blocks, notes=notes)))
    monkeypatch.setattr(finisher, "REPAIRS", tuple(each for each in finisher.REPAIRS if each.__name__ != name))
    without = tags(made(*blocks, notes=notes))
    with pytest.raises((AssertionError, ValueError)):
        check(without)


def test_a_sign_is_read_as_what_it_means() -> None:
    back(tags(made(NOTED, notes=NOTES)))


def test_heads_and_folios_are_artifacts_of_pagination() -> None:
    article = Document(Metadata(title="A title", language="en", publisher="The Coast Gazette"), LONG)
    with pikepdf.open(io.BytesIO(PRESS.render(article, {}, "stem").value.data)) as pdf:
        kinds = [
            (str(operands[1].get("/Type")), str(operands[1].get("/Subtype")))
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and str(operands[0]) == "/Artifact"
        ]
    assert {("/Pagination", "/Header"), ("/Pagination", "/Footer")} <= set(kinds)


def test_what_is_drawn_and_the_tree_name_each_other() -> None:
    """Every number of marked content leads to the element that holds it, and every annotation to its link."""
    data = PRESS.render(shown_rich(), rich_assets(), "stem").value.data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        for page in pdf.pages:
            numbers = [
                int(operands[1].MCID)
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC" and "/MCID" in operands[1]
            ]
            held = parents[int(page.StructParents)]
            assert [number for number in numbers if held[number] is None] == []
            for annotation in page.get("/Annots", []):
                assert parents[int(annotation.StructParent)].S == "/Link"


def test_the_head_of_a_long_table_is_read_once() -> None:
    rows = tuple(build.row(f"r{k}", "x") for k in range(90))
    top = tags(made(Table((Column(), Column()), (build.row("Berth", "Ship"),), rows)))
    assert [len(one(top, kind).kids) for kind in ("Table", "THead", "TBody")] == [2, 1, 90]


def test_pages_are_labelled_and_the_outline_is_the_headings() -> None:
    with pikepdf.open(io.BytesIO(made(n.Heading(1, (T("One"),)), n.Heading(2, (T("Two"),)), *LONG))) as pdf:
        assert str(pdf.Root.PageLabels.Nums[1].S) == "/D"
        with pdf.open_outline() as outline:
            [title] = outline.root
            assert [title.title, title.children[0].title, title.children[0].children[0].title] == [
                "A title",
                "One",
                "Two",
            ]


# ------------------------------------------------------------------------------------- the private hook


def test_the_private_hook_stands_where_it_did() -> None:
    """The one function of WeasyPrint that is not public and is needed; see `watching`."""
    import inspect

    from weasyprint.pdf import tags as theirs

    found = getattr(theirs, watching.HOOK)
    found = getattr(found, "watched", found)
    assert list(inspect.signature(found).parameters) == [
        "box", "parent", "pdf", "page_number", "nums", "annotations", "tags",
    ]  # fmt: skip


@pytest.mark.parametrize("fault", ["moved", "raises"])
def test_a_plain_pdf_is_made_where_the_tagged_one_fails(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if fault == "moved":
        monkeypatch.setattr(watching, "HOOK", "_build_tree_of_boxes")
    else:
        monkeypatch.setattr(finisher, "REPAIRS", (lambda tree: 1 / 0,))
    result = PRESS.render(Document(Metadata(title="A title", language="en"), LONG), {}, "stem")
    [message] = result.report.messages
    assert (message.code, message.severity) == ("pdf.untagged", "loss")
    with pikepdf.open(io.BytesIO(result.value.data)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()
        assert len(pdf.pages) > 1
