"""What is aimed at, a line a figure. "at most" stands where less is better."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["GOALS", "Goal"]


class Goal(NamedTuple):
    """A figure of a set, and what it must reach."""

    set: str
    figure: str
    value: float
    at_most: bool = False

    def holds(self, value: float) -> bool:
        """Whether a figure reaches the goal."""
        return value <= self.value if self.at_most else value >= self.value

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.value:g}"


GOALS = (
    Goal("seedlike", "macro", 0.95),
    Goal("seedlike", "head", 0.93),
    Goal("seedlike", "cells", 0.90),
    Goal("seedlike", "space", 0.97),
    Goal("seedlike", "dup", 0, at_most=True),
    Goal("sh_main", "micro", 0.91),
    Goal("sh_main", "head", 0.70),
    Goal("sh_main", "leak", 0.45, at_most=True),
    Goal("sh_main", "loss", 0.02, at_most=True),
    Goal("fundus_main", "micro", 0.945),
    Goal("fundus_main", "head", 0.87),
    Goal("fundus_main", "leak", 0.25, at_most=True),
    Goal("fundus_main", "loss", 0.015, at_most=True),
    Goal("moz_clean", "micro", 0.93),
    Goal("moz_clean", "head", 0.80),
    Goal("moz_clean", "loss", 0.02, at_most=True),
    Goal("tables_regular", "cells", 0.95),
    Goal("tables_regular", "exact", 0.88),
    Goal("tables_ragged", "cells", 0.90),
    Goal("tables_ragged", "exact", 0.75),
    Goal("tables_real", "cells", 0.55),
    Goal("sh_full", "micro", 0.95),
    Goal("sh_full", "macro", 0.93),
    Goal("fundus_full", "micro", 0.935),
    Goal("fundus_full", "macro", 0.85),
    Goal("b_extract", "F1", 0.972),
    Goal("b_snip_html", "acc", 0.935),
    Goal("b_meta", "title_exact", 0.85),
    Goal("b_meta", "authors_F1", 0.85),
    Goal("b_meta", "date_day", 0.95),
    Goal("kept", "tables", 0.95),
    Goal("kept", "captions", 0.95),
    Goal("kept", "credits", 0.95),
    Goal("kept", "notes", 0.95),
    Goal("tables_regular, page held out", "cells", 0.90),
    Goal("tables_ragged, page held out", "cells", 0.87),
    Goal("rows said to be .9 sure or more", "right", 0.95),
    Goal("text to tree", "MB/s", 1.0),
    Goal("page to tree, b_extract", "times the extractor", 1.3, at_most=True),
    Goal("page to tree, b_meta", "times the extractor", 1.3, at_most=True),
    Goal("b_extract against trafilatura fast", "better in N of 10", 9),
)
