"""Made-up tables of the kinds that newspapers print, to fit border odds beyond the pages at hand.

Real tables are few and each repeats itself: one page with degrees, none with roubles. These rows are drawn
from a seed, in several alphabets and number habits, and are words of our own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

Column = Callable[[random.Random], str]

# ruff: noqa: SIM905, E501 - lists of words read better as text
_WORDS = {
    "latin": "north market river energy council price vote growth union summer report health border city trade rail "
    "water school budget court film league harbour tax island forest bank strike media culture port".split(),
    "german": "Wahl Umsatz Gewinn Stadt Bahn Straße Verein Kreis Fluss Preis Steuer Hafen Schule Amt Markt".split(),
    "french": "marché énergie école ville santé mairie budget culture élection impôt région musée prix".split(),
    "cyrillic": "рынок город выборы школа бюджет область культура порт завод цена река союз".split(),
    "greek": "αγορά πόλη σχολείο τιμή λιμάνι ενέργεια υγεία εκλογές".split(),
    "arabic": "السوق المدينة الطاقة الصحة التعليم الميناء الانتخابات".split(),
    "cjk": "东京 北京市 経済 選挙 大学 港 市場 健康 教育部 エネルギー".split(),
}  # fmt: skip
_FIRST = "Anna Omar Lucía Jan Noor Pierre Olga Kofi Mei Sven Ada Rosa Karl Iris Tom".split()
_LAST = "Berger Haddad Ortega Novák Lindqvist Mensah Moreau McAllister Tanaka O'Shea DeWitt Rossi Kaya Silva".split()
_MONTHS = "January February March April May June July August Sept. Oct. Nov. Dec.".split()


def _words(script: str, low: int, high: int, capital: str) -> Column:
    def make(rng: random.Random) -> str:
        words = [rng.choice(_WORDS[script]) for _ in range(rng.randint(low, high))]
        if capital == "all":
            words = [word[:1].upper() + word[1:] for word in words]
        elif capital == "first":
            words[0] = words[0][:1].upper() + words[0][1:]
        return ("" if script == "cjk" else " ").join(words)

    return make


def _number(low: int, high: int, form: str) -> Column:
    return lambda rng: form.format(rng.randint(low, high))


def _decimal(top: float, form: str, comma: bool = False) -> Column:
    def make(rng: random.Random) -> str:
        text = form.format(rng.uniform(0, top))
        return text.replace(",", " ").replace(".", ",") if comma else text

    return make


def _signed(top: float, form: str) -> Column:
    return lambda rng: form.format(rng.uniform(-top, top))


def _one_of(*values: str) -> Column:
    return lambda rng: rng.choice(values)


def _date(rng: random.Random) -> str:
    return f"{rng.choice(_MONTHS)} {rng.randint(1, 28)}, {rng.randint(1950, 2030)}"


TEXTS: list[Column] = [
    *(_words(script, 1, 2, capital) for script in ("latin", "french", "cyrillic", "greek") for capital in ("all", "first")),
    _words("german", 1, 3, "as is"), _words("latin", 2, 6, "first"), _words("french", 2, 5, "first"),
    _words("arabic", 1, 2, ""), _words("cjk", 1, 2, ""),
    lambda rng: f"{rng.choice(_FIRST)} {rng.choice(_LAST)}", lambda rng: f"{rng.choice(_FIRST)} {rng.choice(_LAST)}",
    lambda rng: f"{rng.choice(_LAST)}, {rng.choice(_WORDS['latin']).title()} ({rng.randint(1, 60)})",
    _one_of("USA", "GBR", "FRA", "KEN", "JPN"), _one_of("Yes", "No"), _one_of("A", "B", "C", "D"),
]  # fmt: skip
FIGURES: list[Column] = [
    _number(0, 99, "{}"), _number(0, 9, "{}"), _number(100, 999, "{}"), _number(1000, 99999, "{:,}"), _number(1000, 9999999, "{:,}"),
    _number(1900, 2030, "{}"), _number(0, 100, "{}%"), _number(0, 100, "{} %"), _number(-20, 40, "{}°"), _number(-20, 40, "{}°C"),
    _number(5, 999, "${}"), _number(1000, 99999, "${:,}"), _number(5, 999, "€{}"), _number(5, 999, "{} €"), _number(5, 99, "£{}m"),
    _number(5, 999, "{} ₽"), _number(1, 900, "{} kg"), _number(1, 900, "{}km"), _number(1, 30, "{}th"), _number(1, 30, "{}."),
    _decimal(99, "{:.1f}"), _decimal(99, "{:.2f}"), _decimal(99, "{:.1f}%"), _decimal(99, "{:.1f}", True), _decimal(9, "{:.2f} €", True),
    _decimal(9999, "{:,.2f}"), _decimal(99, "${:,.2f}"), _decimal(99, "{:.1f} MB"), _decimal(99, "{:.1f} Mio.", True),
    _signed(9, "{:+.1f}"), _signed(9, "{:+.2f}%"), _signed(40, "{:.1f}%"), _signed(90, "({:.1f}%)"),
    lambda rng: f"{rng.randint(0, 40)}-{rng.randint(0, 40)}", lambda rng: f"{rng.randint(0, 9)}–{rng.randint(0, 9)}",
    lambda rng: f"{rng.randint(0, 9)}:{rng.randint(0, 9)}", lambda rng: f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
    lambda rng: f"{rng.randint(9, 99)}–{rng.randint(9, 99)}–{rng.randint(0, 9)}",
    lambda rng: f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(1990, 2030)}",
    lambda rng: f"{rng.randint(1990, 2030)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
    lambda rng: f"{rng.randint(1, 28)} {rng.choice(_MONTHS)}", _date, _one_of("–", "-", "n/a"), _one_of("1st", "2nd", "3rd", "4th"),
]  # fmt: skip
HEADS = (
    _words("latin", 1, 3, "first"),
    _words("german", 1, 2, "as is"),
    _words("latin", 1, 2, "all"),
    _words("cyrillic", 1, 2, "first"),
)


def tables(count: int, seed: int) -> Iterator[list[tuple[str, ...]]]:
    """Tables of two to six columns, the first row a head, in which a word column nearly always comes first."""
    rng = random.Random(seed)  # noqa: S311 - repeatable rows are the point
    for _ in range(count):
        first = rng.choice(TEXTS if rng.random() < 0.75 else FIGURES)
        others = [rng.choice(FIGURES if rng.random() < 0.7 else TEXTS) for _ in range(rng.randint(1, 5))]
        columns = [first, *others]
        if rng.random() < 0.3:
            columns = [first] + [others[0]] * len(others)
        head = rng.choice(HEADS)
        yield [
            tuple(head(rng) for _ in columns),
            *(tuple(column(rng) for column in columns) for _ in range(rng.randint(3, 8))),
        ]
