"""Desk rules and fetching from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.test_desk import drawn


def test_the_command_line_refuses_and_allows(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Port\nembargo: 2999-01-01\n---\nShips wait.\n")
    refused = run("convert", path, "--to", "md", "-o", "out", cwd=tmp_path)
    assert refused.status == 3
    assert "--allow-embargoed" in refused.err
    allowed = run("convert", path, "--to", "md", "-o", "out", "--allow-embargoed", cwd=tmp_path)
    assert allowed.status == 0
    assert "EMBARGOED UNTIL 1 January 2999, 23:59 UTC" in (tmp_path / "out" / "a.md").read_text()


def test_the_command_line_leaves_pictures_out(tmp_path: Path) -> None:
    (tmp_path / "own.png").write_bytes(drawn())
    path = tmp_path / "a.md"
    path.write_text("# Port\n\nShips wait.\n\n![quay](own.png)\n")
    done = run("convert", path, "--to", "md", "-o", "out", "--images", "owned", cwd=tmp_path)
    assert "picture.rights" in done.err
    assert "quay" not in (tmp_path / "out" / "a.md").read_text()
    assert not (tmp_path / "out" / "a.files").exists()


@pytest.mark.parametrize("fetch", [False, True])
def test_the_command_line_fetches_only_public_pictures_and_only_when_asked(tmp_path: Path, fetch: bool) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Port\n\nShips wait.\n\n![quay](http://127.0.0.1/p.png)\n")
    done = run("convert", path, "--to", "xhtml", "-o", "out", *(["--fetch"] if fetch else []), cwd=tmp_path)
    assert done.status == 0
    assert ("fetch.refused" if fetch else "picture.remote") in done.err
    assert "Picture: quay" in (tmp_path / "out" / "a.xhtml").read_text()
