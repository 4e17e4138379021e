"""Languages and directions: which one the file is in, and which runs are in another."""

from __future__ import annotations

import re
from collections import Counter

from convert.readers.docx.styles import RunLooks, Style, Styles, run_looks
from convert.readers.docx.xml import Element, W, first, is_on, value

__all__ = ["Languages"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LETTER = re.compile(r"[^\W\d_]")


class Languages:
    """The language of each run. Word keeps one for each kind of script (17.3.2.20), set by the keyboard's."""

    def __init__(self, styles: Styles, body: Element, stated: str) -> None:
        self.styles = styles
        counts: Counter[str] = Counter()
        rtl = total = 0
        for paragraph in body.iter(W + "p"):
            properties = first(paragraph, "pPr")
            style = styles.paragraph(properties)
            size = 0
            for run in paragraph.iterchildren(W + "r"):
                letters = sum(len(_LETTER.findall(text.text or "")) for text in run.iterchildren(W + "t"))
                if letters:
                    language = self._raw(run, run_looks(first(run, "rPr")), None, style)
                    counts[language] += letters
                    size += letters
            total += size
            rtl += size * is_rtl(properties, style)
        stated = tag_of(stated)
        most = max(counts, key=lambda each: counts[each]) if counts else ""
        self.language = stated or most
        self.direction = "rtl" if rtl * 2 > total else ""

    def of_run(self, run: Element, own: RunLooks, named: Style, style: Style) -> str:
        """The language of a run that is not the file's; dialects of one language are not told apart."""
        found = self._raw(run, own, named, style)
        if not found or _main(found) == _main(self.language):
            return ""
        return found if any(_LETTER.search(text.text or "") for text in run.iterchildren(W + "t")) else ""

    def _raw(self, run: Element, own: RunLooks, named: Style | None, style: Style) -> str:
        if named is None:
            name = value(first(run, "rPr"), "rStyle")
            named = self.styles.named(name) if name else Style()
        text = "".join(each.text or "" for each in run.iterchildren(W + "t"))
        slot = 2 if own.rtl or _RTL.search(text) else 1 if _EAST_ASIAN.search(text) else 0
        for looks in (own, named.run, style.run, self.styles.base):
            if looks.languages[slot]:
                return tag_of(looks.languages[slot])
        return ""


def tag_of(text: str) -> str:
    """A language tag (BCP 47), empty where it is none or says that there is no language."""
    text = text.strip().replace("_", "-")
    return text if _TAG.fullmatch(text) and text.lower() not in ("und", "zxx", "x-none") else ""


def _main(tag: str) -> str:
    return tag.split("-")[0].lower()


def is_rtl(properties: Element | None, style: Style) -> bool:
    """Whether a paragraph reads from right to left."""
    own = is_on(properties, "bidi")
    return bool(style.bidi if own is None else own)
