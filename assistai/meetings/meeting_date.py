"""The meeting's date: given, or told by the file, its name or a sentence spoken; never today's, never guessed.

A day without its year ("lundi 2 mars") has a date only where something else tells the year for certain: a hint (when
the file was made, another full date) within two years of which exactly one year has that day on that weekday.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from assistai.language.words import fold_in_place
from assistai.meetings.transcript import DateSource
from assistai.meetings.written_dates import FoundDate, date_or_none, find_dates
from assistai.records import Notice

_SAYS = re.compile(
    r"\b(?:"
    r"(?:nous sommes|on est|nous voici|on se retrouve|nous nous retrouvons)"
    r"(?: donc| bien| aujourd'hui| ce matin| reunis)*,?"
    r"|aujourd'hui,?(?: donc,?)?(?: nous sommes| on est| c'est| le| ce)*"
    r"|la date (?:du jour|d'aujourd'hui)(?: est| c'est)*"
    r"|nous tenons (?:aujourd'hui )?(?:la|le|notre)[^.?!]{0,40}|en ce"
    r"|(?:bienvenue|ouvre|ouvrir|ouvrons|commence|commencer|commencons|demarre|demarrer|demarrons|presente|notre|cette)"
    r"\b[^.?!]{0,40}\b(?:reunion|seance|comite|point|conseil|assemblee|atelier|codir|copil|comex|cse)\b[^.?!]{0,40}"
    r"\b(?:du|de ce)"
    r"|(?:today|today's date)(?:'s| is| being|,)*"
    r"|(?:it's|it is|we're|we are|here we are)(?: now| today| meeting| gathered| on)*"
    r"|(?:welcome to|this is|opening|open|start|starting)\b[^.?!]{0,50}?"
    r")\s*(?:le|the|on|of|for|du)?\s*(?:the\s+)?$"
)
_NOT_SAYS = re.compile(
    r"\b(?:avant|d'ici|jusqu'au|pour|depuis|before|until|by|since|due|not|pas|moins de|si)\s*(?:le|the)?\s*$"
)
_OPENING_CHARACTERS = 15_000
_REACH = 2


def meeting_date(
    *,
    given: dt.date | None = None,
    stated: Sequence[str] = (),
    name: str = "",
    created: dt.date | None = None,
    spoken: Iterable[str] = (),
    day_first: bool = True,
) -> tuple[dt.date | None, DateSource | None, tuple[Notice, ...]]:
    """Return the meeting's date, where it comes from, and notices of what is doubtful or missing.

    In order: `given`; what the file states (`stated`); its `name`; a sentence `spoken` with its year, or without one
    where hints tell it; when the file was `created`, with a notice, for that is often after the meeting. `day_first`
    says how 03/04/2026 is read; where it is False such a date is ambiguous and not used. With no date there is a
    notice that says why.
    """
    if given is not None:
        return given, "given", ()
    doubts: list[Notice] = []
    for text in stated:
        if date := _certain(find_dates(text), day_first, doubts):
            return date, "metadata", tuple(doubts)
    written = find_dates(re.sub(r"\.\w{1,5}$", "", name).replace("_", " ")) or find_dates(name)
    if date := _certain(written, day_first, doubts):
        return date, "filename", tuple(doubts)
    partial = [found for text in (*stated, name.replace("_", " ")) for found in find_dates(text) if found.year is None]
    said, others = _said(spoken)
    name_years = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", name)} if not written else set()
    hints = [created.year] if created else sorted(name_years or {date.year for date in others})
    for candidates, source in ((partial, "metadata"), (said, "spoken")):
        for found in candidates:
            date = found.date or _with_year(found, created, hints, sure=bool(created or name_years))
            if date is not None:
                return date, source, (*doubts, *_weekday_doubt(found, date))  # type: ignore[return-value]
    if created is not None:
        return created, "metadata", (*doubts, Notice("date_from_properties", None, (("date", created.isoformat()),)))
    if missing := [*partial, *said]:
        day = f"{missing[0].day:02d}/{missing[0].month:02d}"
        return None, None, (*doubts, Notice("date_without_year", None, (("day", day),)))
    return None, None, tuple(doubts) or (Notice("date_unknown"),)


def _certain(dates: Sequence[FoundDate], day_first: bool, doubts: list[Notice]) -> dt.date | None:
    for found in dates:
        if found.date is None and found.other is None:
            continue
        if found.date and found.other and found.date != found.other and not day_first:
            values = (("first", found.date.isoformat()), ("second", found.other.isoformat()))
            doubts.append(Notice("date_ambiguous", None, values))
            continue
        date = found.date or found.other
        if date:
            doubts.extend(_weekday_doubt(found, date))
        return date
    return None


def _weekday_doubt(found: FoundDate, date: dt.date) -> tuple[Notice, ...]:
    if found.weekday is None or found.weekday == date.weekday():
        return ()
    return (Notice("date_weekday_differs", None, (("date", date.isoformat()),)),)


def _said(texts: Iterable[str]) -> tuple[list[FoundDate], list[dt.date]]:
    """Return the days that a sentence near the start says it is, and all full dates that are spoken there."""
    said: list[FoundDate] = []
    others: list[dt.date] = []
    read = 0
    for text in texts:
        if read > _OPENING_CHARACTERS:
            break
        piece = text[:_OPENING_CHARACTERS]
        read += len(piece)
        lower = fold_in_place(piece)
        for found in find_dates(piece):
            if found.date:
                others.append(found.date)
            before = lower[max(0, found.start - 120) : found.start]
            if _SAYS.search(before) and not _NOT_SAYS.search(before):
                said.append(found)
    said.sort(key=lambda found: found.year is None)
    return said, others


def _with_year(found: FoundDate, created: dt.date | None, hints: Sequence[int], *, sure: bool) -> dt.date | None:
    """Return the date of a day without year, None where the hints do not tell it for certain."""
    years = sorted({hint + delta for hint in hints for delta in range(-_REACH, _REACH + 1)})
    dates = [date for year in years if (date := date_or_none(year, found.month, found.day))]
    if found.weekday is not None:
        dates = [date for date in dates if date.weekday() == found.weekday]
        return dates[0] if len(dates) == 1 else None
    if created is not None:
        near = [date for date in dates if abs((date - created).days) <= 120]
        return near[0] if len(near) == 1 else None
    exact = [date for date in dates if date.year in hints]
    return exact[0] if sure and len(exact) == 1 else None
