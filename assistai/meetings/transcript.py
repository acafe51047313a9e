"""A transcript: who said what, when, and where it stands in the file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from assistai.records import Notice, Quote

DateSource = Literal["given", "metadata", "filename", "spoken"]
"""Where the meeting's date comes from; in this order the first that answers wins."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted words.

    `index` counts from 0 and is what quotes name; `start` and `end` are seconds; `line` is the 1-based line (text
    formats), cue or paragraph number in the file; `off_record` turns never reach an output.
    """

    index: int
    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None
    line: int | None = None
    off_record: bool = False

    def quote(self, start: int, end: int) -> Quote:
        """Return `text[start:end]` as evidence, with this turn's speaker and times."""
        return Quote(turn=self.index, speaker=self.speaker, start=self.start, end=self.end, quote=self.text[start:end])


@dataclass(frozen=True, slots=True)
class Transcript:
    """A meeting as it was read from one source: turns in order, `turns[i].index == i`.

    `failed_parts` names what could not be read ("cue 17, line 80"); the coverage receipt repeats it.
    """

    turns: tuple[Turn, ...]
    title: str | None = None
    date: dt.date | None = None
    date_source: DateSource | None = None
    format: str = "text"
    source_name: str | None = None
    source_sha256: str = ""
    notices: tuple[Notice, ...] = ()
    failed_parts: tuple[str, ...] = ()

    @property
    def participants(self) -> tuple[str, ...]:
        """Return the speakers' names in order of first speech, off-record turns included."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))
