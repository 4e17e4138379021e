"""The fonts that travel in an EPUB: the faces that its pages use, cut to the scripts they are written in."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from msgspec import Struct

from convert.report import Report
from convert.themes.fonts import characters, face_file, font_stack
from convert.themes.model import Face, FontFamily, Theme
from convert.writers.css import css_string
from convert.writers.css_rules import RULES

__all__ = ["FontFile", "Fonts", "font_faces"]

_LARGE = frozenset(("Hani", "Hang"))
"""Scripts of so many characters that only those in use are kept; of others, all that a face has."""

_COMMON = frozenset(("Zyyy", "Zinh"))
"""Punctuation, digits and accents, which go with every script (Unicode Standard Annex 24)."""

_RESTRICTED, _WHOLE = 0x0002, 0x0100
"""What a font forbids (OpenType, OS/2 fsType): to be embedded; to be cut."""


class FontFile(Struct, frozen=True):
    """One face as it stands in the publication, by its path beside the package document."""

    href: str
    data: bytes
    family: str
    weight: int
    italic: bool

    @property
    def media_type(self) -> str:
        """TrueType, or OpenType with outlines of PostScript's kind."""
        return "font/otf" if self.data[:4] == b"OTTO" else "font/ttf"


class Fonts:
    """The faces of one theme. A face is cut once for the scripts it has to serve, and kept."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._features = _features(theme)

    def files(self, markup: Iterable[str], text: str, report: Report) -> list[FontFile]:
        """The faces that pages of that markup use, for the characters of that text.

        A face that may not be embedded is left out, with a message.
        """
        wanted = self._wanted(markup)
        needs = self._needs({key for key, _, _ in wanted}, {ord(one) for one in text})
        whole: dict[str, set[int]] = defaultdict(set)
        for families in needs.values():
            for name, needed in families.items():
                whole[name] |= needed
        found: dict[str, FontFile] = {}
        for key, weight, italic in sorted(wanted):
            for family in font_stack(self._theme, key):
                face = _nearest(family, weight, italic)
                if needs[key][family.family] and face.file not in found:
                    name = _name(face, {one.href for one in found.values()})
                    data = _subset(face_file(face.file), *_scripts(whole[family.family]), self._features)
                    found[face.file] = FontFile(name, data, family.family, face.weight, face.italic)
        for one in found.values():
            if not one.data:
                report.add("font.forbidden", "info", f"The font {one.family} may not be embedded, its file says; "
                           "readers show a font of their own in its place.")  # fmt: skip
        return [one for one in found.values() if one.data]

    def _wanted(self, markup: Iterable[str]) -> set[tuple[str, int, bool]]:
        """Font, weight and slope of every style that dresses something in the markup."""
        names: set[str] = set()
        for page in markup:
            names.update(re.findall(r"<(\w+)", page))
            names.update(f".{name}" for held in re.findall(r' class="([^"]*)"', page) for name in held.split())
        styles = self._theme.styles
        used = [styles["body"], *(styles[rule.style] for rule in RULES if _dresses(rule.selector, names))]
        wanted = {(style.font, style.weight, style.italic) for style in used}
        body = styles["body"]
        wanted |= {(body.font, body.weight, True)} if "em" in names else set()
        wanted |= {(body.font, 700, body.italic)} if "strong" in names else set()
        return wanted

    def _needs(self, keys: Iterable[str], text: set[int]) -> dict[str, dict[str, set[int]]]:
        """What each family of a font's stack has to show: its fallbacks only what those before them lack."""
        needs: dict[str, dict[str, set[int]]] = defaultdict(dict)
        for key in keys:
            rest = text
            for family in font_stack(self._theme, key):
                needs[key][family.family] = rest & characters(face_file(family.faces[0].file))
                rest = rest - needs[key][family.family]
        return needs


def font_faces(files: Iterable[FontFile]) -> str:
    """The rules of a stylesheet that name the files, a line each."""
    return "".join(
        f"@font-face {{ font-family: {css_string(one.family)}; font-weight: {one.weight}; "
        f"font-style: {'italic' if one.italic else 'normal'}; src: url({one.href}) }}\n"
        for one in files
    )


def _dresses(selector: str, names: Collection[str]) -> bool:
    """Whether a selector may meet something on a page that has elements and classes of those names."""
    return any(all(name in names for name in re.findall(r"\.?[\w-]+", one)) for one in selector.split(","))


def _nearest(family: FontFamily, weight: int, italic: bool) -> Face:
    """The face that a browser would take, or nearly: of the right slope if there is one, the nearest in weight."""
    return min(family.faces, key=lambda face: (face.italic != italic, abs(face.weight - weight)))


def _features(theme: Theme) -> tuple[str, ...]:
    """What the theme's styles ask of a font, beside what every text needs."""
    asked = {"small": ["smcp"], "oldstyle": ["onum"], "lining": ["lnum"], "tabular": ["lnum", "tnum"]}
    styles = theme.styles.values()
    return tuple(
        sorted({name for style in styles for key in (style.caps, style.figures) for name in asked.get(key, ())})
    )


def _name(face: Face, taken: Collection[str]) -> str:
    path = Path(face.file)
    stem, suffix = re.sub("[^A-Za-z0-9]+", "-", path.stem), path.suffix.lower()
    names = (f"fonts/{stem}{number or ''}{suffix}" for number in count())
    return next(name for name in names if name not in taken)


def _scripts(needed: Iterable[int]) -> tuple[frozenset[str], frozenset[int]]:
    """The scripts of characters (ISO 15924), and the characters of those that are too large to keep whole."""
    from fontTools.unicodedata import script

    of = {one: script(chr(one)) for one in needed}
    return frozenset(of.values()) - _COMMON, frozenset(one for one, name in of.items() if name in _LARGE)


@lru_cache(maxsize=128)
def _subset(path: Path, scripts: frozenset[str], single: frozenset[int], features: tuple[str, ...]) -> bytes:
    """A face for scripts and single characters; empty where its maker forbids that. It takes a third of a second."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.unicodedata import script

    font: Any = TTFont(path, recalcTimestamp=False)  # no clock
    rights = font["OS/2"].fsType if "OS/2" in font else 0
    if rights & _RESTRICTED:
        return b""
    if rights & _WHOLE:
        return path.read_bytes()
    options = Options(notdef_outline=True, glyph_names=False, hinting=False)
    options.layout_features = [*options.layout_features, *features]
    kept = (scripts - _LARGE) | _COMMON
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=single.union(one for one in characters(path) if script(chr(one)) in kept))
    names = font["name"]  # of maker and licence; to cut them takes as long as all the rest
    del font["name"]
    subsetter.subset(font)
    font["name"] = names
    made = io.BytesIO()
    font.save(made, reorderTables=True)
    return made.getvalue()
