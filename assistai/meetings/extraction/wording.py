"""Spoken sentences made readable: marks, hesitations and false starts removed, no word added."""

# A table of phrases reads best a phrase a line.
# ruff: noqa: E501

from __future__ import annotations

import re

from assistai.records import Language

_MARKS = re.compile(
    r"\{[a-z]+\}|\[(?:inaudible|rires?|laughter|crosstalk|silence|music|pause)[^\]]{0,30}\]|\((?:rires?|laughs?|laughter)\)",
    re.I,
)
_HESITATIONS = re.compile(
    r"(?<![\w'’-])(?:euh+|heu+|hum+|mm+|hmm+|uh+|um+|er|erm|ah|oh|hein|ben|bah)(?![\w'’-])[\s,.…]*", re.IGNORECASE
)
_LEAD: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"^(?:(?:donc|alors|bon|ben|bah|et|mais|voilà|du coup|enfin|bref|oui|non|ouais|ok|okay|d'accord|d’accord|très bien|"
        r"parfait|super|bien|effectivement|en fait|et puis|puis|ensuite|après|là|moi|après voilà|écoute|écoutez)\b[\s,.!…:;-]*)+",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"^(?:(?:so|well|okay|ok|right|alright|all right|and|but|yeah|yes|no|yep|now|then|you know|i mean|like|great|"
        r"anyway|basically|actually|also|plus|cool|sure)\b[\s,.!…:;-]*)+",
        re.IGNORECASE,
    ),
}
_FILLERS: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"\s*,?\s*\b(?:voilà|quoi|en fait|du coup|si tu veux|tu vois|je veux dire|disons)\b\s*(?=[,.!?…]|$)",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\s*,?\s*\b(?:you know|i mean|kind of|sort of|sorta)\b,?", re.IGNORECASE),
}
_REPEATED = re.compile(r"\b([^\W\d_]+(?:['’]?\s+[^\W\d_]+)?)(?:\s*,?\s+\1\b)+", re.IGNORECASE)


def clean(text: str, language: Language, *, lead: bool = True) -> str:
    """Return a spoken sentence as one would write it down: the same words less marks, hesitations and repetitions.

    `lead` also takes off opening words that only link to what was said before.
    """
    cleaned = _MARKS.sub(" ", text)
    cleaned = _HESITATIONS.sub("", cleaned)
    cleaned = _FILLERS[language].sub("", cleaned)
    cleaned = _REPEATED.sub(r"\1", re.sub(r"\s+", " ", cleaned).strip())
    if lead:
        shorter = _LEAD[language].sub("", cleaned.lstrip(" ,.-–…"))
        cleaned = shorter if len(shorter) > 12 else cleaned
    cleaned = re.sub(r"\s+([,.])", r"\1", cleaned)
    cleaned = re.sub(r"([,.])(?:\s*[,])+", r"\1", cleaned).strip(" ,;:-–")
    return cleaned[:1].upper() + cleaned[1:]


def as_sentence(text: str) -> str:
    """Return the text ending in a full stop, unless it ends in a mark of its own."""
    stripped = text.rstrip(" ,;:-–…")
    return stripped if stripped.endswith((".", "!", "?", "»")) else stripped + "."
