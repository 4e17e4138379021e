"""Encodings other than UTF-8: what they are taken for, and what is said of it."""

from __future__ import annotations

import pytest

from convert.errors import InputError
from convert.readers.decoding import decode
from convert.report import Report
from convert.world import Source

TEXTS = {
    "french": ("Le château était fermé. Les élèves ont fêté Noël à l’école. ", ["cp1252"]),
    "german": ("Die Bürger äußerten sich größtenteils ausweichend. ", ["latin-1", "cp1252"]),
    "spanish": ("El niño corrió mañana; según él, el año pasado llovió más en España. ", ["latin-1"]),
    "english": ("The café was “closed” — for ever, they said. It’s a naïve façade. ", ["cp1252"]),
    "danish": ("Regeringen meddelte i går, at den øger udgifterne til sundhed næste år. ", ["latin-1"]),
    "italian": ("Il governo ha detto che la sanità sarà più finanziata; perché così è giusto. ", ["latin-1"]),
    "icelandic": ("Ríkisstjórnin tilkynnti í gær að útgjöld yrðu aukin næsta ár. ", ["latin-1"]),
    "turkish": ("İstanbul’da düzenlenen görüşmelerde dışişleri bakanları çağrı yaptı. ", ["cp1254"]),
    "polish": ("Wczoraj rząd ogłosił, że zwiększy środki na ochronę zdrowia w całym kraju. ", ["cp1250"]),
    "czech": ("Vláda včera oznámila, že příští rok zvýší výdaje na školství. ", ["cp1250"]),
    "croatian": ("Vlada je jučer objavila da će povećati izdatke za zdravstvo i što više građana. ", ["cp1250"]),
    "hungarian": ("A kormány bejelentette, hogy jövőre növeli a kiadásokat, és fűtést is. ", ["cp1250"]),
    "russian": ("Вчера в городе открыли старый мост, и тысячи людей прошли по нему. ", ["cp1251", "koi8-r"]),
    "greek": ("Η κυβέρνηση ανακοίνωσε χθες νέα μέτρα για την υγεία. ", ["cp1253"]),
    "hebrew": ("הממשלה הודיעה אתמול על צעדים חדשים בתחום הבריאות. ", ["cp1255"]),
    "arabic": ("أعلنت الحكومة أمس عن إجراءات جديدة في مجال الصحة والتعليم. ", ["cp1256"]),
    "japanese": ("東京の港で古い橋がもう一度開かれた。町の人々は朝から歩いて渡った。", ["shift_jis", "utf-16"]),
    "chinese": ("昨天，市政府宣布古桥重新开放，数千人步行通过。", ["gb18030"]),
    "korean": ("어제 시 정부는 오래된 다리를 다시 열었다고 발표했다.", ["euc_kr"]),
}
PARAMS = [
    pytest.param(text, encoding, times, id=f"{name}-{encoding}-{times}")
    for name, (text, encodings) in TEXTS.items()
    for encoding in encodings
    for times in (1, 40)
]


@pytest.mark.parametrize(("text", "encoding", "times"), PARAMS)
def test_the_encoding_is_found_and_said(text: str, encoding: str, times: int) -> None:
    report = Report()
    assert decode(Source((text * times).encode(encoding)), report) == text * times
    assert [message.code for message in report.messages] == ["text.encoding"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_a_doubt_and_with_one_is_sure(encoding: str) -> None:
    for mark, severity in (("", "doubt"), ("\ufeff", "info")):
        report = Report()
        assert decode(Source(f"{mark}Words — and more".encode(encoding)), report) == "Words — and more"
        assert [message.severity for message in report.messages] == [severity]


@pytest.mark.parametrize("data", [b"a\0b\0" + b"\x00\xd8" * 8, b"\0" * 64, b"a\0b\0c", b"text\0with one", b"\xff\xfea"])
def test_bytes_with_nul_that_are_no_utf_16_are_binary(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        decode(Source(data, "a.txt"), Report())
    assert caught.value.code == "input.binary"
