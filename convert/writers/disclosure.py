"""What a digital source type (IPTC) says to readers: how far a machine made what they see.

The vocabulary is http://cv.iptc.org/newscodes/digitalsourcetype/ (IPTC NewsCodes). Schema.org's
IPTCDigitalSourceEnumeration has the same codes with an ending of its own.
"""

from __future__ import annotations

from typing import Literal

from msgspec import structs

from convert.tree import Document, Figure, Text
from convert.tree.walk import rewrite
from convert.writers.labels import Labels

__all__ = ["disclosed_pictures", "disclosure", "source_type_uri"]

VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"

Kind = Literal["generated", "part", "algorithm", ""]

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("trainedAlgorithmicMedia",), "generated"),
    **dict.fromkeys(("compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"), "part"),
    **dict.fromkeys(("algorithmicMedia", "algorithmicallyEnhanced"), "algorithm"),
    **dict.fromkeys((
        "digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print", "humanEdits",
        "minorHumanEdits", "compositeCapture", "composite", "digitalCreation", "digitalArt", "softwareImage",
        "dataDrivenMedia", "virtualRecording", "screenCapture",
    ), ""),
}  # fmt: skip
"""Every code of the vocabulary; those that name no machine's work call for no disclosure."""

_BY_LOWER = {code.lower(): code for code in KINDS} | {"multiframecomputationalcapture": "computationalCapture"}
_SCHEMA_ORG = "digitalsource"
"""What schema.org adds to the codes: "TrainedAlgorithmicMediaDigitalSource"."""


def _code(source_type: str) -> str:
    """The code in a URI, in a qualified code ("digsrctype:print") or alone; schema.org's too, in IPTC's spelling."""
    bare = source_type.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2]
    return _BY_LOWER.get(bare.lower().removesuffix(_SCHEMA_ORG), bare)


def source_type_uri(source_type: str) -> str:
    """The vocabulary's URI for what an article gives; what is not of the vocabulary stays as it is."""
    code = _code(source_type)
    return VOCABULARY + code if code in KINDS else source_type.strip()


def disclosure(source_type: str, words: Labels) -> str:
    """The sentence for readers; empty where no machine made anything. A code that is not known is printed itself."""
    if not source_type.strip():
        return ""
    code = _code(source_type)
    if code not in KINDS:
        return f"Digital source type: {code}"
    said = {"generated": words.generated, "part": words.generated_in_part, "algorithm": words.algorithm, "": ""}
    return said[KINDS[code]]


def disclosed_pictures(document: Document, words: Labels) -> tuple[Document, list[str]]:
    """The document with the disclosure of each picture after its credit, and the words that were put in."""
    declared: list[str] = []

    def disclose(node: object) -> object:
        if not isinstance(node, Figure) or node.asset not in document.assets:
            return node
        said = disclosure(document.assets[node.asset].digital_source_type, words)
        if not said:
            return node
        declared.append(said)
        return structs.replace(node, credit=(*node.credit, Text(f" · {said}" if node.credit else said)))

    return rewrite(document, disclose), declared
