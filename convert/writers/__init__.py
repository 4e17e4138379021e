"""Writers: one module an output format, found by name and imported on use."""

from __future__ import annotations

WRITERS = {
    "markdown": "convert.writers.markdown:Writer",
    "docx": "convert.writers.docx:Writer",
    "pdf": "convert.writers.pdf:Writer",
    "xhtml": "convert.writers.xhtml:Writer",
    "epub": "convert.writers.epub:Writer",
    "json": "convert.writers.json:Writer",
    "pandoc": "convert.writers.pandoc:Writer",
}
"""Output formats by name."""

ALIASES = {"md": "markdown", "html": "xhtml"}
"""Other names that people type."""
