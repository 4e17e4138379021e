"""Videos, posts and maps that a page shows from elsewhere: the address and the provider of their cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborNode

__all__ = ["frame_address", "media_address", "post_address", "provider_of"]

PROVIDERS = (
    ("youtube", "YouTube"), ("youtu.be", "YouTube"), ("twitter", "Twitter"), ("x.com", "X"), ("instagram", "Instagram"),
    ("tiktok", "TikTok"), ("facebook", "Facebook"), ("vimeo", "Vimeo"), ("dailymotion", "Dailymotion"),
    ("soundcloud", "SoundCloud"), ("spotify", "Spotify"), ("reddit", "Reddit"), ("bsky", "Bluesky"), ("threads",
    "Threads"),
    ("datawrapper", "Datawrapper"), ("dwcdn", "Datawrapper"), ("flourish", "Flourish"), ("infogram", "Infogram"),
    ("google", "Google"), ("documentcloud", "DocumentCloud"), ("linkedin", "LinkedIn"), ("telegram", "Telegram"),
    ("t.me", "Telegram"), ("vk.com", "VK"), ("twitch", "Twitch"), ("brightcove", "Brightcove"), ("jwplayer",
    "JW Player"),
    ("scribd", "Scribd"), ("pinterest", "Pinterest"), ("giphy", "Giphy"), ("ted.com", "TED"), ("apple", "Apple"),
)  # fmt: skip
"""Providers by a part of their host's name."""

POSTS = {
    "twitter-tweet": "Twitter", "twitter-video": "Twitter", "instagram-media": "Instagram", "tiktok-embed": "TikTok",
    "reddit-embed-bq": "Reddit", "reddit-card": "Reddit", "bluesky-embed": "Bluesky", "text-post-media": "Threads",
    "fb-xfbml-parse-ignore": "Facebook", "fb-post": "Facebook", "imgur-embed-pub": "Imgur",
    "mastodon-embed": "Mastodon",
}  # fmt: skip
"""Classes of block quotes that a provider's script would turn into a post."""

_NOT_SHOWN = re.compile(
    r"googletagmanager|doubleclick|googlesyndication|/ads?[/.?]|adserver|amazon-adsystem|recaptcha|facebook\.com/plugins/"
    r"(?:like|share|page|follow)|platform\.twitter\.com/widgets/(?:tweet_|follow)button|/tr\?|beacon|tracking|consent|"
    r"outbrain|taboola|disqus|addthis|newsletter",
    re.IGNORECASE,
)
_YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/embed/|youtu\.be/)([\w-]{6,15})", re.IGNORECASE)
_ZERO = re.compile(r"\s*[01](?:px)?\s*")


def post_address(quote: LexborNode, attributes: Mapping[str, str | None]) -> tuple[str, str] | None:
    """Address and provider of a block quote that stands for a post; None for any other."""
    names = (attributes.get("class") or "").split()
    provider = next((POSTS[name] for name in names if name in POSTS), "")
    if not provider:
        return None
    address = attributes.get("data-instgrm-permalink") or attributes.get("cite") or attributes.get("data-href") or ""
    if not address.startswith("http"):
        links = [link.attributes.get("href") or "" for link in quote.css("a[href]")]
        posts = [link for link in links if "/status/" in link or "/p/" in link or "/video/" in link or "/post/" in link]
        address = (posts or links or [""])[-1]
    return address, provider


def frame_address(attributes: Mapping[str, str | None]) -> str:
    """What an <iframe> shows, as an address for readers; empty where it is an advertisement or shows nothing."""
    for name in ("src", "data-src", "data-lazy-src", "data-url", "data-cookieblock-src"):
        address = (attributes.get(name) or "").strip()
        if address and not address.startswith(("about:", "javascript:", "data:", "blob:")):
            break
    else:
        return ""
    sizes = [attributes.get("width") or "", attributes.get("height") or ""]
    if any(_ZERO.fullmatch(size) for size in sizes) or _NOT_SHOWN.search(address[:500]):
        return ""
    video = _YOUTUBE.search(address[:500])
    if video:
        return f"https://www.youtube.com/watch?v={video[1]}"
    return _without_wrapper(address)


def _without_wrapper(address: str) -> str:
    """The post itself, of a frame that shows it by its address."""
    try:
        parts = urlsplit(address)
        if "facebook.com" in parts.netloc and "/plugins/" in parts.path:
            return parse_qs(parts.query).get("href", [address])[0]
    except ValueError:
        return ""
    return address


def media_address(element: LexborNode, attributes: Mapping[str, str | None]) -> str:
    """The file of a <video>, <audio>, <object> or <embed>; empty if it names none."""
    for name in ("src", "data-src", "data"):
        if attributes.get(name):
            return attributes[name] or ""
    source = element.css_first("source[src]")
    return (source.attributes.get("src") or "") if source is not None else ""


def provider_of(address: str) -> str:
    """Who shows what is at an address; empty for hosts without a known name."""
    try:
        host = urlsplit(address).netloc.lower()
    except ValueError:
        return ""
    return next((name for part, name in PROVIDERS if part in host), "")
