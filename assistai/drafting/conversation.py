"""What a reply takes from its thread, as a brief takes it from its notes: subject, date, whom it speaks to."""

from __future__ import annotations

from dataclasses import replace

from assistai.drafting.brief import Brief, Note
from assistai.drafting.draft import Source
from assistai.drafting.kinds import Kind
from assistai.drafting.mentions import Mention, Moment
from assistai.drafting.people import Person, given_name_first, parse_person
from assistai.drafting.placeholders import placeholder
from assistai.drafting.replies import ReplyFrame
from assistai.drafting.thread import Thread
from assistai.drafting.values import Value
from assistai.i18n import translate
from assistai.language.typography import format_date
from assistai.records import Language


def answered_brief(brief: Brief, kind: Kind, thread: Thread, frame: ReplyFrame, answering: int = 0) -> Brief:
    """Return the brief with what the thread gives: what it says itself goes before."""
    message = thread.messages[answering]
    values = dict(brief.values)
    if message.date is not None and kind.field("received"):
        day = message.date.date()
        words = format_date(day, brief.language)
        moment = Moment(day, None, day_written=True, year_written=True)
        values.setdefault("received", Value(words, moments=(Mention("date", words, 0, len(words), moment),)))
    if kind.topic and kind.field(kind.topic):
        values.setdefault(kind.topic, Value(frame.subject.removeprefix("Re: ") or thread.subject))
    notes = brief.notes
    if not brief.text.strip() and kind.id == "reply":
        notes = (Note(placeholder("réponse" if brief.language == "fr" else "answer", brief.language)),)
    return replace(brief, values=values, notes=notes, to=brief.to or _people(frame))


def _people(frame: ReplyFrame) -> tuple[Person, ...]:
    people = [one for one in frame.recipients if one.field == "to"]
    named = (parse_person(given_name_first(one.name)) if one.name else Person() for one in people)
    return tuple(replace(person, address=one.address) for person, one in zip(named, people, strict=True))


def message_dates(thread: Thread, language: Language) -> tuple[Source, ...]:
    """Return the days on which the mails were sent, as sources of facts."""
    return tuple(
        Source(
            name=translate("drafts.thread_message", language, number=number),
            text=format_date(message.date.date(), language, weekday=True),
            date=message.date.date(),
        )
        for number, message in enumerate(thread.messages, 1)
        if message.date is not None
    )
