"""Whether the rows of tables that are said to be sure are right: by tenths, and of those .9 sure or more.

Rows are found, and pages held out, as in `fit_table_odds`; a row is right if its cells are the gold's, and one found
where the gold has none is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.structure import gold_tables, measure_tables
from benchmarks.structure.jsonl import read
from convert.cleaning.glued_tables import Numbers

__all__ = ["NOT_RUN", "as_shipped", "bins", "can_hold_out", "share_sure"]

NOT_RUN = "NOT RUN: needs numpy, scipy and scikit-learn (python -m pip install numpy scipy scikit-learn)"
GROUPS = {
    "a_tables": "",
    "a_seedlike": "seedlike",
    "a_sh_main": "articles",
    "a_fundus_main": "articles",
    "a_moz_clean": "articles",
}

Said = tuple[float, bool]
"""How sure a row is said to be, and whether it is right."""


def as_shipped(folder: Path) -> dict[str, list[Said]]:
    """The rows that the packaged numbers find, by set; articles, which have hardly a table, as one."""
    numbers = Numbers.packaged()
    out: dict[str, list[Said]] = defaultdict(list)
    for file, group in GROUPS.items():
        path = folder / f"{file}.jsonl.gz"
        if not path.exists():
            continue
        for raw, item in zip(read(path), gold_tables.read_items(folder, (file,)), strict=True):
            rows = [block for block in raw["blocks"] if block["type"] == "table_row"]
            gold = {gold_tables.squeeze(row.get("raw") or row["text"]): gold_tables.spans(row["cells"]) for row in rows}
            for line, (cells, sure, _) in measure_tables.predict(item, numbers).items():
                out[group or item.set].append((sure, gold.get(line) == gold_tables.spans(cells)))
    return {**out, "all, as shipped": [said for rows in out.values() for said in rows]} if out else {}


def can_hold_out() -> bool:
    """Whether what fitting needs is installed."""
    return all(find_spec(name) is not None for name in ("numpy", "scipy", "sklearn"))


def share_sure(said: Iterable[Said], least: float = 0.9) -> tuple[int, float | None]:
    """How many rows are said to be at least so sure, and the share of them that is right."""
    rights = [right for sure, right in said if sure >= least]
    return len(rights), sum(rights) / len(rights) if rights else None


def bins(said: Iterable[Said]) -> Iterator[tuple[float, int, float | None]]:
    """For each tenth: where it begins, how many rows are said to be so sure, the share of them that is right."""
    held: dict[int, list[bool]] = {k: [] for k in range(10)}
    for sure, right in said:
        held[min(9, int(10 * sure + 1e-9))].append(right)
    for k, rights in held.items():
        yield k / 10, len(rights), sum(rights) / len(rights) if rights else None
