"""Word files (.docx): Office Open XML, by our own walk over its parts. Nothing outside the file is ever read.

The parts are opened under bounds (`container`, `xml`). The reading text (`words`) is collected from the XML as it
came; then tracked changes are put down and settled (`changes`), and the tree is made of what is left: paragraphs
(`body`, `runs`), put together to lists, quotations and boxes (`flow`), tables, notes and pictures. What an article
has no place for is in the report.
"""

from __future__ import annotations

from convert.config import Config
from convert.errors import InputError
from convert.readers.base import Reading
from convert.report import Report, Result
from convert.world import Source

__all__ = ["Reader"]


class Reader:
    """Word files. `config` says what becomes of tracked changes, and the limits of pictures."""

    name = "docx"
    suffixes = (".docx", ".docm", ".dotx", ".dotm")
    media_types = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "application/vnd.ms-word.document.macroEnabled.12",
    )

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()

    def under(self, config: Config) -> Reader:
        """The same reader under a configuration."""
        return Reader(config)

    def sniff(self, head: bytes) -> int:
        """3 for a ZIP that names Word's parts, 2 for one of Office's containers, 1 for any other ZIP."""
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            return 2  # an old or a locked file, and there is a sentence for each
        if not head.startswith(b"PK\x03\x04") or b"mimetypeapplication/" in head[:100]:
            return 0
        if b"word/" in head:
            return 3
        if b"xl/" in head or b"ppt/" in head:
            return 1
        return 2 if b"[Content_Types].xml" in head or b"_rels/.rels" in head else 1

    def read(self, source: Source) -> Result[Reading]:
        """The article. Raises InputError, and RefusedError for tracked changes that the configuration refuses."""
        if not source.data.strip():
            raise InputError("input.empty", "The article is empty.", source.where)
        from convert.readers.docx.reading import WordReading  # lxml, only for Word files

        report = Report()
        try:
            return Result(WordReading(source, self.config, report).read(), report)
        except RecursionError:
            raise InputError("docx.depth", "The file's parts nest too deeply.", source.where) from None
