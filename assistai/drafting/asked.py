"""Questions in a thread of mails, and which sentence of a draft answers which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistai.drafting.draft import ThreadQuestion
from assistai.drafting.mail_wording import wording
from assistai.language.sentences import sentences
from assistai.language.words import content_stems, detect_language, fold, tokens
from assistai.records import Language

Expected = Literal["when", "amount", "who", "place", "yes_no", "anything"]

_LIST_MARK = re.compile(r"^\s*(?:[-*•–▪◦]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+", re.IGNORECASE)
_EXPECTED: tuple[Expected, ...] = ("when", "amount", "place", "who")
_NAME = re.compile(r"(?<=[^.?!]\s)(?:M\.|Mme|Mr|Mrs|Ms|Dr)?\s?[A-ZÀ-Ý][\w’'-]+|\b(?:M\.|Mme|Mr|Mrs|Ms|Dr)\s[A-ZÀ-Ý]")
_HOLE = re.compile(r"\[(?:à compléter|to complete|to be completed|à préciser)", re.IGNORECASE)
_ASKING = """
    merci confirmer confirmez préciser indiquer indiquez dire faire savoir connaître communiquer
    transmettre envoyer adresser pourriez pouvez pouvoir pouvons pourrait vouloir souhaite aimerais
    aimerait veuillez prier please confirm advise let know tell send could would possible remercier
    remercie donner fournir réponse répondre quand combien pourquoi est-ce qu'est-ce heure date jour
    hour time day when much many how kindly
"""
"""Words that ask and name nothing."""
_ENOUGH = 0.5
_NOTE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in a mail; `text` is the sentence on one line."""

    text: str
    expected: Expected
    stems: frozenset[str]


def find_asked(text: str) -> list[Asked]:
    """Return the questions of a mail's own words, in order: with a question mark, or asked politely without one.

    Small talk ("comment allez-vous ?") is none.
    """
    found: list[Asked] = []
    language = detect_language(text)
    for sentence in sentences(text):
        words = _LIST_MARK.sub("", " ".join(sentence.split()))
        if not _asks(words):
            continue
        asked = _asked(words, language)
        if all(asked.text != other.text for other in found):
            found.append(asked)
    return found


def answers(body: str, questions: tuple[ThreadQuestion, ...] | list[ThreadQuestion]) -> tuple[ThreadQuestion, ...]:
    """Return the questions, each with the sentence of `body` that answers it, None where none does for sure.

    A sentence answers where it takes up what the question is about and tells what it asks for (a day, an amount, a
    place, a person, yes or no). One that asks, puts off ("je reviens vers vous") or holds a placeholder
    answers nothing.
    """
    language = detect_language(body)
    said = [_LIST_MARK.sub("", " ".join(sentence.split())) for sentence in sentences(body)]
    said = [sentence for sentence in said if not sentence.endswith("?") and not _HOLE.search(sentence)]
    said = [sentence for sentence in said if not wording("put_off").search(fold(sentence))]
    stems = [frozenset(content_stems(sentence, language)) for sentence in said]
    found: list[ThreadQuestion] = []
    for question in questions:
        asked = _asked(question.text, detect_language(question.text, language))
        scores = [_score(asked, sentence, of) for sentence, of in zip(said, stems, strict=True)]
        best = max(range(len(said)), key=lambda place: scores[place], default=None)
        answer = said[best] if best is not None and scores[best] >= _ENOUGH else None
        found.append(question.model_copy(update={"answer": answer}))
    return tuple(found)


def _asks(sentence: str) -> bool:
    plain = fold(sentence)
    if wording("small_talk").match(plain) or wording("no_ask").search(plain):
        return False
    if plain.rstrip(" \"»”)'").endswith("?"):
        return len(tokens(plain)) > 1
    return len(tokens(plain)) > 3 and wording("asks").search(plain) is not None


def _asked(text: str, language: Language) -> Asked:
    plain = fold(text)
    expected = next((kind for kind in _EXPECTED if wording(f"expects_{kind}").search(plain)), None)
    if expected is None:
        expected = "anything" if wording("open").search(plain) else "yes_no"
    return Asked(text, expected, frozenset(content_stems(text, language)) - _asking(language))


@cache
def _asking(language: Language) -> frozenset[str]:
    return frozenset(content_stems(_ASKING, language))


def _score(asked: Asked, sentence: str, stems: frozenset[str]) -> float:
    """Return how sure it is that a sentence answers, from 0 to 1."""
    if not asked.stems:
        return 0.0
    plain = fold(sentence)
    common = len(asked.stems & stems)
    share = common / len(asked.stems)
    if asked.expected == "who":
        fits: bool | None = _NAME.search(sentence) is not None
    elif asked.expected in ("when", "amount", "place"):
        fits = wording(f"fits_{asked.expected}").search(plain) is not None
    elif asked.expected == "yes_no":
        if wording("yes_no").match(plain):
            return 0.5 + share / 2 if common else 0.0
        if wording("sends").search(fold(asked.text)) and wording("attached").search(plain):
            return 0.5 + share / 2 if common else 0.0
        if common >= min(2, len(asked.stems)) and wording("settles").search(plain):
            return share
        return _ENOUGH if common and _is_note_on(asked, sentence) else 0.0
    else:
        return share if common >= min(2, len(asked.stems)) else 0.0
    return (0.4 + share / 2 if common else 0.0) if fits else 0.0


def _is_note_on(asked: Asked, sentence: str) -> bool:
    """Tell whether a sentence is a short note that begins with what was asked about: "devis accepté"."""
    words = [token.text for token in tokens(sentence)]
    if len(words) > _NOTE_WORDS:
        return False
    for word in words:
        if stems := content_stems(word, detect_language(asked.text)):
            return len(words) > 1 and stems[0] in asked.stems
    return False
