"""What every reader hands on: entries in the order of the file, before they become turns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from assistai.records import Notice


class Line(NamedTuple):
    """A line of a source and its 1-based number there (line, paragraph or table row)."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One cue, paragraph or segment: verbatim words, who said them (None: not told) and when (seconds)."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader found.

    `cut` tells that entries were cut by time rather than by speech, so that a sentence may run over several.
    `dates` are the texts in which the source states its date, the strongest first; `created` is when the file says
    that it was made, which is near the meeting but not the meeting's date.
    """

    format: str
    entries: tuple[Entry, ...]
    cut: bool = False
    title: str | None = None
    dates: tuple[str, ...] = ()
    created: dt.date | None = None
    notices: tuple[Notice, ...] = ()
    failed: tuple[str, ...] = ()
