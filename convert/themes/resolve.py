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


def styles(tree: Marked, findings: Findings) -> None:
    """Give every style what it takes over by `like`."""
    named = tree.at("styles").mapping if "styles" in tree.mapping else {}
    done: dict[str, Marked] = {}
    for name in named:
        _style(name, named, done, (), findings)
    named.update(done)


def _style(
    name: str, named: dict[str, Marked], done: dict[str, Marked], inside: tuple[str, ...], findings: Findings
) -> Marked:
    if name in done:
        return done[name]
    style = named[name]
    like = style.mapping.get("like")
    if like is not None:
        own = {key: item for key, item in style.mapping.items() if key != "like"}
        style = Marked(own, style.place, style.key)
        if _known(like, named, (*inside, name), findings):
            style = merge(_style(str(like.value), named, done, (*inside, name), findings), style)
    done[name] = style
    return style


def _known(like: Marked, named: dict[str, Marked], inside: tuple[str, ...], findings: Findings) -> bool:
    """Whether `like` names a style that is not (like another that is like …) this one."""
    name = like.value if isinstance(like.value, str) else ""
    if name not in named:
        findings.unknown(like.place, "style", name, named)
    elif name in inside:
        findings.add(like.place, f"'like' goes round in a circle: {' → '.join((*inside, name))}.")
    else:
        return True
    return False


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
        elif token is None:
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
