"""What "ça", "le", "en" or "it" stands for: looked for in the sentences before, never made up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistai.language.verbs import infinitive, is_infinitive, readings
from assistai.language.words import Token, is_stop_word, tokens
from assistai.meetings.extraction.phrases import phrases
from assistai.meetings.utterances import Utterance
from assistai.records import Language

_LOOK_BACK = 6
"""Sentences that say something, looked at before the pronoun."""

_LONGEST = 16
"""Words of a clause; what is longer is no antecedent that reads well."""

_CLAUSE, _QUESTIONED, _THING = 10.0, 9.0, 6.0
"""How strongly a deed, a thing asked about and a thing mentioned attract a pronoun; distance costs some."""

_COST = {_CLAUSE: 1.5, _QUESTIONED: 1.5, _THING: 2.0}

_NOUN_PHRASE: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"(?<!\w)(?:(?P<plural>les|des|ces|mes|tes|ses|nos|vos|leurs|plusieurs|deux|trois|quatre|cinq|dix|\d+)\s+"
        r"|(?P<feminine>la|une|cette|ma|ta|sa)\s+|(?P<masculine>le|un|ce|du|mon|ton|son|au)\s+"
        r"|(?P<either>l['’]|cet\s+|notre\s+|votre\s+|leur\s+|chaque\s+|de l['’]|de la\s+))(?=[^\W_])",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<!\w)(?:(?P<plural>these|those|all the|both|some|two|three|four|five|ten|\d+)\s+"
        r"|(?P<either>the|an?|this|that|our|your|my|his|her|their|its|each|every|another|any)\s+)(?=[^\W_])",
        re.IGNORECASE,
    ),
}
_PREPOSITIONS: dict[Language, frozenset[str]] = {
    "fr": frozenset("de d' du des à au aux en pour sur avec sans chez par entre dans".split()),
    "en": frozenset("of for to in on with from at about".split()),
}
_ARTICLES = frozenset(
    "le la les l' un une the a an our your my ce cette ces mon ma mes son sa ses notre nos votre".split()
)
_FEMININE = re.compile(r"(?:^|[\s'’-])la(?!\w)", re.IGNORECASE)
_PLURAL = re.compile(r"(?:^|[\s'’-])(?:les|them|those|these)(?!\w)", re.IGNORECASE)
_INFINITIVE_LIKE = re.compile(r"\w+(?:er|ir|re|oir)\b", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[,;:.!?…()«»\"{}\[\]]|\s[-–—]\s|\n")
_TRAILING = re.compile(r"[\s,;:.!?…'’–—-]+$")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a pronoun stands for: `utterance`'s turn says it at `start` to `end`.

    `text` is those words, a finite verb at their head put in the infinitive (French) or base form (English).
    """

    text: str
    utterance: Utterance
    start: int
    end: int
    is_clause: bool = False


def needs_antecedent(text: str, language: Language) -> bool:
    """Tell whether a pronoun ("ça", "le", "en", "it", "that") stands in `text` with no noun before it to hold it."""
    match = _pointing(text, language)
    return match is not None and next(_noun_phrases(text[: match.start()], language), None) is None


def find_antecedent(utterances: Sequence[Utterance], index: int) -> Antecedent | None:
    """Return what the pronoun of `utterances[index]` stands for, or None where the sentences before do not say.

    Something to be done ("relancer le traiteur" in "il faut relancer le traiteur") wins over a thing, and the nearer
    over the farther. A feminine or plural pronoun only takes a thing of that gender or number.
    """
    spoken = utterances[index]
    pronoun = _pronoun(spoken)
    best: tuple[float, Antecedent] | None = None
    distance = 0
    lexicon = phrases("antecedents")
    for place in range(index - 1, max(-1, index - 1 - 4 * _LOOK_BACK), -1):
        earlier = utterances[place]
        if lexicon["backchannel"].match(earlier.text):
            continue
        for weight, found in _candidates(earlier, pronoun):
            score = weight - _COST[weight] * distance
            if score > 0 and (best is None or score > best[0]):
                best = (score, found)
        distance += 1
        if distance == _LOOK_BACK:
            break
    return best[1] if best else None


def _pronoun(spoken: Utterance) -> str:
    match = _pointing(spoken.text, spoken.language)
    words = match.group() if match else ""
    if _PLURAL.search(words):
        return "plural"
    return "feminine" if spoken.language == "fr" and _FEMININE.search(words) else "any"


def _pointing(text: str, language: Language) -> re.Match[str] | None:
    """Return the first pronoun that points back; an article before a noun ("le dossier") is none."""
    for match in phrases("antecedents")[f"points_{language}"].finditer(text):
        following = _INFINITIVE_LIKE.match(text, match.end())
        if language == "en" or following is None or is_infinitive(following.group().lower()):
            return match
    return None


def _candidates(earlier: Utterance, pronoun: str) -> Iterator[tuple[float, Antecedent]]:
    text, language = earlier.text, earlier.language
    if pronoun == "any":
        for start, end, words in deeds(text, language):
            if not needs_antecedent(text[start:end], language):
                yield _CLAUSE, _antecedent(earlier, start, end, words, is_clause=True)
                return
    for start, end, kind in _noun_phrases(text, language):
        if pronoun == "any" or kind in (pronoun, "either"):
            asked = text.rstrip().endswith("?") and len(tokens(text)) <= 8
            yield (_QUESTIONED if asked else _THING), _antecedent(earlier, start, end, text[start:end])
            return


def _antecedent(earlier: Utterance, start: int, end: int, words: str, *, is_clause: bool = False) -> Antecedent:
    return Antecedent(words, earlier, earlier.start + start, earlier.start + end, is_clause)


@lru_cache(maxsize=2_000)
def deeds(text: str, language: Language) -> tuple[tuple[int, int, str], ...]:
    """Return the clauses of `text` that say what is to be done: span, and words that start with a base form."""
    lexicon = phrases("antecedents")
    found: list[tuple[int, int, str]] = []
    for match in lexicon[f"deed_{language}"].finditer(text):
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
        end = clause_end(text, start, language)
        words = text[start:end]
        if _is_deed(words, language):
            found.append((start, end, words))
    for match in lexicon[f"proposal_{language}"].finditer(text):
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
        end = clause_end(text, start, language)
        head = tokens(text[start:end])[:1]
        verb = _finite(head[0], language) if head else None
        if verb and len(tokens(text[start:end])) > 1:
            found.append((start, end, verb + text[start + head[0].end : end]))
    found.sort()
    return tuple(found)


def clause_end(text: str, start: int, language: Language) -> int:
    """Return where the clause that starts at `start` ends: at punctuation, a new subject or after some words."""
    end = len(text)
    if match := _PUNCTUATION.search(text, start):
        end = match.start()
    if match := phrases("antecedents")[f"stop_{language}"].search(text, start + 1, end):
        end = match.start()
    words = tokens(text[start:end])
    if len(words) > _LONGEST:
        end = start + words[_LONGEST - 1].end
    return start + len(_TRAILING.sub("", text[start:end]))


def _is_deed(words: str, language: Language) -> bool:
    spoken = tokens(words)
    if not spoken or len(spoken) > _LONGEST:
        return False
    if language == "en":
        first, last = spoken[0].lower, spoken[-1].lower
        complete = len(spoken) > 1 and last not in _PREPOSITIONS["en"]
        return complete and first.isalpha() and not is_stop_word(first, "en")
    head = next(
        (word for word in spoken[:3] if word.lower not in ("le", "la", "les", "l'", "en", "y", "se", "s'", "lui")), None
    )
    return head is not None and len(spoken) > 1 and is_infinitive(head.lower) and head.lower not in _NO_DEEDS


_NO_DEEDS = frozenset("être avoir dire voir savoir penser croire falloir aller pouvoir devoir vouloir".split())


def _finite(word: Token, language: Language) -> str | None:
    """Return the base form of a conjugated verb that names a deed."""
    if language == "en":
        return word.lower if not is_stop_word(word.lower, "en") and word.lower.isalpha() else None
    if not any(
        reading.tense in ("present", "future", "subjunctive", "imperfect", "conditional")
        for reading in readings(word.lower)
    ):
        return None
    base = infinitive(word.lower, "fr")
    return None if base is None or base in _NO_DEEDS else base


def _noun_phrases(text: str, language: Language) -> Iterator[tuple[int, int, str]]:
    """Yield the things named in `text` that could be meant: span and gender or number."""
    empty = phrases("antecedents")["empty"]
    at = 0
    for match in _NOUN_PHRASE[language].finditer(text):
        if match.start() < at:
            continue
        end = _noun_phrase_end(text, match.end(), language)
        words = text[match.start() : end]
        if end > match.end() and empty.fullmatch(words) is None:
            kind = next(name for name, value in match.groupdict().items() if value)
            start = match.start()
            yield start, end, kind
        at = end


def _noun_phrase_end(text: str, start: int, language: Language) -> int:
    """Return the end of the noun phrase whose first word after the determiner is at `start`."""
    limit = _PUNCTUATION.search(text, start)
    words = tokens(text[start : limit.start() if limit else len(text)])[:12]
    end = start
    number = 0
    joined = False
    while number < len(words):
        word = words[number]
        if number and word.lower in _PREPOSITIONS[language]:
            follow = number + 1
            while follow < len(words) and words[follow].lower in _ARTICLES | {"d'"}:
                follow += 1
            if follow >= len(words) or not _is_noun(words[follow], language):
                break
            number, joined = follow, True
            continue
        if word.lower in _ARTICLES or not _is_noun(word, language):
            break
        if number and not joined and language == "fr" and _is_finite_only(word):
            break
        end, joined = start + word.end, False
        number += 1
    return start + len(text[start:end].rstrip("'’ "))


def _is_noun(word: Token, language: Language) -> bool:
    if is_stop_word(word.lower, language) or word.lower.endswith("'"):
        return False
    return not (language == "fr" and is_infinitive(word.lower))


def _is_finite_only(word: Token) -> bool:
    found = readings(word.lower)
    return (
        bool(found)
        and all(reading.tense not in ("participle", "infinitive") for reading in found)
        and (word.text[:1].islower())
    )
