"""The few words that writers put in themselves, by language.

English where a language is not listed, which the writer reports.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Labels", "labels"]


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
    updated: str


LABELS = {
    "en": Labels("By", "and", "Correction", "Notes", "About the author", "Back to the text", "Picture", "Contents", "Updated"),
    "de": Labels("Von", "und", "Korrektur", "Anmerkungen", "Zur Person", "Zurück zum Text", "Bild", "Inhalt", "Aktualisiert"),
    "fr": Labels("Par", "et", "Rectificatif", "Notes", "À propos de l’auteur", "Retour au texte", "Image", "Sommaire", "Mis à jour"),
    "es": Labels("Por", "y", "Corrección", "Notas", "Sobre el autor", "Volver al texto", "Imagen", "Índice", "Actualizado"),
    "it": Labels("Di", "e", "Correzione", "Note", "L’autore", "Torna al testo", "Immagine", "Indice", "Aggiornato"),
    "pt": Labels("Por", "e", "Correção", "Notas", "Sobre o autor", "Voltar ao texto", "Imagem", "Índice", "Atualizado"),
    "nl": Labels("Door", "en", "Rectificatie", "Noten", "Over de auteur", "Terug naar de tekst", "Afbeelding", "Inhoud", "Bijgewerkt"),
    "ru": Labels("Автор:", "и", "Исправление", "Примечания", "Об авторе", "Назад к тексту", "Изображение", "Содержание", "Обновлено"),
    "tr": Labels("Yazan:", "ve", "Düzeltme", "Notlar", "Yazar hakkında", "Metne dön", "Görsel", "İçindekiler", "Güncellendi"),
    "el": Labels("Του/Της", "και", "Διόρθωση", "Σημειώσεις", "Ο συγγραφέας", "Επιστροφή στο κείμενο", "Εικόνα", "Περιεχόμενα", "Ενημερώθηκε"),
    "ar": Labels("بقلم", "و", "تصحيح", "ملاحظات", "عن الكاتب", "العودة إلى النص", "صورة", "المحتويات", "حُدّث"),
    "he": Labels("מאת", "ו", "תיקון", "הערות", "על הכותב", "חזרה לטקסט", "תמונה", "תוכן", "עודכן"),
    "ja": Labels("文", "、", "訂正", "注", "筆者について", "本文に戻る", "画像", "目次", "更新"),
}  # fmt: skip


def labels(language: str) -> Labels:
    """The labels of a language tag's language."""
    return LABELS.get(language.split("-")[0].lower(), LABELS["en"])
