"""EPUBs before EPUBCheck and Ace: what no single sample holds, and that each judge would notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.writers.epub import Writer
from tests.test_validators import repacked
from tests.validators import judges
from tests.writers.help import OPTIONS, theme
from tests.writers.rich import rich_assets, rich_document

pytestmark = pytest.mark.prove

THEMES = ("broadsheet", "modern")


def rich(name: str = "broadsheet") -> bytes:
    return Writer(theme(name), OPTIONS).render(rich_document(), rich_assets(), "rich").value.data


def judged(data: bytes, folder: Path) -> list[str]:
    path = folder / "book.epub"
    path.write_bytes(data)
    return judges.epubcheck(path) + judges.ace(path)


@pytest.mark.parametrize("name", THEMES)
def test_an_article_with_every_node_is_clean(name: str, tmp_path: Path) -> None:
    assert judged(rich(name), tmp_path) == []


def test_ace_notices_a_link_that_is_told_by_its_colour_alone(tmp_path: Path) -> None:
    bare = repacked(rich(), "style.css", lambda css: css + b".back { text-decoration: none }\n")
    assert any("link-in-text-block" in found for found in judged(bare, tmp_path))


def test_ace_notices_a_picture_without_a_description(tmp_path: Path) -> None:
    bare = repacked(rich(), "article.xhtml", lambda page: page.replace(b' alt="A crane over a ship"', b"", 1))
    assert any("image-alt" in found for found in judged(bare, tmp_path))
