"""Detects the language of an article that does not name it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict

from msgspec import structs

from convert.cleaning.ledger import Marks
from convert.tree import Document
from convert.tree.text import document_text

__all__ = ["detect", "detect_language"]

SCRIPTS = {
    "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh",
    "THAI": "th", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "GEORGIAN": "ka", "ARMENIAN": "hy",
}  # fmt: skip
"""The likeliest language of news in a script, by the first word of its characters' Unicode names."""

FUNCTION_WORDS = {
    "en": "the of and to in that is for with was are by from have has it on as at be this which not",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an",
    "fr": "le la les des et du une est dans que pour qui sur pas au avec il par ce plus sont ne",
    "es": "el la los las de que y en un una por con para del se su al es lo como más pero",
    "it": "il di che la e un una per con del non della è si i da in sono dei al alla nel",
    "pt": "o a os de que e do da em um uma para com não por dos as no na ao mais se",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als door bij naar",
    "sv": "och att det som en på är av för med till den inte om ett har de från var kan",
    "no": "og det som en på er av for med til den ikke om et har de fra var kan seg å",
    "da": "og det som en på er af for med til den ikke om et har de fra var kan sig at",
    "fi": "ja on ei se että oli hän joka mutta ovat kuin myös sen tai mukaan ole vuoden",
    "pl": "i w na z do nie się że jest to o jak po od za przez ale dla są oraz",
    "cs": "a v se na je že to s z do o i ve pro jako ale by si za podle jsou",
    "hu": "a az és hogy nem is egy volt meg csak már de ez mint van után még",
    "ro": "și de în la a cu nu pe din un o este pentru care mai că sunt au",
    "tr": "ve bir bu da de için ile olarak olan çok daha gibi en kadar sonra ise",
    "id": "yang dan di ini itu dengan untuk dari pada tidak akan dalam adalah ke juga oleh",
    "vi": "và của là có không được cho trong các một những đã với người này khi",
    "ru": "и в не на что с по как это из к за от он но для его у был",
    "uk": "і в на що не з до як це за та від він але для його у був",
    "bg": "и на да в за се от не е с по че като ще той това",
}  # fmt: skip
"""The words that hold sentences together, by language: about twenty tell news apart."""

_SPOKEN: dict[str, list[str]] = defaultdict(list)
"""The languages of each of these words."""
for _code, _listed in FUNCTION_WORDS.items():
    for _each in _listed.split():
        _SPOKEN[_each].append(_code)

_WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 6_000
"""Characters that are looked at: a thousand words."""
ENOUGH = 4
"""Function words that must be met before a language is believed."""


def detect(text: str) -> str:
    """The likeliest language of a text as a BCP 47 tag, empty where it says too little."""
    sample = text[:SAMPLE]
    scripts: Counter[str] = Counter()
    for char, count in Counter(sample[: SAMPLE // 3]).items():
        if char.isalpha():
            scripts[unicodedata.name(char, "?").split()[0]] += count
    if not scripts:
        return ""
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts.total() // 20:
        return "ja"
    script, count = scripts.most_common(1)[0]
    if script in SCRIPTS and count > scripts.total() // 3:
        return SCRIPTS[script]
    scores = dict.fromkeys(FUNCTION_WORDS, 0)
    for word, times in Counter(_WORD.findall(sample.lower())).items():
        for code in _SPOKEN.get(word, ()):
            scores[code] += times
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= ENOUGH else ""


def detect_language(document: Document, marks: Marks) -> Document:
    """Name the language, as a doubt, where neither the article nor the configuration does."""
    if document.metadata.language:
        return document
    code = detect(document_text(document))
    report = marks.ledger.report
    if not code:
        report.add("language.none", "doubt", "The article does not say its language, and it could not be told.")
        return document
    report.add("language.detected", "doubt", f"The article does not say its language; it reads like “{code}”.")
    direction = "rtl" if code in ("ar", "he", "fa", "ur") else document.metadata.direction
    return structs.replace(document, metadata=structs.replace(document.metadata, language=code, direction=direction))
