"""The sentences that tell what a stretch of a meeting was about."""

# A table of phrases reads best a phrase a line.
# ruff: noqa: E501

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from assistai.language.words import content_stems, tokens
from assistai.meetings.extraction.wording import as_sentence, clean
from assistai.meetings.minutes import Statement
from assistai.meetings.transcript import Transcript
from assistai.meetings.utterances import Utterance

_CONCLUDES = re.compile(
    r"\b(?:décid|valid|retien|retenu|conclu|en résumé|résum|au final|finalement|propos|objectif|budget|important|priorit|"
    r"problème|risque|prévu|résultat|accord|confirm|decid|agree|conclusion|in summary|the main|goal|propos|important|"
    r"problem|issue|because|need|should|plan|result|recommend|suggest)",
    re.IGNORECASE,
)
_DEPENDS = re.compile(
    r"^(?:il|elle|ils|elles|ça|cela|c'est|c’est|ce|celui|celle|ceux|lui|leur|oui|non|ouais|it|they|he|she|that|this|those|these|him|her|"
    r"which|yeah|yes|no|because|parce que|i don't know|je sais pas)\b",
    re.IGNORECASE,
)


def summarise(spoken: Sequence[Utterance], transcript: Transcript, wanted: int) -> tuple[Statement, ...]:
    """Return up to `wanted` sentences of a stretch, in the order said, each verbatim in its evidence.

    A sentence scores by how central its words are in the stretch, by figures, names and words of conclusion, and loses
    where it leans on what was said before, asks, or is too short or long to stand alone. A sentence much like one that
    was chosen is passed over (maximal marginal relevance; Carbonell and Goldstein, SIGIR 1998).
    """
    stems = [content_stems(part.text, part.language) for part in spoken]
    counts = Counter(stem for words in stems for stem in set(words))
    scored = [
        (score, at)
        for at, (part, words) in enumerate(zip(spoken, stems, strict=True))
        if (score := _score(part, words, counts, at / max(1, len(spoken) - 1))) > 0
    ]
    chosen: list[int] = []
    for _, at in sorted(scored, key=lambda entry: (-entry[0], entry[1])):
        if len(chosen) == wanted:
            break
        if all(_overlap(stems[at], stems[other]) < 0.5 for other in chosen):
            chosen.append(at)
    return tuple(_statement(spoken[at], transcript) for at in sorted(chosen))


def _score(part: Utterance, words: list[str], counts: Counter[str], position: float) -> float:
    length = len(tokens(part.text))
    distinct = set(words)
    if length < 6 or len(distinct) < 3:
        return 0.0
    centrality = sum(math.log1p(counts[word]) for word in distinct) / math.sqrt(4 + len(distinct))
    score = centrality * min(1.0, length / 12) * (1.0 if length <= 40 else 40 / length)
    score *= 1.25 if _CONCLUDES.search(part.text) else 1.0
    score *= 1.1 if re.search(r"\d", part.text) else 1.0
    score *= 1.1 if position < 0.15 or position > 0.9 else 1.0
    text = clean(part.text, part.language)
    score *= 0.55 if _DEPENDS.match(text) else 1.0
    return score * (0.4 if part.text.rstrip().endswith("?") else 1.0)


def _overlap(first: list[str], second: list[str]) -> float:
    return len(set(first) & set(second)) / (min(len(set(first)), len(set(second))) or 1)


def _statement(part: Utterance, transcript: Transcript) -> Statement:
    quote = transcript.turns[part.turn].quote(part.start, part.end)
    return Statement(text=as_sentence(clean(part.text, part.language)), evidence=(quote,))
