"""What a drawing costs: its elements, each counted as often as it is drawn.

An element is drawn again by each `use` of it and, as paint, clip, mask or mark, by each element that names it in
`url(#…)`. Paints and marks are inherited, so what a group names counts for everything in the group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from convert.assets.missing import MissingError

__all__ = ["MOST_ELEMENTS", "SVG", "XLINK", "bound"]

MOST_ELEMENTS = 10_000
"""Elements that are drawn, those that are drawn again counted each time: a PDF takes about 0.2 ms for one."""

DEEPEST = 100

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"

NOT_INHERITED = frozenset(("clip-path", "mask", "filter"))
"""Properties that an element has for itself alone (SVG 1.1, appendix N); `marker…` is drawn at every point."""

_REFERENCE = re.compile(r"url\(\s*['\"]?\s*#([^'\")]*)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_KEYS = (re.compile(r"#[\w-]+"), re.compile(r"\.[\w-]+"), re.compile(r"^[\w-]+"))
"""What of the last part of a selector says which elements it may mean: an id, else a class, else a name."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?")

Named = tuple[str, str]
"""A property, and the id that its value names."""


class _Cost(Struct, frozen=True):
    """Of an element with all that is in it: its elements, the points of its lines, and what drawing it costs."""

    parts: int
    points: int
    drawn: int


def bound(root: etree._Element) -> None:
    """Raise MissingError for a drawing that would take long to draw, or would never end."""
    _Count(root).cost(root, frozenset())


class _Count:
    def __init__(self, root: etree._Element) -> None:
        self.ids = {str(node.get("id")).strip(): node for node in root.iter() if node.get("id")}
        self.rules = _rules(root)
        self.costs: dict[etree._Element, _Cost] = {}

    def cost(self, node: etree._Element, above: frozenset[etree._Element]) -> _Cost:
        """What an element costs that is drawn inside of those `above`."""
        if node in self.costs:
            return self.costs[node]
        if node in above or len(above) > DEEPEST:
            raise MissingError("picture.svg", "The drawing (SVG) repeats itself without end, or nests too deeply.")
        inner = above | {node}
        parts, drawn = 1, 1
        points = len(_NUMBER.findall(node.get("d") or node.get("points") or "")) // 2
        for child in (*node, *self._used(node)):
            one = self.cost(child, inner)
            parts, points, drawn = parts + one.parts, points + one.points, drawn + one.drawn
        for name, key in self._named(node):
            if key in self.ids:
                times = 1 if name in NOT_INHERITED else points if name.startswith("marker") else parts
                drawn += times * self.cost(self.ids[key], inner).drawn
            if drawn > MOST_ELEMENTS:
                break
        if drawn > MOST_ELEMENTS:
            raise MissingError("limit.svg", f"The drawing (SVG) has more than {MOST_ELEMENTS:,} parts.")
        self.costs[node] = _Cost(parts, points, drawn)
        return self.costs[node]

    def _used(self, node: etree._Element) -> list[etree._Element]:
        """What an element takes over by its address: a `use` draws it, a pattern and a gradient fill it in."""
        address = (node.get("href") or node.get(f"{{{XLINK}}}href") or "").strip()
        target = self.ids.get(address[1:]) if address else None
        return [target] if target is not None else []

    def _named(self, node: etree._Element) -> Iterator[Named]:
        for key, value in node.attrib.items():
            if str(key) == "style":
                yield from _declared(str(value))
            else:
                yield from ((str(key), one) for one in _REFERENCE.findall(str(value)))
        names = (etree.QName(node).localname, f"#{node.get('id')}", "*")
        classes = (f".{one}" for one in str(node.get("class") or "").split())
        for name in (*names, *classes):
            yield from self.rules.get(name, ())


def _rules(root: etree._Element) -> dict[str, dict[Named, None]]:
    """What the style sheets name, by the elements that they may mean: more rather than fewer."""
    found: dict[str, dict[Named, None]] = {}
    for sheet in root.iter(f"{{{SVG}}}style"):
        for selectors, body in _RULE.findall(_COMMENT.sub("", "".join(map(str, sheet.itertext())))):
            named = dict.fromkeys(_declared(body))
            for selector in selectors.split(",") if named else ():
                last = re.split(r"[\s>+~]+", selector.strip())[-1]
                key = next((match[0] for pattern in _KEYS if (match := pattern.search(last))), "*")
                found.setdefault(key, {}).update(named)
    return found


def _declared(style: str) -> Iterator[Named]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        yield from ((name.strip().lower(), one) for one in _REFERENCE.findall(value))
