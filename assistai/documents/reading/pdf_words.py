"""Words cut at the end of a line: which hyphen belongs to the word, and which only to the line."""

from __future__ import annotations

import re

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


def joined(text: str, line: str) -> str:
    """Return a text and the line after it as one; a word cut between them is whole again."""
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
    )
    return f"{text[: cut.end(1)]}{'-' if kept else ''}{line}"
