"""Desk rules: what must not leave the building."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from convert.errors import RefusedError
from convert.tree import Metadata, parse_when

__all__ = ["obey"]


def obey(metadata: Metadata, now: datetime) -> None:
    """Raise RefusedError for an article that is killed, withheld, or under an embargo that `now` has not reached."""
    if metadata.status == "canceled":
        raise RefusedError(
            "desk.killed", "The article was killed (its status is “canceled”): it must not be published."
        )
    if metadata.status == "withheld":
        raise RefusedError("desk.withheld", "The article is withheld: ask the desk before you publish it.")
    if not metadata.embargo:
        return
    until = parse_when(metadata.embargo)
    if until is None:
        raise RefusedError(
            "desk.embargo-unclear",
            f"The article is under an embargo whose end cannot be read (“{metadata.embargo}”). "
            "Write it as 2026-05-01T06:00Z.",
        )
    if _moment(until) > now:
        raise RefusedError("desk.embargo", f"The article is under an embargo until {metadata.embargo}.")


def _moment(when: date | datetime) -> datetime:
    """The moment an embargo ends: a day alone ends with its last second, for nobody may be early; in UTC by default."""
    if isinstance(when, datetime):
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    return datetime.combine(when, time.max, UTC)
