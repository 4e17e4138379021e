"""copydesk: one article in, every format out.

    import convert
    result = convert.convert(Path("article.txt"), to="docx", theme="broadsheet")
    Path(result.value.name).write_bytes(result.value.data)

The names below are the public API. They load on use (PEP 562), so that a part can be imported
without the whole.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from convert.config import Config, load_config
    from convert.errors import CopydeskError
    from convert.pipeline import convert
    from convert.report import Change, Message, Report, Result
    from convert.tree import Document
    from convert.writers.base import Options, Rendered

__all__ = [
    "Change", "Config", "CopydeskError", "Document", "Message", "Options", "Rendered", "Report", "Result",
    "__version__", "convert", "load_config",
]  # fmt: skip

__version__ = "0.1.0"

_HOMES = {
    "Change": "report", "Config": "config", "CopydeskError": "errors", "Document": "tree", "Message": "report",
    "Options": "writers.base", "Rendered": "writers.base", "Report": "report", "Result": "report",
    "convert": "pipeline", "load_config": "config",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
