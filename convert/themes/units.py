"""Lengths, sizes of paper and colours as themes write them."""

from __future__ import annotations

import re

__all__ = ["PAPERS", "colour", "millimetres", "points"]

PAPERS = {
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "b5": (176.0, 250.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
    "tabloid": (279.4, 431.8),
}
"""Width and height in millimetres (ISO 216, ANSI Y14.1)."""

_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(mm|cm|in|pt)", re.IGNORECASE | re.ASCII)
_POINTS = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(?:pt)?", re.IGNORECASE | re.ASCII)
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE | re.ASCII)


def millimetres(text: str) -> float:
    """A length with its unit in millimetres. Raises ValueError."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return round(float(match[1]) * _MILLIMETRES[match[2].lower()], 3)


def points(text: str) -> float:
    """A size in points, with or without the unit. Raises ValueError."""
    match = _POINTS.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return float(match[1])


def colour(text: str) -> str:
    """A colour as #rrggbb in small letters. Raises ValueError."""
    if _COLOUR.fullmatch(text) is None:
        raise ValueError(text)
    digits = text[1:].lower()
    return f"#{digits if len(digits) == 6 else ''.join(2 * digit for digit in digits)}"
