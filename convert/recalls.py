"""A kill reaches what the same run has made of the item before it, and what would be made of it after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from convert.errors import RefusedError
from convert.tree import Metadata

__all__ = ["Recalls"]

STOPS = ("desk.killed", "desk.withheld")
"""What stops an item in all its versions. An embargo stops the version that has it and no other."""


class Recalls:
    """The items of one run by their identifiers: which articles were made of each, and which were stopped.

    `withdraw` takes away what was made of an article of that name, and says what that was.
    """

    def __init__(self, withdraw: Callable[[str], Sequence[Path]]) -> None:
        self.withdraw = withdraw
        self.made: dict[str, list[str]] = {}
        self.stopped: set[str] = set()

    def note(self, metadata: Metadata, article: str) -> None:
        """Remember what an article is a version of. Raises RefusedError where another version was stopped."""
        item = metadata.identifier
        if item in self.stopped:
            raise RefusedError(
                "desk.recalled",
                "Another version of this item was killed or is withheld, so this one must not be published either. "
                "Convert it alone if the desk has released it again.",
                item=item,
            )
        if item:
            self.made.setdefault(item, []).append(article)

    def stop(self, error: RefusedError) -> list[str]:
        """Withdraw what was made of the item that an error stops, and say what that was. Raises OutputError."""
        if not error.item or error.code not in STOPS:
            return []
        self.stopped.add(error.item)
        return [str(path) for article in self.made.pop(error.item, ()) for path in self.withdraw(article)]
