"""What a page says of its article in JSON-LD (schema.org): broken JSON and graphs are borne with."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

__all__ = ["article_of", "objects", "text_of"]

MOST_SCRIPTS, LONGEST, MOST_OBJECTS = 40, 1_000_000, 2_000

ARTICLES = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle",
    "BackgroundNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "Article", "BlogPosting", "Report",
    "ScholarlyArticle", "TechArticle", "SocialMediaPosting", "Review", "Recipe", "VideoObject", "WebPage", "ItemPage",
)  # fmt: skip
"""Types of what a page is about, the surest first."""

_COMMENT = re.compile(r"^\s*(?:<!--|/[*/]\s*<!\[CDATA\[.*|<!\[CDATA\[)|(?:-->|/?[*/]*\s*\]\]>.*)\s*$")
_TRAILING = re.compile(r",(\s*[}\]])")
_SIDE_BY_SIDE = re.compile(r"}\s*{")
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|description|articleSection)"\s*:\s*"((?:[^"\\]|\\.){1,2000})"'
)
_TAG = re.compile(r"<[^<>]{1,200}>")


def objects(parser: LexborHTMLParser) -> list[dict[str, Any]]:
    """All objects of a page's JSON-LD, those in lists and graphs among them, in order."""
    found: list[dict[str, Any]] = []
    for script in parser.css("script[type*='ld+json']")[:MOST_SCRIPTS]:
        source = script.text(deep=True)
        if len(source) <= LONGEST:
            found.extend(_flat(_loads(source)))
    return found[:MOST_OBJECTS]


def _loads(source: str) -> Any:
    """The value of a JSON text, mended where it is broken in a usual way."""
    for text in _mendings(source):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    fields = dict(reversed(_FIELD.findall(source)))
    return {"@type": "NewsArticle", **{name: _unescaped(value) for name, value in fields.items()}} if fields else None


def _mendings(source: str) -> Iterator[str]:
    yield source
    text = _COMMENT.sub("", source.strip()).strip().removesuffix(";")
    yield text
    yield _TRAILING.sub(r"\1", text)
    if text.startswith("{"):
        yield f"[{_SIDE_BY_SIDE.sub('},{', text)}]"


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a value, outer ones first: those in lists, graphs and what a page is about."""
    stack = [value]
    seen = 0
    while stack and seen < MOST_OBJECTS:
        one = stack.pop()
        seen += 1
        if isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, dict):
            yield one
            stack.extend(
                one[key]
                for key in ("mainEntity", "mainEntityOfPage", "@graph")
                if isinstance(one.get(key), dict | list)
            )


def article_of(found: list[dict[str, Any]], title: str) -> dict[str, Any]:
    """The object that is the page's article, its references to other objects looked up; empty if there is none."""
    best: tuple[float, dict[str, Any]] = (-1.0, {})
    words = set(re.findall(r"\w+", title.casefold()))
    for one in found:
        rank = min((ARTICLES.index(kind) for kind in _types(one) if kind in ARTICLES), default=-1)
        if rank < 0:
            continue
        score = (len(ARTICLES) - rank) / len(ARTICLES)
        headline = set(re.findall(r"\w+", text_of(one.get("headline") or one.get("name")).casefold()))
        if headline and words:
            score += len(headline & words) / len(headline)
        score += 0.5 * bool(one.get("datePublished")) + 0.3 * bool(one.get("author"))
        if score > best[0]:
            best = (score, one)
    by_id = {str(one["@id"]): one for one in found if isinstance(one.get("@id"), str) and len(one) > 1}
    return {key: _resolved(value, by_id) for key, value in best[1].items()}


def _types(one: Mapping[str, Any]) -> list[str]:
    kinds = one.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [str(kind).rpartition("/")[2] for kind in kinds if kind]


def _resolved(value: Any, by_id: Mapping[str, dict[str, Any]]) -> Any:
    """A value with bare references replaced by what they refer to."""
    if isinstance(value, list):
        return [_resolved(one, by_id) for one in value[:50]]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
        return by_id.get(value["@id"], value)
    return value


def text_of(value: Any) -> str:
    """A value as one line of plain text: the first of a list, the value of an object."""
    while isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("url") or ""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
    value = html.unescape(html.unescape(value)) if "&" in value else value
    return " ".join(_TAG.sub(" ", value).split()) if "<" in value else " ".join(value.split())
