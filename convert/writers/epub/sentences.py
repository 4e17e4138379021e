"""The sentences of an accessibility summary, by language; English where a language is not listed.

Numbers stand after a colon, so that no language needs its forms of plural.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Sentences", "sentences"]


class Sentences(Struct, frozen=True):
    """What can be said of an article, and the tag of the language it is said in."""

    language: str
    text: str
    described: str
    undescribed: str
    """With the number of pictures."""
    headed: str
    bare: str
    """With the number of tables."""
    notes: str
    moving: str
    """With the number of pictures."""
    faint: str
    checked: str


_SENTENCES = (
    Sentences(
        "en",
        "The text reflows, and its title and headings are marked as such.",
        "Every picture has a description.",
        "Pictures without a description: {}.",
        "Tables have marked header cells.",
        "Tables without header cells: {}.",
        "Notes and their places in the text are linked both ways.",
        "Moving pictures: {}; whether they flash has not been checked.",
        "Some colours stand out too little from their ground.",
        "This was found by a program; no person has checked it.",
    ),
    Sentences(
        "de",
        "Der Text passt sich der Anzeige an; Titel und Überschriften sind als solche ausgezeichnet.",
        "Jedes Bild hat eine Beschreibung.",
        "Bilder ohne Beschreibung: {}.",
        "Tabellen haben ausgezeichnete Kopfzellen.",
        "Tabellen ohne Kopfzellen: {}.",
        "Anmerkungen und ihre Stellen im Text sind in beide Richtungen verlinkt.",
        "Bewegte Bilder: {}; ob sie blitzen, wurde nicht geprüft.",
        "Einige Farben heben sich zu wenig von ihrem Grund ab.",
        "Dies hat ein Programm festgestellt; kein Mensch hat es geprüft.",
    ),
    Sentences(
        "fr",
        "Le texte s’adapte à l’écran ; son titre et ses intertitres sont balisés comme tels.",
        "Chaque image a une description.",
        "Images sans description : {}.",
        "Les tableaux ont des cellules d’en-tête balisées.",
        "Tableaux sans cellules d’en-tête : {}.",
        "Les notes et leurs appels sont liés dans les deux sens.",
        "Images animées : {} ; leur clignotement n’a pas été vérifié.",
        "Certaines couleurs se détachent trop peu de leur fond.",
        "Constaté par un programme ; personne ne l’a vérifié.",
    ),
    Sentences(
        "es",
        "El texto se adapta a la pantalla; su título y sus ladillos están marcados como tales.",
        "Cada imagen tiene una descripción.",
        "Imágenes sin descripción: {}.",
        "Las tablas tienen celdas de encabezado marcadas.",
        "Tablas sin celdas de encabezado: {}.",
        "Las notas y sus llamadas están enlazadas en ambos sentidos.",
        "Imágenes animadas: {}; no se ha comprobado si destellan.",
        "Algunos colores destacan demasiado poco de su fondo.",
        "Lo ha comprobado un programa; ninguna persona lo ha revisado.",
    ),
    Sentences(
        "it",
        "Il testo si adatta allo schermo; il titolo e i titoletti sono marcati come tali.",
        "Ogni immagine ha una descrizione.",
        "Immagini senza descrizione: {}.",
        "Le tabelle hanno celle di intestazione marcate.",
        "Tabelle senza celle di intestazione: {}.",
        "Le note e i loro richiami sono collegati nei due sensi.",
        "Immagini animate: {}; non è stato verificato se lampeggiano.",
        "Alcuni colori si distinguono troppo poco dallo sfondo.",
        "Verificato da un programma; nessuna persona l’ha controllato.",
    ),
    Sentences(
        "pt",
        "O texto adapta-se ao ecrã; o título e os intertítulos estão marcados como tais.",
        "Cada imagem tem uma descrição.",
        "Imagens sem descrição: {}.",
        "As tabelas têm células de cabeçalho marcadas.",
        "Tabelas sem células de cabeçalho: {}.",
        "As notas e as suas chamadas estão ligadas nos dois sentidos.",
        "Imagens animadas: {}; não se verificou se piscam.",
        "Algumas cores destacam-se muito pouco do fundo.",
        "Verificado por um programa; nenhuma pessoa o confirmou.",
    ),
    Sentences(
        "nl",
        "De tekst past zich aan het scherm aan; titel en tussenkoppen zijn als zodanig gemarkeerd.",
        "Elke afbeelding heeft een beschrijving.",
        "Afbeeldingen zonder beschrijving: {}.",
        "Tabellen hebben gemarkeerde kopcellen.",
        "Tabellen zonder kopcellen: {}.",
        "Noten en hun plaatsen in de tekst zijn over en weer gekoppeld.",
        "Bewegende afbeeldingen: {}; of ze flitsen is niet gecontroleerd.",
        "Sommige kleuren steken te weinig af tegen hun achtergrond.",
        "Vastgesteld door een programma; niemand heeft het nagekeken.",
    ),
    Sentences(
        "ru",
        "Текст подстраивается под экран; заглавие и подзаголовки размечены.",
        "У каждого изображения есть описание.",
        "Изображений без описания: {}.",
        "В таблицах размечены ячейки заголовков.",
        "Таблиц без ячеек заголовков: {}.",
        "Примечания и их места в тексте связаны ссылками в обе стороны.",
        "Движущихся изображений: {}; мигают ли они, не проверялось.",
        "Некоторые цвета слишком мало отличаются от фона.",
        "Установлено программой; человек этого не проверял.",
    ),
    Sentences(
        "tr",
        "Metin ekrana uyar; başlık ve ara başlıklar bu şekilde işaretlenmiştir.",
        "Her görselin bir açıklaması vardır.",
        "Açıklaması olmayan görsel sayısı: {}.",
        "Tabloların başlık hücreleri işaretlenmiştir.",
        "Başlık hücresi olmayan tablo sayısı: {}.",
        "Notlar ve metindeki yerleri karşılıklı bağlantılıdır.",
        "Hareketli görsel sayısı: {}; yanıp sönüp sönmedikleri denetlenmemiştir.",
        "Bazı renkler zeminden yeterince ayrılmıyor.",
        "Bu bir program tarafından saptanmıştır; hiç kimse denetlememiştir.",
    ),
    Sentences(
        "el",
        "Το κείμενο προσαρμόζεται στην οθόνη· ο τίτλος και οι επικεφαλίδες έχουν σημανθεί ως τέτοιες.",
        "Κάθε εικόνα έχει περιγραφή.",
        "Εικόνες χωρίς περιγραφή: {}.",
        "Οι πίνακες έχουν σημασμένα κελιά κεφαλίδας.",
        "Πίνακες χωρίς κελιά κεφαλίδας: {}.",
        "Οι σημειώσεις και οι θέσεις τους στο κείμενο συνδέονται αμφίδρομα.",
        "Κινούμενες εικόνες: {}· δεν ελέγχθηκε αν αναβοσβήνουν.",
        "Ορισμένα χρώματα ξεχωρίζουν πολύ λίγο από το φόντο.",
        "Διαπιστώθηκε από πρόγραμμα· δεν το έλεγξε άνθρωπος.",
    ),
    Sentences(
        "ar",
        "يتكيّف النص مع الشاشة، وقد وُسم عنوانه وعناوينه الفرعية.",
        "لكل صورة وصف.",
        "صور بلا وصف: {}.",
        "للجداول خلايا عناوين موسومة.",
        "جداول بلا خلايا عناوين: {}.",
        "الملاحظات ومواضعها في النص مترابطة في الاتجاهين.",
        "صور متحركة: {}؛ لم يُفحص وميضها.",
        "بعض الألوان لا تتميّز كفايةً عن خلفيتها.",
        "تحقّق من ذلك برنامج، ولم يراجعه إنسان.",
    ),
    Sentences(
        "he",
        "הטקסט מתאים את עצמו למסך, והכותרת וכותרות המשנה מסומנות ככאלה.",
        "לכל תמונה יש תיאור.",
        "תמונות ללא תיאור: {}.",
        "בטבלאות מסומנים תאי כותרת.",
        "טבלאות ללא תאי כותרת: {}.",
        "ההערות ומקומותיהן בטקסט מקושרים בשני הכיוונים.",
        "תמונות נעות: {}; לא נבדק אם הן מהבהבות.",
        "כמה צבעים אינם נבדלים די הצורך מהרקע.",
        "נמצא בידי תוכנה; איש לא בדק זאת.",
    ),
    Sentences(
        "ja",
        "本文は画面に合わせて流れ、題名と見出しが示されています。",
        "すべての画像に説明があります。",
        "説明のない画像: {}。",
        "表の見出しセルが示されています。",
        "見出しセルのない表: {}。",
        "注と本文中の箇所は相互にリンクされています。",
        "動く画像: {}。点滅の有無は確認していません。",
        "背景との差が足りない色があります。",
        "プログラムによる確認であり、人は確認していません。",
    ),
)

_BY_LANGUAGE = {each.language: each for each in _SENTENCES}


def sentences(language: str) -> Sentences:
    """The sentences of a language tag's language."""
    return _BY_LANGUAGE.get(language.split("-")[0].lower(), _BY_LANGUAGE["en"])
