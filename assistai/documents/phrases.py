# ruff: noqa: E501 - word lists read better on one line
"""The phrases of a question, each with what it names: a group of people, a place, a time, an amount, a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistai.documents.naming import groups
from assistai.documents.questions import question_type
from assistai.language.calendar_names import ALL_MONTHS, ALL_WEEKDAYS
from assistai.language.words import detect_language, fold
from assistai.records import Language

Kind = Literal["group", "place", "name", "time", "rate", "amount", "attribute", "counted", "manner", "thing"]
"""What a phrase names: people of a kind, a place, what has a proper name, when, how often ("par an"), a quantity, what
is asked of a thing ("le prix"), what is counted ("combien de jours"), a way ("en voiture"), or anything else."""

_TOKEN = re.compile(
    r"aujourd['’]hui|quelqu['’]une?|(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu)['’]|\d+(?:[ .,\u00a0\u202f]\d+)*|[^\W_][\w/-]*(?:['’]s\b)?|[%€$£]|[^\w\s]",
    re.IGNORECASE,
)
_TWO_WORDS = re.compile(r"(?:a partir|au-dela|en dehors|a cote|a cause|lors|au sein) (?=d(?:e|u|es)\b|d')")
_PREPOSITIONS: dict[str, tuple[str, str]] = {
    **{word: (word, "") for word in "pour chez dans en avec sans de par depuis pendant avant apres sur sous vers entre jusqu'a des dès for in at with without of by per from during before after under over until since à".split()},
    "d'": ("de", ""), "du": ("de", "le"), "des": ("de", "les"), "au": ("à", "le"), "aux": ("à", "les"), "a": ("à", ""),
    "jusqu'": ("jusqu'", ""),
}  # fmt: skip
_ARTICLES = frozenset(
    "le la les l' un une mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces chaque the a an my your his her its their our this these those any every each".split()
)
_INDEFINITE = frozenset({"un", "une", "des", "a", "an"})
_ENDS = frozenset(
    """
    est sont etait etaient sera seront serait ont avait avaient aura peut peuvent peux doit doivent dois faut va vont fait font ouvre
    ouvrent ferme ferment coute coutent dure durent commence commencent finit finissent vaut recoit recoivent touche touchent dispose
    beneficie beneficient et ou mais qui que qu' dont si s' je j' tu il elle on nous vous ils elles y ne n' se me m' te t' c' quand comment
    combien quel quelle quels quelles pourquoi donc aussi encore meme is are was were do does did can could may might must will would
    shall should has have had and or but if who which that what when where why how i we they he she it to not also even
    """.split()
)
_INVERTED = re.compile(r".+-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)")
_INFINITIVE = re.compile(
    r"(?!hiver|cuiller)[a-z'-]+(?:(?<![iy])er|ir|oir|(?<!ca)(?<!or)dre|crire|uire|lire|faire|mettre|suivre)"
)
_UNIT = "an|annee|mois|semaine|jour|nuit|heure|trimestre|personne|year|month|week|day|night|hour|person"
_RATE = re.compile(rf"(?:{_UNIT})s?")
_TIME = re.compile(
    rf"(?:{'|'.join((*ALL_MONTHS, *ALL_WEEKDAYS))})s?|(?:19|20)\d\d(?:[-/]\d+)?|(?:semaine|week-?end|matin|matinee|soir|soiree|apres-midi|midi"
    r"|ete|hiver|printemps|automne|nuit|annee|mois|weekday|weekend|morning|afternoon|evening|night|summer|winter|spring|autumn|christmas"
    r"|noel|trimestre|semestre|quarter|ferie|aujourd'hui|demain|today|tomorrow|vacances|holiday)s?"
)
_WHEN = frozenset(
    {"avant", "apres", "pendant", "depuis", "dès", "before", "after", "during", "since", "until", "jusqu'"}
)
_PLACE = re.compile(
    r"etranger|province|regions?|banlieue|capitale|europe|siege|agences?|antennes?|sites?|usines?|entrepots?|magasins?|campus|ecoles?"
    r"|villes?|metropole|pays|abroad|headquarters|branch(?:es)?|offices?|warehouses?|plants?|cit(?:y|ies)|countr(?:y|ies)|regional"
)
_PEOPLE = re.compile(
    r"(?:salarie|employe|agent|collaborat(?:eur|rice)|intervenant|cdd|cdi|temps|enseignant|professeur|adherent|membre|secretaire|assistante?"
    r"|direct(?:eur|rice)|chef|cheffe|responsable|parent|collegue|nouveaux|nouvelles|arrivant|arrivante|personne|gens|quelqu|quelqu'un|femme"
    r"|homme|jeune|senior|invite|client|fournisseur|teletravailleur|travailleur|expatrie|medecin|infirmiere?|conseill(?:er|ere)|juriste"
    r"|comptable|administratif|cadre-dirigeant|dirigeant|president|gardien|ceux|celles|everyone|everybody|someone|somebody|staff|employee"
    r"|worker|people|person|director|guest|client|physician|nurse|teacher|parent|member|partner|newcomer|starter|joiner|colleague|part-timer"
    r"|assistant|officer|executive|supplier|freelancer|freelance)(?:s|es|x)?"
)
_ADJECTIVE = re.compile(
    r"^(?:(?:nouve(?:l|au|lle|aux|lles)|jeunes?|anciens?|anciennes?|futurs?|simples?|petits?|autres?)\s+)(?=\w)"
)
_COUNTS = re.compile(r"(?:combien|nombre|how many|how much|quel(?:le)?s?|which|what)\s*$")
_FRONTED = re.compile(r"\b(?:do|does|did|is|are|was|were|can|could|may|must|will|would|should|has|have)\s+$")
_BE = re.compile(r"\S.*\b(?:is|are|was|were)\s+$")
_STATE = re.compile(r"open|closed|free|available|due|paid|possible|valid|\w+ed")
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase from `start` to `end`: preposition, article ("le" for that in "du"), and noun from `noun` on."""

    kind: Kind
    preposition: str
    article: str
    start: int
    noun: int
    end: int
    text: str
    """The noun and what follows it, without preposition and article."""

    @property
    def named(self) -> bool:
        """Tell whether it is, or begins with, a proper name."""
        return self.text[:1].isupper() and not self.text.isupper()

    @property
    def indefinite(self) -> bool:
        """Tell whether it is one of many: "un taxi"."""
        return self.article in _INDEFINITE

    @property
    def plural(self) -> bool:
        """Tell whether it is several."""
        return self.article in ("les", "des", "ces", "mes", "ses", "nos", "vos", "these", "those") or (
            not self.article and self.text.endswith("s")
        )


def phrases(text: str, language: Language | None = None) -> list[Phrase]:
    """Return the phrases of a question in order: those with a preposition or an article, quantities, and proper names."""
    language = language or detect_language(text)
    tokens = list(_TOKEN.finditer(text))
    found: list[Phrase] = []
    at = 0
    while at < len(tokens):
        phrase, at = _phrase_at(text, tokens, at, language, found)
        if phrase is not None:
            found.append(phrase)
    return found


def whole(text: str, language: Language) -> Phrase:
    """Return a text that is a noun without preposition or article, as a phrase: "interns", "Paul Morin"."""
    return Phrase(_kind(text, "", "", language, counts=False), "", "", 0, 0, len(text), text)


def _phrase_at(
    text: str, tokens: Sequence[re.Match[str]], at: int, language: Language, before: Sequence[Phrase]
) -> tuple[Phrase | None, int]:
    """Return the phrase that begins with a token, None where none does, and the token to go on with."""
    first, start = at, tokens[at].start()
    preposition = article = ""
    lead = _TWO_WORDS.match(fold(text[start:]))
    if lead is not None:
        preposition = lead.group().strip()
        while tokens[at].start() < start + lead.end():
            at += 1
        article = _PREPOSITIONS[_word(tokens[at])][1]
        at += 1
    elif (known := _preposition(tokens, at, language)) is not None:
        preposition, article = known
        at += 1
        if preposition == "jusqu'" and at < len(tokens) and _word(tokens[at]) in _PREPOSITIONS:
            article = _PREPOSITIONS[_word(tokens[at])][1]
            at += 1
    if at < len(tokens) and not article and _word(tokens[at]) in ("tout", "tous", "toute", "toutes", "all"):
        at += 1
    if at < len(tokens) and not article and _is_article(tokens, at, language):
        article = _word(tokens[at])
        at += 1
    begin = at
    while at < len(tokens) and at - begin < _MOST_WORDS and _continues(tokens, at, language, begin):
        at += 1
    named = begin < len(tokens) and tokens[begin].group()[0].isupper() and begin > 0
    digits = begin < len(tokens) and tokens[begin].group()[0].isdigit()
    fronted = language == "en" and not preposition and _FRONTED.search(fold(text[:start]))
    if at == begin or not (preposition or article or named or digits or fronted):
        return None, first + 1
    if (
        preposition in ("pour", "sans", "de", "à", "en")
        and not article
        and _INFINITIVE.fullmatch(fold(tokens[begin].group()))
    ):
        return None, begin + 1
    if fronted and at - begin > 1:
        at -= _predicate_follows(text[:start], tokens[at - 1].group())
    if named and not (preposition or article):
        while at > begin + 1 and not (tokens[at - 1].group()[0].isupper() or tokens[at - 2].group().endswith("s")):
            at -= 1
    noun, end = tokens[begin].start(), tokens[at - 1].end()
    counts = not article and preposition in ("de", "") and _COUNTS.search(fold(text[:start]))
    kind = _kind(text[noun:end], preposition, article, language, counts=bool(counts))
    return Phrase(kind, preposition, article, start, noun, end, text[noun:end]), at


def _word(token: re.Match[str]) -> str:
    plain = token.group().lower().replace("’", "'")
    return plain if plain in ("à", "dès") else fold(plain)


def _preposition(tokens: Sequence[re.Match[str]], at: int, language: Language) -> tuple[str, str] | None:
    word = _word(tokens[at])
    if word == "on":
        return ("on", "") if language == "en" else None
    if word == "a":  # the verb, or "à" without its accent: that stands first or before a name
        capital = at + 1 < len(tokens) and tokens[at + 1].group()[0].isupper()
        return ("à", "") if language == "fr" and (at == 0 or capital) else None
    if word == "en" and at + 1 < len(tokens) and _INVERTED.fullmatch(_word(tokens[at + 1])):
        return None
    return _PREPOSITIONS.get(word)


def _is_article(tokens: Sequence[re.Match[str]], at: int, language: Language) -> bool:
    word = _word(tokens[at])
    return word in _ARTICLES and not (word == "a" and language == "fr")


def _continues(tokens: Sequence[re.Match[str]], at: int, language: Language, begin: int) -> bool:
    """Tell whether a token belongs to the noun that begins before it, or begins one."""
    written, word = tokens[at].group(), _word(tokens[at])
    if (
        not (written[0].isalnum() or written in "%€$£")
        or word in _ENDS
        or _INVERTED.fullmatch(word)
        or written.endswith(("'", "’"))
    ):
        return word == "rendez-vous"
    if _preposition(tokens, at, language) is not None or _is_article(tokens, at, language):
        return False
    if word == "a" and language == "fr":
        return False
    return not (at > begin and written[0].isdigit() and not tokens[at - 1].group()[0].isupper())


def _predicate_follows(before: str, last: str) -> bool:
    """Tell whether the last word after "does", "is" and the like is what is said of the subject: "managers get"."""
    return _STATE.fullmatch(last) is not None if _BE.search(fold(before)) else True


def _is_people(text: str, language: Language) -> bool:
    """Tell whether the head of a noun is a kind of people: the first word in French, the last in English."""
    words = _ADJECTIVE.sub("", fold(text)).split()
    head = words[-1] if language == "en" else words[0]
    return bool(groups(head) or groups(" ".join(words[:2])) & {"non-cadre"} or _PEOPLE.fullmatch(head))


def _kind(text: str, preposition: str, article: str, language: Language, *, counts: bool) -> Kind:
    words = fold(text).split()
    if counts:
        return "counted"
    each = preposition in ("par", "per") or article in ("a", "an", "chaque", "every", "each")
    if each and len(words) == 1 and _RATE.fullmatch(words[0]):
        return "rate"
    times = [
        word for word in words if _TIME.fullmatch(word) and not (preposition == "de" and word.startswith("vacance"))
    ]
    if preposition in _WHEN or (times and not (article in ("un", "une", "an", "a") or words[0] in ("temps",))):
        return "time"
    if words[0][0].isdigit():
        return "amount"
    if _is_people(text, language):
        return "group"
    named = text[0].isupper() and not (text.isupper() and len(text) > 1)
    at = preposition in ("à", "en", "dans", "chez", "in", "at", "from", "depuis")
    if at and (named or any(map(_PLACE.fullmatch, words))):
        return "place"
    if named:
        return "name"
    if preposition in ("en", "par", "by", "sur", "sous"):
        return "manner"
    if (
        not article or article in ("le", "la", "les", "l'", "the", "son", "sa", "ses", "her", "his", "its", "their")
    ) and (question_type(f"le {text}") in ("number", "contact", "when")):
        return "attribute"
    return "thing"
