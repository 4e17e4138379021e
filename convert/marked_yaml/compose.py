"""From YAML text to the marked tree, by the parser's events."""

from __future__ import annotations

from typing import Any

import yaml
from msgspec import Struct

from convert.marked_yaml.nodes import Findings, Marked, Place, empty, shown

__all__ = ["compose"]

MAX_BYTES = 262_144
MAX_DEPTH = 20
TOO_DEEP = f"Values are nested more than {MAX_DEPTH} deep here."


def compose(data: bytes | str, file: str, findings: Findings) -> Marked:
    """The marked tree of one YAML document, an empty mapping when it holds nothing.

    What makes the text unreadable raises SettingsError at once (with what was found before);
    duplicate keys, tags, anchors and aliases become findings.
    """
    builder = _Builder(file, findings)
    text = ""
    try:
        text = _text(data)
        # The C parser (ten times faster) is not in every build of PyYAML.
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        for event in yaml.parse(text, Loader=loader):
            builder.feed(event)
    except _BrokenError as error:
        findings.add(error.place or Place(file), str(error))
        findings.check()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = _place(file, mark) if mark else Place(file)
        problem = _problem(error, _line(text, place))
        # From 6.0.4 on PyYAML's scanner, which runs ahead of the events, stops at a depth of its own (1,000).
        deep = "nesting depth" in problem
        findings.add(place, TOO_DEEP if deep else f"This is not YAML: {problem}.")
        findings.check()
    return builder.root or empty(file)


def _text(data: bytes | str) -> str:
    if len(data) > MAX_BYTES:
        raise _BrokenError(f"The file is too large for settings (more than {MAX_BYTES // 1024} KiB).")
    try:
        return data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if isinstance(data, bytes) else 1
        raise _BrokenError(f"The file is not UTF-8 (line {line}). Save it as UTF-8.") from None


def _line(text: str, place: Place) -> str:
    lines = text.splitlines()
    return lines[place.line - 1] if place.line <= len(lines) else ""


def _problem(error: yaml.YAMLError, line: str) -> str:
    """The parser's complaint about a line in words that help."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed")
    if "cannot start any token" in problem and "\t" in line[: len(line) - len(line.lstrip()) + 1]:
        return "a tab stands here; indent with spaces"
    if "mapping values are not allowed" in problem:
        return "a second colon stands here, or the line above is indented otherwise; put texts with a colon in quotes"
    return problem.rstrip(".")


def _place(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


class _BrokenError(Exception):
    """The text cannot be read any further."""

    def __init__(self, sentence: str, place: Place | None = None) -> None:
        super().__init__(sentence)
        self.place = place


class _Frame(Struct):
    """A list or mapping that is not closed yet."""

    place: Place
    key: Place
    values: list[Marked] | dict[str, Marked]
    pending: tuple[str, Place] | None = None


class _Builder:
    """Builds the marked tree from the parser's events, without recursion."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.root: Marked | None = None
        self._open: list[_Frame] = []
        self._documents = 0

    def feed(self, event: Any) -> None:
        """Take one event."""
        place = _place(self.file, event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self.findings.add(place, f"Aliases (*{shown(str(event.anchor))}) are not read here; write the value out.")
            self._scalar("", place, quoted=False)
            return
        if isinstance(event, yaml.NodeEvent):
            self._plain(event, place)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _BrokenError("A second document begins here ('---'); one file holds one.", place)
            case yaml.ScalarEvent():
                self._scalar(event.value, place, quoted=event.style in {"'", '"', "|", ">"})
            case yaml.MappingStartEvent():
                self._start({}, place)
            case yaml.SequenceStartEvent():
                self._start([], place)
            case yaml.CollectionEndEvent():
                self._end()

    def _plain(self, event: Any, place: Place) -> None:
        """Refuse what makes YAML more than data: tags and anchors."""
        if event.anchor:
            self.findings.add(place, f"Anchors (&{shown(event.anchor)}) are not read here; write the value out.")
        if event.__class__ is not yaml.AliasEvent and event.tag not in {None, "!"}:
            self.findings.add(place, f"Tags ({shown(event.tag)}) are not read here; leave it out.")

    def _start(self, values: list[Marked] | dict[str, Marked], place: Place) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _BrokenError(TOO_DEEP, place)
        if self._key_next():
            raise _BrokenError("A key must be one word, not a list or mapping.", place)
        self._open.append(_Frame(place, self._key_place(place), values))

    def _end(self) -> None:
        frame = self._open.pop()
        values = frame.values
        self._put(Marked(tuple(values) if isinstance(values, list) else values, frame.place, frame.key))

    def _scalar(self, text: str, place: Place, *, quoted: bool) -> None:
        if self._key_next():
            self._open[-1].pending = (text, place)
        else:
            self._put(Marked(text, place, self._key_place(place), quoted))

    def _key_next(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].values, dict) and self._open[-1].pending is None

    def _key_place(self, place: Place) -> Place:
        pending = self._open[-1].pending if self._open else None
        return pending[1] if pending else place

    def _put(self, node: Marked) -> None:
        if not self._open:
            self.root = None if node.nothing else node
            return
        frame = self._open[-1]
        if isinstance(frame.values, list):
            frame.values.append(node)
        elif frame.pending:
            key, place = frame.pending
            frame.pending = None
            if key in frame.values:
                line = frame.values[key].key.line
                self.findings.add(place, f"The key '{shown(key)}' stands here twice; it is already in line {line}.")
            frame.values[key] = node
