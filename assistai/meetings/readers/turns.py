"""From entries to turns: cues of one speaker joined, what is too long split, indices given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistai.language.sentences import sentence_spans
from assistai.meetings.readers.entries import Entry
from assistai.meetings.transcript import Turn
from assistai.records import Notice, counted

_PAUSE = 4.0
_LONG_PAUSE = 10.0
_LENGTH = 1_200
_LENGTH_WITHOUT_STOPS = 400
_PAUSE_WITHOUT_STOPS = 1.0
_HARD_LENGTH = 4_000
_SENTENCE_END = re.compile(r"[.!?…][\s»”\"')\]]*$")


def joined(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with consecutive ones of one speaker joined by a space, from first start to last end.

    Captions cut sentences, and sentences must be whole to be understood and quoted. An entry goes on as long as the
    sentence does; after a sentence end it goes on while the same named speaker pauses for less than four seconds and
    has said less than 1,200 characters. Where no speaker is known every sentence end may be a change of speaker, so
    there it ends. Speech without full stops (some recognisers write none) ends at a second's pause or 400 characters.
    """
    stops = sum(len(_SENTENCE_END.findall(entry.text[-5:])) for entry in entries)
    unpunctuated = len(entries) >= 5 and stops < 0.05 * len(entries)
    result: list[Entry] = []
    parts: list[str] = []
    length = 0

    def close() -> None:
        if parts:
            result[-1] = replace(result[-1], text=" ".join(parts))

    for entry in entries:
        if parts and _goes_on(result[-1], parts[-1], length, entry, unpunctuated):
            last = result[-1]
            ends = [end for end in (last.end, entry.end) if end is not None]
            result[-1] = replace(
                last, start=entry.start if last.start is None else last.start, end=max(ends, default=None)
            )
            parts.append(entry.text)
            length += len(entry.text) + 1
        else:
            close()
            result.append(entry)
            parts, length = [entry.text], len(entry.text)
    close()
    return result


def _goes_on(last: Entry, text: str, length: int, entry: Entry, unpunctuated: bool) -> bool:
    if last.speaker != entry.speaker or length + len(entry.text) > _HARD_LENGTH:
        return False
    pause = None if last.end is None or entry.start is None else entry.start - last.end
    if unpunctuated:
        return length < _LENGTH_WITHOUT_STOPS and pause is not None and pause < _PAUSE_WITHOUT_STOPS
    if not _SENTENCE_END.search(text[-5:]):
        return pause is None or pause < _LONG_PAUSE
    return entry.speaker is not None and pause is not None and pause < _PAUSE and length < _LENGTH


def split(entry: Entry, limit: int) -> list[Entry]:
    """Return the entry in pieces of at most `limit` characters, cut at sentence ends, else between words.

    Each piece keeps the entry's times: the source tells no finer ones.
    """
    if len(entry.text) <= limit:
        return [entry]
    ends: list[int] = []
    for start, end in sentence_spans(entry.text):
        while end - start > limit:
            space = max(entry.text.rfind(" ", start, start + limit), entry.text.rfind("\n", start, start + limit))
            start = space + 1 if space > start else start + limit
            ends.append(start)
        ends.append(end)
    pieces: list[str] = []
    begin = previous = 0
    for end in ends:
        if end - begin > limit:
            pieces.append(entry.text[begin:previous])
            begin = previous
        previous = end
    pieces.append(entry.text[begin:])
    return [replace(entry, text=piece.strip()) for piece in pieces if piece.strip()]


def one_spelling(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with one spelling a speaker: names that differ by case or spaces alone are one person.

    The most frequent spelling stays, of two equals the first.
    """
    spellings: dict[str, dict[str, int]] = {}
    for entry in entries:
        if entry.speaker:
            name = " ".join(entry.speaker.split())
            of_key = spellings.setdefault(name.casefold(), {})
            of_key[name] = of_key.get(name, 0) + 1
    chosen = {key: max(names, key=names.__getitem__) for key, names in spellings.items()}
    return [
        replace(entry, speaker=chosen[" ".join(entry.speaker.split()).casefold()])
        if entry.speaker and entry.speaker.strip()
        else replace(entry, speaker=None)
        for entry in entries
    ]


def as_turns(
    entries: Iterable[Entry], *, cut: bool, max_characters: int
) -> tuple[tuple[Turn, ...], tuple[Notice, ...]]:
    """Return the turns that the entries make, none of them empty, and notices of those that had to be split."""
    entries = one_spelling([entry for entry in entries if entry.text.strip()])
    if cut:
        entries = joined(entries)
    seen: list[tuple[str, int | None]] = []
    turns: list[Turn] = []
    for entry in entries:
        pieces = split(entry, max_characters)
        if len(pieces) > 1:
            seen.append(("turn_split", entry.line))
        for piece in pieces:
            turns.append(Turn(len(turns), piece.speaker, piece.text.strip(), piece.start, piece.end, piece.line))
    return tuple(turns), counted(seen)


def time_notices(entries: Sequence[Entry]) -> list[tuple[str, int | None]]:
    """Return what is odd about the order of times: a start before the one before, a speaker overlapping himself.

    Two speakers at once is how people talk, and is not reported.
    """
    seen: list[tuple[str, int | None]] = []
    for before, after in pairwise(entries):
        if before.start is None or after.start is None:
            continue
        if after.start < before.start - 1.0:
            seen.append(("times_out_of_order", after.line))
        elif before.end is not None and after.start < before.end - 1.0 and after.speaker == before.speaker:
            seen.append(("times_overlap", after.line))
    return seen
