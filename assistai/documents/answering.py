"""Answering without a model: the sentences that answer, quoted exactly; or that the documents do not say."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence

from assistai.documents.answers import Answer, AnswerSentence, Citation, Remark
from assistai.documents.candidates import FEATURES, Candidate, candidates, unit_spans
from assistai.documents.contradictions import contradiction
from assistai.documents.followups import resolve
from assistai.documents.search import Hit
from assistai.errors import InputError
from assistai.evidence.quotes import is_verbatim
from assistai.language.words import detect_language
from assistai.models.embedding import Embedder
from assistai.workspace.library import Library

CHOICE = (
    *(1.39, 1.91, 2.73, 0.34, 0.9, -0.26, 0.85, 1.64, -0.05),
    *(-0.61, 0.99, 0.41, 0.09, 0.93, -0.05, 4.44, -1.71, -0.91),
)
"""Weight of each of FEATURES in choosing a sentence; fitted by benchmarks/calibration.py."""

REFUSAL = (
    *(-5.87, 3.53, 2.81, 1.68, 1.2, 0.64, -1.42, 2.13, -1.74, -0.05),
    *(-2.4, 0.0, -0.42, 1.4, -0.11, 0.15, 2.93, -2.61, -0.87),
)
"""Constant and weight of each of FEATURES in the probability that the best sentence answers; fitted likewise."""

THRESHOLD = 0.58
"""Probability from which an answer is given; fitted likewise."""

_MOST = 3
_CLOSE = 0.35
_CLOSE_BESIDE = 1.2
_LEANS = re.compile(
    r"(?:il|elle|ils|elles|ce|cet|cette|ces|cela|celui-ci|celle-ci|ceux-ci|on y|it|they|this|these|that|those)\b",
    re.IGNORECASE,
)


def answer(
    question: str,
    *,
    previous: str | None,
    search: Callable[[str], Sequence[Hit]],
    embedder: Embedder | None,
    library: Library,
    today: dt.date,
) -> Answer:
    """Return the answer to a question from what `search` finds; raises InputError where the question is blank."""
    if not question.strip():
        raise InputError("question_empty")
    asked = resolve(question, previous)
    hits = search(asked)
    total = library.passage_count()
    found = candidates(asked, hits, embedder, library.document_frequencies, total)
    ranked = sorted(found, key=lambda item: (item.another_one, -choice(item), item.hit.document.name, item.start))
    confidence = probability(ranked[0]) if ranked else 0.0
    answered = confidence >= THRESHOLD
    texts = {name: library.text_of(name) for name in {hit.document.id for hit in hits}}
    pages = library.page_starts(texts)

    def cite(hit: Hit, start: int, end: int) -> Citation:
        quote = texts[hit.document.id][start:end]
        return Citation(
            document=hit.document.id,
            title=hit.document.title,
            name=hit.document.name,
            page=_page(pages.get(hit.document.id, []), start, hit.passage.page),
            place=hit.passage.place,
            heading=hit.passage.heading,
            start=start,
            end=end,
            quote=quote,
            score=round(hit.score, 4),
            verified=is_verbatim(quote, hit.passage.text),
        )

    sentences: list[AnswerSentence] = []
    remarks: list[Remark] = []
    if answered:
        for item in _chosen(ranked):
            start = _with_what_it_leans_on(item)
            citation = cite(item.hit, start, item.end)
            sentences.append(AnswerSentence(text=citation.quote, citations=(citation,)))
        remarks = _remarks(ranked[0], found, today, cite)
    return Answer(
        question=question,
        understood=asked if asked != " ".join(question.split()) else None,
        language=detect_language(question),
        answered=answered,
        sentences=tuple(sentences),
        passages=tuple(cite(hit, hit.passage.start, hit.passage.end) for hit in hits),
        remarks=tuple(remarks),
        confidence=round(confidence, 4),
        searched_documents=library.counts().documents,
        searched_passages=total,
    )


def choice(candidate: Candidate) -> float:
    """Return how much speaks for a sentence."""
    return sum(weight * value for weight, value in zip(CHOICE, candidate.features, strict=True))


def probability(candidate: Candidate) -> float:
    """Return the probability that a sentence answers, from 0 to 1 (logistic regression), 0 if of another one."""
    if candidate.another_one:
        return 0.0
    constant, *weights = REFUSAL
    sum_of = constant + sum(weight * value for weight, value in zip(weights, candidate.features, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, sum_of))))


def _chosen(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the best sentence and those nearly as good, never the same words twice.

    A section beside the best one's, whose sentence says as much of the question, may hold the rule for another group:
    it may be a little less good.
    """
    best = ranked[0]
    chosen = [best]
    for item in ranked[1:]:
        near = _CLOSE_BESIDE if _beside(item, best) else _CLOSE
        if len(chosen) == _MOST:
            break
        if choice(item) < choice(best) - near:
            continue
        same = any(item.text == other.text for other in chosen)
        if not same and item.hit.in_force >= best.hit.in_force and probability(item) >= THRESHOLD:
            chosen.append(item)
    return chosen


def _beside(item: Candidate, best: Candidate) -> bool:
    """Tell whether a sentence stands in a section beside the best one's and says as much of the question."""
    above, _, section = item.hit.passage.heading.rpartition(" › ")
    best_above, _, best_section = best.hit.passage.heading.rpartition(" › ")
    said, holds = FEATURES.index("sentence_coverage"), FEATURES.index("holds")
    return (
        item.hit.document.id == best.hit.document.id
        and above == best_above
        and section != best_section
        and item.features[holds] == 1.0
        and item.features[said] >= best.features[said]
    )


def _with_what_it_leans_on(item: Candidate) -> int:
    """Return where the quote starts: at the sentence before, where this one begins with a pronoun for it."""
    if not _LEANS.match(item.text):
        return item.start
    offset = item.hit.passage.start
    before = [begin for begin, stop in unit_spans(item.hit.passage.text) if offset + stop <= item.start]
    return offset + before[-1] if before else item.start


def _remarks(
    best: Candidate, found: Sequence[Candidate], today: dt.date, cite: Callable[[Hit, int, int], Citation]
) -> list[Remark]:
    remarks = []
    document = best.hit.document
    if not document.in_force_on(today):
        validity = document.validity if document.validity != "in_force" else "out_of_date"
        remarks.append(Remark(code="not_in_force", params={"name": document.title, "validity": validity}))
    for other in found:
        relation = contradiction(best, other)
        if relation is not None:
            citation = cite(other.hit, other.start, other.end)
            remarks.append(Remark(code=relation, params={"name": other.hit.document.title}, citation=citation))
            break
    return remarks


def _page(starts: Sequence[tuple[int, int]], offset: int, default: int | None) -> int | None:
    page = default
    for start, number in starts:
        if start <= offset:
            page = number
    return page
