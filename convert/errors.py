"""Every error that copydesk raises on purpose.

    CopydeskError           what a caller may catch to catch them all
    ├── UsageError          the command or call is wrong: unknown format, theme, option      (exit 2)
    │   └── SettingsError   config.yaml or a theme file is wrong; holds every finding        (exit 2)
    ├── InputError          this article cannot be read                                      (exit 1)
    │   └── LimitError      it can, but is larger than a limit in config.yaml allows         (exit 1)
    ├── RenderError         the article is fine, this format cannot be made of it here       (exit 1)
    ├── OutputError         the finished file cannot be put where it was asked for           (exit 1)
    ├── RefusedError        a desk rule forbids it: killed, withheld, embargoed              (exit 3)
    └── InternalError       copydesk broke a promise of its own; please report it            (exit 1)

Each carries a `code` for programs ("input.empty") and a sentence for editors that says what
happened and what to do. `where` names the article, or the place in it.
"""

from __future__ import annotations

__all__ = [
    "CopydeskError",
    "InputError",
    "InternalError",
    "LimitError",
    "OutputError",
    "RefusedError",
    "RenderError",
    "SettingsError",
    "UsageError",
]


class CopydeskError(Exception):
    """Base of all errors raised on purpose."""

    exit_code = 1

    def __init__(self, code: str, text: str, where: str = "") -> None:
        super().__init__(code, text, where)
        self.code = code
        self.text = text
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


class UsageError(CopydeskError):
    """The command line or the call asks for something that does not exist or contradicts itself."""

    exit_code = 2


class SettingsError(UsageError):
    """A YAML file of settings is wrong. `findings` has one `file:line:column: sentence` each."""

    def __init__(self, code: str, findings: tuple[str, ...]) -> None:
        super().__init__(code, "\n".join(findings))
        self.findings = findings


class InputError(CopydeskError):
    """The article cannot be read."""


class LimitError(InputError):
    """The article is larger, deeper or slower than a limit allows."""


class RenderError(CopydeskError):
    """A format cannot be made, for instance because a system library is missing."""


class OutputError(CopydeskError):
    """A finished file cannot be written; nothing of it is left behind."""


class RefusedError(CopydeskError):
    """A desk rule forbids publishing the article. `item` is its identifier, where it has one."""

    exit_code = 3

    def __init__(self, code: str, text: str, where: str = "", item: str = "") -> None:
        super().__init__(code, text, where)
        self.item = item


class InternalError(CopydeskError):
    """A promise of copydesk's own was broken, for instance a word changed that no Change lists."""
