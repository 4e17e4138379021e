"""`copydesk bind`: several articles as one file, with a page of contents."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convert.console import say
from convert.invocation import check_names, prepared, ready
from convert.outcomes import Outcome, Tally, note, shown, tell
from convert.report import Report

if TYPE_CHECKING:
    from convert.delivery import Deliveries
    from convert.pipeline import Article
    from convert.writers.base import BindingPress

__all__ = ["bind"]


def bind(options: argparse.Namespace) -> int:
    """Bind the articles that can be had; the exit status, which tells of those that cannot."""
    from convert.assets import picture_files
    from convert.delivery import Deliveries
    from convert.formats import binder
    from convert.pipeline import binding_press, options_of
    from convert.recalls import Recalls

    config, world = ready(options)
    theme = options.theme or config.theme
    check_names(theme, options.from_)
    format_ = binder(options.output.suffix)
    deliveries = Deliveries(
        options.output.parent, [Path(name) for name in options.articles], world, force=options.force
    )
    if options.report:
        deliveries.reserve(options.report, "The report")
    tally = Tally()
    found: list[tuple[str, Article]] = []
    left_out: list[str] = []

    def withdraw(article: str) -> list[Path]:
        found[:] = [one for one in found if one[0] != article]
        left_out.append(article)
        return [Path(article)]

    recalls = Recalls(withdraw)
    for name in options.articles:
        for each in prepared(name, options, config, world, recalls):
            tell(each.outcome, options)
            tally.add(each.outcome, keep=bool(options.report))
            if each.article is not None:
                deliveries.protect(picture_files(each.article.document, each.base))
                found.append((each.outcome.article, each.article))
            elif each.outcome.status != "done":
                left_out.append(each.outcome.article)
    if found:
        outcome = Outcome(shown(str(options.output)))
        if left_out:
            whole = len(found) + len(left_out)
            Report(outcome.messages).add(
                "bind.left-out", "loss", f"{len(left_out)} of {whole} articles are not in it: {', '.join(left_out)}."
            )
        press = binding_press(format_, theme, options_of(config))
        _make([article for _, article in found], press, options, deliveries, outcome)
        tell(outcome, options)
        tally.add(outcome, keep=bool(options.report))
    else:
        say("Nothing was made: there is no article to bind.")
    if options.report:
        world.write(options.report, tally.as_json(), replace=options.force)
    return tally.status(options.fail_on)


def _make(
    found: Sequence[Article], press: BindingPress, options: argparse.Namespace, deliveries: Deliveries, outcome: Outcome
) -> None:
    """Bind the articles and put the file in place; what fails is in the outcome."""
    from convert.pipeline import bind

    try:
        result = bind(found, press, options.title, options.output.stem)
        Report(outcome.messages).extend(result.report)
        deliveries.put(result.value, outcome.article)
    except Exception as error:
        note(outcome, error, "failed", options)
        return
    outcome.outputs.append(outcome.article)
    if not options.quiet:
        say(f"{len(found)} articles → {outcome.article}")
