"""Run the whole road over many documents, in one process or several, and prove each by replaying its changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, NamedTuple

from benchmarks.structure import kept
from benchmarks.structure.predict import article_of, prediction
from convert.cleaning.ledger import replay
from convert.errors import CopydeskError
from convert.report import Report
from convert.tree.text import document_letters, letters, nfc

__all__ = ["Asked", "Outcome", "Task", "outcomes", "prove"]


class Asked(NamedTuple):
    """What is wanted of a document."""

    predict: bool = True
    kept: bool = False


class Outcome(NamedTuple):
    """A document's prediction (empty where the road ended early), what went wrong, and what of its page arrived."""

    prediction: dict[str, Any]
    refused: str = ""
    broken: str = ""
    arrived: tuple[tuple[str, bool], ...] = ()


Task = tuple[Any, dict[str, Any]]
"""A key, and what a prediction may see."""


def prove(text: str, report: Report, document: Any) -> str:
    """Where the changes, replayed on the letters of the reading text, give not the document's; empty if nowhere."""
    replayed, actual = nfc(replay(letters(text), report.changes)), nfc(document_letters(document))
    if replayed == actual:
        return ""
    pairs = zip(replayed, actual, strict=False)
    at = next((k for k, (one, other) in enumerate(pairs) if one != other), min(len(replayed), len(actual)))
    return f"at letter {at}: {replayed[at : at + 20]!r} replayed, {actual[at : at + 20]!r} in the tree"


def outcome(item: dict[str, Any], asked: Asked) -> Outcome:
    """One document on the whole road. Nothing is raised: a fault is part of what is measured."""
    arrived: tuple[tuple[str, bool], ...] = ()
    empty = {"id": item["id"], "blocks": [], "text": "", "meta": {}}
    try:
        if asked.kept and "html" in item:
            arrived = tuple((kind, found) for kind, _, found in kept.arrivals(item["html"]))
        if not asked.predict:
            return Outcome(empty, arrived=arrived)
        report = Report()
        article = article_of(item, report)
        broken = prove(article.text, report, article.document)
        return Outcome(prediction(item["id"], article.document), broken=broken, arrived=arrived)
    except CopydeskError as error:
        if error.code == "cleaning.words":
            return Outcome(empty, broken=str(error), arrived=arrived)
        return Outcome(empty, refused=f"{error.code}: {error}", arrived=arrived)
    except Exception as error:  # a crash must not end the run: it is counted
        return Outcome(empty, broken=f"{type(error).__name__}: {error}", arrived=arrived)


def outcomes(tasks: Iterable[Task], asked: Asked, jobs: int) -> dict[Any, Outcome]:
    """The outcome of each document by its key; a document that is asked for twice is read once."""
    distinct = dict(tasks)
    with _mapper(jobs) as run:
        return dict(run(_task, [(key, item, asked) for key, item in distinct.items()]))


def _task(task: tuple[Any, dict[str, Any], Asked]) -> tuple[Any, Outcome]:
    key, item, asked = task
    return key, outcome(item, asked)


@contextmanager
def _mapper(jobs: int) -> Iterator[Any]:
    """`map`, or that of a pool of processes."""
    if jobs < 2:
        yield map
        return
    with get_context("spawn").Pool(jobs) as pool:
        yield lambda work, tasks: pool.imap(work, tasks, chunksize=4)
