"""The moment that formats ask for which must carry one, without looking at a clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from convert.report import Report
from convert.tree import Metadata, parse_when

__all__ = ["moment", "stamp"]

FALLBACK = datetime(2000, 1, 1, tzinfo=UTC)


def moment(when: str) -> datetime | None:
    """A date or time of the article in UTC; a day is its midnight, a time without a zone counts as UTC."""
    parsed = parse_when(when)
    if parsed is None:
        return None
    if not isinstance(parsed, datetime):
        return _midnight(parsed)
    try:
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except OverflowError:  # the first or last day of all time, in a zone beyond it
        return parsed.replace(tzinfo=UTC)


def stamp(metadata: Metadata, report: Report) -> datetime:
    """When the article was last touched, for a field that cannot stay empty.

    Modified, else published, else SOURCE_DATE_EPOCH (reproducible-builds.org), else 2000-01-01 with a message.
    """
    for when in (metadata.modified, metadata.published):
        known = moment(when)
        if known is not None:
            return known
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        report.add("date.none", "info", "The article has no date, and this format must have one: 2000-01-01 is written "
                   "in that field.")  # fmt: skip
        return FALLBACK


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
