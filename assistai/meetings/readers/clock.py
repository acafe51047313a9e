"""Times as transcripts write them: `00:01:02.500`, `1:02,5`, `0:0:2.34`."""

from __future__ import annotations

import re

CLOCK = r"(?:\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,9})?(?:\s?[AaPp]\.?[Mm]\b\.?)?|\d{1,6}(?:[.,]\d{1,3})?s)"
"""A clock time inside a larger expression; it holds no group."""

_HALF_DAY = re.compile(r"\s?([AaPp])\.?[Mm]\.?$")
_CLOCK = re.compile(r"(-?)(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?$|(-?)(\d{1,7})(?:[.,](\d{1,9}))?s?$")


def seconds(text: str) -> float | None:
    """Return the seconds that a clock time or a bare number of seconds stands for, below zero where it says so.

    With "AM" or "PM" it is a time of the day, its seconds from midnight, and "9:02" is hours and minutes.
    None where it is neither, or where minutes or seconds reach sixty below an hour or a minute.
    """
    text = text.strip()
    if half := _HALF_DAY.search(text):
        return _of_day(text[: half.start()], afternoon=half[1] in "Pp")
    match = _CLOCK.match(text)
    if match is None:
        return None
    if match[7] is not None:
        value = int(match[7]) + float(f"0.{match[8] or 0}")
        return round(-value if match[6] else value, 3)
    hours, minutes, whole = int(match[2] or 0), int(match[3]), int(match[4])
    if whole >= 60 or (match[2] is not None and minutes >= 60):
        return None
    value = hours * 3600 + minutes * 60 + whole + float(f"0.{match[5] or 0}")
    return round(-value if match[1] else value, 3)


def _of_day(text: str, *, afternoon: bool) -> float | None:
    hour = int(text.partition(":")[0])
    value = seconds(text if text.count(":") == 2 else f"{text}:00")
    if value is None or not 1 <= hour <= 12:
        return None
    return value - (hour // 12) * 43_200 + afternoon * 43_200
