"""Invitations: a meeting request (RFC 5546) that Outlook, Google and Thunderbird put into the calendar.

An update or a cancellation carries the same UID and a higher SEQUENCE (RFC 5545, 3.8.7.4).
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from assistai.drafting.draft import Attendance, Draft, Recipient

_PREFIX = re.compile(
    r"(?:invitation|convocation|annulation|cancell?ation|mise à jour|ordre du jour|agenda)[\s\u00a0]*:\s*",
    re.IGNORECASE,
)
_YEARS_AHEAD = 2
_VALID = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;:]+\.[^\s@<>\"',;:]+")


def render(draft: Draft, event: Attendance, timezone: str) -> bytes:
    """Return the invitation in `timezone`, defined inside; a whole day where no time is known.

    Without an organiser's address it is an event to take over (METHOD:PUBLISH), since nobody could be answered. An end
    that nobody said is left out. Recipients without an address are not named.
    """
    zone = ZoneInfo(timezone)
    organiser = event.organiser if event.organiser and _VALID.fullmatch(event.organiser.address) else None
    method = "PUBLISH" if organiser is None else "CANCEL" if event.cancelled else "REQUEST"
    calendar = Calendar()
    calendar.add("prodid", f"-//assistai//invitation//{draft.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    start = event.start.astimezone(zone) if event.start else event.day
    if isinstance(start, dt.datetime):
        first = dt.date(max(1, start.year - 1), 1, 1)
        last = dt.date(min(9998, start.year + _YEARS_AHEAD), 1, 1)
        calendar.add_component(Timezone.from_tzinfo(zone, timezone, first_date=first, last_date=last))
    calendar.add_component(_event(draft, event, start, zone, organiser))
    content: bytes = calendar.to_ical()
    return content


def _event(
    draft: Draft, event: Attendance, start: dt.datetime | dt.date | None, zone: ZoneInfo, organiser: Recipient | None
) -> Event:
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", draft.provenance.created_at.astimezone(dt.UTC))
    entry.add("summary", _PREFIX.sub("", draft.subject, count=1) or draft.subject)
    if start is not None:
        entry.add("dtstart", start)
    if event.end and isinstance(start, dt.datetime) and event.end > start:
        entry.add("dtend", event.end.astimezone(zone))
    if event.place:
        entry.add("location", event.place)
    entry.add("description", draft.body.strip())
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("transp", "OPAQUE" if isinstance(start, dt.datetime) else "TRANSPARENT")
    if organiser is not None:
        entry["organizer"] = _person(organiser)
        for one in draft.recipients:
            if _VALID.fullmatch(one.address) and one.address.lower() != organiser.address.lower():
                attendee = _person(one)
                attendee.params["cutype"] = vText("INDIVIDUAL")
                attendee.params["role"] = vText("REQ-PARTICIPANT" if one.field == "to" else "OPT-PARTICIPANT")
                attendee.params["partstat"] = vText("NEEDS-ACTION")
                attendee.params["rsvp"] = vText("FALSE" if event.cancelled else "TRUE")
                entry.add("attendee", attendee, encode=False)
    return entry


def _person(one: Recipient) -> vCalAddress:
    address = vCalAddress(f"mailto:{one.address}")
    if one.name:
        address.params["cn"] = vText(one.name.replace('"', ""))
    return address
