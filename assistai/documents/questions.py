# ruff: noqa: E501 - word lists read better on one line
"""Questions: what kind of answer one asks for, and what a follow-up leaves unsaid."""

from __future__ import annotations

import re
from typing import Literal

from assistai.language.words import content_stems, detect_language, fold

QuestionType = Literal["number", "when", "who", "where", "contact", "whether", "other"]
"""What the answer must hold: a number, a date or time, a person, a place, a phone or address, a yes or no (what is
allowed or not), or nothing special."""

_NUMBER = r"\d+|\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|cent|mille|demi|aucun|aucune|one|two|three|four|five|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|hundred|half|none|no)\b"
_MONTH = r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_ASKS: tuple[tuple[QuestionType, re.Pattern[str]], ...] = (
    (
        "contact",
        re.compile(
            r"\b(?:telephone|numero de (?:tel|portable|poste)|mobile|courriel|mail|e-mail|email|adresse|phone|extension)\b"
        ),
    ),
    (
        "number",
        re.compile(
            r"\b(?:combien|quel(?:le)?s? (?:est |sont )?(?:le |la |les |l')?(?:montant|plafond|prix|cout|nombre|taux|delai|preavis|seuil|budget|tarif|duree|capacite|somme|indemnite|distance|valeur|prime|remboursement|quota)s?|how (?:many|much|long|far|often|big)|what (?:is |are )?(?:the )?(?:limit|amount|ceiling|price|rate|budget|maximum|cap|value|fee)s?)\b"
        ),
    ),
    (
        "when",
        re.compile(
            r"\b(?:quand|(?:a|jusqu'a|vers|avant|des) quelles? (?:heure|date)s?|quel(?:le)?s? (?:est |sont )?(?:le |la |les |l')?(?:jour|horaire|date|heure)s?|jusqu'(?:a )?quand|depuis quand|when|what time|what (?:is |are )?(?:the )?dates?|which days?|until when|deadline)\b"
        ),
    ),
    ("who", re.compile(r"\b(?:(?<!ce )qui|a qui|de qui|par qui|who|whom|whose)\b")),
    (
        "where",
        re.compile(
            r"\b(?:ou|d'ou|dans quelle? (?:ville|salle|site|lieu|batiment)|where|which (?:room|site|city|building))\b"
        ),
    ),
    (
        "whether",
        re.compile(
            r"^(?!.*\b(?:quel|quelle|quels|quelles|quoi|comment|pourquoi|what|which|how|why)\b)(?:\w+-(?:t-)?(?:je|on|il|elle|ils|elles|nous|vous)\b|est-ce que?\b|(?:can|may|must|should|do|does|did|is|are|am|will)\b|(?:y |.*\b)(?:peut|peuvent|doit|doivent|est|sont|a|faut)-(?:t-)?(?:il|elle|on|ils|elles)\b)"
        ),
    ),
)
_HOLDS: dict[QuestionType, re.Pattern[str]] = {
    "number": re.compile(_NUMBER),
    "when": re.compile(
        rf"\d{{1,2}}\s?h\b|\d{{1,2}}:\d\d|\b(?:{_MONTH}|{_DAY})\b|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\b(?:jours?|semaines?|mois|heures?|days?|weeks?|months?|hours?|noon|midi|am|pm)\b"
    ),
    "whether": re.compile(
        r"\b(?:peut|peuvent|possible|autoris\w+|interdit\w*|admis\w*|accept\w+|exclu\w*|obligatoire\w*|permis\w*|droit|doit|doivent|necessaire|exige\w*|ne|n|pas|aucune?|jamais|sauf|uniquement|reserve\w*|may|can|cannot|must|not|allowed|forbidden|prohibited|permitted|required|compulsory|mandatory|welcome|entitled|no|never|only)\b"
    ),
    "contact": re.compile(
        r"(?:\+?\d[\d\s.\u00a0\u202f-]{7,})|\S+@\S+|\b\d{5}\b|\b(?:rue|avenue|place|quai|boulevard|street)\b"
    ),
}
_ROLE = re.compile(r"\b(?:service|direction|responsable|manager|directrice|directeur|equipe|comite)\b")
_FULL_NAME = re.compile(
    r"\b(?:M\.|Mme|Dr|Docteure?|docteure?|Ms|Mrs?\.?|[A-ZÀ-Þ][\w’'-]+) (?:[A-ZÀ-Þ]\. )?[A-ZÀ-Þ][\w’'-]+"
)
_UNITS = (
    (
        re.compile(r"\b(?:combien de temps|durees?|delais?|preavis|how long|how much time|notice)\b"),
        re.compile(
            rf"(?:{_NUMBER})\W+(?:\w+\W+)?(?:minute|heure|h\b|jour|semaine|mois|an|hour|day|week|month|year)s?|\bh \d|immediat"
        ),
    ),
    (
        re.compile(
            r"\b(?:prix|cout\w*|montant\w*|tarif\w*|budget\w*|indemnites?|salaires?|primes?|rembours\w+|plafonds?|pai\w+|pay\w*|how much|costs?|price\w*|fees?|salary|amount)\b"
        ),
        re.compile(
            r"\d\s?(?:k?€|euros?|%|\$|£|chf|centimes?|pence|cents?)|[£$€]\s?\d|gratuit|\bfree\b|pour cent|per cent"
        ),
    ),
    (
        re.compile(r"\b(?:taux|pourcentage|percentage|rate)\b"),
        re.compile(r"\d\s?(?:%|€|pence|points?)|pour cent|per cent|percent|[£$€]\s?\d"),
    ),
)
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+")
_FOLLOWS = re.compile(
    r"^(?:et|mais|ou|alors|and|but|what about|how about)\b|^(?:pour|avec|sans|dans|a|en|chez|for|in|with)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:il|elle|ils|elles|y|ce|cela|ca|celui-ci|celle-ci|leur|it|they|them|this|that|those|these|there)\b"
)
_DETERMINED = re.compile(r"\b(?:(?:le|la|les|un|une|mon|ma|mes|the|an?|my)\s+|l[’'])\w", re.IGNORECASE)
_PHRASE = re.compile(
    r"\b(pour|chez|dans|en|à|au|aux|avec|sans|de|des|du|for|in|at|with|of)\s+(?!quel|combien|what|which|how)(?:(?:le|la|les|un|une|des|the|a)\s+|l[’'])?[^\s,?]+(?:[ -](?!(?:par|pour|dans|en|à|au|aux|avec|sans|et|for|in|at|with|of|per)\b)[^\s,?]+)*",
    re.IGNORECASE,
)

_OWNED = re.compile(r"(?:son|sa|ses|leurs?|(?P<language>his|her|their|its))\s+(?P<thing>[\w’' -]+)", re.IGNORECASE)
_THING_OF = re.compile(
    r"(?P<before>.*?\b(?:est|sont|is|are)\s+)(?:le\s|la\s|les\s|l[’']|the\s)\s*\S+(?P<of>\s(?:de\s|du\s|des\s|d[’']|of\s|for\s).+)",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?P<article>(?:le|la|les|un|une|des|the)\s+|l[’'])?(?P<head>[^\W\d_][\w-]+)(?:\s.*)?", re.IGNORECASE
)
_REST = re.compile(r"\s+(?:(?:de la|de|du|des|of)\s+|d[’'])[\w-]+|\s+[A-ZÀ-Þ0-9][\w’'-]*")
_LEADS_TO = re.compile(r"\b(?:des|du|de la|de|aux?|pour|à|for|of)?\s*(?:les?|la|l[’']|the)?\s*$", re.IGNORECASE)
_ASKS_ITSELF = re.compile(r"ou\b|quand|qui|comment|combien|quel|pourquoi|where|when|who|how|what|which|why")
_FAMILIES = (
    ("pour", "chez", "for"),
    ("a", "au", "aux", "en", "dans", "in", "at"),
    ("de", "des", "du", "of"),
    ("avec", "sans", "with"),
)


def question_type(question: str) -> QuestionType:
    """Return what kind of answer a French or English question asks for."""
    folded = fold(question)
    if re.match(r"(?:ou|where)\b", folded) and not re.search(r"\bou\b", question.lower().split("?")[0][3:]):
        return "where"
    for kind, pattern in _ASKS:
        if kind == "where" and "où" not in question.lower() and pattern.search(folded) and "ou" in folded.split():
            continue
        if pattern.search(folded):
            return kind
    return "other"


def holds_answer(kind: QuestionType, text: str, question: str) -> float | None:
    """Tell whether a text holds what the kind of question asks for, beyond what the question says itself.

    1 where it does, 0.5 where it holds something of the kind but not in the unit that was asked for (a number but no
    price; a capital but no full name), 0 where it does not; None where that cannot be told.
    """
    asked, said = fold(question), fold(text)
    if kind == "who":
        if any(fold(match.group()) not in asked for match in _FULL_NAME.finditer(text)):
            return 1.0
        return 0.5 * (
            any(fold(match.group()) not in asked for match in _NAME.finditer(text)) or bool(_ROLE.search(said))
        )
    pattern = _HOLDS.get(kind)
    if pattern is None:
        return None
    if kind == "whether":
        return float(bool(pattern.search(said)))
    if not any(match.group().strip() not in asked for match in pattern.finditer(said)):
        return 0.0
    unit = _unit(asked) if kind == "number" else None
    return 1.0 if unit is None or unit.search(said) else 0.5


def _unit(asked: str) -> re.Pattern[str] | None:
    """Return what a number must stand with to be what a folded question asks for, None where that cannot be told."""
    counted = re.search(r"\b(?:combien d(?:e |')|nombre d(?:e |')|how many )(\w+)", asked)
    if counted and counted[1] not in ("temps", "time"):
        start = re.escape(counted[1][: max(4, len(counted[1]) - 2)])
        return re.compile(rf"(?:{_NUMBER})\W+(?:\w+\W+){{0,2}}{start}|\b{start}\w*(?: [^;:]+)? : \d")
    return next((unit for words, unit in _UNITS if words.search(asked)), None)


def names_in(question: str) -> list[str]:
    """Return the folded names and references of a question: capitals inside it, and words with digits."""
    names = [fold(match.group()).rstrip("'’s") for match in _NAME.finditer(question)]
    references = [fold(word) for word in re.findall(r"[\w./-]*\d[\w./-]*\w|\d", question)]
    return list(dict.fromkeys(name for name in [*names, *references] if len(name) > 1))


def resolve(question: str, previous: str | None) -> str:
    """Return the question with the subject that it takes from the one before, itself where it stands alone.

    "Et pour les cadres ?" after "Combien de jours de télétravail pour les non-cadres ?" becomes the earlier question
    with the phrase that answers to the same preposition replaced; where there is none it is added.
    """
    question = " ".join(question.split())
    if not previous or not _is_follow_up(question):
        return question
    base = " ".join(previous.split()).rstrip(" ?\u00a0\u202f")
    new = re.sub(r"^(?:et|mais|alors|and|but|what about|how about)\b[\s,]*", "", question, flags=re.IGNORECASE)
    new = new.rstrip(" ?\u00a0\u202f")
    phrase = _PHRASE.match(new)
    if phrase and phrase.end() >= len(new) - 1:
        olds = [old for old in _PHRASE.finditer(base) if old.start()]
        same = [old for old in olds if _family(old[1]) == _family(phrase[1])]
        named = [old for old in olds if _NAME.search(f"x {old.group()}") and _NAME.search(f"x {new}")]
        for old in (*reversed(named), *reversed(same)):
            return f"{base[: old.start()]}{new}{base[old.end() :]} ?"
    for replaced in (_other_owned(new, base), _other_thing(new, base, phrase)):
        if replaced:
            return f"{replaced} ?"
    adds = phrase or (len(new.split()) < 4 and not _ASKS_ITSELF.match(fold(new)))
    return f"{base} {new} ?" if adds else f"{base} ? {new} ?"


def _other_owned(new: str, base: str) -> str | None:
    """Return "… est le courriel de X" for "son courriel" after "… est le téléphone de X"."""
    owned = _OWNED.fullmatch(new)
    thing = _THING_OF.fullmatch(base)
    if not owned or not thing:
        return None
    article = "the" if owned["language"] else "le"
    return f"{thing['before']}{article} {owned['thing']}{thing['of']}"


def _other_thing(new: str, base: str, phrase: re.Match[str] | None) -> str | None:
    """Return the earlier question with a noun of the same head replaced: "la salle Debussy" for "la salle Renoir"."""
    noun = _NOUN.fullmatch(new[phrase.end(1) :].lstrip() if phrase else new)
    if not noun:
        return None
    heads = {fold(noun["head"]), f"non-{fold(noun['head'])}", fold(noun["head"]).removeprefix("non-")}
    for old in reversed(list(re.finditer(r"[\w-]+", base))):
        if fold(old.group()) in heads:
            end = old.end()
            while rest := _REST.match(base, end):
                end = rest.end()
            if phrase:
                return f"{_LEADS_TO.sub('', base[: old.start()])}{new}{base[end:]}"
            return f"{base[: old.start()]}{new.removeprefix(noun['article'] or '')}{base[end:]}"
    objects = [old for old in _PHRASE.finditer(base) if _family(old[1]) == "pour"]
    if objects and len(new.split()) <= 3:
        return f"{base[: objects[-1].start()]}{objects[-1][1]} {new}{base[objects[-1].end() :]}"
    return None


def _family(preposition: str) -> str:
    folded = fold(preposition)
    return next((family[0] for family in _FAMILIES if folded in family), folded)


def _is_follow_up(question: str) -> bool:
    words = content_stems(question, detect_language(question))
    if _FOLLOWS.match(question) and (len(words) <= 4 or question.lower().startswith(("et ", "and "))):
        return True
    if names_in(question) or _DETERMINED.search(question):
        return False
    return len(words) <= 2 and bool(_REFERS.search(fold(question)))
