# ruff: noqa: E501 - word lists read better on one line
"""What an answer must hold to be one: a sentence that answers "how much" has a figure, "why" a reason."""

from __future__ import annotations

import re

from assistai.documents.questions import NAME, QUOTED, QuestionType
from assistai.language.calendar_names import ALL_WEEKDAYS
from assistai.language.dates.english import MONTHS as ENGLISH_MONTHS
from assistai.language.dates.french import MONTHS as FRENCH_MONTHS
from assistai.language.synonyms import related_stems
from assistai.language.words import content_stems, detect_language, fold

_NUMBER = r"\d+|\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|cents|mille|demi|demie|moitie|tiers|quart|double|aucun|aucune|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|hundred|half|third|quarter|none|no)\b"
_MONTH = "|".join(sorted({*FRENCH_MONTHS, *ENGLISH_MONTHS} - {"sept"}, key=len, reverse=True))  # "sept" is seven
_DAY = "|".join(ALL_WEEKDAYS)
_HOLDS: dict[QuestionType, re.Pattern[str]] = {
    "number": re.compile(_NUMBER),
    "when": re.compile(
        rf"\d{{1,2}}\s?h(?:eures?)?\b|\d{{1,2}}:\d\d|\b(?:{_MONTH}|{_DAY})s?\b|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\b(?:19|20)\d\d\b|\b(?:jours?|semaines?|mois|heures?|days?|weeks?|months?|hours?|noon|midi|am|pm|permanence|continuous)\b"
    ),
    "whether": re.compile(
        r"\b(?:peut|peuvent|possible|autoris\w+|interdit\w*|admis\w*|accept\w+|exclu\w*|obligatoire\w*|permis\w*|droit|doit|doivent|necessaire|exige\w*|requis\w*|dispens\w+|oblig\w+|ne|n|pas|aucune?|jamais|sauf|uniquement|seuls?|seulement|tolere\w*|reserve\w*|may|can|cannot|must|not|allowed|forbidden|prohibited|permitted|required|compulsory|mandatory|welcome|entitled|no|never|only|need|needs|except|unless|eligible|free)\b"
    ),
    "contact": re.compile(
        r"(?:\+?\d[\d\s.\u00a0\u202f-]{6,})|\S+@\S+|\b\d{5}\b|\b(?:rue|avenue|place|quai|boulevard|allee|street|road|lane)\b|\b(?:poste|extension|ext\.?)\s?:?\s?\d+"
    ),
    "where": re.compile(
        r"\b(?:salles?|rues?|avenue|quai|etage|batiment|rez-de-chaussee|accueil|bureaux?|annexe|hall|site|parking|sous-sol|entree|gauche|droite|couloir|local|porte|cour|guichet|loge|dossier|armoire|coffre|rooms?|floor|buildings?|offices?|street|park|desk|reception|basement|entrance|left|right|door|yard|cupboard|folder|intranet|rubrique|onglet|portail|portal)\b"
    ),
    "why": re.compile(
        r"\b(?:car|parce qu\w*|afin|pour (?:que|ne|eviter|des raisons|la raison|motif|cause)|faute d\w*|en raison|du fait|au motif|puisque?|etant donne|a cause|grace a|suite a|compte tenu|en effet|raisons?|motifs?|des lors qu|ayant|etant|because|since|so that|in order|due to|owing|reasons?|for lack|as it|as they|as the|given that|this being|to avoid|in view of|on account)\b"
    ),
}
_EXPLAINS = re.compile(r"\w\s?[:(–—] ?\w")
_ROLE = re.compile(
    r"\b(?:services?|directions?|responsables?|managers?|directrice|directeur|chefs?|cheffe|equipes?|comite|referente?s?|salarie\w*|agents?|employe\w*|gestionnaires?|secretaires?|secretariat|assistantes?|teams?|heads?|directors?|staff|employees?|department|board|officers?|coordinators?|secretary|partners?|trustees?)\b"
)
_WANTS_NAME = re.compile(
    r"\b(?:comment s'appelle(?:nt)?|le nom (?:de|du|des)|qui (?:a|ont) signe|name of|called|who signed)\b"
)
_FULL_NAME = re.compile(
    r"\b(?:M\.|Mme|Mlle|Dr|Pr|Docteure?|docteure?|Ms|Mrs?\.?|[A-ZÀ-Þ][\w’'-]+) (?:[A-ZÀ-Þ]\. )?[A-ZÀ-Þ][\w’'-]+"
)
_SOMEBODY = re.compile(r"\b(?:M\.|Mme|Mlle|Dr|Pr|Ms|Mrs?\.?) [A-ZÀ-Þ][\w’'-]+")
_MONEY = rf"(?:{_NUMBER})(?:\s\w+)?\s?(?:k?€|euros?|%|\$|£|chf|francs?|centimes?|pence|cents?|dollars?|pounds?)|[£$€]\s?\d|gratuit|\bfree\b|pour cent|per cent"
_TIME = rf"(?:{_NUMBER})\W+(?:\w+\W+)?(?:minute|heure|h\b|jour|semaine|mois|an|hour|day|week|month|year|seance|session)s?|\bh \d|\b\d+\s?(?:h|min|j)\b|immediat|\bune? (?:heure|journee|semaine|annee|mois)|same day|le jour meme|dans l'heure|at once|forthwith"
_UNITS = (
    (
        re.compile(
            r"\b(?:combien de temps|durees?|delais?|preavis|anciennete|how (?:long|much time|quickly|soon|fast|late|early|often)|notice|sous combien|au bout de combien)\b"
        ),
        re.compile(_TIME),
    ),
    (
        re.compile(
            r"\b(?:prix|cout\w*|montant\w*|tarif\w*|budget\w*|indemni\w+|salaires?|primes?|rembours\w+|plafonds?|loyers?|franchises?|gratification|pai\w+|pay\w*|facture\w*|touche\w*|somme|how much|costs?|price\w*|fees?|salary|amount|rent|charge\w*|cap)\b"
        ),
        re.compile(_MONEY),
    ),
    (
        re.compile(r"\b(?:taux|pourcentage|percentage|rate|part|share)\b"),
        re.compile(rf"{_MONEY}|points?\b|moitie|tiers|quart|half|third"),
    ),
    (re.compile(r"\b(?:age|old)\b"), re.compile(rf"(?:{_NUMBER})\W+(?:ans|years?)|\baged?\b|\bover \d|\bunder \d")),
)
_ASKS_HOUR = re.compile(r"\b(?:heures?|horaires?|time|hours)\b")
_HOUR = re.compile(
    r"\d{1,2}\s?h(?:eures?)?\b|\d{1,2}[:.]\d\d|\b(?:midi|minuit|noon|midnight)\b|\d\s?(?:am|pm|[ap]\.m\.)|\b\w+ heures\b"
)
_DATE = re.compile(
    rf"\b(?:{_MONTH}|{_DAY}s?)\b|\d{{1,2}}/\d{{1,2}}|\b(?:19|20)\d\d\b|\b(?:avant|apres|sous|within|before|after|until|every|chaque)\b"
)
_CONTACTS = (
    (re.compile(r"\b(?:courriel|e-?mail|mail|mel|electronique)\b"), re.compile(r"\S@\S")),
    (
        re.compile(r"\b(?:telephone|tel|numero|portable|mobile|poste|phone|extension|line|ligne|number)\b"),
        re.compile(r"\+?\d[\d\s.-]{6,}|\b(?:poste|extension|ext\.?)\s?:?\s?\d+"),
    ),
    (
        re.compile(r"\b(?:adresse|address)\b"),
        re.compile(r"\b\d{5}\b|\b(?:rue|avenue|place|quai|boulevard|allee|chemin|impasse|street|road|lane|square)\b"),
    ),
)
_PREDICATE = re.compile(
    r"-(?:t-)?(?:il|elle|ils|elles|on)\s(?:bien |aussi |toujours |encore |un |une |des |du |de la |de l')?([a-z]{4,})"
    r"|^(?:is|are|was|were|does|do|did|has|have)\b.* ([a-z]{4,})$"
)
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9/-]+\b")
_DEFINES = r"\s?(?:[:=(–—]|,? (?:designe|signifie|est|sont|soit|comprend|c'est-a-dire|means|is|are|stands for|denotes|includes)\b)"


_SAYS_YES_OR_NO = re.compile(r"(?:^|\?\s+)(?:oui|non|yes|no)\b(?=\s?[.,;:!–—])", re.IGNORECASE)
"""The beginning of a sentence, or of what follows its question."""


def holds_answer(kind: QuestionType, text: str, question: str) -> float | None:
    """Tell whether a text holds what the kind of question asks for, beyond what the question says itself.

    1 where it does, 0.5 where it holds something of the kind but not in the unit that was asked for (a number but no
    price; a capital but no full name), 0 where it does not; None where that cannot be told.
    """
    asked, said = fold(question), fold(text)
    if kind == "who":
        if any(fold(match.group()) not in asked for match in _FULL_NAME.finditer(text)):
            return 1.0
        return 0.5 * (_holds_name(text, asked) or (bool(_ROLE.search(said)) and not _WANTS_NAME.search(asked)))
    if kind == "name":
        return 0.5 * _holds_name(text, asked)
    if kind == "meaning":
        return _defines(question, text)
    pattern = _HOLDS.get(kind)
    if pattern is None:
        return None
    if kind == "whether":
        if _SAYS_YES_OR_NO.search(text):
            return 1.0
        return 0.5 if pattern.search(said) or _says_predicate(asked, said) else 0.0
    if kind == "why":
        return 1.0 if pattern.search(said) else 0.5 * bool(_EXPLAINS.search(said))
    if kind == "where":
        return max(_holds_place(pattern, said, asked), 0.5 * _holds_name(_SOMEBODY.sub("", text), asked))
    if not any(match.group().strip() not in asked for match in pattern.finditer(said)):
        return 0.0
    unit = _unit(kind, asked)
    if unit is None or unit.search(said):
        return 1.0
    return 0.0 if kind == "contact" else 0.5  # a phone number is no address


def _says_predicate(asked: str, said: str) -> bool:
    """Tell whether a text has what a yes or no asks of its subject: "est-il remboursé" has "remboursé"."""
    found = _PREDICATE.search(asked.rstrip(" ?."))
    word = (found[1] or found[2]) if found is not None else None
    return word is not None and re.search(rf"\b{re.escape(word[: max(4, len(word) - 3)])}", said) is not None


def _holds_place(pattern: re.Pattern[str], said: str, asked: str) -> float:
    """Return 1 where a text has a place that the question does not name, or the column of a table that it asks for."""
    noun = re.search(r"\b(?:quel(?:le)?s?|which|what) (\w{3,})", asked)
    if noun is not None and re.search(rf"\b{re.escape(noun[1])}\w*(?:\s?:)? \S", said):
        return 1.0
    return float(any(match.group() not in asked for match in pattern.finditer(said))) / (1 + (noun is not None))


def _holds_name(text: str, asked: str) -> bool:
    return any(fold(match.group()) not in asked for match in NAME.finditer(text))


def _defines(question: str, text: str) -> float:
    """Return 1 where a text says what a term of the question stands for, 0.5 where it has the term."""
    said = fold(text)
    terms = [fold(term) for term in [*_CAPITALS.findall(question), *QUOTED.findall(question)]]
    if not terms:
        stems = content_stems(question, detect_language(question))
        terms = [stem for stem in stems if len(stem) > 2]
    best = 0.0
    for term in terms:
        if term in said:
            best = max(best, 0.5)
            if re.search(rf"\b{re.escape(term)}\w*[»”\"]?{_DEFINES}|\(\s?{re.escape(term)}\s?\)", said):
                return 1.0
    return best


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
        language = detect_language(asked)
        alike = (one for word in content_stems(counted[1], language) for one in related_stems(word))
        starts = "|".join(map(re.escape, [counted[1][: max(4, len(counted[1]) - 2)], *sorted(alike)]))
        return re.compile(rf"(?:{_NUMBER})\W+(?:\w+\W+){{0,2}}(?:{starts})|\b(?:{starts})\w*(?: [^;:]+)? : \d")
    return next((unit for words, unit in _UNITS if words.search(asked)), None)
