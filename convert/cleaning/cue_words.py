"""Words by which a line of a web page gives itself away, by kind, in the languages that news is written in.

They are evidence, never proof: what a word weighs is fitted (`line_roles.json`), beside what the line looks like.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from convert.cleaning.flat import SPACELESS

__all__ = ["HEADS", "cues"]

# ruff: noqa: E501 - lists of words read better as text
CUE_WORDS = {
    "share": "share, shares, shared, sharing, tweet, retweet, facebook, twitter, whatsapp, telegram, linkedin, pinterest, reddit, flipboard, e-mail, email, print, copy link, teilen, drucken, merken, partager, partagez, imprimer, envoyer, compartir, comparte, imprimir, compartilhar, compartilhe, partilhar, condividi, condividere, stampa, delen, dela, del, skriv ut, jaa, tulosta, udostępnij, drukuj, sdílet, tisk, zdieľať, megosztás, distribuie, поделиться, поделитесь, поширити, сподели, paylaş, yazdır, κοινοποίηση, bagikan, cetak, chia sẻ, deila, シェア, 共有, 分享, 打印, 공유, साझा, शेयर, مشاركة, شارك, طباعة, שתף, แชร์",
    "subscribe": "subscribe, subscriber, subscribers, subscription, subscriptions, newsletter, newsletters, sign up, inbox, free trial, abonnieren, abonnement, abonnenten, abo, abonnez, abonnés, infolettre, suscríbete, suscribirse, suscriptores, boletín, assine, assinantes, assinatura, iscriviti, abbonati, abbonamento, nieuwsbrief, abonnee, nyhetsbrev, nyhedsbrev, prenumerera, abonner, tilaa, uutiskirje, prenumerata, subskrypcja, newsletteru, předplatné, odebírat, predplatné, hírlevél, feliratkozás, abonează, подписка, подписаться, подпишитесь, рассылка, підписатися, підписка, абонирай, abone, bülten, εγγραφή, berlangganan, đăng ký, áskrift, 購読, 登録, メルマガ, 订阅, 訂閱, 구독, 뉴스레터, सदस्यता, सब्सक्राइब, اشترك, النشرة, הרשמה, สมัครสมาชิก",
    "more": "read more, read next, read also, read the full, full story, continue reading, story continues, continues below, see also, see more, learn more, click here, find out more, more on this, related story, weiterlesen, mehr lesen, lesen sie, mehr dazu, mehr zum, siehe auch, lire aussi, lire la suite, à lire, voir aussi, en savoir plus, leer más, lea también, lee también, ver más, leia mais, leia também, saiba mais, veja também, leggi anche, leggi tutto, lees ook, lees meer, lees verder, läs mer, läs också, les mer, les også, læs mere, læs også, lue myös, lue lisää, czytaj też, czytaj także, czytaj więcej, zobacz też, čtěte také, více, čítajte, olvassa, tovább, citește și, citeşte, читайте также, читать далее, подробнее, читайте також, читайте, виж още, devamı, ayrıca bakınız, διαβάστε, baca juga, selengkapnya, xem thêm, lesa meira, 続きを読む, もっと見る, 关注, 阅读全文, 更多, 더보기, यह भी पढ़ें, और पढ़ें, اقرأ أيضا, المزيد, קרא עוד, อ่านต่อ",
    "related": "related, recommended, recommended for you, you might, you may also, most read, most popular, most viewed, popular, trending, top stories, latest, latest news, recent posts, more from, more stories, more news, editors' picks, in this section, up next, ähnliche artikel, verwandte, das könnte, meistgelesen, neueste, auch interessant, empfohlen, articles liés, sur le même sujet, les plus lus, dernières, à la une, recommandé, relacionadas, relacionados, lo más leído, más noticias, te puede interesar, últimas noticias, mais lidas, veja mais, correlati, potrebbe interessarti, più letti, ultime notizie, gerelateerd, meer nieuws, meest gelezen, relaterat, mest läst, mest lest, mest læste, luetuimmat, aiheesta, powiązane, polecamy, najczęściej czytane, najnowsze, související, doporučujeme, nejčtenější, súvisiace, kapcsolódó, ajánlott, legolvasottabb, articole similare, cele mai citite, по теме, похожие, популярное, самое читаемое, рекомендуем, новости партнёров, новини, схожі, свързани, ilgili haberler, çok okunanlar, σχετικά, terkait, terpopuler, liên quan, tin mới, tengdar fréttir, 関連記事, おすすめ, ランキング, 人気, 相关, 相關, 推荐, 推薦, 热门, 熱門, 관련기사, 추천, 인기, 많이 본, संबंधित, ذات صلة, الأكثر قراءة, קשורות, ข่าวที่เกี่ยวข้อง",
    "ad": "advertisement, advertisements, advertising, advertise, advertiser, sponsored, sponsor, promoted, paid content, affiliate, commission, anzeige, werbung, publicité, annonce, publicidad, anuncio, publicidade, pubblicità, annuncio, advertentie, annons, annonse, reklame, reklama, reklam, mainos, hirdetés, publicitate, реклама, διαφήμιση, iklan, quảng cáo, auglýsing, 広告, 廣告, 广告, 광고, विज्ञापन, إعلان, פרסומת, โฆษณา",
    "legal": "cookie, cookies, privacy, privacy policy, terms of service, terms of use, terms and conditions, gdpr, consent, javascript, adblock, ad blocker, browser, datenschutz, einwilligung, impressum, agb, nutzungsbedingungen, confidentialité, mentions légales, privacidad, aviso legal, privacidade, termos de uso, informativa, riservatezza, privacybeleid, voorwaarden, personvern, integritetspolicy, tietosuoja, prywatności, regulamin, soukromí, súkromia, adatvédelem, confidențialitate, конфиденциальности, соглашение, gizlilik, çerez, kvkk, kebijakan privasi, 利用規約, プライバシー, 隐私, 隱私, 개인정보, गोपनीयता, الخصوصية",
    "follow": "follow, follow us, like us, join us, download the app, download our app, rss, google news, podcast, folgen sie, folgen, suivez, suivez-nous, síguenos, sigue, siga, siga-nos, seguici, volg ons, följ, følg, følg oss, seuraa, obserwuj, śledź, sledujte, sleduj nás, kövess, urmărește, подписывайтесь, следите, присоединяйтесь, стежте, последвайте, takip, ακολουθήστε, ikuti, theo dõi, フォロー, 关注我们, 追蹤, 팔로우, फॉलो, تابعنا, עקבו, ติดตาม",
    "photo": "photo, photos, photograph, photographer, picture, pictured, image, images, credit, courtesy, file photo, getty, shutterstock, alamy, istock, illustration, infographic, video, watch, foto, fotos, fotografie, fotograf, bild, bilder, bildquelle, quelle, imago, picture alliance, crédit, crédits, source, légende, fuente, fotografía, fonte, foto di, reprodução, divulgação, immagine, beeld, bron, kuva, fot, zdjęcie, źródło, zdroj, forrás, sursa, фото, изображение, источник, джерело, снимка, fotoğraf, kaynak, φωτογραφία, gambar, sumber, ảnh, mynd, reuters, afp, dpa, ap, epa, tass, xinhua, ansa, efe, 写真, 画像, 提供, 图, 圖, 图片, 图源, 来源, 사진, 출처, फोटो, स्रोत, तस्वीर, صورة, المصدر, צילום, ภาพ",
    "comments": "comment, comments, reply, replies, replied, responses, leave a, join the conversation, join the discussion, discussion, post a comment, says, said, likes, upvote, report this, kommentar, kommentare, kommentieren, antworten, commentaire, commentaires, réagir, répondre, comentario, comentarios, responder, comentar, comentários, commenti, commento, rispondi, reacties, reageer, kommentarer, kommentera, svara, svar, kommentit, kommentti, komentarz, komentarze, odpowiedz, komentáře, diskuze, diskuse, diskusia, odpovědět, hozzászólás, hozzászólások, comentarii, răspunde, комментарии, комментарий, комментировать, ответить, коментарі, коментари, yorum, yorumlar, yanıtla, σχόλια, komentar, balas, bình luận, athugasemdir, コメント, 返信, 评论, 評論, 留言, 回复, 댓글, 답글, टिप्पणी, टिप्पणियां, تعليق, التعليقات, תגובות, ความคิดเห็น",
    "tags": "tag, tags, topic, topics, filed under, posted in, category, categories, archive, archives, keywords, themen, thema, schlagwörter, schlagworte, stichworte, kategorien, kategorie, archiv, thèmes, mots-clés, catégories, rubriques, etiquetas, temas, categorías, archivo, assuntos, tópicos, categorias, argomenti, categorie, onderwerpen, trefwoorden, ämnen, emner, aiheet, avainsanat, tagi, tematy, témata, štítky, címkék, etichete, теги, темы, рубрика, рубрики, метки, теми, етикети, etiketler, konular, ετικέτες, topik, chủ đề, efnisorð, タグ, カテゴリ, キーワード, 标签, 標籤, 分类, 태그, 카테고리, टैग, الوسوم, תגיות, แท็ก",
    "byline": "by, written by, reported by, reporter, reporters, reporting by, editing by, staff writer, correspondent, contributor, contributed, editor, author, von, redaktion, autor, autorin, korrespondent, par, auteur, rédaction, propos recueillis, por, autora, redacción, redação, repórter, di, redazione, a cura di, door, onze redactie, av, af, kirjoittaja, toimittaja, autorka, opracowanie, redakcja, redakce, autoři, szerző, redacția, автор, редакция, корреспондент, редактор, автори, yazan, muhabir, haber merkezi, συντάκτης, oleh, penulis, tác giả, höfundur, 記者, 编辑, 編輯, 作者, 责任编辑, 기자, 특파원, संवाददाता, लेखक, بقلم, مراسل, מאת, โดย",
    "dates": "published, updated, posted, posted on, last modified, last updated, first published, ago, min read, minute read, veröffentlicht, aktualisiert, stand, uhr, lesezeit, publié, mis à jour, publicado, publicada, actualizado, actualizada, atualizado, atualizada, pubblicato, aggiornato, gepubliceerd, bijgewerkt, geplaatst, publicerad, uppdaterad, publisert, oppdatert, publiceret, opdateret, julkaistu, päivitetty, opublikowano, aktualizacja, publikováno, aktualizováno, zveřejněno, publikované, megjelent, frissítve, publicat, actualizat, опубликовано, обновлено, опубліковано, оновлено, публикувано, yayınlanma, güncelleme, δημοσιεύθηκε, diterbitkan, diperbarui, cập nhật, birt, 公開, 更新, 配信, 发布, 發布, 发表, 입력, 수정, 승인, प्रकाशित, अपडेटेड, تم النشر, نشر, פורסם, เผยแพร่",
    "rights": "copyright, all rights reserved, may not be, republish, republished, redistributed, reproduced without, trademark, powered by, alle rechte, nachdruck, tous droits réservés, reproduction interdite, todos los derechos, todos os direitos, tutti i diritti, riproduzione riservata, alle rechten, alla rättigheter, med ensamrätt, kaikki oikeudet, wszelkie prawa, všechna práva, všetky práva, minden jog, toate drepturile, все права, усі права, всички права, tüm hakları, hak cipta, bản quyền, öll réttindi, 無断転載, 禁止转载, 版权, 版權, 著作権, 무단전재, 저작권, सर्वाधिकार, جميع الحقوق, כל הזכויות",
    "site": "log in, login, log out, sign in, register, create account, my account, loading, search, menu, home, homepage, skip to, close, cancel, submit, next, previous, prev, back to top, contact, contact us, about us, help, faq, donate, donation, support us, support our, membership, anmelden, registrieren, einloggen, suche, startseite, schließen, kontakt, über uns, spenden, unterstützen, connexion, se connecter, recherche, accueil, fermer, suivant, précédent, nous contacter, soutenez, iniciar sesión, regístrate, buscar, inicio, cerrar, contacto, siguiente, anterior, entrar, busca, fechar, contato, apoie, accedi, registrati, cerca, chiudi, contatti, inloggen, zoeken, sluiten, steun, logga in, sök, stäng, logg inn, søk, log ind, kirjaudu, haku, zaloguj, szukaj, zamknij, kontakt, wesprzyj, přihlásit, hledat, domů, podpořte, belépés, keresés, támogass, autentificare, caută, войти, вход, поиск, главная, закрыть, поддержать, увійти, пошук, підтримати, giriş, ara, anasayfa, kapat, iletişim, σύνδεση, masuk, cari, beranda, đăng nhập, tìm kiếm, trang chủ, innskráning, leita, ログイン, 検索, ホーム, 登录, 登入, 搜索, 首页, 로그인, 검색, 홈, लॉगिन, खोजें, تسجيل الدخول, بحث, الرئيسية, התחבר, เข้าสู่ระบบ",
}

HEADS = frozenset(("comments", "more", "related", "share", "subscribe", "tags"))
"""Kinds of which a short line is a head: what follows below it is of the kind too."""

_SPACELESS = re.compile(rf"[{SPACELESS}\uac00-\ud7af]")  # Hangul too: its particles stand without a space


class _Index:
    """The cue words by their first word, and those of scripts without spaces."""

    def __init__(self) -> None:
        self.starts: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        spaceless: dict[str, list[str]] = defaultdict(list)
        for kind, listed in CUE_WORDS.items():
            for phrase in listed.split(", "):
                if _SPACELESS.search(phrase):
                    spaceless[kind].append(re.escape(phrase))
                else:
                    words = tuple(re.findall(r"[^\W_]+", phrase))
                    self.starts[words[0]].append((words, kind))
        self.spaceless = [(kind, re.compile("|".join(found))) for kind, found in spaceless.items()]


@lru_cache(maxsize=1)
def _index() -> _Index:
    return _Index()


def cues(text: str, words: list[str], *, spaced: bool) -> tuple[str, ...]:
    """The kinds of cue words in a line, sorted.

    `words` are its words in small letters, of which the first 24 are looked at; `spaced` tells that none of them is of
    a script without spaces, or in Hangul, whose particles stand without one.
    """
    index = _index()
    words = words[:24]
    found = {
        kind
        for at, word in enumerate(words)
        if word in index.starts
        for phrase, kind in index.starts[word]
        if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase
    }
    if not spaced:
        found.update(kind for kind, pattern in index.spaceless if pattern.search(text[:80]))
    return tuple(sorted(found))
