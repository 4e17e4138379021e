"""Words that tell what a part of a page is for: in class names and labels, and in short texts of many languages.

Both tables were written from what content systems and newsrooms call things; no page was searched for them.
A cue is a bit: `CUES.index("share")` is the number of its bit in a mask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product

NAMES: Mapping[str, str] = {
    "nav": r"navi|\bnav|menu|crumb|pagin|pager|sitemap|\bskip|toolbar|topbar|tablist|\btabs?\b|drawer|hamburger"
    r"|burger",
    "masthead": r"masthead|branding|\bbrand|logo|banner|(?:site|page|global|main)[-_]*header|kopfzeile|cabecera",
    "footer": r"foot|colophon|copyright|legal|imprint|impressum|fusszeile|rodape|stopka|disclaimer|contentinfo",
    "side": r"side|aside|\brail|right[-_]*col|left[-_]*col|col[-_]*(?:right|left)|secondary|marginal|lateral"
    r"|complementary"
    r"|spalte|tertiary",
    "share": r"shar(?:e|ing)|social|facebook|twitter|whatsapp|follow|teilen|compart|partag|udostep|addthis"
    r"|addtoany|del(?:en)?\b",
    "related": r"relat|recommend|similar|\bmore\b|readmore|read[-_]*(?:next|also|on)|see[-_]*also|trending|popular"
    r"|most[-_]*(?:read|viewed|shared)|latest|outbrain|taboola|recirc|further|\bmehr|aehnlich|verwandt|empfehl"
    r"|recomend"
    r"|sug[ge]+[sr]|next|prev|lees[-_]*ook|czytaj|meistgelesen|top[-_]*stor|associ|connex|podobn|benzer|ilgili|aanbev",
    "teaser": r"teaser|\bcards?\b|promo|\btiles?\b|carousel|slider|swiper|listing|\bfeed|\bgrid|thumb|collection"
    r"|archive|lineup"
    r"|highlight|river|package|\bstack|marquee|spotlight|anriss|destaque|upsell",
    "comment": r"comment|disqus|respond|\brepl(?:y|ies)|discuss|forum|livefyre|feedback|coment|komment|kommentar"
    r"|reaction|reakti"
    r"|conversation|pingback|trackback|spotim|opinary|guestbook|leserbrief",
    "ad": r"\bads?\b|\bads?[-_]|advert|sponsor|promoted|commercial|adslot|adunit|adbox|\bdfp|\bgpt|anzeige"
    r"|werbung|public[ia]d"
    r"|publicit|reklam|affiliate|native[-_]*ad|billboard|leaderboard|annonse|advertentie",
    "join": r"newsletter|subscri|sign[-_]*up|\babo\b|paywall|premium|regist|opt[-_]*in|mailchimp|log[-_]*in"
    r"|sign[-_]*in|account"
    r"|metered|\boffer|donat|member|abonn|suscri|inscri|regwall|piano|prenumer|\bplus\b",
    "author": r"author|byline|\bbio\b|biograph|writer|contributor|autor|auteur|verfasser|profile|avatar|redakt"
    r"|reporter|journalist",
    "tags": r"\btags?\b|\btag[-_]|taglist|topic|keyword|categor|schlagw|taxonom|etiquet|themen|hashtag|kategori"
    r"|post[-_]*meta",
    "cookie": r"cookie|consent|gdpr|privacy|\bcmp|onetrust|didomi|ccpa|datenschutz",
    "caption": r"caption|credit|bildunterschrift|bildtext|legend|photo[-_]*(?:by|text|desc)|\bcutline|quelle"
    r"|agency|pie[-_]*de[-_]*foto",
    "picture": r"photo|image|\bimg|picture|figure|foto|\bbild|galler|slideshow|media|lightbox|\bart\b",
    "meta": r"\bmeta|date|\btime|publish|updated|posted|datum|fecha|timestamp|\binfo\b|details|dateline|erstellt",
    "title": r"title|headline|heading|titel|titulo|titre|\bhed\b|\bname\b|rubrik|naslov|nadpis",
    "kicker": r"kicker|eyebrow|overline|dachzeile|spitzmarke|topline|section[-_]*(?:name|label|link)|channel|flag"
    r"|antetitulo|label",
    "lead": r"\bleads?\b|\blede|intro|standfirst|summary|excerpt|\bdec?k\b|subtitle|subhead|vorspann|abstract"
    r"|chapo|entradilla"
    r"|description|ingress|sottotitolo|perex|anleser",
    "body": r"(?:article|story|post|entry|news|content|detail|artikel|page)"
    r"[-_]*(?:body|text|content|main|inner|copy|inhalt|section)"
    r"|\bbody|prose|rich[-_]*text|wysiwyg|texto|cuerpo|corps|fliesstext|full[-_]*text|field[-_]*item|tresc",
    "article": r"article|artikel|story|\bentry|\bpost\b|\bpost[-_]|noticia|beitrag|articolo|articulo|artigo"
    r"|hentry|blog|\bsingle",
    "content": r"content|\bmain\b|\bmain[-_]|text|inhalt|\bcopy\b|paragraph|contenido|conteudo|contenu|primary"
    r"|component",
    "play": r"video|player|audio|podcast|\bplay|embed|iframe|youtube|widget|poll\b|quiz|survey|game|app\b",
    "box": r"infobox|fact|\bbox|kasten|callout|pull[-_]*quote|\binset|inline|blockquote|\bquote|zitat|citation"
    r"|highlight",
    "over": r"modal|popup|pop[-_]*up|overlay|dialog|tooltip|dropdown|toast|sticky|flyout|off[-_]*canvas|fixed"
    r"|notif|alert",
    "hidden": r"hidden|\bhide|sr[-_]*only|visually|invisible|screen[-_]*reader|print|collapsed|no[-_]*display"
    r"|a11y|offscreen",
    "search": r"search|suche|filter|\bsort|buscar|recherche|ricerca|zoeken|wyszuk",
    "tool": r"\btools?|button|\bbtn|font[-_]*size|action|\bicon|bookmark|\bsave|listen|\bvote|\blike|rating"
    r"|\brate|gift|merk",
    "list": r"list|\bitems?\b|links?\b|index|\btoc\b|liste|lista",
    "note": r"reference|footnote|endnote|\bnotes?\b|source|fussnote|bibliograph|correction|clarification",
    "live": r"\blive|ticker|timeline|liveblog|update|minuto|latest",
    "shop": r"price|shop|product|\bcart\b|warenkorb|\bbuy|\bdeals?\b|coupon|preis|angebot",
    "user": r"\buser|signature|poster|vcard|gravatar|\bstats?\b|views?\b|count",
    "site": r"\bsite|global|\bhome|channel|portal|network|edition|weather|region|service|mobile|desktop",
}
"""What a class, an id, a role or a label says an element is for."""

PHRASES: Mapping[str, str] = {
    "share": r"^share|teilen|compart|partag|condivi|udost[eę]p|facebook|twitter|whatsapp|linkedin|telegram"
    r"|instagram|^follow"
    r"|^folg|^siga|s[ií]gue|suivez|segui|поделит|分享|シェア|공유|payla[sş]|^dela$|^del$|twe+t|e-?mail|^print$"
    r"|drucken|imprimir",
    "join": r"subscri|newsletter|login|register|abonn|suscr[ií]|inscr|iscri|anmeld|registr|prenumer|подпис|订阅"
    r"|登录|会員|購読|구독|로그인"
    r"|zaloguj|^abo$|donat|member|^konto|account|unlock|^sign$",
    "more": r"^more$|^related|recommend|trending|popular|^latest|^mehr$|ähnlich|verwandt|czytaj|zobacz|přečtěte"
    r"|читайте|相关|関連|もっと|관련"
    r"|okuyun|^next$|previous|^zurück|^weiter|continue|^leia$|^también$|^também$|^aussi$",
    "comment": r"^comment|^repl(?:y|ies)$|kommentar|comentari|comentá|commentaire|commenti|reacties|komentar"
    r"|коммент|评论|コメント|댓글"
    r"|yorum|antwort|respond|pingback",
    "tags": r"^tags?$|^topics?$|keyword|schlag|^themen|etiquet|^sujets|argomenti|categor|^теги|标签|タグ|태그|^ämnen",
    "legal": r"©|copyright|reserved|vorbehalten|derechos|^droits|diritti|zastrze|privacy|cookie|nutzungsbed"
    r"|impressum|datenschutz|защищ"
    r"|版权|著作権|저작권|disclaimer|gdpr",
    "byline": r"^by$|^von$|^por$|^par$|^author|^autor|reporter|correspond|^editor|redakt|^автор|记者|기자|^staff$"
    r"|journalist|freelance",
}
"""What a word of a short text says the text is."""

PHRASE_PAIRS: Mapping[str, str] = {
    "share": r"follow (?:us|him|her|on)|share (?:this|on|via)|folgen sie",
    "join": r"sign (?:up|in)|log in|support (?:us|our)|free trial|create an|join (?:us|our)|your email|e mail",
    "more": r"read (?:more|also|next)|see (?:also|all)|you (?:may|might)|most read|lesen sie|auch interess"
    r"|leia (?:mais|tamb)|lee (?:más|mas|tam)"
    r"|más (?:leíd|info|notic|sobre)|lire aussi|à lire|voir aussi|leggi anche|lees ook|læs også|les også"
    r"|läs (?:mer|också)|back to|view (?:all|more)"
    r"|show (?:all|more)|load more|zum thema|more (?:on|from|stories|news)|in other",
    "comment": r"leave a|join the|your comment|view comments|post a",
    "tags": r"filed under|posted in|more about",
    "legal": r"rights reserved|terms of|rechte vorbehalten|права защищены|use of",
    "byline": r"written by|is a|story by|reporting by|editing by",
}
"""The same of two words that follow one another."""

CUES = tuple(NAMES)
SAYINGS = tuple(PHRASES)
COMPOUNDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "masthead": [("site page global main", "header")],
    "side": [("left right", "col column"), ("col", "left right")],
    "related": [("read", "next also on more"), ("see", "also"), ("most", "read viewed shared"), ("lees", "ook"),
                ("top", "story stories")],
    "join": [("sign log opt", "in"), ("sign", "up")],
    "caption": [("photo", "by text desc"), ("pie", "de")],
    "kicker": [("section", "name label link")],
    "body": [("article story post entry news content detail artikel page",
              "body text content main inner copy inhalt section"),
             ("rich full", "text"), ("field", "item items")],
    "ad": [("native", "ad")],
    "tags": [("tag", "list"), ("post", "meta"), ("posted", "in"), ("filed", "under")],
    "over": [("pop", "up"), ("off", "canvas")],
    "hidden": [("sr", "only"), ("screen", "reader"), ("no", "display")],
    "tool": [("font", "size")],
    "box": [("pull", "quote"), ("fact info", "box")],
}  # fmt: skip
"""Cues of two words: any of some, and any of others right after it."""

LONGEST_NAME, LONGEST_WORD, LONGEST_PHRASE = 200, 24, 60
"""Characters of a label and of a word in it that are read, and the longest text that is searched for phrases."""

_EACH_NAME = tuple((1 << at, re.compile(pattern)) for at, pattern in enumerate(NAMES.values()))
_EACH_PHRASE = tuple((1 << at, re.compile(pattern)) for at, pattern in enumerate(PHRASES.values()))
_ANY_PAIR = re.compile("|".join(rf"\b(?:{pattern})()" for pattern in PHRASE_PAIRS.values()))
_PAIR_BITS = (0, *(1 << SAYINGS.index(cue) for cue in PHRASE_PAIRS))
_COMPOUND_BITS: dict[str, int] = {
    one + other: 1 << CUES.index(cue)
    for cue, pairs in COMPOUNDS.items()
    for ones, others in pairs
    for one, other in product(ones.split(), others.split())
}
_TOKEN = re.compile(r"[^\W_]+|[©@]")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def mask_of(*names: str) -> int:
    """The mask of some cues of names."""
    return sum(1 << CUES.index(name) for name in names)


@lru_cache(maxsize=16384)
def of_name(label: str) -> int:
    """The cues in the class, id or label of an element, as a mask.

    Class names are few and repeat: of a page's labels, and of their words, most have been looked up before.
    """
    words = [word.lower() for word in _WORD.findall(label[:LONGEST_NAME])]
    mask = 0
    for word in words:
        mask |= _of_word(word[:LONGEST_WORD])
    for one, other in pairwise(words):
        mask |= _COMPOUND_BITS.get(one + other, 0)
    return mask


@lru_cache(maxsize=32768)
def _of_word(word: str) -> int:
    return sum(bit for bit, pattern in _EACH_NAME if pattern.search(word)) | _COMPOUND_BITS.get(word, 0)


def of_text(text: str) -> int:
    """The cues in a short text, as a mask; nothing for a long one."""
    if len(text) > LONGEST_PHRASE:
        return 0
    words = _TOKEN.findall(text.lower())
    mask = 0
    for word in words:
        mask |= _said(word)
    for found in _ANY_PAIR.finditer(" ".join(words)):
        mask |= _PAIR_BITS[found.lastindex or 0]
    return mask


@lru_cache(maxsize=32768)
def _said(word: str) -> int:
    return sum(bit for bit, pattern in _EACH_PHRASE if pattern.search(word))
