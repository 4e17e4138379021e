"""Where the files that come with copydesk lie: themes, default configuration, fonts.

A wheel carries themes and config.yaml as `convert/_data` (see pyproject.toml). An editable install
and a checkout have no such folder (hatchling does not make it there), so the top level serves.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["config_file", "fonts_folder", "themes_folder"]

_PACKAGE = Path(__file__).resolve().parent


def _data(package: Path) -> Path:
    packaged = package / "_data"
    return packaged if packaged.is_dir() else package.parent


def themes_folder(package: Path = _PACKAGE) -> Path:
    """The folder of packaged themes."""
    return _data(package) / "themes"


def config_file(package: Path = _PACKAGE) -> Path:
    """The default configuration, which names every key."""
    return _data(package) / "config.yaml"


def fonts_folder(package: Path = _PACKAGE) -> Path:
    """The folder of packaged fonts and their licences."""
    return package / "fonts"
