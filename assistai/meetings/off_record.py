"""What was said off the record: found by its marks, kept out of every output, counted in the receipt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistai.language.sentences import sentence_spans
from assistai.meetings.extraction.phrases import phrases
from assistai.meetings.transcript import Transcript, Turn
from assistai.records import Notice

_RECORD_FR = r"(?:proc[eè]\u0300?s[\s\u2010-\u2015-]*verbal|p\.?\s?-?v\b\.?|compte[\s\u2010-\u2015-]*rendu)"
_OFF = rf"(?:hors[\s\u2010-\u2015-]+(?:du\s+)?{_RECORD_FR}|off[\s\u2010-\u2015-]*(?:the[\s\u2010-\u2015-]*)?record\b)"
_LEFT = r"(?<![\[(<{*=_–—-])(?:[\[(<{]{1,3}|\*{2,6}|[-–—=_]{2,80})\s?\*{0,2}\s?"
_RIGHT = r"\s?\*{0,2}\s?(?:[\])>}]{1,3}|\*{2,6}|[-–—=_]{2,80})"
_START = r"(?:(?:début|debut|start|begin|beginning)\s+(?:of\s+|du\s+|de\s+|d['’])?(?:passage\s+|partie\s+)?)?"

_BRACKET_OPEN = re.compile(
    rf"{_LEFT}{_START}(?:{_OFF}|huis[\s-]clos|in[\s-]camera)(?!\W*(?:fin|end)\b)"
    rf"(?P<note>[^\[\](){{}}<>*=_\n]{{0,400}}?){_RIGHT}|\[\s*off\s*\]",
    re.IGNORECASE,
)
_BRACKET_CLOSE = re.compile(
    rf"{_LEFT}(?:/\s*(?:{_OFF}|off)|{_OFF}\W{{0,3}}(?:fin|end)|(?:fin|end|reprise|retour|on reprend|resume|back)"
    rf"(?:\s+(?:du|de|of|le|la|au|à|to|on|the|l['’])?\s*(?:the\s+)?(?:passage\s+|partie\s+)?"
    rf"(?:{_OFF}|off|huis[\s-]clos|in[\s-]camera|{_RECORD_FR}|record|minutes|enregistrement|normale?))?"
    rf"|(?:now\s+)?on[\s-]+(?:the[\s-]+)?record){_RIGHT}",
    re.IGNORECASE,
)
_SELF_CONTAINED = re.compile(r"^\s*[:,–—-]\s*\S+(?:\s+\S+){2,}", re.DOTALL)

_WINDOW, _OVERLAP = 800, 200
_NEIGHBOURHOOD = 1_000
"""Characters hidden on both sides of "ne notez pas ça" in a very long turn."""

Effect = Literal["open", "close", "inside", "back"]


@dataclass(frozen=True, slots=True)
class _Mark:
    """`inside` hides its own span alone; `back` hides what came before it in the turn as well."""

    start: int
    end: int
    effect: Effect


def split_off_record(transcript: Transcript) -> Transcript:
    """Return the transcript with what stands off the record as turns of their own, marked `off_record`.

    A passage opens with `[hors procès-verbal]`, `[off the record]` or an announcement of it ("ce que je vais dire est
    hors procès-verbal") and closes with `[fin]`, `[end]` or a spoken "back on the record"; a mere mention ("il l'a dit
    hors procès-verbal") is none. The marks go with the passage, turns are numbered anew and keep their times. "Ne
    notez pas ça" hides its turn, and the one before where it opens a turn. A passage that never closes goes to the end
    of the meeting and adds the notice `off_record_unclosed`: what may be private is held back rather than shown.
    """
    marks = [_marks(turn.text) for turn in transcript.turns]
    turns: list[Turn] = []
    private, opened_at = False, None
    for turn, of_turn, closes in zip(transcript.turns, marks, _closes_next(marks), strict=True):
        hidden = _hidden(turn.text, of_turn, private, closes)
        goes_on = bool(hidden) and hidden[-1][1] > len(turn.text)
        if goes_on and not private:
            opened_at = turn.line
        private = goes_on
        if turns and any(mark.effect == "back" and not turn.text[: mark.start].strip() for mark in of_turn):
            turns[-1] = replace(turns[-1], off_record=True)
        for start, end, off in _pieces(hidden, len(turn.text)):
            text = turn.text[start:end].strip()
            if hidden and not off:
                text = text.lstrip(",.;:!…–—- ")
            if text or not hidden:
                turns.append(replace(turn, index=len(turns), text=text, off_record=turn.off_record or off))
    notices = transcript.notices
    if private and all(notice.code != "off_record_unclosed" for notice in notices):
        notices = (*notices, Notice("off_record_unclosed", line=opened_at))
    return replace(transcript, turns=tuple(turns), notices=notices)


def mark_turns(transcript: Transcript, indices: Collection[int], off: bool) -> Transcript:
    """Return the transcript with the turns of these indices taken off the record, or put back on it."""
    chosen = frozenset(indices)
    return replace(
        transcript,
        turns=tuple(replace(turn, off_record=off) if turn.index in chosen else turn for turn in transcript.turns),
    )


def _marks(text: str) -> list[_Mark]:
    """Return the marks of a turn in order: those in brackets always count, spoken ones where a sentence announces."""
    written: list[_Mark] = [_Mark(*match.span(), "close") for match in _BRACKET_CLOSE.finditer(text)]
    for match in _BRACKET_OPEN.finditer(text):
        effect: Effect = "inside" if _SELF_CONTAINED.match(match["note"] or "") else "open"
        written.append(_Mark(*match.span(), effect))
    written.sort(key=lambda mark: mark.start)
    marks: list[_Mark] = []
    at = 0
    for mark in [*written, _Mark(len(text), len(text), "inside")]:
        if mark.start >= at:
            marks.extend(_spoken(text, at, mark.start))
            marks.append(mark)
            at = mark.end
    return marks[:-1]


def _spoken(text: str, start: int, end: int) -> Iterator[_Mark]:
    spoken = phrases("off_record")
    for first, last in _windows(sentence_spans(text[start:end])):
        sentence = text[start + first : start + last]
        if (close := spoken["close"].search(sentence)) and not spoken["doubt"].search(sentence):
            yield _Mark(start + first, start + first + close.end(), "close")
        elif spoken["open"].search(sentence):
            yield _Mark(start + first, start + last, "open")
        elif spoken["back"].search(sentence):
            yield _Mark(start + first, start + last, "back")


def _windows(sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences; one without end (speech recognition, no full stops) as windows that overlap."""
    for first, last in sentences:
        while last - first > _WINDOW:
            yield first, first + _WINDOW
            first += _WINDOW - _OVERLAP
        yield first, last


def _closes_next(marks: list[list[_Mark]]) -> list[bool]:
    """Tell for each turn whether the next mark after it that opens or closes is one that closes."""
    result: list[bool] = []
    closes = False
    for of_turn in reversed(marks):
        result.append(closes)
        closes = next((mark.effect == "close" for mark in of_turn if mark.effect in ("open", "close")), closes)
    return result[::-1]


def _hidden(text: str, marks: list[_Mark], private: bool, closes_next: bool) -> list[tuple[int, int]]:
    """Return the hidden spans of a turn, in order; the last ends beyond the text where the passage goes on."""
    spans: list[tuple[int, int]] = []
    begin = 0 if private else None
    for number, mark in enumerate(marks):
        if begin is not None:
            if mark.effect == "close":
                spans.append((begin, mark.end))
                begin = None
        elif mark.effect == "open":
            begin = mark.start
        elif mark.effect == "inside":
            spans.append((mark.start, mark.end))
        elif mark.effect == "back":
            before, after = _around(text, mark)
            following = next((later.effect for later in marks[number + 1 :] if later.effect in ("open", "close")), None)
            if following == "close" or (following is None and closes_next):
                begin = before
            else:
                spans.append((before, after))
    if begin is not None:
        spans.append((begin, len(text) + 1))
    return _merged(spans)


def _around(text: str, mark: _Mark) -> tuple[int, int]:
    """Return what a mark that points back hides: its turn, or the neighbourhood in a turn as long as a speech."""
    if len(text) <= 3 * _NEIGHBOURHOOD:
        return 0, len(text)
    before = text.rfind(" ", 0, max(0, mark.start - _NEIGHBOURHOOD)) + 1
    after = text.find(" ", mark.end + _NEIGHBOURHOOD)
    return before, len(text) if after < 0 else after


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pieces(hidden: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int, bool]]:
    at = 0
    for start, end in hidden:
        if start > at:
            yield at, start, False
        yield start, min(end, length), True
        at = end
    if at < length or not hidden:
        yield at, length, False
