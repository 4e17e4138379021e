"""The configuration: layers of YAML over the packaged config.yaml, as frozen values."""

from __future__ import annotations

import os
import re
import sys
import zoneinfo
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from convert.data import config_file
from convert.errors import InputError, UsageError
from convert.marked_yaml import Findings, Marked, Parsed, Place, compose, convert, empty, merge
from convert.world import DiskWorld, World

__all__ = ["CleaningConfig", "Config", "DocxConfig", "FetchConfig", "Limits", "PdfConfig", "PicturesConfig",
           "load_config"]  # fmt: skip

FORM = 1
"""The form of configuration files that this version reads."""

Positive = Annotated[int, Meta(gt=0)]
Text = Annotated[str, Meta(min_length=1)]


def _zone(text: str) -> str:
    try:
        return zoneinfo.ZoneInfo(text).key
    except (zoneinfo.ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(text) from error


def _language(text: str) -> str:
    if text and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", text) is None:
        raise ValueError(text)
    return text


def _form(text: str) -> int:
    if text != str(FORM):
        raise ValueError(text)
    return FORM


class Limits(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Bounds on what one article may cost; each is checked before the work is done."""

    input_bytes: Positive = 16_000_000
    """Size of the file that is read."""
    letters: Positive = 600_000
    """Characters in the whole article: as a PDF they take about 10 seconds."""
    block_letters: Positive = 200_000
    """Length of one paragraph: a line of a million characters takes the PDF renderer over a minute."""
    nodes: Positive = 25_000
    """As a PDF, paragraphs, cells and words set apart take about a third of a millisecond each."""
    table_cells: Positive = 20_000
    pictures: Positive = 500
    picture_bytes: Positive = 40_000_000
    picture_pixels: Positive = 80_000_000
    notes: Positive = 1_500


class FetchConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How pictures are fetched, where a caller lets them be."""

    ports: tuple[Annotated[int, Meta(gt=0, lt=65_536)], ...] = (80, 443)
    seconds: Positive = 10
    """For one picture, from the question to its last byte."""
    article_seconds: Positive = 30
    """For all pictures of an article together."""


class PicturesConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Which pictures are used, and how large."""

    use: Literal["all", "owned", "none"] = "all"
    owned_by: tuple[Text, ...] = ()
    """Whose pictures are "owned"; one of which no holder is known is not."""
    longest_side: Annotated[int, Meta(ge=100)] = 2_400
    """Pixels: a page of A4 with margins at 300 to the inch. Larger pictures are made smaller."""


class CleaningConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Which passes of cleaning are switched off, by name."""

    off: tuple[Text, ...] = ()


class DocxConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How Word files are read and written."""

    changes: Literal["accept", "reject", "refuse"] = "accept"
    """What becomes of tracked changes. Each is put down in the report, whichever way it goes."""
    toc: bool = False
    """Whether Word files that are written begin with a table of contents."""


class PdfConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What PDFs are to conform to."""

    standard: Literal["both", "ua-1", "a-2a", "a-3a", "none"] = "both"
    """PDF/UA-1 and PDF/A-3a at once, one standard, or none. A PDF that falls short claims none."""


class Config(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Everything that config.yaml can say."""

    theme: Text = "broadsheet"
    to: Annotated[tuple[Text, ...], Meta(min_length=1)] = ("markdown", "docx", "pdf", "xhtml", "epub")
    output: Text = "output"
    language: Annotated[str, Parsed(_language, "a language tag such as en or pt-BR")] = ""
    """The language of articles that do not name theirs; empty: it is detected."""
    time_zone: Annotated[str, Parsed(_zone, "a time zone such as Europe/Istanbul")] = "UTC"
    cleaning: CleaningConfig = CleaningConfig()
    pictures: PicturesConfig = PicturesConfig()
    fetch: FetchConfig = FetchConfig()
    docx: DocxConfig = DocxConfig()
    pdf: PdfConfig = PdfConfig()
    limits: Limits = Limits()
    copydesk: Annotated[int, Parsed(_form, f"{FORM}, the form this version reads")] = FORM
    """The form of the file. A `config.yaml` in the working folder is ours only if it has this key."""


def load_config(
    explicit: Path | None = None,
    *,
    world: World | None = None,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    names: Mapping[str, Callable[[str], object]] | None = None,
) -> Config:
    """The configuration in force in a working folder (the current one), with `explicit` over all others.

    Mappings merge key by key, anything else replaces. A theme given as a path is looked for beside
    the file that names it. `names` has, for keys such as "cleaning.off", what raises UsageError for a name that
    does not exist. Raises SettingsError with every finding, UsageError if `explicit` is not there.
    """
    world = world or DiskWorld()
    findings = Findings("config.wrong")
    tree = empty(str(config_file()))
    for layer in layers(explicit, folder or Path(), os.environ if environ is None else environ):
        data = _read(world, layer)
        if data is not None:
            tree = merge(tree, compose(data, str(layer.path), findings))
    config = convert(tree, Config, findings)
    for key, check in (names or {}).items():
        _check_names(tree, key.split("."), check, findings)
    findings.check()
    return structs.replace(config, theme=_theme(config.theme, tree.at("theme").place))


def _check_names(tree: Marked, path: list[str], check: Callable[[str], object], findings: Findings) -> None:
    """Find the names under a key that do not exist; what is no text was found before."""
    for key in path:
        if key not in tree.mapping:
            return
        tree = tree.mapping[key]
    for each in tree.value if isinstance(tree.value, tuple) else (tree,):
        if isinstance(each.value, str):
            try:
                check(each.value)
            except UsageError as error:
                findings.add(each.place, error.text)


class Layer(Struct, frozen=True):
    """A file that may hold configuration. `stray`: it may be another program's, and then is passed over."""

    path: Path
    needed: bool = False
    stray: bool = False


def layers(explicit: Path | None, folder: Path, environ: Mapping[str, str]) -> list[Layer]:
    """Where configuration is looked for, the weakest first."""
    found = [Layer(config_file())]
    if home := _user_folder(environ):
        found.append(Layer(home / "copydesk" / "config.yaml"))
    found.append(Layer(folder / "config.yaml", stray=True))
    found.append(Layer(folder / "copydesk.yaml"))
    if explicit:
        found.append(Layer(explicit, needed=True))
    return found


def _user_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The folder of a user's settings; None where the environment names none."""
    rules: dict[str, tuple[tuple[str, str], ...]] = {
        "win32": (("APPDATA", ""), ("USERPROFILE", "AppData/Roaming")),
        "darwin": (("XDG_CONFIG_HOME", ""), ("HOME", "Library/Application Support")),
    }
    for name, below in rules.get(platform, (("XDG_CONFIG_HOME", ""), ("HOME", ".config"))):
        if environ.get(name) and Path(environ[name]).is_absolute():
            return Path(environ[name]) / below
    return None


def _read(world: World, layer: Layer) -> bytes | None:
    """The bytes of a layer; None if it is not there or not ours."""
    if layer.path == config_file():  # ours: a part of the program, whatever world it runs in
        return layer.path.read_bytes()
    try:
        data = world.read(layer.path)
    except InputError as error:
        if layer.stray or (not layer.needed and error.code == "input.missing"):
            return None
        sentence = f"The configuration cannot be read: {error.text}"
        raise UsageError("config.unreadable", sentence, str(layer.path)) from None
    return data if not layer.stray or _ours(data) else None


def _ours(data: bytes) -> bool:
    """Whether a file called config.yaml is copydesk's and not another program's."""
    return re.search(rb"^copydesk[ \t]*:", data, re.MULTILINE) is not None


def _theme(name: str, place: Place) -> str:
    """A theme's path seen from the file that names it; the name of a packaged theme as it is."""
    if "/" not in name and "\\" not in name and not name.endswith((".yaml", ".yml")):
        return name
    return str(Path(place.file).parent / Path(name).expanduser())
