"""What an XHTML file says about its article to machines: meta elements and schema.org's NewsArticle."""

from __future__ import annotations

import json
from typing import Any
from unicodedata import normalize

from convert.tree import Correction, Document, Figure
from convert.tree.walk import find, plain_text
from convert.writers.dates import moment
from convert.writers.disclosure import source_type_uri
from convert.writers.xhtml.article import Article
from convert.writers.xhtml.markup import element, escape, legal, void

__all__ = ["frame", "json_ld", "metas", "page"]

_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Written as JSON escapes, nothing in a script element can end it, in XML or in HTML."""


GENERATOR = '<meta name="generator" content="copydesk"/>\n'
"""Tells a page of ours: all that stands on it is the article, so that reading it back need not look for that."""


def page(article: Article, head: str) -> str:
    """An article's whole XHTML file."""
    return frame(article.language, article.direction, article.title, f"{GENERATOR}{head}", article.markup)


def frame(language: str, direction: str, title: str, head: str, body: str) -> str:
    """A whole XHTML file: XML that is also HTML, with the namespace of EPUB's `epub:type`."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' xml:lang="{language}" lang="{language}" dir="{direction}">\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n{head}</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def metas(document: Document) -> str:
    """The article's metadata as meta elements, a line each."""
    metadata = document.metadata
    pairs: list[tuple[str, str]] = [("author", author.name) for author in metadata.authors if author.name]
    pairs += [
        ("description", metadata.description or metadata.deck),
        ("keywords", ", ".join(metadata.keywords)),
        ("dcterms.created", _when(metadata.published)),
        ("dcterms.modified", _when(metadata.modified or metadata.published)),
        ("dcterms.publisher", metadata.publisher),
        ("dcterms.identifier", metadata.identifier),
        ("dcterms.rights", metadata.rights),
        ("embargo", metadata.embargo),
    ]
    lines = [void("meta", ("name", name), ("content", content)) for name, content in pairs if content]
    return "".join(line + "\n" for line in lines)


def json_ld(document: Document, article: Article) -> str:
    """A script element with the article as a schema.org NewsArticle in JSON-LD."""
    text = json.dumps(news_article(document, article), ensure_ascii=False, indent=1)
    text = "".join(_IN_SCRIPT.get(sign, sign) for sign in normalize("NFC", legal(text)))
    return element("script", f"\n{text}\n", ("type", "application/ld+json")) + "\n"


def news_article(document: Document, article: Article) -> dict[str, Any]:
    """The properties of https://schema.org/NewsArticle that the article fills."""
    metadata = document.metadata
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "alternativeHeadline": metadata.deck,
        "description": metadata.description,
        "author": [
            _person(author.name, author.role, author.bio, author.url) for author in metadata.authors if author.name
        ],
        "publisher": metadata.publisher and {"@type": "NewsMediaOrganization", "name": metadata.publisher},
        "datePublished": _when(metadata.published),
        "dateModified": _when(metadata.modified),
        "dateline": metadata.dateline,
        "articleSection": metadata.section,
        "keywords": list(metadata.keywords),
        "inLanguage": "" if article.language == "und" else article.language,
        "url": metadata.canonical_url,
        "mainEntityOfPage": metadata.canonical_url and {"@type": "WebPage", "@id": metadata.canonical_url},
        "identifier": metadata.identifier,
        "copyrightNotice": metadata.rights,
        "version": metadata.version,
        "correction": [_correction(correction) for correction in find(document, Correction)],
        "digitalSourceType": source_type_uri(metadata.digital_source_type),
        "image": [fact for key in document.assets if (fact := _image(document, key))],
    }
    return {name: fact for name, fact in facts.items() if fact}


def _person(name: str, role: str, bio: str, url: str) -> dict[str, str]:
    facts = {"@type": "Person", "name": name, "jobTitle": role, "description": bio, "url": url}
    return {key: fact for key, fact in facts.items() if fact}


def _image(document: Document, key: str) -> dict[str, Any]:
    """What is known of a picture that has an address on the web; one without could not be asked for."""
    asset = document.assets[key]
    if not asset.source.startswith(("http://", "https://")):
        return {}
    figure = next((one for one in find(document, Figure) if one.asset == key), Figure(key))
    facts = {
        "@type": "ImageObject", "contentUrl": asset.source, "caption": plain_text(figure.caption) or asset.caption,
        "creditText": plain_text(figure.credit) or asset.credit,
        "copyrightHolder": asset.holder and {"@type": "Organization", "name": asset.holder},
        "width": asset.width, "height": asset.height,
        "digitalSourceType": source_type_uri(asset.digital_source_type),
    }  # fmt: skip
    return {name: fact for name, fact in facts.items() if fact}


def _correction(correction: Correction) -> dict[str, str]:
    facts = {
        "@type": "CorrectionComment",
        "datePublished": _when(correction.date),
        "text": " ".join(plain_text((block,)) for block in correction.blocks),
    }
    return {key: fact for key, fact in facts.items() if fact}


def _when(when: str) -> str:
    """A date as both W3C's profile of ISO 8601 and schema.org have it; empty for none."""
    known = moment(when)
    if known is None:
        return ""
    return known.date().isoformat() if len(when) == 10 else known.strftime("%Y-%m-%dT%H:%M:%SZ")
