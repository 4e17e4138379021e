"""Write docs/fields.md: which input field becomes which field of the metadata, from the tables of the readers."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from convert.tree import Metadata

FORMATS = {
    "Front matter": "convert.readers.frontmatter",
    "ninjs": "convert.readers.ninjs.fields",
    "WXR": "convert.readers.wordpress.wxr",
    "WordPress REST": "convert.readers.wordpress.rest",
    "NITF": "convert.readers.nitf",
    "NewsML-G2": "convert.readers.newsml",
    "RSS, Atom": "convert.readers.feed",
    "Ghost": "convert.readers.ghost",
}
PAGE = Path(__file__).parent.parent / "docs" / "fields.md"
HEAD = """\
# Fields of the input, and what they become

`scripts/make_fields.py` makes this page from the readers' tables, and tests put each field in and find it in
the metadata. `[…]` says which one of several is meant, `@` an attribute, `=` a value. Where a cell has several fields,
each format's reader says which comes first.

What is in no table and holds something is named in the report as a loss (`ninjs.unread`, `wordpress.unread`) or belongs
to the system alone. `editors_note` is from desk to desk and is written nowhere. `embargo` and `status` are what the
desk's rules look at. Related items, comments of readers, places and people by code are left out.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    tables = {name: _targets(import_module(module).FIELDS) for name, module in FORMATS.items()}
    for names in (list(tables)[:4], list(tables)[4:]):
        parts.append(f"| Metadata | {' | '.join(names)} |\n|{' --- |' * (len(names) + 1)}")
        for target in Metadata.__struct_fields__:
            cells = [", ".join(f"`{source}`" for source in tables[name].get(target, [])) for name in names]
            if any(cells):
                parts.append(f"| `{target}` | {' | '.join(cells)} |")
        parts.append("")
    return "\n".join(parts)


def _targets(fields: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, target in fields.items():
        found.setdefault(target, []).append(source)
    return found


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
