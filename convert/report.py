"""What happened on the road: messages, changes, and values that travel with them."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from msgspec import Struct, field

__all__ = ["SEVERITIES", "Change", "Kind", "Message", "Report", "Result", "Severity"]

Severity = Literal["info", "doubt", "loss"]
"""`info`: good to know. `doubt`: a person should look. `loss`: something of the source is not in the output."""

SEVERITIES: tuple[Severity, ...] = ("info", "doubt", "loss")

Kind = Literal["removed", "inserted", "replaced", "moved", "respaced"]

T = TypeVar("T")


class Message(Struct, frozen=True, omit_defaults=True):
    """One coded remark. `code` is stable; `text` is a sentence; `where` is a place in the article."""

    code: str
    severity: Severity
    text: str
    where: str = ""


class Change(Struct, frozen=True, omit_defaults=True):
    """One edit, in letters and digits of the source's reading text (see `convert.tree.text`).

    Letters `start` up to `end` were removed, replaced by the letters of `after`, or moved to stand
    before letter `to`; `inserted` puts the letters of `after` before letter `start`; `respaced`
    touches spaces and signs only, never a letter. `text` is what stood there, for people.
    """

    id: str
    step: str
    kind: Kind
    start: int
    end: int
    after: str = ""
    reason: str = ""
    text: str = ""
    to: int | None = None


class Report(Struct):
    """All that one conversion has to say. Every step adds to the same report."""

    messages: list[Message] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def add(self, code: str, severity: Severity, text: str, where: str = "") -> None:
        """Record a message, once."""
        message = Message(code, severity, text, where)
        if message not in self.messages[-50:]:
            self.messages.append(message)

    def extend(self, other: Report) -> None:
        """Take over all that another report says and this one does not say yet: formats say the same of a picture."""
        said = set(self.messages)
        self.messages.extend(message for message in other.messages if message not in said)
        self.changes.extend(other.changes)

    def worst(self) -> Severity | None:
        """The gravest severity among the messages, None when there are none."""
        return max((m.severity for m in self.messages), key=SEVERITIES.index, default=None)


class Result(Struct, Generic[T]):
    """A value and the report of how it came about."""

    value: T
    report: Report = field(default_factory=Report)
