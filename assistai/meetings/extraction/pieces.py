"""Speech without punctuation, cut into pieces that patterns can read in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistai.meetings.utterances import Utterance

_LONGEST = 600
_SHORTEST = 150
_BREAK = re.compile(r"\s(?=(?:donc|alors|et|mais|bon|ok|okay|so|and|but|then|puis|ensuite|sinon)\s)", re.IGNORECASE)


def in_pieces(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Return the utterances with each that is longer than 600 characters cut, between words, into several.

    `index` counts anew; `text == turn.text[start:end]` still holds. Pieces end before "donc", "so", "and"… where the
    speaker says one.
    """
    result: list[Utterance] = []
    for utterance in utterances:
        for start, end in _spans(utterance.text):
            piece = utterance.text[start:end]
            at = utterance.start + start
            result.append(replace(utterance, index=len(result), text=piece, start=at, end=at + len(piece)))
    return result


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(text) - start > _LONGEST:
        limit = start + _LONGEST
        cut = next((match.start() for match in _BREAK.finditer(text, start + _SHORTEST, limit)), -1)
        if cut < 0:
            cut = text.rfind(" ", start + _SHORTEST, limit)
        if cut < 0:
            cut = limit
        yield start, cut
        start = cut + 1 if text[cut].isspace() else cut
    if text[start:].strip():
        yield start, len(text)
