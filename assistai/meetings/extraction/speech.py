"""Speech made readable: hesitations, marks and repetitions taken out, every character's place in the source kept."""

# Phrases read best one a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = r"\{[^{}]{0,40}\}|\[[^\[\]]{0,40}\]|\((?:rires?|rit|laughs?|laughter|inaudible|toux|soupir|silence)[^()]{0,20}\)|<[^<>]{0,40}>"
_HESITATION = r"(?<![\w'’-])(?:euh+|heu+|hum+|hmm+|hm+|mmh?|um+|uh+|uhm+|erm?|ehm?|mm-hmm|uh-huh|mm-mm)(?![\w'’-])\s?(?:,|\.{2,}|…)?"
_NOISE = re.compile(rf"{_MARK}|,\s*{_HESITATION}|{_HESITATION}|\.\s\.\s?\.?", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_SPACE_BEFORE = re.compile(
    r"\s+(?=[,.;!?…)](?:\s|$))|\s+(?=['’](?:s|ll|re|ve|d|m|t)\b)|(?<=\w['’])\s+(?=\w)(?<!s['’]\s)"
)
_REPEATED = re.compile(r"(?<![\w'’-])([^\W\d_]+['’]?(?:\s[^\W\d_]+)?)(?:,?\s\1(?![\w-]))+", re.IGNORECASE)
_REPEATED_ELISION = re.compile(r"(?<![\w'’])([cdjlmnst]['’])(?:,?\s?\1)+", re.IGNORECASE)
_FALSE_START = re.compile(r"(?<![\w'’-])(?:i|we|you|je)\s(?=(?:i|we|you)['’](?:ll|m|ve|d|re)\b|j['’])", re.IGNORECASE)
_OPENING_NOISE = re.compile(r"^[\s,.;…-]+")


@dataclass(frozen=True, slots=True)
class Speech:
    """Readable text and, for each of its characters, the place in the source that it came from."""

    text: str
    places: tuple[int, ...]

    @property
    def lower(self) -> str:
        """Return the text in lower case with straight apostrophes, of the same length."""
        lowered = (char.lower() for char in self.text.replace("’", "'"))
        return "".join(low if len(low) == 1 else char for low, char in zip(lowered, self.text, strict=True))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the source that `text[start:end]` came from."""
        if not self.places:
            return 0, 0
        return self.places[min(start, len(self.places) - 1)], self.places[max(min(end, len(self.places)), 1) - 1] + 1


def readable(source: str) -> Speech:
    """Return what was said without hesitations ("euh", "um"), marks ("{vocalsound}") and repeated words."""
    speech = Speech(source, tuple(range(len(source))))
    speech = _without(speech, _NOISE, " ")
    speech = _without(speech, _SPACES, " ")
    speech = _without(speech, _SPACE_BEFORE, "")
    speech = _once(speech, _REPEATED_ELISION)
    speech = _once(speech, _REPEATED)
    speech = _without(speech, _FALSE_START, "")
    return _without(speech, _OPENING_NOISE, "")


def _without(speech: Speech, pattern: re.Pattern[str], replacement: str) -> Speech:
    if pattern.search(speech.text) is None:
        return speech
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in pattern.finditer(speech.text):
        pieces.append(speech.text[at : match.start()] + replacement)
        places.extend(speech.places[at : match.start()])
        places.extend(speech.places[match.start()] for _ in replacement)
        at = match.end()
    pieces.append(speech.text[at:])
    places.extend(speech.places[at:])
    return Speech("".join(pieces), tuple(places))


def _once(speech: Speech, pattern: re.Pattern[str]) -> Speech:
    """Keep only the last of repeated words ("the the", "je je")."""
    if pattern.search(speech.text) is None:
        return speech
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in pattern.finditer(speech.text):
        if match.group(1).lower() in ("nous", "vous"):  # "nous nous retrouvons", "vous vous occupez"
            continue
        last = match.end() - len(match.group(1))
        pieces.append(speech.text[at : match.start()])
        places.extend(speech.places[at : match.start()])
        at = last
    pieces.append(speech.text[at:])
    places.extend(speech.places[at:])
    return Speech("".join(pieces), tuple(places))
