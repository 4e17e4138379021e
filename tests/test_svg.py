"""Drawings: what draws is kept, what runs, loads or repeats itself without end is not, and every format shows the rest."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from time import process_time

import pytest
from lxml import etree

import convert
from convert.assets.develop import develop
from convert.assets.missing import MissingError
from convert.assets.svg import clean_svg
from convert.config import Limits
from convert.tree import Asset, Document, Figure, Image, Metadata, Paragraph, Text
from convert.world import MemoryWorld

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
GOOD = (
    f'<svg {NS} viewBox="0 0 200 100"><style>.a{{fill:#123}}</style><defs><linearGradient id="g"><stop offset="0"/>'
    '</linearGradient></defs><rect class="a" fill="url(#g)" width="20" height="5"/><text x="1" y="9">2026</text></svg>'
)


def cleaned(inner: str, **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    picture, _ = clean_svg(f'<svg {NS} viewBox="0 0 9 9"{said}>{inner}</svg>'.encode())
    return picture.data.decode()


def test_what_draws_is_kept() -> None:
    picture, gone = clean_svg(GOOD.encode())
    assert (picture.media_type, picture.width, picture.height, picture.suffix, gone) == (
        "image/svg+xml",
        200,
        100,
        ".svg",
        (),
    )
    assert all(
        word in picture.data.decode() for word in ("fill:#123", "url(#g)", "<text", "2026", 'viewBox="0 0 200 100"')
    )
    assert clean_svg(picture.data)[0] == picture  # so it is the same when it comes back from JSON


DANGERS = [
    "<script>DANGER</script>", '<script href="http://h/DANGER"/>', '<rect onload="DANGER()"/>', '<rect ONCLICK="DANGER()"/>',
    '<image href="http://h/DANGER.png"/>', '<image xlink:href="file:///etc/DANGER"/>', '<use href="http://h/DANGER#x"/>',
    '<use xlink:href="data:image/svg+xml,DANGER#x"/>', '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">DANGER</p></foreignObject>',
    '<a href="javascript:DANGER"><rect/></a>', '<a xlink:href="http://h/DANGER"><rect/></a>',
    '<rect style="fill:url(http://h/DANGER)"/>', '<rect fill="url( \'//h/DANGER\' )"/>', r'<rect style="fill:\75rl(DANGER)"/>',
    '<style>@import "http://h/DANGER";</style>', "<style>rect{fill:url(http://h/DANGER)}</style>",
    r"<style>rect{background:\75 rl(DANGER)}</style>", '<style>@font-face{src:url("DANGER")}</style>',
    "<style>rect{background:image-set('DANGER' 1x)}</style>", '<rect><animate attributeName="href" to="DANGER"/></rect>',
    '<set attributeName="onload" to="DANGER"/>', '<filter id="f"><feImage href="http://h/DANGER"/></filter>',
    '<rect xml:base="http://h/DANGER"/>', '<handler type="text/javascript">DANGER</handler>', "<!-- DANGER -->", "<?DANGER?>",
    '<x:script xmlns:x="http://www.w3.org/2000/svg">DANGER</x:script>', '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="DANGER"/>',
    '<svg onload="DANGER"/>', '<iframe src="DANGER"/>', '<rect clip-path="URL(HTTP://h/DANGER)"/>', '<rect cursor="src(DANGER)"/>',
]  # fmt: skip


@pytest.mark.parametrize("inner", DANGERS)
def test_what_runs_loads_or_moves_is_not(inner: str) -> None:
    assert "DANGER" not in cleaned(f"{inner}<rect/>")
    assert "<rect" in cleaned(f"{inner}<rect/>")


@pytest.mark.parametrize("name", ["onload", "onerror", "xml:base"])
def test_nor_on_the_root(name: str) -> None:
    assert "DANGER" not in cleaned("", **{name: "DANGER"})


def test_what_went_is_named() -> None:
    _, gone = clean_svg(f'<svg {NS} viewBox="0 0 9 9"><script/><metadata/><image/></svg>'.encode())
    assert gone == ("image", "script")


LOOP = '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'
LAUGHS = '<g id="l0"><rect/></g>' + "".join(
    f'<g id="l{k}">{f"""<use href="#l{k - 1}"/>""" * 10}</g>' for k in range(1, 12)
)
MARKS = f'<marker id="m">{"<rect/>" * 500}</marker><path marker-mid="url(#m)" d="M0 0{" L1 1" * 500}"/>'
RECTS = "<rect/>" * 200
PAINTED = f'<pattern id="p">{RECTS}</pattern>' + '<rect fill="url(#p)"/>' * 60
CLIPPED = f'<clipPath id="c">{RECTS}</clipPath>' + "<rect style=\"x:1; clip-path: url('#c')\"/>" * 60
GROUP = f'<pattern id="p">{RECTS}</pattern><g stroke="URL(#p)">{"<rect/>" * 60}</g>'
NESTED = '<pattern id="q0"><rect/></pattern>' + "".join(
    f'<pattern id="q{k}">{f"""<rect fill="url(#q{k - 1})"/>""" * 10}</pattern>' for k in range(1, 12)
)
SHEETS = {
    "a class": ("g .a.x", 'class="b a"'), "an id": ("g > #i", 'id="i"'), "a name": ("g circle:first-child", ""),
}  # fmt: skip
REFUSED = {
    "a paint of many parts": (f"<svg {NS} viewBox='0 0 9 9'>{PAINTED}</svg>", "limit.svg"),
    "a clip of many parts": (f"<svg {NS} viewBox='0 0 9 9'>{CLIPPED}</svg>", "limit.svg"),
    "a paint that a group hands down": (f"<svg {NS} viewBox='0 0 9 9'>{GROUP}</svg>", "limit.svg"),
    "paints of paints": (f"<svg {NS} viewBox='0 0 9 9'>{NESTED}</svg>", "limit.svg"),
    "a paint of itself": (f"<svg {NS} viewBox='0 0 9 9'><pattern id='p'><rect fill='url(#p)'/></pattern></svg>", "picture.svg"),
    "a paint of itself by a style sheet": (
        f"<svg {NS} viewBox='0 0 9 9'><style>*{{fill:url(#p)}}</style><pattern id='p'><rect/></pattern></svg>", "picture.svg",
    ),
    "a paint used by uses": (
        f"<svg {NS} viewBox='0 0 9 9'><pattern id='p'>{RECTS}</pattern><g id='a'>{'<rect/>' * 60}</g>"
        "<use href='#a' fill='url(#p)'/></svg>", "limit.svg",
    ),
    **{
        f"a paint that a style sheet gives to {name}": (
            f"<svg {NS} viewBox='0 0 9 9'><style>b{{}} /* {{ */ i, {selector} {{ fill: url(#p) }}</style>"
            f"<pattern id='p'>{RECTS}</pattern>{f'<g><circle {said}/></g>' * 60}</svg>", "limit.svg",
        )
        for name, (selector, said) in SHEETS.items()
    },
    "a use of itself": (f"<svg {NS} viewBox='0 0 9 9'><g id='a'><use href='#a'/></g></svg>", "picture.svg"),
    "a loop": (f"<svg {NS} viewBox='0 0 9 9'>{LOOP}</svg>", "picture.svg"),
    "a thousand million rectangles": (f"<svg {NS} viewBox='0 0 9 9'>{LAUGHS}</svg>", "limit.svg"),
    "marks on every point": (f"<svg {NS} viewBox='0 0 9 9'>{MARKS}</svg>", "limit.svg"),
    "many parts": (f"<svg {NS} viewBox='0 0 9 9'>{'<rect/>' * 11_000}</svg>", "limit.svg"),
    "many bytes": (f"<svg {NS} viewBox='0 0 9 9'><path d='{'M0 0' * 600_000}'/></svg>", "limit.svg"),
    "nests deeply": (f"<svg {NS} viewBox='0 0 9 9'>{'<g>' * 200}{'</g>' * 200}</svg>", "picture.svg"),
    "nests too deeply to be read": (f"<svg {NS}>{'<g>' * 5000}{'</g>' * 5000}</svg>", "picture.broken"),
    "entities": (f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {NS} viewBox="0 0 9 9"><text>&a;</text></svg>', "picture.svg"),
    "a file": (f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg {NS}><text>&a;</text></svg>', "picture.svg"),
    "half": (GOOD[:80], "picture.broken"),
    "not SVG": ("<svg><rect/></svg>", "picture.format"),
    "a size beyond all": (f"<svg {NS} width='1e9' height='1'/>", "picture.svg"),
    "no size at all": (f"<svg {NS} width='0' height='0'/>", "picture.svg"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_bounded_time(name: str) -> None:
    data, code = REFUSED[name]
    begun = process_time()
    with pytest.raises(MissingError) as caught:
        develop(data.encode(), Limits(), 2400, lambda *_: None)
    assert caught.value.code == code
    assert process_time() - begun < 5


def test_what_is_named_a_few_times_is_drawn() -> None:
    gradient = '<linearGradient id="g"><stop/><stop/></linearGradient><linearGradient id="h" href="#g"/>'
    few = f'<pattern id="p">{RECTS}</pattern>' + '<rect fill="url(#p)"/>' * 20 + '<rect clip-path="url(#none)"/>' * 60
    shapes = '<rect class="a" fill="url(#h)"/>' * 600
    sheet = "<style>.b { fill: url(#p) } .a { stroke: url(#g) }</style>"  # no element is of class b
    assert cleaned(sheet + gradient + few + shapes).count("<rect") == 880


@pytest.mark.parametrize(("attributes", "size"), [
    ('width="30" height="20"', (30, 20)), ('width="3in" height="144pt"', (288, 192)), ('viewBox="0 0 40 10"', (40, 10)),
    ('width="80" viewBox="0 0 40 10"', (80, 20)), ('height="20" viewBox="0,0,40,10"', (80, 20)), ("", (300, 150)),
    ('width="100%" height="100%" viewBox="0 0 40 10"', (40, 10)), ('width="1e2px" height="50"', (100, 50)),
])  # fmt: skip
def test_every_drawing_has_a_size(attributes: str, size: tuple[int, int]) -> None:
    picture, _ = clean_svg(f"<svg {NS} {attributes}><rect/></svg>".encode())
    assert (picture.width, picture.height) == size
    assert b"viewBox" in picture.data


@pytest.mark.parametrize("head", [
    "", "\ufeff", "\n ", '<?xml version="1.0" encoding="UTF-8"?>\n', "<!-- made by hand -->\n",
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
])  # fmt: skip
def test_it_is_known_by_how_it_begins(head: str) -> None:
    made = develop(head.encode() + GOOD.encode(), Limits(), 2400, lambda *_: None)
    assert made.media_type == "image/svg+xml"


@pytest.mark.parametrize("to", ["markdown", "xhtml", "epub", "docx", "pdf", "json"])
def test_every_format_shows_it(to: str) -> None:
    blocks = (Figure("p", "A chart"), Paragraph((Text("In "), Image("p", "a chart"))))
    document = Document(Metadata(title="Charts", language="en"), blocks, assets={"p": Asset("p.svg")})
    world = MemoryWorld({Path("/desk/p.svg"): GOOD.encode()})
    result = convert.convert(document, to, base=Path("/desk"), world=world)
    assert [m for m in result.report.messages if m.severity != "info"] == []
    data = result.value.data
    if to == "markdown":
        assert list(result.value.files) == ["article.files/p.svg"]
    elif to in ("xhtml", "json"):
        assert b"data:image/svg+xml;base64," in data
    elif to == "epub":
        assert b'media-type="image/svg+xml"' in member(data, "EPUB/package.opf")
        assert b"2026" in member(data, "EPUB/pictures/001.svg")
    elif to == "docx":
        assert b"2026" in member(data, "word/media/image1.svg")
        root = etree.fromstring(member(data, "word/document.xml"))
        related = dict(
            re.findall(r'Id="(\w+)"[^>]*Target="([^"]*)"', member(data, "word/_rels/document.xml.rels").decode())
        ) | {
            name: target
            for target, name in re.findall(
                r'Target="([^"]*)"[^>]*Id="(\w+)"', member(data, "word/_rels/document.xml.rels").decode()
            )
        }
        embed = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
        assert {related[node.get(embed)] for node in root.iter("{*}svgBlip")} == {"media/image1.svg"}  # type: ignore[index]
        assert {related[node.get(embed)] for node in root.iter("{*}blip")} == {"media/image2.png"}  # type: ignore[index]
        assert b'Extension="svg" ContentType="image/svg+xml"' in member(data, "[Content_Types].xml")
    else:
        from pdfminer.high_level import extract_text

        assert "2026" in extract_text(io.BytesIO(data))


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
