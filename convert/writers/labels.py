"""The few words that writers put in themselves, by language.

English where a language is not listed, which the writer reports.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Labels", "labels", "missing_label"]


class Labels(Struct, frozen=True):
    """`by` stands before the authors' names, `and_` before the last of several."""

    by: str
    and_: str
    correction: str
    notes: str
    about: str
    back: str
    """What a note's link back to the text is called."""
    missing: str
    """Stands before the alternative text of a picture that could not be had."""
    contents: str
    cover: str
    updated: str
    embargoed: str
    """Stands before the moment that an embargo ends."""
    generated: str
    generated_in_part: str
    algorithm: str
    """What is said of the work of machines, see `disclosure`."""


LABELS = {
    "en": Labels("By", "and", "Correction", "Notes", "About the author", "Back to the text", "Picture", "Contents", "Cover", "Updated", "EMBARGOED UNTIL", "Created using generative AI", "Created in part using generative AI", "Made or altered by an algorithm"),
    "de": Labels("Von", "und", "Korrektur", "Anmerkungen", "Zur Person", "Zurück zum Text", "Bild", "Inhalt", "Titelseite", "Aktualisiert", "SPERRFRIST BIS", "Mit generativer KI erstellt", "Teilweise mit generativer KI erstellt", "Von einem Algorithmus erstellt oder verändert"),
    "fr": Labels("Par", "et", "Rectificatif", "Notes", "À propos de l’auteur", "Retour au texte", "Image", "Sommaire", "Couverture", "Mis à jour", "SOUS EMBARGO JUSQU’AU", "Créé avec une IA générative", "Créé en partie avec une IA générative", "Créé ou modifié par un algorithme"),
    "es": Labels("Por", "y", "Corrección", "Notas", "Sobre el autor", "Volver al texto", "Imagen", "Índice", "Portada", "Actualizado", "EMBARGADO HASTA EL", "Creado con IA generativa", "Creado en parte con IA generativa", "Creado o modificado por un algoritmo"),
    "it": Labels("Di", "e", "Correzione", "Note", "L’autore", "Torna al testo", "Immagine", "Indice", "Copertina", "Aggiornato", "EMBARGO FINO AL", "Creato con IA generativa", "Creato in parte con IA generativa", "Creato o modificato da un algoritmo"),
    "pt": Labels("Por", "e", "Correção", "Notas", "Sobre o autor", "Voltar ao texto", "Imagem", "Índice", "Capa", "Atualizado", "EMBARGADO ATÉ", "Criado com IA generativa", "Criado em parte com IA generativa", "Criado ou alterado por um algoritmo"),
    "nl": Labels("Door", "en", "Rectificatie", "Noten", "Over de auteur", "Terug naar de tekst", "Afbeelding", "Inhoud", "Omslag", "Bijgewerkt", "ONDER EMBARGO TOT", "Gemaakt met generatieve AI", "Deels gemaakt met generatieve AI", "Gemaakt of bewerkt door een algoritme"),
    "ru": Labels("Автор:", "и", "Исправление", "Примечания", "Об авторе", "Назад к тексту", "Изображение", "Содержание", "Обложка", "Обновлено", "ЭМБАРГО ДО", "Создано с помощью генеративного ИИ", "Частично создано с помощью генеративного ИИ", "Создано или изменено алгоритмом"),
    "tr": Labels("Yazan:", "ve", "Düzeltme", "Notlar", "Yazar hakkında", "Metne dön", "Görsel", "İçindekiler", "Kapak", "Güncellendi", "AMBARGO BİTİŞİ:", "Üretken yapay zekâ ile oluşturuldu", "Kısmen üretken yapay zekâ ile oluşturuldu", "Bir algoritma tarafından oluşturuldu veya değiştirildi"),
    "el": Labels("Του/Της", "και", "Διόρθωση", "Σημειώσεις", "Ο συγγραφέας", "Επιστροφή στο κείμενο", "Εικόνα", "Περιεχόμενα", "Εξώφυλλο", "Ενημερώθηκε", "ΕΜΠΑΡΓΚΟ ΕΩΣ", "Δημιουργήθηκε με παραγωγική ΤΝ", "Δημιουργήθηκε εν μέρει με παραγωγική ΤΝ", "Δημιουργήθηκε ή τροποποιήθηκε από αλγόριθμο"),
    "ar": Labels("بقلم", "و", "تصحيح", "ملاحظات", "عن الكاتب", "العودة إلى النص", "صورة", "المحتويات", "الغلاف", "حُدّث", "محظور النشر حتى", "أُنشئ باستخدام الذكاء الاصطناعي التوليدي", "أُنشئ جزئيًا باستخدام الذكاء الاصطناعي التوليدي", "أنشأته أو عدّلته خوارزمية"),
    "he": Labels("מאת", "ו", "תיקון", "הערות", "על הכותב", "חזרה לטקסט", "תמונה", "תוכן", "כריכה", "עודכן", "אמברגו עד", "נוצר באמצעות בינה מלאכותית יוצרת", "נוצר בחלקו באמצעות בינה מלאכותית יוצרת", "נוצר או שונה על ידי אלגוריתם"),
    "ja": Labels("文", "、", "訂正", "注", "筆者について", "本文に戻る", "画像", "目次", "表紙", "更新", "解禁日時:", "生成AIを使用して作成", "一部に生成AIを使用して作成", "アルゴリズムにより作成または加工"),
}  # fmt: skip


def labels(language: str) -> Labels:
    """The labels of a language tag's language."""
    return LABELS.get(language.split("-")[0].lower(), LABELS["en"])


def missing_label(words: Labels, alt: str) -> str:
    """What stands in the place of a picture that could not be had."""
    return f"[{words.missing}: {alt}]" if alt else f"[{words.missing}]"
