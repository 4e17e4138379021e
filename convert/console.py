"""The three standard streams: text that is safe for a terminal, and streams that are closed, full or gone."""

from __future__ import annotations

import os
import sys

from convert.errors import InputError, OutputError
from convert.explain import printable
from convert.world import why

__all__ = ["abandon_stdout", "print_text", "read_stdin", "say", "write_stdout"]


def say(text: str) -> None:
    """Tell the person at the terminal something, on standard error."""
    if sys.stderr:  # None where the caller closed it, and print would turn to standard output
        print(printable(text), file=sys.stderr)


def print_text(text: str) -> None:
    """Put text on standard output, in UTF-8 wherever it goes."""
    write_stdout(text.encode("utf-8", "replace"))


def read_stdin(most: int) -> bytes:
    """Standard input, no further than `most` bytes; nothing where the caller closed it. Raises InputError."""
    try:
        return sys.stdin.buffer.read(most) if sys.stdin else b""
    except OSError as error:
        raise InputError("input.unreadable", f"Standard input cannot be read: {why(error)}.") from error


def write_stdout(data: bytes) -> None:
    """Put all of it out now. Raises OutputError, BrokenPipeError if the reader has gone."""
    if sys.stdout is None:
        raise OutputError("output.closed", "Standard output is closed. Name a folder with -o.")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_stdout()
        raise OutputError("output.unwritable", f"Standard output cannot be written: {why(error)}.") from error


def abandon_stdout() -> None:
    """Let what is still in the buffer go nowhere: Python would try again at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
