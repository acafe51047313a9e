"""WebVTT, SRT and their kin: blocks of words under a line of times.

One own line parser reads all of them: webvtt-py and pysubs2 lose words of malformed files without naming them
(docs/adr/0005).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistai.meetings.readers.clock import seconds
from assistai.meetings.readers.entries import Entry, Line, Reading
from assistai.meetings.readers.headers import read_header
from assistai.meetings.readers.rollup import without_repeats
from assistai.meetings.readers.turns import time_notices
from assistai.meetings.readers.voices import Piece, speaker_first, voices
from assistai.records import counted

_TIMING = re.compile(r"\s*(-?[\d:.,]*\d)\s*(?:-{1,3}>|→)\s*(-?[\d:.,]*\d)(?:\s.*)?$")
_SBV = re.compile(r"(\d{1,3}:\d\d:\d\d\.\d{3}),(\d{1,3}:\d\d:\d\d\.\d{3})$")
_BROKEN = re.compile(r"\s*\S{0,30}\s*-->\s*\S{0,30}(?:\s.*)?$")
_IDENTIFIER = re.compile(r"\s*(?:\d+|(?=\S*\d)[\w.-]+(?:/[\w.-]+)+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,}\S*)\s*$")
_WORD_IDENTIFIER = re.compile(r"(?=\S*[\d_])[\w./:-]{1,60}$")
_COMMENT = re.compile(r"\s*NOTE(?:\s|$)|\s*(?:STYLE|REGION)\s*$")


@dataclass(slots=True)
class Cue:
    """A block of the file: its number, the line of its times, its times and its lines of words."""

    number: int
    line: int
    start: float | None
    end: float | None
    payload: list[Line] = field(default_factory=list)


def is_timing(text: str) -> bool:
    """Tell whether a line gives a cue's times."""
    return len(text) < 300 and bool(_TIMING.match(text) or _SBV.match(text.strip()))


def read_cues(lines: Sequence[Line]) -> Reading:
    """Return what the cues of a file say.

    The times of a cue that cannot be read or lie below zero are None, reversed ones are swapped; its words are kept
    and the cue is named. Captions that repeat or roll up are read once.
    """
    seen: list[tuple[str, int | None]] = []
    failed: list[str] = []
    first = next((line.text.strip() for line in lines if line.text.strip()), "")
    is_vtt = first.startswith("WEBVTT")
    cues, head, comments = _cues(lines, is_vtt, seen, failed)
    if not is_vtt and _is_vtt_without_header(lines):
        is_vtt = True
        seen.append(("header_missing", 1))
    pieces = _pieces(cues)
    kept, repeats = without_repeats(pieces)
    seen += [("repeats_removed", line) for line in repeats]
    entries = [Entry(piece.text, piece.speaker, cue.start, cue.end, cue.line) for cue, piece in kept]
    seen += time_notices(entries)
    header = read_header([*head, *comments])
    preamble = (
        [] if first.startswith("WEBVTT") else [Entry(line.text.strip(), line=line.number) for line in header.rest]
    )
    return Reading(
        "vtt" if is_vtt else "srt",
        (*preamble, *entries),
        cut=True,
        title=header.title,
        dates=header.dates,
        notices=counted(seen),
        failed=tuple(failed),
    )


def _is_vtt_without_header(lines: Sequence[Line]) -> bool:
    for line in lines:
        if is_timing(line.text):
            return "," not in line.text
    return False


def _cues(
    lines: Sequence[Line], is_vtt: bool, seen: list[tuple[str, int | None]], failed: list[str]
) -> tuple[list[Cue], list[Line], list[Line]]:
    """Return the cues, the lines before the first one and the lines of comments."""
    cues: list[Cue] = []
    head: list[Line] = []
    comments: list[Line] = []
    comment = False
    blank = True
    for line in lines:
        stripped = line.text.strip()
        if not stripped:
            comment, blank = False, True
            continue
        timing = _timing(line, blank)
        if timing is not None:
            _drop_identifier(cues[-1].payload if cues else head, line, len(cues) + 1)
            start, end = _times(timing, len(cues) + 1, line.number, seen, failed)
            cues.append(Cue(len(cues) + 1, line.number, start, end))
            comment = False
        elif comment or (is_vtt and blank and _COMMENT.match(line.text)):
            if not comment:
                stripped = stripped.removeprefix("NOTE").strip()
            comment = True
            comments.append(Line(line.number, stripped))
        elif cues:
            cues[-1].payload.append(line)
        elif not stripped.startswith("WEBVTT"):
            head.append(line)
        elif title := stripped.removeprefix("WEBVTT").strip(" -–—\t"):
            head.append(Line(line.number, f"Title: {title}"))
        blank = False
    return cues, head, comments


def _timing(line: Line, may_be_broken: bool) -> tuple[str, str] | None:
    """Return the two times of a timing line as they are written, None where the line is none."""
    if len(line.text) >= 300:
        return None
    if "->" not in line.text and "→" not in line.text:
        match = _SBV.match(line.text.strip())
        return (match[1], match[2]) if match else None
    match = _TIMING.match(line.text)
    if match:
        return match[1], match[2]
    if _BROKEN.match(line.text) and (may_be_broken or any(char.isdigit() for char in line.text)):
        before, _, after = line.text.partition("-->")
        return before.strip(), (after.split() or [""])[0]
    return None


def _times(
    timing: tuple[str, str], number: int, line: int, seen: list[tuple[str, int | None]], failed: list[str]
) -> tuple[float | None, float | None]:
    start, end = (seconds(text) for text in timing)
    if start is None or end is None:
        failed.append(f"cue {number} (line {line}): unreadable time")
        seen.append(("time_unreadable", line))
    if (start is not None and start < 0) or (end is not None and end < 0):
        seen.append(("time_negative", line))
        start = None if start is None or start < 0 else start
        end = None if end is None or end < 0 else end
    if start is not None and end is not None and end < start:
        seen.append(("times_reversed", line))
        start, end = end, start
    return start, end


def _drop_identifier(before: list[Line], timing: Line, number: int) -> None:
    """Take the identifier of cue `number`, the line right above its times, out of the lines `before` it.

    Numbers and the paths of Teams are identifiers, other words only where a blank line parts them from words above. A
    year that ends the words of a cue is none.
    """
    if not before or before[-1].number != timing.number - 1:
        return
    candidate = before[-1].text.strip()
    parted = len(before) > 1 and before[-2].number < before[-1].number - 1
    year = candidate.isdecimal() and 1900 <= int(candidate[:9]) <= 2100 and abs(int(candidate[:9]) - number) > 1
    if (_IDENTIFIER.match(candidate) and (parted or not year)) or (parted and _WORD_IDENTIFIER.match(candidate)):
        before.pop()


def _pieces(cues: Sequence[Cue]) -> list[tuple[Cue, Piece]]:
    payloads = [[line.text for line in cue.payload] for cue in cues]
    return [
        (cue, piece)
        for cue, pieces in zip(cues, speaker_first(payloads) or voices(payloads), strict=True)
        for piece in pieces
    ]
