"""Dates as pages write them, as ISO 8601 in the page's own zone: the day must stay the one that readers saw."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

__all__ = ["day_in", "day_of_address", "iso"]

MONTHS = {
    name: number
    for number, names in enumerate((
        "january jan januar jän jänner janvier janv enero ene gennaio gen januari janeiro januára stycznia ledna "
        "январь января tammikuuta",
        "february feb februar février févr febrero febbraio februari fevereiro fev lutego února февраля helmikuuta",
        "march mar märz mär mars marzo maart março marca března марта maaliskuuta",
        "april apr avril avr abril abr aprile kwietnia dubna апреля huhtikuuta",
        "may mai mayo maggio mag mei maio maja května мая toukokuuta",
        "june jun juni juin junio giugno giu junho czerwca června июня kesäkuuta",
        "july jul juli juillet juil julio luglio lug julho lipca července июля heinäkuuta",
        "august aug août agosto ago augustus sierpnia srpna августа elokuuta augusti",
        "september sep sept septembre septiembre settembre set setembro września září сентября syyskuuta",
        "october oct oktober okt octobre octubre ottobre ott outubro out października října октября lokakuuta",
        "november nov novembre noviembre novembro listopada listopadu ноября marraskuuta",
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des grudnia prosince "
        "декабря joulukuuta",
    ), 1)
    for name in names.split()
}  # fmt: skip
"""Months by their names in the languages of most news."""

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:[T ]+(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|"
    r"[+-]\d\d:?(?:\d\d)?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_SLASHED = re.compile(r"(?P<year>(?:19|20)\d\d)[/.年](?P<month>\d\d?)[/.月](?P<day>\d\d?)")
_DOTTED = re.compile(r"(?<!\d)(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>(?:19|20)\d\d)")
_CUT = re.compile(r"(?<!\d)(?P<first>\d\d?)[/-](?P<second>\d\d?)[/-](?P<year>(?:19|20)\d\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th|er|º|\.)?\s*(?:de |of |"
    r"d['’])?\s*(?P<month>[^\W\d_]{3,14})\.?,?\s*(?:de |del )?(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d_]{3,14})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?:at\s+)?(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>[01]\d|\d)[/-]?(?P<day>[0-3]\d)(?=[/_.-]|$)")


def iso(value: str) -> str:
    """The day or moment of a text as ISO 8601; empty where it names none."""
    value = value.strip()[:200]
    match = _ISO.search(value)
    if match:
        return _moment(match)
    if value.isdigit() and len(value) in (10, 13):
        stamp = int(value[:10])
        return datetime.fromtimestamp(stamp, tz=UTC).isoformat() if 600_000_000 < stamp < 4_000_000_000 else ""
    if re.match(r"[A-Za-z]{3}, \d", value):
        try:
            return parsedate_to_datetime(value).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    return day_in(value)


def day_in(text: str, *, month_first: bool = False) -> str:
    """The first day that a text names in words or figures; empty if there is none."""
    text = text[:300]
    for pattern in (_ISO, _SLASHED, _DOTTED, _DAY_FIRST, _MONTH_FIRST, _COMPACT):
        for match in pattern.finditer(text):
            said = match["month"]
            month = int(said) if said.isdigit() else MONTHS.get(said.lower(), 0)
            found = _day(int(match["year"]), month, int(match["day"]))
            if found:
                return found
    for match in _CUT.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        month, day = (first, second) if (month_first and first <= 12) or second > 12 else (second, first)
        return _day(int(match["year"]), month, day)
    return ""


def day_of_address(address: str) -> str:
    """The day in the path of a page's address."""
    match = _IN_ADDRESS.search(address)
    return _day(int(match["year"]), int(match["month"]), int(match["day"])) if match else ""


def _moment(match: re.Match[str]) -> str:
    day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if not day or match["hour"] is None:
        return day
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return day
    zone = (match["zone"] or "").upper()
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone:
        digits = (zone[1:].replace(":", "") + "00")[:4]
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}" if int(digits[:2]) < 15 and int(digits[2:]) < 60 else ""
    return f"{day}T{hour:02}:{minute:02}:{second:02}{zone}"


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
