"""Word files for tests, packed from the XML of their parts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from tests.writers.rich import png

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"

STYLES = "".join(
    f'<w:style w:type="{kind}" w:styleId="{name}"{" w:default=" + chr(34) + "1" + chr(34) if name == "Normal" else ""}>'
    f'<w:name w:val="{called}"/>{more}</w:style>'
    for kind, name, called, more in (
        ("paragraph", "Normal", "Normal", ""),
        ("paragraph", "Heading1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>'),
        ("paragraph", "Heading2", "heading 2", '<w:basedOn w:val="Heading1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("paragraph", "Title", "Title", ""),
        ("paragraph", "Subtitle", "Subtitle", ""),
        ("paragraph", "Byline", "Byline", ""),
        ("paragraph", "Quote", "Quote", "<w:rPr><w:i/></w:rPr>"),
        ("paragraph", "Code", "Source Code", '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>'),
        ("paragraph", "Caption", "caption", ""),
        ("paragraph", "ListParagraph", "List Paragraph", ""),
        ("paragraph", "ListBullet", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        ("paragraph", "TOC1", "toc 1", ""),
        ("paragraph", "FootnoteText", "footnote text", ""),
        ("character", "Strong", "Strong", "<w:rPr><w:b/></w:rPr>"),
        ("character", "Emphasis", "Emphasis", "<w:rPr><w:i/></w:rPr>"),
        ("table", "Grid", "Table Grid", ""),
        ("table", "Headed", "Headed", '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'),
    )
)


def level(at: int, form: str, text: str, start: int = 1) -> str:
    left = 360 * (at + 1)
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{"".join(level(k, "bullet", "•") for k in range(3))}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{"".join(level(k, "decimal", f"%{k + 1}.") for k in range(3))}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="3">{level(0, "lowerLetter", "%1)", 3)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)

ROOTS = {
    "styles": ("w:styles", "styles"), "numbering": ("w:numbering", "numbering"), "footnotes": ("w:footnotes", "footnotes"),
    "endnotes": ("w:endnotes", "endnotes"), "comments": ("w:comments", "comments"), "header": ("w:hdr", "header"),
    "chart": ("c:chartSpace", "chart"), "diagram": ("dgm:dataModel", "diagramData"),
}  # fmt: skip


def wordfile(body: str, parts: Mapping[str, str] = {}, core: str = "", links: Mapping[str, str] = {}) -> bytes:
    """A Word file whose body holds some XML; `parts` are what stands in others, `links` addresses by relationship id."""
    given = {"styles": STYLES, "numbering": NUMBERING, **parts}
    files: dict[str, bytes] = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": relations(
            (("rId1", RELATION + "officeDocument", "word/document.xml"),
             ("rId2", PACKAGE_RELATION + "core-properties", "docProps/core.xml"))
        ),
        "word/document.xml": f"<w:document {DECLARED}><w:body>{body}</w:body></w:document>".encode(),
        "docProps/core.xml": f"<cp:coreProperties {DECLARED}>{core}</cp:coreProperties>".encode(),
        "word/media/image1.png": png(64, 32),
    }  # fmt: skip
    found = [("pic", RELATION + "image", "media/image1.png")]
    for name, inner in given.items():
        root, kind = ROOTS[name]
        files[f"word/{name}.xml"] = f"<{root} {DECLARED}>{inner}</{root}>".encode()
        found.append((name, RELATION + kind, f"{name}.xml"))
    files["word/_rels/document.xml.rels"] = relations(found, links)
    return packed(files)


def relations(inner: object, outer: Mapping[str, str] = {}) -> bytes:
    rows = [f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in inner]  # type: ignore[attr-defined]
    rows += [
        f'<Relationship Id="{key}" Type="{RELATION}hyperlink" Target="{target}" TargetMode="External"/>'
        for key, target in outer.items()
    ]
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'.encode()


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replaced(data: bytes, **parts: bytes | None) -> bytes:
    """A Word file with some parts replaced (`word__document` for word/document.xml) or, where None, taken out."""
    files = unpacked(data)
    for name, new in parts.items():
        path = name.replace("__", "/") + ".xml"
        files.pop(path, None)
        if new is not None:
            files[path] = new
    return packed(files)


def p(words: str = "", style: str = "", numbered: str = "", more: str = "") -> str:
    """A paragraph of plain words or, where they begin with "<", of XML. `numbered` is "list:level"."""
    number, _, at = numbered.partition(":")
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    if numbered:
        properties += f'<w:numPr><w:ilvl w:val="{at or 0}"/><w:numId w:val="{number}"/></w:numPr>'
    content = words if words.startswith("<") else r(words) if words else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def r(words: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def picture(alt: str, kind: str = "inline", relation: str = "pic", size: int = 2_000_000) -> str:
    """A run that holds a picture."""
    return (
        f'<w:r><w:drawing><wp:{kind}><wp:extent cx="{size}" cy="{size}"/><wp:docPr id="1" name="Picture 1" descr="{alt}"/>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:blipFill><a:blip r:embed="{relation}"/>'
        f"</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:{kind}></w:drawing></w:r>"
    )


_PART = re.compile(r"^@ ([a-z0-9-]+)(?: (.*))?$", re.MULTILINE)


def from_golden(text: str) -> bytes:
    """A Word file from a golden's input: the body, then parts under lines like "@ footnotes" and "@ link rId9 https://…"."""
    body, *rest = re.split(r"^(?=@ )", text, flags=re.MULTILINE)
    parts: dict[str, str] = {}
    links: dict[str, str] = {}
    core = ""
    for piece in rest:
        head, _, inner = piece.partition("\n")
        match = _PART.match(head)
        assert match, head
        if match[1] == "link":
            key, _, target = match[2].partition(" ")
            links[key] = target
        elif match[1] == "core":
            core = inner
        elif match[1] in ("styles", "numbering"):
            parts[match[1]] = {"styles": STYLES, "numbering": NUMBERING}[match[1]] + inner
        else:
            parts[match[1]] = inner
    return wordfile("".join(line.strip() for line in body.split("\n")), parts, core, links)
