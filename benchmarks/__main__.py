"""`make bench`: one article through every format, warm, beside pandoc's whole process where pandoc is installed."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from convert.config import Config
from convert.pipeline import prepare, press, render
from convert.report import Report
from convert.world import DiskWorld, Source
from convert.writers.base import Options

RUNS = 7
SAMPLE = Path(__file__).parent.parent / "tests" / "samples" / "harbour-bridge.txt"


def cpu(work: Callable[[], object]) -> float:
    """Median milliseconds of wall time over the runs, after one that does not count."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def main() -> None:
    """Print the table."""
    source = Source(SAMPLE.read_bytes(), SAMPLE.name, SAMPLE.parent)
    world = DiskWorld()
    article = prepare(source, Config(), world, Report())
    print(f"{'step':<22}{'ms, warm':>10}")
    print(f"{'read and clean':<22}{cpu(lambda: prepare(source, Config(), world, Report())):>10.1f}")
    times = {}
    for to in ("markdown", "xhtml", "epub", "docx", "json", "pdf"):
        ready = press(to, "broadsheet", Options())
        times[to] = cpu(lambda ready=ready: render(article, ready))  # type: ignore[misc]
        print(f"{to:<22}{times[to]:>10.1f}")
    pandoc = shutil.which("pandoc")
    if not pandoc:
        print("pandoc is not installed, so there are no ratios.")
        return
    markdown = render(article, press("markdown", "broadsheet", Options())).value.data
    for to, peer in (("xhtml", "html5"), ("epub", "epub3"), ("docx", "docx")):
        command = [pandoc, "-f", "markdown", "-t", peer, "-s", "-o", "-"]
        took = cpu(lambda command=command: subprocess.run(command, input=markdown, capture_output=True, check=True))  # type: ignore[misc]
        print(f"pandoc {peer:<15}{took:>10.1f}   {took / times[to]:.0f} times ours")


if __name__ == "__main__":
    main()
