"""Minutes as people read them: every label, date, name and mark in words, the same for all formats.

These types are also the fields of a Word template (see `docx.py`): their names and docstrings are the guide's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistai.records import Language


@dataclass(frozen=True, slots=True)
class QuoteView:
    """One piece of evidence: `text` verbatim without quotation marks, `quoted` within them.

    `place` is the time (`00:12:03`), or the number of the turn, counted from 1, where the source has no times; `source`
    is speaker and place in one.
    """

    text: str
    quoted: str
    speaker: str
    place: str
    source: str

    def __str__(self) -> str:
        return f"{self.quoted} – {self.source}"


@dataclass(frozen=True, slots=True)
class StatementView:
    """A sentence of a summary; `mark` is empty, or says that nothing verifies it."""

    text: str
    mark: str = ""
    evidence: tuple[QuoteView, ...] = ()

    def __str__(self) -> str:
        return _marked(self.text, self.mark)


@dataclass(frozen=True, slots=True)
class TopicView:
    """A subject of the meeting, when it was spoken of (`place`, may be empty) and its summary."""

    title: str
    place: str = ""
    summary: tuple[StatementView, ...] = ()

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision; `settled_by` says who decided and who agreed, `state` that it was revoked or by what replaced."""

    id: str
    text: str
    settled_by: str = ""
    state: str = ""
    mark: str = ""
    evidence: tuple[QuoteView, ...] = ()

    def __str__(self) -> str:
        return _marked(self.text, "; ".join(filter(None, (self.state, self.mark))))


@dataclass(frozen=True, slots=True)
class DueView:
    """When an action is due, in words, and why it can be relied on or not.

    `text` is the date written out or what stands for it; `date` the same, empty where there is none; `spoken` the words
    said; `confidence` a whole percentage, empty without a date; `note` the confidence, or the reason for no date, in
    words.
    """

    text: str
    date: str = ""
    spoken: str = ""
    confidence: str = ""
    note: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ActionView:
    """Something to do; `owner` is a name, or says that nobody or more than one person may be meant."""

    id: str
    task: str
    owner: str
    due: DueView
    mark: str = ""
    evidence: tuple[QuoteView, ...] = ()

    def __str__(self) -> str:
        return _marked(self.task, self.mark)


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question that nobody answered; `asked_by` says who asked it, may be empty."""

    id: str
    text: str
    asked_by: str = ""
    mark: str = ""
    evidence: tuple[QuoteView, ...] = ()

    def __str__(self) -> str:
        return _marked(self.text, self.mark)


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The whole of the minutes.

    `language` is that of the labels and `text_language` that of the text; `date` is written out and `date_note` says
    where it comes from if nobody gave it; `status` is the step of review; `notice` says that AI helped and who
    reviewed; `coverage` is the receipt in sentences; `notices` are the reader's warnings. `labels` holds every heading
    and phrase (`labels.decisions`, `labels.no_decisions`, …).
    """

    language: Language
    text_language: Language
    title: str
    organisation: str
    date: str
    date_note: str
    status: str
    notice: str
    participants: tuple[str, ...]
    topics: tuple[TopicView, ...]
    decisions: tuple[DecisionView, ...]
    actions: tuple[ActionView, ...]
    questions: tuple[QuestionView, ...]
    coverage: tuple[str, ...]
    notices: tuple[str, ...]
    labels: Mapping[str, str] = field(repr=False)


def _marked(text: str, mark: str) -> str:
    return f"{text} [{mark}]" if mark else text
