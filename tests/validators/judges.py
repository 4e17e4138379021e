"""The judges of `copydesk check` for tests, and the pandocs that there are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from convert.checking import judges
from convert.checking.programs import AbsentError, output
from tests.validators import HOME, missing, need

__all__ = ["INSTALL", "ace", "epubcheck", "nu", "open_xml", "pandocs", "verapdf"]

INSTALL = "make validators"

P = ParamSpec("P")
T = TypeVar("T")


def _or_skip(judge: Callable[P, T]) -> Callable[P, T]:
    """A judge whose absence skips the test."""

    def judged(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return judge(*args, **kwargs)
        except AbsentError as absent:
            missing(absent.name, absent.how)
            raise

    return judged


ace, epubcheck, nu, open_xml, verapdf = map(
    _or_skip, (judges.ace, judges.epubcheck, judges.nu, judges.open_xml, judges.verapdf)
)


def pandocs() -> dict[str, str]:
    """Debian's pandoc and the newest one, by the API of its JSON that each speaks: they refuse each other's."""
    packaged = need(shutil.which("pandoc"), "pandoc", "apt-get install pandoc")
    found = sorted(HOME.glob("venv/lib/python3*/site-packages/pypandoc/files/pandoc"))
    newest = need(found[0] if found else None, "the newest pandoc", INSTALL)
    return {_api(program): program for program in (packaged, newest)}


def _api(program: str) -> str:
    said = json.loads(output(program, "-f", "markdown", "-t", "json", "/dev/null"))
    return ".".join(map(str, said["pandoc-api-version"][:2]))
