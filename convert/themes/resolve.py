"""What a theme's tree leaves to be looked up: styles that are like others, named colours, files of fonts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from convert.data import fonts_folder
from convert.errors import InputError
from convert.marked_yaml import Findings, Marked, merge, nearest
from convert.themes.fonts import font_fault
from convert.themes.units import colour
from convert.world import World

__all__ = ["beside", "colours", "fonts", "styles"]


def styles(tree: Marked, findings: Findings) -> frozenset[str]:
    """Give every style what it takes over by `like`.

    Styles that cannot be completed are taken out and returned, so that one wrong word makes one finding.
    """
    named = tree.at("styles").mapping if "styles" in tree.mapping else {}
    done = _Likes(named, tree.place.file, findings).all()
    broken = frozenset(name for name, style in done.items() if style is None)
    named.update((name, style) for name, style in done.items() if style is not None)
    for name in broken:
        del named[name]
    return broken


class _Likes:
    """Completes styles; `top` is the file whose places are best to name."""

    def __init__(self, named: dict[str, Marked], top: str, findings: Findings) -> None:
        self._named = named
        self._top = top
        self._findings = findings
        self._done: dict[str, Marked | None] = {}

    def all(self) -> dict[str, Marked | None]:
        """Every style with all that it takes over; None for one that is like nothing known, or like itself."""
        for name in self._named:
            self._complete(name, ())
        return self._done

    def _complete(self, name: str, inside: tuple[str, ...]) -> Marked | None:
        if name not in self._done:
            style = self._named[name]
            like = style.mapping.get("like")
            self._done[name] = style if like is None else self._merged(style, like, (*inside, name))
        return self._done[name]

    def _merged(self, style: Marked, like: Marked, inside: tuple[str, ...]) -> Marked | None:
        below = self._complete(str(like.value), inside) if self._known(like, inside) else None
        own = {key: item for key, item in style.mapping.items() if key != "like"}
        return below and merge(below, Marked(own, style.place, style.key))

    def _known(self, like: Marked, inside: tuple[str, ...]) -> bool:
        name = like.value if isinstance(like.value, str) else ""
        if name not in self._named:
            self._findings.unknown(like.place, "style", name, self._named)
            return False
        if name in inside:
            circle = inside[inside.index(name) :]
            places = [self._named[one].mapping["like"].place for one in circle]
            place = next((place for place in places if place.file == self._top), like.place)
            self._findings.add(place, f"'like' goes round in a circle: {' → '.join((*circle, name))}.")
            return False
        return True


def colours(tree: Marked, findings: Findings) -> None:
    """Put the value of a named colour wherever a style names it."""
    tokens = tree.at("colours").mapping if "colours" in tree.mapping else {}
    for style in tree.at("styles").mapping.values():
        for holder, key in _coloured(style):
            node = holder.mapping[key]
            if isinstance(node.value, str) and not node.nothing:
                holder.mapping[key] = Marked(_colour(node, node.value, tokens, findings), node.place, node.key, True)


def _colour(node: Marked, name: str, tokens: dict[str, Marked], findings: Findings) -> str:
    """The colour that a name or #rrggbb stands for; black, with a finding, for anything else."""
    token = tokens.get(name)
    text = name if token is None else str(token.value)
    try:
        return colour(text)
    except ValueError:
        if text.startswith("#") and token is None:
            findings.add(node.place, f"'{text}' is not a colour; write it as #rgb or #rrggbb.")
        elif token is None and tokens:
            findings.unknown(node.place, "colour", name, tokens)
        return "#000000"


def _coloured(style: Marked) -> Iterator[tuple[Marked, str]]:
    """Where a style can name a colour: the mapping that holds it, and the key."""
    for key, item in style.mapping.items():
        if key in {"colour", "background"}:
            yield style, key
        elif "colour" in item.mapping:
            yield item, "colour"


def fonts(tree: Marked, folders: Mapping[str, Path], world: World, findings: Findings) -> None:
    """Find each face's file: packaged ones keep their bare names, others get their absolute path."""
    for family in tree.at("fonts").mapping.values() if "fonts" in tree.mapping else ():
        faces = family.at("faces").value
        for face in faces if isinstance(faces, tuple) else ():
            node = face.mapping.get("file")
            if node is not None and isinstance(node.value, str) and node.value:
                path = _font(node, folders[node.place.file], world, findings)
                face.mapping["file"] = Marked(path, node.place, node.key, node.quoted)


def _font(node: Marked, folder: Path, world: World, findings: Findings) -> str:
    name = str(node.value)
    if name == Path(name).name and (fonts_folder() / name).is_file():
        return name
    path = beside(folder, name)
    if path is None:
        findings.add(node.place, f"The font '{name}' lies outside the theme's folder; put it beside the theme.")
        return name
    try:
        fault = font_fault(world.read(path))
    except InputError:
        close = nearest(name, sorted(one.name for one in fonts_folder().glob("*.ttf")))
        hint = close if close.startswith("; did") else "."
        findings.add(node.place, f"There is no font file '{name}', neither packaged nor beside the theme{hint}")
        return name
    if fault:
        findings.add(node.place, f"The font '{name}' {fault}")
    return str(path.absolute())


def beside(folder: Path, name: str) -> Path | None:
    """The path of a file that a theme names, None if it lies outside the theme's folder (by `..` or a link)."""
    path = folder / name.replace("\\", "/")
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):  # a loop of links; a null character
        return None
    return path if inside and not Path(name).is_absolute() else None
