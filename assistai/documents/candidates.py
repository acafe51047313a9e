"""Candidate sentences of an answer, and what speaks for each: the features of choice and refusal."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistai.documents.questions import holds_answer, names_in, question_type
from assistai.documents.search import Hit
from assistai.documents.words import LONGEST_QUESTION, exact_forms, query_terms, stems_of
from assistai.language.sentences import sentence_spans
from assistai.language.synonyms import related_stems
from assistai.language.words import detect_language, fold
from assistai.models.embedding import Embedder

_MAX_CANDIDATES = 16  # sentences embedded for a question: most of what an answer costs
_STRICT = ("number", "when", "contact")
_NEARLY = 0.6
_UNSEEN = 0.82  # about the cosine of a sentence that shares no word, where no embedding model can tell
_ROW = re.compile(r" : [^;]+ ; ")

FEATURES = (
    "cosine",
    "coverage",
    "sentence_coverage",
    "names",
    "holds",
    "holds_not",
    "passage_cosine",
    "rank",
    "unknown",
    "bm25",
    "in_force",
    "foreign",
    "all_names",
    "passage_coverage",
    "head",
    "stands_out",
)
"""What `Candidate.features` holds, in this order, each from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or table row of a hit: its span in the document's text, and its features (see FEATURES)."""

    hit: Hit
    start: int
    end: int
    text: str
    features: tuple[float, ...]


def candidates(
    question: str,
    hits: Sequence[Hit],
    embedder: Embedder | None,
    frequencies: Callable[[Sequence[str]], Mapping[str, int]],
    total: int,
) -> list[Candidate]:
    """Return the sentences of the hits with their features, in the order of the hits."""
    question = question[:LONGEST_QUESTION]
    units = [
        (place, hit, begin, stop) for place, hit in enumerate(hits) for begin, stop in unit_spans(hit.passage.text)
    ]
    terms = query_terms(question, detect_language(question))
    known = frequencies(terms)
    weights = {term: math.log(1 + (total + 0.5) / (known.get(term, 0) + 0.5)) for term in terms}
    words = [
        (_words(hit.passage.text[begin:stop], hit), _words(f"{hit.passage.heading} {hit.document.title}", hit))
        for _, hit, begin, stop in units
    ]
    kind, names, language = question_type(question), names_in(question), detect_language(question)
    holding = [holds_answer(kind, hit.passage.text[begin:stop], question) for _, hit, begin, stop in units]

    def promise(index: int) -> float:
        own, above = words[index]
        return (
            _coverage(weights, own | above)
            + _coverage(weights, own)
            + 1 / (1 + units[index][0])
            + ((holding[index] or 0.0) / 2)
        )

    chosen = sorted(sorted(range(len(units)), key=lambda index: (-promise(index), index))[:_MAX_CANDIDATES])
    if embedder is None:
        cosines = [_UNSEEN + 0.1 * _coverage(weights, words[index][0] | words[index][1]) for index in chosen]
    else:
        cosines = _cosines(question, [units[index] for index in chosen], embedder)
    whole = sum(weights.values()) or 1.0
    related = frequencies(sorted({other for term in terms for other in related_stems(term)}))
    unknown = (
        sum(weights[term] for term in terms if term not in known and not related_stems(term) & related.keys()) / whole
    )
    usual = statistics.fmean(cosines) if cosines else 0.0
    rare = max(terms, key=lambda term: weights[term], default="")
    found = []
    for index, cosine in zip(chosen, cosines, strict=True):
        place, hit, begin, stop = units[index]
        text = hit.passage.text[begin:stop]
        own, above = words[index]
        holds = holding[index]
        around = fold(f"{hit.document.title} {hit.passage.heading} {text}")
        foreign = hit.passage.language != language
        passage = _words(hit.passage.text, hit) | above
        named = [name in around for name in names]
        found.append(
            Candidate(
                hit,
                hit.passage.start + begin,
                hit.passage.start + stop,
                text,
                (
                    _scaled(cosine),
                    _coverage(weights, own | above),
                    _coverage(weights, own),
                    sum(named) / len(named) if named else 1.0,
                    holds or 0.0,
                    (1.0 if kind in _STRICT else 0.5) if holds == 0.0 else 0.0,
                    _scaled(hit.cosine or 0.7),
                    1.0 / (1 + place),
                    0.0 if foreign else unknown,
                    min(1.0, (hit.bm25 or 0.0) / (2.2 * whole)),
                    float(hit.in_force),
                    float(foreign),
                    float(all(named)),
                    _coverage(weights, passage),
                    float(rare in own | above),
                    min(1.0, max(0.0, (cosine - usual) / 0.1)),
                ),
            )
        )
    return found


def unit_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a passage; a table row is one."""
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        if _ROW.search(line):
            spans.append((position, position + len(line)))
        else:
            spans.extend((position + begin, position + stop) for begin, stop in sentence_spans(line))
        position += len(line) + 1
    return spans


def _words(text: str, hit: Hit) -> frozenset[str]:
    return frozenset(stems_of(text, hit.passage.language)) | frozenset(exact_forms(text))


def _coverage(weights: Mapping[str, float], words: frozenset[str]) -> float:
    """Return the share of the terms' weight that the words cover; one that means nearly the same counts _NEARLY."""
    total = sum(weights.values())
    covered = (
        weight if term in words else _NEARLY * weight * (not words.isdisjoint(related_stems(term)))
        for term, weight in weights.items()
    )
    return sum(covered) / total if total else 0.0


def _cosines(question: str, units: Sequence[tuple[int, Hit, int, int]], embedder: Embedder) -> list[float]:
    if not units:
        return []
    asked = embedder.embed_query(question)
    texts = [
        f"{hit.passage.heading or hit.document.title}\n{hit.passage.text[begin:stop]}" for _, hit, begin, stop in units
    ]
    return [float(value) for value in embedder.embed_passages(texts) @ asked]


def _scaled(cosine: float) -> float:
    """Bring a cosine of multilingual-e5-small, which lies between 0.7 and 1, to 0 and 1."""
    return min(1.0, max(0.0, (cosine - 0.7) / 0.3))
