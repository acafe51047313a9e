# ruff: noqa: E501 - word lists read better on one line
"""Which documents a document says that it replaces, or is replaced by."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from assistai.documents.editions.imprint import OBJECT, STATES, Imprint
from assistai.documents.editions.marks import (
    KIND,
    VAGUE_STEMS,
    numbers_in,
    plain,
    stems_of,
    versions_in,
    without_numbers,
    words_of,
    years_in,
)
from assistai.language.sentences import sentences
from assistai.meetings.written_dates import find_dates

_MOST_STATEMENTS = 12
_CLAUSE = re.compile(r"[:([|]| -(?: |$)|\bque |\bqu'|\bthat ")
_ITSELF = re.compile(
    rf"\b(?:l[ea]s?|the|du|aux?) presente?s?\b|\b(?:ce|cet|cette|ces|this|these) (?:[\w'-]+ ){{0,3}}?(?:{KIND})"
    r"|^\W*(?:ils?|elles?|it|they|ceci|this)\b"
)
_ORDER = re.compile(r"(?:cancel|supersede|replace|rescind|repeal)(?: and (?:replace|supersede))?", re.IGNORECASE)
_UNSURE = re.compile(
    r"(?:\b(?:ne|n'|pas|not|never|jamais|may|might|can|could|would|should|to)|n't)(?: (?:be|been|ete|encore|yet)){0,2}\s?$"
    r"|\b(?:si|s'ils?|if|unless|whether|when|lorsque?|quand|est-ce)\b"
)
_FROM_WHEN = re.compile(
    r"^\W*(?:a compter|a partir|as of|as from|with effect|effective|depuis|from|since|(?:des|au|le|on)(?= le| \d))\b[^,]{0,40}?(?:,|(?:19|20)\d\d\b)"
)
_AFTER = re.compile(
    r"\b(?:qui|which|that|par|by|depuis|since|en vigueur|in force|jusqu|until|a compter|a partir|as of|as from|with effect|effective|avec effet|applicables?|voir|see|cf|selon|conformement|des le|(?:au|le|on|from)(?= \d?\d(?:er)?\b| [a-z]+ \d))\b"
    rf"|\b(?!{KIND})[a-z]+ ?:(?=\s)"
)
_PART = re.compile(
    r"\b(?:m|mr|mrs|ms|mme|mlle|dr|articles?|art|annexes?|paragraphes?|alineas?|chapitres?|sections?|points?|pages?|tableaux?|lignes?|clauses?|parties?|mentions?|mots?|phrases?|appendix|annex|chapters?|paragraphs?|tables?|items?|lines?|parts?|words?|sentences?|figures?|slides?)\b"
)
_IN_PART = re.compile(r"\b(?:partiellement|en partie|pour partie|partially|partly|in part)\b")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{3,120})[»”\"]")


def by_statement(reads: Collection[Imprint]) -> Iterator[tuple[Imprint, Imprint]]:
    """Yield (older, newer) of those of which one says that it replaces the other, or is replaced by it."""
    for own in reads:
        said = (sentence for line in own.lines for sentence in sentences(line) if not sentence.endswith("?"))
        found_in = ((sentence, found) for sentence in said if (found := STATES.search(sentence)))
        for sentence, found in islice(found_in, _MOST_STATEMENTS):
            if _is_subject(sentence[: found.start()], found.group(), own):
                for other in _designated(sentence[found.end() :], own, reads):
                    yield (own, other) if found["passive"] else (other, own)


def _is_subject(before: str, verb: str, own: Imprint) -> bool:
    """Tell whether it is the document itself that replaces: what stands before the verb names it, or nothing else."""
    before = re.sub(r"\([^()]*\)", " ", plain(before))
    clause = _CLAUSE.split(before)[-1]
    if ";" in before or _UNSURE.search(before) or numbers_in(clause).keys() - own.numbers:
        return False
    if _ITSELF.search(clause):
        return True
    if _ORDER.fullmatch(verb):
        return False
    if (verb[0].isupper() and not verb.isupper()) or not re.search(r"\w", clause):
        return True
    stems = stems_of(without_numbers(clause))
    return bool(re.search(rf"\b{KIND}", clause)) and stems <= own.stems and bool(stems - VAGUE_STEMS)


def _designated(rest: str, own: Imprint, reads: Collection[Imprint]) -> list[Imprint]:
    """Return the documents that are named in what follows "replaces"; what fits none or several names none."""
    said = _FROM_WHEN.sub("", plain(rest)[:OBJECT])
    quotes = [words for quote in _QUOTED.findall(said) if len(words := words_of(quote)) > 1]
    said = _AFTER.split(said, maxsplit=1)[0]
    if said.startswith(";") or _IN_PART.search(said) or _PART.search(re.split(r"[\d«“\"]", said, maxsplit=1)[0]):
        return []
    for fits in _fits(said, quotes, own, [read for read in reads if read is not own]):
        if any(fits):
            return [fitting[0] for fitting in fits if len(fitting) == 1]
    return []


def _fits(
    said: str, quotes: Sequence[list[str]], own: Imprint, others: Sequence[Imprint]
) -> Iterator[list[list[Imprint]]]:
    """Yield the documents that fit each number, quoted title, date, version and year of an object, the surest first."""
    kind = re.search(rf"\b{KIND}", said)
    numbers = [number for number, at in numbers_in(said).items() if kind or not stems_of(said[:at])]
    yield [[other for other in others if number in other.numbers] for number in numbers]
    yield [
        [other for other in others if any(words_of(label.text) == words for label in other.labels)] for words in quotes
    ]
    known, said = own.stems | stems_of(said), without_numbers(said)
    others = [other for other in others if (other.stems & known) - VAGUE_STEMS]
    if dates := {found.date for found in find_dates(said) if found.date}:
        yield [[other for other in others if kind and date in other.dates] for date in dates]
        return
    others = [other for other in others if _of_one_subject(own, other, known)]
    yield [[other for other in others if other.version == version] for version in versions_in(said)]
    yield [[other for other in others if kind and year in other.years] for year in years_in(said)]


def _of_one_subject(own: Imprint, other: Imprint, known: frozenset[str]) -> bool:
    """Tell whether all that one's name says is said of the other too: of two policies of 2023 one is of travel."""
    pairs = [(label.stems, known) for label in other.labels] + [(label.stems, other.stems) for label in own.labels]
    return any(stems <= others and stems - VAGUE_STEMS for stems, others in pairs)
