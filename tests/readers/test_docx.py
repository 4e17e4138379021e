"""The DOCX reader: its constructs as goldens, our own files read back, other programs' files, and files that mean harm."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from convert import convert
from convert.cleaning import clean
from convert.config import Config, DocxConfig
from convert.errors import CopydeskError, InputError, InternalError, RefusedError
from convert.pipeline import prepare
from convert.readers.base import Reading
from convert.readers.docx import Reader
from convert.report import Report, Result
from convert.tree.check import faults
from convert.tree.text import document_letters, letters, nfc
from convert.world import MemoryWorld, Source
from tests.commands import call
from tests.goldens import Case, Golden, params
from tests.readers.help import shown
from tests.readers.wordfile import (
    DECLARED,
    RELATION,
    from_golden,
    p,
    packed,
    picture,
    r,
    relations,
    replaced,
    unpacked,
    wordfile,
)

GOLDENS = Path(__file__).parent.parent / "golden" / "docx-reading"


def read(data: bytes, changes: str = "accept") -> Result[Reading]:
    config = Config(docx=DocxConfig(changes=changes))  # type: ignore[arg-type]
    return Reader(config).read(Source(data, "article.docx"))


def is_sound(result: Result[Reading]) -> bool:
    """Whether tree and reading text have the same letters, in order, and the cleaned tree is without faults."""
    reading = result.value
    assert nfc(letters(reading.text)) == nfc(document_letters(reading.document))
    return faults(clean(reading.document, reading.text, result.report, flat=reading.flat)) == []


@pytest.mark.parametrize("case", params(GOLDENS))
def test_word_files_are_read_as_a_tree(case: Case, golden: Golden) -> None:
    policy = case.title.rpartition(": ")[2]
    policy = policy if policy in ("accept", "reject", "refuse") else "accept"
    try:
        result = read(from_golden(case.given), policy)
    except RefusedError as error:
        golden(case, f"refused {error.code}: {error.text}")
        return
    told = "\n".join(
        f"{message.code}: {message.text}" + (f" ({message.where})" if message.where != "article.docx" else "")
        for message in result.report.messages
    )
    golden(case, f"{shown(result)}\n{told}")
    assert is_sound(result)


@pytest.mark.parametrize(("head", "sureness"), [
    (b"PK\x03\x04....word/document.xml", 3),
    (b"PK\x03\x04....[Content_Types].xml....", 2),
    (b"PK\x03\x04....xl/workbook.xml", 1),
    (b"PK\x03\x04....mimetypeapplication/epub+zip", 0),
    (b"\xd0\xcf\x11\xe0....", 2),
    (b"Plain text", 0),
])  # fmt: skip
def test_how_surely_a_file_is_words(head: bytes, sureness: int) -> None:
    assert Reader().sniff(head) == sureness


def test_the_configuration_says_what_becomes_of_changes(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    deleted = '<w:del w:author="Ann Lee"><w:r><w:delText xml:space="preserve">old </w:delText></w:r></w:del>'
    (tmp_path / "a.docx").write_bytes(
        wordfile(p(r("The ") + deleted + r("bridge opened to the public again on Monday.")))
    )
    for policy, status, words in (("accept", 0, "The bridge"), ("reject", 0, "The old bridge"), ("refuse", 3, "")):
        (tmp_path / "c.yaml").write_text(f"docx: {{changes: {policy}}}")
        arguments = ("convert", tmp_path / "a.docx", "--to", "md", "-o", "-", "--config", tmp_path / "c.yaml")
        ran = call(capsysbinary, *arguments)
        assert ran.status == status
        assert words in ran.out.decode()
        assert "Ann Lee" in ran.err
        assert ("[docx.changes]" in ran.err) == (policy == "refuse")
    assert call(capsysbinary, *arguments[:-2], "--from", "docx", "--fail-on", "loss").status == 1


# ------------------------------------------------------------------------------ hostile files

LONG = 40_000
BOMB = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + k)} "{f"&{chr(97 + k)};" * 10}">' for k in range(9)
)  # fmt: skip


def document(inner: str, before: str = "") -> bytes:
    """A Word file whose main part is written out by hand."""
    text = f"{before}<w:document {DECLARED}><w:body>{inner}</w:body></w:document>"
    return packed({**unpacked(wordfile("")), "word/document.xml": text.encode()}, zipfile.ZIP_STORED)


def lying() -> bytes:
    """A file that says its text is small, and is not."""
    data = wordfile(p("x" * 50_000_000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    return data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def locked() -> bytes:
    data = bytearray(wordfile(p("x")))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(sign)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(sign, start + 4)
    return bytes(data)


def nested_tables(deep: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * deep + p("x") + "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>" * deep


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "entity bomb": (lambda: document(p("&j;"), f"{BOMB}]>"), "docx.entities"),
    "entity bomb in UTF-16": (
        lambda: replaced(wordfile(""), word__document=f"{BOMB}]><w:document {DECLARED}/>".encode("utf-16")),
        "docx.entities",
    ),
    "external entity": (
        lambda: document(p("&x;"), '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "docx.entities"),
    "external subset": (lambda: document(p("x"), '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd">'), "docx.entities"),
    "entities in another part": (
        lambda: replaced(wordfile(p("Words.")), word__styles=f"{BOMB}]><w:styles {DECLARED}>&j;</w:styles>".encode()), ""),
    "zip bomb": (lambda: wordfile(p("x" * 400_000_000)), "docx.size"),
    "zip bomb that lies": (lying, "docx."),
    "many members": (lambda: packed({f"{k}.xml": b"" for k in range(10_001)}), "docx.members"),
    "a picture that is a bomb": (
        lambda: packed({**unpacked(wordfile(p(picture("A bomb")))), "word/media/image1.png": bytes(200_000_000)}), ""),
    "a long attribute": (lambda: document(f'<w:p w:rsidR="{"A" * 100_000_000}"/>'), "docx."),
    "a long attribute of 9 MB": (lambda: document(f'<w:p w:rsidR="{"A" * 9_000_000}">{r("Words.")}</w:p>'), ""),
    "attributes": (lambda: document("<w:p " + " ".join(f'a{k}="1"' for k in range(400_000)) + "/>"), ""),
    "nested": (lambda: document("<w:sdt><w:sdtContent>" * LONG), "docx.xml"),
    "nested and closed": (
        lambda: document("<w:sdt><w:sdtContent>" * 120 + p("Words.") + "</w:sdtContent></w:sdt>" * 120), ""),
    "nested tables": (lambda: document(nested_tables(60)), ""),
    "tags": (lambda: document("<w:p/>" * 600_000), "docx.tags"),
    "paragraphs": (lambda: document(p("x") * 80_000), "limit.nodes"),
    "runs": (lambda: document(f"<w:p>{r('x', '<w:b/>') + r('y') * 80_000}</w:p>"), ""),
    "changes": (lambda: document(f"<w:p>{''.join(f'<w:ins w:author={chr(34)}{k}{chr(34)}>{r(chr(120))}</w:ins>' for k in range(50_000))}</w:p>"),
                "docx.changes"),
    "deleted paragraph ends": (lambda: document("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>" * 4_900), ""),
    "drop caps": (lambda: document(p("x", more='<w:framePr w:dropCap="drop"/>') * 49_000), ""),
    "fields": (lambda: document(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * LONG + r("x") * LONG)), ""),
    "links to bookmarks": (
        lambda: document("".join(f'<w:p><w:bookmarkStart w:name="b{k}"/><w:hyperlink w:anchor="b{k}">{r("x")}</w:hyperlink></w:p>' for k in range(50_000))),
        ""),
    "wide spans": (
        lambda: document("<w:tbl>" + f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>{p("x")}</w:tc><w:tc>{p("y")}</w:tc></w:tr>' * 20_000 + "</w:tbl>"),
        ""),
    "many columns": (lambda: document("<w:tbl>" + f"<w:tr>{'<w:tc><w:p/></w:tc>' * 999}</w:tr>" * 150 + "</w:tbl>"), ""),
    "merged cells": (
        lambda: document("<w:tbl>" + f'<w:tr>{"<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" * 10}</w:tr>' * 5_000 + "</w:tbl>"), ""),
    "comments": (
        lambda: wordfile(p('<w:commentRangeStart w:id="1"/>' + "".join(f'<w:commentRangeStart w:id="{k}"/>' for k in range(LONG)) + "<w:r><w:t/></w:r>" * LONG),
                         {"comments": "".join(f'<w:comment w:id="{k}">{p("x")}</w:comment>' for k in range(20_000))}), ""),
    "styles in a chain": (
        lambda: wordfile("".join(p("x", f"S{k}") for k in range(20_000)),
                         {"styles": "".join(f'<w:style w:type="paragraph" w:styleId="S{k}"><w:basedOn w:val="S{k + 1}"/></w:style>' for k in range(20_000))}), ""),
    "pictures": (lambda: document(p(picture("a") * 5_000)), ""),
    "text boxes": (lambda: document("<w:p><w:r><w:pict><w:txbxContent>" * 50 + p("x") + "</w:txbxContent></w:pict></w:r></w:p>" * 50), ""),
    "names that lead out": (
        lambda: packed({
            **unpacked(wordfile(p(r("Words.") + picture("out", relation="rIdX")))),
            "../../../../tmp/x.xml": b"<x/>",
            "word/_rels/document.xml.rels": relations([("rIdX", RELATION + "image", "../../../../../../../etc/passwd")]),
        }), ""),
    "a picture linked to a file": (
        lambda: packed({
            **unpacked(wordfile(p(r("Words.") + picture("out", relation="rIdX").replace("r:embed", "r:link")))),
            "word/_rels/document.xml.rels": relations([], {"rIdX": "file:///etc/passwd"}),
        }), ""),
    "locked": (locked, "docx.encrypted"),
    "locked by Office": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500), "docx.encrypted"),
    "an old file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "docx.old"),
    "no Word file": (lambda: packed({"a.txt": b"x"}), "docx.other"),
    "a spreadsheet": (
        lambda: packed({"xl/workbook.xml": b"<x/>", "_rels/.rels": relations([("r", RELATION + "officeDocument", "xl/workbook.xml")])}),
        "docx.other"),
    "another root": (lambda: replaced(wordfile(""), word__document=b"<html/>"), "docx.other"),
    "an empty part": (lambda: replaced(wordfile(""), word__document=b""), "docx.xml"),
    "another encoding": (
        lambda: replaced(wordfile(""), word__document=f'<?xml version="1.0" encoding="UTF-7"?><w:document {DECLARED}/>'.encode()), "docx.other"),
    "paragraphs in paragraphs": (lambda: document(p(p("x"))), "docx.misplaced"),
}  # fmt: skip
SLOW = ("zip bomb", "zip bomb that lies", "a picture that is a bomb", "a long attribute", "attributes", "paragraphs", "runs",
        "fields", "many columns", "comments", "links to bookmarks", "merged cells", "wide spans", "drop caps")  # fmt: skip


def ends(name: str) -> str:
    """What becomes of a hostile file, and that it takes no more than 10 seconds."""
    make, code = HOSTILE[name]
    data = make()
    began = time.process_time()
    try:
        result = read(data)
        found = "" if is_sound(result) else "not sound"
    except CopydeskError as error:
        found = f"internal {error}" if isinstance(error, InternalError) else error.code
    taken = time.process_time() - began
    assert found.startswith(code) if code.endswith(".") else found == code, f"{name}: {found}"
    assert taken < 10, f"{name}: {taken:.1f} s"
    return f"{found or 'read'} {taken:.2f} s {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB"


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in SLOW])
def test_hostile_files_end_soon(name: str) -> None:
    ends(name)


@pytest.mark.prove
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_within_10_seconds_and_1_gib(name: str) -> None:
    data = HOSTILE[name][0]()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))"
    code = f"import sys; data = sys.stdin.buffer.read(); {limit}; from tests.readers.test_docx import ends_from; print(ends_from({name!r}, data))"
    ran = subprocess.run(
        [sys.executable, "-c", code], input=data, capture_output=True, timeout=120, cwd=Path(__file__).parents[2]
    )
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]


def ends_from(name: str, data: bytes) -> str:
    """The same for a file that was made elsewhere, so that making it costs no memory here."""
    HOSTILE[name] = (lambda: data, HOSTILE[name][1])
    return ends(name)


class Watched(MemoryWorld):
    """A world that must not be touched."""

    def read(self, path: Path, most: int = -1) -> bytes:
        raise AssertionError(path)


@pytest.mark.parametrize("name", ["names that lead out", "a picture linked to a file", "external entity"])
def test_nothing_outside_of_the_file_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "word" / "media").mkdir(parents=True)
    (tmp_path / "word" / "media" / "image1.png").write_bytes(b"of somebody else")
    with suppress(CopydeskError):
        prepare(Source(HOSTILE[name][0](), "a.docx", tmp_path), Config(), Watched(), Report())


def test_a_file_cut_off_anywhere_is_an_error() -> None:
    data = wordfile(p("Words."))
    for size in range(1, len(data), 97):
        with pytest.raises(InputError) as caught:
            read(data[:size])
        assert caught.value.code in ("docx.zip", "docx.other", "docx.part"), size


@pytest.mark.parametrize(
    "part",
    [
        "[Content_Types]",
        "_rels/.rels",
        "docProps/core",
        "word/styles",
        "word/numbering",
        "word/_rels/document.xml.rels",
    ],
)
def test_a_missing_part_is_no_error(part: str) -> None:
    files = unpacked(wordfile(p("Words.", "Heading1", "1:0") + p("More.")))
    name = part if part.endswith(".rels") else f"{part}.xml"
    assert name in files
    del files[name]
    assert is_sound(read(packed(files)))


@pytest.mark.parametrize(("core", "custom", "embargo", "status"), [
    ("Killed", {}, "", "canceled"), ("Draft", {}, "", "withheld"), ("Final", {}, "", "usable"), ("", {}, "", "usable"),
    ("In review by Ann", {}, "", "usable"), ("Embargoed", {}, "", "withheld"),
    ("", {"embargo": "2099-01-01"}, "2099-01-01", "usable"), ("Embargoed", {"Embargo": "2099-01-01"}, "2099-01-01", "usable"),
    ("", {"Embargo": "2098-01-01", "embargo": "2099-01-01"}, "2099-01-01", "usable"), ("", {"Embargo": "soon"}, "soon", "usable"),
    ("Final", {"Status": "killed"}, "", "canceled"), ("", {"Status": "for Monday"}, "", "usable"),
    ("", {"Status": "for Monday", "": "copydesk"}, "", "withheld"),
])  # fmt: skip
def test_a_file_whose_properties_stop_it(core: str, custom: dict[str, str], embargo: str, status: str) -> None:
    files = unpacked(wordfile(p("Words."), core=f"<cp:contentStatus>{core}</cp:contentStatus>"))
    program = custom.get("", "Microsoft Office Word")
    files["docProps/app.xml"] = f"<Properties><Application>{program}</Application></Properties>".encode()
    held = "".join(
        f'<property name="{name}"><lpwstr>{text}</lpwstr></property>' for name, text in custom.items() if name
    )
    files["docProps/custom.xml"] = f"<Properties>{held}</Properties>".encode()
    files["_rels/.rels"] = files["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="a" Type="{RELATION}extended-properties" Target="docProps/app.xml"/>'
        f'<Relationship Id="c" Type="{RELATION}custom-properties" Target="docProps/custom.xml"/></Relationships>'.encode(),
    )
    metadata = read(packed(files)).value.document.metadata
    assert (metadata.embargo, metadata.status) == (embargo, status)


def test_a_picture_that_the_file_does_not_hold_is_told_once() -> None:
    files = unpacked(wordfile(f"<w:p>{picture('A quay')}</w:p>"))
    del files["word/media/image1.png"]
    for to in ("markdown", "pdf", "json"):
        report = convert(packed(files), to, world=MemoryWorld()).report
        assert [message.code for message in report.messages if message.severity == "loss"] == ["docx.picture"]


def test_wrong_content_types_are_no_error() -> None:
    files = unpacked(wordfile(p("Words.")))
    files["[Content_Types].xml"] = b"<Types><Default Extension='xml' ContentType='image/png'/></Types>"
    assert is_sound(read(packed(files)))


def test_a_damaged_part_beside_the_text_is_a_loss() -> None:
    for part in ("styles", "numbering", "comments", "footnotes", "header"):
        data = wordfile(p("Words."), {part: "<broken"})
        result = read(data)
        assert [message.severity for message in result.report.messages] == ["loss"], part
        assert is_sound(result)
