"""What a page's own tags say against its publication: an embargo, a state."""

from __future__ import annotations

from msgspec import structs

from convert.readers.html.metadata import Facts
from convert.report import Report

__all__ = ["with_stops"]


def with_stops(facts: Facts, report: Report, where: str) -> Facts:
    """The facts with the strictest of the embargoes and states that the page names."""
    if not facts.embargoes and not facts.states:
        return facts
    from convert.readers.wire import embargoes_of, status_of, strictest  # which reads HTML itself

    embargo, unclear = embargoes_of(facts.embargoes, report, where)
    state = status_of(list(facts.states) or None, embargo, report, where)
    status = strictest([state, "withheld" if unclear else "usable"])
    return structs.replace(facts, metadata=structs.replace(facts.metadata, embargo=embargo, status=status))
