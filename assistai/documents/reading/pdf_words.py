"""Words cut at the end of a line: which hyphen belongs to the word, and which only to the line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache

_CUT = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[-\u2010\u0002\ufffe]$")
_LONGEST = 60
_SHORT_LINKS = frozenset("à en de la le du des et y t au ou sur sous".split())
_COMPOUND = re.compile(
    r"""
    (?:demi|semi|vice|non|vingt|trente|quarante|cinquante|soixante|quatre|self)-\w+
    | (?:ci|là|au|par)-(?:dessus|dessous|delà|devant|dedans|dehors|après|contre|joint\w*|inclus\w*|bas|haut)
    | (?:celui|celle|ceux|celles|jusque)-(?:ci|là)
    | (?:lui|elle|eux|elles|soi|nous|vous|moi|toi)-mêmes?
    | (?:peut|bien|savoir)-être | quelques-un\w* | rendez-vous | comptes?-rendus? | procès-verb\w+
    | (?:est|sont|a|ont|peut|doit)-(?:ce|il|elle|on|ils|elles)
    | après-(?:midi|demain|vente) | avant-(?:hier|derni\w+|projets?|première)
    | (?:sous|hors)-(?:trait\w+|sols?|ensembles?|tota\w+|préf\w+|sections?|direct\w+|groupes?|titres?|taxes?)
    | porte-(?:parole|monnaie|documents?) | savoir-(?:faire|vivre) | libre-service | plates?-formes? | week-ends?
    | chefs?-lieux? | allers?-retours? | (?:full|part|long|short|real)-(?:time|term) | follow-ups? | check-(?:in|out)
    """,
    re.VERBOSE,
)
"""Words that keep their hyphen wherever the line ends."""


_WORD = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_SHORTEST_PART = 3
_BEGINNINGS = frozenset("télé vidéo audio micro macro multi inter super hyper trans auto photo radio para anti".split())
_ENDINGS = ("ment", "able", "ible", "coup", "quoi")


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of lines in small letters, compounds and their parts, without those that a line's end cuts."""
    words: set[str] = set()
    cut = False
    for line in lines:
        found = [match.group().casefold().replace("\u2010", "-") for match in _WORD.finditer(line)]
        cut_before, cut = cut, _CUT.search(line) is not None
        whole = found[cut_before : len(found) - cut]
        words.update(whole, *(word.split("-") for word in whole))
    return frozenset(words)


def joined(text: str, line: str, words: Set[str] = frozenset()) -> str:
    """Return a text and the line after it as one; a word cut between them is whole again.

    `words` are those of the document: a compound that it writes elsewhere keeps its hyphen, so does one of two words
    that make no third.
    """
    if text.endswith("\u00ad"):
        return text[:-1] + line
    cut = _CUT.search(text, max(0, len(text) - _LONGEST))
    after = re.match(r"[^\W_]+", line)
    if cut is None or after is None:
        return f"{text} {line}"
    before, last = cut[1], cut[1].rsplit("-", 1)[-1]
    kept = (
        after[0][:1].isupper()
        or any(char.isdigit() for char in last + after[0])
        or len(last) < 2
        or (last != before and last.lower() in _SHORT_LINKS)
        or _COMPOUND.fullmatch(f"{last}-{after[0]}".lower())
        or _is_compound(before.casefold(), last.casefold(), after[0].casefold(), words)
    )
    return f"{text[: cut.end(1)]}{'-' if kept else ''}{line}"


def _is_compound(before: str, last: str, after: str, words: Set[str]) -> bool:
    """Tell whether two parts are a compound: by the document's own words, else as two of the dictionary that make none.

    The dictionary lacks some adverbs and new words, whose beginnings and ends it has as words.
    """
    whole = f"{last}{after}"
    if f"{before}-{after}" in words or f"{last}-{after}" in words:
        return True
    if whole in words or min(len(last), len(after)) < _SHORTEST_PART or _is_known(whole):
        return False
    if {last, after} <= words:
        return True
    told_apart = last in _BEGINNINGS or after.startswith(_ENDINGS) or min(len(last), len(after)) <= _SHORTEST_PART
    return not told_apart and _is_known(last) and _is_known(after)


@cache
def _is_known(word: str) -> bool:
    """Tell whether a word is in the French or English dictionary."""
    import simplemma

    return any(simplemma.is_known(word, lang=language) for language in ("fr", "en"))
