"""What a command is called with, made ready: the configuration, the world, the articles."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from convert.console import read_stdin
from convert.errors import OutputError, RefusedError, UsageError
from convert.outcomes import STDIN, Outcome, note, shown
from convert.report import Message, Report

if TYPE_CHECKING:
    from convert.config import Config
    from convert.pipeline import Article
    from convert.recalls import Recalls
    from convert.world import Fetch, Source, World

__all__ = ["Prepared", "check_names", "configuration", "prepared", "ready", "source_of"]


def ready(options: argparse.Namespace) -> tuple[Config, World]:
    """The configuration and the world of a command that makes files, as its options ask."""
    from convert.world import DiskWorld

    config = configuration(options.config, DiskWorld())
    if options.images:
        config = replace(config, pictures=replace(config.pictures, use=options.images))
    return config, DiskWorld(_fetcher(config)) if options.fetch else DiskWorld()


def _fetcher(config: Config) -> Fetch:
    from convert.fetching import Fetcher  # imported only where something may be fetched

    return Fetcher(config.fetch.ports)


def configuration(path: Path | None, world: World) -> Config:
    """The configuration, with the names in it checked, so that all that is wrong is said at once."""
    from convert.config import load_config
    from convert.formats import format_name
    from convert.themes.load import theme_name

    names = {"to": format_name, "theme": theme_name, "cleaning.off": _pass_name}
    return load_config(path, world=world, names=names)


def _pass_name(name: str) -> str:
    from convert.cleaning import pass_name  # imported only where a configuration names a pass

    return pass_name(name)


def check_names(theme: str, from_: str) -> None:
    """Fail before any work if the theme is not there or wrong, or the input format does not exist."""
    from convert.formats import reader
    from convert.themes.load import load_theme

    load_theme(theme)
    if from_:
        reader(from_)


def source_of(name: str, config: Config, world: World) -> Source:
    """An article from a file or standard input, read no further than a byte beyond the limit."""
    from convert.world import Source

    most = config.limits.input_bytes + 1
    if name == STDIN:
        return Source(read_stdin(most), base=Path())
    path = Path(name)
    return Source(world.read(path, most), path.name, path.parent)


class Prepared(Struct):
    """An article ready for a press, None where it failed or was refused; the outcome says why."""

    outcome: Outcome
    article: Article | None = None
    base: Path | None = None
    """The folder below which its pictures lie."""


def prepared(
    name: str, options: argparse.Namespace, config: Config, world: World, recalls: Recalls, *, alone: bool = False
) -> Iterator[Prepared]:
    """The articles of one file, or of standard input, one after the other; what fails stops no other.

    `recalls` are those of the whole run. `alone`: the file may hold but one. Raises UsageError.
    """
    from convert.intake import articles

    called = "standard input" if name == STDIN else shown(name)
    whole = Report()
    try:
        file = source_of(name, config, world) if name == STDIN else Path(name)
        for source in articles(file, world, config.limits, options.from_, whole):
            if source.inside and alone:
                raise UsageError("output.several", f"{called} holds several articles. Name a folder for them with -o.")
            outcome = Outcome(f"{called}: {shown(source.stem)}" if source.inside else called)
            yield _prepare(source, outcome, options, config, world, recalls)
    except UsageError:
        raise
    except Exception as error:
        yield Prepared(note(Outcome(called), error, "failed", options))
    if whole.messages:
        yield Prepared(Outcome(called, messages=whole.messages))


def _prepare(
    source: Source, outcome: Outcome, options: argparse.Namespace, config: Config, world: World, recalls: Recalls
) -> Prepared:  # fmt: skip
    from convert.pipeline import prepare

    try:
        article = prepare(
            source, config, world, Report(outcome.messages, outcome.changes), from_=options.from_,
            refuse=options.refuse, allow_embargoed=options.allow_embargoed,
        )  # fmt: skip
        recalls.note(article.document.metadata, outcome.article)
    except UsageError:
        raise
    except RefusedError as error:
        _withdraw(error, recalls, outcome)
        return Prepared(note(outcome, error, "refused", options))
    except Exception as error:
        return Prepared(note(outcome, error, "failed", options))
    return Prepared(outcome, article, source.base)


def _withdraw(error: RefusedError, recalls: Recalls, outcome: Outcome) -> None:
    """Take back what the run has made of an item that it now meets as killed or withheld."""
    try:
        gone = recalls.stop(error)
    except OutputError as failed:
        outcome.errors.append(Message(failed.code, "loss", failed.text, failed.where))
        return
    if gone:
        text = f"What this run had made of an earlier version was withdrawn: {', '.join(map(shown, gone))}."
        outcome.messages.append(Message("desk.withdrawn", "loss", text))
