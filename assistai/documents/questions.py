# ruff: noqa: E501 - word lists read better on one line
"""Questions: what kind of answer one asks for, and whether a text holds one."""

from __future__ import annotations

import re
from typing import Literal

from assistai.language.words import fold

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
        r"(?:\+?\d[\d\s.\u00a0\u202f-]{7,})|\S+@\S+|\b\d{5}\b|\b(?:rue|avenue|place|quai|boulevard|allee|street|road|lane)\b|\b(?:poste|extension|ext\.?)\s?:?\s?\d+"
    ),
    "where": re.compile(
        r"\b(?:salles?|rues?|avenue|etage|batiment|rez-de-chaussee|accueil|bureaux?|annexe|hall|site|parking|sous-sol|entree|gauche|droite|couloir|local|porte|cour|rooms?|floor|buildings?|offices?|street|park|desk|reception|basement|entrance|left|right|door|yard|intranet|rubrique|onglet)\b"
    ),
}
_ROLE = re.compile(
    r"\b(?:services?|directions?|responsables?|managers?|directrice|directeur|chefs?|cheffe|equipes?|comite|referente?s?|salarie\w*|agents?|employe\w*|teams?|heads?|directors?|staff|employees?|department|board)\b"
)
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
_ASKS_HOUR = re.compile(r"\b(?:heures?|horaires?|time)\b")
_HOUR = re.compile(r"\d{1,2}\s?h\b|\d{1,2}[:.]\d\d|\b(?:midi|minuit|noon|midnight)\b|\d\s?(?:am|pm|[ap]\.m\.)")
_DATE = re.compile(
    rf"\b(?:{_MONTH}|{_DAY}s?)\b|\d{{1,2}}/\d{{1,2}}|\b(?:19|20)\d\d\b|\b(?:avant|apres|sous|within|before|after|until|every|chaque)\b"
)
_CONTACTS = (
    (re.compile(r"\b(?:courriel|e-?mail|mail|mel)\b"), re.compile(r"\S@\S")),
    (
        re.compile(r"\b(?:telephone|numero|portable|mobile|poste|phone|extension)\b"),
        re.compile(r"\+?\d[\d\s.-]{7,}|\b(?:poste|extension|ext\.?)\s?:?\s?\d+"),
    ),
    (
        re.compile(r"\b(?:adresse|address)\b"),
        re.compile(r"\b\d{5}\b|\b(?:rue|avenue|place|quai|boulevard|allee|chemin|impasse|street|road|lane|square)\b"),
    ),
)
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+")


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
    unit = _unit(kind, asked)
    if unit is None or unit.search(said):
        return 1.0
    return 0.0 if kind == "contact" else 0.5  # a phone number is no address


def _unit(kind: QuestionType, asked: str) -> re.Pattern[str] | None:
    """Return what an answer must stand with to be what a folded question asks for, None where that cannot be told."""
    if kind == "when":
        return _HOUR if _ASKS_HOUR.search(asked) else _DATE
    if kind == "contact":
        return next((unit for words, unit in _CONTACTS if words.search(asked)), None)
    if kind != "number":
        return None
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
