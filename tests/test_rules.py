"""Desk rules: what may leave the building, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from convert.errors import RefusedError
from convert.report import Report
from convert.rules import obey, release
from convert.tree import Document, Metadata, build

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("metadata", [
    Metadata(),
    Metadata(status="usable"),
    Metadata(embargo="2026-05-01T12:00Z"),  # the moment itself is free
    Metadata(embargo="2026-05-01T11:59:59+00:00"),
    Metadata(embargo="2026-05-01T14:00+02:00"),
    Metadata(embargo="2026-04-30"),
])  # fmt: skip
def test_these_may_be_published(metadata: Metadata) -> None:
    obey(metadata, NOON)


@pytest.mark.parametrize(("metadata", "code"), [
    (Metadata(status="canceled"), "desk.killed"),
    (Metadata(status="withheld"), "desk.withheld"),
    (Metadata(status="canceled", embargo="2000-01-01"), "desk.killed"),
    (Metadata(embargo="2026-05-01T12:00:01Z"), "desk.embargo"),
    (Metadata(embargo="2026-05-01T12:00:01"), "desk.embargo"),  # without a zone: UTC
    (Metadata(embargo="2026-05-01T14:01+02:00"), "desk.embargo"),
    (Metadata(embargo="2026-05-01"), "desk.embargo"),  # a day ends at its end
    (Metadata(embargo="next Tuesday"), "desk.embargo-unclear"),
])  # fmt: skip
def test_these_may_not(metadata: Metadata, code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        obey(metadata, NOON)
    assert (caught.value.code, caught.value.exit_code) == (code, 3)


def test_the_clock_s_own_zone_does_not_matter() -> None:
    tokyo = timezone(timedelta(hours=9))
    with pytest.raises(RefusedError):
        obey(Metadata(embargo="2026-05-01T12:00:01Z"), NOON.astimezone(tokyo))
    obey(Metadata(embargo="2026-05-01T12:00:00Z"), NOON.astimezone(tokyo))


def test_no_writer_is_given_what_is_for_the_desk() -> None:
    """Writers leave the note out themselves; those of other packages may not know."""
    note = {"ed_note": "x", "editor-note": "x", "Not for publication": "x", "internal note": "x"}
    kept = {"desk": "foreign", "edition": "2", "footnote": "y", "editorial": "z"}
    blocks = (build.paragraph("Ships wait."), build.paragraph("Not for publication: x"))
    made = release(Document(Metadata(editors_note="x", extra={**note, **kept}), blocks), NOON, Report())
    assert made == Document(Metadata(extra=kept), blocks[:1])


def test_an_article_with_nothing_for_the_desk_is_left_alone() -> None:
    document, report = Document(Metadata("Port", extra={"desk": "x"}), (build.paragraph("Ships wait."),)), Report()
    assert release(document, NOON, report) == document
    assert report.messages == []


def test_an_embargo_is_lifted_when_it_ends_and_not_before() -> None:
    for embargo, left in (("2026-05-01T12:00Z", ""), ("2026-05-01T12:01Z", "2026-05-01T12:01Z"), ("soon", "soon")):
        assert release(Document(Metadata(embargo=embargo)), NOON, Report()).metadata.embargo == left
