"""A theme's fonts: their files, a private fontconfig file for renderers, and characters they lack."""

from __future__ import annotations

import shutil
import unicodedata
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from convert.data import fonts_folder
from convert.themes.model import FontFamily, Theme

__all__ = ["characters", "face_file", "font_fault", "font_files", "font_stack", "fontconfig", "missing_glyphs"]

GENERICS = ("serif", "sans-serif", "monospace")
_MAGIC = {b"\x00\x01\x00\x00", b"OTTO", b"true"}


def face_file(file: str) -> Path:
    """Where the file of a resolved face lies: packaged if it is a bare name."""
    path = Path(file)
    return path if path.is_absolute() else fonts_folder() / file


def font_files(theme: Theme) -> dict[str, tuple[Path, ...]]:
    """The files of each family, by the family's key in the theme."""
    return {key: tuple(face_file(face.file) for face in family.faces) for key, family in theme.fonts.items()}


def font_fault(data: bytes) -> str:
    """What makes a font file unusable, as the end of a sentence; empty if nothing does."""
    if data[:4] not in _MAGIC:
        return "is not a TrueType or OpenType font (.ttf, .otf)."
    count = int.from_bytes(data[4:6], "big")
    tables = {data[12 + 16 * k : 16 + 16 * k] for k in range(min(count, 256))}
    if b"cmap" not in tables:
        return "is damaged: it has no character map."
    if b"fvar" in tables:
        return "is a variable font; name static faces (instances of variable fonts differ from run to run)."
    return ""


def font_stack(theme: Theme, key: str) -> list[FontFamily]:
    """A family and the fonts that stand in for it, nearest first, without repeats."""
    keys = [key]
    for one in keys:
        keys.extend(other for other in theme.fonts[one].fallback if other not in keys)
    return [theme.fonts[one] for one in keys]


def fontconfig(theme: Theme, folder: Path) -> Path:
    """Write `fonts.conf` into `folder`, which makes fontconfig see the theme's fonts and no others.

    The fonts are copied beside it, because fontconfig lists whole folders; its cache goes there too.
    Generic families lead to the theme's, and each family to its fallbacks.
    """
    fonts = folder / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    files = dict.fromkeys(file for files in font_files(theme).values() for file in files)
    for number, file in enumerate(files):
        shutil.copyfile(file, fonts / f"{number:02}-{file.name}")
    path = folder / "fonts.conf"
    path.write_text(
        _CONFIGURATION.format(
            fonts=escape(str(fonts)), cache=escape(str(folder / "cache")), aliases="\n".join(_aliases(theme))
        ),
        encoding="utf-8",
    )
    return path


_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<dir>{fonts}</dir>
<cachedir>{cache}</cachedir>
{aliases}
</fontconfig>
"""


def _aliases(theme: Theme) -> list[str]:
    aliases = []
    for generic in GENERICS:
        key = next((key for key, one in theme.fonts.items() if one.generic == generic), next(iter(theme.fonts)))
        aliases.append(_alias(generic, "prefer", font_stack(theme, key)))
    for key, family in theme.fonts.items():
        others = [one for one in font_stack(theme, key) if one is not family]
        if others:
            aliases.append(_alias(family.family, "accept", others))
    return aliases


def _alias(name: str, how: str, families: list[FontFamily]) -> str:
    names = "".join(f"<family>{escape(one.family)}</family>" for one in families)
    return f'<alias binding="same"><family>{escape(name)}</family><{how}>{names}</{how}></alias>'


def missing_glyphs(theme: Theme, text: str) -> str:
    """The characters of a text that no font of the theme can show, each once, in their order.

    A character counts as shown where its parts are (a letter and its accents: shapers compose them).
    """
    files = tuple(file for files in font_files(theme).values() for file in files)
    known = _all_characters(files)
    return "".join(
        one
        for one in dict.fromkeys(unicodedata.normalize("NFC", text))
        if ord(one) not in known
        and not _invisible(one)
        and not known.issuperset(map(ord, unicodedata.normalize("NFD", one)))
    )


@lru_cache(maxsize=32)
def _all_characters(files: tuple[Path, ...]) -> frozenset[int]:
    return frozenset().union(*map(characters, files))


@lru_cache(maxsize=128)
def characters(file: Path) -> frozenset[int]:
    """The code points that a font file has glyphs for."""
    from fontTools.ttLib import TTFont  # a tenth of a second, and only when a text is checked

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


_IGNORABLE = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties) that are not of category Cf."""


def _invisible(character: str) -> bool:
    """Whether nothing is drawn for it: spaces, controls, joiners, variation selectors."""
    if unicodedata.category(character) in {"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"}:
        return True
    return any(low <= ord(character) <= high for low, high in _IGNORABLE)
