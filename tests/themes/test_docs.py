"""The pages about themes and configuration say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from convert.config import Config, load_config
from convert.data import fonts_folder
from convert.errors import SettingsError
from convert.themes.load import load_theme
from convert.themes.model import STYLES, FontFamily, Page, Style, Theme
from convert.world import MemoryWorld
from tests.conftest import ROOT

THEMES = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", THEMES, re.DOTALL)[0]
FACES = {
    Path("/t/fonts/PostHeadline-Bold.ttf"): (fonts_folder() / "Inter-Bold.ttf").read_bytes(),
    Path("/t/fonts/PostHeadline-Italic.ttf"): (fonts_folder() / "Inter-Regular.ttf").read_bytes(),
}


def load(text: str) -> Theme:
    return load_theme("/t/house.yaml", world=MemoryWorld({Path("/t/house.yaml"): text.encode(), **FACES}))


def test_the_example_of_fifteen_lines_is_a_theme() -> None:
    assert len(EXAMPLE.splitlines()) == 15
    theme = load(EXAMPLE)
    assert theme.title == "The Evening Post"
    assert theme.styles["headline"].align == "start"
    assert theme.styles["section"].colour == "#00594c"


def test_the_findings_shown_are_those_that_are_made() -> None:
    wrong = EXAMPLE.replace('"#00594c"', "green").replace("align", "algin") + "  deck: { weight: 900 }\n"
    with pytest.raises(SettingsError) as caught:
        load(wrong)
    shown = re.findall(r"```\n(house\.yaml:.*?)```", THEMES, re.DOTALL)[0]
    assert [line.removeprefix("/t/") for line in caught.value.findings] == shown.splitlines()


def test_every_key_of_a_theme_is_explained() -> None:
    def keys(kind: type[msgspec.Struct]) -> list[str]:
        return [name.replace("_", "-") for name in kind.__struct_fields__]

    names = [*keys(Theme), *keys(FontFamily), *keys(Page), *keys(Style), *STYLES, "extends", "like"]
    covered = {"name", "heading-2", "heading-3"}  # the file's name; "heading-1 to heading-4"
    assert [name for name in names if f"`{name}`" not in THEMES and name not in covered] == []


def test_every_key_of_the_configuration_is_explained_with_its_default() -> None:
    def rows(value: dict[str, object], above: str = "") -> list[tuple[str, str]]:
        found = []
        for key, item in value.items():
            if isinstance(item, dict):
                found += rows(item, f"{above}{key}.")
            else:
                text = "[" + ", ".join(map(str, item)) + "]" if isinstance(item, list | tuple) else item
                text = str(text).lower() if isinstance(text, bool) else text
                found.append((f"| `{above}{key}` |", f"| `{text if text != '' else chr(34) * 2}` |"))
        return found

    lines = CONFIGURATION.splitlines()
    for start, end in rows(msgspec.to_builtins(Config())):
        assert any(line.startswith(start) and line.endswith(end) for line in lines), (start, end)


def test_the_example_of_layers_gives_what_is_said() -> None:
    user, here = re.findall(r"```yaml\n(.*?)```", CONFIGURATION, re.DOTALL)[:2]
    world = MemoryWorld({Path("/u/copydesk/config.yaml"): user.encode(), Path("/d/copydesk.yaml"): here.encode()})
    config = load_config(world=world, folder=Path("/d"), environ={"XDG_CONFIG_HOME": "/u", "APPDATA": "/u"})
    assert config.to == ("epub",)
    assert (config.limits.pictures, config.limits.notes) == (50, 100)
    assert Path(config.theme) == Path("/d/house.yaml")


def test_the_findings_of_a_configuration_shown_are_those_that_are_made() -> None:
    shown = re.findall(r"```\n(copydesk\.yaml:.*?)```", CONFIGURATION, re.DOTALL)[0]
    text = "theem: modern\ntime-zone: Europe/Istambul\nlimits:\n  nodes: 5\n  nodes: 6\n"
    world = MemoryWorld({Path("copydesk.yaml"): text.encode()})
    with pytest.raises(SettingsError) as caught:
        load_config(world=world, environ={})
    assert list(caught.value.findings) == shown.splitlines()
