"""Find due dates in a text: claim what is past or repeats, then try each rule, the longest phrases first."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistai.records import Language


@dataclass(frozen=True, slots=True)
class DueExpression:
    """A deadline as it was said: `spoken == text[start:end]`.

    `date` is the last day on which the thing is still on time, or None with a `reason` (a key of the catalogue
    `due`); `confidence` is 1.0 for a full explicit date and less the more had to be understood.
    """

    spoken: str
    start: int
    end: int
    date: dt.date | None
    confidence: float
    reason: str | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a rule makes of a phrase."""

    date: dt.date | None = None
    confidence: float = 0.0
    reason: str | None = None


Resolver = Callable[[re.Match[str], dt.date | None], Meaning | None]
"""From the match and the meeting's date to its meaning; None where the phrase is no deadline after all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase in plain letters (lower case, no accents) and what it means."""

    pattern: re.Pattern[str]
    resolve: Resolver


def find_due(text: str, language: Language, base: dt.date | None) -> list[DueExpression]:
    """Return the deadlines said in `text`, in order, none overlapping.

    `base` is the meeting's date: without it relative phrases have no date and the reason `no_meeting_date`. `language`
    says which rules come first; the other language's follow, since people mix.
    """
    from assistai.language.dates import english, french

    plain = plain_letters(text)
    rooms = (french, english) if language == "fr" else (english, french)
    claimed: list[tuple[int, int]] = []
    for room in rooms:
        claimed += [match.span() for match in room.NOT_DUE.finditer(plain)]
    found: list[DueExpression] = []
    for room in rooms:
        for rule in room.RULES:
            for match in rule.pattern.finditer(plain):
                start, end = match.span()
                if any(start < taken_end and taken_start < end for taken_start, taken_end in claimed):
                    continue
                meaning = rule.resolve(match, base)
                if meaning is None:
                    continue
                claimed.append((start, end))
                end = start + len(text[start:end].rstrip(" .,"))
                found.append(
                    DueExpression(text[start:end], start, end, meaning.date, meaning.confidence, meaning.reason)
                )
    return _joined(sorted(found, key=lambda due: due.start), text, base)


def _joined(found: list[DueExpression], text: str, base: dt.date | None) -> list[DueExpression]:
    """Return the deadlines with a time of the day that follows a date ("demain avant midi") made part of it."""
    result: list[DueExpression] = []
    for due in found:
        before = result[-1] if result else None
        if before and base is not None and due.date == base and not text[before.end : due.start].strip(" ,"):
            result[-1] = replace(before, spoken=text[before.start : due.end], end=due.end)
        else:
            result.append(due)
    return result


def find_explicit_date(text: str, language: Language) -> dt.date | None:
    """Return the first date in `text` that has day, month and year, or None."""
    return next((due.date for due in find_due(text, language, None) if due.date), None)


def plain_letters(text: str) -> str:
    """Return `text` in lower case without accents, spaces and apostrophes made plain, character for character."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char in "’‘ʼ":
        return "'"
    if char in "‐‑–":
        return "-"
    if char.isspace():
        return " "
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char
