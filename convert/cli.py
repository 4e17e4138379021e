"""The command line: a door onto the pipeline that knows no format.

Exit status: 2 for wrong use; else 1 if any article failed; else 3 if a desk rule refused any; else 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from convert import __version__
from convert.arguments import make_parser
from convert.console import abandon_stdout, print_text, read_stdin, say, write_stdout
from convert.errors import CopydeskError, OutputError, RefusedError, UsageError
from convert.explain import printable
from convert.report import SEVERITIES, Change, Message, Report, Severity

if TYPE_CHECKING:
    from convert.config import Config
    from convert.delivery import Deliveries
    from convert.pipeline import Article
    from convert.world import Fetch, Source, World
    from convert.writers.base import Press

__all__ = ["main"]

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status. No traceback leaves it unless --debug asks for one."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    if not options.command:
        parser.print_help()
        return 0
    try:
        return COMMANDS[options.command](options)
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except BrokenPipeError:
        abandon_stdout()
        return 1
    except CopydeskError as error:
        if options.debug:
            raise
        say(f"error: {error} [{error.code}]")
        return error.exit_code
    except Exception as error:
        if options.debug:
            raise
        said = _unexpected(error)
        say(f"error: {said.text} [{said.code}]")
        return 1


def _unexpected(error: Exception) -> Message:
    """What to say of an error that no module foresaw: the machine's, or else a fault of our own."""
    from convert.world import why

    if isinstance(error, MemoryError):
        return Message("system.memory", "loss", "There is not enough memory for this article. Split it.")
    if isinstance(error, OSError):
        return Message("system.failed", "loss", f"The system failed copydesk: {why(error)}.")
    name = type(error).__name__
    text = f"copydesk failed ({name}: {error}). This is its own fault; --debug shows where."
    return Message("internal", "loss", text)


# ------------------------------------------------------------------------------------- convert


def _convert(options: argparse.Namespace) -> int:
    from convert.delivery import Deliveries
    from convert.world import DiskWorld

    config = _configuration(options.config, DiskWorld())
    if options.images:
        config = replace(config, pictures=replace(config.pictures, use=options.images))
    world = DiskWorld(_fetcher(config)) if options.fetch else DiskWorld()
    formats = _formats_asked(options, config)
    theme = options.theme or config.theme
    _check_names(theme, options.from_)
    to_stdout = options.output == STDIN or (options.output is None and options.articles == [STDIN])
    if to_stdout:
        _check_stdout(options.articles, formats)
    folder = Path(config.output if to_stdout or not options.output else options.output)
    inputs = [Path(name) for name in options.articles if name != STDIN]
    files = Deliveries(folder, inputs, world, force=options.force)
    if options.report:
        files.reserve(options.report, "The report")
    deliveries = None if to_stdout else files
    tally = Tally()
    for name in options.articles:
        for outcome in _convert_file(name, formats, theme, config, world, deliveries, options):
            _tell(outcome, options)
            tally.add(outcome, keep=bool(options.report))
    if options.report:
        data = msgspec.json.format(msgspec.json.encode({"copydesk": __version__, "articles": tally.kept}), indent=2)
        world.write(options.report, data + b"\n", replace=options.force)
    return tally.status(options.fail_on)


def _fetcher(config: Config) -> Fetch:
    from convert.fetching import Fetcher  # imported only where something may be fetched

    return Fetcher(config.fetch.ports)


def _configuration(path: Path | None, world: World) -> Config:
    """The configuration, with the names in it checked, so that all that is wrong is said at once."""
    from convert.config import load_config
    from convert.formats import format_name
    from convert.themes.load import theme_name

    names = {"to": format_name, "theme": theme_name, "cleaning.off": _pass_name}
    return load_config(path, world=world, names=names)


def _pass_name(name: str) -> str:
    from convert.cleaning import pass_name  # imported only where a configuration names a pass

    return pass_name(name)


def _formats_asked(options: argparse.Namespace, config: Config) -> list[str]:
    """The formats to make, each once. Standard output gets Markdown unless another is named."""
    from convert.formats import format_name

    if options.to is not None:
        names: Iterable[str] = [name.strip() for name in options.to.split(",") if name.strip()]
    elif options.output == STDIN or (options.output is None and options.articles == [STDIN]):
        names = ["markdown"]
    else:
        names = config.to
    formats = list(dict.fromkeys(format_name(name) for name in names))
    if not formats:
        raise UsageError("format.none", "--to names no format.")
    return formats


def _check_names(theme: str, from_: str) -> None:
    """Fail before any work if the theme is not there or wrong, or the input format does not exist."""
    from convert.formats import reader
    from convert.themes.load import load_theme

    load_theme(theme)
    if from_:
        reader(from_)


def _check_stdout(articles: Sequence[str], formats: Sequence[str]) -> None:
    from convert.formats import writer

    if len(articles) > 1 or len(formats) > 1:
        raise UsageError("output.several", "Standard output takes one article in one format. Name a folder with -o.")
    if sys.stdout and sys.stdout.isatty() and not _is_text(writer(formats[0]).media_type):
        raise UsageError(
            "output.terminal", f"{formats[0]} is not text, and a terminal cannot show it. Name a folder with -o."
        )


def _is_text(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type.endswith(("+xml", "/json"))


def _convert_file(
    name: str, formats: Sequence[str], theme: str, config: Config, world: World, deliveries: Deliveries | None,
    options: argparse.Namespace,
) -> Iterator[Outcome]:  # fmt: skip
    """Convert the articles of one file: what fails is in the outcomes, and the other articles are made."""
    from convert.intake import articles

    shown = "standard input" if name == STDIN else _shown(name)
    whole = Report()
    try:
        file = _source(name, config, world) if name == STDIN else Path(name)
        for source in articles(file, world, config.limits, options.from_, whole):
            if source.inside and deliveries is None:
                raise UsageError("output.several", f"{shown} holds several articles. Name a folder for them with -o.")
            outcome = Outcome(f"{shown}: {_shown(source.stem)}" if source.inside else shown)
            yield _convert_one(source, outcome, formats, theme, config, world, deliveries, options)
    except UsageError:
        raise
    except Exception as error:
        yield _note(Outcome(shown), error, "failed", options)
    if whole.messages:
        yield Outcome(shown, messages=whole.messages)


def _convert_one(
    source: Source, outcome: Outcome, formats: Sequence[str], theme: str, config: Config, world: World,
    deliveries: Deliveries | None, options: argparse.Namespace,
) -> Outcome:  # fmt: skip
    """Convert one article into every format; what fails is in the outcome, and the other formats are made."""
    from convert.assets import picture_files
    from convert.pipeline import prepare, press
    from convert.writers.base import Options

    report = Report(outcome.messages, outcome.changes)
    try:
        article = prepare(
            source, config, world, report, from_=options.from_, refuse=options.refuse,
            allow_embargoed=options.allow_embargoed,
        )  # fmt: skip
    except UsageError:
        raise
    except Exception as error:
        return _note(outcome, error, "refused" if isinstance(error, RefusedError) else "failed", options)
    if deliveries is not None:
        deliveries.protect(picture_files(article.document, source.base))
    standard = options.pdf_standard or config.pdf.standard
    asked = Options(time_zone=config.time_zone, pandoc_api=options.pandoc_api, pdf_standard=standard)
    for to in formats:
        try:
            outcome.outputs.append(_render_one(article, press(to, theme, asked), deliveries, outcome, report))
        except Exception as error:
            _note(outcome, error, "failed", options)
    return outcome


def _render_one(
    article: Article, ready: Press, deliveries: Deliveries | None, outcome: Outcome, report: Report
) -> str:  # fmt: skip
    from convert.pipeline import render

    result = render(article, ready)
    report.extend(result.report)
    if deliveries is not None:
        return _shown(str(deliveries.put(result.value, outcome.article)))
    if result.value.files:
        report.add(
            "output.beside",
            "loss",
            f"{len(result.value.files)} pictures stand beside the file, and standard output has no place for them.",
        )
    write_stdout(result.value.data)
    return STDIN


def _source(name: str, config: Config, world: World) -> Source:
    """An article from a file or standard input, read no further than a byte beyond the limit."""
    from convert.world import Source

    most = config.limits.input_bytes + 1
    if name == STDIN:
        return Source(read_stdin(most), base=Path())
    path = Path(name)
    return Source(world.read(path, most), path.name, path.parent)


def _note(outcome: Outcome, error: Exception, status: str, options: argparse.Namespace) -> Outcome:
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
        outcome.errors.append(_unexpected(error))
    return outcome


def _tell(outcome: Outcome, options: argparse.Namespace) -> None:
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
    if outcome.outputs and not options.quiet and outcome.outputs != [STDIN]:
        count = len({change.id for change in outcome.changes})
        say(f"{outcome.article} → {', '.join(outcome.outputs)} ({count} changes; copydesk explain shows them)")


# ------------------------------------------------------------------------------ other commands


def _explain(options: argparse.Namespace) -> int:
    from convert import explain
    from convert.delivery import Deliveries
    from convert.pipeline import prepare
    from convert.world import DiskWorld

    world = DiskWorld()
    config = _configuration(options.config, world)
    if options.html:
        Deliveries(Path(), [Path(options.article)], world, force=options.force).reserve(options.html, "The page")
    report = Report()
    source = _source(options.article, config, world)
    article = prepare(source, config, world, report, from_=options.from_, refuse=options.refuse)
    if options.html:
        page = explain.as_html(source.where, article.text, report)
        world.write(options.html, page.encode(), replace=options.force)
        say(f"{source.where} → {options.html}")
    else:
        print_text(explain.as_terminal(article.text, report, colours=bool(sys.stdout and sys.stdout.isatty())))
    return 0


def _listing(name: str) -> Callable[[argparse.Namespace], int]:
    """The command that prints one of the lists in `listings`."""

    def run(_: argparse.Namespace) -> int:
        from convert import listings

        print_text(getattr(listings, name)())
        return 0

    return run


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "convert": _convert,
    "explain": _explain,
    **{name: _listing(name) for name in ("formats", "themes", "schema")},
}


def _shown(name: str) -> str:
    """A file's name as text on one line: one that is not UTF-8 cannot stand in a report."""
    return printable(name).replace("\n", "\\u000a")
