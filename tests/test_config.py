"""The configuration: its layers, its defaults, its errors."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
import yaml

from convert.cleaning import pass_name
from convert.config import CleaningConfig, Config, Limits, _user_folder, load_config
from convert.data import config_file, fonts_folder, themes_folder
from convert.errors import SettingsError, UsageError
from convert.formats import format_name
from convert.themes.load import theme_name
from convert.world import MemoryWorld

HERE = Path("/desk")
HOME = Path("/home/ed/.config")


def load(files: dict[str, str], explicit: str | None = None) -> Config:
    world = MemoryWorld({Path(name): text.encode() for name, text in files.items()})
    return load_config(
        Path(explicit) if explicit else None, world=world, folder=HERE, environ={"XDG_CONFIG_HOME": str(HOME)}
    )


def findings(text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load({"/c.yaml": text}, "/c.yaml")
    return list(caught.value.findings)


def test_the_packaged_file_says_what_the_code_says() -> None:
    assert load({}) == Config()


def test_the_packaged_file_names_every_key() -> None:
    said = yaml.load(config_file().read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506  (texts only: `off` is no switch)
    assert keys(said) == keys(msgspec.to_builtins(Config()))


def keys(value: object) -> object:
    """The keys of mappings within mappings."""
    return {key: keys(item) for key, item in value.items()} if isinstance(value, dict) else None


def test_every_key_of_the_packaged_file_has_a_comment() -> None:
    lines = config_file().read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for above, line in pairwise(lines)
        if ":" in line and not line.strip().startswith("#") and not above.strip().startswith("#")
    ]
    assert bare == [
        "cleaning:",
        "  picture-bytes: 40000000",
        "  picture-pixels: 80000000",
    ]  # the comment above tells all three


def test_stronger_layers_win_key_by_key() -> None:
    files = {
        "/home/ed/.config/copydesk/config.yaml": "theme: modern\nlanguage: tr\nlimits: {nodes: 1, notes: 1}\nto: [pdf, docx]",
        "/desk/copydesk.yaml": "language: de\nlimits: {nodes: 2}\n",
        "/c.yaml": "limits: {nodes: 3}\nto: [epub]",
    }
    config = load(files, "/c.yaml")
    assert config.theme == "modern"
    assert config.language == "de"
    assert config.to == ("epub",)
    assert config.limits == Limits(nodes=3, notes=1)


def test_a_config_file_of_another_program_is_passed_over() -> None:
    assert load({"/desk/config.yaml": "plugins: [x]\ntheme: {name: material}\n"}) == Config()
    assert load({"/desk/config.yaml": "not: yaml: at: all\n\t"}) == Config()
    assert load({"/desk/config.yaml": "tools:\n  copydesk: 1\ntheme: modern\n"}) == Config()


def test_a_config_file_that_names_copydesk_is_read() -> None:
    assert load({"/desk/config.yaml": "copydesk: 1\ntheme: modern\n"}).theme == "modern"
    both = {"/desk/config.yaml": "copydesk: 1\ntheme: modern\n", "/desk/copydesk.yaml": "theme: base\n"}
    assert load(both).theme == "base"


def test_a_named_file_and_the_user_file_need_no_mark() -> None:
    assert load({"/desk/config.yaml": "theme: modern"}, "/desk/config.yaml").theme == "modern"
    assert load({"/home/ed/.config/copydesk/config.yaml": "theme: modern"}).theme == "modern"


def test_a_theme_is_looked_for_beside_the_file_that_names_it() -> None:
    assert load({"/desk/copydesk.yaml": "theme: house/style.yaml"}).theme == "/desk/house/style.yaml"
    files = {"/home/ed/.config/copydesk/config.yaml": "theme: ./house.yml", "/desk/copydesk.yaml": "language: en"}
    assert Path(load(files).theme) == HOME / "copydesk/house.yml"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("theem: x", "/c.yaml:1:1: Unknown key 'theem'; did you mean 'theme'?"),
        ("limits:\n  picture_bytes: 3", "/c.yaml:2:3: Unknown key 'picture_bytes'; did you mean 'picture-bytes'?"),
        ("theme: ''", "/c.yaml:1:8: 'theme': expected a text that is not empty, found '' in quotes."),
        ("time-zone: Europe/Istambul", "/c.yaml:1:12: 'time-zone': expected a time zone such as Europe/Istanbul, found 'Europe/Istambul'."),
        ("time-zone: ../../etc/passwd", "/c.yaml:1:12: 'time-zone': expected a time zone such as Europe/Istanbul, found '../../etc/passwd'."),
        ("language: english", "/c.yaml:1:11: 'language': expected a language tag such as en or pt-BR, found 'english'."),
        ("limits:\n  nodes: 0", "/c.yaml:2:10: 'nodes': expected more than 0, found '0'."),
        ("limits:\n  nodes: many", "/c.yaml:2:10: 'nodes': expected a whole number, found 'many'."),
        ("to: []", "/c.yaml:1:5: 'to': expected at least one entry, found a list."),
        ("to: pdf", "/c.yaml:1:5: 'to': expected a list, found 'pdf'."),
        ("copydesk: 2", "/c.yaml:1:11: 'copydesk': expected 1, the form this version reads, found '2'."),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_its_place(text: str, finding: str) -> None:
    assert findings(text) == [finding]


def test_findings_of_all_layers_come_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load({"/desk/copydesk.yaml": "a: 1\ntheme: []\n", "/c.yaml": "limits: {b: 1}"}, "/c.yaml")
    assert [one.split(": ")[0] for one in caught.value.findings] == [
        "/desk/copydesk.yaml:1:1", "/desk/copydesk.yaml:2:8", "/c.yaml:1:10",
    ]  # fmt: skip


def test_a_named_file_must_be_there() -> None:
    with pytest.raises(UsageError, match="no such file") as caught:
        load({}, "/nowhere.yaml")
    assert caught.value.code == "config.unreadable"
    assert caught.value.where == "/nowhere.yaml"


def test_norwegian_is_no_switch() -> None:
    config = load({"/c.yaml": "language: no\ncleaning: {off: [on]}"}, "/c.yaml")
    assert config.language == "no"
    assert config.cleaning == CleaningConfig(off=("on",))


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "/x"),
        ("linux", {"HOME": "/h"}, "/h/.config"),
        ("linux", {"XDG_CONFIG_HOME": "relative", "HOME": "/h"}, "/h/.config"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support"),
        ("win32", {"APPDATA": "/a", "HOME": "/h"}, "/a"),
        ("linux", {}, None),
    ],
)
def test_the_user_folder_follows_the_system(platform: str, environ: dict[str, str], folder: str | None) -> None:
    assert _user_folder(environ, platform) == (Path(folder) if folder else None)


def test_data_is_found_in_a_checkout() -> None:
    assert config_file().is_file()
    assert (themes_folder() / "base.yaml").is_file()
    assert list(fonts_folder().glob("*.ttf"))


def test_data_is_found_in_a_wheel(tmp_path: Path) -> None:
    package = tmp_path / "convert"
    (package / "_data" / "themes").mkdir(parents=True)
    assert themes_folder(package) == package / "_data" / "themes"
    assert config_file(package) == package / "_data" / "config.yaml"
    assert themes_folder(tmp_path / "other") == tmp_path / "themes"


def test_names_that_do_not_exist_are_found_all_at_once_with_their_places() -> None:
    text = "copydesk: 1\nto: [docx, doc]\ntheme: brodsheet\ncleaning: {off: [titel, title, tabels]}\nlanguag: en\n"
    world = MemoryWorld({Path("/c.yaml"): text.encode()})
    names = {"to": format_name, "theme": theme_name, "cleaning.off": pass_name}
    with pytest.raises(SettingsError) as caught:
        load_config(Path("/c.yaml"), world=world, folder=HERE, environ={}, names=names)
    assert [finding.split(": ")[0] for finding in caught.value.findings] == [
        "/c.yaml:2:12", "/c.yaml:3:8", "/c.yaml:4:18", "/c.yaml:4:32", "/c.yaml:5:1",
    ]  # fmt: skip
    assert "did you mean 'title'?" in caught.value.findings[2]
