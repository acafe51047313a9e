"""Proper names in a question and in a text: whether the text is about another person or place."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from assistai.documents.questions import question_type
from assistai.language.calendar_names import ALL_MONTHS, ALL_WEEKDAYS, FOLDED_WEEKDAYS
from assistai.language.words import fold

_NAME = r"[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ][\w’'-]*|[A-ZÀ-Þ]{3,}"
_SEQUENCE = re.compile(rf"(?:{_NAME})(?: (?:{_NAME}))*")
_INSIDE = re.compile(rf"(?<![.!?:;•–—\n] )(?<!^)(?:{_NAME})", re.MULTILINE)
_CELL = re.compile(rf" : (?:{_NAME})(?: (?:{_NAME}))*(?= ;|$)", re.MULTILINE)
_AT = re.compile(rf"\b(?:à|a|en|au|aux|in|at) (?:la |les |l[’']|the )?({_NAME})")
_CALENDAR = frozenset((*ALL_WEEKDAYS, *ALL_MONTHS))
_DAY = re.compile(rf"\b({'|'.join(ALL_WEEKDAYS)})s?\b")
_DAY_TO_DAY = re.compile(rf"{_DAY.pattern}(?: inclus)?\s?(?:-|–|au|a|to|through|until|jusqu'au)\s?{_DAY.pattern}")
_ANY_DAY = re.compile(
    r"\b(?:tous les jours|chaque jour|7 ?j ?(?:/|sur) ?7|week-?end|every day|daily|sept jours sur sept)\b"
)


@lru_cache(maxsize=256)
def names(question: str) -> tuple[frozenset[str], ...]:
    """Return the proper names of a question, folded, a set of words for each: {"jean", "dupont"}."""
    found = []
    for match in _SEQUENCE.finditer(question):
        words = match.group().split()[0 if match.start() else 1 :]
        kept = frozenset(fold(word).rstrip("’'") for word in words) - _CALENDAR
        if kept and not match.group().isupper():
            found.append(kept)
    return tuple(found)


def is_another(question: str, text: str, around: str, unknown: Set[str]) -> bool:
    """Tell whether a text is about another person, place or day than those that a question names.

    `around` is what stands above the text, and `unknown` holds the words of the question that no document has: what
    speaks of somebody else says nothing of a name that is nowhere.
    """
    if _other_day(question, text):
        return True
    asked = names(question)
    if not asked:
        return False
    there = fold(f"{around}\n{text}")
    missing = [name for name in asked if not any(word in there for word in name)]
    if missing and _AT.search(question) and _other_place(question, text, missing):
        return True
    if any(name <= unknown for name in missing) and (_INSIDE.search(text) or _CELL.search(text)):
        return True
    return any(len(name) > 1 and _other_person(name, text) for name in asked)


def _other_place(question: str, text: str, missing: list[frozenset[str]]) -> bool:
    """Tell whether a question asks of a place that is missing, and a text has something at another."""
    asked = {fold(match[1]) for match in _AT.finditer(question)}
    if not any(asked & name for name in missing):
        return False
    return any(fold(match[1]) not in asked | _CALENDAR for match in _AT.finditer(text))


def _other_person(name: frozenset[str], text: str) -> bool:
    """Tell whether a text has a namesake ("Leroy Jean" for "Jean Dupont"), and the one asked for nowhere."""
    sequences = [frozenset(map(fold, match.group().split())) for match in _SEQUENCE.finditer(text)]
    alike = [words for words in sequences if words & name]
    return bool(alike) and not any(words <= name or name <= words for words in alike)


def _other_day(question: str, text: str) -> bool:
    """Tell whether a text names days of the week, and none that a question is about.

    What is so from one day to another answers whether it is so on a third.
    """
    asked = _days(fold(question))
    folded = fold(text)
    said = _days(folded) if asked else frozenset()
    if not said or asked & said or _ANY_DAY.search(folded):
        return False
    return not (_DAY_TO_DAY.search(folded) and question_type(question) == "whether")


def _days(folded: str) -> frozenset[int]:
    found = {_number(match[1]) for match in _DAY.finditer(folded)}
    for match in _DAY_TO_DAY.finditer(folded):
        first, last = _number(match[1]), _number(match[2])
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(found)


def _number(day: str) -> int:
    return next(week.index(day) for week in FOLDED_WEEKDAYS.values() if day in week)
