"""The words of a task: the verb in its base form and what followed it, without due date, address or filler."""

# Phrases read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from assistai.language.dates import DueExpression
from assistai.language.words import content_stems
from assistai.meetings.extraction.acts import Act
from assistai.records import Language

LONGEST = 28
"""Words of a task; what is longer is cut at the clause."""

_CLAUSE: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"[.!?;:…]|,?\s(?:et|mais|puis|donc|ou|car|parce que|puisque|comme ça|du coup|sinon|pendant que)\s(?:puis\s|ensuite\s|toi,?\s|moi,?\s|donc\s)?"
        r"(?:je|j'|tu|on|nous|vous|il|elle|ils|elles|ça|c'est|ce|qui|merci|toi|moi|l'autre|puis)(?![\w-])\s?|,?\s(?:parce que|parce qu'|puisque|"
        r"comme ça|sinon|si possible si|car|s'il te plaît|s'il vous plaît|stp|svp|si tu peux|si vous pouvez|si possible|hein|voilà|quoi|d'accord|merci|"
        r"ça marche|ok|okay|non)(?!\w)|,\s(?:je|j'|tu|on|nous|vous|il|elle|ça|c'est|merci|toi|moi|et moi|et toi|comme|hein|puis|mais)(?!\w)"
    ),
    "en": re.compile(
        r"[.!?;:…]|,?\s(?:and|but|then|so|or|because|cause|since|if)\s(?:then\s|also\s)?(?:i|i'll|i'm|i'd|you|you'll|we|we'll|he|she|they|it|it's|that|that's|"
        r"this|there|there's|maybe|dan't|let's)(?![\w])|,?\s(?:because|'cause|since|so that we can see|if you can|if possible|please|thanks|okay|ok|right|"
        r"alright|you know|or something|or whatever|yeah)(?!\w)|,\s(?:i|you|we|he|she|they|it|that|so|but|which|please|then|and then)(?!\w)"
    ),
}
_EDGES = re.compile(r"^[\s,;:.!?…–—-]+|[\s,;:.!?…–—-]+$")
_TAIL: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"[\s,]+(?:et|ou|mais|donc|alors|puis|aussi|voilà|quoi|hein|du coup|en fait|stp|svp|de|à|pour|avec|que|qui|par contre|ensuite|là|justement|peut-être|avant|d'ici|le|la|les|moi|toi|si|quand|comme)$",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"[\s,]+(?:and|or|but|so|then|too|also|okay|please|though|as well|by|on|for|to|with|the|a|at|before|basically|actually|maybe|if|when|as)$",
        re.IGNORECASE,
    ),
}
_LEAD: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"^(?:donc|aussi|bien|alors|tout de suite|rapidement|vite|juste|quand même|peut-être|déjà|encore|du coup|moi-même|ensuite|vite fait)\s+(?=\w)",
        re.IGNORECASE,
    ),
    "en": re.compile(r"^(?:also|just|then|quickly|maybe|actually|now|please)\s+(?=\w)", re.IGNORECASE),
}
_PRONOUN_OBJECT: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(r"^(?:ça|cela|ceci|celui-là|celle-là|ceux-là)(?!\w)\s*", re.IGNORECASE),
    "en": re.compile(
        r"^(?:it|that one|this one|them|that|this|those|these)(?=\s*(?:$|[.,;!?])|\s(?:to|for|by|on|in|with|up|out|off|down|over|and|from|at|back|"
        r"together|around|all|tomorrow|today|now|tonight|next|this|before|after|again|as|when)\b)\s*",
        re.IGNORECASE,
    ),
}
_OBJECT_CLITICS = frozenset(("le", "la", "les", "l'", "ça", "-le", "-la", "-les"))
LIGHT = frozenset(("faire", "occuper", "charger", "do", "handle", "take"))
"""Verbs that say only that something will be done: the deed itself was named before."""

_PERSON_CLITICS = frozenset(("te", "t'", "vous", "lui", "leur", "-lui", "-leur"))
_SPEAKER_CLITICS = frozenset(("me", "m'", "nous", "-moi", "-nous"))


def complement(act: Act, text: str, following: Sequence[int], dues: Sequence[DueExpression]) -> str:
    """Return what follows the verb of an act in a readable sentence, cut at the clause, due dates at its edges removed.

    `following` are the places where later acts of the sentence start.
    """
    start = act.complement
    lower = text.lower().replace("’", "'")
    end = min([len(text), *(place for place in following if place > start)])
    if cut := _CLAUSE[act.language].search(lower, start, end):
        end = cut.start()
    for due in dues:
        # A date in the middle parts what comes before from what comes after; at an edge it goes.
        if start <= due.start < end:
            rest = text[due.end : end].strip(" ,.")
            if not rest or len(rest.split()) < 2:
                end = due.start
            elif due.start - start <= 1:
                start = due.end
    words = text[start:end]
    for due in dues:
        if due.spoken and due.spoken in words:
            words = words.replace(due.spoken, " ")
    words = re.sub(r"\s+(?=[,.])", "", words)
    return trimmed(words, act.language)


def trimmed(words: str, language: Language) -> str:
    """Return the words without fillers and small words that hang at their edges, and no longer than LONGEST."""
    words = " ".join(words.split()[:LONGEST])
    while True:
        shorter = _TAIL[language].sub("", _LEAD[language].sub("", _EDGES.sub("", words)))
        if shorter == words:
            return words
        words = shorter


def leans(act: Act, words: str) -> bool:
    """Tell whether the task needs a thing that was named before: its object is a pronoun or missing."""
    if act.object_span:
        return False
    if act.language == "fr" and set(act.predicate.clitics) & _OBJECT_CLITICS:
        return True
    if _PRONOUN_OBJECT[act.language].match(words):
        return True
    return act.deed in LIGHT and not content_stems(words, act.language)


def without_pronoun(words: str, language: Language) -> str:
    """Return the words without the pronoun at their head."""
    return _PRONOUN_OBJECT[language].sub("", words).strip()


def task(act: Act, words: str, text: str, *, object_words: str = "", to: str | None = None) -> str:
    """Return the task as written down: base form, object, complement; `to` is whom te, vous or lui means."""
    deed = act.deed
    if (
        act.language == "fr"
        and deed in ("occuper", "charger")
        and {"me", "m'", "te", "t'", "se", "s'"} & set(act.predicate.clitics)
    ):
        deed = {"occuper": "s'occuper", "charger": "se charger"}[deed]
    if act.object_span:
        object_words = text[act.object_span[0] : act.object_span[1]]
    parts = [deed, object_words, words]
    people = set(act.predicate.clitics) & _PERSON_CLITICS
    if to and act.language == "fr" and people and not re.search(r"(?<!\w)à\s[A-ZÀ-Ý]", words):
        parts.append(f"à {to}")
    joined = " ".join(part for part in parts if part)
    joined = re.sub(r"\s+", " ", joined).strip()
    return joined[:1].upper() + joined[1:]
