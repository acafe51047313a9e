"""Candidate sentences of an answer, and what speaks for each: the features of choice and refusal."""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistai.documents.answer_types import holds_answer
from assistai.documents.naming import acronyms, another_one, spelt_out
from assistai.documents.proper_names import is_another, names
from assistai.documents.questions import names_in, question_type, without_courtesy
from assistai.documents.search import Hit
from assistai.documents.words import LONGEST_QUESTION, exact_forms, query_terms, stems_of
from assistai.language.sentences import sentence_spans
from assistai.language.synonyms import related_stems
from assistai.language.words import detect_language, fold
from assistai.models.embedding import Embedder
from assistai.workspace.document import Document

_MAX_CANDIDATES = 16  # sentences embedded for a question: most of what an answer costs
_STRICT = ("number", "when", "contact", "why", "meaning")
_NEEDED = ("number", "when", "contact", "why", "who", "where")
_NEARLY = 0.6
_NEARLY_ALL = 0.8
_SOME_TERMS = 2
_MOST_YEARS = 20
_SHORT = 200  # characters: a longer sentence has words by chance
_UNSEEN = 0.82  # about the cosine of a sentence that shares no word, where no embedding model can tell
_LONG = 300  # characters
_ROW = re.compile(r" : [^;]+ ; ")
_ITEM = re.compile(r"^[a-zà-ÿ•–-]|[;,]$")
_YES_OR_NO = re.compile(r"(?:oui|non|yes|no)\s?[.!]", re.IGNORECASE)
_REQUEST = re.compile(
    r"\b(?:peux-tu|pouvez-vous|pourr(?:iez|ais)-(?:vous|tu)|as-tu|avez-vous|sais-tu|savez-vous|veux-tu|voulez-vous"
    r"|es-tu|[eê]tes-vous|(?:can|could|would|will|do|did|have|are) you)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(?:il|elle|ils|elles|ce|cet|cette|ces|cela|celui-ci|celle-ci|ceux-ci|on y|it|they|this|these|that|those)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<!\S)(?:Objet|Date|De|À|A|Cc|Copie|Pour|Lieu|Destinataires?|Émetteur|Expéditeur|Réf(?:érence)?|Envoyé|Rédacteur"
    r"|Rédactrice|Diffusion|Subject|From|To|Sent|Re|Ref)[ \u00a0\u202f]?:(?=\s)"
)

FEATURES = (
    "cosine",
    "coverage",
    "sentence_coverage",
    "names",
    "holds",
    "partly",
    "lacks",
    "passage_cosine",
    "rank",
    "in_force",
    "passage_coverage",
    "stands_out",
    "length",
    "asks",
    "label",
)
"""What `Candidate.features` holds, in this order, each from 0 to 1: a long sentence shares words by chance, and one
that asks or announces ("Comment faire ?", "Voici les règles :") does not answer, nor mostly does a field
("Objet : …"). `holds`, `partly` and `lacks` tell whether it has what the type of question asks for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or table row of a hit: its span in the document's text, and its features (see FEATURES).

    `quoted_from` is where it is to be quoted from: the start of the sentence before where it begins with a pronoun for
    that, else its own. `another_one` where it speaks of building C and the question asks for building D, `says_all`
    where it has nearly all words of a question that has some. `misses` where it has nothing of the kind that is asked
    for: no place for "where", no reason for "why".
    """

    hit: Hit
    start: int
    end: int
    text: str
    features: tuple[float, ...]
    quoted_from: int
    another_one: bool = False
    misses: bool = False
    says_all: bool = False


def candidates(
    question: str,
    hits: Sequence[Hit],
    embedder: Embedder | None,
    frequencies: Callable[[Sequence[str]], Mapping[str, int]],
    total: int,
) -> list[Candidate]:
    """Return the sentences of the hits with their features, in the order of the hits."""
    question = without_courtesy(question[:LONGEST_QUESTION])
    units = [unit for place, hit in enumerate(hits) for unit in _units(place, hit)]
    terms = query_terms(question, detect_language(question))
    known = frequencies(terms)
    weights = {term: math.log(1 + (total + 0.5) / (known.get(term, 0) + 0.5)) for term in terms}
    passages = [_words(hit.passage.text, hit, question) for hit in hits]
    words = [
        (
            _words(unit.text, unit.hit, question),
            _words(f"{unit.hit.passage.heading} {unit.hit.document.title} {unit.context}", unit.hit, question),
        )
        for unit in units
    ]
    kind, wanted = question_type(question), names_in(question)
    holding = [holds_answer(kind, unit.text, question) for unit in units]

    def promise(index: int) -> float:
        own, above = words[index]
        return (
            _coverage(weights, own | above)
            + _coverage(weights, own)
            + 1 / (1 + units[index].place)
            + ((holding[index] or 0.0) / 2)
        )

    chosen = sorted(sorted(range(len(units)), key=lambda index: (-promise(index), index))[:_MAX_CANDIDATES])
    if embedder is None:
        cosines = [_UNSEEN + 0.1 * _coverage(weights, words[index][0] | words[index][1]) for index in chosen]
    else:
        cosines = _cosines(question, [units[index] for index in chosen], embedder)
    usual = statistics.fmean(cosines) if cosines else 0.0
    forms = {word: _forms(word) for name in names(question) for word in name}
    there = frequencies([form for known_as in forms.values() for form in known_as])
    unknown = frozenset(word for word, known_as in forms.items() if there.keys().isdisjoint(known_as))
    found = []
    for index, cosine in zip(chosen, cosines, strict=True):
        unit = units[index]
        hit, text = unit.hit, unit.text
        own, above = words[index]
        holds = holding[index]
        said = _coverage(weights, own)
        titled = " ".join(filter(None, (hit.document.title, _years(hit.document))))
        around = fold(f"{titled} {hit.passage.heading} {text}")
        above_it = f"{titled}\n{hit.passage.heading} {unit.context}"
        other = another_one(question, text, above_it) or is_another(question, text, above_it, unknown)
        named = [name in around for name in wanted]
        found.append(
            Candidate(
                hit,
                hit.passage.start + unit.begin,
                hit.passage.start + unit.stop,
                text,
                (
                    _scaled(cosine),
                    _coverage(weights, own | above),
                    said,
                    sum(named) / len(named) if named else 1.0,
                    float(holds == 1.0),
                    float(holds == 0.5),
                    (1.0 if kind in _STRICT else 0.5) if holds == 0.0 else 0.0,
                    _scaled(hit.cosine or 0.7),
                    1.0 / (1 + unit.place),
                    float(hit.in_force),
                    _coverage(weights, passages[unit.place] | above),
                    min(1.0, max(0.0, (cosine - usual) / 0.1)),
                    min(1.0, len(text) / _LONG),
                    float(text.rstrip().endswith(("?", ":"))),
                    float(_LABEL.match(text) is not None),
                ),
                hit.passage.start + unit.quoted_from,
                other,
                kind in _NEEDED and holds == 0.0,
                len(terms) >= _SOME_TERMS and len(text) <= _SHORT and holds != 0.0 and said >= _NEARLY_ALL,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence or row of the hit at a place: its span in the passage, and the sentence that it leans on.

    `quoted_from` is where in the passage it is to be quoted from.
    """

    place: int
    hit: Hit
    begin: int
    stop: int
    context: str
    quoted_from: int

    @property
    def text(self) -> str:
        return self.hit.passage.text[self.begin : self.stop]


def _units(place: int, hit: Hit) -> Iterator[_Unit]:
    """Yield the units of a passage; one that leans on the sentence before it in its paragraph, or an item of a list,
    has that as context.
    """
    passage = hit.passage.text
    announced, before = "", (0, 0)
    for begin, stop in _with_answers(passage, _with_reasons(passage, unit_spans(passage))):
        text = passage[begin:stop]
        if _LEANS.match(text) and before[1] and "\n" not in passage[before[1] : begin]:
            yield _Unit(place, hit, begin, stop, passage[slice(*before)], before[0])
        else:
            yield _Unit(place, hit, begin, stop, announced if _ITEM.search(text) else "", begin)
        if text.endswith(":"):
            announced = text
        elif not _ITEM.search(text):
            announced = ""
        before = begin, stop


def _with_reasons(passage: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of units, "Oui." as one with the sentence after it in its paragraph: alone it says nothing."""
    joined: list[tuple[int, int]] = []
    for begin, stop in spans:
        before = joined[-1] if joined else (0, 0)
        if _YES_OR_NO.fullmatch(passage[slice(*before)]) and "\n" not in passage[before[1] : begin]:
            joined[-1] = before[0], stop
        else:
            joined.append((begin, stop))
    return joined


def _with_answers(passage: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of units; a question that begins its line and the sentence that answers it there, or on the next
    line, are one: "Puis-je reporter mes congés ? Oui, jusqu'au 31 mars." A request to the reader is not answered.
    """
    waiting: tuple[int, int] | None = None
    for begin, stop in spans:
        text = passage[begin:stop]
        if waiting is not None:
            answers = not text.endswith("?") and "\n" not in passage[waiting[1] : begin].replace("\n", "", 1)
            if answers and not _REQUEST.search(passage[slice(*waiting)]):
                begin = waiting[0]
            else:
                yield waiting
            waiting = None
        starts_line = not passage[:begin].rpartition("\n")[2].strip()
        if text.endswith("?") and starts_line:
            waiting = begin, stop
        else:
            yield begin, stop
    if waiting is not None:
        yield waiting


def is_row(text: str) -> bool:
    """Tell whether a text is a row of a table ("Ville : Paris ; Nuit : 165 €")."""
    return _ROW.search(text) is not None


def unit_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a passage; a table row is one, and each field of a heading block."""
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        if is_row(line):
            spans.append((position, position + len(line)))
        else:
            for begin, stop in _fields(line):
                spans.extend(
                    (position + begin + first, position + begin + last)
                    for first, last in sentence_spans(line[begin:stop])
                )
        position += len(line) + 1
    return spans


def _fields(line: str) -> list[tuple[int, int]]:
    """Return the spans of the fields of a heading block that a reader set in one line, or the line's own."""
    starts = [match.start() for match in _LABEL.finditer(line)]
    cuts = [0, *(start for start in starts if start), len(line)] if len(starts) > 1 else [0, len(line)]
    return list(itertools.pairwise(cuts))


def _words(text: str, hit: Hit, question: str) -> frozenset[str]:
    """Return the stems and exact forms of a text; an acronym and what it stands for in the question are alike."""
    language = hit.passage.language
    words = [*stems_of(text, language), *exact_forms(text)]
    for acronym in acronyms(question):
        if spelt_out(acronym, text):
            words += stems_of(acronym, language)
    for acronym in acronyms(text):
        words += stems_of(" ".join(spelt_out(acronym, question)), language)
    return frozenset(words)


def _years(document: Document) -> str:
    """Return the years in which a document was in force, by the dates that a person gave."""
    first, last = document.effective_from, document.effective_to
    if first is None or last is None:
        return ""
    return " ".join(map(str, range(first.year, min(last.year, first.year + _MOST_YEARS) + 1)))


def _forms(word: str) -> list[str]:
    """Return all forms that the index may hold a name in."""
    return [*stems_of(word, "fr"), *stems_of(word, "en"), *exact_forms(word)]


def _coverage(weights: Mapping[str, float], words: frozenset[str]) -> float:
    """Return the share of the terms' weight that the words cover; one that means nearly the same counts _NEARLY."""
    total = sum(weights.values())
    covered = (
        weight if term in words else _NEARLY * weight * (not words.isdisjoint(related_stems(term)))
        for term, weight in weights.items()
    )
    return sum(covered) / total if total else 0.0


def _cosines(question: str, units: Sequence[_Unit], embedder: Embedder) -> list[float]:
    if not units:
        return []
    asked = embedder.embed_query(question)
    texts = [
        f"{unit.hit.passage.heading or unit.hit.document.title}\n{' '.join(filter(None, (unit.context, unit.text)))}"
        for unit in units
    ]
    return [float(value) for value in embedder.embed_passages(texts) @ asked]


def _scaled(cosine: float) -> float:
    """Bring a cosine of multilingual-e5-small, which lies between 0.7 and 1, to 0 and 1."""
    return min(1.0, max(0.0, (cosine - 0.7) / 0.3))
