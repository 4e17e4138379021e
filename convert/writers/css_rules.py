"""Which style dresses which elements of the shared XHTML."""

from __future__ import annotations

from msgspec import Struct

from convert.themes.model import StyleName

__all__ = ["RULES", "Rule"]


class Rule(Struct, frozen=True):
    """A style and the elements it dresses. `within` is the style of what they stand in.

    `reset`: browsers dress the element themselves, so nothing may be left to inherit. `inline`: it is
    part of a line and takes no space of its own. `holds`: it holds blocks, and may hold others of the kind.
    """

    selector: str
    style: StyleName
    within: StyleName = "body"
    reset: bool = False
    inline: bool = False
    holds: bool = False


RULES = (
    Rule(".embargo", "embargo"),
    Rule(".section", "section"),
    Rule("h1", "headline", reset=True),
    Rule(".deck", "deck"),
    Rule(".byline", "byline"),
    Rule(".dateline", "dateline"),
    Rule(".disclosure", "disclosure"),
    Rule("h2", "heading-1", reset=True),
    Rule("h3", "heading-2", reset=True),
    Rule("h4", "heading-3", reset=True),
    Rule("h5, h6", "heading-4", reset=True),
    Rule("p.lede", "lede"),
    Rule("p.question", "question"),
    Rule("p.answer", "answer"),
    Rule("ul, ol", "list-item", holds=True),
    Rule("dt", "term", reset=True),
    Rule("dd", "description", reset=True),
    Rule("table", "table-cell", reset=True, holds=True),
    Rule("caption", "table-caption", "table-cell", reset=True),
    Rule("th", "table-header", "table-cell", reset=True, inline=True),
    Rule("figcaption", "caption"),
    Rule(".credit", "credit", "caption", inline=True),
    Rule("blockquote", "quote", reset=True, holds=True),
    Rule(".quote-attribution", "quote-attribution"),
    Rule(".pull-quote", "pull-quote", holds=True),
    Rule("pre", "code", reset=True, holds=True),
    Rule("code", "code-span", reset=True, inline=True),
    Rule(".aside", "aside", holds=True),
    Rule(".aside-title", "aside-title", "aside"),
    Rule(".embed, .missing", "embed", holds=True),
    Rule(".embed-title", "aside-title", "embed", inline=True),
    Rule(".embed-provider", "credit", "embed", inline=True),
    Rule(".correction", "correction", holds=True),
    Rule(".correction-label", "correction-label", "correction", inline=True),
    Rule(".notes ol", "note", holds=True),
    Rule(".notes-title, .about-title", "notes-title", reset=True),
    Rule(".about", "about", holds=True),
    Rule(".origin", "origin"),
    Rule("a", "link", inline=True),
)
