"""Changes to an invitation: its updates and its cancellation keep its UID and count on (RFC 5545, 3.8.7.4)."""

from __future__ import annotations

import datetime as dt

from assistai.drafting.draft import Attendance, Recipient


def moved(
    event: Attendance,
    *,
    day: dt.date | None,
    start: dt.time | None,
    end: dt.time | None,
    place: str,
    organiser: Recipient | None,
    timezone: dt.tzinfo,
) -> Attendance:
    """Return the meeting at another moment or place; the same where nothing differs.

    Without a day there is neither start nor end; an end that is not after the start is left out.
    """
    begins = dt.datetime.combine(day, start, timezone) if day and start else None
    ends = dt.datetime.combine(day, end, timezone) if day and start and end and end > start else None
    changed = event.model_copy(
        update={"day": day, "start": begins, "end": ends, "place": place.strip(), "organiser": organiser}
    )
    return event if changed == event else changed.model_copy(update={"sequence": event.sequence + 1})


def cancelled(event: Attendance, *, off: bool = True) -> Attendance:
    """Return the meeting cancelled, or held after all."""
    if event.cancelled == off:
        return event
    return event.model_copy(update={"cancelled": off, "sequence": event.sequence + 1})
