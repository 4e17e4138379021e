"""Make the static fonts in `convert/fonts/` from packaged OFL families.

    python scripts/make_fonts.py [FOLDER OF WHEELS]

Each family comes from a pinned package of PyPI, which `pip download` fetches unless a folder has its
wheel. Variable fonts become instances (WeasyPrint stamps the clock into instances that it makes
itself), cut to the scripts the themes serve. Both are modifications that the OFL forbids under a
reserved font name: a family that reserves one is refused. Same packages and same fontTools, same bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OUTPUT = Path(__file__).resolve().parent.parent / "convert" / "fonts"

LETTERS = (
    (0x0020, 0x024F), (0x0259, 0x0259), (0x02B0, 0x02FF), (0x0300, 0x036F), (0x0370, 0x03FF), (0x0400, 0x052F),
    (0x1E00, 0x1EFF), (0x1F00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x218F),
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2600, 0x27BF), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD),
)  # fmt: skip
"""Latin with all its accents, Greek, Cyrillic, punctuation, currencies, arrows, signs."""

SIGNS = (
    (0x0020, 0x0020), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20CF), (0x2100, 0x23FF), (0x2460, 0x27FF),
    (0x2B00, 0x2BFF),
)  # fmt: skip
"""What text families lack: arrows, stars, ticks, boxes, enclosed numbers."""

FEATURES = [
    "calt", "case", "ccmp", "clig", "cpsp", "frac", "kern", "liga", "lnum", "locl", "mark", "mkmk", "onum", "ordn",
    "pnum", "rlig", "sinf", "smcp", "c2sc", "subs", "sups", "tnum", "zero",
]  # fmt: skip

NAMES = {400: "Regular", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}


@dataclass(frozen=True)
class Family:
    """A family to make: its package, and the axes all its faces share."""

    family: str
    package: str
    version: str
    source: str
    weights: tuple[int, ...]
    axes: tuple[tuple[str, float], ...] = ()
    characters: tuple[tuple[int, int], ...] = LETTERS
    italics: bool = True

    @property
    def stem(self) -> str:
        """The family's name in file names."""
        return self.family.replace(" ", "")


FAMILIES = (
    Family("Literata", "fontpkg-literata", "3.103", "Literata", (400, 700), (("opsz", 11),)),
    # The display cut is drawn for headlines; its name says so, for it is no text face.
    Family("Newsreader Display", "fontpkg-newsreader", "1.3", "Newsreader", (400, 700), (("opsz", 60),)),
    Family("Libre Franklin", "fontpkg-libre-franklin", "3.0", "LibreFranklin", (400, 700, 800)),
    Family("Noto Serif", "fontpkg-noto-serif", "2.15", "NotoSerif", (400, 700), (("wdth", 100),)),
    Family("Noto Sans", "fontpkg-noto-sans", "2.15", "NotoSans", (400, 700), (("wdth", 100),)),
    Family("JetBrains Mono", "fontpkg-jetbrains-mono", "2.211", "JetBrainsMono", (400, 700)),
    Family("Inter", "fontpkg-inter", "4.1.post1", "Inter", (400, 700), (("opsz", 14),), SIGNS, italics=False),
)


def main(wheels: Path | None) -> None:
    """Make every face and put each family's licence beside it."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for family in FAMILIES:
            make(family, unpack(wheel(family, wheels or Path(scratch)), Path(scratch) / family.stem))
    total = sum(file.stat().st_size for file in OUTPUT.iterdir())
    print(f"{len(list(OUTPUT.glob('*.ttf')))} faces, {total / 1e6:.2f} MB")


def wheel(family: Family, folder: Path) -> Path:
    """The family's wheel in a folder, fetched if it is not there."""
    pattern = f"{family.package.replace('-', '_')}-{family.version}-*.whl"
    if not list(folder.glob(pattern)):
        wanted = f"{family.package}=={family.version}"
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), wanted]
        subprocess.run(command, check=True)
    return next(folder.glob(pattern))


def unpack(file: Path, folder: Path) -> Path:
    """The folder with a wheel's fonts and licence."""
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    return next(path.parent for path in folder.glob("*/LICENSE"))


def make(family: Family, package: Path) -> None:
    """Write all faces of a family and its licence."""
    licence = (package / "LICENSE").read_text(encoding="utf-8")
    refuse_reserved(family.family, licence.split("-----------")[0])
    (OUTPUT / f"{family.stem}-OFL.txt").write_text(licence, encoding="utf-8")
    for italic in (False, True) if family.italics else (False,):
        (source,) = package.glob(f"files/{family.source}{'-Italic' if italic else ''}[[]*.ttf")
        for weight in family.weights:
            data = face(source, family, weight, italic)
            (OUTPUT / f"{family.stem}-{style(weight, italic).replace(' ', '')}.ttf").write_bytes(data)


def refuse_reserved(family: str, text: str) -> None:
    """Stop at a reserved font name: modified versions may not bear it (OFL 1.1, condition 3)."""
    if "reserved font name" in text.lower():
        raise SystemExit(f"{family} has a reserved font name, so it may not be instanced: {text.strip()}")


def style(weight: int, italic: bool) -> str:
    """The name of a face within its family."""
    name = NAMES[weight]
    return f"{name} Italic".replace("Regular Italic", "Italic") if italic else name


def face(source: Path, family: Family, weight: int, italic: bool) -> bytes:
    """One static face, cut to its characters, with names of its own and a fixed date."""
    font = TTFont(source, recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID in {0, 7}:
            refuse_reserved(family.family, record.toUnicode())
    font = instantiateVariableFont(font, {**dict(family.axes), "wght": weight}, inplace=True)
    cut(font, family.characters)
    rename(font, family.family, weight, italic)
    font["head"].modified = font["head"].created
    buffer = BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()


def cut(font: TTFont, ranges: tuple[tuple[int, int], ...]) -> None:
    """Leave the characters of some ranges and the features that themes and writers use."""
    options = Options(layout_features=FEATURES, name_IDs=["*"], notdef_outline=True, glyph_names=False, hinting=False)
    options.drop_tables += ["STAT", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in ranges for code in range(low, high + 1)])
    subsetter.subset(font)


def rename(font: TTFont, family: str, weight: int, italic: bool) -> None:
    """Name a face so that every system groups it: four styles a family, the others by name IDs 16 and 17."""
    name: Any = font["name"]
    full = style(weight, italic)
    four = full if weight in {400, 700} else ("Italic" if italic else "Regular")
    group = family if weight in {400, 700} else f"{family} {NAMES[weight]}"
    names = {1: group, 2: four, 3: f"{family} {full}", 4: f"{family} {full}"}
    names[6] = f"{family.replace(' ', '')}-{full.replace(' ', '')}"
    if group != family:
        names |= {16: family, 17: full}
    for number in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
        name.removeNames(nameID=number)
    for number, text in names.items():
        name.setName(text, number, 3, 1, 0x409)
    bold = weight == 700
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | italic | bold << 5 | (not italic and not bold) << 6
    font["head"].macStyle = bold | italic << 1


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
