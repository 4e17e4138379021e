"""A kill reaches what the same run has made of the item before it, and what would be made of it after."""

from __future__ import annotations

from convert.delivery import Deliveries
from convert.errors import RefusedError
from convert.tree import Metadata

__all__ = ["Recalls"]


class Recalls:
    """The items of one run by their identifiers: which articles were made of each, and which were stopped.

    An embargo stops the version that has it and no other; a kill and a desk that withholds stop all of them.
    """

    def __init__(self, deliveries: Deliveries) -> None:
        self.deliveries = deliveries
        self.made: dict[str, list[str]] = {}
        self.stopped: set[str] = set()

    def check(self, metadata: Metadata) -> None:
        """Raise RefusedError for an item of which another version in this run was killed or withheld."""
        if metadata.identifier in self.stopped:
            raise RefusedError(
                "desk.recalled",
                "Another version of this item was killed or is withheld, so this one must not be published either. "
                "Convert it alone if the desk has released it again.",
                item=metadata.identifier,
            )

    def note(self, metadata: Metadata, article: str) -> None:
        """Remember what an article is a version of."""
        if metadata.identifier:
            self.made.setdefault(metadata.identifier, []).append(article)

    def stop(self, error: RefusedError) -> list[str]:
        """Withdraw what was made of the item that an error refuses; the files. Raises OutputError."""
        if not error.item or error.code not in ("desk.killed", "desk.withheld"):
            return []
        self.stopped.add(error.item)
        return [str(path) for article in self.made.pop(error.item, ()) for path in self.deliveries.withdraw(article)]
