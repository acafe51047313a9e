"""Questions as they are spoken: with or without a question mark, and those that only keep the talk going."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistai.language.words import content_stems, tokens
from assistai.meetings.extraction.phrases import phrases
from assistai.meetings.extraction.speech import Speech, readable
from assistai.meetings.utterances import Utterance

Kind = Literal["asked", "left_open"]
"""asked: open where nobody answers · left_open: the speaker says that it is open ("reste à savoir si…")."""

Expected = Literal["who", "when", "amount", "place", "yes_no", "anything"]

_BROKEN = re.compile(r"\{disfmarker\}|—|\{gap\}|\[inaudible\]|\s['\"“]\w", re.IGNORECASE)
_ASKING = frozenset(
    "combien quand pourquoi quel quelqu est-c qu'est-c savoir demand wonder many much know anyon".split()
)
"""Stems that ask and name nothing."""

_LONGEST = 45
_INDIRECT = 25


@dataclass(frozen=True, slots=True)
class QuestionAct:
    """One question: `asked` is its span in the readable text of the sentence.

    One that is not `fluent` (broken off, begun as something else) counts only where somebody says it is open.
    """

    kind: Kind
    utterance: Utterance
    speech: Speech
    asked: tuple[int, int]
    expected: Expected
    stems: frozenset[str]
    fluent: bool = True

    @property
    def words(self) -> str:
        """Return the question as it was said, without fillers before it."""
        return self.speech.text[slice(*self.asked)]


def question_act(utterance: Utterance) -> QuestionAct | None:
    """Return the question of substance that a sentence asks, or None."""
    speech = readable(utterance.text)
    text, language = speech.lower, utterance.language
    lexicon = phrases("questions")
    kind: Kind = "asked"
    marked = text.rstrip(" \"»”'").endswith("?")
    if match := lexicon["open"].search(text):
        kind, start = "left_open", match.start()
    elif lexicon[f"asked_{language}"].search(text) or (
        marked and (language == "fr" or lexicon[f"word_{language}"].search(text))
    ):
        start = _after_filler(text)
    else:
        return None
    if kind == "asked" and (_is_small_talk(text) or len(tokens(text[start:])) < 3):
        return None
    end = start + len(text[start:].rstrip(' ?.!,;:…"»”'))
    if not marked and kind == "asked" and len(tokens(text[start:end])) > _INDIRECT:
        return None
    if len(tokens(text[start:end])) > _LONGEST:
        return None
    stems = frozenset(content_stems(text[start:end], language)) - _ASKING
    if len(stems) < (2 if language == "en" and kind == "asked" else 1):
        return None
    fluent = kind == "left_open" or (
        (language == "fr" or lexicon["asked_en"].search(text) is not None) and not _BROKEN.search(utterance.text)
    )
    return QuestionAct(kind, utterance, speech, (start, end), _expected(text[start:end], language), stems, fluent)


def _after_filler(text: str) -> int:
    match = phrases("questions")["filler_before"].match(text)
    return match.end() if match else 0


def _is_small_talk(text: str) -> bool:
    lexicon = phrases("questions")
    return any(lexicon[name].search(text) for name in ("check", "rhetorical", "request"))


def _expected(text: str, language: str) -> Expected:
    lexicon = phrases("questions")
    for name in ("who", "when", "amount", "place"):
        if lexicon[name].match(text) or (name != "who" and lexicon[name].search(text)):
            return name
    polar = text.startswith("est-ce qu") or (language == "en" and lexicon["polar_en"].match(text) is not None)
    return "anything" if lexicon[f"word_{language}"].match(text) and not polar else "yes_no"
