"""The types that every service shares: what a quote is and where it stands."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["fr", "en"]
"""The languages that the product speaks fully."""


class Record(BaseModel):
    """A frozen value with a JSON form; `model_copy(update=…)` makes a changed copy."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Quote(Record):
    """A verbatim piece of one turn: the evidence of a line.

    `turn` is the turn's index (from 0); `start` and `end` are the turn's seconds, or None where the source has no
    times; `quote` is an exact substring of the turn's text.
    """

    turn: int
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    quote: str
