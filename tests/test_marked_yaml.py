"""The YAML reader: places, all findings at once, and what it refuses."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct

from convert.errors import SettingsError
from convert.marked_yaml import Findings, Parsed, compose, merge, read


def _metres(text: str) -> float:
    if not text.endswith("m"):
        raise ValueError(text)
    return float(text[:-1])


class Inner(Struct, frozen=True, rename="kebab"):
    deep_key: int = 1


class Sample(Struct, rename="kebab"):
    name: str = ""
    count: Annotated[int, Meta(gt=0)] = 1
    ratio: float = 1.0
    on: bool = False
    kind: Literal["red", "green"] = "red"
    many: tuple[str, ...] = ()
    some: dict[str, float] = {}
    known: dict[Literal["left", "right"], int] = {}
    maybe: int | None = 7
    inner: Inner = Inner()
    length: Annotated[float, Parsed(_metres, "a length in m")] = 0.0
    filled: Annotated[tuple[str, ...], Meta(min_length=1)] = ("x",)


class Strict(Struct):
    needed: str
    other: int = 0


def findings(text: str | bytes, kind: type[object] = Sample) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(text, kind, "a.yaml")
    assert caught.value.exit_code == 2
    return list(caught.value.findings)


def test_every_type_is_read() -> None:
    text = """\
name: no
count: 1_000
ratio: -2
on: yes
kind: green
many: [a, 'b c']
some: {x: 1.5}
known: {left: 3}
maybe: none
inner:
  deep-key: 4
length: 2.5m
filled: [a]
"""
    assert read(text, Sample, "a.yaml") == Sample(
        name="no", count=1000, ratio=-2.0, on=True, kind="green", many=("a", "b c"), some={"x": 1.5},
        known={"left": 3}, maybe=None, inner=Inner(4), length=2.5, filled=("a",),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "# only a comment\n", "~", "---\n", "{}"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert read(text, Sample, "a.yaml") == Sample()


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfname: x", "name: x\r\ncount: 1\r\n"])
def test_marks_of_bytes_and_windows_lines_do_no_harm(text: bytes | str) -> None:
    assert read(text, Sample, "a.yaml").name == "x"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("nmae: x", "a.yaml:1:1: Unknown key 'nmae'; did you mean 'name'?"),
        ("NAME: x", "a.yaml:1:1: Unknown key 'NAME'; did you mean 'name'?"),
        ("inner:\n  deep_key: 2", "a.yaml:2:3: Unknown key 'deep_key'; did you mean 'deep-key'?"),
        ("inner: {zzz: 2}", "a.yaml:1:9: Unknown key 'zzz'; known here: deep-key."),
        ("known: {rihgt: 2}", "a.yaml:1:9: Unknown key 'rihgt'; did you mean 'right'?"),
        ("ratio: big", "a.yaml:1:8: 'ratio': expected a number, found 'big'."),
        ("ratio: nan", "a.yaml:1:8: 'ratio': expected a number, found 'nan'."),
        ("ratio: 1e999", "a.yaml:1:8: 'ratio': expected a number, found '1e999'."),
        ("count: 1.5", "a.yaml:1:8: 'count': expected a whole number, found '1.5'."),
        ("count: ²", "a.yaml:1:8: 'count': expected a whole number, found '²'."),
        ("count: 0", "a.yaml:1:8: 'count': expected more than 0, found '0'."),
        ("count: '3'", "a.yaml:1:8: 'count': expected a whole number, found '3' in quotes."),
        ("count:", "a.yaml:1:7: 'count': expected a whole number, found nothing."),
        ("count: [1]", "a.yaml:1:8: 'count': expected a whole number, found a list."),
        ("name: {a: 1}", "a.yaml:1:7: 'name': expected a text, found a mapping."),
        ("on: 1", "a.yaml:1:5: 'on': expected true or false, found '1'."),
        ("kind: geren", "a.yaml:1:7: 'kind': expected red, green, found 'geren'; did you mean 'green'?"),
        ("kind: [red]", "a.yaml:1:7: 'kind': expected red, green, found a list."),
        ("many: a", "a.yaml:1:7: 'many': expected a list, found 'a'."),
        ("many:\n  - a\n  - [b]", "a.yaml:3:5: 'many': expected a text, found a list."),
        ("some: [1]", "a.yaml:1:7: 'some': expected a mapping, found a list."),
        ("some: {x: y}", "a.yaml:1:11: 'x': expected a number, found 'y'."),
        ("maybe: x", "a.yaml:1:8: 'maybe': expected a whole number, found 'x'."),
        ("inner: 3", "a.yaml:1:8: 'inner': expected a mapping, found '3'."),
        ("length: 3", "a.yaml:1:9: 'length': expected a length in m, found '3'."),
        ("filled: []", "a.yaml:1:9: 'filled': expected at least one entry, found a list."),
        ("name: a\ncount: 2\nname: b", "a.yaml:3:1: The key 'name' stands here twice; it is already in line 1."),
        ("name: !!python/name:os.system x", "a.yaml:1:7: Tags (tag:yaml.org,2002:python/name:os.system) are not read here; leave it out."),
        ("name: !custom x", "a.yaml:1:7: Tags (!custom) are not read here; leave it out."),
        ("name: &a x", "a.yaml:1:7: Anchors (&a) are not read here; write the value out."),
        ("- a", "a.yaml:1:1: Expected a mapping, found a list."),
        ("a text", "a.yaml:1:1: Expected a mapping, found 'a text'."),
        ("name: a\n--- \nname: b", "a.yaml:2:1: A second document begins here ('---'); one file holds one."),
        ("? [a, b]\n: c", "a.yaml:1:3: A key must be one word, not a list or mapping."),
        ("name: a: b", "a.yaml:1:8: This is not YAML: a second colon stands here, or the line above is indented otherwise; put texts with a colon in quotes."),
        ("inner:\n\tdeep-key: 1", "a.yaml:2:1: This is not YAML: a tab stands here; indent with spaces."),
        (b"name: \xff", "a.yaml:1:1: The file is not UTF-8 (line 1). Save it as UTF-8."),
        (b"name: x\ncount: \xe9\n", "a.yaml:1:1: The file is not UTF-8 (line 2). Save it as UTF-8."),
    ],
)  # fmt: skip
def test_a_finding_has_its_place_and_its_sentence(text: str | bytes, finding: str) -> None:
    assert findings(text) == [finding]


def test_a_missing_key_is_named_where_it_belongs() -> None:
    assert findings("other: 1", Strict) == ["a.yaml:1:1: The key 'needed' is missing here."]


def test_all_findings_come_at_once_in_the_order_of_the_file() -> None:
    text = "count: big\nnmae: x\ninner:\n  deep-key: x\nname: a\nname: b\n"
    assert [line.split(": ")[0] for line in findings(text)] == ["a.yaml:1:8", "a.yaml:2:1", "a.yaml:4:13", "a.yaml:6:1"]


def test_a_flood_of_findings_is_cut_short() -> None:
    lines = findings("\n".join(f"zz{k}: 1" for k in range(200)))
    assert len(lines) == 51
    assert lines[-1] == "a.yaml:51:1: And 150 more findings."


def test_an_exploding_alias_ends_in_a_clear_error() -> None:
    text = "a0: &a0 [x, x]\n" + "".join(f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]\n" for k in range(1, 12))
    lines = findings(text)
    assert "a.yaml:1:5: Anchors (&a0) are not read here; write the value out." in lines
    assert "a.yaml:2:10: Aliases (*a0) are not read here; write the value out." in lines


@pytest.mark.parametrize("text", ["[" * 100_000, "many: " + "[" * 900 + "]" * 900, "{a: " * 5000])
def test_depth_is_capped(text: str) -> None:
    assert "Values are nested more than 20 deep here." in findings(text)[0]


@pytest.mark.parametrize("text", ["x" * 10_000_000, b"#" * 10_000_000])
def test_a_file_of_ten_megabytes_is_refused(text: str | bytes) -> None:
    assert findings(text) == ["a.yaml:1:1: The file is too large for settings (more than 256 KiB)."]


def test_long_values_are_shortened_in_findings() -> None:
    assert len(findings("count: " + "x" * 5000)[0]) < 150


def test_merging_goes_key_by_key_and_keeps_places() -> None:
    found = Findings("test")
    below = compose("a: {x: 1, y: 2}\nb: [1, 2]\n", "low.yaml", found)
    above = compose("a: {y: 3}\nb: [4]\n", "high.yaml", found)
    merged = merge(below, above)
    assert merged.at("a", "x").value == "1"
    assert str(merged.at("a", "x").place) == "low.yaml:1:8"
    assert merged.at("a", "y").value == "3"
    assert str(merged.at("a", "y").place) == "high.yaml:1:8"
    assert [one.value for one in merged.at("b").value] == ["4"]  # type: ignore[union-attr]


def test_the_parser_written_in_python_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert findings("count: big\ninner:\n  deep_key: 1") == [
        "a.yaml:1:8: 'count': expected a whole number, found 'big'.",
        "a.yaml:3:3: Unknown key 'deep_key'; did you mean 'deep-key'?",
    ]
    assert "nested more than 20" in findings("[" * 2000)[0]
