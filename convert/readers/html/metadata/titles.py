"""Which of a page's titles is the article's, and what of it is the site's name.

Measured on 205 pages (the share of pages that have it on which a source is the title): the headline of
JSON-LD .83, the heading of a title's class .81, og:title .72, the first <h1> .71, <title> .28. Where a
source differs from all others it is most often a heading of the site, so two that agree outweigh one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from convert.tree.text import letters

__all__ = ["chosen_title", "without_site"]

_SIGN = re.compile(r"\s+[|–—‒―•·»›~:-]{1,2}\s+|\s*[|｜»]\s*|\s+::\s+|\s*[-－]\s(?=\S+$)|_(?=[^_]{2,20}$)")
_WORD = re.compile(r"\w+")
_SITE_WORDS = re.compile(
    r"\b(?:times|post|news|guardian|herald|tribune|journal|gazette|daily|telegraph|observer|chronicle|press|mail|mirror|"
    r"magazine|zeitung|nachrichten|online|blog|radio|tv|weekly|today|review)\b|\.(?:com|org|net|de|at|ch|fr|it|es|uk|no|se|dk|"
    r"nl|pl|cz|ru|jp|cn|in|info|tv|eu|io)\b",
    re.IGNORECASE,
)
ALIKE = 0.34
"""Share of a heading's words that the page's title must hold for it to be the same title."""


def chosen_title(
    headline: str, name: str, og: Sequence[str], headings: Sequence[str], page: str, sites: Sequence[str]
) -> str:
    """The article's title, of what JSON-LD (`headline`, `name`), social tags, headings and <title> say.

    `sites` are names of the site.
    """
    clean_og = [without_site(title, sites) for title in og if title]
    clean_page = without_site(page, sites)
    keys = {_key(title) for title in (*clean_og, clean_page) if title}
    known = {_key(site) for site in sites}
    spoken = [title for title in headings if _key(title) not in known and not _is_masthead(title, page)]
    headline = without_site(headline, sites)
    if headline and _key(headline) not in known and not _starts_with_site(headline, sites):
        if name and name != headline and _key(name) in {_key(title) for title in spoken}:
            return name
        return headline
    alone = spoken[0] if len(spoken) == 1 else ""  # of several headings of level 1 none is the title
    same = next((title for title in spoken if _key(title) in keys), "")
    within = next((title for title in spoken if len(_key(title)) > 12 and _key(title) in _key(page)), "")
    near = next((title for title in spoken if max(_share(title, said) for said in (page, *og)) >= ALIKE), "")
    return same or within or near or next(iter(clean_og), "") or clean_page or alone


def _is_masthead(heading: str, page: str) -> bool:
    """Whether a heading is what stands at the end of every page's title, the site's name."""
    key, whole = _key(heading), _key(page)
    return whole.endswith(key) and not whole.startswith(key)


def without_site(title: str, sites: Sequence[str]) -> str:
    """A title without the site's name before or after a sign."""
    title = " ".join(title.split())
    known = {_key(site) for site in sites if site}
    for _ in range(3):
        cuts = list(_SIGN.finditer(title))
        if not cuts:
            break
        last, first = cuts[-1], cuts[0]
        tail, head = title[last.end() :], title[: first.start()]
        if _is_site(tail, known, last[0]) and len(_key(title[: last.start()])) >= 5:
            title = title[: last.start()]
        elif _key(head) in known and len(_key(title[first.end() :])) >= 8:
            title = title[first.end() :]
        else:
            break
    return title.strip(" |»«")


def _is_site(text: str, known: set[str], sign: str) -> bool:
    key = _key(text)
    if not key or key in known:
        return True
    if any(key.startswith(site) or site.startswith(key) for site in known if len(site) > 3 and len(key) > 3):
        return True
    words = _WORD.findall(text)
    if len(words) > 5:
        return False
    if "|" in sign or "｜" in sign or "::" in sign:
        return True
    return bool(_SITE_WORDS.search(text)) and text[:1].isupper() | ("." in text)


def _starts_with_site(title: str, sites: Sequence[str]) -> bool:
    key = _key(title)
    return any(len(_key(site)) > 4 and key.startswith(_key(site)) for site in sites)


def _share(title: str, page: str) -> float:
    words = {word for word in _WORD.findall(title.casefold()) if len(word) > 2}
    return len(words & set(_WORD.findall(page.casefold()))) / len(words) if words else 0.0


def _key(text: str) -> str:
    return letters(text).casefold()
