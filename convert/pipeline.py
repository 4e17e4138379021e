"""The road an article travels, top to bottom: read, clean, obey the desk, gather pictures, render.

The command line, bulk jobs and the service are doors onto this road. It knows no format.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from convert import limits, rules
from convert.assets import gather
from convert.cleaning import clean
from convert.config import Config
from convert.errors import CopydeskError, InternalError, UsageError
from convert.formats import reader, reader_for, writer
from convert.readers.base import Configurable, Reading
from convert.report import Report, Result
from convert.themes.load import load_theme
from convert.tree import Document, check
from convert.world import Assets, DiskWorld, Source, World
from convert.writers.base import BindingPress, Options, Part, Press, Rendered

__all__ = ["Article", "bind", "binding_press", "convert", "options_of", "prepare", "press", "render"]


class Article(Struct, frozen=True):
    """An article ready for any press. `text` is its source's reading text, which the changes in the report edit."""

    stem: str
    document: Document
    assets: Assets
    text: str
    missing: frozenset[str] = frozenset()
    """The pictures that could not be had, of which the report has said why."""


def prepare(
    source: Source, config: Config, world: World, report: Report, *,
    from_: str = "", refuse: Collection[str] = (),
    allow_embargoed: bool = False,
) -> Article:  # fmt: skip
    """The first half of the road, once an article: all that does not depend on the format.

    Everything said on the way is added to `report`, up to the error where there is one.
    """
    try:
        limits.check_source(source, config.limits)
        reading = _read(source, from_, config, report)
        limits.check_document(reading.document, config.limits, source)
        document = _with_language(reading.document, config.language)
        document = clean(document, reading.text, report, flat=reading.flat, off=config.cleaning.off, refuse=refuse)
        _check(document)
        document = _released(document, config, world, report, allow_embargoed)
        document, assets = gather(document, reading.files, source, world, config, report)
        return Article(source.stem, document, assets, reading.text, frozenset(document.assets) - frozenset(assets))
    except CopydeskError as error:
        error.where = error.where or source.where
        raise


def render(article: Article, ready: Press) -> Result[Rendered]:
    """The second half, once a format."""
    return _without_told(ready.render(article.document, article.assets, article.stem), article.missing)


def bind(articles: Sequence[Article], ready: BindingPress, title: str, stem: str) -> Result[Rendered]:
    """Several articles as one file, named after a stem. Without a title it bears the name of its one publisher."""
    publishers = {article.document.metadata.publisher for article in articles}
    name = title or (publishers.pop() if len(publishers) == 1 else "") or stem
    made = ready.bind([Part(each.document, each.assets, each.stem) for each in articles], name, stem)
    missing = ((f"{each.stem}: ", key) for each in articles for key in each.missing)
    return _without_told(made, (f"{before}picture {key}" for before, key in missing))


def _without_told(result: Result[Rendered], missing: Iterable[str]) -> Result[Rendered]:
    """What a press gives, without its messages that a picture is missing of which it was said why."""
    told = frozenset(place for key in missing for place in (key, f"picture {key}"))
    kept = [one for one in result.report.messages if one.code != "picture.missing" or one.where not in told]
    return Result(result.value, structs.replace(result.report, messages=kept))


def binding_press(to: str, theme: str, options: Options) -> BindingPress:
    """A press that can bind. Raises UsageError for a format that cannot."""
    made = press(to, theme, options)
    if not isinstance(made, BindingPress):
        raise UsageError("bind.format", f"The format “{to}” holds one article only; epub holds several.")
    return made


@lru_cache(maxsize=16)
def press(to: str, theme: str, options: Options) -> Press:
    """The press for a format and a theme (its name or file), made once. Raises UsageError for unknown names."""
    return writer(to)(load_theme(theme), options)


def options_of(config: Config, **asked: Any) -> Options:
    """What a configuration asks of writers. `asked` are wishes that go before it, unless they are None."""
    set_ = {"time_zone": config.time_zone, "docx_toc": config.docx.toc, "pdf_standard": config.pdf.standard}
    return Options(**{**set_, **{name: wish for name, wish in asked.items() if wish is not None}})


def convert(
    source: bytes | Path | Document,
    to: str = "docx",
    theme: str | Path = "",
    *,
    from_: str = "",
    name: str | None = None,
    base: Path | None = None,
    config: Config | None = None,
    options: Options | None = None,
    world: World | None = None,
    refuse: Collection[str] = (),
    allow_embargoed: bool = False,
) -> Result[Rendered]:
    """Convert one article: what a newsroom's thin wrapper calls.

    `source` is the article's bytes (with `from_` where they do not show what they are), its path, or a
    finished tree, which is not cleaned. `to` and `theme` name a format and a theme (or a theme's file);
    `name` is what messages and the file call the article, `base` the folder below which its pictures
    lie. `refuse` takes ids of changes that an earlier report listed. An article under an
    embargo is refused, or with `allow_embargoed` made with a banner. Pictures are fetched by `DiskWorld(Fetcher())`
    alone. Raises CopydeskError.
    """
    config = config or Config()
    world = world or DiskWorld()
    report = Report()
    ready = press(to, str(theme or config.theme), options or options_of(config))
    if isinstance(source, Document):
        article = _finished(source, name or "", base, config, world, report, allow_embargoed)
    else:
        found = _source(source, name or "", base, config, world)
        article = prepare(found, config, world, report, from_=from_, refuse=refuse, allow_embargoed=allow_embargoed)
    rendered = render(article, ready)
    report.extend(rendered.report)
    return Result(rendered.value, report)


def _source(source: bytes | Path, name: str, base: Path | None, config: Config, world: World) -> Source:
    if not isinstance(source, bytes | Path):
        raise TypeError(f"the source is an article's bytes, its Path or a Document, not {type(source).__name__}")
    if isinstance(source, Path):
        data = world.read(source, config.limits.input_bytes + 1)
        return Source(data, name or source.name, base or source.parent)
    return Source(source, name, base)


def _finished(
    document: Document,
    name: str,
    base: Path | None,
    config: Config,
    world: World,
    report: Report,
    allow_embargoed: bool,
) -> Article:
    """A tree from a caller: checked and given its pictures, but neither read nor cleaned."""
    source = Source(b"", name, base)
    _check(document)
    limits.check_document(document, config.limits, source)
    document = _released(document, config, world, report, allow_embargoed)
    document, assets = gather(document, {}, source, world, config, report)
    return Article(source.stem, document, assets, "", frozenset(document.assets) - frozenset(assets))


def _released(document: Document, config: Config, world: World, report: Report, allow_embargoed: bool) -> Document:
    """What of a document may leave the building. Raises RefusedError where it may not leave at all."""
    now = world.now()
    rules.obey(document.metadata, now, allow_embargoed=allow_embargoed)
    document = rules.release(document, now, report)
    return rules.restrict_pictures(document, config.pictures.use, config.pictures.owned_by, report)


def _read(source: Source, from_: str, config: Config, report: Report) -> Reading:
    found = reader(from_ or source.format) if from_ or source.format else reader_for(source)
    found = found.under(config) if isinstance(found, Configurable) else found
    result = found.read(source)
    report.extend(result.report)
    return result.value


def _with_language(document: Document, language: str) -> Document:
    """The configuration's language for a document that names none."""
    if document.metadata.language or not language:
        return document
    return structs.replace(document, metadata=structs.replace(document.metadata, language=language))


def _check(document: Document) -> None:
    if faults := check.faults(document):
        raise InternalError("tree.fault", f"The document's tree is not sound, so nothing was written: {faults[0]}")
