"""The parts of a Word file, their relationships, and the ZIP they travel in.

Parts and relationships are python-docx's (OPC, ECMA-376 part 2). The ZIP is packed here: python-docx
stamps the clock into it.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, cast

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.opc.part import Part

from convert.world import Picture
from convert.writers.docx.xml import NAMESPACES, element, element_root, serialise

if TYPE_CHECKING:
    from docx.package import Package as DocxPackage

__all__ = ["CONTENT_TYPE", "RELATIONSHIP_TYPE", "Package", "Relations"]

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the first one that a ZIP can name."""

DEFAULT_TYPES = {
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "rels": CONTENT_TYPE.OPC_RELATIONSHIPS,
    "xml": "application/xml",
}


class Relations:
    """The relationships of one part, each target once."""

    def __init__(self, owner: Part | OpcPackage) -> None:
        self._owner = owner
        self._ids: dict[tuple[str, str], str] = {}

    def to(self, kind: str, target: Part | str) -> str:
        """The id of the relationship to a part, or to an address outside."""
        outside = isinstance(target, str)
        key = (kind, target if isinstance(target, str) else str(target.partname))
        if key not in self._ids:
            # python-docx would look through all relationships for each new one
            self._ids[key] = f"rId{len(self._ids) + 1}"
            self._owner.rels.add_relationship(kind, target, self._ids[key], outside)
        return self._ids[key]


class Package:
    """One Word file in the making; parts are packed in the order in which they come."""

    def __init__(self) -> None:
        self._opc = OpcPackage()
        self._parts: list[Part] = []
        self._pictures: dict[str, Part] = {}
        self.relations = Relations(self._opc)

    def add(self, name: str, content_type: str, data: bytes = b"") -> Part:
        """A new part ("/word/styles.xml")."""
        part = Part(PackURI(name), content_type, data, cast("DocxPackage", self._opc))
        self._parts.append(part)
        return part

    def picture(self, key: str, picture: Picture) -> Part:
        """The part of a picture, the same one each time that its key is used."""
        if key not in self._pictures:
            name = f"/word/media/image{len(self._pictures) + 1}{picture.suffix}"
            self._pictures[key] = self.add(name, picture.media_type, picture.data)
        return self._pictures[key]

    def pack(self) -> bytes:
        """The finished file."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            _put(archive, "[Content_Types].xml", self._content_types())
            _put(archive, PACKAGE_URI.rels_uri.membername, _relationships(self._opc))
            for part in self._parts:
                _put(archive, part.partname.membername, part.blob)
                if len(part.rels):
                    _put(archive, part.partname.rels_uri.membername, _relationships(part))
        return buffer.getvalue()

    def _content_types(self) -> bytes:
        root = element_root("ct:Types", {None: NAMESPACES["ct"]})
        used = {"rels", "xml"} | {part.partname.ext for part in self._parts}
        for extension, kind in DEFAULT_TYPES.items():
            if extension in used:
                root.append(element("ct:Default", Extension=extension, ContentType=kind))
        for part in self._parts:
            if part.partname.ext == "xml":
                root.append(element("ct:Override", PartName=str(part.partname), ContentType=part.content_type))
        return serialise(root)


def _relationships(owner: Part | OpcPackage) -> bytes:
    return bytes(owner.rels.xml)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a member that is the same on every machine."""
    member = zipfile.ZipInfo(name, EPOCH)
    member.create_system = 0
    member.compress_type = zipfile.ZIP_STORED if name.startswith("word/media/") else zipfile.ZIP_DEFLATED
    archive.writestr(member, data)
