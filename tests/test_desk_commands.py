"""Desk rules and fetching from the command line."""

from __future__ import annotations

import json
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


@pytest.mark.parametrize("state", ["canceled", "withheld"])
def test_a_kill_takes_back_what_the_run_has_made_of_the_item_and_makes_nothing_after_it(
    tmp_path: Path, state: str
) -> None:
    first = {
        "uri": "tag:example.org,2026:a",
        "headline": "Ships wait",
        "slugline": "port",
        "body_html": "<p>Wrong.</p>",
    }
    kill = {**first, "pubstatus": state, "version": "2"}
    other = {**first, "uri": "tag:example.org,2026:b", "slugline": "bridge"}
    (tmp_path / "items.json").write_text(json.dumps([first, other, kill, {**first, "version": "3"}]))
    done = run("convert", "items.json", "--to", "md,xhtml", "-o", "out", cwd=tmp_path)
    assert done.status == 3
    assert "withdrawn" in done.err
    assert "desk.recalled" in done.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["bridge.md", "bridge.xhtml"]


def test_items_without_an_identifier_are_not_versions_of_one_another(tmp_path: Path) -> None:
    item = {"headline": "Ships wait", "slugline": "port", "body_html": "<p>Right.</p>", "type": "text"}
    (tmp_path / "items.json").write_text(json.dumps([item, {**item, "slugline": "x", "pubstatus": "canceled"}]))
    done = run("convert", "items.json", "--from", "ninjs", "--to", "md", "-o", "out", cwd=tmp_path)
    assert done.status == 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["port.md"]


def test_an_embargoed_article_is_explained_when_that_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Port\nembargo: 2999-01-01\n---\nShips wait.\n")
    assert run("explain", path, cwd=tmp_path).status == 3
    assert b"Ships wait." in run("explain", path, "--allow-embargoed", cwd=tmp_path).out


def test_what_every_format_says_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Port\n\nShips wait.\n\n![quay](lost.png)\n")
    done = run("convert", path, "--to", "md,xhtml,epub", "-o", "out", cwd=tmp_path)
    assert done.err.count("description stands in its place") == 1
