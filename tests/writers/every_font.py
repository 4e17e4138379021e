"""A theme whose fonts have every character asked for: a box for each, in a font made on the spot."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from convert.themes.load import load_theme
from convert.themes.model import Theme

FAMILY = "Every Box"


def theme_with(characters: str, folder: Path, extends: str = "broadsheet") -> Theme:
    """The theme with a font for the characters behind its own fonts."""
    folder.mkdir(parents=True, exist_ok=True)
    _font(sorted(set(characters)), folder / "every.ttf")
    path = folder / "every.yaml"
    path.write_text(
        f"extends: {extends}\ntitle: Every\ndescription: A box for each character.\nfonts:\n"
        "  signs: {fallback: [every]}\n"
        f"  every: {{family: {FAMILY}, generic: sans-serif, word: Arial, faces: [{{file: every.ttf}}]}}\n"
    )
    return load_theme(str(path))


def _font(characters: list[str], path: Path) -> None:
    names = [".notdef", *(f"u{ord(one):05X}" for one in characters)]
    pen = TTGlyphPen(None)
    pen.moveTo((80, 0))
    for point in ((80, 700), (520, 700), (520, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(one): name for one, name in zip(characters, names[1:], strict=True)})
    font.setupGlyf(dict.fromkeys(names, box))
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 80)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "psName": "EveryBox-Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.save(path)
