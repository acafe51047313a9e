"""Names for topics and meetings, in words that were said."""

# A table of phrases reads best a phrase a line.
# ruff: noqa: E501

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from assistai.language.words import content_stems, fold, is_stop_word, stem, tokens
from assistai.meetings.utterances import Utterance
from assistai.records import Language

_LINKS = frozenset("de du des d' la le les l' à au aux en et of the for and".split())
_VAGUE = frozenset(
    """
    point sujet chose choses truc trucs fois fait gens moment exemple question semaine jour mois année heure vendredi
    lundi mardi mercredi jeudi thing things stuff way lot bit time point kind sort people something week day month year
    monday tuesday wednesday thursday friday guys actually basically maybe probably really pretty sure good nice fine
    vraiment peut-être juste petit petite bon bonne grand grande mieux beaucoup dire voir faut mettre prendre pense
    """.split()
)
_TAIL = re.compile(
    r"\s+(?:si vous voulez bien|s'il vous plaît|maintenant|please|now|then|today|aujourd'hui|donc|alors)\s*$", re.I
)
_HEAD = re.compile(
    r"^(?:(?:c'est|il s'agit de|on a|the|le|la|les|un|une|des|du|de la|de|our|notre|nos|is|a|an|au sujet de|à propos de)\s+|[ld]')",
    re.I,
)
_ORDER = re.compile(
    r"^(?:(?:point|sujet)\s+suivant|(?:\w+\s+)?(?:point|sujet|item|topic)(?:\s+(?:de|à|on)\s+(?:l'ordre du jour|the agenda))?)\s*,\s*",
    re.I,
)


def from_announcement(subject: str) -> str | None:
    """Return an announced subject as a title, or None where it is too long or says nothing."""
    subject = _ORDER.sub("", subject.replace("’", "'"))
    title = _TAIL.sub("", re.split(r"[,;:.?!…–]| parce que | because | qui | which | where ", subject)[0].strip())
    for _ in range(3):
        title = _HEAD.sub("", title)
    words = title.split()
    if not 1 <= len(words) <= 8 or all(fold(word) in _VAGUE or len(word) < 3 for word in words):
        return None
    return title[:1].upper() + title[1:]


def salient_phrase(
    spoken: Sequence[Utterance], document: Counter[str], segments: int, language: Language
) -> str | None:
    """Return the phrase of one to four words that tells a stretch from the rest of the meeting, or None.

    `document` counts in how many of the meeting's `segments` each stem occurs.
    """
    scores: dict[str, float] = defaultdict(float)
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    for part in spoken:
        for phrase in _phrases(part):
            stems = [stem(word, part.language) for word in phrase if word not in _LINKS]
            key = " ".join(stems)
            weight = sum(math.log((1 + segments) / (1 + document[one])) + 0.3 for one in stems) / math.sqrt(len(stems))
            scores[key] += weight * (1.5 if len(stems) > 1 else 1.0)
            shown[key][" ".join(phrase).replace("' ", "'")] += 1
    if not scores:
        return None
    best = max(scores, key=lambda key: (scores[key], key))
    title = max(shown[best], key=lambda words: (shown[best][words], words))
    return title[:1].upper() + title[1:]


def document_counts(parts: Iterable[Sequence[Utterance]]) -> Counter[str]:
    """Return in how many of the parts each stem occurs."""
    return Counter(
        word for part in parts for word in {one for said in part for one in content_stems(said.text, said.language)}
    )


def _phrases(part: Utterance) -> Iterable[list[str]]:
    """Yield runs of one to three words of meaning, joined by small words, from one utterance."""
    words = [token.lower for token in tokens(part.text)]
    for at, word in enumerate(words):
        if not _means(word, part.language):
            continue
        run, content, position = [word], 1, at + 1
        yield list(run)
        while position < len(words) and content < 3:
            links: list[str] = []
            while position < len(words) and words[position] in _LINKS and len(links) < 2:
                links.append(words[position])
                position += 1
            if position >= len(words) or not _means(words[position], part.language):
                break
            run += [*links, words[position]]
            content += 1
            position += 1
            yield list(run)


def _means(word: str, language: Language) -> bool:
    return (
        len(word) > 2
        and word.isalpha()
        and word not in _LINKS
        and not is_stop_word(word, language)
        and fold(word) not in _VAGUE
    )
