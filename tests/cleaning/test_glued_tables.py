"""Tables whose cells ran together, in several alphabets, and lines that only look like them."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.cleaning.glued_tables import GluedTable, find

TABLES = {
    "words": """
        Format|Topics
        Round tables|Trade, fishing rights
        Study visits|Schools, sports
        Open days|Museums, old mills
        """,
    "three columns with percentages": """
        Region|Turnout (%)|Main worry
        Northern Isles|61|Ferry prices, housing
        Borders|58|Bus routes
        Highlands|66|Broadband, clinics
        """,
    "prices": """
        Product|Before|Now
        Bread|$2.10|$2.45
        Olive oil|$8.99|$11.50
        Coffee|$6.25|$7.05
        """,
    "German prices and commas": """
        Ware|Preis 2023|Preis 2024
        Brot|3,20 €|3,55 €
        Butter|2,19 €|2,49 €
        Milch|1,05 €|1,15 €
        """,
    "years": """
        Year|Winner|Country
        2018|Petra Lindholm|Sweden
        2019|Marco Bellini|Italy
        2021|Ines Cardoso|Portugal
        """,
    "signed percentages": """
        Index|Close|Change
        Lisbon All|5,412.3|+0.4%
        Oslo All|1,204.8|-1.2%
        Vienna|3,377.1|+2.0%
        """,
    "units": """
        River|Length|Basin
        Alda|412 km|Northern
        Borra|97 km|Coastal
        Cevira|1,203 km|Inland
        """,
    "names with capitals inside": """
        Name|Age|Club
        Fiona McAllister|23|Harbour AC
        Liam O'Connor|31|Leith Runners
        Jean DeWitt|27|Dock Road
        """,
    "Cyrillic": """
        Город|Население|Река
        Светлоград|120 000|Быстрая
        Озёрск|85 000|Тихая
        Горный|43 000|Каменка
        """,
    "Greek": """
        Πόλη|Ψήφοι|Νικητής
        Αλιμος|4.210|Μαρία Δήμου
        Βόλος|9.877|Νίκος Ράλλης
        Κόρινθος|7.345|Ελένη Παππά
        """,
    "numbers next to numbers": """
        Team|Played|Won|Points
        Rovers|12|10|31
        Albion|12|10|30
        Wanderers|12|11|34
        United|12|10|32
        """,
    "times": """
        Train|Leaves|Arrives
        Night mail|22:15|06:40
        Coast line|07:05|09:55
        Valley line|08:30|10:10
        """,
}

PLAIN = {
    "prose": """
        The minister spoke for an hour.Nobody left the room before he had finished.
        Outside,the crowd had grown to a thousand.It stayed until the lamps were lit.
        """,
    "headlines with names": """
        YouTube and TikTok agree to new rules
        McDonald's opens its first riverside branch
        Why the iPhone is late this year
        PayPal, eBay and LinkedIn fined by the court
        """,
    "a list": """
        • YouTube channels for schools
        • LinkedIn groups for teachers
        • WhatsApp lists for parents
        """,
    "a numbered list": """
        1. GitHub pages for beginners
        2. WordPress for clubs
        3. OpenStreetMap for walkers
        """,
    "an address": """
        12 Harbour Street
        Leith EH6 6AB
        Scotland
        Telephone 0131 555 0100
        """,
    "a poem": """
        The tide went out at half past four
        And left the boats upon the sand
        A gull walked up to our front door
        And took a biscuit from my hand
        """,
    "dates": """
        Published 3 May 2024
        Updated 5 May 2024, 10:32
        By Anna Berger
        """,
    "Japanese prose": """
        市議会は13日午後10時31分、新しい予算案を可決した。
        来年度から学校給食は無料になり、約3600人の児童が対象となる。
        """,
    "settings": """
        showBanner: true
        isMember: false
        hasComments: true
        """,
}


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def letters(text: str) -> str:
    return "".join(text.split())


def rows_of(table: GluedTable | None) -> list[str]:
    return ["|".join(row) for row in table.rows] if table else []


@pytest.mark.parametrize("name", TABLES)
def test_a_glued_table_is_cut_where_its_cells_ended(name: str) -> None:
    expected = lines_of(TABLES[name])
    table = find([line.replace("|", "") for line in expected])
    assert rows_of(table) == expected
    assert table is not None
    assert table.header
    assert table.reasons


@pytest.mark.parametrize("name", PLAIN)
def test_lines_that_are_no_table_stay_lines(name: str) -> None:
    table = find(lines_of(PLAIN[name]))
    assert table is None or table.odds <= 0  # a doubt at most


def test_words_of_the_article_part_a_head_of_small_letters() -> None:
    glued = ["Fields of workfirst steps", "Coastal PatrolsShared radio rooms", "Fish StocksJoint counts every spring"]
    glued.append("Harbour SafetyNew lights on both piers")
    article = "The work begins with steps that are small, and first of all cheap. " + " ".join(glued)
    vocabulary = Counter(re.findall(r"[^\W\d_]+", article.lower()))
    for words in (vocabulary, lambda word: vocabulary[word]):
        table = find(glued, words)
        assert table is not None
        assert table.rows[0] == ("Fields of work", "first steps")
        assert table.header


def test_two_rows_are_a_table_if_the_first_is_a_head_and_a_doubt_if_not() -> None:
    table = find(["CityPopulation", "Springfield30,720"])
    assert rows_of(table) == ["City|Population", "Springfield|30,720"]
    assert table is not None
    assert table.odds > 0
    doubt = find(["Springfield30,720", "Riverton12,911"])
    assert doubt is not None
    assert doubt.odds <= 0


SPACED = {
    "figures": """
        Region|Turnout|Change
        Northern Isles|61.2%|+3.1
        Borders|58.4%|-0.4
        Highlands|66.0%|+1.2
        Lowlands|59.3%|-2.7
        """,
    "a ranking": """
        1.|Mercedes|613.5
        2.|Ferrari|585.5
        3.|McLaren|323.5
        4.|Alpine|275
        5.|Williams|155
        """,
}


@pytest.mark.parametrize("name", SPACED)
def test_cells_with_a_space_between_are_parted_too(name: str) -> None:
    expected = lines_of(SPACED[name])
    table = find([line.replace("|", " ") for line in expected])
    assert rows_of(table) == expected
    assert table is not None
    assert table.odds > 0


def test_dates_with_dashes_are_a_list() -> None:
    table = find([f"June {day} -- Town hall, {town}" for day, town in ((9, "Leith"), (10, "Perth"), (14, "Oban"))])
    assert table is None or table.odds <= 0


def test_a_name_that_the_article_has_elsewhere_is_not_cut() -> None:
    glued = ["PlatformUsers", "YouTube310", "LinkedIn95", "Weibo120"]
    table = find(glued, Counter({"youtube": 4, "linkedin": 3, "weibo": 1, "platform": 2}))
    assert rows_of(table) == ["Platform|Users", "YouTube|310", "LinkedIn|95", "Weibo|120"]


def test_an_empty_cell_keeps_its_column() -> None:
    glued = ["CountrySeatsLeader", "Norland14Ada Holm", "Sudia9Karl Voss", "Estmark7", "Westria11Rosa Thiel"]
    table = find(glued)
    assert table is not None
    assert table.rows[3] == ("Estmark", "7", "")


def test_a_full_first_row_without_figures_is_a_head_though_it_looks_like_the_rest() -> None:
    table = find(["TopicAnswer", "TransportBarges", "ForestPlanting", "HousingFloors", "LightingLamps"])
    assert rows_of(table)[0] == "Topic|Answer"
    assert table is not None
    assert table.header


def test_a_first_row_with_figures_is_no_head() -> None:
    table = find(["Norland14.5Holm", "Sudia9.2Voss", "Westria11.8Thiel", "Estmark7.1Brandt"])
    assert table is not None
    assert not table.header


def test_a_long_table_is_cut_to_its_last_row() -> None:
    table = find(
        [
            "StationPassengersLine",
            *(f"Halt {name * 2}{100 + n * 37 % 800}North line" for n, name in enumerate("abcdefghij" * 9)),
        ]
    )
    assert table is not None
    assert (table.first, table.last) == (0, 91)
    assert all(row[2] == "North line" for row in table.rows[1:])


def test_lines_around_a_table_are_left_out() -> None:
    body = [line.replace("|", "") for line in lines_of(TABLES["three columns with percentages"])]
    around = ["The figures come from the electoral office", "and were checked twice", *body, "Source: electoral office"]
    table = find(around)
    assert table is not None
    assert (table.first, table.last) == (2, 6)


def test_confidence_is_lower_where_figures_touch() -> None:
    clear = find([line.replace("|", "") for line in lines_of(TABLES["three columns with percentages"])])
    touching = find([line.replace("|", "") for line in lines_of(TABLES["numbers next to numbers"])])
    assert clear is not None
    assert touching is not None
    assert min(clear.confidence) > max(touching.confidence[1:])


pieces = st.sampled_from(
    ["Asia", "north", "65", "7.5%", "$", " ", "é", "́", "東京", "город", "٣", ".", "(", ")", '"', "-", "McD", "\u200b"]
)
glued_lines = st.lists(st.lists(pieces, max_size=9).map("".join) | st.text(max_size=30), max_size=9)


@settings(max_examples=300, deadline=None)
@given(glued_lines, st.dictionaries(st.text(max_size=5), st.integers(0, 3), max_size=4))
def test_no_letter_is_lost_or_moved(lines: list[str], vocabulary: dict[str, int]) -> None:
    table = find(lines, vocabulary)
    if table is None:
        return
    assert table.last - table.first == len(table.rows) == len(table.confidence)
    assert len({len(row) for row in table.rows}) == 1
    assert all(0 <= sure <= 1 for sure in table.confidence)
    for line, row in zip(lines[table.first : table.last], table.rows, strict=True):
        assert letters("".join(row)) == letters(line)


@pytest.mark.parametrize(
    "lines",
    [
        [f"Row{i}Asia{i * 7}" for i in range(5000)],
        ["a1" * 50_000, "Asia1" * 20_000],
        ["aB" * 40] * 5000,
        ["1" * 500] * 5000,
    ],
    ids=["many rows", "endless lines", "camels", "digits"],
)
def test_hostile_lines_end_soon(lines: list[str]) -> None:
    start = time.process_time()
    find(lines)
    assert time.process_time() - start < 20


def test_the_sample_article_gives_its_three_tables(shared) -> None:  # type: ignore[no-untyped-def]
    text = (shared / "samples" / "istanbul-talks.txt").read_text("utf-8")
    vocabulary = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    blocks = [lines_of(block) for block in re.split(r"\n\s*\n", text)]
    tables = [table for block in blocks if (table := find(block, vocabulary))]
    wanted = (shared / "samples" / "istanbul-talks.expected.md").read_text("utf-8").splitlines()
    expected = [
        "|".join(cell.strip() for cell in line.strip("|").split("|"))
        for line in wanted
        if line.startswith("|") and not set(line) <= set("|-: ")
    ]
    assert [row for table in tables for row in rows_of(table)] == expected
    assert all(table.header for table in tables)
