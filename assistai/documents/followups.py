# ruff: noqa: E501 - word lists read better on one line
"""Follow-ups: a question that takes its subject from the one before.

Both questions are read as phrases; the one that the follow-up brings takes the place of the earlier one that names the
same kind of thing (`substituting`), or is added where there is none. `leaning` tells which questions are follow-ups.
"""

from __future__ import annotations

import re

from assistai.documents.leaning import asks_itself, is_clause, is_follow_up, is_fragment, without_lead
from assistai.documents.questions import without_courtesy
from assistai.documents.substituting import Earlier, marked
from assistai.documents.words import LONGEST_QUESTION
from assistai.language.words import detect_language

_LONGEST = 400
"""Characters: a longer question tells its subject itself."""

_MARKS = " ?\u00a0\u202f"
_OF_ITS_OWN = re.compile(
    r"(?:les?|la|l[’']|mon|ma|mes|the|my)\s?[^,?]+,\s*(?:combien|quel\w*|quand|qui|où|comment|pourquoi|à quel\w*|how|what"
    r"|when|who|where|why|which)\b.*",
    re.IGNORECASE,
)
_THE_ONE = re.compile(
    r"^(?:de\s+|à\s+)?(?:(?:celui|celle|ceux|celles)\s+(?=de\b|du\b|des\b|d[’'])|(?:the ones?|that|those)\s+(?=of|in|for|at)\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=\?)\s+")


def resolve(question: str, previous: str | None) -> str:
    """Return the question with the subject that it takes from the one before, itself where it stands alone.

    "Et pour les cadres ?" after "Combien de jours de télétravail pour les non-cadres ?" becomes the earlier question
    with the phrase that names the same kind of thing replaced; where there is none it is added.
    """
    question = " ".join(question.split())
    if not previous or len(question) > _LONGEST:
        return question
    previous = previous[:LONGEST_QUESTION]
    asked = without_courtesy(question).lstrip(" ,.;!")
    new = without_lead(asked)
    if new != asked and (alone := _OF_ITS_OWN.fullmatch(new)) is not None:
        return alone.group()
    if not is_follow_up(asked):
        return question
    language = detect_language(previous, default=detect_language(question))
    base = _subject(previous).rstrip(_MARKS)
    new, of_one = _THE_ONE.subn("", new.rstrip(_MARKS))
    if asks_itself(new) or is_clause(new):
        return marked(Earlier(base, language).and_asked(new), language)
    if is_fragment(new):
        return marked(f"{base} {new}", language)
    found = Earlier(base, language).with_phrase(new, of_one=bool(of_one))
    return question if found is None else marked(found, language)


def _subject(previous: str) -> str:
    """Return an earlier question without those that were put after its mark as follow-ups of it."""
    questions = _SENTENCE.split(" ".join(previous.split()).replace(" ?", "?"))
    while len(questions) > 1 and is_follow_up(questions[-1]):
        questions.pop()
    return " ".join(questions)
