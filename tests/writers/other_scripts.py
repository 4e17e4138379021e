"""Articles that run from right to left, and ones without spaces between words."""

from __future__ import annotations

from convert.tree import (
    CodeBlock,
    Column,
    Document,
    Figure,
    Heading,
    Link,
    List,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Quote,
    Table,
    Text,
    build,
)
from convert.writers.labels import labels

ARABIC = (
    "يقول المهندسون إن الجسر القديم في ميناء فارنا سيفتح أمام المشاة في 24 نوفمبر 2026 بعد شتاء من الإصلاحات، وإن التكلفة "
    "بلغت 42 مليون يورو."
)
HEBREW = "המהנדסים אומרים שהגשר הישן (בנמל) ייפתח להולכי רגל ב־24 בנובמבר, והעלות הגיעה ל־42 מיליון אירו."
JAPANESE = (
    "関係者によると、港の古い橋は冬の修理を終え、十一月二十四日に歩行者に開放される。費用は四千二百万ユーロに上った。"
)


def article(language: str, title: str, text: str) -> Document:
    """An article in a language: paragraphs over several lines and pages, lists, a table, a quote, a link, a note."""
    words = text.split() if " " in text else [text[:4], text[4:8]]
    first, second = words[0], words[1]
    long = build.paragraph(" ".join([text] * 5) if " " in text else text * 5)
    inner = List((build.item(second), build.item(first)))
    mixed = Paragraph(
        (
            Text(f"{first} harbour of Varna {second} "),
            Link((Text(f"{second} {first}"),), "https://example.org/"),
            Text(" 1–2."),
            NoteReference("a"),
        )
    )
    blocks = (
        long, Heading(1, (Text(title),)), List((build.item(first, inner), build.item(second)), ordered=True), mixed,
        Table((Column(), Column("right")), (build.row(first, second),), (build.row(second, "1,204"),), (Text(title),)),
        Quote((build.paragraph(text),), (Text(first),)), Figure("crane", text, (Text(title),)),
        CodeBlock(f"x = 1\n\n  y = '{first}'"), long, long,
    )  # fmt: skip
    return Document(Metadata(title=title, language=language), blocks, (Note("a", (build.paragraph(text),)),))


ARTICLES = {
    "ar": article("ar", "الجسر القديم يُفتح من جديد", ARABIC),
    "he": article("he", "הגשר הישן נפתח מחדש", HEBREW),
    "ja": article("ja", "古い橋が再び開く", JAPANESE),
}

CHARACTERS = (
    ARABIC
    + HEBREW
    + JAPANESE
    + "".join(
        article.metadata.title + labels(language).notes + labels(language).by for language, article in ARTICLES.items()
    )
)
"""What a font needs for them."""
