"""From a transcript to minutes: every extractor once, then the checks, then the receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeVar, get_args

from assistai.i18n import translate
from assistai.meetings.coverage import receipt
from assistai.meetings.extraction.actions import find_actions
from assistai.meetings.extraction.decisions import find_decisions
from assistai.meetings.extraction.questions import find_questions
from assistai.meetings.extraction.topics import find_topics, meeting_title
from assistai.meetings.minutes import Minutes, Provenance
from assistai.meetings.transcript import Transcript
from assistai.meetings.utterances import main_language, utterances
from assistai.meetings.verification import quote_stands, verify
from assistai.records import Language, Quote, Record, Sensitivity

Stage = Literal["reading", "topics", "decisions", "actions", "questions", "checking", "writing", "done"]
"""The stages that progress names, in order; `writing` only where a chat model writes."""

Progress = Callable[[Stage, float], None]
"""Called with a stage and the fraction done (0 to 1); an exception that it raises stops the work."""

_Item = TypeVar("_Item", bound=Record)
_STAGES: tuple[Stage, ...] = tuple(stage for stage in get_args(Stage) if stage != "writing")


def compose(
    transcript: Transcript,
    *,
    created_at: dt.datetime,
    language: Language | None = None,
    sensitivity: Sensitivity = "internal",
    progress: Progress | None = None,
) -> Minutes:
    """Return the minutes of a transcript by the embedded engine: no model, the same input gives the same output.

    `language` is that of labels and titles; by default the one that most of the meeting is in. `sensitivity` is kept
    with the minutes.
    """

    def at(stage: Stage) -> None:
        if progress:
            progress(stage, _STAGES.index(stage) / (len(_STAGES) - 1))

    at("reading")
    spoken = utterances(transcript.turns)
    at("topics")
    topics = find_topics(spoken, transcript)
    at("decisions")
    decisions = find_decisions(spoken, transcript)
    at("actions")
    actions = find_actions(spoken, transcript)
    at("questions")
    questions = find_questions(spoken, transcript)
    at("checking")
    minutes = Minutes(
        title=meeting_title(spoken, transcript),
        date=transcript.date,
        date_source=transcript.date_source,
        language=language or main_language(transcript.turns),
        participants=recorded_participants(transcript),
        topics=numbered(topics, "t"),
        decisions=tuple(decisions),
        actions=numbered(actions, "a"),
        questions=numbered(questions, "q"),
        coverage=receipt(transcript, ()),
        provenance=Provenance(source_sha256=transcript.source_sha256, created_at=created_at),
        notices=tuple(notice.code for notice in transcript.notices),
        sensitivity=sensitivity,
    )
    minutes = checked(minutes, transcript)
    at("done")
    return minutes


def checked(minutes: Minutes, transcript: Transcript) -> Minutes:
    """Return the minutes with every `verified` and the coverage receipt set from the transcript."""
    standing = (quote for quote in quotes(minutes) if quote_stands(quote, transcript))
    coverage = receipt(transcript, standing, failed=_failed_parts(minutes))
    return verify(minutes, transcript).model_copy(update={"coverage": coverage})


def _failed_parts(minutes: Minutes) -> list[str]:
    """Return the stretches that a chat model failed on, in words, turns counted from 1."""
    return [
        translate("prose.failed_part", minutes.language, first=problem.first + 1, last=(problem.last or 0) + 1)
        for problem in minutes.provenance.problems
        if problem.first is not None
    ]


def quotes(minutes: Minutes) -> Iterator[Quote]:
    """Yield every quote that the minutes rest on."""
    for topic in minutes.topics:
        for statement in topic.summary:
            yield from statement.evidence
    for kind in ("decisions", "actions", "questions"):
        for item in getattr(minutes, kind):
            yield from item.evidence


def recorded_participants(transcript: Transcript) -> tuple[str, ...]:
    """Return who spoke on the record, in order of first speech."""
    return tuple(dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker and not turn.off_record))


def numbered(items: Sequence[_Item], prefix: str) -> tuple[_Item, ...]:
    """Return the items with the ids `prefix`1, `prefix`2, … in order."""
    return tuple(item.model_copy(update={"id": f"{prefix}{number}"}) for number, item in enumerate(items, 1))
