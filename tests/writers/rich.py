"""A document with every kind of node in it, and its pictures: what writers are tried on."""

from __future__ import annotations

import struct
import zlib

from convert.tree import (
    Aside,
    Asset,
    Attrs,
    Author,
    Break,
    Cell,
    CodeBlock,
    CodeSpan,
    Column,
    Correction,
    Definition,
    DefinitionList,
    Document,
    Embed,
    Emphasis,
    Figure,
    Gallery,
    Heading,
    Image,
    Inline,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Quote,
    Row,
    Rule,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    build,
)  # fmt: skip
from convert.world import Picture

HARBOUR = (
    "The harbour at Varna handled more grain in October than in any month since the port was dredged, and the queue of "
    "lorries on the coast road has become a landmark of its own. Drivers wait eleven hours on average, sleep in their "
    "cabs, and trade places in the line for coffee."
)
COUNCIL = (
    "The regional council, which owns the road but neither the port nor the silos, says it was never consulted. Its "
    "engineers put the cost of a second approach at 42 million euros and the time at three years; the harbour master "
    "says that a booking system, like the ones used in Rotterdam and Constanța, would cost a hundredth of that."
)
QUAY = (
    "On the quay itself the arithmetic is simpler. A vessel of 30,000 tonnes needs twelve hundred lorries, the two "
    "working cranes lift six hundred tonnes an hour between them, and rain stops everything, because wet wheat is "
    "feed wheat and sells for a third less."
)


def t(value: str) -> tuple[Inline, ...]:
    return (Text(value),)


def png(width: int, height: int) -> bytes:
    """A picture of that size: a slope of greys above a darker band, like sea under a sky."""
    rows = []
    for y in range(height):
        sky = y < height * 0.62
        rows.append(
            b"\x00" + bytes((205 - 60 * x // width if sky else 70 + 30 * y // height) & 0xFF for x in range(width))
        )
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    body = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def picture(width: int, height: int) -> Picture:
    return Picture(png(width, height), "image/png", width, height)


def rich_assets() -> dict[str, Picture]:
    """The pictures of `rich_document`; the one called `lost` could not be had."""
    return {
        "harbour": picture(640, 320), "crane": picture(520, 400), "silo": picture(520, 400), "dot": picture(12, 12),
    }  # fmt: skip


def rich_metadata() -> Metadata:
    return Metadata(
        title="A Port Too Small for Its Harvest",
        deck="Record grain, two cranes and one road: how Varna’s queue grew to eleven hours, and what would shorten it",
        authors=(
            Author("Elena Marinova", "Correspondent", "covers ports and railways for the Gazette from Varna.", "https://example.com/em"),
            Author("Tom Ashby", "Data editor", "edits the Gazette’s figures."),
        ),
        publisher="The Coast Gazette", section="Business", slug="varna-port", dateline="VARNA", language="en",
        published="2026-11-24T06:30:00+02:00", modified="2026-11-24T09:00:00+02:00", version="3",
        identifier="urn:newsml:coastgazette.example:20261124:varna-port", canonical_url="https://coastgazette.example/varna-port",
        keywords=("grain", "ports", "Black Sea"), description="Why grain lorries wait eleven hours at Varna.",
        rights="© 2026 The Coast Gazette", editors_note="Hold the second picture.", extra={"desk": "foreign"},
    )  # fmt: skip


def _lede() -> Paragraph:
    return Paragraph((
        Text("The lorries begin at the lighthouse and end, on a bad day, "), Emphasis(t("nine kilometres")),
        Text(" inland, where a man called Petar sells "), Strong(t("hot soup")), Text(" from a van."),
        NoteReference("queue"),
    ), role="lede")  # fmt: skip


def _inlines() -> Paragraph:
    return Paragraph((
        Text("Wheat at 13.5 % moisture keeps; at 16 % it heats. The limit used to be "), Strikethrough(t("15 %")),
        Text(" 14 %, says the handbook ("), Link((Emphasis(t("Grain in Transit")),), "https://example.com/grain?a=1&b=2", "The handbook"),
        Text("), and CO"), Subscript(t("2")), Text(" is measured per m"), Superscript(t("3")), Text(". Its authors write "),
        Span(t("en bon père de famille"), attrs=Attrs(language="fr")), Text(" where others say prudently; the sensor’s log says "),
        CodeSpan("temp > 30 && alarm"), Text(" and shows "), Image("dot", "a grey dot"), Text(". See "),
        Link(t("the table"), "#figures"), Text(" for more."), NoteReference("limit"), NoteReference("queue"),
    ))  # fmt: skip


def _table() -> Table:
    head = (
        Row(
            (
                Cell(build.cell("Port").blocks, rowspan=2),
                Cell(build.cell("Tonnes").blocks, colspan=2),
                Cell(build.cell("Wait, hours").blocks, rowspan=2),
            )
        ),
        build.row("2025", "2026"),
    )
    body = (
        Row((build.cell("Varna", "row"), build.cell("1,204,000"), build.cell("1,911,000"), build.cell("11.0"))),
        Row((build.cell("Constanța", "row"), build.cell("4,350,000"), build.cell("4,410,500"), build.cell("2.5"))),
        Row((build.cell("Burgas", "row"), build.cell("650,000"), build.cell("–"), build.cell("4.0"))),
        Row((Cell(build.cell("Not counted: transit by rail, which has a terminal of its own").blocks, colspan=4),)),
    )
    columns = (Column(), Column("right"), Column("right"), Column())
    return Table(columns, head, body, t("Grain through three ports, January to October"), attrs=Attrs("figures"))


def _lists() -> tuple[List, ...]:
    led = [
        ListItem((Paragraph((Strong(t(f"{lead}:")), Text(f" {rest}"))),))
        for lead, rest in (
            ("Booking", "a slot in the queue by telephone, so that nobody sleeps in a cab"),
            ("A second weighbridge", "the first one weighs 74 lorries an hour, and the road brings 90"),
            ("Cover", "a roof over the conveyor, against the rain that stops work on one day in five"),
        )
    ]
    deep = build.item(
        "Ministry of Transport",
        List((build.item("Rail directorate", List((build.item("Sidings"),))), build.item("Roads"))),
    )
    steps = (build.item("Weigh the lorry."), build.item("Sample the load."), build.item("Tip."))
    loose = (
        ListItem(
            (build.paragraph("The port says the road is too narrow."), build.paragraph("It has said so since 1998."))
        ),
        ListItem((build.paragraph("The council says the port is too slow."),)),
    )
    tasks = (
        ListItem((build.paragraph("Dredge the basin"),), checked=True),
        ListItem((build.paragraph("Widen the road"),), checked=False),
    )
    return (
        List(tuple(led)), List((deep, build.item("Regional council"))), List(steps, ordered=True, start=4),
        List(loose, tight=False), List(tasks),
    )  # fmt: skip


def rich_document() -> Document:
    """An article in which every node of the tree occurs."""
    led, deep, steps, loose, tasks = _lists()
    pull = Quote((Paragraph(t("Wet wheat is feed wheat, and sells for a third less.")),), kind="pull")
    said = Quote(
        (
            build.paragraph("We are a port of the nineteenth century with a harvest of the twenty-first."),
            build.paragraph("Every autumn we are surprised by the autumn."),
        ),
        (Text("Harbour master Ivan Dimov, "), Emphasis(t("Port Annual"))),
    )
    facts = Aside(
        (
            build.paragraph("Two cranes, one weighbridge, one road."),
            List((build.item("Opened in 1906"), build.item("Dredged to 11.5 metres in 2019"))),
        ),
        t("The port in brief"),
    )
    terms = DefinitionList((
        Definition(t("Demurrage"), ((build.paragraph("What a ship costs while it waits."),),)),
        Definition(t("Draught"), ((build.paragraph("How deep a ship lies in the water."),), (build.paragraph("Also what a crane pulls."),))),
    ))  # fmt: skip
    gallery = Gallery(
        (
            Figure("crane", "A crane over a ship", t("The northern crane")),
            Figure("silo", "A concrete silo", t("The old silo"), t("Port archive")),
        ),
        t("The quay in October"),
    )
    script = CodeBlock(
        "def hours(lorries, rate=74):\n    # one weighbridge\n    return lorries / rate if rate > 0 else None\n\nprint(hours(814))",
        "python",
    )
    arabic = Paragraph((Text("ميناء فارنا على البحر الأسود"),), attrs=Attrs(language="ar", direction="rtl"))
    address = Paragraph((Text("Port Authority"), Break(), Text("1 Quay Square"), Break(), Text("Varna")))
    blocks = (
        _lede(), build.paragraph(HARBOUR), build.paragraph(COUNCIL),
        Figure("harbour", "Lorries in a line along a grey sea", t("The coast road on 12 November."), t("Elena Marinova / Coast Gazette")),
        build.paragraph(QUAY),
        Heading(1, t("What would help"), attrs=Attrs("help")), build.paragraph("Three proposals lie on the table of the regional council:"), led,
        build.paragraph(COUNCIL), pull, build.paragraph(HARBOUR),
        Heading(2, t("Who decides")), deep, build.paragraph("A load passes in these steps:"), steps, loose, tasks,
        Heading(3, (Text("A note on "), Emphasis(t("moisture")))), _inlines(),
        Heading(4, t("Measured")), build.paragraph(QUAY), Heading(5, t("And weighed")), build.paragraph("By the tonne."),
        Heading(1, t("In figures")), build.paragraph(QUAY), _table(), build.paragraph(HARBOUR), said, build.paragraph(COUNCIL), facts, build.paragraph(QUAY), gallery,
        Heading(1, t("The words of the trade")), terms, script, Rule(), arabic, address,
        Paragraph(t("Why not simply build another road?"), role="question"),
        Paragraph(t("Because the hill behind it moves."), role="answer"),
        Embed("https://video.example/42", "VideoTube", "A morning in the queue", "Four minutes, with Petar and his soup"),
        Figure("lost", "A map of the harbour with its two basins"),
        Correction((build.paragraph("An earlier version gave the wait as twelve hours. It is eleven."),), date="2026-11-24"),
    )  # fmt: skip
    notes = (
        Note("queue", (Paragraph((Text("Counted by the Gazette on five weekdays in October; see "), Link(t("the method"), "https://example.com/method"), Text("."))),)),
        Note("limit", (build.paragraph("Handbook, second edition, page 41."), build.paragraph("The first edition gave no limit."))),
    )  # fmt: skip
    assets = {key: Asset(f"{key}.png", one.media_type, one.width, one.height) for key, one in rich_assets().items()}
    return Document(rich_metadata(), blocks, notes, {**assets, "lost": Asset("lost.png")})
