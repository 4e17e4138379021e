"""Where a link of an article may lead."""

from __future__ import annotations

__all__ = ["SCHEMES"]

SCHEMES = ("http", "https", "mailto", "tel")
"""The schemes of addresses that a link may have; all else (scripts, files, data) is made plain text."""
