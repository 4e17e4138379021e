"""Authors' names out of bylines: split, cleaned, without organisations, addresses and what people do."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from convert.readers.html.metadata.dates import MONTHS
from convert.tree import Author
from convert.tree.text import letters

__all__ = ["authors_of", "person"]

MONTHS_ALONE = frozenset(name for name in MONTHS if len(name) > 2)

_BY = re.compile(
    r"^\W*(?:(?:written|posted|reported|published|words|story|text|article|reporting|photographs)\s+by|by|von|par|por|di|door|af|"
    r"av|van|autor(?:in|en)?|authors?|auteurs?|texte?|redaktion|redazione)(?:\s*[:：]\s*|\s+)"
    r"|^\W*(?-i:By)(?=(?-i:[A-Z]))|^\W*(?:автор|作者|記者|记者|文|取材)\s*[:：●・]?\s*",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]{0,200}\)?")
_LAST_FIRST = re.compile(r"^([A-Z][\w'’-]*[a-z]), ([A-Z][\w'’-]*[a-z])$")
"""A name as libraries write it: "Lee, Ann"."""

_SPLIT = re.compile(r"\s*(?:[,;|/•·、，]|\s(?:and|und|et|y|e|og|och|en|i|a|und|with|mit|&|＆)\s|\n)\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\s*(?:,|\(|-|–|—|\||/|\bfor\b|\bin\b(?=\s+[A-Z])|\bat\b|\bis\b|@)\s*(?P<role>.*(?:writer|reporter|editor|correspondent|columnist|"
    r"journalist|contributor|producer|photograph|redakt|redac|periodista|giornalist|chef|senior|staff|political|business).*)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:[(\[（].*|\b(?:published|updated|posted|last updated|follow|special to|am|um)\b.*|\d.*|\||"
    r"\bfor\s+(?:the\s)?.*|\b(?:in|on)\s+[A-Z].*|https?:.*|@\w+.*|\S+@\S+.*|<.*|[\u0e00-\uffff]\s(?=기자).*)$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:(?:more|all) (?:stories|posts|articles) by|view (?:all )?(?:posts|orcid profile)|posts? by|about|"
    r"avatar(?: of)?|image of|photo of|portrait (?:of|von)|follow)\s+",
    re.IGNORECASE,
)
_REPORTER = re.compile(r"\s*(?:기자|특파원|記者|记者)(?:\s.*)?$")
_NOWHERE = re.compile(
    r"https?:|www\.|^(?:guest|anonymous|unknown|author|null|undefined|none|contributors?|by|view (?:all|profile|"
    r"bio).*|share.*|"
    r"follow.*|click.*|read more.*|subscribe.*|posted.*|updated.*|published.*|admin(?:istrator)?|home|news|"
    r"comments?.*)$",
    re.IGNORECASE,
)
"""What is nobody's name, not even an organisation's."""

_NOBODY = re.compile(
    r"\.(?:com|org|net|de|fr|it|es|ch|at|cz|pl|no|se|dk|info|jp|is)\b|^(?:staff|editor(?:ial)?s?|web ?desk|"
    r"la rédaction|rédaction|redakce|redakcja|associated press|agencies|reuters|afp|dpa|apa|sda|efe|ansa|ap|pa|"
    r"pti|ani|epa|ntb|tt|"
    r"ritzau|lusa|tnn|ians)$|\b(?:staff|newsroom|desk|bureau|redaktion|redazione|redacci[oó]n|redação|editorial|"
    r"news agency|press|"
    r"presse-agentur|team|online|services?|magazine|gmbh|inc|ltd|llc|media|times|zeitung|daily|gazette|nachrichtenagentur|journal|"
    r"tribune|network|group|verlag|publishing|ajansı|agentur)\b",
    re.IGNORECASE,
)
"""What is an organisation's name: taken only where no person is named."""

_ROLE_ONLY = re.compile(
    r"^(?:(?:the|our|senior|staff|chief|deputy|managing|contributing|political|business|sports?|science|tech(?:nology)?|health|foreign|"
    r"news|executive|associate|assistant|special|guest|freelance|editor|writer|reporter|correspondent|columnist|journalist|producer|"
    r"contributor|photographer|editor-in-chief|in|chief|of|and|at|redakteur(?:in)?|korrespondent(?:in)?|autor(?:in)?|journaliste|"
    r"periodista|giornalista|wirtschaft|politik|kultur|reporterin|md|ma|phd|m\.?d\.?|ph\.?d\.?|mba|rd|games)\s*)+$",
    re.IGNORECASE,
)
_TRAILING_ROLE = re.compile(
    r"(?<=[a-z])\s+(?P<role>(?:(?:senior|staff|chief|deputy|games|sports?|news|science|health|business|political|technology|"
    r"contributing|digital|freelance|managing|special)\s+)*(?:editor|reporter|writer|correspondent|columnist|journalist))$",
    re.IGNORECASE,
)
LONGEST_NAME, MOST_AUTHORS = 60, 20


def person(name: str, role: str = "", url: str = "", *, organisations: bool = False) -> Author | None:
    """One author of a name that stands alone, cleaned; None where it is nobody's, or an organisation's unless asked."""
    name = " ".join(html.unescape(name).replace("\u200b", "").split())
    name = _HEAD.sub("", _BY.sub("", _HEAD.sub("", name))).strip()
    name = _REPORTER.sub("", name)
    match = _ROLE.search(name) or _TRAILING_ROLE.search(name)
    if match and match.start() > 2:
        role = role or match["role"].strip(" ()")
        name = name[: match.start()]
    name = _TAIL.sub("", name).strip(' ,;:|-–—.·•*/"“”')
    if not 2 <= len(letters(name)) <= LONGEST_NAME or name.lower() in MONTHS_ALONE or _NOWHERE.search(name):
        return None
    if not organisations and (_NOBODY.search(name) or _ROLE_ONLY.match(name)):
        return None
    if name.isupper() and name.isascii() and " " in name:
        name = name.title()
    if len(name.split()) > 6 or not any(char.isalpha() for char in name):
        return None
    return Author(name, role if len(role) < 80 else "", url=url)


def authors_of(lines: Iterable[str], *, organisations: bool = False) -> tuple[Author, ...]:
    """The authors of bylines such as "By Ann Lee and Bo Diaz, staff writers", each once."""
    found: dict[str, Author] = {}
    for line in lines:
        line = " ".join(html.unescape(line[:500]).split())
        line = _IN_BRACKETS.sub(" ", _BY.sub("", line))
        line = _LAST_FIRST.sub(r"\2 \1", line)
        for part in _SPLIT.split(line):
            one = person(part, organisations=organisations)
            if one is not None and len(found) < MOST_AUTHORS:
                found.setdefault(letters(one.name).casefold(), one)
    return tuple(found.values())
