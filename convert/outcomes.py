"""What became of the articles of a run: kept for its report and its exit status, and told to the editor."""

from __future__ import annotations

import argparse

import msgspec

from convert import __version__
from convert.console import say
from convert.errors import CopydeskError, OutputError
from convert.explain import printable
from convert.report import SEVERITIES, Change, Message, Severity

__all__ = ["STDIN", "Outcome", "Tally", "note", "shown", "tell", "unexpected"]

STDIN = "-"


class Outcome(msgspec.Struct, rename="kebab"):
    """What became of one article: what `--report` writes."""

    article: str
    status: str = "done"
    outputs: list[str] = msgspec.field(default_factory=list)
    errors: list[Message] = msgspec.field(default_factory=list)
    messages: list[Message] = msgspec.field(default_factory=list)
    changes: list[Change] = msgspec.field(default_factory=list)


class Tally(msgspec.Struct):
    """What a run came to. A file may hold a million articles, so that outcomes are kept for a report only."""

    kept: list[Outcome] = msgspec.field(default_factory=list)
    statuses: set[str] = msgspec.field(default_factory=set)
    severities: set[Severity] = msgspec.field(default_factory=set)

    def add(self, outcome: Outcome, *, keep: bool) -> None:
        """Count an outcome."""
        self.statuses.add(outcome.status)
        self.severities.update(message.severity for message in outcome.messages)
        if keep:
            self.kept.append(outcome)

    def status(self, fail_on: Severity | None) -> int:
        """The exit status of the run."""
        if fail_on and any(SEVERITIES.index(one) >= SEVERITIES.index(fail_on) for one in self.severities):
            return 1
        return 1 if "failed" in self.statuses else 3 if "refused" in self.statuses else 0

    def as_json(self) -> bytes:
        """What was kept, as `--report` writes it."""
        data = msgspec.json.encode({"copydesk": __version__, "articles": self.kept})
        return msgspec.json.format(data, indent=2) + b"\n"


def unexpected(error: Exception) -> Message:
    """What to say of an error that no module foresaw: the machine's, or else a fault of our own."""
    from convert.world import why

    if isinstance(error, MemoryError):
        return Message("system.memory", "loss", "There is not enough memory for this article. Split it.")
    if isinstance(error, OSError):
        return Message("system.failed", "loss", f"The system failed copydesk: {why(error)}.")
    name = type(error).__name__
    text = f"copydesk failed ({name}: {error}). This is its own fault; --debug shows where."
    return Message("internal", "loss", text)


def note(outcome: Outcome, error: Exception, status: str, options: argparse.Namespace) -> Outcome:
    """The outcome with an error put into it as a sentence."""
    if options.debug:
        raise error
    outcome.status = status
    if isinstance(error, CopydeskError):
        where = error.where if isinstance(error, OutputError) else ""
        outcome.errors.append(Message(error.code, "loss", error.text, where))
    elif isinstance(error, BrokenPipeError):
        raise error
    else:
        outcome.errors.append(unexpected(error))
    return outcome


def tell(outcome: Outcome, options: argparse.Namespace) -> None:
    """Print what an editor should know of an outcome."""
    least: Severity = "info" if options.verbose else "doubt"
    if not options.quiet:
        for message in outcome.messages:
            if SEVERITIES.index(message.severity) >= SEVERITIES.index(least):
                named = message.where and not outcome.article.endswith(message.where)
                where = f" ({message.where})" if named else ""
                say(f"{outcome.article}: {message.severity}: {message.text}{where} [{message.code}]")
    for error in outcome.errors:
        where = f"{error.where}: " if error.where else ""
        word = "refused" if outcome.status == "refused" else "error"
        say(f"{outcome.article}: {word}: {where}{error.text} [{error.code}]")
    if options.verbose:
        for change in outcome.changes:
            say(f"{outcome.article}: change {change.id}: {change.step}: {change.reason}")
    if outcome.outputs and not options.quiet and outcome.outputs not in ([STDIN], [outcome.article]):
        count = len({change.id for change in outcome.changes})
        say(f"{outcome.article} → {', '.join(outcome.outputs)} ({count} changes; copydesk explain shows them)")


def shown(name: str) -> str:
    """A file's name as text on one line: one that is not UTF-8 cannot stand in a report."""
    return printable(name).replace("\n", "\\u000a")
