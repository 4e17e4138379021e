"""Tables and figures in Markdown, as they are printed and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["figure", "span", "table"]


def figure(value: float | None) -> str:
    """A share to three places, a count whole, a dash for nothing."""
    if value is None:
        return "–"
    return f"{value}" if isinstance(value, int) and value > 1 else f"{value:.3f}"


def span(interval: tuple[float, float] | None) -> str:
    """An interval."""
    return "–" if interval is None else f"{figure(interval[0])} to {figure(interval[1])}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """A table whose columns line up; the first `left` columns to the left, the others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(3, *(len(line[k]) for line in lines)) for k in range(len(head))]
    rule = ["-" * width if k < left else "-" * (width - 1) + ":" for k, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(_aligned(line, widths, left))} |" for line in [lines[0], rule, *lines[1:]])


def _aligned(line: Sequence[str], widths: Sequence[int], left: int) -> Iterator[str]:
    for k, (cell, width) in enumerate(zip(line, widths, strict=True)):
        yield cell.ljust(width) if k < left else cell.rjust(width)
