"""WeasyPrint, kept from the network, from files, and from the fonts of the machine."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from threading import Lock
from typing import Any

from convert.errors import RenderError
from convert.themes.fonts import fontconfig
from convert.themes.model import Theme
from convert.world import Assets

__all__ = ["SCHEME", "Engine"]

SCHEME = "asset"
"""Pictures are addressed as `asset:0`, `asset:1` …: nothing else is served."""

_PACKAGES = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

_environment = Lock()
"""Held while FONTCONFIG_FILE is set: the environment belongs to the whole process."""


class Engine:
    """WeasyPrint with the fonts of one theme. Serves several threads, one after the other.

    Pango's font map is not made for several threads at once, and belongs to the configuration.
    """

    def __init__(self, theme: Theme) -> None:
        folder = Path(tempfile.mkdtemp(prefix="copydesk-fonts-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        with _environment, _variable("FONTCONFIG_FILE", str(fontconfig(theme, folder))):
            self._weasyprint = _load()
            self._fonts = _load_fonts().FontConfiguration()
        self._lock = Lock()

    def style(self, css: str) -> Any:
        """A stylesheet, compiled. Nothing it names is fetched."""
        return self._weasyprint.CSS(string=css, font_config=self._fonts, url_fetcher=_fetcher({}))

    @property
    def producer(self) -> str:
        """What the PDF says it was made by."""
        return f"WeasyPrint {self._weasyprint.__version__}"

    def print(
        self, html: str, styles: list[Any], pictures: Assets, finish: Callable[[Any], None], **options: Any
    ) -> tuple[bytes, int]:  # fmt: skip
        """The PDF of an article and how many pages it has; `asset:` addresses name `pictures`. Raises RenderError.

        `finish` gets the PDF's objects before they are written.
        """
        fetcher = _fetcher(pictures)
        with self._lock:
            try:
                page = self._weasyprint.HTML(string=html, base_url=f"{SCHEME}:", url_fetcher=fetcher)
                made = page.render(stylesheets=styles, font_config=self._fonts, **options)
                data: bytes = made.write_pdf(finisher=lambda _, pdf: finish(pdf), **options)
            except RecursionError as error:
                raise RenderError("pdf.depth", "The article nests too deeply for a PDF. Simplify its lists, quotes or "
                                  "tables.") from error  # fmt: skip
            except Exception as error:
                raise RenderError("pdf.failed", f"The PDF could not be made ({type(error).__name__}: {error}). Other "
                                  "formats of this article may still work; please report it.") from error  # fmt: skip
        return data, len(made.pages)


def _load() -> Any:
    try:
        with redirect_stdout(sys.stderr):  # it prints a banner where Pango is missing, and the PDF may go there
            import weasyprint
    except OSError as error:  # cffi's way to say that a shared library cannot be opened
        raise RenderError("pdf.library", "PDF needs the Pango libraries, which are not installed. On Debian or Ubuntu: "
                          f"{_PACKAGES}") from error  # fmt: skip
    return weasyprint


def _load_fonts() -> Any:
    from weasyprint.text import fonts

    return fonts


def _fetcher(pictures: Assets) -> Any:
    """A fetcher that hands out the pictures and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            picture = pictures.get(url.removeprefix(f"{SCHEME}:"))
            if picture is None or not url.startswith(f"{SCHEME}:"):
                raise ValueError(f"Not fetched: {url}")
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})

    return Fetcher(allowed_protocols=(SCHEME,))


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    """An environment variable set for a while; C libraries see it too."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
