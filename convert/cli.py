"""The command line: a door onto the pipeline that knows no format.

Exit status: 2 for wrong use; else 1 if any article failed; else 3 if a desk rule refused any; else 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convert.arguments import make_parser
from convert.console import abandon_stdout, print_text, say, write_stdout
from convert.errors import CopydeskError, UsageError
from convert.invocation import Prepared, check_names, configuration, prepared, ready, source_of
from convert.outcomes import STDIN, Outcome, Tally, note, shown, tell, unexpected
from convert.report import Report

if TYPE_CHECKING:
    from convert.config import Config
    from convert.delivery import Deliveries
    from convert.pipeline import Article
    from convert.writers.base import Options, Press

__all__ = ["main"]


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
        said = unexpected(error)
        say(f"error: {said.text} [{said.code}]")
        return 1


# ------------------------------------------------------------------------------------- convert


def _convert(options: argparse.Namespace) -> int:
    from convert.delivery import Deliveries
    from convert.pipeline import options_of
    from convert.recalls import Recalls

    config, world = ready(options)
    formats = _formats_asked(options, config)
    theme = options.theme or config.theme
    check_names(theme, options.from_)
    to_stdout = options.output == STDIN or (options.output is None and options.articles == [STDIN])
    if to_stdout:
        _check_stdout(options.articles, formats)
    folder = Path(config.output if to_stdout or not options.output else options.output)
    inputs = [Path(name) for name in options.articles if name != STDIN]
    files = Deliveries(folder, inputs, world, force=options.force)
    if options.report:
        files.reserve(options.report, "The report")
    deliveries = None if to_stdout else files
    tally, recalls = Tally(), Recalls(files.withdraw)
    asked = options_of(
        config, pandoc_api=options.pandoc_api, docx_toc=options.docx_toc or None, pdf_standard=options.pdf_standard
    )
    for name in options.articles:
        for each in prepared(name, options, config, world, recalls, alone=to_stdout):
            _render_all(each, formats, theme, asked, deliveries, options)
            tell(each.outcome, options)
            tally.add(each.outcome, keep=bool(options.report))
    if options.report:
        world.write(options.report, tally.as_json(), replace=options.force)
    return tally.status(options.fail_on)


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


def _render_all(
    ready: Prepared, formats: Sequence[str], theme: str, asked: Options, deliveries: Deliveries | None,
    options: argparse.Namespace,
) -> None:  # fmt: skip
    """Render an article in every format; what fails is in its outcome, and the other formats are made."""
    from convert.assets import picture_files
    from convert.pipeline import press

    article, outcome = ready.article, ready.outcome
    if article is None:
        return
    if deliveries is not None:
        deliveries.protect(picture_files(article.document, ready.base))
    report = Report(outcome.messages, outcome.changes)
    for to in formats:
        try:
            outcome.outputs.append(_render_one(article, press(to, theme, asked), deliveries, outcome, report))
        except Exception as error:
            note(outcome, error, "failed", options)


def _render_one(
    article: Article, ready: Press, deliveries: Deliveries | None, outcome: Outcome, report: Report
) -> str:  # fmt: skip
    from convert.pipeline import render

    result = render(article, ready)
    report.extend(result.report)
    if deliveries is not None:
        return shown(str(deliveries.put(result.value, outcome.article)))
    if result.value.files:
        report.add(
            "output.beside",
            "loss",
            f"{len(result.value.files)} pictures stand beside the file, and standard output has no place for them.",
        )
    write_stdout(result.value.data)
    return STDIN


# ------------------------------------------------------------------------------ other commands


def _bind(options: argparse.Namespace) -> int:
    from convert.binding import bind  # imported only where it is asked for

    return bind(options)


def _explain(options: argparse.Namespace) -> int:
    from convert import explain
    from convert.delivery import Deliveries
    from convert.pipeline import prepare
    from convert.world import DiskWorld

    world = DiskWorld()
    config = configuration(options.config, world)
    if options.html:
        Deliveries(Path(), [Path(options.article)], world, force=options.force).reserve(options.html, "The page")
    report = Report()
    source = source_of(options.article, config, world)
    article = prepare(
        source, config, world, report, from_=options.from_, refuse=options.refuse,
        allow_embargoed=options.allow_embargoed,
    )  # fmt: skip
    if options.html:
        page = explain.as_html(source.where, article.text, report)
        world.write(options.html, page.encode(), replace=options.force)
        say(f"{source.where} → {options.html}")
    else:
        print_text(explain.as_terminal(article.text, report, colours=bool(sys.stdout and sys.stdout.isatty())))
    return 0


def _check(options: argparse.Namespace) -> int:
    from convert.checking import check

    return check(options)


def _listing(name: str) -> Callable[[argparse.Namespace], int]:
    """The command that prints one of the lists in `listings`."""

    def run(_: argparse.Namespace) -> int:
        from convert import listings

        print_text(getattr(listings, name)())
        return 0

    return run


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "convert": _convert,
    "bind": _bind,
    "explain": _explain,
    "check": _check,
    **{name: _listing(name) for name in ("formats", "themes", "schema")},
}
