"""Utterances: the sentences of a transcript, each with its turn, speaker, place and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistai.language.sentences import sentence_spans
from assistai.language.words import detect_language
from assistai.meetings.transcript import Turn
from assistai.records import Language


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence that someone said: `text == turn.text[start:end]`."""

    index: int
    turn: int
    speaker: str | None
    text: str
    start: int
    end: int
    language: Language


def utterances(turns: Iterable[Turn], default: Language | None = None) -> list[Utterance]:
    """Return the sentences of the turns that are on the record, in order, `index` counting from 0.

    A short sentence takes the language of its turn, a turn without marks that of the meeting.
    """
    recorded = [turn for turn in turns if not turn.off_record]
    meeting = default or main_language(recorded)
    result: list[Utterance] = []
    for turn in recorded:
        of_turn = detect_language(turn.text, meeting)
        for start, end in sentence_spans(turn.text):
            text = turn.text[start:end]
            language = detect_language(text, of_turn) if end - start > 25 else of_turn
            result.append(Utterance(len(result), turn.index, turn.speaker, text, start, end, language))
    return result


def main_language(turns: Iterable[Turn]) -> Language:
    """Return the language in which most characters of the meeting are; French where nothing tells."""
    characters: Counter[Language] = Counter()
    for turn in turns:
        if not turn.off_record:
            characters[detect_language(turn.text)] += len(turn.text)
    return "en" if characters["en"] > characters["fr"] else "fr"
