"""`python -m benchmarks.structure BENCH_FOLDER`: every figure of structure recovery, ours beside the peers'.

Gold files lose their answers before anything is predicted; the folder's own `score.py` scores. Nothing is written but
the file of `--out`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.structure.run import PARTS, Run
from benchmarks.structure.sets import SETS


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 2 if the folder, a set or a part does not exist."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.structure", description=(__doc__ or "").split(":")[0])
    parser.add_argument("bench", type=Path, metavar="BENCH_FOLDER", help="gold files, score.py, peers-*.txt")
    parser.add_argument(
        "--sets", default="", help="scores of these alone, and no other part: " + ",".join(s.name for s in SETS)
    )
    parser.add_argument("--only", default="", help="these parts alone: " + ",".join(PARTS))
    parser.add_argument("--jobs", type=int, default=2, help="processes that read documents (2)")
    parser.add_argument("--out", type=Path, help="a Markdown file for what is printed")
    asked = parser.parse_args(arguments)
    sets = [name for name in asked.sets.split(",") if name]
    parts = [name for name in asked.only.split(",") if name] or (["scores"] if sets else list(PARTS))
    _check(parser, "set", sets, [one.name for one in SETS])
    _check(parser, "part", parts, PARTS)
    if not (asked.bench / "score.py").exists():
        parser.error(f"{asked.bench} has no score.py: it is no folder of the benchmark")
    start, said = time.perf_counter(), ["# Structure recovery"]
    for section in Run(asked.bench, parts, sets, asked.jobs).sections():
        if section:
            print(section, end="\n\n", flush=True)
            said.append(section)
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)
    if asked.out:
        asked.out.write_text("\n\n".join(said) + "\n", "utf-8")
    return 0


def _check(parser: argparse.ArgumentParser, what: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            parser.error(f"there is no {what} '{name}'; there are {', '.join(known)}")


if __name__ == "__main__":
    sys.exit(main())
