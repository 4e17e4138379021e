"""Short articles in scripts other than Latin, each with a heading, a list, a table, a quotation, a note and a picture."""

from __future__ import annotations

from msgspec import Struct

from convert.tree import (
    Asset,
    Attrs,
    Author,
    Column,
    Document,
    Emphasis,
    Figure,
    Heading,
    List,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Quote,
    Span,
    Strong,
    Table,
    Text,
    build,
)  # fmt: skip
from convert.world import Picture
from tests.writers.rich import picture, t

__all__ = ["ASSETS", "LANGUAGES", "article"]

ASSETS: dict[str, Picture] = {"quay": picture(520, 300)}


class Words(Struct, frozen=True):
    """One article's words; `foreign` are Latin ones in its middle."""

    title: str
    deck: str
    author: str
    lede: str
    stress: str
    heading: str
    items: tuple[str, str]
    head: tuple[str, str]
    row: tuple[str, str]
    quote: str
    source: str
    note: str
    alt: str
    foreign: str = "Kestrel Bay Courier"


_WORDS = {
    "ar": Words(
        "الجسر القديم يفتح من جديد", "عاد المشاة إلى الجسر بعد شتاء من الإصلاح", "ليلى حداد",
        "فُتح الجسر صباح السبت، وعبره أكثر من أربعة آلاف شخص في الساعة الأولى.", "قبل الظهر", "كيف دُفعت التكاليف",
        ("نصفها من المدينة", "والباقي من التبرعات"), ("المصدر", "النسبة"), ("المدينة", "٤٦"),
        "يوم صغير للمرور ويوم كبير للمدينة.", "رئيسة البلدية", "أُحصوا عند البوابة.", "جسر حجري فوق نهر",
    ),
    "he": Words(
        "הגשר הישן נפתח שוב", "הולכי הרגל חזרו אחרי חורף של תיקונים", "נועה לוי",
        "הגשר נפתח בשבת בבוקר, ובשעה הראשונה חצו אותו יותר מארבעת אלפים איש.", "לפני הצהריים", "מי שילם",
        ("מחצית מהעיר", "והיתר מתרומות"), ("מקור", "אחוז"), ("העיר", "46"),
        "יום קטן לתנועה ויום גדול לעיר.", "ראש העיר", "נספרו בשער.", "גשר אבן מעל נהר",
    ),
    "fa": Words(
        "پل قدیمی دوباره باز شد", "پیاده‌ها پس از زمستانی پر از تعمیر بازگشتند", "سارا کریمی",
        "پل صبح شنبه باز شد و در ساعت نخست بیش از چهار هزار نفر از آن گذشتند.", "پیش از ظهر", "هزینه را چه کسی داد",
        ("نیمی از شهر", "و باقی از کمک‌ها"), ("منبع", "درصد"), ("شهر", "۴۶"),
        "روزی کوچک برای رفت‌وآمد و بزرگ برای شهر.", "شهردار", "کنار دروازه شمرده شدند.", "پلی سنگی روی رود",
    ),
    "ja": Words(
        "古い橋がふたたび開通", "冬の修理を終え、歩行者が戻った", "山田花子",
        "橋は土曜の朝に開通し、最初の一時間で四千人以上が渡った。", "正午前に", "費用の内訳",
        ("半分は市から", "残りは寄付から"), ("出どころ", "割合"), ("市", "46"),
        "交通には小さな日、町には大きな日。", "市長", "門で数えた。", "川にかかる石の橋",
    ),
    "zh-Hans": Words(
        "老桥重新开放", "经过一个冬天的修缮，行人又回来了", "李明",
        "大桥于周六早晨开放，第一个小时就有四千多人走过。", "中午以前", "费用从何而来",
        ("一半来自市政府", "其余来自捐款"), ("来源", "比例"), ("市政府", "46"),
        "对交通是小日子，对城市是大日子。", "市长", "在桥头清点。", "河上的石桥",
    ),
    "ko": Words(
        "옛 다리가 다시 열렸다", "겨울 수리를 마치고 보행자가 돌아왔다", "김민수",
        "다리는 토요일 아침에 열렸고 첫 한 시간 동안 사천 명이 넘게 건넜다.", "정오 전에", "비용은 누가 냈나",
        ("절반은 시에서", "나머지는 기부금에서"), ("출처", "비율"), ("시", "46"),
        "교통에는 작은 날, 도시에는 큰 날.", "시장", "입구에서 세었다.", "강 위의 돌다리",
    ),
    "el": Words(
        "Η παλιά γέφυρα άνοιξε ξανά", "Οι πεζοί επέστρεψαν έπειτα από έναν χειμώνα επισκευών", "Ελένη Παππά",
        "Η γέφυρα άνοιξε το πρωί του Σαββάτου και την πέρασαν πάνω από τέσσερις χιλιάδες άνθρωποι.", "πριν το μεσημέρι",
        "Ποιος πλήρωσε", ("Τα μισά ο δήμος", "Τα υπόλοιπα δωρεές"), ("Πηγή", "Μερίδιο"), ("Δήμος", "46"),
        "Μικρή μέρα για την κίνηση, μεγάλη για την πόλη.", "Η δήμαρχος", "Μετρήθηκαν στην πύλη.", "Πέτρινη γέφυρα",
    ),
    "ru": Words(
        "Старый мост снова открыт", "Пешеходы вернулись после зимы ремонта", "Анна Петрова",
        "Мост открыли в субботу утром, и за первый час по нему прошли более четырёх тысяч человек.", "до полудня",
        "Кто заплатил", ("Половину дал город", "Остальное — пожертвования"), ("Источник", "Доля"), ("Город", "46"),
        "Маленький день для движения и большой для города.", "Мэр", "Считали у ворот.", "Каменный мост над рекой",
    ),
}  # fmt: skip

LANGUAGES = tuple(_WORDS)


def article(language: str) -> Document:
    """The article of a language."""
    words = _WORDS[language]
    foreign = Span(t(words.foreign), attrs=Attrs(language="en", direction="ltr"))
    lede = (Text(f"{words.lede} "), Strong(t(words.stress)), Text(" ("), foreign, Text(")"), NoteReference("count"))
    row = build.row(*words.row)
    blocks = (
        Paragraph(lede, role="lede"),
        Figure("quay", words.alt, t(words.deck), t(words.author)),
        Heading(1, t(words.heading)),
        List(tuple(build.item(each) for each in words.items), ordered=True),
        Table((Column(), Column("right")), (build.row(*words.head),), (row,), t(words.heading)),
        Quote((Paragraph((Emphasis(t(words.quote)),)),), t(words.source)),
    )
    metadata = Metadata(
        title=words.title, deck=words.deck, authors=(Author(words.author, bio=words.deck),), language=language,
        published="2026-11-24", section=words.heading, publisher=words.foreign,
    )  # fmt: skip
    notes = (Note("count", (build.paragraph(words.note),)),)
    return Document(metadata, blocks, notes, {"quay": Asset("quay.png")})
