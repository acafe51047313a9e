"""What the words of a brief mean by a field's type: dates, times, places, people, amounts, lists."""

# Phrases and patterns read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistai.drafting.kinds import KindField
from assistai.drafting.mentions import Amount, Mention, find_mentions
from assistai.drafting.people import Person, parse_people
from assistai.language.words import fold
from assistai.records import Language


@dataclass(frozen=True, slots=True)
class Value:
    """What a brief gives for one field: its words, and what they mean by the field's type.

    `moments` are one date or two (from, to), `times` likewise; `items` the entries of a list.
    """

    text: str
    moments: tuple[Mention, ...] = ()
    times: tuple[dt.time, ...] = ()
    people: tuple[Person, ...] = ()
    items: tuple[str, ...] = ()


@cache
def lexicon() -> dict[str, Any]:
    """Return the words of `lexicon/brief.toml`: labels, tones, places."""
    return tomllib.loads(files("assistai.drafting").joinpath("lexicon", "brief.toml").read_text(encoding="utf-8"))


def with_place_word(label: str, value: str) -> str:
    """Return a place whose label is part of it ("Salle : Vendôme") with that word: "salle Vendôme"."""
    word = label.strip().lower()
    if word not in lexicon()["places"]["words"] or fold(value).startswith(fold(word)):
        return value
    return f"{word} {value}"


def is_range(fragment: str, dates: Sequence[Mention]) -> bool:
    """Tell whether the first two dates are a range: "du 3 au 7 mars"."""
    between = fragment[dates[0].end : dates[1].start]
    return bool(re.fullmatch(r"\s*(?:au|et le|et|à|to|until|and|-|–)\s*(?:le\s+|the\s+)?", between, re.IGNORECASE))


def lead(fragment: str, start: int) -> int:
    """Return where the words that lead to a date or time start ("le ", "à ", "avant le ")."""
    lead = re.search(
        r"(?:\b(?:avant|pour|d['’]ici|dès|vers|au plus tard|à partir|à compter|before|by|from|starting|until)\s+)?"
        r"(?:\b(?:le|du|au|la|à|a|de|on|at|the|from|entre|between)\s+|l['’])?$",
        fragment[:start],
        re.IGNORECASE,
    )
    return lead.start() if lead else start


_LINK = r"\s*(?:à|-|–|—|to|jusqu['’]à|et|and|until)\s*"


def time_span(text: str, language: Language, base: dt.date | None) -> tuple[int, int, tuple[dt.time, ...]] | None:
    """Return where a text says a time or two (from, to), and which; None where it says none."""
    times = [mention for mention in find_mentions(text, language, base) if mention.kind == "time"]
    if not times:
        return None
    first = times[0]
    start = first.start
    values = [first.value]
    end = first.end
    bare = re.search(
        r"(?<![\d/.:-])(?<!\d )(?:\b(?:de|from)\s+)?\b(\d{1,2})(?:h)?\s*(?:à|-|–|to)\s*$",
        text[: first.start],
        re.IGNORECASE,
    )
    if bare and int(bare[1]) < 24:
        start, values = bare.start(1), [dt.time(int(bare[1])), first.value]
    elif len(times) > 1 and re.fullmatch(_LINK, text[first.end : times[1].start], re.IGNORECASE):
        values, end = [first.value, times[1].value], times[1].end
    return start, end, tuple(value for value in values if isinstance(value, dt.time))


def time_value(text: str, language: Language, base: dt.date | None) -> Value | None:
    """Return the time or times that a text says."""
    found = time_span(text, language, base)
    return Value(text[found[0] : found[1]], times=found[2]) if found else None


@cache
def _place_pattern() -> re.Pattern[str]:
    places = lexicon()["places"]
    keys = ("rooms", "screens", "words", "streets")
    anywhere, screen, edge, street = (
        "|".join(map(re.escape, sorted(places[key], key=len, reverse=True))) for key in keys
    )
    lead_in = r"(?:(?:en|au|à la|à l['’]|dans la|dans le|sur|in|at|on|by)\s+(?:the\s+)?)"
    size = r"(?:(?:grande?|petite?|main|large|small|conference|meeting)\s+)"
    return re.compile(
        rf"(?:^|(?<=[\s,])){lead_in}?{size}?(?:{anywhere})\b[^¦]*$"
        rf"|(?:^|(?<=[\s,])){lead_in}?(?:{screen})\b(?:\s+(?:{screen})\b)?"
        rf"|(?:^|(?<=¦ )|{lead_in}){size}?(?:{edge})(?:\s+(?:(?-i:[A-Z0-9À-Þ]).*|(?:de|du|des|d['’]|n°|of).*))?$"
        rf"|(?:^|(?<=¦ )|{lead_in})(?:\d+[ ,]+(?:bis\s+|ter\s+)?)(?:{street})\b.*$",
        re.IGNORECASE,
    )


def place_span(text: str) -> tuple[int, int] | None:
    """Return where a text names a place: "salle Vendôme", "au siège", "à Lyon"; "¦" marks where words were cut out."""
    match = _place_pattern().search(text)
    if match:
        words = match.group()
        offset = len(words) - len(words.lstrip())
        return match.start() + offset, match.end()
    match = re.search(r"(?:^|(?<=\s))(?:à|in|at|chez)\s+[A-ZÀ-Þ][\w'’-]+(?:[\s-][A-ZÀ-Þ][\w'’-]+)*$", text, re.NOFLAG)
    return match.span() if match else None


def place_value(text: str) -> Value | None:
    """Return the place that a text names."""
    for fragment in re.split(r"\s*[,;]\s+", text):
        span = place_span(fragment)
        if span:
            return Value(fragment[slice(*span)].strip())
    return None


def typed(wanted: KindField, value: str, language: Language, base: dt.date | None) -> Value | None:
    """Return a field's value from the words given for it; None where they are not of its type."""
    mentions = find_mentions(value, language, base)
    if wanted.type == "date":
        dates = [mention for mention in mentions if mention.kind == "date"]
        if not dates:
            return None
        both = dates[:2] if len(dates) > 1 and is_range(value, dates) else dates[:1]
        return Value(value, moments=tuple(both))
    if wanted.type == "time":
        return time_value(value, language, base) or _bare_hours(value)
    if wanted.type == "people":
        return Value(value, people=parse_people(value))
    if wanted.type == "amount":
        amounts = [mention for mention in mentions if mention.kind == "amount" and isinstance(mention.value, Amount)]
        return Value(value) if amounts or re.search(r"\d", value) else None
    if wanted.type == "number":
        digits = re.search(r"\d+", value) or re.search(
            r"premi|deuxi|secon|troisi|derni|first|third|final|last", fold(value)
        )
        return Value(value) if digits else None
    if re.fullmatch(
        r"(?:à (?:définir|préciser|confirmer|compléter)|\?+|tbd|tbc|n/?c|to be (?:confirmed|defined)|x+|\.+|-+|inconnue?)\W*",
        value.strip(),
        re.IGNORECASE,
    ):
        return None
    return Value(value)


def _bare_hours(value: str) -> Value | None:
    match = re.fullmatch(r"(?:à\s+|at\s+)?(\d{1,2})(?:\s*(?:-|–|à|to)\s*(\d{1,2}))?", value.strip())
    if not match or any(group and int(group) > 23 for group in match.groups()):
        return None
    return Value(value, times=tuple(dt.time(int(group)) for group in match.groups() if group))


def items_of(value: str) -> tuple[str, ...]:
    """Return the entries of a list that stands on one line."""
    pieces = re.split(r"\s*;\s*|\s*\n\s*|\s+[-–•]\s+", value)
    if len(pieces) == 1 and value.count(",") >= 1:
        pieces = re.split(r"\s*,\s+", value)
    return tuple(piece.strip(" .") for piece in pieces if piece.strip(" ."))
