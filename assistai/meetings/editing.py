"""What a person does to proposed minutes: pure functions that return new minutes, checked again.

Undo is the caller's: keep the value that came before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from assistai.errors import InputError
from assistai.language.dates import find_due
from assistai.meetings.composition import checked, compose, numbered, recorded_participants
from assistai.meetings.extraction.topics import find_topics
from assistai.meetings.minutes import STATUSES, Action, Decision, Due, Minutes, Question, Review, Status, Topic
from assistai.meetings.off_record import mark_turns
from assistai.meetings.speakers import rename_speaker as rename_in_transcript
from assistai.meetings.transcript import DateSource, Transcript
from assistai.meetings.utterances import utterances
from assistai.records import Quote, Record, Sensitivity

Kind = Literal["decisions", "actions", "questions"]
"""The lists of minutes that hold items."""

Item = Decision | Action | Question | Topic

_KINDS: dict[str, type[Record]] = {"decisions": Decision, "actions": Action, "questions": Question, "topics": Topic}


def find(minutes: Minutes, item_id: str) -> tuple[str, Any]:
    """Return the list's name and the item with that id; raises InputError where there is none."""
    for kind in _KINDS:
        for item in getattr(minutes, kind):
            if item.id == item_id:
                return kind, item
    raise InputError("item_missing", item=item_id)


def edit(minutes: Minutes, transcript: Transcript, item_id: str, **changes: Any) -> Minutes:
    """Return the minutes with fields of one item changed; `verified` is set by the check, never by `changes`."""
    kind, old = find(minutes, item_id)
    new = _KINDS[kind].model_validate(dict(old) | changes | {"id": item_id})
    return _with(minutes, transcript, kind, [new if item.id == item_id else item for item in getattr(minutes, kind)])


def add(minutes: Minutes, transcript: Transcript, kind: Kind, **fields: Any) -> Minutes:
    """Return the minutes with an item more at the end of a list; without evidence it stands as unverified."""
    items = getattr(minutes, kind)
    number = 1 + max((int(item.id[1:]) for item in items if item.id[1:].isdigit()), default=0)
    new = _KINDS[kind].model_validate(fields | {"id": f"{kind[0]}{number}"})
    return _with(minutes, transcript, kind, [*items, new])


def delete(minutes: Minutes, transcript: Transcript, item_id: str) -> Minutes:
    """Return the minutes without that item; a decision that it had replaced is in force again."""
    kind, _ = find(minutes, item_id)
    kept = [item for item in getattr(minutes, kind) if item.id != item_id]
    if kind == "decisions":
        freed = {"state": "settled", "replaced_by": None}
        kept = [item.model_copy(update=freed) if item.replaced_by == item_id else item for item in kept]
    return _with(minutes, transcript, kind, kept)


def merge(minutes: Minutes, transcript: Transcript, item_ids: Sequence[str]) -> Minutes:
    """Return the minutes with the items of one list made into the first of them.

    The first keeps its words; an owner, a due date or a name that it lacks comes from the next that has it, and the
    evidence of all is kept. Raises InputError for fewer than two items or items of different lists.
    """
    found = [find(minutes, item_id) for item_id in dict.fromkeys(item_ids)]
    if len(found) < 2 or len({kind for kind, _ in found}) > 1 or found[0][0] == "topics":
        raise InputError("merge_needs_two")
    kind, first = found[0]
    changes: dict[str, Any] = {"evidence": _distinct(quote for _, item in found for quote in item.evidence)}
    for _, other in reversed(found):
        if kind == "actions":
            changes |= {"owner": other.owner} if other.owner else {}
            changes |= {"due": other.due} if other.due.spoken or other.due.date else {}
        elif kind == "decisions":
            changes |= {"decided_by": other.decided_by} if other.decided_by else {}
            changes["assent"] = tuple(dict.fromkeys((*other.assent, *changes.get("assent", ()))))
    if changes.get("owner"):
        changes["owner_candidates"] = ()
    merged = first.model_copy(update=changes)
    gone = {item.id for _, item in found[1:]}
    items = [merged if item.id == first.id else item for item in getattr(minutes, kind) if item.id not in gone]
    return _with(minutes, transcript, kind, items)


def rename_speaker(transcript: Transcript, minutes: Minutes, old: str, new: str) -> tuple[Transcript, Minutes]:
    """Return both with a speaker renamed wherever the name stands for the person; an existing name merges the two.

    Texts and quotes are what was said, so names inside them stay.
    """
    transcript = rename_in_transcript(transcript, old, new)

    def renamed(value: Any) -> Any:
        if isinstance(value, Record):
            changed = {name: renamed(field) for name, field in value if name in _NAME_FIELDS or _holds_records(field)}
            return value.model_copy(update=changed)
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(renamed(part) for part in value))
        return new if value == old else value

    update = {kind: tuple(renamed(item) for item in getattr(minutes, kind)) for kind in _KINDS}
    update["participants"] = recorded_participants(transcript)
    return transcript, checked(minutes.model_copy(update=update), transcript)


_NAME_FIELDS = {"speaker", "owner", "owner_candidates", "decided_by", "assent", "asked_by"}


def _holds_records(field: Any) -> bool:
    return isinstance(field, Record) or (isinstance(field, tuple) and any(isinstance(part, Record) for part in field))


def set_off_record(
    transcript: Transcript, minutes: Minutes, turns: Iterable[int], off: bool
) -> tuple[Transcript, Minutes]:
    """Return both with turns taken off the record, or put back on it.

    Taken off: every item that rests on such a turn goes, and topics that contain one are summarised anew, so that
    nothing private is left in words. Put back: what extraction finds in those turns is added.
    """
    touched = frozenset(turns)
    marked = mark_turns(transcript, touched, off)

    def touches(evidence: Iterable[Quote]) -> bool:
        return any(quote.turn in touched for quote in evidence)

    update: dict[str, Any] = {"participants": recorded_participants(marked)}
    if off:
        for kind in get_args(Kind):
            update[kind] = tuple(item for item in getattr(minutes, kind) if not touches(item.evidence))
        update["topics"] = _topics_again(minutes, marked, touched)
        minutes = minutes.model_copy(update=update)
    else:
        found = compose(marked, created_at=minutes.provenance.created_at, language=minutes.language)
        minutes = minutes.model_copy(update=update | {"topics": _topics_again(minutes, marked, touched)})
        for kind in get_args(Kind):
            for item in getattr(found, kind):
                if touches(item.evidence):
                    fields = {name: value for name, value in item if name not in {"id", "replaced_by", "verified"}}
                    minutes = add(minutes, marked, kind, **fields)
    return marked, checked(minutes, marked)


def set_title(minutes: Minutes, title: str) -> Minutes:
    """Return the minutes under another title; raises InputError where it is blank."""
    if not (words := " ".join(title.split())):
        raise InputError("title_missing")
    return minutes.model_copy(update={"title": words})


def set_sensitivity(minutes: Minutes, sensitivity: Sensitivity) -> Minutes:
    """Return the minutes with another level of who may see them."""
    return minutes.model_copy(update={"sensitivity": sensitivity})


def set_date(transcript: Transcript, minutes: Minutes, date: dt.date | None) -> tuple[Transcript, Minutes]:
    """Return both with the meeting's date as a person gives it; None makes it unknown.

    Due dates follow from the words spoken and the new date; one that a person had set stays.
    """
    source: DateSource | None = "given" if date else None
    actions = [action.model_copy(update={"due": _due_from(action.due, minutes, date)}) for action in minutes.actions]
    changed = minutes.model_copy(update={"date": date, "date_source": source, "actions": tuple(actions)})
    return replace(transcript, date=date, date_source=source), checked(changed, transcript)


def _due_from(due: Due, minutes: Minutes, date: dt.date | None) -> Due:
    if not due.spoken:
        return due
    before, after = (find_due(due.spoken, minutes.language, base) for base in (minutes.date, date))
    if len(after) != 1 or len(before) != 1 or before[0].date != due.date:
        return due
    found = after[0]
    return due.model_copy(update={"date": found.date, "confidence": found.confidence, "reason": found.reason})


def review(minutes: Minutes, status: Status, reviewer: str | None, at: dt.datetime) -> Minutes:
    """Return the minutes moved to a status by a named person at a moment; raises InputError where nobody is named."""
    return minutes.model_copy(update={"review": signed_review(status, reviewer, at)})


def signed_review(status: Status, reviewer: str | None, at: dt.datetime) -> Review:
    """Return who answers for a text from a moment on; raises InputError where nobody is named."""
    if status not in STATUSES:
        raise InputError("status_unknown", status=status)
    name = (reviewer or "").strip()
    if status != "projet" and not name:
        raise InputError("reviewer_missing")
    return Review() if status == "projet" else Review(status=status, reviewer=name, at=at)


def _topics_again(minutes: Minutes, transcript: Transcript, touched: frozenset[int]) -> tuple[Topic, ...]:
    topics: list[Topic] = []
    for topic in minutes.topics:
        span = range(topic.first or 0, (topic.last if topic.last is not None else len(transcript.turns) - 1) + 1)
        if touched.isdisjoint(span):
            topics.append(topic)
        else:
            topics.extend(find_topics(utterances(transcript.turns[span.start : span.stop]), transcript))
    return numbered(topics, "t")


def _with(minutes: Minutes, transcript: Transcript, kind: str, items: Sequence[Any]) -> Minutes:
    return checked(minutes.model_copy(update={kind: tuple(items)}), transcript)


def _distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(sorted(dict.fromkeys(quotes), key=lambda quote: quote.turn))
