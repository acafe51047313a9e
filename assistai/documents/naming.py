"""What a question names exactly: things told apart by a letter or number, and expressions told by their initials."""

from __future__ import annotations

import re

from assistai.language.words import fold, is_stop_word

_NUMBERED = re.compile(
    r"\b([^\W\d_]{3,})\s(?:n[°o]\s?)?([A-Z]|\d{1,4})\b(?!['’.,:/]\w)"
    r"(?!\s(?:[%€$£]|k?€|h|min|km|kg|(?:jour|semaine|mois|an|année|heure|minute|euro|personne|place|page|fois|day|week"
    r"|month|year|hour|people|seat|time)s?\b))"
)
_RANKED = re.compile(
    r"\b(\d{1,2}(?:er|[eè]re|e|[eè]me|st|nd|rd|th)|premi[eè]re?|deuxi[eè]me|seconde?|troisi[eè]me|quatri[eè]me"
    r"|cinqui[eè]me|first|second|third|fourth|fifth)\s([^\W\d_]{3,})"
)
_NOT_NUMBERED = re.compile(
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march"
    r"|april|may|june|july|august|september|october|november|december|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|les|des|pour|dans|avant|apres|depuis|from|for"
    r"|with|the|than|over|under|until|plus|moins|sous|vers|avec|par)"
)
_ACRONYM = re.compile(r"\b[A-Z]{3,6}\b")
_GRAMMAR = frozenset({"of", "the", "and", "for"})
_WORD = re.compile(r"[^\W\d_]+")


def numbered(text: str) -> frozenset[tuple[str, str]]:
    """Return the folded nouns that a letter, number or rank stands with, each with it: ("batiment", "d")."""
    pairs = [(fold(match[1]), fold(match[2])) for match in _NUMBERED.finditer(text)]
    pairs = [pair for pair in pairs if not _NOT_NUMBERED.fullmatch(pair[0])]
    pairs += [(fold(match[2]), fold(match[1])) for match in _RANKED.finditer(text.lower())]
    return frozenset((noun.rstrip("s"), mark) for noun, mark in pairs)


def another_one(question: str, text: str) -> bool:
    """Tell whether a text speaks of another one of the numbered things that a question names, and never of that one."""
    asked, said = numbered(question), numbered(text)
    nouns = {noun for noun, _ in said}
    return any(pair not in said and pair[0] in nouns for pair in asked)


def acronyms(text: str) -> list[str]:
    """Return the acronyms of a text, of three to six capitals; none of a text all in capitals."""
    return [] if text.isupper() else list(dict.fromkeys(_ACRONYM.findall(text)))


def spelt_out(acronym: str, text: str) -> list[str]:
    """Return the words of a text that an acronym is made of ("CET": compte, épargne, temps), [] where it has none."""
    words = [match.group() for match in _WORD.finditer(text)]
    words = [word for word in words if fold(word)[1:] and not is_stop_word(word.lower(), "fr") and word not in _GRAMMAR]
    at = "".join(fold(word)[0] for word in words).find(fold(acronym))
    return words[at : at + len(acronym)] if at >= 0 else []
