"""Minutes as other tools read them: the contract `assistai.minutes/1`, each line with its evidence.

Beyond DESIGN's keys every item has an `id` (stable while it is edited) and a few optional keys; readers of the
contract may ignore them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal, get_args

from pydantic import Field

from assistai.meetings.transcript import DateSource
from assistai.records import Language, Quote, Record, Sensitivity

Status = Literal["projet", "relu", "approuve", "diffuse"]
"""The road to a signed text; each step beyond `projet` names a person."""

STATUSES: tuple[Status, ...] = get_args(Status)
"""The statuses in the order of that road."""

Origin = Literal["embedded", "worded", "model"]
"""Whose line it is: found and worded by the embedded engine; found by it, worded by a chat model; found by a model."""

Doubt = Literal["quote", "number", "date", "name", "words", "negation", "certainty", "speaker", "owner", "act"]
"""Why a line is not verified (see `verification`); each is a key of the `prose` catalogue."""


class Statement(Record):
    """A sentence of a summary that stands alone."""

    text: str
    evidence: tuple[Quote, ...] = ()
    verified: bool = False
    origin: Origin = "embedded"
    doubts: tuple[Doubt, ...] = ()


class Topic(Record):
    """A stretch of the meeting about one subject: turns `first` to `last`, both included."""

    id: str = ""
    title: str
    summary: tuple[Statement, ...] = ()
    first: int | None = None
    last: int | None = None


class Decision(Record):
    """Something that was settled, by whom, and who then agreed; `replaced_by` is the id of the later decision."""

    id: str = ""
    text: str
    evidence: tuple[Quote, ...] = ()
    verified: bool = False
    origin: Origin = "embedded"
    doubts: tuple[Doubt, ...] = ()
    decided_by: str | None = None
    assent: tuple[str, ...] = ()
    state: Literal["settled", "revoked", "replaced"] = "settled"
    replaced_by: str | None = None


class Due(Record):
    """When an action is due: the words spoken, the date they resolve to, and how sure (0 to 1) that is.

    `reason` says why there is no date: a key under `due.` in the i18n catalogue (`no_meeting_date`, `vague`, …).
    """

    spoken: str | None = None
    date: dt.date | None = None
    confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    reason: str | None = None


class Action(Record):
    """Something that someone is to do; `owner` is None when nobody was named.

    `owner_candidates` holds the names between which a first name stays ambiguous.
    """

    id: str = ""
    task: str
    owner: str | None = None
    due: Due = Due()
    evidence: tuple[Quote, ...] = ()
    verified: bool = False
    origin: Origin = "embedded"
    doubts: tuple[Doubt, ...] = ()
    owner_candidates: tuple[str, ...] = ()


class Question(Record):
    """Something that was asked and not answered."""

    id: str = ""
    text: str
    evidence: tuple[Quote, ...] = ()
    verified: bool = False
    origin: Origin = "embedded"
    doubts: tuple[Doubt, ...] = ()
    asked_by: str | None = None


class Stretch(Record):
    """Turns `from` to `to`, both included."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")


class Coverage(Record):
    """The receipt: how many turns there were, how many were read and cited, what failed and what nothing cites.

    `turns == read + off_record`; `failed_parts` names what the reader could not make a turn of, and the turns on which
    a chat model failed (the embedded engine's lines stand there); `cited` counts the turns that some evidence names.
    """

    turns: int
    read: int
    cited: int
    off_record: int = 0
    failed_parts: tuple[str, ...] = ()
    uncited: tuple[Stretch, ...] = ()


class Problem(Record):
    """What went wrong with a chat model: `code` is a key under `errors.`, `params` fill it.

    It concerns turns `first` to `last`, or the whole where they are None.
    """

    code: str
    params: dict[str, str] = Field(default_factory=dict)
    first: int | None = None
    last: int | None = None


class Provenance(Record):
    """How the minutes were made: engine, model (None in the embedded engine), prompts, source and moment (UTC).

    `engine` is `embedded`, or `embedded+model` where a chat model had a part in it. `prompts` name each prompt with
    version and hash. `parts` is how often the model was asked; `tokens_read`, `tokens_written` and `cost_usd` what the
    replies took (None: not known). `problems` say where it did not help, `left_out` how many
    lines of it were no lines of minutes at all.
    """

    engine: str = "embedded"
    model: str | None = None
    prompts: tuple[str, ...] = ()
    source_sha256: str
    created_at: dt.datetime
    parts: int = 0
    tokens_read: int | None = None
    tokens_written: int | None = None
    cost_usd: Decimal | None = None
    problems: tuple[Problem, ...] = ()
    left_out: int = 0


class Review(Record):
    """Who answers for the text: nobody yet (`projet`), or a named person since `at`."""

    status: Status = "projet"
    reviewer: str | None = None
    at: dt.datetime | None = None


class Minutes(Record):
    """One meeting's minutes."""

    schema_name: Literal["assistai.minutes/1"] = Field(default="assistai.minutes/1", alias="schema")
    title: str
    date: dt.date | None = None
    date_source: DateSource | None = None
    language: Language
    participants: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    questions: tuple[Question, ...] = ()
    coverage: Coverage
    provenance: Provenance
    review: Review = Review()
    notices: tuple[str, ...] = ()
    sensitivity: Sensitivity = "internal"

    def to_json(self) -> str:
        """Return the contract's JSON, two spaces deep, non-ASCII kept, ending in a newline."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Minutes:
        """Return the minutes that `to_json` wrote; raises `pydantic.ValidationError` on anything else."""
        return cls.model_validate_json(text)
