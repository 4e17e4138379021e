"""Installing: what a wheel holds, that it works in an empty environment, and what still works without Pango."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands import FORMATS, PATIENCE, SAMPLE, SUFFIXES, Ran, environment, left
from tests.conftest import ROOT

BUILD = 600
"""Seconds after which building or installing counts as hanging."""

SOURCES = ("convert", "themes", "config.yaml", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is installed: building must neither use nor leave anything in the working tree."""
    place = tmp_path_factory.mktemp("checkout")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, place / name)
    (place / "tests").mkdir()
    shutil.copy2(SAMPLE, place / "tests")
    return place


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    """The wheel, made by way of the source distribution as an index would get both."""
    command(sys.executable, "-m", "build", str(checkout), "--outdir", str(checkout / "dist"))
    return next((checkout / "dist").glob("*.whl"))


def command(*arguments: str) -> str:
    done = subprocess.run(arguments, cwd="/", capture_output=True, text=True, timeout=BUILD, check=False, env=bare())
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def bare(**more: str) -> dict[str, str]:
    """The environment without anything that would make the checkout importable."""
    return {name: value for name, value in environment(**more).items() if name != "PYTHONPATH"}


def empty_environment(folder: Path, *installed: str) -> Path:
    """A new environment with something installed in it; its `copydesk`."""
    command(sys.executable, "-m", "venv", str(folder))
    command(str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *installed)
    return folder / "bin/copydesk"


def converts(copydesk: Path, folder: Path, env: Mapping[str, str] | None = None) -> None:
    """An installed copydesk makes every format of an article, from a folder that is not the checkout's."""
    folder.mkdir()
    shutil.copy2(SAMPLE, folder / "article.txt")
    done = subprocess.run(
        [str(copydesk), "convert", "article.txt", "--to", ",".join(FORMATS), "--theme", "modern", "-o", "out"],
        cwd=folder, env=dict(env or bare()), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert left(folder / "out") == sorted(f"article{suffix}" for suffix in SUFFIXES.values())


@pytest.mark.prove
def test_the_wheel_holds_all_that_is_needed_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    themes = {f"convert/_data/themes/{path.name}" for path in (ROOT / "themes").glob("*.yaml")}
    fonts = {f"convert/fonts/{path.name}" for path in (ROOT / "convert/fonts").iterdir() if path.is_file()}
    assert len(themes) >= 3
    assert len(fonts) >= 20
    needed = {"convert/_data/config.yaml", "convert/cleaning/glued_tables.json", "convert/py.typed", *themes, *fonts}
    assert needed - names == set()
    licences = {name.rsplit("/licenses/")[-1] for name in names if "/licenses/" in name}
    assert {"LICENSE", *(font for font in fonts if font.endswith("-OFL.txt"))} - licences == set()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"convert", "copydesk"}
    assert not any("__pycache__" in name or "/tests/" in name for name in names)


@pytest.mark.prove
def test_the_source_distribution_holds_what_is_built_from_it(wheel: Path) -> None:
    with tarfile.open(next(wheel.parent.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "config.yaml", "themes/base.yaml", "convert/cli.py"} <= names


@pytest.mark.prove
def test_a_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    copydesk = empty_environment(tmp_path / "env", str(wheel))
    converts(copydesk, tmp_path / "desk")
    asked = "import convert, sys; print(convert.__version__); print(*convert.__all__)"
    out = subprocess.run(
        [str(copydesk.parent / "python"), "-c", asked], cwd=tmp_path, env=bare(), capture_output=True, text=True,
        timeout=PATIENCE, check=True,
    ).stdout  # fmt: skip
    assert "convert" in out.split()
    assert "site-packages" in command(str(copydesk.parent / "python"), "-c", "import convert; print(convert.__file__)")


@pytest.mark.prove
def test_an_editable_install_works_from_another_folder(checkout: Path, tmp_path: Path) -> None:
    copydesk = empty_environment(tmp_path / "env", "--editable", str(checkout))
    converts(copydesk, tmp_path / "desk")
    where = command(str(copydesk.parent / "python"), "-c", "import convert; print(convert.__file__)")
    assert Path(where.strip()).is_relative_to(checkout)


# --------------------------------------------------------------------------------- without Pango


@pytest.fixture
def no_pango(tmp_path: Path) -> dict[str, str]:
    """An environment in which Pango cannot be loaded: files of its names, found first, that are no libraries."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    for name in ("libpango-1.0.so.0", "libpango-1.0.so", "libpango-1.0-0", "pango-1.0-0", "pango-1.0"):
        (hidden / name).write_bytes(b"no library")
    return environment(LD_LIBRARY_PATH=str(hidden))


def convert(to: str, folder: Path, env: Mapping[str, str]) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "convert", "convert", str(SAMPLE), "--to", to, "-o", "out"],
        cwd=folder, env=dict(env), capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr.decode())


@pytest.mark.skipif(sys.platform != "linux", reason="hides the library in a way that Linux alone knows")
def test_pdf_alone_needs_pango_and_says_how_to_get_it(tmp_path: Path, no_pango: dict[str, str]) -> None:
    ran = convert(",".join(FORMATS), tmp_path, no_pango)
    assert (ran.status, "Traceback" in ran.err) == (1, False)
    assert b"WeasyPrint" not in ran.out  # it prints a banner, and the document may go there
    assert left(tmp_path / "out") == sorted(f"harbour-bridge{SUFFIXES[to]}" for to in FORMATS if to != "pdf")
    assert "[pdf.library]" in ran.err
    assert "apt install libpango-1.0-0" in ran.err


@pytest.mark.skipif(sys.platform != "linux", reason="hides the library in a way that Linux alone knows")
@pytest.mark.parametrize("to", [to for to in FORMATS if to != "pdf"])
def test_every_other_format_is_made_without_pango(to: str, tmp_path: Path, no_pango: dict[str, str]) -> None:
    assert convert(to, tmp_path, no_pango).status == 0
    assert os.listdir(tmp_path / "out") == [f"harbour-bridge{SUFFIXES[to]}"]
