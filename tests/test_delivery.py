"""Putting files in place: whole or not at all, never over an article or another output."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from convert.delivery import Deliveries
from convert.errors import InputError, OutputError
from convert.world import DiskWorld, MemoryWorld
from convert.writers.base import Rendered


def made(name: str = "a.md", data: bytes = b"new", **files: bytes) -> Rendered:
    return Rendered(data, name, "text/markdown", {f"a.files/{key}.png": value for key, value in files.items()})


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def deliveries(folder: Path, *inputs: Path, force: bool = False) -> Deliveries:
    return Deliveries(folder, inputs, DiskWorld(), force=force)


def test_a_file_and_its_pictures_land_in_a_folder_that_is_made(tmp_path: Path) -> None:
    target = deliveries(tmp_path / "new" / "folder").put(made(p=b"png"), "a.txt")
    assert target == tmp_path / "new" / "folder" / "a.md"
    assert contents(target.parent) == {"a.md": b"new", "a.files/p.png": b"png"}


@pytest.mark.parametrize("there", ["a.md", "a.files/p.png"])
def test_what_is_there_stays_unless_forced(there: str, tmp_path: Path) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_bytes(b"older")
    with pytest.raises(OutputError) as caught:
        deliveries(tmp_path).put(made(p=b"png"), "a.txt")
    assert (caught.value.code, caught.value.where) == ("output.exists", str(tmp_path / there))
    assert contents(tmp_path) == {there: b"older"}
    deliveries(tmp_path, force=True).put(made(p=b"png"), "a.txt")
    assert contents(tmp_path) == {"a.md": b"new", "a.files/p.png": b"png"}


@pytest.mark.parametrize("there", ["a.md", "a.files/p.png"])
def test_no_article_of_the_run_is_replaced_by_force_or_link(there: str, tmp_path: Path) -> None:
    article = tmp_path / there
    article.parent.mkdir(exist_ok=True)
    article.write_bytes(b"the article")
    (tmp_path / "link").symlink_to(".")
    for folder in (tmp_path, tmp_path / "link"):
        with pytest.raises(OutputError) as caught:
            deliveries(folder, tmp_path / "other.txt", article, force=True).put(made(p=b"png"), "a.txt")
        assert caught.value.code == "output.input"
    assert contents(tmp_path) == {there: b"the article"}


def test_no_output_replaces_another_of_the_run(tmp_path: Path) -> None:
    run = deliveries(tmp_path, force=True)
    run.put(made(), "one/a.txt")
    with pytest.raises(OutputError, match=r"a\.txt already goes under this name") as caught:
        run.put(made(data=b"other"), "two/a.txt")
    assert caught.value.code == "output.collision"
    assert contents(tmp_path) == {"a.md": b"new"}


def test_a_name_kept_free_is_not_taken(tmp_path: Path) -> None:
    run = deliveries(tmp_path)
    run.reserve(tmp_path / "a.md", "The report")
    with pytest.raises(OutputError, match="The report already"):
        run.put(made(), "a.txt")
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(("inputs", "code"), [((), "output.exists"), (("r.json",), "output.input")])
def test_a_report_has_the_same_rules(inputs: tuple[str, ...], code: str, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_bytes(b"older")
    with pytest.raises(OutputError) as caught:
        deliveries(tmp_path, *(tmp_path / name for name in inputs)).reserve(tmp_path / "r.json", "The report")
    assert caught.value.code == code


class FullWorld(MemoryWorld):
    """A disk with room for one more file."""

    def write(self, path: Path, data: bytes, *, replace: bool) -> None:
        if any(name.suffix == ".png" for name in self.files):
            raise OutputError("output.unwritable", "The file cannot be written: the disk is full.", str(path))
        super().write(path, data, replace=replace)


def test_pictures_are_taken_back_when_their_article_finds_no_room() -> None:
    world = FullWorld({Path("older.txt"): b"older"})
    with pytest.raises(OutputError, match="disk is full"):
        Deliveries(Path("out"), [], world, force=False).put(made(p=b"png"), "a.txt")
    assert world.files == {Path("older.txt"): b"older"}


# ------------------------------------------------------------------------------------- the disk


@pytest.mark.parametrize("call", ["fsync", "link", "chmod", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_fails_keeps_what_was_there(
    call: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    (tmp_path / "b.md").write_bytes(b"older")
    forced = call == "replace"
    with pytest.raises(OutputError) as caught:
        DiskWorld().write(tmp_path / ("b.md" if forced else "a.md"), b"new", replace=forced)
    assert caught.value.code == "output.unwritable"
    assert contents(tmp_path) == {"b.md": b"older"}


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_a_disk_without_hard_links_replaces_nothing_either(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", unable)
    DiskWorld().write(tmp_path / "a.md", b"new", replace=False)
    with pytest.raises(OutputError) as caught:
        DiskWorld().write(tmp_path / "a.md", b"newer", replace=False)
    assert caught.value.code == "output.exists"
    assert contents(tmp_path) == {"a.md": b"new"}


def test_a_link_that_leads_nowhere_counts_as_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("nowhere")
    for attempt in (
        lambda: deliveries(tmp_path).put(made(), "a.txt"),
        lambda: DiskWorld().write(tmp_path / "a.md", b"new", replace=False),
    ):
        with pytest.raises(OutputError) as caught:
            attempt()
        assert caught.value.code == "output.exists"
    assert contents(tmp_path) == {}


def test_a_new_file_has_the_rights_that_the_user_s_mask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        DiskWorld().write(tmp_path / "a.md", b"new", replace=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


UNWRITABLE = {
    "a file for a folder": ("file/a.md", "output.folder"),
    "a file above the folder": ("file/below/a.md", "output.unwritable"),
    "a folder of the system": ("/proc/copydesk/a.md", "output.unwritable"),
    "a name too long": ("x" * 300, "output.unwritable"),
    "a folder of that name": ("folder", "output.unwritable"),
    "a link in a circle": ("circle/a.md", "output.folder"),
}


@pytest.mark.parametrize("name", UNWRITABLE)
def test_a_place_that_cannot_be_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    place, code = UNWRITABLE[name]
    with pytest.raises(OutputError) as caught:
        deliveries(tmp_path / Path(place).parent, force=True).put(made(Path(place).name), "a.txt")
    assert caught.value.code == code
    assert contents(tmp_path) == {"file": b"x"}


UNREADABLE = {
    "missing": ("nothing", "input.missing"),
    "a folder": ("folder", "input.folder"),
    "below a file": ("file/a.txt", "input.unreadable"),
    "a name too long": ("x" * 300, "input.unreadable"),
    "a name with a NUL": ("a\0b", "input.unreadable"),
    "a link in a circle": ("circle", "input.unreadable"),
    "memory": ("/proc/self/mem", "input.unreadable"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    place, code = UNREADABLE[name]
    with pytest.raises(InputError) as caught:
        DiskWorld().read(tmp_path / place)
    assert caught.value.code == code


@pytest.mark.parametrize("world", [DiskWorld(), MemoryWorld({Path("a"): b"12345"})])
def test_no_more_is_read_than_asked_for(
    world: DiskWorld | MemoryWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").write_bytes(b"12345")
    assert [world.read(Path("a")), world.read(Path("a"), 3), world.read(Path("a"), 9)] == [b"12345", b"123", b"12345"]


def test_nothing_is_fetched() -> None:
    for world in (DiskWorld(), MemoryWorld()):
        with pytest.raises(InputError) as caught:
            world.fetch("https://example.com/", 10, 1)
        assert caught.value.code == "fetch.forbidden"


def test_a_picture_of_the_article_is_not_replaced(tmp_path: Path) -> None:
    """Markdown puts pictures into NAME.files, where the article may keep its own."""
    files = Deliveries(tmp_path, [tmp_path / "a.mdown"], DiskWorld(), force=True)
    files.protect([tmp_path / "a.files" / "p.png"])
    (tmp_path / "a.files").mkdir()
    (tmp_path / "a.files" / "p.png").write_bytes(b"its own")
    with pytest.raises(OutputError) as caught:
        files.put(Rendered(b"text", "a.md", "text/markdown", {"a.files/p.png": b"another"}), "a.mdown")
    assert caught.value.code == "output.input"
    assert (tmp_path / "a.files" / "p.png").read_bytes() == b"its own"
    assert not (tmp_path / "a.md").exists()
