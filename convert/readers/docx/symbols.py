"""Signs of fonts that have no letters: `w:sym` names them by their place in the font (17.3.3.30)."""

from __future__ import annotations

from convert.readers.docx.xml import Element, W

__all__ = ["symbol"]

_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u203eαβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
"""The font Symbol from 20 hexadecimal on."""

_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
"""The same from A0 on."""

_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3A: "💻", 0x41: "✌", 0x43: "👍", 0x44: "👎", 0x45: "☜",
    0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x4D: "💣", 0x4E: "☠", 0x51: "✈", 0x52: "☼",
    0x54: "❄", 0x58: "✠", 0x59: "✡", 0x5A: "☪", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖",
    0x77: "⬥", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def symbol(element: Element) -> str | None:
    """The character of a `w:sym`; None where nothing is known of its font."""
    font = (element.get(W + "font") or "").lower()
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return None
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if font == "symbol":
        table, start = (_SYMBOL, 0x20) if place < 0xA0 else (_SYMBOL_HIGH, 0xA0)
        return table[place - start] if 0 <= place - start < len(table) else None
    if font.startswith("wingdings"):
        return _WINGDINGS.get(place) if font == "wingdings" else None
    if 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF or not 0x20 <= code <= 0x10FFFF:
        return None
    return chr(code)
