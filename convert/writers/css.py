"""A theme as CSS: one translation for screens, EPUB and PDF.

Sizes are em of the running text, vertical spaces are units of the theme, colours are its own. EPUB
gets the subset that Kindle follows: no variables, no grid, no logical properties, relative sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from msgspec import Struct, structs

from convert.themes.fonts import font_stack
from convert.themes.model import Border, Style, StyleName, Theme
from convert.writers.css_rules import RULES, Rule

__all__ = ["Target", "border", "css_string", "declarations", "font_family", "number", "stylesheet"]

Target = Literal["screen", "epub", "pdf"]
Declarations = dict[str, str]


_ALIGN = {"centre": "center", "justify": "justify"}
_FIGURES = {
    "default": "normal", "lining": "lining-nums", "oldstyle": "oldstyle-nums",
    "tabular": "lining-nums tabular-nums",
}  # fmt: skip
_BULLETS = {"•": "disc", "◦": "circle", "▪": "square"}
_HEAD: tuple[StyleName, ...] = ("section", "headline", "deck", "byline", "dateline")
_RAISED = "0.72em"
"""Raised and lowered signs, against the letters they stand by: larger ones hit the line above."""


def number(value: float) -> str:
    """A number as CSS has it, to a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0" if abs(value) >= 0.0005 else "0"


def em(value: float) -> str:
    """A length in em."""
    return "0" if number(value) == "0" else number(value) + "em"


def css_string(text: str) -> str:
    """Text as a CSS string that is safe in a style element too: signs of markup become escapes."""
    return (
        '"'
        + "".join(c if c.isalnum() or c in " -–—·.,:/|()" or ord(c) > 0xA0 else f"\\{ord(c):x} " for c in text)
        + '"'
    )


def font_family(theme: Theme, key: str) -> str:
    """The value of font-family: the theme's font, what it falls back to in the theme, a generic family."""
    return ", ".join([*(css_string(one.family) for one in font_stack(theme, key)), theme.fonts[key].generic])


def border(line: Border | None, target: Target) -> str:
    """A line's value: points on paper, elsewhere whole pixels, since a thinner line may vanish."""
    if line is None:
        return "0"
    width = f"{number(line.width)}pt" if target == "pdf" else f"{max(1, round(line.width * 4 / 3))}px"
    return f"{width} solid {line.colour}"


class Translator(Struct, frozen=True):
    """Turns styles into declarations for one target and one direction of reading."""

    theme: Theme
    target: Target
    rtl: bool = False

    def side(self, edge: Literal["start", "end"]) -> str:
        """What ends the name of a property for an edge: Kindle knows only left and right."""
        if self.target != "epub":
            return f"inline-{edge}"
        return "left" if (edge == "start") != self.rtl else "right"

    def align(self, style: Style) -> str:
        if style.align in _ALIGN:
            return _ALIGN[style.align]
        edge: Literal["start", "end"] = "end" if style.align == "end" else "start"
        return self.side(edge) if self.target == "epub" else edge

    def size(self, ratio: float) -> str:
        """A size of type. In EPUB it is bounded: a theme may be wilder than small readers are wide."""
        return em(min(max(ratio, 0.6), 4) if self.target == "epub" else ratio)

    def units(self, count: float, style: Style) -> str:
        """Vertical space in units of the theme, as em of a style."""
        return em(count * self.theme.unit / style.size)

    def breaks(self, where: Literal["after", "before", "inside"]) -> str:
        """The property that keeps pages from breaking; EPUB readers know its older name."""
        return f"{'page-' if self.target == 'epub' else ''}break-{where}"

    def font(self, style: Style, parent: Style | None) -> Declarations:
        """What a style's characters look like, as far as it differs from what they inherit."""
        every: list[tuple[str, Callable[[Style], str]]] = [
            ("font-family", lambda s: font_family(self.theme, s.font)),
            ("font-weight", lambda s: str(s.weight)),
            ("font-style", lambda s: "italic" if s.italic and not self.rtl else "normal"),
            ("color", lambda s: s.colour),
            ("letter-spacing", lambda s: em(0 if self.rtl else s.tracking)),
            ("text-transform", lambda s: "uppercase" if s.caps == "all" else "none"),
            ("font-variant-caps", lambda s: "small-caps" if s.caps == "small" else "normal"),
            ("font-variant-numeric", lambda s: _FIGURES[s.figures]),
        ]
        made = {name: of(style) for name, of in every if parent is None or of(style) != of(parent)}
        if made.get("letter-spacing") == "0":
            made["letter-spacing"] = "normal"
        if self.target == "epub" and "font-variant-caps" in made:
            made["font-variant"] = made.pop("font-variant-caps")
        return made

    def lines(self, style: Style, parent: Style | None) -> Declarations:
        """How a style's lines are set: leading, alignment, hyphens."""
        made: Declarations = {}
        if parent is None or number(style.leading) != number(parent.leading):
            made["line-height"] = number(style.leading)
        if parent is None or style.align != parent.align:
            made["text-align"] = self.align(style)
        if parent is None or style.hyphenate != parent.hyphenate:
            hyphens = "auto" if style.hyphenate else "manual"
            made.update({"-webkit-hyphens": hyphens} if self.target != "pdf" else {}, hyphens=hyphens)
        return made

    def box(self, style: Style) -> Declarations:
        """A style's spaces, lines and ground."""
        made = {
            "margin-top": self.units(style.space_before, style),
            "margin-bottom": self.units(style.space_after, style),
            f"margin-{self.side('start')}": em(style.margin_start / style.size),
            f"margin-{self.side('end')}": em(style.margin_end / style.size),
        }
        pad = em(style.padding / style.size)
        edges = {
            "top": style.border_top, "bottom": style.border_bottom, self.side("start"): style.border_start,
        }  # fmt: skip
        for edge, line in edges.items():
            if line:
                made[f"border-{edge}"] = border(line, self.target)
                made[f"padding-{edge}"] = pad
        if style.background:
            made.update({"background-color": style.background, "padding": pad})
        return made

    def keep(self, style: Style) -> Declarations:
        made: Declarations = {}
        if style.keep_with_next:
            made[self.breaks("after")] = "avoid"
        if style.keep_together:
            made[self.breaks("inside")] = "avoid"
        return made

    def rule(self, rule: Rule) -> Declarations:
        """All declarations of one rule of the table."""
        style, parent = self.theme.styles[rule.style], self.theme.styles[rule.within]
        inherits = None if rule.reset else parent
        made: Declarations = {}
        if number(style.size) != number(parent.size) or rule.reset:
            made["font-size"] = self.size(style.size / parent.size)
        made.update(self.font(style, None if rule.reset and not rule.inline else inherits))
        if rule.inline:
            made.update(self.ink(style))
        else:
            made.update(self.lines(style, inherits), **self.box(style), **self.keep(style))
        if rule.selector == "a":
            made = {"color": style.colour, "text-decoration": "underline" if style.underline else "none"}
        return made

    def ink(self, style: Style) -> Declarations:
        return {"background-color": style.background} if style.background else {}


def declarations(made: Mapping[str, str]) -> str:
    """Declarations as text."""
    return "; ".join(f"{name}: {value}" for name, value in made.items())


def stylesheet(theme: Theme, target: Target, direction: str = "ltr") -> str:
    """The whole stylesheet of a theme for a target, one rule a line. The PDF's pages are not in it."""
    to = Translator(theme, target, direction == "rtl")
    rules = [*_ground(to), *_paragraphs(to), *((rule.selector, to.rule(rule)) for rule in RULES)]
    rules += [*_nested(to), *_lists(to), *_tables(to), *_pictures(to), *_details(to), *_scripts(to)]
    if target == "pdf":
        rules += _pages(to)
    if target == "epub":
        rules += _front(to)
    return "".join(f"{selector} {{ {declarations(made)} }}\n" for selector, made in rules if made)


Rules = Iterator[tuple[str, Declarations]]


def _ground(to: Translator) -> Rules:
    """The sheet and the running text. EPUB leaves ground and ink to the reader, who may like it dark."""
    theme, body = to.theme, to.theme.styles["body"]
    sizes = {
        "pdf": f"{number(theme.sizes.pdf * body.size)}pt", "epub": to.size(theme.sizes.epub * body.size),
        "screen": em(theme.sizes.screen * body.size),
    }  # fmt: skip
    text = {"margin": "0", "font-size": sizes[to.target], **to.font(body, None), **to.lines(body, None)}
    if to.target == "epub":
        text = {name: value for name, value in text.items() if name not in ("color", "margin", "font-size")}
        text["font-size"] = sizes["epub"]
    else:
        text["background-color"] = theme.colours["paper"]
    if to.target == "screen":
        yield "html", {"background-color": theme.colours["paper"], "-webkit-text-size-adjust": "100%"}
    yield "body", {**text, "hyphenate-limit-chars": "5 2 3", "orphans": str(theme.orphans), "widows": str(theme.widows)}
    if to.target == "screen":
        side = em(theme.unit * 2)
        yield "article", {"max-width": em(theme.measure), "margin": "0 auto", "padding": f"{em(theme.unit * 4)} {side}"}


def _paragraphs(to: Translator) -> Rules:
    """Running text: the first paragraph after anything else has no indent."""
    body = to.theme.styles["body"]
    space = {"margin": f"{to.units(body.space_before, body)} 0 {to.units(body.space_after, body)} 0"}
    yield "p", {**space, "text-indent": "0"}
    yield "p + p", {"text-indent": em(body.indent)}
    for name in ("lede", "question", "answer"):
        yield f"p + p.{name}", {"text-indent": em(to.theme.styles[name].indent)}
    yield "header p + p, figcaption + p", {"text-indent": "0"}
    head = max(to.theme.styles[name].space_after for name in _HEAD)
    yield "header", {"margin-bottom": to.units(head, body)}  # whichever part comes last
    yield "p.lines, p + p.lines", {"text-indent": "0", "text-align": to.align(structs.replace(body, align="start"))}
    if to.target == "screen":
        yield "h1, h2, h3, .deck", {"text-wrap": "balance"}
    for rule in RULES:
        if rule.holds:
            style = to.theme.styles[rule.style]
            apart = {} if style.indent or body.space_after or body.space_before else {"margin-top": to.units(1, style)}
            yield _each(rule.selector, "p + p"), {"text-indent": em(style.indent), **apart}


def _nested(to: Translator) -> Rules:
    """Sizes are em, so what holds blocks takes the size of what it stands in, and not the product."""
    holders = ["ul", "ol", "table", "blockquote", ".aside", ".embed", ".correction", "dl", "pre"]
    yield (
        ", ".join(f"{outer} {inner}" for outer in holders for inner in holders if outer != "pre"),
        {"font-size": "1em"},
    )
    yield "pre code", {"font-size": "1em", "background-color": "transparent"}
    boxes = ("blockquote", "aside", "pull-quote", "embed", "correction", "about")
    dressed = [rule.selector for rule in RULES if rule.style in (*boxes, "quote") and rule.holds]
    for edge, place in (("top", "first"), ("bottom", "last")):
        ends = ", ".join(_each(selector, f"> :{place}-child") for selector in dressed)
        yield f"{ends}, li > :{place}-child, td > :{place}-child, th > :{place}-child", {f"margin-{edge}": "0"}


def _lists(to: Translator) -> Rules:
    """Marks hang before the text; a list stands a unit off, its items as the theme's list-item says."""
    item, note = to.theme.styles["list-item"], to.theme.styles["note"]
    start = f"padding-{to.side('start')}"
    indent = em(item.margin_start / item.size)
    around = to.units(1, item)
    side = {f"margin-{to.side('start')}": "0", f"margin-{to.side('end')}": em(item.margin_end / item.size)}
    yield "ul, ol", {"margin-top": around, "margin-bottom": around, **side, start: indent}
    yield "li ul, li ol", {"margin-top": "0", "margin-bottom": "0"}
    yield "li", {"margin-top": to.units(item.space_before, item), "margin-bottom": to.units(item.space_after, item)}
    yield "li > p, li > p:last-child", {"margin-bottom": around}
    yield "li:last-child > p:last-child", {"margin-bottom": "0"}
    marks = to.theme.bullets
    for level in range(4 if marks else 0):
        mark = _BULLETS.get(marks[level % len(marks)]) if to.target != "pdf" else None
        yield (
            " ".join(["ul"] * (level + 1)),
            {"list-style-type": mark or css_string(marks[level % len(marks)] + "\u2002")},
        )
    yield "ul.tasks", {"list-style-type": "none"}
    yield ".notes ol", {"margin": "0", start: em(max(note.margin_start, item.margin_start) / note.size)}
    yield ".notes li", {
        "margin-top": to.units(note.space_before, note), "margin-bottom": to.units(note.space_after, note),
    }  # fmt: skip
    yield ".notes li p + p", {"text-indent": em(note.indent)}


def _tables(to: Translator) -> Rules:
    """Few rules, no upright ones: above and below the head and below the last row."""
    head, cell = to.theme.styles["table-header"], to.theme.styles["table-cell"]
    yield "table", {
        "width": "100%", "border-collapse": "collapse", "margin": f"{to.units(2, cell)} 0", "padding": "0",
        "border-top": border(head.border_top, to.target),
        "border-bottom": border(cell.border_bottom or head.border_bottom, to.target),
    }  # fmt: skip
    for names, style, parent in (("th", head, cell), ("td, tbody th", cell, cell)):
        pad = style.padding / style.size
        yield names, {
            "padding": f"{em(pad)} {em(2 * pad)}", "vertical-align": "top",
            **to.lines(style, None if names == "th" else parent), "text-align": to.align(style),
        }  # fmt: skip
    yield "thead th, thead td", {"vertical-align": "bottom", "border-bottom": border(head.border_bottom, to.target)}
    if cell.border_top:
        yield "tbody tr + tr > *", {"border-top": border(cell.border_top, to.target)}
    yield ".figures", {"text-align": to.side("end").replace("inline-", ""), "white-space": "nowrap"}
    yield ".left", {"text-align": "left"}
    yield ".centre", {"text-align": "center"}
    yield ".right", {"text-align": "right"}
    yield "td, th", {"overflow-wrap": "break-word", "text-indent": "0"}
    yield "tr", {to.breaks("inside"): "avoid"}
    if to.target != "pdf":  # there, long tables alone are told so
        yield "table", {to.breaks("inside"): "auto"}


def _pictures(to: Translator) -> Rules:
    caption = to.theme.styles["caption"]
    space = to.units(caption.space_after, to.theme.styles["body"])
    yield "figure", {"margin": f"{space} 0", to.breaks("inside"): "avoid"}
    yield "figcaption", {"margin-bottom": "0", "text-indent": "0"}
    yield "img", {"max-width": "100%", "height": "auto"}
    yield "figure img", {"display": "block"}
    yield ".full img", {"width": "100%"}
    yield ".gallery figure", {"margin": f"0 0 {to.units(1, to.theme.styles['body'])} 0"}
    if to.target != "epub":
        side = f"margin-{to.side('end')}"
        yield ".gallery figure", {"display": "inline-block", "width": "48.5%", "vertical-align": "top", side: "3%"}
        yield ".gallery figure:nth-of-type(even)", {side: "0"}


def _details(to: Translator) -> Rules:
    """Small things that no style of their own stands for."""
    line = to.theme.styles["rule"]
    edges = {"margin-top": to.units(line.space_before, line), "margin-bottom": to.units(line.space_after, line)}
    sides = {f"margin-{to.side('start')}": em(line.margin_start), f"margin-{to.side('end')}": em(line.margin_end)}
    yield (
        "hr",
        {"border": "0", "border-top": border(line.border_top or line.border_bottom, to.target), **edges, **sides},
    )
    attribution = to.theme.styles["quote-attribution"]
    yield ".quote > blockquote", {"margin-bottom": to.units(attribution.space_before, to.theme.styles["quote"])}
    yield ".quote-attribution", {"text-indent": "0"}
    yield (
        "pre",
        {"white-space": "pre-wrap", "overflow-wrap": "break-word", "text-align": to.align(to.theme.styles["code"])},
    )
    yield "pre, code", {"hyphens": "none"}
    yield "sup, sub", {"line-height": "0", "font-size": _RAISED}
    yield ".address", {"hyphens": "none", "overflow-wrap": "anywhere"}
    # A way back stands in a line, where a link told by its colour alone is none to some (WCAG 2.1, 1.4.1).
    yield ".noteref a" if to.target != "pdf" else ".noteref a, .back", {"text-decoration": "none"}
    yield "dl", {"margin": f"{to.units(1, to.theme.styles['term'])} 0"}
    for rule in RULES:
        if to.theme.styles[rule.style].italic:
            yield _each(rule.selector, "em"), {"font-style": "normal"}
    yield "a", {"overflow-wrap": "break-word"}


def _scripts(to: Translator) -> Rules:
    """Scripts that are set otherwise: they have no italic, and Chinese, Japanese, Korean more room between lines."""
    east = tuple(f":lang({language})" for language in ("zh", "ja", "ko"))
    upright = (*east, *(f":lang({language})" for language in ("ar", "fa", "he", "ur", "yi")))
    yield ", ".join(f"{lang} em" for lang in upright), {"font-style": "normal", "font-weight": "700"}
    yield ", ".join(f"p{lang}, {lang} p, {lang} li" for lang in east), {"line-height": "1.7", "text-indent": "0"}
    if to.target == "epub":
        yield '[dir="rtl"]', {"text-align": "right"}
        yield '[dir="ltr"]', {"text-align": "left"}


def _pages(to: Translator) -> Rules:
    """What only a printed page needs: nothing alone at its foot or head."""
    yield "img", {"image-rendering": "crisp-edges"}
    yield "h2 + p, h3 + p, h4 + p, h5 + p, h6 + p", {"break-after": "avoid"}  # it may be a single line
    yield "li:first-child:not(:last-child), dt, tbody tr:first-child:not(:last-child)", {"break-after": "avoid"}
    yield "li:last-child:not(:first-child), tbody tr:last-child:not(:first-child)", {"break-before": "avoid"}
    yield "caption", {"break-after": "avoid"}
    yield "thead", {"display": "table-header-group", "break-inside": "avoid", "break-after": "avoid"}
    yield ".quote-attribution, .embed-provider", {"break-before": "avoid"}
    yield "a", {"overflow-wrap": "anywhere"}
    yield "pre", {"overflow-wrap": "anywhere", "orphans": "3", "widows": "3"}
    page = to.theme.page
    if page.columns > 1:
        yield ".text", {"columns": str(page.columns), "column-gap": f"{number(page.column_gap)}mm"}


def _front(to: Translator) -> Rules:
    """What stands before an EPUB's articles: the cover, under a band as the drawn one has it, and the contents."""
    style = to.theme.styles["section"]
    yield ".cover", {"border-top": f"8px solid {style.colour}", "padding-top": em(4 * to.theme.unit)}
    yield ".cover p, .cover p + p", {"text-indent": "0"}
    yield "nav ol", {"list-style-type": "none"}


def _each(selector: str, below: str) -> str:
    """Each selector of a list, followed by what is below it."""
    return ", ".join(f"{one.strip()} {below}" for one in selector.split(","))
