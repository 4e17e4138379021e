"""The parts of a Word file that depend on a theme alone: made once, used for every article."""

from __future__ import annotations

from msgspec import Struct

from convert.themes.model import FontFamily, Style, Theme
from convert.writers.docx.formats import paragraph_format
from convert.writers.docx.language import Direction
from convert.writers.docx.numbering import definitions
from convert.writers.docx.styles import LANGUAGE_MARK, paragraph_looks, styles
from convert.writers.docx.xml import NAMESPACES, Element, element_root, serialise, w

__all__ = ["Template", "make_template"]

FAMILIES = {"serif": "roman", "sans-serif": "swiss", "monospace": "modern"}


class Template(Struct, frozen=True):
    """Finished parts; the styles by the direction that an article reads in."""

    styles: dict[Direction, bytes]
    numbering: bytes
    settings: bytes
    fonts: bytes
    looks: dict[str, Style]
    """How each paragraph style looks, by its id."""
    insets: dict[Direction, dict[str, int]]
    """How far in the text of each stands, in twips."""

    def styles_for(self, language: str, direction: Direction) -> bytes:
        """The styles with the language that text has unless a run says otherwise."""
        part = self.styles[direction]
        mark = f'"{LANGUAGE_MARK}"'.encode()
        if language:
            return part.replace(mark, f'"{language}"'.encode())
        return part.replace(b"<w:lang w:val=%b w:eastAsia=%b w:bidi=%b/>" % (mark, mark, mark), b"")


def make_template(theme: Theme) -> Template:
    """The parts for one theme."""
    looks = paragraph_looks(theme)
    return Template(
        looks=looks,
        insets={"ltr": _insets(theme, looks, rtl=False), "rtl": _insets(theme, looks, rtl=True)},
        styles={"ltr": serialise(styles(theme, rtl=False)), "rtl": serialise(styles(theme, rtl=True))},
        numbering=definitions(theme),
        settings=serialise(_settings(theme)),
        fonts=serialise(_fonts(theme)),
    )


def _insets(theme: Theme, looks: dict[str, Style], *, rtl: bool) -> dict[str, int]:
    return {key: int(paragraph_format(theme, style, rtl=rtl)["ind"]["left"]) for key, style in looks.items()}


def _settings(theme: Theme) -> Element:
    """settings.xml, its children in the order of CT_Settings (ECMA-376 part 1, 17.15.1.78)."""
    root = element_root("w:settings", {"w": NAMESPACES["w"]})
    root.append(w("zoom", percent=100))
    if theme.page.facing:
        root.append(w("mirrorMargins"))
    root.append(w("defaultTabStop", val=720))
    if theme.style("body").hyphenate:
        root.extend((w("autoHyphenation"), w("consecutiveHyphenLimit", val=2), w("doNotHyphenateCaps")))
    if theme.page.facing:
        root.append(w("evenAndOddHeaders"))
    root.append(w("characterSpacingControl", val="doNotCompress"))
    root.append(w("footnotePr", w("footnote", id=-1), w("footnote", id=0)))
    root.append(_compatibility())
    return root


def _compatibility() -> Element:
    """Tell Word that the file is of its present format, not to be laid out as by Word 2007 ([MS-DOCX] 2.3)."""
    office = "http://schemas.microsoft.com/office/word"
    values = {"compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1, "enableOpenTypeFeatures": 1,
              "doNotFlipMirrorIndents": 1}  # fmt: skip
    return w("compat", *(w("compatSetting", name=name, uri=office, val=value) for name, value in values.items()))


def _fonts(theme: Theme) -> Element:
    """fontTable.xml: what to take where a font is not installed."""
    root = element_root("w:fonts", {"w": NAMESPACES["w"]})
    families: dict[str, FontFamily] = {}
    for family in theme.fonts.values():
        families.setdefault(family.word or family.family, family)
    for name, family in families.items():
        font = w("font", name=name)
        if family.family != name:
            font.append(w("altName", val=family.family))
        font.extend((
            w("family", val=FAMILIES[family.generic]),
            w("pitch", val="fixed" if family.generic == "monospace" else "variable"),
        ))  # fmt: skip
        root.append(font)
    return root
