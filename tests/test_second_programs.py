"""The samples of wire items and CMS records by programs that are not ours: a sample and its reader may not share an error.

WordPress's exports and the feeds are read by feedparser in tests/readers, Word files by pandoc and LibreOffice.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import NewsMLG2
import pytest
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT201909

from convert import formats
from convert.readers.newsml import Reader as NewsML
from convert.report import Report
from convert.tree.nodes import Document
from convert.tree.text import document_letters, letters
from convert.world import Source
from tests.validators import HOME, need
from tests.validators.judges import INSTALL

SAMPLES = Path(__file__).parent / "samples"
NAR = "{http://iptc.org/std/nar/2006-10-01/}"

UNPUBLISHED = {"DESK: cut here."}
"""What a sample says to the desk alone."""

pytestmark = pytest.mark.prove


def read(name: str) -> Document:
    source = Source((SAMPLES / name).read_bytes(), Path(name).name)
    return formats.reader_for(source).read(source).value.document


def by_superdesk(file: Path) -> dict[str, Any]:
    """A sample as Superdesk's own parser has it."""
    wheel = need(HOME / "superdesk", "Superdesk's parsers", INSTALL)
    script = Path(__file__).parent / "validators" / "superdesk_reads.py"
    done = subprocess.run([sys.executable, script, wheel, file], capture_output=True, check=True, timeout=60)
    item = json.loads(done.stdout)
    return dict(item[0] if isinstance(item, list) else item)


@pytest.mark.parametrize("name", ["ninjs/superdesk.json", "ninjs/ap.json", "nitf/story.xml"])
def test_superdesk_reads_a_wire_item_alike(name: str, tmp_path: Path) -> None:
    copy = tmp_path / Path(name).name
    # NITF's DTD, which their parser does not read, declares `&nbsp;`: they are handed the character
    copy.write_text((SAMPLES / name).read_text("utf-8").replace("&nbsp;", "\u00a0"), "utf-8")
    theirs, document = by_superdesk(copy), read(name)
    ours = document.metadata
    assert theirs["headline"] == ours.title
    assert ours.authors[0].name.casefold() in theirs["byline"].casefold()
    for field, own in (("copyrightnotice", ours.rights), ("ednote", ours.editors_note), ("language", ours.language)):
        assert theirs.get(field, "") in own
    assert theirs.get("abstract", "") in (ours.description, ours.deck, "")
    assert datetime.fromisoformat(theirs["firstcreated"]) == datetime.fromisoformat(ours.published)
    texts = [text for text in etree.HTML(theirs.get("body_html") or "<p/>").xpath("//p//text()") if letters(text)]
    told = document_letters(document)
    assert all(letters(text) in told for text in texts if text not in UNPUBLISHED)


def test_newsmlg2_reads_the_items_of_a_message_alike() -> None:
    file = SAMPLES / "newsml" / "message.xml"
    elements = etree.parse(file).iter(NAR + "newsItem")
    theirs = [NewsMLG2.NewsMLG2Document(etree.tostring(element)).get_item() for element in elements]
    whole = Source(file.read_bytes(), file.name)
    report = Report()
    with file.open("rb") as handle:
        sources = list(NewsML().items(handle, whole, 1 << 20, report))
    ours = [formats.reader_for(source).read(source).value.document.metadata for source in sources]
    assert [item.guid for item in theirs] == [metadata.identifier for metadata in ours]
    for item, metadata in zip(theirs, ours, strict=True):
        assert item.itemmeta.pubstatus.qcode == f"stat:{metadata.status}"
        assert str(item.itemmeta.provider.name[0]) == metadata.publisher
        assert item.version == metadata.version


def test_the_posts_of_wordpress_hold_by_the_schema_of_its_api() -> None:
    root = Path(need(HOME / "node/node_modules/wp-json-schemas", "the schemas of WordPress's API", INSTALL))

    def of(address: str) -> Resource[Any]:
        return Resource.from_contents(json.loads((root / address.split("/trunk/")[1]).read_text("utf-8")), DRAFT201909)

    schema = json.loads((root / "schemas/rest-api/post.json").read_text("utf-8"))
    judge = jsonschema.Draft201909Validator(schema, registry=Registry(retrieve=of))
    for name in ("post", "raw"):
        post = json.loads((SAMPLES / "wordpress" / f"{name}.json").read_text("utf-8"))
        assert [error.message for error in judge.iter_errors(post)] == []
        del post["slug"]
        assert [error.message for error in judge.iter_errors(post)] == ["'slug' is a required property"]


def test_the_posts_of_a_ghost_export_hold_by_the_schema_of_its_api() -> None:
    """An export holds rows of the database: what the API does not show is left out, and 0 and 1 are false and true."""
    root = Path(need(HOME / "node/node_modules/@tryghost/admin-api-schema", "the schemas of Ghost's API", INSTALL))
    schema = json.loads((root / "lib/schemas/posts.json").read_text("utf-8"))["definitions"]["post"]
    judge = jsonschema.Draft7Validator(schema)
    shown = set(schema["properties"])
    for name in ("post", "site"):
        for row in json.loads((SAMPLES / "ghost" / f"{name}.json").read_text("utf-8"))["db"][0]["data"]["posts"]:
            post = {key: value for key, value in row.items() if key in shown}
            post["featured"] = bool(post.get("featured"))
            assert {"title", "slug", "html", "status"} <= set(post)
            assert [error.message for error in judge.iter_errors(post)] == []
        assert [error.message for error in judge.iter_errors({**post, "status": "lost"})]
