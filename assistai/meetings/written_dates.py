"""Dates written in a text, in figures or in words, French and English, with their places.

This finds the dates by which meetings are named and headed ("lundi 2 mars 2026", "March 2nd", "20260302",
"02-03-2026", "deux mars deux mille vingt-six"), never relative ones. dateparser's search takes "mars" or "14:30" alone
for dates and fills what is missing from today, which a meeting's date must never be.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistai.language.words import fold_in_place

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr fev feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lundi monday mon lun",
            "mardi tuesday tue tues",
            "mercredi wednesday wed mer",
            "jeudi thursday thu thur thurs jeu",
            "vendredi friday fri ven",
            "samedi saturday sat sam",
            "dimanche sunday sun dim",
        )
    )
    for name in names.split()
}
_NUMBERS_FR = (
    "premier deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit "
    "vingt-neuf trente trente-et-un"
).split()
_ORDINALS_EN = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_DAYS = {word: number for words in (_NUMBERS_FR, _ORDINALS_EN) for number, word in enumerate(words, start=1)}
_YEARS = {
    word: 2000 + number
    for number, french, english in zip(
        range(10, 40),
        "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt vingt-et-un vingt-deux "
        "vingt-trois vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit vingt-neuf trente trente-et-un "
        "trente-deux trente-trois trente-quatre trente-cinq trente-six trente-sept trente-huit trente-neuf".split(),
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty twenty-one twenty-two "
        "twenty-three twenty-four twenty-five twenty-six twenty-seven twenty-eight twenty-nine thirty thirty-one "
        "thirty-two thirty-three thirty-four thirty-five thirty-six thirty-seven thirty-eight thirty-nine".split(),
        strict=True,
    )
    for word in (f"deux-mille-{french}", f"twenty-{english}", f"two-thousand-{english}", f"two-thousand-and-{english}")
}


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\-", r"[\s-]") for word in sorted(words, key=len, reverse=True))


_WEEKDAY = rf"(?:(?P<weekday>{_either(_WEEKDAYS)})\.?,?\s+(?:the\s+|le\s+)?)?"
_YEAR = rf"(?P<year>(?:19|20)\d\d(?!\d)|{_either(_YEARS)})"
_TEXTUAL = (
    rf"\b{_WEEKDAY}(?P<day>\d{{1,2}}|{_either(_DAYS)})(?:er|st|nd|rd|th|e)?\s*[-\s]\s*(?:of\s+)?"
    rf"(?P<month>{_either(_MONTHS)})\b\.?(?:(?:,|\s+de\s+l'an)?\s*[-\s]?\s*{_YEAR}\b)?",
    rf"\b{_WEEKDAY}(?P<month>{_either(_MONTHS)})\.?\s+(?:the\s+)?(?P<day>\d{{1,2}}(?!\d|:)|{_either(_DAYS)})(?:st|nd|rd|th)?"
    rf"\b(?:,?\s*{_YEAR}\b)?",
)
_TEXTUAL_DATES = tuple(re.compile(pattern) for pattern in _TEXTUAL)
_ISO = re.compile(
    r"(?<!\d)(?<!\d[.-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/._ ]?)(?P<month>0[1-9]|1[0-2])(?P=mark)"
    r"(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_LOOSE_ISO = re.compile(
    r"(?<!\d)(?<!\d[.-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/._])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d[.-])(?P<day>\d{1,2})(?P<mark>[-/._ ])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_NUMERIC_SHORT = re.compile(
    r"(?<!\d)(?<!\d[.:-])(?P<day>\d{2})(?P<mark>[-/._])(?P<month>\d{2})(?P=mark)(?P<year>\d\d)(?![\d.:-])"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text at `start:end`; `year` is None where it is not written, `other` the reading month first."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    other: dt.date | None = None

    @property
    def date(self) -> dt.date | None:
        """Return the date, None where the year is missing or the day does not exist."""
        return date_or_none(self.year, self.month, self.day) if self.year else None


def find_dates(text: str) -> list[FoundDate]:
    """Return the dates written in `text`, in figures or words, French or English, in order and without overlaps.

    Figures are read year first or, as in France, day first; where month first is possible too, `other` holds it.
    """
    found: list[FoundDate] = []
    lower = fold_in_place(text)
    for pattern in (_ISO, _LOOSE_ISO, _NUMERIC, _NUMERIC_SHORT):
        found += [date for match in pattern.finditer(lower) if (date := _numeric(match))]
    for pattern in _TEXTUAL_DATES:
        found += [date for match in pattern.finditer(lower) if (date := _textual(match))]
    kept: list[FoundDate] = []
    for date in sorted(found, key=lambda date: (date.start, -date.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
        elif kept[-1].year is None and date.year is not None:
            kept[-1] = date
    return kept


def _numeric(match: re.Match[str]) -> FoundDate | None:
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    if year < 100:
        year += 2000
        if not 2010 <= year <= 2039 or match["day"] == "00":
            return None
        if date_or_none(2000 + day, month, year - 2000) and 10 <= day <= 31:
            return None
    usual, swapped = date_or_none(year, month, day), date_or_none(year, day, month)
    year_first = match.start("year") < match.start("day")
    if year_first:
        swapped = None
    if usual is None and swapped is None:
        return None
    return FoundDate(match.start(), match.end(), day, month, year, None, swapped)


def _textual(match: re.Match[str]) -> FoundDate | None:
    def key(group: str) -> str:
        return re.sub(r"\s+", "-", match[group]) if match[group] else ""

    day = int(match["day"]) if match["day"].isdigit() else _DAYS[key("day")]
    month = _MONTHS[key("month")]
    year = None
    if key("year"):
        year = int(match["year"]) if match["year"].isdigit() else _YEARS[key("year")]
    if not date_or_none(year or 2024, month, day):
        return None
    return FoundDate(match.start(), match.end(), day, month, year, _WEEKDAYS.get(key("weekday")))


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
