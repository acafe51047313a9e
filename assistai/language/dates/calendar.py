"""Calendar arithmetic for deadlines: weeks start on Monday (ISO 8601), a week's work ends on Friday."""

from __future__ import annotations

import calendar
import datetime as dt

DAY = dt.timedelta(days=1)


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month; `month` may lie outside 1 to 12 and then counts into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def quarter_end(year: int, quarter: int) -> dt.date:
    """Return the last day of a quarter (1 to 4, or beyond into other years)."""
    return month_end(year, quarter * 3)


def next_weekday(base: dt.date, weekday: int, *, strictly: bool = False) -> dt.date:
    """Return the first such weekday (Monday is 0) on or after `base`; after it where `strictly`."""
    days = (weekday - base.weekday()) % 7
    return base + dt.timedelta(days=days or (7 if strictly else 0))


def week_end(base: dt.date, weeks: int = 0) -> dt.date:
    """Return the Friday of the week of `base`, `weeks` later; on a weekend, that of the week to come."""
    monday = base - dt.timedelta(days=base.weekday())
    friday = monday + dt.timedelta(days=4 + 7 * weeks)
    return friday if friday >= base else friday + dt.timedelta(days=7)


def add_months(base: dt.date, months: int) -> dt.date:
    """Return the same day `months` later, or the month's last day where it has no such day."""
    end = month_end(base.year, base.month + months)
    return end.replace(day=min(base.day, end.day))


def add_working_days(base: dt.date, days: int) -> dt.date:
    """Return the date `days` Mondays-to-Fridays after `base`; holidays are not known."""
    date = base
    while days > 0:
        date += DAY
        days -= date.weekday() < 5
    return date


def easter(year: int) -> dt.date:
    """Return Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    length = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * length) // 451
    month, day = divmod(h + length - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def upcoming(base: dt.date, month: int, day: int) -> dt.date | None:
    """Return the next such day and month on or after `base`, or None where no calendar has it."""
    for year in range(base.year, base.year + 9):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date >= base:
            return date
    return None
