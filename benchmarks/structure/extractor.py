"""trafilatura, in its fast mode: the peer that is run beside ours where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

__all__ = ["NOT_RUN", "fast"]

NOT_RUN = "NOT RUN: trafilatura is not installed (python -m pip install trafilatura)"


def fast() -> Callable[[str], str] | None:
    """What makes a page's HTML its article's text, as it was set for the peers' figures; None where not installed."""
    if find_spec("trafilatura") is None:
        return None
    from trafilatura import extract

    return lambda html: extract(html, fast=True, include_comments=False) or ""
