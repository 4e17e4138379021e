"""The configuration: config.yaml as frozen values."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["CleaningConfig", "Config", "Limits"]


class Limits(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Bounds on what one article may cost; each is checked before the work is done."""

    input_bytes: int = 16_000_000
    """Size of the file that is read."""
    block_letters: int = 200_000
    """Length of one paragraph: a line of a million characters takes the PDF renderer over a minute."""
    nodes: int = 200_000
    table_cells: int = 20_000
    pictures: int = 500
    picture_bytes: int = 40_000_000
    picture_pixels: int = 80_000_000
    notes: int = 5_000


class CleaningConfig(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Which passes of cleaning are switched off, by name."""

    off: tuple[str, ...] = ()


class Config(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Everything that config.yaml can say."""

    theme: str = "broadsheet"
    to: tuple[str, ...] = ("markdown", "docx", "pdf", "xhtml", "epub")
    output: str = "output"
    language: str = ""
    """The language of articles that do not name theirs; empty: it is detected."""
    time_zone: str = "UTC"
    cleaning: CleaningConfig = CleaningConfig()
    limits: Limits = Limits()
