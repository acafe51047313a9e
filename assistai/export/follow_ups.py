"""Meetings to come that were agreed in this one: only where a meeting word and a certain day stand in one sentence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistai.language.dates import find_due
from assistai.language.dates.numbers import number
from assistai.language.sentences import sentence_spans, sentences
from assistai.language.words import detect_language
from assistai.meetings.minutes import Minutes
from assistai.meetings.transcript import Transcript
from assistai.records import Language, Quote

_FRENCH_MEETING = (
    r"(?:réunions?|comités?|copil|codir|séance|rendez-vous|rdv|visio(?:conférence)?|atelier|entretien|assemblée|"
    r"conseil d['’]administration|conférence téléphonique|conf call|call)"
)
_ENGLISH_MEETING = (
    r"(?:meeting|call|session|workshop|catch[- ]up|check[- ]in|stand-?up|review meeting|steering committee)"
)
_ARRANGED = {
    "fr": re.compile(
        rf"\b(?:prochaine?s?|nouve(?:lle|au)|autre)\s+{_FRENCH_MEETING}\b"
        r"|\b(?:on|nous)\s+(?:se|nous|vous)\s+(?:re)?(?:voit|voyons|verra|verrons|trouve|trouvons|trouvera|trouverons|"
        r"réunit|réunissons|réunira|réunirons)\b"
        r"|\b(?:se\s+)(?:revoir|retrouver|réunir)\b"
        r"|\b(?:re)?(?:fai(?:re|t|sons)|fix(?:er?|ons|é)|cal(?:er?|ons|é)|planifi(?:er?|ons|é)|prévo(?:ir|it|yons)|prévu|"
        r"programm(?:er?|ons|é)|organis(?:er?|ons|é)|tenir|tient)\s+(?:une?|la|le|notre|cette|ce|l['’])?\s*"
        rf"(?:prochaine?\s+|nouve(?:lle|au)\s+|autre\s+|petite?\s+)?(?:{_FRENCH_MEETING}|point)\b"
        rf"|\b{_FRENCH_MEETING}\b[^.?!]{{0,60}}\b(?:aura lieu|se tiendra|est (?:fixée?|prévue?|calée?|programmée?))\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"\b(?:next|another|follow-up|new)\s+{_ENGLISH_MEETING}\b"
        r"|\b(?:let['’]?s|we['’]?ll|we will|we shall|we can)\s+(?:all\s+)?(?:meet|reconvene|regroup|catch up)\b"
        r"|\b(?:schedul|book|organi[sz]|arrang|hold|plan|fix|set up|we have|we['’]ll hav)(?:e|ed|ing)?\s+"
        rf"(?:an?|the|our|another)?\s*(?:[\w-]+\s+)?{_ENGLISH_MEETING}\b"
        rf"|\b{_ENGLISH_MEETING}\b[^.?!]{{0,60}}\b(?:will (?:be|take place)|takes place|"
        r"is (?:set|scheduled|planned|on))\b",
        re.IGNORECASE,
    ),
}
_DOUBTFUL = re.compile(
    r"\b(?:annul|décal|supprim|cancel|postpon)|\b(?:report(?:er|ons|ez|ée?)|pas|si|peut-être|éventuellement|not|cannot|no|if|"
    r"maybe|perhaps|might)\b|n['’]t\b",
    re.IGNORECASE,
)
_BY = (
    r"\b(?:avant|d['’]ici|au plus tard|dernier délai|jusqu['’]\w+|pour|après|depuis|sous|by|before|until|no later than|"
    r"after|for|within|since)\b"
)
_DEADLINE = re.compile(_BY, re.IGNORECASE)
_DEADLINE_BEFORE = re.compile(rf"{_BY}\W+(?:(?:le|la|the|on)\W+)?$", re.IGNORECASE)
_ONE_DAY = re.compile(
    r"\d|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|premier|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|tomorrow)\b",
    re.IGNORECASE,
)
_FRENCH_HOUR = re.compile(
    r"(?<!\w)(?P<before>[àÀ]|de|dès)\s+(?:(?P<noon>midi)\b|(?P<hour>\d{1,2}|[a-zé-]+)\s?(?:heures?|h)"
    r"(?:\s?(?P<minute>[0-5]\d|[a-zé-]+))?(?!\w))(?P<half>\s+du (?:soir|matin)|\s+de l['’]après-midi)?",
    re.IGNORECASE,
)
_ENGLISH_HOUR = re.compile(
    r"\b(?:at|from)\s+(?:(?P<noon>noon)\b|(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?m\b\.?)?(?!\d))",
    re.IGNORECASE,
)
_WITHIN = 100
_CERTAIN = 0.6
_YEARS = 3


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A meeting to come: the sentence that says so, its day and, only where it was said, its time."""

    text: str
    date: dt.date
    time: dt.time | None
    evidence: Quote
    verified: bool


def follow_ups(minutes: Minutes, transcript: Transcript | None = None) -> list[FollowUp]:
    """Return the meetings to come that the quotes of the minutes announce, in order, each day and time once.

    With the transcript, all that was said on the record is read. Left out are deadlines ("avant jeudi"), stretches of
    days ("la semaine prochaine"), what is denied or conditional, and what was revoked.
    """
    nearby = (minutes.date or minutes.provenance.created_at).year
    found: dict[tuple[dt.date, dt.time | None], FollowUp] = {}
    for quote, verified in _quotes(minutes, transcript):
        for sentence in sentences(quote.quote):
            arranged = _arranged(sentence, detect_language(sentence, minutes.language), minutes.date)
            if arranged and abs(arranged[0].year - nearby) <= _YEARS:
                found.setdefault(arranged, FollowUp(sentence, *arranged, quote, verified))
    timed = {date for date, time in found if time}
    return [follow_up for (date, time), follow_up in found.items() if time or date not in timed]


def _quotes(minutes: Minutes, transcript: Transcript | None) -> Iterator[tuple[Quote, bool]]:
    """Yield the quotes that may announce a meeting and whether the check vouches for them."""
    revoked = [quote for item in minutes.decisions if item.state != "settled" for quote in item.evidence]
    sources = [(item.evidence, item.verified) for item in minutes.decisions]
    sources += [(item.evidence, item.verified) for item in minutes.actions]
    sources += [(statement.evidence, True) for topic in minutes.topics for statement in topic.summary]
    for turn in transcript.turns if transcript else ():
        if not turn.off_record:
            spans = sentence_spans(turn.text) if any(kind.search(turn.text) for kind in _ARRANGED.values()) else []
            sources.append((tuple(turn.quote(*span) for span in spans), True))
    withdrawn = {(quote.turn, sentence) for quote in revoked for sentence in sentences(quote.quote)}
    for evidence, verified in sources:
        for quote in evidence:
            if not any((quote.turn, sentence) in withdrawn for sentence in sentences(quote.quote)):
                yield quote, verified


def _arranged(sentence: str, language: Language, base: dt.date | None) -> tuple[dt.date, dt.time | None] | None:
    meeting = _ARRANGED[language].search(sentence)
    if meeting is None or _DOUBTFUL.search(sentence):
        return None
    hours = list((_FRENCH_HOUR if language == "fr" else _ENGLISH_HOUR).finditer(sentence))
    plain = sentence.replace(",", " ")
    for hour in hours:
        plain = plain[: hour.start()] + " " * len(hour.group()) + plain[hour.end() :]
    days = _days(plain[meeting.end() :][:_WITHIN], language, base) or _days(plain[: meeting.start()], language, base)
    times = {time for hour in hours if (time := _clock(hour)) is not None}
    return (days.pop(), times.pop() if len(times) == 1 else None) if len(days) == 1 else None


def _days(words: str, language: Language, base: dt.date | None) -> set[dt.date]:
    """Return the days to come that the words name for certain: no deadline, no stretch of days."""
    return {
        due.date
        for due in find_due(words, language, base)
        if due.date is not None
        and (base is None or due.date >= base)
        and due.confidence >= _CERTAIN
        and _ONE_DAY.search(due.spoken)
        and not _DEADLINE.search(due.spoken)
        and not _DEADLINE_BEFORE.search(words[: due.start])
    }


def _clock(match: re.Match[str]) -> dt.time | None:
    if match["noon"]:
        return dt.time(12)
    hour = number(match["hour"].lower())
    minute = number(match["minute"].lower()) if match["minute"] else 0
    if hour is None or minute is None or hour > 23 or minute > 59:
        return None
    half = (match["half"] or "").lower().strip()
    if half.startswith("p") or "soir" in half or "après" in half:
        hour += 12 if hour < 12 else 0
    elif half.startswith("a") and hour == 12:
        hour = 0
    elif not half and hour < 7:
        return None
    return dt.time(hour, minute)
