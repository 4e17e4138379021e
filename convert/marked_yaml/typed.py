"""From the marked tree to values of a type, leaf by leaf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from convert.marked_yaml.nodes import Findings, Marked, nearest, shown

__all__ = ["Parsed", "convert"]

T = TypeVar("T")


class Parsed(Struct, frozen=True):
    """In `Annotated[float, Parsed(length, "a length")]`: how a scalar's text becomes the value.

    `read` raises ValueError for a text it does not know; `noun` says in the finding what was expected.
    """

    read: Callable[[str], object]
    noun: str


class _Failed:
    """Stands for a value that could not be made; a finding says why."""


_FAILED: Final = _Failed()


def convert(node: Marked, kind: type[T], findings: Findings) -> T:
    """A marked tree as a value of `kind`, adding what is wrong to `findings`.

    Where anything was added the value is not usable: call `findings.check()` before touching it.
    """
    value: T = _convert(node, kind, findings, "")
    return value


def _convert(node: Marked, kind: Any, findings: Findings, name: str) -> Any:
    """`name` is the key the value stands under, for the finding."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _annotated(node, kind, findings, name)
    if origin in {Union, UnionType}:
        return _union(node, kind, findings, name)
    if origin is Literal:
        return _choice(node, get_args(kind), findings, name)
    if origin is tuple:
        return _tuple(node, get_args(kind)[0], findings, name)
    if origin is dict:
        return _dict(node, get_args(kind), findings, name)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _struct(node, kind, findings, name)
    return _leaf(node, kind, findings, name)


def _leaf(node: Marked, kind: Any, findings: Findings, name: str) -> Any:
    noun, parse = _LEAVES[kind]
    bare = kind is not str  # a number or switch in quotes is a text
    if isinstance(node.value, str) and not (bare and node.quoted) and not node.nothing:
        try:
            return parse(node.value)
        except ValueError:
            pass
    elif kind is str and node.value == "" and node.quoted:
        return ""
    return _wrong(node, noun, findings, name)


def _wrong(node: Marked, noun: str, findings: Findings, name: str) -> _Failed:
    key = f"'{name}': " if name else ""
    findings.add(node.place, f"{key}expected {noun}, found {_found(node)}.".replace("expected", "Expected", not name))
    return _FAILED


def _found(node: Marked) -> str:
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, tuple):
        return "a list"
    if node.nothing and not node.value:
        return "nothing"
    return f"'{shown(node.value)}'{' in quotes' if node.quoted else ''}"


def _whole(text: str) -> int:
    if not text.lstrip("+-").replace("_", "").isdecimal() or not text.isascii():
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    if not text.isascii() or text.lower().lstrip("+-") in {"nan", "inf", "infinity"}:
        raise ValueError(text)
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(text)
    return number


def _switch(text: str) -> bool:
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


_LEAVES: dict[Any, tuple[str, Callable[[str], object]]] = {
    str: ("a text", str),
    int: ("a whole number", _whole),
    float: ("a number", _number),
    bool: ("true or false", _switch),
}


def _annotated(node: Marked, kind: Any, findings: Findings, name: str) -> Any:
    base, *metas = get_args(kind)
    for meta in metas:
        if isinstance(meta, Parsed):
            return _parsed(node, meta, findings, name)
    value = _convert(node, base, findings, name)
    if value is not _FAILED:
        for meta in metas:
            if isinstance(meta, msgspec.Meta) and (wish := _broken(value, meta)):
                return _wrong(node, wish, findings, name)
    return value


def _parsed(node: Marked, meta: Parsed, findings: Findings, name: str) -> Any:
    if isinstance(node.value, str) and not node.nothing:
        try:
            return meta.read(node.value)
        except ValueError:
            pass
    return _wrong(node, meta.noun, findings, name)


def _broken(value: Any, meta: msgspec.Meta) -> str:
    """What a constraint asks for, when the value does not keep it."""
    limits: list[tuple[Any, str, Callable[[Any], bool]]] = [
        (meta.gt, "more than", lambda bound: value > bound),
        (meta.ge, "at least", lambda bound: value >= bound),
        (meta.lt, "less than", lambda bound: value < bound),
        (meta.le, "at most", lambda bound: value <= bound),
    ]
    wishes = [f"{words} {bound:g}" for bound, words, kept in limits if bound is not None and not kept(bound)]
    if meta.min_length is not None and len(value) < meta.min_length:
        wishes.append("at least one entry" if isinstance(value, tuple | dict) else "a text that is not empty")
    return " and ".join(wishes)


def _union(node: Marked, kind: Any, findings: Findings, name: str) -> Any:
    """`X | None`: an empty value, `null` or `none` is None."""
    if node.nothing:
        return None
    (wanted,) = (arm for arm in get_args(kind) if arm is not NoneType)
    return _convert(node, wanted, findings, name)


def _choice(node: Marked, choices: tuple[Any, ...], findings: Findings, name: str) -> Any:
    text = node.value
    by_text = {str(choice): choice for choice in choices}
    if isinstance(text, str) and text in by_text:
        return by_text[text]
    words = ", ".join(by_text) if len(by_text) <= 12 else "one of the known names"
    close = nearest(text, by_text) if isinstance(text, str) and text else ""
    key = f"'{name}': " if name else ""
    hint = close if close.startswith("; did") else "."
    sentence = f"{key}expected {words}, found {_found(node)}{hint}"
    findings.add(node.place, sentence if name else sentence[0].upper() + sentence[1:])
    return _FAILED


def _tuple(node: Marked, kind: Any, findings: Findings, name: str) -> Any:
    if not isinstance(node.value, tuple):
        return _wrong(node, "a list", findings, name)
    return tuple(_convert(item, kind, findings, name) for item in node.value)


def _dict(node: Marked, kinds: tuple[Any, ...], findings: Findings, name: str) -> Any:
    key_kind, value_kind = kinds
    if not isinstance(node.value, dict):
        return _wrong(node, "a mapping", findings, name)
    known = get_args(key_kind) if get_origin(key_kind) is Literal else ()
    made = {}
    for key, item in node.value.items():
        if known and key not in known:
            findings.unknown(item.key, "key", key, known)
        else:
            made[key] = _convert(item, value_kind, findings, key)
    return made


def _struct(node: Marked, kind: type[Struct], findings: Findings, name: str) -> Any:
    if node.nothing:
        node = Marked({}, node.place, node.key)
    if not isinstance(node.value, dict):
        return _wrong(node, "a mapping", findings, name)
    hints = get_type_hints(kind, include_extras=True)
    known = {key: (attribute, required) for key, attribute, required in _keys(kind)}
    made: dict[str, Any] = {}
    for key, item in node.value.items():
        if key in known:
            attribute = known[key][0]
            made[attribute] = _convert(item, hints[attribute], findings, key)
        else:
            findings.unknown(item.key, "key", key, known)
    for key, (attribute, required) in known.items():
        if required and attribute not in made:
            findings.add(node.key, f"{f'{name}: ' if name else ''}The key '{key}' is missing here.")
            made[attribute] = _FAILED
    return kind(**made)


def _keys(kind: type[Struct]) -> Iterator[tuple[str, str, bool]]:
    """Key in YAML, attribute, and whether it must be given, of each field of a Struct."""
    for one in fields(kind):
        required = one.default is NODEFAULT and one.default_factory is NODEFAULT
        yield one.encode_name.replace("_", "-"), one.name, required
