"""From a theme's YAML to the resolved Theme.

A file may extend another; mappings merge key by key over it, anything else replaces. A style may be
`like` another; then it has all of that style's values but those it names. Everything that is wrong,
in any of the files, is said at once with its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from convert.data import themes_folder
from convert.errors import InputError, UsageError
from convert.marked_yaml import Findings, Marked, Parsed, compose, convert, merge, nearest
from convert.themes import resolve
from convert.themes.check import check
from convert.themes.model import (
    STYLES,
    FontFamily,
    Furniture,
    MarkdownOptions,
    Page,
    Part,
    Sizes,
    Style,
    StyleName,
    Theme,
)
from convert.themes.units import PAPERS, colour, millimetres, points
from convert.world import DiskWorld, World

__all__ = ["load_theme", "theme_name", "theme_names"]

ANEW = frozenset({"family", "like"})
"""A font that names its family, or a style that says what it is like, takes nothing from the extended theme's."""

Text = Annotated[str, Meta(min_length=1)]
Colour = Annotated[str, Parsed(colour, "a colour such as #1a1a1a")]
Millimetres = Annotated[float, Parsed(millimetres, "a length such as 18mm, 2cm, 1in or 12pt")]
Points = Annotated[float, Parsed(points, "a size in points such as 10.5 or 10.5pt")]


class _Sizes(Struct):
    pdf: Points
    word: Points
    epub: float
    screen: float


class _Page(Struct):
    margin_top: Millimetres
    margin_bottom: Millimetres
    margin_inner: Millimetres
    margin_outer: Millimetres
    facing: bool
    columns: int
    column_gap: Millimetres
    head: Furniture
    foot: Furniture
    size: str = ""
    width: Millimetres | None = None
    height: Millimetres | None = None


class _File(Struct):
    """What a theme file can say; a root says all of it."""

    title: Text
    description: str
    fonts: dict[str, FontFamily]
    colours: dict[str, Colour]
    sizes: _Sizes
    page: _Page
    styles: dict[StyleName, Style]
    show: tuple[Part, ...]
    markdown: MarkdownOptions
    widows: int
    orphans: int
    measure: float
    bullets: Annotated[tuple[Text, ...], Meta(min_length=1)]
    origin: str
    extends: str | None = None


def theme_names() -> tuple[str, ...]:
    """The names of the packaged themes."""
    return tuple(sorted(path.stem for path in themes_folder().glob("*.yaml")))


def load_theme(name_or_path: str, *, world: World | None = None) -> Theme:
    """A packaged theme by name, or the theme in a file (a path with a separator, or ending in .yaml).

    Raises UsageError for a name that is not known, SettingsError with every finding for a wrong file.
    """
    loader = _Loader(world or DiskWorld())
    if _is_path(name_or_path):
        return loader.load(Path(name_or_path))
    return loader.load(_packaged(theme_name(name_or_path)))


def theme_name(name: str) -> str:
    """The name of a packaged theme, or a theme's path as it is. Raises UsageError for a name that is not known."""
    names = theme_names()
    if not _is_path(name) and name not in names:
        raise UsageError("theme.unknown", f"There is no theme '{name}'{nearest(name, names)}")
    return name


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.lower().endswith((".yaml", ".yml"))


def _packaged(name: str) -> Path:
    return themes_folder() / f"{name}.yaml"


class _Loader:
    """Loads one theme; knows which folder each of its files lies in."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._findings = Findings("theme.wrong")
        self._folders: dict[str, Path] = {}

    def load(self, path: Path) -> Theme:
        """The theme in a file, resolved."""
        tree = self._whole(path, ())
        broken = resolve.styles(tree, self._findings)
        resolve.colours(tree, self._findings)
        resolve.fonts(tree, self._folders, self._world, self._findings)
        check(tree, broken, self._findings)
        file = convert(tree, _File, self._findings)
        self._findings.check()
        return _theme(path.stem, file)

    def _whole(self, path: Path, inside: tuple[Path, ...]) -> Marked:
        """The tree of a file, laid over that of the file it extends."""
        tree = compose(self._read(path), str(path), self._findings)
        self._folders[str(path)] = path.parent
        extends = tree.mapping.get("extends")
        if extends is None or extends.nothing:
            return tree
        below = self._extended(extends, path, (*inside, path))
        if below is None:
            # Without its base nearly every key is missing; saying so would bury the cause.
            self._findings.check()
            return tree
        return merge(self._whole(below, (*inside, path)), tree, ANEW)

    def _read(self, path: Path) -> bytes:
        if path.parent == themes_folder():  # ours: a part of the program, whatever world it runs in
            return path.read_bytes()
        try:
            return self._world.read(path)
        except InputError as error:
            raise UsageError("theme.unreadable", f"The theme cannot be read: {error.text}", str(path)) from None

    def _extended(self, extends: Marked, path: Path, inside: tuple[Path, ...]) -> Path | None:
        """The file that a theme extends; None, with a finding, where there is none."""
        name = extends.value
        if not isinstance(name, str):
            self._findings.add(extends.place, "'extends': expected the name of a theme or of a file beside this one.")
            return None
        if not _is_path(name):
            if name in theme_names():
                return self._in_line(_packaged(name), extends, inside)
            self._findings.unknown(extends.place, "theme", name, theme_names())
            return None
        below = resolve.beside(path.parent, name)
        if below is None:
            self._findings.add(extends.place, f"'{name}' lies outside the theme's folder; extend a file inside it.")
        elif not self._exists(below):
            self._findings.add(extends.place, f"There is no file '{name}' beside this theme.")
        else:
            return self._in_line(below, extends, inside)
        return None

    def _in_line(self, below: Path, extends: Marked, inside: tuple[Path, ...]) -> Path | None:
        if below.resolve() not in {one.resolve() for one in inside}:
            return below
        chain = " → ".join(one.stem for one in (*inside, below))
        self._findings.add(extends.place, f"'extends' goes round in a circle: {chain}.")
        return None

    def _exists(self, path: Path) -> bool:
        try:
            self._world.read(path)
        except InputError:
            return False
        return True


def _theme(name: str, file: _File) -> Theme:
    values: dict[str, Any] = {one: getattr(file, one) for one in file.__struct_fields__ if one != "extends"}
    values["sizes"] = Sizes(**structs.asdict(file.sizes))
    values["page"] = _page(file.page)
    values["styles"] = {one: file.styles[one] for one in STYLES}
    return Theme(name=name, **values)


def _page(page: _Page) -> Page:
    values = structs.asdict(page)
    width, height = PAPERS.get(values.pop("size").lower(), (0.0, 0.0))
    values["width"], values["height"] = page.width or width, page.height or height
    return Page(**values)
