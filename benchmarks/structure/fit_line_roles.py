"""Fit the weights of `convert/cleaning/line_roles.json` on gold lines, and measure them held out by publisher.

    python -m benchmarks.structure.fit_line_roles BENCH_FOLDER [--write]

Needs numpy, scipy, scikit-learn and rapidfuzz; copydesk itself does not. Only numbers are kept: no fact holds a word of
a page.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.structure.held_out import road
from benchmarks.structure.jsonl import read
from convert.cleaning import PASSES, line_roles
from convert.cleaning.ledger import Ledger, Marks
from convert.cleaning.line_facts import facts_of
from convert.cleaning.line_looks import Seen
from convert.cleaning.roles import follow_roles, seen_lines
from convert.readers.text import Reader
from convert.report import Report
from convert.world import Source

SETS = ("a_sh_main", "a_fundus_main", "a_moz_clean", "a_moz_main", "a_seedlike")
SNIPPETS = "b_snip_flat"
"""Pages of which only some lines are known; they are many more publishers."""
FOLDS = 5
STRENGTH = 0.01
SHORTEST = 5
DIGITS = "0123456789"
FEWEST = 4
"""A fact seen on fewer lines has no weight."""
ROLE_OF = {"heading": "heading", "paragraph": "text", "list_item": "item", "table_row": "row", "quote": "text",
           "code": "text", "title": "title"}  # fmt: skip
WHY = {
    "byline/date": "byline",
    "alt": "caption",
    "caption": "caption",
    "caption/credit": "caption",
    "standfirst": "text",
}


class Page:
    """One gold text: its lines as the pass sees them, their facts, the role of each line where it is known."""

    def __init__(self, item: dict[str, Any]) -> None:
        self.item = item
        self.lines = _lines(item["text"])
        self.roles = _snippet_roles(item, self.lines) if "with" in item else _roles(item, self.lines)
        self.facts = [set(chain.from_iterable(groups)) for groups in facts_of(self.lines)]
        self.publisher = _publisher(item)


def _lines(text: str) -> list[Seen]:
    """The lines of a text after the passes that run before the roles are told."""
    reading = Reader().read(Source(text.encode("utf-8", "surrogatepass"), "article")).value
    ledger = Ledger(reading.text, Report())
    document = reading.document
    for each in PASSES:
        marks = Marks(each.name, ledger)
        if each.run is follow_roles:
            break
        document = each.run(document, marks)
        ledger.apply(marks.edits)
    return seen_lines(document, marks)[0]


def _publisher(item: dict[str, Any]) -> str:
    """One name a publisher, so that none stands on both sides of a fold."""
    if item.get("url"):
        parts = [
            p for p in urlsplit(item["url"]).netloc.lower().split(".") if p not in ("www", "com", "co", "org", "net")
        ]
        return max(parts or ["?"], key=len)
    return re.sub(r"_\d{4}.*|[^A-Za-z]", "", item["page"].split("/")[-1]).lower()


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _roles(item: dict[str, Any], lines: Sequence[Seen]) -> list[str | None]:
    """The role of each line: that of the gold block in whose letters it begins."""
    blocks = item["blocks"]
    keys = [_letters(block.get("raw") or block["text"]) for block in blocks]
    titles = {_letters(b["text"]) for b in blocks if b["role"] == "title"} | {
        _letters((item.get("meta") or {}).get("title") or "")
    }
    found: list[str | None] = [None] * len(lines)
    at = done = 0
    for number, line in enumerate(lines):
        key = _letters(line.text)
        if not key:
            continue
        for ahead in range(at, min(len(keys), at + 60)):
            rest = keys[ahead][done if ahead == at else 0 :]
            skipped = len(rest) - len(rest.lstrip(DIGITS)) if line.item.isdigit() and not rest.startswith(key) else 0
            if rest and (
                rest.startswith(key, skipped) or rest.startswith(key.lstrip(DIGITS) or "-") or key.startswith(rest)
            ):
                done = (done if ahead == at else 0) + min(len(key) + skipped, len(rest))
                at = ahead
                break
        else:
            continue
        found[number] = _role(blocks[at], keys[at] in titles)
        if done >= len(keys[at]):
            at, done = at + 1, 0
    return found


def _snippet_roles(item: dict[str, Any], lines: Sequence[Seen]) -> list[str | None]:
    """The roles of the few lines of which it is known that they must stay or go."""
    stays = [key for key in map(_letters, item["with"]) if len(key) >= SHORTEST]
    goes = [key for key in map(_letters, item["without"]) if len(key) >= SHORTEST]
    found: list[str | None] = []
    for line in lines:
        key = _letters(line.text)
        stay, go = any(each in key for each in stays), any(each in key for each in goes)
        known = stay != go and (go or line.prose or bool(line.item))
        found.append(("furniture" if go else "item" if line.item else "text") if known else None)
    return found


def _role(block: dict[str, Any], titled: bool) -> str | None:
    if block["role"] == "title" or (block["role"] == "boilerplate" and titled):
        return "title"
    if block["role"] == "boilerplate":
        return "heading" if block.get("dup") else "furniture"
    if block["role"] == "content":
        return ROLE_OF[block["type"]]
    return WHY.get(block.get("why", ""))


def fit(pages: list[Page]) -> dict[str, Any]:
    """Weights by fact, in thousandths: a multinomial logistic regression over roles."""
    seen = Counter(fact for page in pages for facts in page.facts for fact in facts)
    index = {fact: k for k, fact in enumerate(sorted(f for f in seen if seen[f] >= FEWEST))}
    ends, columns, roles, weights = [0], [], [], []
    for page in pages:
        for facts, role in zip(page.facts, page.roles, strict=True):
            if role is None:
                continue
            columns += [index[f] for f in facts if f in index]
            ends.append(len(columns))
            roles.append(role)
            weights.append(len(page.lines) ** -0.3)
    matrix = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(roles), len(index)))
    model = LogisticRegression(C=STRENGTH, max_iter=200)
    model.fit(matrix, roles, sample_weight=np.array(weights) / np.mean(weights))
    rows = {fact: [round(1000 * float(w)) for w in model.coef_[:, k]] for fact, k in index.items()}
    return {
        "roles": [str(role) for role in model.classes_],
        "bias": [round(1000 * float(b)) for b in model.intercept_],
        "facts": {fact: row for fact, row in rows.items() if max(map(abs, row)) >= 30},
    }


def folds(pages: list[Page]) -> list[int]:
    """A fold for each page, publishers whole, about as many lines in each."""
    known = {page.item["page"]: page.publisher for page in pages if page.item.get("url")}
    for page in pages:
        page.publisher = known.get(page.item["page"], page.publisher)
    sizes: Counter[str] = Counter()
    for page in pages:
        sizes[page.publisher] += len(page.lines)
    load, chosen = [0] * FOLDS, {}
    for publisher, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        chosen[publisher] = min(range(FOLDS), key=lambda k: load[k])
        load[chosen[publisher]] += size
    return [chosen[page.publisher] for page in pages]


def held_out(pages: list[Page]) -> dict[str, line_roles.Weights]:
    """For each gold text, by its id, weights fitted on the pages of other folds."""
    fold = folds(pages)
    found = {}
    for k in range(FOLDS):
        weights = line_roles.Weights(fit([page for page, own in zip(pages, fold, strict=True) if own != k]))
        found |= {page.item["id"]: weights for page, own in zip(pages, fold, strict=True) if own == k}
    return found


def main() -> None:
    """Print held-out scores of the whole road; write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    pages = [Page(item) for name in (*SETS, SNIPPETS) for item in read(asked.bench / f"{name}.jsonl.gz")]
    for line in road(asked.bench, held_out(pages)):
        print(line)
    if asked.write:
        target = Path(line_roles.__file__).with_name("line_roles.json")
        target.write_text(json.dumps(fit(pages), separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
        print(f"{target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
