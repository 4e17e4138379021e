"""What the docs say of metadata is what the writers do."""

from __future__ import annotations

import pytest

from convert.writers.dates import moment
from tests.conftest import ROOT
from tests.metadata_table import VALUES, article, as_markdown, written, zipped

PAGE = ROOT / "docs" / "metadata.md"
START, END = "<!-- made by tests/test_metadata.py -->\n", "<!-- end -->\n"


def test_the_table_in_the_docs_is_what_is_written(request: pytest.FixtureRequest) -> None:
    before, rest = PAGE.read_text("utf-8").split(START)
    shown, after = rest.split(END)
    made = as_markdown()
    if request.config.getoption("--accept"):
        PAGE.write_text(f"{before}{START}{made}{END}{after}", "utf-8")
        return
    assert shown == made


def test_every_field_has_a_row() -> None:
    from convert.tree import Metadata

    rows = {name.partition(":")[0] for name in VALUES}
    assert set(Metadata.__struct_fields__) <= rows


@pytest.mark.parametrize("to", ["markdown", "xhtml", "epub", "docx", "pdf", "json"])
def test_the_editors_note_is_in_no_format(to: str) -> None:
    data = written(to, *article())
    assert b"Mnote" not in data
    if data[:2] == b"PK":
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert not any(b"Mnote" in zipped(data, name) for name in archive.namelist())


@pytest.mark.parametrize("to", ["markdown", "xhtml", "epub", "docx", "pdf", "json"])
def test_the_same_article_is_the_same_bytes(to: str) -> None:
    assert written(to, *article()) == written(to, *article())


TWICE = {
    "markdown": {"status", "editors_note", "lead_image"},
    "xhtml": {"status", "editors_note", "lead_image", "slug", "extra", "deck", "authors"},
    "json": {"status", "editors_note", "lead_image"},
}
"""What is not read back as it was written: the desk's own, a picture's new key; a page shows no deck of its own."""


@pytest.mark.parametrize("to", TWICE)
def test_what_is_written_is_read_back(to: str) -> None:
    from convert.formats import reader
    from convert.world import Source

    document, pictures = article()
    name = {"xhtml": "html"}.get(to, to)
    found = reader(name).read(Source(written(to, document, pictures), f"a.{to}")).value.document.metadata
    fields = [field for field in document.metadata.__struct_fields__ if field not in TWICE[to]]
    want = {field: getattr(document.metadata, field) for field in fields}
    have = {field: getattr(found, field) for field in fields}
    for field in ("published", "modified"):
        want[field], have[field] = (str(moment(when)) for when in (want[field], have[field]))
    assert have == want
