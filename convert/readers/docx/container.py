"""The ZIP that a Word file is: its parts, how they relate to one another, and bounds on what unpacks.

Nothing is written and no name of a member is ever used as a path (Open Packaging Conventions, ECMA-376 part 2).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from msgspec import Struct

from convert.errors import InputError
from convert.readers.docx.xml import Element, parse

__all__ = ["Package", "Relation"]

MOST_MEMBERS = 10_000
MOST_XML = 32_000_000
"""Bytes of one XML part; 600,000 characters of text, each word set apart, take some 20 million."""

MOST_BYTES = 160_000_000
"""Bytes of all parts that are unpacked, pictures included."""

RATIO, RATIO_FROM = 400, 2_000_000
"""How many times its packed size an XML part of so many bytes may have: prose has 5 to 20, tables of figures 50."""

REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
RESAVE = "Open it in a word processor and save it again."


class Relation(Struct, frozen=True):
    """What a part names by an id. `target` is a part's name, or an address where it is `external`."""

    kind: str
    target: str
    external: bool = False


class Package:
    """A Word file's parts by name ("word/document.xml")."""

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        self._left = MOST_BYTES
        self._relations: dict[str, dict[str, Relation]] = {}
        self._archive = self._open(data)
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in self._archive.infolist():
            name = member.filename.replace("\\", "/").lstrip("/").lower()
            self._members.setdefault(name, member)
        if any(member.flag_bits & 1 for member in self._archive.infolist()):
            raise InputError("docx.encrypted", "The file is locked with a password. Save it without one.", where)
        self.main = self._main()

    def _open(self, data: bytes) -> zipfile.ZipFile:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise self._compound(data)
        if not data.startswith(b"PK"):
            raise InputError("docx.zip", "This is no Word file (.docx): it is no ZIP archive.", self.where)
        if data.count(b"PK\x01\x02") > MOST_MEMBERS:
            raise InputError("docx.members", f"The file holds more than {MOST_MEMBERS:,} parts.", self.where)
        try:
            return zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, OverflowError, EOFError) as error:
            raise InputError(
                "docx.zip", f"The file is damaged or cut off ({error}). Copy it anew. {RESAVE}",
                self.where,
            ) from None  # fmt: skip

    def _compound(self, data: bytes) -> InputError:
        """What to say of the container of old Office files ([MS-CFB]), which locked files have, too."""
        if "EncryptedPackage".encode("utf-16-le") in data:
            return InputError("docx.encrypted", "The file is locked with a password. Save it without one.", self.where)
        return InputError(
            "docx.old", "This is an Office file of the old form (.doc). Save it as .docx and try again.", self.where
        )

    # ------------------------------------------------------------------------------- parts

    def has(self, name: str) -> bool:
        """Whether a part is there."""
        return name.lower() in self._members

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a part. Raises InputError where it is missing, damaged, or larger than `most`."""
        member = self._members.get(name.lower())
        if member is None:
            raise InputError("docx.part", f"The file has no part {name}. {RESAVE}", self.where)
        most = min(most, self._left)
        if member.file_size > most:
            raise self._too_large(name)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError("docx.zip", f"The part {name} is packed in a way no Word file is.", self.where)
        try:
            with self._archive.open(member) as file:
                data = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError) as error:
            raise InputError("docx.zip", f"The part {name} is damaged ({error}). {RESAVE}", self.where) from None
        if len(data) > most:
            raise self._too_large(name)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element:
        """The root of an XML part. Raises InputError."""
        member = self._members.get(name.lower())
        if member and member.file_size > RATIO_FROM and member.file_size > RATIO * max(1, member.compress_size):
            raise self._too_large(name)
        return parse(self.read(name, MOST_XML), name, self.where)

    def _too_large(self, name: str) -> InputError:
        return InputError(
            "docx.size", f"The part {name} unpacks to more than an article can need. Split the article.", self.where
        )

    # --------------------------------------------------------------------------- relations

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part ("" for the file itself) refers to, by id. What is damaged is as good as missing."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            self._relations[part] = self._read_relations(posixpath.join(folder, "_rels", f"{name}.rels"), folder)
        return self._relations[part]

    def _read_relations(self, name: str, folder: str) -> dict[str, Relation]:
        if not self.has(name):
            return {}
        found = {}
        for element in self.xml(name).iter(REL + "Relationship"):
            kind = (element.get("Type") or "").rpartition("/")[2]
            target = (element.get("Target") or "").strip()
            external = (element.get("TargetMode") or "").lower() == "external"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target.partition("#")[0]))).lstrip("/")
            found[element.get("Id") or ""] = Relation(kind, target, external)
        return found

    def related(self, part: str, kind: str) -> str:
        """The name of the first part of a kind ("styles") that a part refers to, empty where there is none."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external and self.has(relation.target):
                return relation.target
        return ""

    def _main(self) -> str:
        """The name of the part that holds the text."""
        name = self.related("", "officeDocument") or "word/document.xml"
        if name.startswith(("xl/", "ppt/")):
            raise InputError("docx.other", "This is a spreadsheet or a presentation, no Word file.", self.where)
        if not self.has(name):
            raise InputError("docx.other", "This ZIP archive is no Word file: it has no word/document.xml.", self.where)
        return name
