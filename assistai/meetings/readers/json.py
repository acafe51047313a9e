"""JSON: our own, Whisper and WhisperX, QMSum, AssemblyAI, Deepgram, Amazon Transcribe, and lists of their kin."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistai.errors import UnreadableInput
from assistai.meetings.readers.clock import seconds
from assistai.meetings.readers.entries import Entry, Line, Reading
from assistai.meetings.readers.plaintext import read_plain
from assistai.records import counted

_LISTS = tuple(
    """
    turns segments meeting_transcripts utterances audio_segments paragraphs monologues entries sentences transcript
    transcripts transcription captions cues messages results items data result output channels alternatives chunks
    """.split()
)
_TEXT = ("text", "content", "transcript", "sentence", "utterance", "caption", "message", "body", "words", "sentences")
_SPEAKER = tuple(
    """
    speaker speaker_name speakerName speaker_label speakerLabel name author participant user from speaker_id speakerId
    """.split()
)
_START = ("start", "start_time", "startTime", "begin", "from_time", "offset", "timestamp", "startOffset", "t0", "time")
_END = ("end", "end_time", "endTime", "stop", "endOffset", "t1")
_TITLE = ("title", "titre", "name", "meeting_title", "subject", "topic")
_DATE = ("date", "meeting_date", "start_time", "startTime", "created_at", "createdAt", "datetime", "recorded_at")
_MAX_DEPTH = 10
_SLOW = 15.0


def parse(text: str) -> Any:
    """Return the JSON value in `text`, or the list of values of a text of one value a line.

    Raises ValueError where it is neither, RecursionError where it is nested too deep.
    """
    try:
        return json.loads(text)
    except ValueError:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):
            raise
        return [json.loads(line) for line in lines]


def is_transcript(value: Any) -> bool:
    """Tell whether a JSON value is an object, or a list that holds objects."""
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(item, Mapping) for item in value))


def read_json(value: Any, name: str) -> Reading:
    """Return what the first list of utterances in the value says.

    Words are kept as they are. An entry without words, or that is no object, is named in `failed`. Raises
    UnreadableInput where there is no such list.
    """
    key, items = _utterances(value)
    if not items:
        if isinstance(value, Mapping) and (text := _words(value)):
            return _whole(text)
        raise UnreadableInput("json_without_turns", name=name)
    head = value if isinstance(value, Mapping) else {}
    metadata = head.get("metadata") if isinstance(head.get("metadata"), Mapping) else {}
    entries: list[Entry] = []
    failed: list[str] = []
    seen: list[tuple[str, int | None]] = []
    for number, item in enumerate(items, start=1):
        text = _words(item)
        if text is None:
            failed.append(f"{key} {number}: no text")
            seen.append(("entry_without_text", number))
        elif text.strip():
            start, end = _time(item, _START), _time(item, _END)
            if (start is not None and start < 0) or (end is not None and end < 0):
                seen.append(("time_negative", number))
                start, end = (None if value is None or value < 0 else value for value in (start, end))
            if start is not None and end is not None and end < start:
                seen.append(("times_reversed", number))
                start, end = end, start
            entries.append(Entry(text.strip(), _speaker(item), start, end, number))
    dates = [found for source in (head, metadata) for found in [_first_text(source, _DATE)] if found]
    return Reading(
        "json",
        tuple(_in_seconds(entries)),
        cut=key in {"segments", "captions", "cues", "chunks", "results", "transcription"},
        title=_first_text(head, _TITLE) or _first_text(metadata, _TITLE),
        dates=tuple(dates),
        notices=counted(seen),
        failed=tuple(failed),
    )


def _whole(text: str) -> Reading:
    """Return what a text says that stands in JSON as a whole."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    return replace(read_plain(lines), format="json")


def _utterances(value: Any) -> tuple[str, Sequence[Any]]:
    """Return the list of utterances nearest to the top, and the key that it stands under.

    One that tells speakers comes before one that does not: services give the words both ways.
    """
    without: tuple[str, Sequence[Any]] | None = None
    level = [("entry", value)]
    for _ in range(_MAX_DEPTH):
        below: list[tuple[str, Any]] = []
        for key, item in level:
            if isinstance(item, list) and any(isinstance(part, Mapping) and _words(part) for part in item):
                if any(isinstance(part, Mapping) and _speaker(part) for part in item):
                    return key, item
                without = without or (key, item)
            below += [(name, part) for name, part in _children(key, item)]
        level = below
    return without or ("entry", ())


def _children(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((name, value[name]) for name in _LISTS if isinstance(value.get(name), (list, Mapping)))
    elif isinstance(value, list):
        yield from ((key, part) for part in value[:20] if isinstance(part, Mapping))


def _words(item: Any) -> str | None:
    """Return the words of an utterance, None where it has none."""
    if not isinstance(item, Mapping):
        return None
    for key in _TEXT:
        value = item.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and key in {"words", "sentences"}:
            parts = [
                part.get("text") or part.get("word") or part.get("punctuated_word")
                for part in value
                if isinstance(part, Mapping)
            ]
            if parts:
                return " ".join(part.strip() for part in parts if isinstance(part, str))
    return None


def _speaker(item: Mapping[str, Any]) -> str | None:
    for key in _SPEAKER:
        value = item.get(key)
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("displayName") or value.get("label") or value.get("id")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        if isinstance(value, int) and not isinstance(value, bool):
            return f"Speaker {value}"
    words = item.get("words")
    if isinstance(words, list):
        return next(
            (word["speaker"] for word in words if isinstance(word, Mapping) and isinstance(word.get("speaker"), str)),
            None,
        )
    return None


def _time(item: Mapping[str, Any], keys: Sequence[str]) -> float | None:
    offsets = item.get("offsets")
    if isinstance(offsets, Mapping) and isinstance(number := offsets.get("from" if keys is _START else "to"), int):
        return number / 1000 if abs(number) < 1e15 else None
    stamps = item.get("timestamp")
    if isinstance(stamps, list) and len(stamps) == 2:
        item = {keys[0]: stamps[0 if keys is _START else 1]}
    for key in keys:
        value = item.get(key)
        if isinstance(value, str):
            value = seconds(value)
        if (
            isinstance(value, (int, float))
            and not isinstance(value, bool)
            and abs(value) < 1e12
            and math.isfinite(value)
        ):
            return round(float(value), 3)
    return None


def _in_seconds(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with times in seconds: nobody takes fifteen seconds a word, so such times are milliseconds."""
    paces = [
        (entry.end - entry.start) / len(entry.text.split())
        for entry in entries
        if entry.start is not None and entry.end is not None
    ]
    if not paces or statistics.median(paces) < _SLOW:
        return list(entries)
    return [
        Entry(
            entry.text,
            entry.speaker,
            None if entry.start is None else round(entry.start / 1000, 3),
            None if entry.end is None else round(entry.end / 1000, 3),
            entry.line,
        )
        for entry in entries
    ]


def _first_text(source: Any, keys: Sequence[str]) -> str | None:
    if not isinstance(source, Mapping):
        return None
    values = (source.get(key) for key in keys)
    return next((value.strip()[:300] for value in values if isinstance(value, str) and value.strip()), None)
