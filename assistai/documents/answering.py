"""Answering without a model: the sentences that answer, quoted exactly; or that the documents do not say."""

from __future__ import annotations

import bisect
import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from assistai.documents.answers import Answer, AnswerSentence, Citation, Remark
from assistai.documents.candidates import FEATURES, Candidate, candidates, is_row
from assistai.documents.contradictions import speaks_alike
from assistai.documents.followups import resolve
from assistai.documents.remarks import other_language, remarks_on
from assistai.documents.search import Hit
from assistai.documents.standing import Standing, standing
from assistai.documents.unmentioned import unmentioned
from assistai.errors import InputError
from assistai.evidence.quotes import is_verbatim
from assistai.language.words import detect_language
from assistai.models.embedding import Embedder
from assistai.workspace.document import Document
from assistai.workspace.library import Library
from assistai.workspace.scope import Filter

_Mark = TypeVar("_Mark", int, str)

CHOICE = (1.21, 1.88, 2.88, 0.33, 1.53, -0.24, -0.94, 0.68, 1.51, 0.96, 1.53, 3.6, -1.28, -0.98, -0.71)
"""Weight of each of FEATURES in choosing a sentence; fitted by benchmarks/calibration.py."""

TELLING = ("cosine", "names", "partly", "lacks", "length", "asks")
"""Those of FEATURES that tell whether the chosen sentence answers; what the others tell is in its lead."""

REFUSAL = (-2.2, 1.08, 1.09, -0.23, -1.42, -0.79, -0.52, 2.46)
"""Constant, weight of each of TELLING and of the lead in the probability that the best sentence answers; fitted too."""

_NOT_TOLD = 0.5
"""The most that is believed of a sentence that has nothing of the kind that is asked for, or holds only later."""

_NEAR = 0.2
"""Probability from which sentences are shown that may answer, where none is given as an answer."""

THRESHOLD = 0.6
"""Probability from which an answer is given; fitted likewise."""

_IN_FORCE = FEATURES.index("in_force")
_COVERS, _SAID, _LACKS = map(FEATURES.index, ("coverage", "sentence_coverage", "lacks"))
_FAR = 4.0
_BESIDE_THE_POINT = 6.0  # about what a sentence scores that shares little with a question
_OLDER = 2.0  # what a sentence of an edition that was replaced loses
_MOST = 3
_CLOSE = 0.35
_CLOSE_BESIDE = 1.25
_LESS = 0.2


def answer(
    question: str,
    *,
    previous: str | None,
    search: Callable[[str], Sequence[Hit]],
    embedder: Embedder | None,
    library: Library,
    wanted: Filter,
    day: dt.date,
    distinction: Callable[[Document], str] = lambda _document: "",
) -> Answer:
    """Return the answer to a question from what `search` finds; raises InputError where the question is blank.

    `wanted` is the filter that `search` asks with, `day` the day on which documents are to be in force, `distinction`
    gives what tells a document from others of its title.
    """
    if not question.strip():
        raise InputError("question_empty")
    asked = resolve(question, previous)
    hits = search(asked)
    total = library.passage_count()
    found = candidates(asked, hits, embedder, library.document_frequencies, total)
    texts = {name: library.text_of(name) for name in {hit.document.id for hit in hits}}
    stands = standing(question, {hit.document.id: hit.document for hit in hits}, texts, day)

    ranked, ahead, confidence = ranking(found, stands)
    pages, places = library.page_starts(texts), library.place_starts(texts)

    def cite(hit: Hit, start: int, end: int) -> Citation:
        quote = texts[hit.document.id][start:end]
        return Citation(
            document=hit.document.id,
            title=hit.document.title,
            name=hit.document.name,
            distinction=distinction(hit.document),
            page=mark_at(pages.get(hit.document.id, []), start, hit.passage.page),
            place=mark_at(places.get(hit.document.id, []), start, hit.passage.place),
            heading=hit.passage.heading,
            start=start,
            end=end,
            quote=quote,
            score=round(hit.score, 4),
            verified=is_verbatim(quote, hit.passage.text),
        )

    def called(document: Document) -> str:
        told = distinction(document)
        return f"{document.title} ({told})" if told else document.title

    def called_by_id(name: str) -> str | None:
        document = library.by_id([name]).get(name)
        return None if document is None else called(document)

    def cite_sentence(item: Candidate) -> Citation:
        return cite(item.hit, item.quoted_from, item.end)

    sentences: list[AnswerSentence] = []
    remarks: list[Remark] = []
    if confidence >= THRESHOLD:
        for citation in map(cite_sentence, _chosen(ranked, ahead)):
            sentences.append(AnswerSentence(text=citation.quote, citations=(citation,)))
        remarks = remarks_on(
            ranked[0],
            found,
            stands,
            day=day,
            score=choice,
            cite=cite_sentence,
            called=called,
            called_by_id=called_by_id,
        )
        remarks += unmentioned(asked, sentences)
    elif (remark := other_language(question, hits)) is not None:
        remarks = [remark]
    near = [] if sentences or confidence < _NEAR else _nearest(ranked)
    scope = library.scope(wanted)
    return Answer(
        question=question,
        understood=asked if asked != " ".join(question.split()) else None,
        language=detect_language(question),
        answered=bool(sentences),
        sentences=tuple(sentences),
        passages=tuple(cite(hit, hit.passage.start, hit.passage.end) for hit in hits),
        nearest=tuple(map(cite_sentence, near)),
        remarks=tuple(remarks),
        confidence=round(confidence, 4),
        searched_documents=scope.documents,
        searched_passages=scope.passages,
        unread_documents=scope.unread,
    )


def ranking(found: Sequence[Candidate], stands: Standing) -> tuple[list[Candidate], float, float]:
    """Return the sentences, the best first, the lead of that one, and the probability that it answers.

    An older edition that is asked for comes first, then what holds; the rest only where those do not answer.
    """

    def worth(item: Candidate) -> float:
        if stands.is_asked_for(item.hit):  # that it is no longer in force does not speak against it
            return choice(item) + CHOICE[_IN_FORCE] * (1.0 - item.features[_IN_FORCE])
        return choice(item) - _OLDER * (item.hit.document.id in stands.older)

    ranked: list[Candidate] = []
    ahead = confidence = 0.0
    in_time = [item for item in found if item.hit.document.id not in stands.later]
    told = bool(in_time)
    found = in_time or found
    asked_for = [item for item in found if stands.is_asked_for(item.hit)]
    for pool in (asked_for, [item for item in found if stands.holds(item.hit)], found):
        if confidence < THRESHOLD:
            ranked = sorted(
                pool, key=lambda item: (item.another_one, item.misses, -worth(item), item.hit.document.name, item.start)
            )
            same = [item for item in ranked if not item.another_one] or ranked
            ahead = lead(same, [worth(item) for item in same])
            confidence = probability(ranked[0], ahead) if ranked else 0.0
            if ranked and (ranked[0].misses or not told):
                confidence = min(confidence, _NOT_TOLD)
    return ranked, ahead, confidence


def choice(candidate: Candidate) -> float:
    """Return how much speaks for a sentence."""
    return sum(weight * value for weight, value in zip(CHOICE, candidate.features, strict=True))


def lead(ranked: Sequence[Candidate], scores: Sequence[float]) -> float:
    """Return how far the first of a question's sentences is ahead of the next, from -1 to 1; `scores` are their choice.

    Where nothing is said of it, the sentences come out alike; one that answers stands apart, but for those of the same
    words, the rules of sections beside and what other documents say in most of the same words, which answer too, and
    the rows of its table that lack a name which it has.
    """
    if not ranked:
        return 0.0
    best = ranked[0]
    rivals = [
        score
        for item, score in zip(ranked[1:], scores[1:], strict=True)
        if item.text != best.text and not any(tell(best, item) for tell in _NO_RIVALS)
    ]
    return max(-1.0, min(1.0, (scores[0] - max([*rivals, _BESIDE_THE_POINT])) / _FAR))


def probability(candidate: Candidate, ahead: float) -> float:
    """Return the probability that a sentence with this lead answers, from 0 to 1 (logistic regression).

    It is 0 where the sentence speaks of another one.
    """
    if candidate.another_one:
        return 0.0
    constant, *weights = REFUSAL
    told = [candidate.features[FEATURES.index(name)] for name in TELLING]
    sum_of = constant + sum(weight * value for weight, value in zip(weights, [*told, ahead], strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, sum_of))))


def _chosen(ranked: Sequence[Candidate], ahead: float) -> list[Candidate]:
    """Return the best sentence and those nearly as good, never the same words twice.

    A section beside the best one's, whose sentence says as much of the question, may hold the rule for another group:
    it may be a little less good.
    """
    best = ranked[0]
    chosen = [best]
    for item in ranked[1:]:
        near = _CLOSE_BESIDE if _beside(best, item) else _CLOSE
        if len(chosen) == _MOST:
            break
        if choice(item) < choice(best) - near or item.features[_COVERS] < best.features[_COVERS] - _LESS:
            continue
        same = any(item.text == other.text or _overlap(item, other) for other in chosen)
        if not same and item.hit.in_force >= best.hit.in_force and probability(item, ahead) >= THRESHOLD:
            chosen.append(item)
    return chosen


def _overlap(item: Candidate, other: Candidate) -> bool:
    """Tell whether two quotes have words in common where they stand."""
    together = item.hit.document.id == other.hit.document.id
    return together and item.quoted_from < other.end and other.quoted_from < item.end


def _nearest(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences that come nearest to an answer which is too uncertain to give."""
    best = ranked[0]
    near: list[Candidate] = []
    for item in ranked:
        close = not item.another_one and choice(item) >= choice(best) - _CLOSE_BESIDE
        if close and not any(item.text == other.text or _overlap(item, other) for other in near):
            near.append(item)
    return near[:_MOST]


def _other_row(best: Candidate, item: Candidate) -> bool:
    """Tell whether a sentence is a row of the best one's table that lacks a name of the question which that one has."""
    names = FEATURES.index("names")
    table = item.hit.document.id == best.hit.document.id and item.hit.passage.heading == best.hit.passage.heading
    return table and is_row(item.text) and is_row(best.text) and item.features[names] < best.features[names]


def _beside(best: Candidate, item: Candidate) -> bool:
    """Tell whether a sentence stands in a section beside the best one's and says as much of the question."""
    above, _, section = item.hit.passage.heading.rpartition(" › ")
    best_above, _, best_section = best.hit.passage.heading.rpartition(" › ")
    return (
        item.hit.document.id == best.hit.document.id
        and above == best_above
        and section != best_section
        and item.features[_LACKS] == 0.0
        and item.features[_SAID] >= best.features[_SAID]
    )


def _says_all(best: Candidate, item: Candidate) -> bool:
    """Tell whether two sentences both say all that the question does: the one is no reason to doubt the other."""
    return best.says_all and item.says_all


_NO_RIVALS = (_beside, _other_row, _says_all, speaks_alike)


def mark_at(starts: Sequence[tuple[int, _Mark]], offset: int, default: _Mark | None) -> _Mark | None:
    """Return the page or place that begins last at or before an offset."""
    before = bisect.bisect_right(starts, offset, key=lambda item: item[0])
    return starts[before - 1][1] if before else default
