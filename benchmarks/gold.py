"""Planted meetings and what a careful minute-taker writes down for them: `tests/traps/**/*.toml`."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

TRAPS = Path(__file__).parents[1] / "tests" / "traps"
SAMPLES = Path(__file__).parents[1] / "data" / "samples" / "meetings"


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldAction(_Gold):
    """One action; `also` are other good wordings, `due_any` other good dates, `owner_any` other good owners.

    Where `due_any` or `owner_any` stand alone, none is good too.
    `optional` items are good either way: neither missed nor wrong. `turns` are those whose words say it.
    """

    task: str
    also: tuple[str, ...] = ()
    owner: str | None = None
    owner_any: tuple[str, ...] = ()
    owner_candidates: tuple[str, ...] = ()
    due: dt.date | None = None
    due_any: tuple[dt.date, ...] = ()
    due_spoken: str | None = None
    due_reason: str | None = None
    turns: tuple[int, ...]
    optional: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Every wording that is good."""
        return (self.task, *self.also)


class GoldDecision(_Gold):
    """One decision; `state` as in the contract. `decided_by` and `assent` are compared where they are given."""

    text: str
    also: tuple[str, ...] = ()
    state: Literal["settled", "revoked", "replaced"] = "settled"
    state_any: tuple[str, ...] = ()
    decided_by: str | None = None
    assent: tuple[str, ...] = ()
    turns: tuple[int, ...]
    optional: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Every wording that is good."""
        return (self.text, *self.also)


class GoldQuestion(_Gold):
    """One question that stays open."""

    text: str
    also: tuple[str, ...] = ()
    turns: tuple[int, ...]
    optional: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Every wording that is good."""
        return (self.text, *self.also)


class Case(_Gold):
    """One planted meeting: `covers` names the line of the specification it tests.

    `topics` are words of which each must stand in some topic's title; `off_record` tells that turns are left out;
    `forbidden`
    words that no output may show; `required` words that some task or decision must show (a pronoun resolved).
    `sample` names a file of data/samples/meetings in place of a transcript.
    """

    id: str
    covers: str
    transcript: str = ""
    sample: str = ""
    date: dt.date | None = None
    language: Literal["fr", "en", "mixed"]
    actions: tuple[GoldAction, ...] = ()
    decisions: tuple[GoldDecision, ...] = ()
    questions: tuple[GoldQuestion, ...] = ()
    topics: tuple[str, ...] = ()
    off_record: bool = False
    forbidden: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    @property
    def source(self) -> str | Path:
        """What `Meetings.summarise` takes: the transcript, or the sample's path."""
        return SAMPLES / self.sample if self.sample else self.transcript

    @property
    def is_long(self) -> bool:
        """Whether it is a whole meeting rather than a planted exchange."""
        return bool(self.sample) or self.transcript.count("\n") >= 40


def load_cases(folder: Path = TRAPS) -> list[Case]:
    """Return the cases of every TOML file under `folder`, in order of path.

    A case's language is that of its `id` (`fr-…`, `en-…`, `mixed-…`). Raises pydantic.ValidationError on gold that
    does not fit and ValueError on an id used twice.
    """
    cases = [
        Case.model_validate({"language": entry["id"].split("-")[0]} | entry)
        for path in sorted(folder.rglob("*.toml"))
        for entry in tomllib.loads(path.read_text("utf-8"))["case"]
    ]
    identifiers = [case.id for case in cases]
    twice = sorted({one for one in identifiers if identifiers.count(one) > 1})
    if twice:
        raise ValueError(f"ids used twice: {', '.join(twice)}")
    return cases
