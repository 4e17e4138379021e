"""Take the answers out of gold files: `strip.py GOLD.jsonl.gz OUT.jsonl.gz [HTML.jsonl.gz …]`.

What stays of a line is its id, page, language, address and text. With HTML files (their lines hold `page` and
`html`), the text gives way to the page's HTML, and items without a page are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if __package__:
    from benchmarks.structure.jsonl import read
else:  # run as a script, where a neighbour is found by its bare name
    from jsonl import read

KEPT = ("id", "page", "lang", "url", "text")


def strip(gold: Path, pages: list[Path]) -> Iterator[dict[str, Any]]:
    """The items of a gold file without its answers."""
    html = {item["page"]: item["html"] for path in pages for item in read(path)}
    for item in read(gold):
        if not pages:
            yield question(item)
        elif (page := item.get("page", item["id"])) in html:
            yield question(item, html[page])


def question(item: dict[str, Any], html: str | None = None) -> dict[str, Any]:
    """What a prediction may see of a gold item: its text, or the page's HTML in the place of it."""
    kept = {name: item[name] for name in KEPT if name in item}
    if html is not None:
        kept.pop("text", None)
        kept["html"] = html
    return kept


def main() -> None:
    """Write the items that a prediction may see."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("html", type=Path, nargs="*")
    asked = parser.parse_args()
    with gzip.open(asked.out, "wt", encoding="utf-8") as out:
        for item in strip(asked.gold, asked.html):
            out.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
