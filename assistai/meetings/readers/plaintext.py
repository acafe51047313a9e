"""Plain text: who speaks is told by labels, by times, by a name on a line of its own, by dashes, or not at all.

Each line is taken apart without deciding (`_Parts`), then the file as a whole decides which labels are speakers, then
lines become entries. A line that begins nothing goes on with what was said before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistai.language.sentences import sentence_spans
from assistai.meetings.readers.clock import CLOCK, seconds
from assistai.meetings.readers.entries import Entry, Line, Reading
from assistai.meetings.readers.headers import is_boilerplate, key_of, read_header
from assistai.meetings.readers.labels import accepted, looks_like_name, split_label, strong_name
from assistai.meetings.readers.turns import time_notices
from assistai.meetings.written_dates import find_dates
from assistai.records import counted

_PREFIX = re.compile(r"(?:#{1,6}\s+|>\s+|[*•·+]\s+|-\s+(?=\*\*|__))+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)([^*\n]{1,120}?)(?<=\S)\1(?=\W|$)")
_TIME_FIRST = re.compile(
    rf"(?P<open>[\[(<@]?)\s*(?P<start>{CLOCK})(?:\s*(?:-->|->|→|[-–—]|à|to)\s*(?P<end>{CLOCK}))?\s*(?P<close>[\])>]?)"
    r"\s*(?:[-–—|•]\s+|:\s+)?(?P<rest>\S.*)?$"
)
_TIME_AFTER = re.compile(
    rf"\[?(?P<label>[^:\[\]()\n]{{1,60}}?(?:\([^()\n]{{1,90}}\))?)\]?(?P<gap>\s*[-–—|•,@]?\s*)(?P<open>[\[(]?)(?<!\d)(?P<start>{CLOCK})"
    rf"(?:\s*(?:-->|->|→|[-–—])\s*(?P<end>{CLOCK}))?(?P<close>[\])]?)(?P<colon>\s*[:：])?(?:\s+(?P<rest>\S.*))?$"
)
_CHAT = re.compile(r"(?:From|De)\s+(\S.*?)\s+(?:to|à)\s+\S.*$", re.IGNORECASE)
_DASH = re.compile(r"[-–—]\s*(?=[^\s\d-])")
_OFF_RECORD = re.compile(
    r"[\[(]\s*(?:(?:début|fin|start|end|back|reprise)?\b[^\[\]()]{0,15}"
    r"(?:hors|off|record|micro|huis clos|procès|p\.?v\.?)[^\[\]()]{0,30}|fin|end)\s*[\])]\.?$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\s»”\"')\]]*$")
_LONG_PARAGRAPH = 1_200


@dataclass(frozen=True, slots=True)
class _Parts:
    """A line taken apart: what could be a time, a label and the words; `style` says how the label stands."""

    line: Line
    after_blank: bool
    text: str
    start: float | None = None
    end: float | None = None
    label: str | None = None
    rest: str = ""
    style: str = ""


def read_plain(lines: Sequence[Line], *, paragraphs: bool = False) -> Reading:
    """Return what the lines of a text say; `paragraphs` tells that each is a paragraph, never cut by its width."""
    parts = [_apart(line, blank) for line, blank in _spoken(lines)]
    timed = sum(part.start is not None for part in parts) >= max(2, 0.2 * len(parts))
    listed = read_header([part.line for part in parts[:60]]).participants
    speakers = _speakers(parts, listed, timed)
    first = next((index for index, part in enumerate(parts) if _begins(part, speakers, timed)), None)
    head, body = _head(parts, first, speakers)
    header = read_header([part.line for part in head], titled=bool(speakers) or timed)
    width = 0 if paragraphs else _width(parts)
    builder = _Builder(
        speakers, timed, width, dialogue=not speakers and sum(bool(_DASH.match(p.text)) for p in body) >= 2
    )
    kept = {line.number for line in header.rest}
    for part in head:
        if part.line.number in kept:
            builder.add(replace(part, start=None, label=None, style=""))
    builder.speaker = None
    builder.closed = True
    for part in body:
        builder.add(part)
    entries = builder.entries if speakers else _shortened(builder.entries)
    return Reading(
        "text",
        tuple(entries),
        cut=timed,
        title=header.title,
        dates=header.dates or _dated_lines(parts[:6]),
        notices=counted(time_notices(entries)),
    )


def _spoken(lines: Sequence[Line]) -> list[tuple[Line, bool]]:
    """Return the lines that hold words and were not added by a recorder, each with whether a blank stands above."""
    result: list[tuple[Line, bool]] = []
    blank = True
    for line in lines:
        if not line.text.strip():
            blank = True
        elif any(char.isalnum() for char in line.text) and not _is_frame(line):
            result.append((line, blank))
            blank = False
    return result


def _is_frame(line: Line) -> bool:
    """Tell whether a recorder added the line; far from the head a short one ("Transcript") is speech."""
    return len(line.text.strip()) > (8 if line.number <= 60 else 16) and is_boilerplate(line.text)


def _unmarked(text: str) -> str:
    """Return a line without the Markdown around its beginning."""
    text = text.strip()
    if match := _PREFIX.match(text):
        text = text[match.end() :]
    if match := _EMPHASIS.match(text):
        text = f"{match[2]}{text[match.end() :]}"
    return text.strip()


def _apart(line: Line, after_blank: bool) -> _Parts:
    text = _unmarked(line.text)
    part = _Parts(line, after_blank, text)
    if len(text) > 20 and _OFF_RECORD.match(text):
        return part
    if match := _TIME_FIRST.match(text):
        rest = _unmarked(match["rest"] or "")
        closed = bool(match["open"] and match["close"]) or bool(match["end"])
        part = replace(part, start=seconds(match["start"]), end=seconds(match["end"] or ""), rest=rest)
        if found := split_label(rest):
            chat = _CHAT.match(found[0])
            return replace(part, label=chat[1] if chat else found[0], rest=found[1], style="time-label")
        if rest and len(rest) <= 60 and looks_like_name(rest) and not _SENTENCE_END.search(rest):
            return replace(part, label=rest.strip("[]"), rest="", style="time-header")
        return replace(part, style="time-closed" if closed or not rest else "time")
    head = text[:160]
    if (match := _TIME_AFTER.match(text if len(text) <= 160 else head)) and seconds(match["start"]) is not None:
        rest = (match["rest"] or "") + text[len(head) :] if len(text) > 160 else match["rest"] or ""
        told = match["colon"] or (match["open"] and match["close"])
        wide = len(match["gap"].replace("\t", "    ")) >= 2 or text.startswith("[")
        if (told or not rest or wide) and looks_like_name(match["label"].strip(" []")):
            label = match["label"].strip(" \t\u00a0[]-–—|•,@")
            start, end = seconds(match["start"]), seconds(match["end"] or "")
            return replace(part, start=start, end=end, label=label, rest=rest, style="label-time")
    undashed = text[match.end() :] if (match := _DASH.match(text)) else text
    if found := split_label(undashed):
        return replace(part, label=found[0].strip("[]"), rest=found[1], style="label")
    return part


def _speakers(parts: Sequence[_Parts], listed: Sequence[str], timed: bool) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for part in parts:
        if part.label and not (part.style == "label" and key_of(part.line.text) and part.line.number < 40):
            counts[part.label] += 1
    headers = {part.label for part in parts if part.label and part.style in {"label-time", "time-header"}}
    with_time = Counter(part.label for part in parts if part.label and part.style != "label")
    if with_time and (timed or sum(with_time.values()) >= 2):
        sure = {label for label in with_time if label and looks_like_name(label)}
        plain = {label for label in counts if label not in with_time and counts[label] >= 3 and looks_like_name(label)}
        if sum(with_time.values()) >= 0.5 * sum(counts.values()):
            return frozenset(sure | plain)
    if beside := _names_beside_times(parts):
        return beside
    blocks = sum(part.after_blank or part.label is not None for part in parts)
    found = accepted(counts, min(blocks, len(parts)), listed) | {
        label for label in headers if label and strong_name(label)
    }
    return found or _names_alone(parts, listed)


def _names_beside_times(parts: Sequence[_Parts]) -> frozenset[str]:
    """Return the names that stand on a line of their own above or below a line that is only a time."""
    times = [index for index, part in enumerate(parts) if part.style == "time-closed" and not part.rest]
    if len(times) < 2:
        return frozenset()
    for step in (-1, 1):
        names = [
            parts[index + step].text.rstrip(" \u00a0:")
            for index in times
            if 0 <= index + step < len(parts) and _could_stand_alone(parts[index + step].text)
        ]
        if len(names) >= 2 and len(names) >= 0.6 * len(times):
            return frozenset(names)
    return frozenset()


def _names_alone(parts: Sequence[_Parts], listed: Sequence[str]) -> frozenset[str]:
    """Return the names that stand on a line of their own above what they say."""
    counts: Counter[str] = Counter()
    for part, after in pairwise(parts):
        if _could_stand_alone(part.text) and not _could_stand_alone(after.text) and not after.after_blank:
            counts[part.text.rstrip(" \u00a0:")] += 1
    blocks = sum(part.after_blank for part in parts)
    total = sum(counts.values())
    if total < 2:
        return frozenset()
    everywhere = total >= 0.8 * blocks
    if not everywhere and (total < 0.2 * blocks or max(counts.values()) < 2):
        return frozenset()
    names = {name.casefold() for name in listed}
    return frozenset(
        name
        for name, count in counts.items()
        if everywhere or count >= 2 or name.casefold() in names or strong_name(name)
    )


def _could_stand_alone(text: str) -> bool:
    return (
        len(text) <= 40
        and len(text.split()) <= 4
        and not _SENTENCE_END.search(text)
        and looks_like_name(text.rstrip(" :"))
    )


def _begins(part: _Parts, speakers: frozenset[str], timed: bool) -> bool:
    """Tell whether a line begins what somebody says."""
    return _speaker(part, speakers) is not None or (timed and part.style in {"time-closed", "time"})


def _speaker(part: _Parts, speakers: frozenset[str]) -> str | None:
    if part.label in speakers:
        return part.label
    alone = part.text.rstrip(" \u00a0:")
    return alone if alone in speakers and not part.rest else None


def _dated_lines(parts: Sequence[_Parts]) -> tuple[str, ...]:
    """Return the short lines among the first ones that are a heading with a full date."""
    return tuple(
        part.text
        for part in parts
        if len(part.text) <= 100
        and not _SENTENCE_END.search(part.text)
        and any(day.date for day in find_dates(part.text))
        and part.label is None
    )


def _head(
    parts: Sequence[_Parts], first: int | None, speakers: frozenset[str]
) -> tuple[Sequence[_Parts], Sequence[_Parts]]:
    """Return the lines above the first speech, and the others."""
    if first is not None and (speakers or first <= 10):
        return parts[:first], parts[first:]
    end = 0
    while end < len(parts) and (key_of(parts[end].line.text) or not read_header([parts[end].line]).rest):
        end += 1
    if end == 0 and len(parts) > 1 and parts[0].line.text.lstrip().startswith("# "):
        end = 1
    return parts[:end], parts[end:]


def _width(parts: Sequence[_Parts]) -> int:
    """Return the width at which the lines are cut, 0 where they are not: many lines of about the greatest length."""
    lengths = sorted(len(part.line.text.rstrip()) for part in parts)
    if len(lengths) < 4 or not 40 <= lengths[-1] <= 130:
        return 0
    near = sum(length >= 0.8 * lengths[-1] for length in lengths)
    return lengths[-1] if near >= 0.3 * len(lengths) else 0


class _Builder:
    """Makes entries out of lines, one after the other."""

    def __init__(self, speakers: frozenset[str], timed: bool, width: int, *, dialogue: bool) -> None:
        self.entries: list[Entry] = []
        self.speaker: str | None = None
        self.closed = True
        self._speakers, self._timed, self._width, self._dialogue = speakers, timed, width, dialogue
        self._time: tuple[float | None, float | None] = (None, None)
        self._last = ""

    def add(self, part: _Parts) -> None:
        """Take one more line."""
        speaker = _speaker(part, self._speakers)
        if _OFF_RECORD.match(part.text):
            self._new(part.text, None, part, keep=True)
            self.closed = True
        elif speaker is not None:
            text = part.rest if part.label == speaker else ""
            if part.start is not None and self._timed:
                self._time = (part.start, part.end)
            self.speaker = speaker
            self.closed = True
            if text:
                self._new(text, speaker, part)
        elif self._timed and part.style in {"time-closed", "time", "time-label", "time-header"}:
            self._time = (part.start, part.end)
            words = part.text if part.style == "time" and self._speakers else _after_time(part)
            self.closed = self.closed or not self._speakers or bool(words)
            if words:
                self._new(words, self.speaker if self._speakers and part.style == "time-label" else None, part)
        elif self._dialogue and (match := _DASH.match(part.text)):
            self._new(part.text[match.end() :], None, part)
        elif self.closed or not self.entries or not self._continues(part):
            self._new(_verbatim(part), self.speaker, part)
        else:
            self._append(part)

    def _continues(self, part: _Parts) -> bool:
        if self._speakers and self.speaker is not None:
            return True
        return not part.after_blank and (self._timed or self._wrapped(part) or not _SENTENCE_END.search(self._last))

    def _wrapped(self, part: _Parts) -> bool:
        return bool(self._width) and not part.after_blank and len(self._last) >= 0.7 * self._width

    def _new(self, text: str, speaker: str | None, part: _Parts, *, keep: bool = False) -> None:
        start, end = self._time
        self.entries.append(Entry(text, speaker, start, end, part.line.number))
        if not keep:
            self.closed = False
            self._time = (None, None)
        self._last = part.line.text.rstrip()

    def _append(self, part: _Parts) -> None:
        text = _verbatim(part)
        goes_on = self._wrapped(part) or (text[:1].islower() and not part.after_blank)
        separator = " " if goes_on or _SENTENCE_END.search(self._last) else "\n"
        self.entries[-1] = replace(self.entries[-1], text=f"{self.entries[-1].text}{separator}{text}")
        self._last = part.line.text.rstrip()


def _after_time(part: _Parts) -> str:
    """Return the words after a line's time, a label that is no speaker included."""
    if part.style in {"time-closed", "time"} or not part.label:
        return part.rest
    match = _TIME_FIRST.match(part.text)
    return (match["rest"] or "").strip() if match else part.text


def _verbatim(part: _Parts) -> str:
    return part.line.text.strip()


def _shortened(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with long paragraphs of nobody cut at sentence ends, so that places stay findable."""
    result: list[Entry] = []
    for entry in entries:
        if entry.speaker is not None or len(entry.text) <= _LONG_PARAGRAPH:
            result.append(entry)
            continue
        begin = previous = 0
        for _, end in sentence_spans(entry.text):
            if end - begin > _LONG_PARAGRAPH and previous > begin:
                result.append(replace(entry, text=entry.text[begin:previous].strip()))
                begin = previous
            previous = end
        result.append(replace(entry, text=entry.text[begin:].strip()))
    return result
