"""Input that means harm, measured: what becomes of it, within 10 seconds and 1 GiB."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from convert.cleaning import clean
from convert.errors import InputError
from convert.readers.base import Reader
from convert.tree.check import faults
from convert.tree.text import document_letters, letters, nfc
from convert.tree.walk import MAX_DEPTH, depth
from convert.world import Source

ROOT = Path(__file__).parents[2]
GIB = 1 << 30


def outcome(reader: Reader, make: Callable[[], bytes | str]) -> str:
    """ "read" or the code of the error; anything but an InputError, and anything slow, is a failure."""
    made = make()
    data = made.encode() if isinstance(made, str) else made
    began = time.process_time()
    try:
        result = reader.read(Source(data, "article.x"))
        assert nfc(letters(result.value.text)) == nfc(document_letters(result.value.document))
        assert depth(result.value.document) <= MAX_DEPTH
        cleaned = clean(result.value.document, result.value.text, result.report, flat=False)
        assert faults(cleaned) == []
        said = "read"
    except InputError as error:
        said = error.code
    taken = time.process_time() - began
    assert taken < 10, f"{taken:.1f} s"
    return said


def bounded_outcome(module: str, name: str) -> str:
    """The same in a process that may have 1 GiB; `module` has READER and HOSTILE."""
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({GIB}, {GIB})); "
        f"from {module} import HOSTILE, READER; from tests.readers.hostile import outcome; "
        f"print(outcome(READER, HOSTILE[{name!r}]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout.strip()


def peak() -> int:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
