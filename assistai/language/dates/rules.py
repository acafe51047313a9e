"""Meanings that French and English phrases share."""

from __future__ import annotations

import datetime as dt

from assistai.language.dates.calendar import (
    add_months,
    add_working_days,
    month_end,
    next_weekday,
    quarter_end,
    upcoming,
    week_end,
)
from assistai.language.dates.expressions import Meaning

NO_DATE = Meaning(reason="no_meeting_date")
VAGUE = Meaning(reason="vague")
EVENT = Meaning(reason="event_relative")
IMPOSSIBLE = Meaning(reason="impossible_date")


def full_date(year: int, month: int, day: int, confidence: float = 1.0) -> Meaning:
    """Return the meaning of day, month and year; a year of two digits is of this century."""
    try:
        return Meaning(dt.date(year + 2000 if year < 100 else year, month, day), confidence)
    except ValueError:
        return IMPOSSIBLE


def day_of_month(base: dt.date | None, day: int) -> Meaning:
    """Return the next day of that number on or after `base`."""
    if not 1 <= day <= 31:
        return IMPOSSIBLE
    if base is None:
        return NO_DATE
    for months in range(12):
        end = month_end(base.year, base.month + months)
        if day <= end.day and end.replace(day=day) >= base:
            return Meaning(end.replace(day=day), 0.85)
    return IMPOSSIBLE


def day_and_month(base: dt.date | None, day: int, month: int, weekday: int | None = None) -> Meaning:
    """Return the next such date; a weekday that contradicts it lowers the confidence."""
    if base is None:
        return NO_DATE if upcoming(dt.date(2000, 1, 1), month, day) else IMPOSSIBLE
    date = upcoming(base, month, day)
    if date is None:
        return IMPOSSIBLE
    return Meaning(date, 0.5 if weekday is not None and date.weekday() != weekday else 0.95)


def weekday(
    base: dt.date | None, day: int, *, weeks: int = 0, same_day: bool = False, confidence: float = 0.9
) -> Meaning:
    """Return the coming weekday, `weeks` later; the meeting's own day counts only where `same_day`."""
    if base is None:
        return NO_DATE
    return Meaning(next_weekday(base, day, strictly=not same_day) + dt.timedelta(weeks=weeks), confidence)


def weekday_of_week(base: dt.date | None, day: int, weeks: int, confidence: float = 0.9) -> Meaning:
    """Return a weekday of the calendar week `weeks` after that of `base`."""
    if base is None:
        return NO_DATE
    return Meaning(base - dt.timedelta(days=base.weekday()) + dt.timedelta(days=day, weeks=weeks), confidence)


def days(base: dt.date | None, count: int, confidence: float = 0.9) -> Meaning:
    """Return the date so many days later."""
    if base is None:
        return NO_DATE
    return Meaning(base + dt.timedelta(days=count), confidence) if count < 4000 else VAGUE


def working_days(base: dt.date | None, count: int) -> Meaning:
    """Return the date so many Mondays-to-Fridays later."""
    if base is None:
        return NO_DATE
    return Meaning(add_working_days(base, count), 0.8) if count < 1000 else VAGUE


def months(base: dt.date | None, count: int) -> Meaning:
    """Return the date so many months later."""
    if base is None:
        return NO_DATE
    return Meaning(add_months(base, count), 0.85) if count < 240 else VAGUE


def end_of_week(base: dt.date | None, weeks: int = 0, confidence: float = 0.85) -> Meaning:
    """Return the Friday that ends the week, `weeks` later."""
    return NO_DATE if base is None else Meaning(week_end(base, weeks), confidence)


def end_of_month(base: dt.date | None, ahead: int = 0) -> Meaning:
    """Return the last day of the month, `ahead` months later."""
    return NO_DATE if base is None else Meaning(month_end(base.year, base.month + ahead), 0.9)


def part_of_month(base: dt.date | None, month: int, year: int | None, part: str) -> Meaning:
    """Return the early (10th), middle (15th) or last day of a named month, the next one where no year is said."""
    if base is None and year is None:
        return NO_DATE

    def day_in(of_year: int) -> dt.date:
        end = month_end(of_year, month)
        return end.replace(day={"early": 10, "mid": 15}.get(part, end.day))

    if year is not None:
        return Meaning(day_in(year), 0.85)
    assert base is not None  # noqa: S101 - told to the type checker; the case is handled above
    date = day_in(base.year)
    return Meaning(date if date >= base else day_in(base.year + 1), 0.8)


def quarter(base: dt.date | None, which: int, year: int | None = None) -> Meaning:
    """Return the end of a quarter, the next one on or after `base` where no year is said."""
    if year is not None:
        return Meaning(quarter_end(year, which), 0.85)
    if base is None:
        return NO_DATE
    date = quarter_end(base.year, which)
    return Meaning(date if date >= base else quarter_end(base.year + 1, which), 0.8)


def current_quarter(base: dt.date | None, ahead: int = 0) -> Meaning:
    """Return the end of this quarter, `ahead` quarters later."""
    return NO_DATE if base is None else Meaning(quarter_end(base.year, (base.month + 2) // 3 + ahead), 0.85)


def end_of_year(base: dt.date | None, ahead: int = 0) -> Meaning:
    """Return 31 December of the year, `ahead` years later."""
    return NO_DATE if base is None else Meaning(dt.date(base.year + ahead, 12, 31), 0.85)
