"""Hybrid search: a lexical and a dense leg, fused; duplicates collapsed, neighbours joined, what is in force first."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from assistai.documents.index import VectorIndex
from assistai.documents.questions import without_courtesy
from assistai.documents.words import LONGEST_QUESTION, match_expression, query_terms
from assistai.language.synonyms import related_stems
from assistai.language.words import content_stems, detect_language
from assistai.models.embedding import Embedder, Vectors
from assistai.workspace.document import Document, StoredPassage
from assistai.workspace.library import Library
from assistai.workspace.scope import Filter

CANDIDATES = 60
"""How many passages each leg hands on."""

DENSE_WEIGHT = 0.6
"""Share of the dense leg in the fused score (benchmarks/retrieval.py shows both legs alone and the fusion)."""

_NOT_IN_FORCE = 0.6
_ASKED_FOR = 2.0  # whoever names an older edition wants it first
_RELATED = 0.7  # of what a word of the question counts
_LARGE = 20_000  # passages
_SAME = 0.9
_WORD = re.compile(r"\w+(?:[.,:/-]\w+)*")
_NEGATIONS = frozenset(
    "ne n pas plus non ni jamais aucun aucune rien sans sauf hors not no nor never none without except unless t".split()
)
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: the higher the `score`, from 0 to 1, the nearer (see `nearness`).

    `cosine` and `bm25` are None where that leg missed it.

    `passage` may join neighbours. `in_force` tells whether the document is on the day of the question. `copies` are
    the documents that say nearly the same.
    """

    passage: StoredPassage
    document: Document
    score: float
    cosine: float | None
    bm25: float | None
    in_force: bool = True
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Legs:
    """What the two legs found: (passage id, score), the nearest first, and the question's vector."""

    lexical: Sequence[tuple[str, float]]
    dense: Sequence[tuple[str, float]]
    vector: Vectors | None


def look_up(
    question: str,
    wanted: Filter,
    library: Library,
    vectors: Callable[[Vectors], list[tuple[str, float]]] | None,
    embedder: Embedder | None,
    *,
    limit: int = CANDIDATES,
) -> Legs:
    """Ask both legs, one after the other; without an embedder only the lexical one.

    At once they take longer: a model on this machine embeds on all its cores, and its threads go on spinning for some
    milliseconds after.
    """
    question = without_courtesy(question[:LONGEST_QUESTION])
    lexical = lexical_leg(question, wanted, library, limit)
    if embedder is None or vectors is None:
        return Legs(lexical, [], None)
    vector = embedder.embed_query(question)
    return Legs(lexical, vectors(vector), vector)


def lexical_leg(question: str, wanted: Filter, library: Library, limit: int = CANDIDATES) -> list[tuple[str, float]]:
    """Return (passage id, score) of the passages that share words with the question, the nearest first.

    The score is BM25, to which words that mean nearly the same as those of the question add less: people ask in other
    words than rules use, and in the other language. In a large library they do only where few passages have a word of
    the question itself.
    """
    terms = query_terms(question, detect_language(question[:LONGEST_QUESTION]))
    related = [*dict.fromkeys(other for term in terms for other in sorted(related_stems(term)) if other not in terms)]
    total, known = library.passage_count(), dict[str, int]()

    def frequencies(words: Sequence[str]) -> dict[str, int]:
        if not known.keys() >= set(words):  # asked once for both
            every = [*words, *related]
            known.update(dict.fromkeys(every, 0) | library.document_frequencies(every))
        return known

    scores: dict[str, float] = {}
    for words, weight in ((terms, 1.0), (related, _RELATED)):
        if total > _LARGE and len(scores) >= limit:
            break
        expression = match_expression(words, frequencies, total) if words else ""
        for name, score in library.match_words(expression, wanted, limit) if expression else ():
            scores[name] = scores.get(name, 0.0) + weight * score
    return sorted(scores.items(), key=lambda item: -item[1])[:limit]


def dense_leg(
    index: VectorIndex, model: str, wanted: Filter, limit: int = CANDIDATES
) -> Callable[[Vectors], list[tuple[str, float]]]:
    """Return the function that finds the passages nearest to a vector."""
    return lambda vector: index.query(model, vector, wanted, limit)


def fuse(
    lexical: Sequence[tuple[str, float]], dense: Sequence[tuple[str, float]], dense_weight: float = DENSE_WEIGHT
) -> list[tuple[str, float]]:
    """Return (passage id, score), the nearest first; equal scores by id.

    A convex combination of the two legs' scores, each brought to mean 0 and deviation 1 over the candidates (Bruch, Gai
    and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"). A passage that the dense leg missed counts
    as its farthest, one that the lexical leg missed as sharing no word. A score above 0 is nearer than most candidates.
    """
    cosines, words = dict(dense), dict(lexical)
    names = sorted({*cosines, *words})
    farthest = min(cosines.values(), default=0.0)
    by_meaning = _standard([cosines.get(name, farthest) for name in names])
    by_words = _standard([words.get(name, 0.0) for name in names])
    scores = [
        (name, dense_weight * meaning + (1 - dense_weight) * word)
        for name, meaning, word in zip(names, by_meaning, by_words, strict=True)
    ]
    return sorted(scores, key=lambda item: (-item[1], item[0]))


def nearness(score: float) -> float:
    """Return a fused score as a number from 0 to 1 in the same order; 0.5 is as near as candidates are on average."""
    return 1 / (1 + math.exp(-score))


def _standard(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / deviation if deviation else 0.0 for value in values]


def rank(
    legs: Legs,
    fused: Sequence[tuple[str, float]],
    passages: Mapping[str, StoredPassage],
    documents: Mapping[str, Document],
    wanted: Filter,
    today: dt.date,
    limit: int,
    asked_for: Set[str] = frozenset(),
) -> list[Hit]:
    """Return the best hits of the fused list, one for what is said twice.

    `documents` are those of the passages, and those that supersede them. A document that is not in force loses some of
    its score, an older edition that is `asked_for` by its year or otherwise gains some. What SQL no longer holds, or
    the filter forbids, is passed over, whatever an index said.
    """
    cosines, bm25 = dict(legs.dense), dict(legs.lexical)
    hits = []
    for name, score in fused:
        passage = passages.get(name)
        document = documents.get(passage.document_id) if passage else None
        if passage is None or document is None or not allows(wanted, document):
            continue
        in_force = document.holds_on(today, documents.get(document.superseded_by or ""))
        hits.append(
            Hit(
                passage,
                document,
                nearness(score + _ASKED_FOR if document.id in asked_for else score - _NOT_IN_FORCE * (not in_force)),
                cosines.get(name),
                bm25.get(name),
                in_force,
            )
        )
    hits.sort(key=lambda hit: (-hit.score, hit.document.name, hit.passage.ordinal, hit.passage.id))
    return _collapse(hits, limit)


def join_neighbours(hits: Sequence[Hit], text_of: Callable[[str], str]) -> list[Hit]:
    """Join hits that follow one another in one section of a document; the better one's score and place stay."""
    joined: list[Hit] = []
    for hit in hits:
        joined.append(hit)
        place = len(joined) - 1
        while others := [n for n, one in enumerate(joined) if _adjoins(one, joined[place], text_of)]:
            place, second = sorted((others[0], place))
            joined[place] = _joined(joined[place], joined.pop(second), text_of)
    return joined


def _joined(better: Hit, hit: Hit, text_of: Callable[[str], str]) -> Hit:
    first = min(better.passage, hit.passage, key=lambda passage: passage.start)
    start, end = first.start, max(better.passage.end, hit.passage.end)
    both = replace(
        better.passage,
        start=start,
        end=end,
        text=text_of(better.document.id)[start:end],
        page=first.page,
        place=first.place,
        ordinal=first.ordinal,
    )
    return replace(better, passage=both, copies=tuple(dict.fromkeys((*better.copies, *hit.copies))))


def allows(wanted: Filter, document: Document) -> bool:
    """Tell whether a document passes the filter: the same conditions that both indexes are asked with."""
    day = wanted.effective_on
    return (
        (wanted.collection is None or document.collection == wanted.collection)
        and (wanted.owner is None or document.owner == wanted.owner)
        and (wanted.max_sensitivity is None or document.sensitivity <= wanted.max_sensitivity)
        and (wanted.validity is None or document.validity in wanted.validity)
        and (wanted.documents is None or document.id in wanted.documents)
        and (
            day is None
            or (
                (document.effective_from is None or document.effective_from <= day)
                and (document.effective_to is None or day <= document.effective_to)
            )
        )
    )


def _adjoins(one: Hit, other: Hit, text_of: Callable[[str], str]) -> bool:
    here, there = one.passage, other.passage
    if one is other or here.document_id != there.document_id or here.heading != there.heading:
        return False
    if max(here.start, there.start) - min(here.end, there.end) > _NEAR:
        return False
    text = text_of(here.document_id)  # which another thread may just have replaced
    return text[here.start : here.end] == here.text and text[there.start : there.end] == there.text


def _collapse(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """Keep the first of passages whose words are nearly the same, and name the documents of the others, up to `limit`.

    Figures, names and negations must be the very same: they are what two versions of a rule differ in.
    """
    kept: list[Hit] = []
    alike: dict[frozenset[str], list[int]] = {}
    for hit in hits:
        rivals = alike.setdefault(_marks(hit.passage.text), [])
        place = next((one for one in rivals if _same_words(kept[one], hit)), None)
        if place is None:
            if len(kept) == limit:
                break
            rivals.append(len(kept))
            kept.append(hit)
        elif hit.document.id != kept[place].document.id:
            copies = tuple(dict.fromkeys((*kept[place].copies, hit.document.id)))
            kept[place] = replace(kept[place], copies=copies)
    return kept


@lru_cache(maxsize=1024)
def _marks(text: str) -> frozenset[str]:
    lowered = {word: word.lower() for word in set(_WORD.findall(text))}
    return frozenset(
        low for word, low in lowered.items() if word[0].isupper() or low in _NEGATIONS or any(map(str.isdigit, word))
    )


def _same_words(hit: Hit, other: Hit) -> bool:
    """Tell whether the Jaccard similarity of the words of two passages is near 1."""
    one, two = (frozenset(content_stems(each.passage.text, each.passage.language)) for each in (hit, other))
    return len(one & two) >= _SAME * len(one | two)
