import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from assistai.export import export
from assistai.export.follow_ups import follow_ups
from assistai.meetings.minutes import Decision, Due
from assistai.meetings.transcript import Transcript, Turn
from assistai.records import Quote

MONDAY = dt.date(2026, 3, 2)


def calendar(minutes, settings, **changes):
    return Calendar.from_ical(export(minutes.model_copy(update=changes), "ics", settings=settings))


def test_actions_with_a_date_are_tasks_with_owner_and_quote(minutes, settings):
    (task,) = calendar(minutes, settings).todos
    assert task["summary"] == "Réserver la salle – Sophie Martin"
    assert task["due"].dt == dt.date(2026, 3, 6)
    assert task["due"].params["VALUE"] == "DATE"
    assert "« tu réserves la salle pour vendredi ? » – Paul Durand, 01:02:03" in task["description"].replace(
        "\u00a0", " "
    )
    assert task["dtstamp"].dt == dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def test_an_unverified_task_says_so(minutes, settings):
    action = minutes.actions[0].model_copy(update={"verified": False})
    (task,) = calendar(minutes, settings, actions=(action,)).todos
    assert "[non vérifié]" in task["summary"]


def test_identifiers_stay_when_the_text_is_edited_and_differ_between_items(minutes, settings):
    first, last = minutes.actions[0], minutes.actions[1].model_copy(update={"due": Due(date=MONDAY)})
    before = [task["uid"] for task in calendar(minutes, settings, actions=(first, last)).todos]
    edited = first.model_copy(update={"task": "Réserver la grande salle"})
    after = [task["uid"] for task in calendar(minutes, settings, actions=(edited, last)).todos]
    assert before == after
    assert len(set(before)) == 2


def test_lines_end_in_crlf_and_are_folded(minutes, settings):
    content = export(minutes, "ics", settings=settings)
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_a_follow_up_meeting_is_an_event_in_the_time_zone(minutes, settings):
    said = Quote(turn=4, speaker="Paul", quote="La prochaine réunion aura lieu le jeudi 12 mars à 14 h 30.")
    decision = Decision(id="d9", text="Réunion le 12 mars.", evidence=(said,), verified=True)
    for zone, offset in (("Europe/Paris", 1), ("America/Montreal", -4)):
        read = calendar(minutes, settings.model_copy(update={"timezone": zone}), decisions=(decision,))
        (event,) = read.events
        assert event["dtstart"].dt == dt.datetime(2026, 3, 12, 14, 30, tzinfo=ZoneInfo(zone))
        assert event["dtstart"].dt.utcoffset() == dt.timedelta(hours=offset)
        assert event["dtstart"].params["TZID"] == zone
        assert [definition.tz_name for definition in read.timezones] == [zone]


@pytest.mark.parametrize(
    ("sentence", "day", "time"),
    [
        ("On se revoit jeudi 12 mars à 14h.", 12, dt.time(14)),
        ("On refait un point lundi 9 mars.", 9, None),
        ("La prochaine réunion est fixée au 20 mars 2026 à 9 heures.", 20, dt.time(9)),
        ("Jeudi 12 mars à midi on se retrouve pour un comité.", 12, dt.time(12)),
        ("Let's meet again on Thursday, March 12 at 2:30 pm.", 12, dt.time(14, 30)),
        ("The next meeting will be on Friday at 10 am.", 6, dt.time(10)),
        ("Let's meet on Friday at 3.", 6, None),
    ],
)
def test_what_is_a_meeting_to_come(sentence, day, time, minutes):
    decision = Decision(text="Point.", evidence=(Quote(turn=0, quote=sentence),), verified=True)
    (found,) = follow_ups(minutes.model_copy(update={"decisions": (decision,)}))
    assert (found.date, found.time) == (dt.date(2026, 3, day), time)


@pytest.mark.parametrize(
    "sentence",
    [
        "Il faut organiser une réunion avant jeudi.",
        "On prépare la réunion de jeudi.",
        "On se revoit la semaine prochaine.",
        "La prochaine réunion n'est pas jeudi 12 mars.",
        "Si on se revoit jeudi, on en parle.",
        "La réunion de jeudi est annulée.",
        "On se revoit jeudi 12 ou vendredi 13 mars.",
        "Let's meet by Friday.",
        "I have a meeting on Friday.",
        "On résout de se voir confier le dossier jeudi.",
        "The next meeting will not be on Friday.",
        "Passons au point suivant, le budget de mars.",
        "Je rends le rapport jeudi 12 mars à 14 h.",
    ],
)
def test_what_is_not(sentence, minutes):
    decision = Decision(text="Point.", evidence=(Quote(turn=0, quote=sentence),), verified=True)
    assert follow_ups(minutes.model_copy(update={"decisions": (decision,)})) == []


def test_a_revoked_meeting_is_no_event(minutes):
    turn = Turn(0, "Paul", "On se revoit jeudi 12 mars.")
    decision = Decision(text="Point.", evidence=(turn.quote(0, 27),), verified=True, state="revoked")
    changed = minutes.model_copy(update={"decisions": (decision,)})
    assert follow_ups(changed) == []
    assert follow_ups(changed, Transcript((turn,))) == []


def test_the_transcript_is_searched_too_but_not_off_the_record(minutes):
    turns = (
        Turn(0, "Paul", "Merci. On se revoit jeudi 12 mars à 10 h. Bonne journée.", 5.0, 9.0),
        Turn(1, "Paul", "On se revoit vendredi 13 mars.", off_record=True),
    )
    (found,) = follow_ups(minutes, Transcript(turns))
    assert (found.date, found.time) == (dt.date(2026, 3, 12), dt.time(10))
    assert (found.evidence.quote, found.evidence.start) == ("On se revoit jeudi 12 mars à 10 h.", 5.0)
