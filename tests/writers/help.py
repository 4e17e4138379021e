"""What the tests of writers share."""

from __future__ import annotations

import msgspec

from convert.themes.load import load_theme
from convert.themes.model import Theme
from convert.tree import Asset, Document
from convert.tree.build import paragraph
from convert.writers.base import Options
from convert.writers.xhtml.article import Article, make
from tests.writers.rich import rich_assets

ASSETS = {key: Asset(key) for key in (*rich_assets(), "lost")}
OPTIONS = Options(time_zone="Europe/Sofia")


def theme(name: str = "broadsheet") -> Theme:
    return load_theme(name)


def document(text: str) -> Document:
    """A document in short: the tree's JSON without its envelope; the pictures are those of the rich one."""
    return msgspec.structs.replace(msgspec.json.decode(text.encode(), type=Document), assets=ASSETS)


def words(*paragraphs: str) -> Document:
    return Document(blocks=tuple(map(paragraph, paragraphs)))


def article(made: Document) -> Article:
    """The shared markup of a document, with the keys of pictures as their addresses."""
    return make(made, rich_assets(), theme(), OPTIONS, "stem", lambda key, picture: key + picture.suffix)
