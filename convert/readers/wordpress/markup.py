"""The content of a WordPress post as plain HTML: blocks, shortcodes, embeds, and paragraphs from empty lines."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from convert.errors import LimitError
from convert.readers.html.embeds import provider_of
from convert.readers.html.fragment import LONGEST
from convert.readers.html.guard import MAX_TAGS
from convert.readers.json_source import Json, mapping_of
from convert.readers.wordpress.shortcodes import Attachment, card, without_shortcodes
from convert.report import Report

__all__ = ["post_html", "with_paragraphs"]

_BLOCK = re.compile(r"<!--\s+(/?)wp:([a-z][\w/-]{0,100})((?:\s[^<>]{0,20000})?)-->")
"""A block's comment; WordPress writes < and > in its attributes as \\u003c and \\u003e."""

_PAGE_BREAK = re.compile(r"<!--\s*(?:more|nextpage|noteaser)\b[^<>]{0,200}-->", re.IGNORECASE)
_EMBED = re.compile(r'<div class="wp-block-embed__wrapper">\s*(https?://[^\s<>]{1,2000})\s*</div>', re.IGNORECASE)
_BARE = re.compile(r"(?m)^[^\S\n]*(?:<p>)?[^\S\n]*(https?://[^\s<>\"\[\]]{1,2000})[^\S\n]*(?:</p>)?[^\S\n]*$")
SILENT = frozenset(("more", "nextpage", "separator", "spacer", "footnotes", "paragraph", "missing", "freeform"))
"""Blocks of their own tag alone that show no words of the article, or are shown otherwise."""

_FOOTNOTES = "<!-- footnotes -->"

_BLOCKS = (
    "address|article|aside|blockquote|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    "header|hgroup|hr|iframe|li|main|menu|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio|"
    "caption|colgroup|col|legend|map|object|math|svg"
)
_KEPT = re.compile(
    r"(<(pre|script|style|textarea|svg|math|object)\b[^<>]*>.*?(?:</\2\s*>|\Z))", re.IGNORECASE | re.DOTALL
)
_BOXES = "blockquote|div|section|article|aside|details|center|main|header|footer"
_OPENS = re.compile(rf"(?=<(?:{_BLOCKS})(?=[\s/>])|</(?:{_BOXES})\s*>)", re.IGNORECASE)
_ENDS = re.compile(rf"(</(?:{_BLOCKS})\s*>|<hr\b[^<>]*>)", re.IGNORECASE)
_HOLDS = re.compile(rf"(<(?:{_BOXES})\b[^<>]*>)", re.IGNORECASE)
_IS_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?=[\s/>])", re.IGNORECASE)
_IN_TAG = re.compile(r"<[a-zA-Z/!][^<>]*\n[^<>]*>")
_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def post_html(
    content: str, library: Mapping[str, Attachment], report: Report, where: str, footnotes: object = None
) -> str:
    """A post's raw content as HTML. `library` has the attachments by id, `footnotes` those of the post's metadata."""
    if len(content) > LONGEST:
        raise LimitError("html.size", f"The article's body has more than {LONGEST:,} characters. Split it.", where)
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    has_blocks = "<!-- wp:" in content
    if has_blocks and content.count("<") <= MAX_TAGS:
        content = _without_blocks(content, report, where)
    content = _PAGE_BREAK.sub("\n\n", content)
    if "[" in content:
        content = without_shortcodes(content, library, report, where)
    content = _EMBED.sub(lambda found: card(html.unescape(found[1])), content)
    content = _BARE.sub(_address, content)
    if not has_blocks and content.count("<") <= MAX_TAGS:  # else it is refused in any case
        content = with_paragraphs(content)
    notes = _footnotes(footnotes)
    return content.replace(_FOOTNOTES, notes, 1) if _FOOTNOTES in content else content + notes


def _without_blocks(content: str, report: Report, where: str) -> str:
    """The content without the comments that mark blocks; blocks that a server would fill are listed.

    What stands outside of all blocks is the classic editor's, whose paragraphs are empty lines.
    """
    lost: dict[str, None] = {}
    parts: list[str] = []
    done = depth = 0
    for found in _BLOCK.finditer(content):
        between = content[done : found.start()]
        parts.append(between if depth or not between.strip() else with_paragraphs(between))
        done = found.end()
        name, alone = found[2].removeprefix("core/"), found[3].rstrip().endswith("/")
        if found[1]:
            depth = max(0, depth - 1)
        elif not alone:
            depth += 1
        elif name not in SILENT:
            lost[name] = None
        parts.append(_FOOTNOTES if name == "footnotes" else "\n")
    rest = content[done:]
    parts.append(rest if depth or not rest.strip() else with_paragraphs(rest))
    if lost:
        names = ", ".join(list(lost)[:12])
        report.add(
            "wordpress.block", "loss", f"The site's server fills these blocks, and they are left out: {names}.", where
        )
    return "".join(parts)


def _address(found: re.Match[str]) -> str:
    """An address alone on a line: a card if it is a known provider's, as WordPress embeds it, else a link."""
    address = html.unescape(found[1])
    if provider_of(address):
        return card(address)
    return f'\n\n<p><a href="{html.escape(address)}">{html.escape(address)}</a></p>\n\n'


def _footnotes(value: object) -> str:
    """The notes that WordPress keeps beside a post, as a list that their marks lead to."""
    items = [mapping_of(one) for one in value] if isinstance(value, list) else []
    made = "".join(f'<li id="{html.escape(_text(one, "id"))}">{_text(one, "content")}</li>' for one in items[:1500])
    return f'<ol class="wp-block-footnotes">{made}</ol>' if made else ""


def _text(one: Json, name: str) -> str:
    value = one.get(name)
    return value if isinstance(value, str) else ""


def with_paragraphs(content: str) -> str:
    """Paragraphs from empty lines and line breaks from ends of lines, as WordPress's classic editor means them."""
    parts: list[str] = []
    done = 0
    for kept in _KEPT.finditer(content):
        parts += [_paragraphs(content[done : kept.start()]), kept[0]]
        done = kept.end()
    parts.append(_paragraphs(content[done:]))
    return "\n".join(parts)


def _paragraphs(content: str) -> str:
    content = _IN_TAG.sub(lambda found: found[0].replace("\n", " "), content)
    content = _OPENS.sub("\n\n", content)
    content = _HOLDS.sub(r"\1\n\n", content)
    content = _ENDS.sub(r"\1\n\n", content)
    parts: list[str] = []
    for chunk in _EMPTY_LINES.split(content):
        chunk = chunk.strip()
        if not chunk:
            continue
        if _IS_BLOCK.match(chunk):
            parts.append(chunk)
        else:
            parts.append(f"<p>{'<br>'.join(line.strip() for line in chunk.split(chr(10)))}</p>")
    return "\n".join(parts)
