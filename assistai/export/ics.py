"""The calendar file: actions with a resolved date as tasks, meetings to come as events (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, Todo

from assistai.export.follow_ups import FollowUp, follow_ups
from assistai.export.view import ActionView, MinutesView
from assistai.export.wording import quote_view
from assistai.meetings.minutes import Action, Minutes
from assistai.meetings.transcript import Transcript

_NAMESPACE = uuid.UUID("b3b5a1f6-4f0e-5d6c-9a51-0f8f6b1d2c77")
_YEARS_AHEAD = 5


def render(
    minutes: Minutes, view: MinutesView, created_at: dt.datetime, timezone: str, transcript: Transcript | None = None
) -> bytes:
    """Return the calendar in `timezone`, defined inside; each UID is stable for the source and the item.

    `created_at`, in UTC, stamps every entry, so that the same minutes give the same file. An event has a time only
    where one was said, else it lasts all day; an end that nobody said is left out. With the transcript, meetings to
    come are looked for in all that was said on the record. No invitations: minutes hold no addresses.
    """
    zone = ZoneInfo(timezone)
    calendar = Calendar()
    calendar.add("prodid", f"-//assistai//minutes//{view.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", view.title)
    calendar.add("x-wr-caldesc", view.notice)
    calendar.add("x-wr-timezone", timezone)
    meetings = follow_ups(minutes, transcript)
    calendar.add_component(_timezone(zone, timezone, minutes, meetings))
    for record, action in zip(minutes.actions, view.actions, strict=True):
        if record.due.date:
            calendar.add_component(_task(minutes, view, created_at, record, action))
    for meeting in meetings:
        calendar.add_component(_event(minutes, view, created_at, meeting, zone))
    content: bytes = calendar.to_ical()
    return content


def _timezone(zone: ZoneInfo, name: str, minutes: Minutes, meetings: Iterable[FollowUp]) -> Timezone:
    years = [(minutes.date or minutes.provenance.created_at).year, *(meeting.date.year for meeting in meetings)]
    first, last = max(1, min(years) - 1), min(9998, max(years) + _YEARS_AHEAD)
    return Timezone.from_tzinfo(zone, name, first_date=dt.date(first, 1, 1), last_date=dt.date(last, 1, 1))


def _task(minutes: Minutes, view: MinutesView, created_at: dt.datetime, record: Action, action: ActionView) -> Todo:
    labels = view.labels
    task = Todo()
    task.add("uid", _uid(minutes, f"action {record.id or record.task}"))
    task.add("dtstamp", created_at)
    task.add("summary", f"{action} – {action.owner}")
    task.add("due", record.due.date)
    task.add("status", "NEEDS-ACTION")
    lines = [
        f"{labels['owner']} – {action.owner}",
        f"{labels['due']} – {' – '.join(filter(None, (action.due.text, action.due.spoken, action.due.note)))}",
        *(str(quote) for quote in action.evidence),
    ]
    task.add("description", _description(view, lines))
    if record.owner:
        task.add("contact", action.owner)
    return task


def _event(minutes: Minutes, view: MinutesView, created_at: dt.datetime, meeting: FollowUp, zone: ZoneInfo) -> Event:
    event = Event()
    moment = dt.datetime.combine(meeting.date, meeting.time, zone) if meeting.time else meeting.date
    event.add("uid", _uid(minutes, f"event {moment.isoformat()}"))
    event.add("dtstamp", created_at)
    mark = "" if meeting.verified else f" [{view.labels['unverified']}]"
    event.add("summary", f"{view.labels['follow_up']} – {view.title}{mark}")
    event.add("dtstart", moment)
    event.add("description", _description(view, [str(quote_view(meeting.evidence, view.language))]))
    event.add("transp", "OPAQUE" if meeting.time else "TRANSPARENT")
    return event


def _description(view: MinutesView, lines: Iterable[str]) -> str:
    return "\n".join((f"{view.title}, {view.date}", *lines, view.notice))


def _uid(minutes: Minutes, item: str) -> str:
    source = minutes.provenance.source_sha256 or f"{minutes.title} {minutes.date}"
    return f"{uuid.uuid5(_NAMESPACE, f'{source} {item}')}@assistai"
