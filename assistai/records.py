"""The types that every service shares: what a quote is and where it stands, what a reader has to tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict

Language = Literal["fr", "en"]
"""The languages that the product speaks fully."""

Sensitivity = Literal["public", "internal", "confidential", "restricted"]
"""Who may see a meeting or document, the least first."""

SENSITIVITIES: tuple[Sensitivity, ...] = get_args(Sensitivity)
"""The levels of sensitivity in their order; a document keeps the index of its own."""

_Number = TypeVar("_Number", int, Decimal)


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


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call consumed: tokens read and written as the server counted them, and their cost in US dollars.

    None means that it is not known: the server gave no count, or the model's price is not in the price list.
    """

    read: int | None = None
    written: int | None = None
    cost: Decimal | None = None

    def __add__(self, other: Usage) -> Usage:
        """Return the sum; what is unknown in either stays unknown."""
        return Usage(_sum(self.read, other.read), _sum(self.written, other.written), _sum(self.cost, other.cost))


NOTHING_USED = Usage(0, 0, Decimal(0))


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must tell the user: `code` is a key of the i18n catalogue under `notices.`.

    `line` is the place in the file (1-based) where it was first seen, and `params` fill the message.
    """

    code: str
    line: int | None = None
    params: tuple[tuple[str, str], ...] = ()


def counted(seen: Iterable[tuple[str, int | None]]) -> tuple[Notice, ...]:
    """Return one notice a code, in order of first appearance, with its first line and how often it was seen."""
    first: dict[str, int | None] = {}
    count: dict[str, int] = {}
    for code, line in seen:
        first.setdefault(code, line)
        count[code] = count.get(code, 0) + 1
    return tuple(
        Notice(code, line, (("count", str(count[code])), ("line", str(line) if line is not None else "?")))
        for code, line in first.items()
    )


def _sum(one: _Number | None, other: _Number | None) -> _Number | None:
    return None if one is None or other is None else one + other
