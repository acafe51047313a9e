"""Drafts as other tools read them: the contract `assistai.draft/1`, each fact with where it comes from.

Beyond DESIGN's keys there are a few optional ones; readers of the contract may ignore them. Spans count characters of
`body`, the end not included.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import Field

from assistai.records import Language, Record, Sensitivity

FactKind = Literal["date", "amount", "name", "time", "reference"]
"""What the fact check traces."""

Trace = Literal["traced", "untraced", "contradicted"]
"""Whether a source says the fact: yes, no, or it says something else."""


class Source(Record):
    """A text that facts are traced to: `name` is what a reader is shown ("brief", "fil, message 2", a title).

    `date` is the day that "mardi" and "demain" in it count from; None where it has none. `about` says what all of it
    speaks of, as a mail's subject does.
    """

    name: str
    text: str
    date: dt.date | None = None
    about: str = ""


class Fact(Record):
    """A date, time, amount, name or reference in a draft, and the source that says it.

    `source` is that source's name and `quote` its own words, both None where no source says it. Where `trace` is
    "contradicted", `quote` is what the source says instead and `note` says so in the draft's language; a weekday that
    does not go with its date is also told in `note`.
    """

    text: str
    kind: FactKind
    source: str | None = None
    span: tuple[int, int]
    trace: Trace = "untraced"
    quote: str | None = None
    note: str | None = None


class Promise(Record):
    """A sentence of a draft that commits its sender, and the source that says so, None where none does."""

    text: str
    source: str | None = None
    span: tuple[int, int]
    quote: str | None = None


class StyleFinding(Record):
    """What the linter says of a piece of the text: which rule, where, why, and what to write instead if known."""

    rule: str
    span: tuple[int, int]
    message: str
    fix: str | None = None


class ThreadQuestion(Record):
    """A question asked in the thread, who asked it, and the sentence of the draft that answers it (None: none does)."""

    text: str
    asked_by: str | None = None
    answer: str | None = None


class Recipient(Record):
    """A person or list that a draft goes to; `warning` is a key of the `drafts` catalogue (`outside`, `reply_all`…)."""

    name: str = ""
    address: str = ""
    field: Literal["to", "cc", "bcc"] = "to"
    warning: str | None = None


class Attendance(Record):
    """A meeting that the draft invites to: what an ICS needs; `sequence` counts its changes under one `uid`."""

    uid: str
    sequence: int = 0
    cancelled: bool = False
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    day: dt.date | None = None
    place: str = ""
    organiser: Recipient | None = None


class DraftProvenance(Record):
    """How the draft was made: engine, model (None in the embedded engine), prompts, and the moment (UTC).

    `tokens_read`, `tokens_written` and `cost_usd` are what the model took for it (None: not known).
    """

    engine: str = "embedded"
    model: str | None = None
    prompts: tuple[str, ...] = ()
    created_at: dt.datetime
    tokens_read: int | None = None
    tokens_written: int | None = None
    cost_usd: Decimal | None = None


class Draft(Record):
    """A draft to read, change and sign; nothing is sent.

    `body` is the whole text from salutation to signature, `placeholders` what still stands as `[à compléter : …]` in
    subject or body (with the brackets), `unplaced` the notes of the brief that found no place in it. `sources` are the
    texts that facts were traced to, the brief first, so that a changed draft can be checked again. `notices` are
    sentences in the draft's language: what whoever signs should know. `sensitivity` says which model may see the draft.
    """

    schema_name: Literal["assistai.draft/1"] = Field(default="assistai.draft/1", alias="schema")
    kind: str
    language: Language
    subject: str
    body: str
    placeholders: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    style: tuple[StyleFinding, ...] = ()
    promises: tuple[Promise, ...] = ()
    unplaced: tuple[str, ...] = ()
    questions: tuple[ThreadQuestion, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    attachments: tuple[str, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    event: Attendance | None = None
    house_style: str = ""
    tone: str = ""
    familiar: bool = False
    principal: str | None = None
    notices: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    sensitivity: Sensitivity = "internal"
    provenance: DraftProvenance

    def to_json(self) -> str:
        """Return the contract's JSON, two spaces deep, non-ASCII kept, ending in a newline."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"


class Change(Record):
    """One difference between two texts: `before` stands at character `at` of the old one, `after` in its place.

    One of the two may be empty: something is only added, or only taken away.
    """

    id: str
    before: str
    after: str
    at: int


class TextCheck(Record):
    """What the house style and the fact check say of a text that somebody wrote."""

    schema_name: Literal["assistai.check/1"] = Field(default="assistai.check/1", alias="schema")
    language: Language
    text: str
    facts: tuple[Fact, ...] = ()
    promises: tuple[Promise, ...] = ()
    style: tuple[StyleFinding, ...] = ()
    placeholders: tuple[str, ...] = ()
    house_style: str = ""

    def to_json(self) -> str:
        """Return the JSON, two spaces deep, non-ASCII kept, ending in a newline."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"
