"""NITF and NewsML-G2: fields, notes to the desk, messages of several items, and input that means harm."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec import structs

from convert.errors import InputError
from convert.readers import newsml, nitf
from convert.readers.xml_source import tree
from convert.report import Report
from convert.tree import Metadata
from convert.tree.text import block_text, document_letters, letters
from convert.world import Source
from tests.readers.hostile import bounded_outcome, outcome

SAMPLES = Path(__file__).parents[1] / "samples"
READER = nitf.Reader()


def metadata(docdata: str = "", head: str = "", state: str = "") -> Metadata:
    text = (
        f'<nitf><head><docdata management-status="{state}">{docdata}</docdata></head><body><body.head>{head}</body.head>'
        "<body.content><p>a</p></body.content></body></nitf>"
    )
    return READER.read(Source(text.encode())).value.document.metadata


@pytest.mark.parametrize(("docdata", "state", "status", "embargo"), [
    ("", "", "usable", ""),
    ("", "withheld", "withheld", ""),
    ("", "canceled", "canceled", ""),
    ("", "embargoed", "withheld", ""),
    ('<date.release norm="20260504T080000Z"/>', "embargoed", "usable", "2026-05-04T08:00:00+00:00"),
    ('<date.expire norm="2026-05-04T08:00:00Z"/>', "embargoed", "usable", "2026-05-04T08:00:00Z"),
    ('<date.release norm="20260504"/>', "usable", "usable", "2026-05-04"),
    ('<date.release norm="soon"/>', "usable", "usable", "soon"),  # which the desk rules refuse
    ('<date.issue norm="20260504"/><date.release norm="20260504"/>', "usable", "usable", ""),
    ('<date.release norm="20200101"/><date.release norm="20990101"/>', "usable", "usable", "2099-01-01"),
    ('</docdata><docdata management-status="canceled">', "usable", "canceled", ""),
])  # fmt: skip
def test_states_and_embargoes(docdata: str, state: str, status: str, embargo: str) -> None:
    made = metadata(docdata, state=state)
    assert (made.status, made.embargo) == (status, embargo)


@pytest.mark.parametrize(("meta", "status"), [
    ('<pubStatus qcode="stat:usable"/>', "usable"), ("", "usable"),
    ('<pubStatus literal="canceled"/>', "canceled"), ("<pubStatus>canceled</pubStatus>", "canceled"),
    ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', "canceled"),
    ('<pubStatus qcode="stat:usable"/><pubStatus qcode="stat:withheld"/>', "withheld"),
    ("<pubStatus/>", "withheld"), ("<embargoed/>", "withheld"), ("<embargoed> </embargoed>", "withheld"),
])  # fmt: skip
def test_states_of_g2(meta: str, status: str) -> None:
    text = (
        f'<newsItem guid="a"><itemMeta>{meta}</itemMeta><contentSet><inlineData>a</inlineData></contentSet></newsItem>'
    )
    assert newsml.Reader().read(Source(text.encode())).value.document.metadata.status == status


@pytest.mark.parametrize("declared", [
    "<!DOCTYPE nitf>", '<!DOCTYPE nitf SYSTEM "nitf.dtd">', '<!DOCTYPE nitf [<!ENTITY a "b"><!ENTITY x SYSTEM "file:///x">]>',
    '<!DOCTYPE nitf SYSTEM "nitf.dtd" [\n<!ENTITY a "b">\n] >',
])  # fmt: skip
def test_a_document_type_hides_no_root(declared: str) -> None:
    data = f'<?xml version="1.0"?>{declared}{of("<p>a</p>")}'.encode()
    assert READER.sniff(data) == 3
    assert outcome(READER, lambda: data).startswith("xml.entity" if "ENTITY" in declared else "read")


def test_fractions_are_numbers() -> None:
    half = "<frac><frac-num>1</frac-num><frac-den>2</frac-den></frac>"
    text = (
        f"<nitf><body><body.head><hedline><hl1>A <num>2{half}</num></hl1></hedline></body.head><body.content>"
        f"<p>Of <num>1{half}</num> and <num>{half}</num> inches</p></body.content></body></nitf>"
    )
    made = READER.read(Source(text.encode())).value
    assert made.document.metadata.title == "A 2 1/2"
    assert block_text(made.document.blocks[0]).strip() == "Of 1 1/2 and 1/2 inches"
    assert letters(made.text) == document_letters(made.document)


@pytest.mark.parametrize(("byline", "authors"), [
    ("By Jane Doe, AP Writer", [("Jane Doe", "AP Writer")]),
    ("By Jane Doe and Bo Diaz, AP Sports Writers", [("Jane Doe", "AP Sports Writers"), ("Bo Diaz", "AP Sports Writers")]),
    ("By Jane Doe, Bo Diaz", [("Jane Doe", ""), ("Bo Diaz", "")]),
])  # fmt: skip
def test_what_authors_do_is_no_author(byline: str, authors: list[tuple[str, str]]) -> None:
    assert [(one.name, one.role) for one in metadata(head=f"<byline>{byline}</byline>").authors] == authors


def test_rights_of_the_head() -> None:
    assert metadata(head="<rights>For print alone.</rights>").rights == "For print alone."
    both = metadata('<doc.copyright year="2026" holder="AP"/>', "<rights>For print alone.</rights>").rights
    assert both == "© 2026 AP For print alone."


def test_notes_to_the_desk_are_for_it_wherever_they_stand() -> None:
    note = '<note type="npa"><body.content><p>SECRET</p></body.content></note>'
    head = (
        f"<hedline><hl1>a {note}</hl1></hedline><byline>By Ann Lee {note}</byline><abstract><p>b</p>{note}</abstract>"
    )
    shown = f"<media><media-reference source='a.jpg'/><media-caption>c {note}</media-caption></media>"
    text = f"<nitf><body><body.head>{head}</body.head><body.content><p>d</p>{shown}</body.content></body></nitf>"
    document = READER.read(Source(text.encode())).value.document
    made = document.metadata
    assert (made.title, made.description, made.authors[0].name) == ("a", "b", "Ann Lee")
    assert "SECRET" in made.editors_note
    assert "SECRET" not in document_letters(structs.replace(document, metadata=structs.replace(made, editors_note="")))


def test_the_embargo_of_g2_and_of_the_nitf_within_it_both_hold() -> None:
    inner = (
        '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><docdata management-status="embargoed">'
        '<date.release norm="20990101T000000Z"/></docdata></head><body><body.content><p>a</p></body.content></body></nitf>'
    )
    text = (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><itemMeta><embargoed>2020-01-01T00:00:00Z'
        f"</embargoed></itemMeta><contentSet><inlineXML>{inner}</inlineXML></contentSet></newsItem>"
    )
    made = newsml.Reader().read(Source(text.encode())).value.document.metadata
    assert made.embargo.startswith("2099-01-01")


def test_media_without_a_file_are_losses() -> None:
    wide = '<media-reference mime-type="image/tiff" source="https://e.org/a.tif" width="900"/>'
    small = '<media-reference mime-type="image/jpeg" source="https://e.org/a.jpg" width="90"/>'
    held = '<media-object encoding="base64">AAAA</media-object>'
    made, codes = media(f"{wide}{small}"), media(held)[1]
    assert made == (["https://e.org/a.jpg"], [])
    assert media(wide) == (["https://e.org/a.tif"], [])
    assert codes == ["nitf.media"]
    assert media('<media-reference mime-type="application/pdf" source="https://e.org/a.pdf"/>')[1] == ["nitf.media"]


def test_who_holds_the_rights_to_a_picture_is_known() -> None:
    result = READER.read(Source((SAMPLES / "nitf" / "story.xml").read_bytes(), "story.xml"))
    assert {asset.source: asset.holder for asset in result.value.document.assets.values()} == {
        "quay.jpg": "Example Pictures"
    }


def media(inner: str) -> tuple[list[str], list[str]]:
    text = f'<media media-type="image">{inner}<media-caption>Words</media-caption></media>'
    result = READER.read(Source(of(f"<p>a</p>{text}").encode()))
    codes = [message.code for message in result.report.messages]
    return [asset.source for asset in result.value.document.assets.values()], codes


def test_notes_to_the_desk_are_not_in_the_article() -> None:
    made = READER.read(Source((SAMPLES / "nitf/story.xml").read_bytes())).value.document
    note = made.metadata.editors_note
    assert [words for words in ("Photos to follow", "Check the name", "cut here") if words not in note] == []
    text = document_letters(made).replace(letters(note), "")
    assert [words for words in ("Photostofollow", "Checkthename", "cuthere") if words in text] == []


@pytest.mark.parametrize("name", ["nitf/story.xml", "nitf/embargoed.xml"])
def test_all_words_of_the_body_are_in_the_tree(name: str) -> None:
    """The words of the XML itself, taken without the reader: those of the body but for notes and lists' numbers."""
    data = (SAMPLES / name).read_bytes()
    content = next(one for one in tree(data, Report(), "").iter() if one.tag.rpartition("}")[2] == "body.content")
    for parent in list(content.iter()):
        for note in [one for one in parent if one.tag == "note" and one.get("type") == "npa"]:
            parent.remove(note)
    expected = letters("".join(content.itertext()))
    assert expected in letters(READER.read(Source(data)).value.text).replace("Aquay", "").replace(
        "1First2Second", "FirstSecond"
    )


MARKUP = st.recursive(
    st.sampled_from(["one", "two ", "&amp;", "<br/>", "<hr/>", "<num>3</num>"]),
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>",
        st.sampled_from(["p", "hl2", "block", "bq", "credit", "em", "q", "ul", "li", "dl", "dt", "dd", "table", "tr", "td",
                         "person", "org", "note", "fn", "a", "pre", "unknown", "caption", "nitf-table"]),
        st.lists(inner, max_size=4),
    ), max_leaves=25,
)  # fmt: skip


@given(MARKUP)
def test_no_word_of_a_body_is_lost(markup: str) -> None:
    body = f"<nitf><body><body.content>{markup}</body.content></body></nitf>"
    made = READER.read(Source(body.encode())).value
    expected = letters("".join(tree(body.encode(), Report(), "").itertext()))
    assert sorted(letters(made.text)) == sorted(expected)
    assert letters(made.text) == document_letters(made.document)


def test_a_message_is_several_articles() -> None:
    data = (SAMPLES / "newsml/message.xml").read_bytes()
    reader = newsml.Reader()
    found = list(reader.items(io.BytesIO(data), Source(b"", "message.xml"), 100_000, Report()))
    assert [one.name for one in found] == ["bridge-reopens.xml", "bridge-reopens-2.xml", "Quay.xml"]
    assert [reader.read(one).value.document.metadata.status for one in found] == ["usable", "canceled", "usable"]
    with pytest.raises(InputError, match="3 articles"):
        reader.read(Source(data))


@pytest.mark.parametrize("name", ["nitf/story.xml", "nitf/embargoed.xml", "newsml/message.xml"])
def test_another_parser_has_the_same_words(name: str) -> None:
    """libxml2, without its own loading of document types, of which the samples use nothing but &nbsp;."""
    data = (SAMPLES / name).read_bytes().replace(b"&nbsp;", b"&#160;")
    theirs = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    assert "".join(theirs.itertext()) == "".join(tree(data, Report(), "").itertext())


def of(content: str) -> str:
    return f"<nitf><body><body.content>{content}</body.content></body></nitf>"


HOSTILE = {
    "entities": lambda: '<!DOCTYPE nitf [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' + of("&b;"),
    "external entity": lambda: '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + of("&a;"),
    "unknown entity": lambda: '<!DOCTYPE nitf SYSTEM "/etc/passwd">' + of("a &nosuch; b &eacute;"),
    "attribute": lambda: of(f'<p lede="{"x" * 100_000_000}">a</p>'),
    "nested": lambda: of("<block>" * 390 + "a" + "</block>" * 390),
    "nested too deeply": lambda: of("<block>" * 100_000),
    "cut off": lambda: of("<p>a</p>")[:-9],
    "wrong root": lambda: "<svg/>",
    "no body": lambda: "<nitf/>",
    "references": lambda: of("<media>" + '<media-reference source="a.jpg" width="9"/>' * 100_000 + "</media>"),
    "media": lambda: of('<media><media-reference source="a.jpg"/></media>' * 30_000),
    "revisions": lambda: "<nitf>" + '<revision-history norm="x"/>' * 200_000 + "</nitf>",
    "a table": lambda: of("<table>" + "<tr><td colspan='99999'>a</td></tr>" * 5_000 + "</table>"),
    "script": lambda: of("<script>alert(1)</script><p onclick='x'>a<a href='javascript:x'>b</a></p>"),
    "files": lambda: of('<media><media-reference source="/etc/passwd"/></media>'),
    "no encoding": lambda: b'<?xml version="1.0" encoding="utf-16"?>' + of("a").encode(),
    "a number": lambda: of(f'<ol seqnum="{"9" * 5_000}"><li>a</li></ol>'),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_items_end_soon(name: str) -> None:
    assert outcome(READER, HOSTILE[name]).startswith(("read", "xml.", "html.", "nitf."))


@pytest.mark.prove
@pytest.mark.parametrize("name", HOSTILE)
def test_harmful_items_end_within_1_gib(name: str) -> None:
    bounded_outcome(__name__, name)


def test_an_empty_message() -> None:
    with pytest.raises(InputError, match="holds no article"):
        newsml.Reader().read(Source(b"<newsMessage/>"))
