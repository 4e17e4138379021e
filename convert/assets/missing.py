"""What is raised where a picture cannot be had."""

from __future__ import annotations

__all__ = ["MissingError"]


class MissingError(Exception):
    """A picture cannot be had: a code and a sentence for the report. It never leaves this package."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text
