"""The receipt of a draft: what code finds in its text, whoever wrote it, and all that goes with it.

Facts and promises with their sources, style, placeholders, notes without a place, answers; and on a first draft its
recipients, its event and what whoever signs should know.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from assistai.drafting.asked import answers
from assistai.drafting.brief import Brief
from assistai.drafting.composition import Composed, Orders
from assistai.drafting.draft import Attendance, Draft, DraftProvenance, Recipient, Source
from assistai.drafting.factcheck import check_facts
from assistai.drafting.housestyle import find_style
from assistai.drafting.kinds import Kind, load_kinds
from assistai.drafting.linter import lint
from assistai.drafting.mentions import Moment
from assistai.drafting.people import same_names
from assistai.drafting.placeholders import placeholders
from assistai.drafting.placing import unplaced
from assistai.drafting.principal import Principal, find_principal
from assistai.i18n import translate
from assistai.language.typography import format_date
from assistai.records import Language
from assistai.settings import Settings


def receipted(
    composed: Composed,
    brief: Brief,
    orders: Orders,
    sources: Sequence[Source],
    settings: Settings,
    now: dt.datetime,
) -> Draft:
    """Return the draft of a text, with facts, style and placeholders as code finds them, whoever wrote it."""

    language, kind = orders.language, orders.kind
    recipients = tuple(
        Recipient(name=person.shown(language), address=person.address, field=field)
        for field, people in (("to", brief.to), ("cc", brief.cc))
        for person in people
    )
    people = (
        f"{one.shown(language)} {one.title} {one.organisation} {one.postal} {one.address}"
        for one in (*brief.to, *brief.cc)
    )
    written = "\n".join((composed.subject, composed.body, composed.raw, *people, brief.signer, str(orders.degree)))
    traced = (Source(name=translate("drafting.source_brief", language), text=brief.text, date=brief.base), *sources)
    facts, promises = check_facts(
        composed.body,
        (*traced, *_own_sources(language, orders.today, orders.principal, settings)),
        language,
        base=brief.base,
    )
    missing = unplaced(brief.text, written, language, brief.base, implied=_implied(kind))
    left = tuple(dict.fromkeys((*brief.lost, *composed.unplaced, *missing)))
    return Draft(
        kind=kind.id,
        language=language,
        subject=composed.subject,
        body=composed.body,
        placeholders=placeholders(composed.subject, composed.body),
        facts=facts,
        promises=promises,
        style=lint(composed.body, orders.style, medium=kind.medium if kind.salutation else None),
        unplaced=left,
        recipients=recipients,
        attachments=brief.attachments,
        event=_event(brief, orders, settings, now) if kind.event else None,
        house_style=orders.style.id,
        principal=orders.principal.id if orders.principal else None,
        tone=orders.tone,
        familiar=orders.familiar,
        notices=tuple(translate(f"drafting.{code}", language) for code in _notices(brief, orders)),
        sources=traced,
        provenance=DraftProvenance(created_at=now),
    )


def receipted_anew(draft: Draft, settings: Settings, today: dt.date) -> Draft:
    """Return a draft with facts, style, placeholders, unplaced notes and answers found anew in its text."""

    kind = load_kinds(settings.drafting_dir).get(draft.kind)
    style = find_style(draft.house_style, draft.language, settings.drafting_dir)
    profile = find_principal(draft.principal, settings.drafting_dir)
    base = draft.sources[0].date if draft.sources else today
    own = _own_sources(draft.language, base or today, profile, settings)
    facts, promises = check_facts(draft.body, (*draft.sources, *own), draft.language, base=base)
    people = (f"{one.name} {one.address}" for one in draft.recipients)
    written = "\n".join((draft.subject, draft.body, *people))
    missing: tuple[str, ...] = ()
    if draft.sources:
        missing = unplaced(draft.sources[0].text, written, draft.language, base, implied=_implied(kind))
    return draft.model_copy(
        update={
            "facts": facts,
            "promises": promises,
            "style": lint(draft.body, style, medium=kind.medium if kind.salutation else None),
            "placeholders": placeholders(draft.subject, draft.body),
            "unplaced": missing,
            "questions": answers(draft.body, draft.questions),
        }
    )


def _own_sources(
    language: Language, today: dt.date, profile: Principal | None, settings: Settings
) -> tuple[Source, ...]:
    """Return what a draft may say beyond its brief: the day's date, and the signature's own facts."""

    own = [Source(name=translate("drafting.source_today", language), text=format_date(today, language, weekday=True))]
    if profile is not None:
        lines = (
            profile.name,
            profile.title,
            profile.organisation,
            profile.phone,
            profile.address,
            profile.assistant,
        )
        text = "\n".join((*lines, profile.assistant_title, profile.signature, *profile.closings.values()))
        own.append(Source(name=translate("drafting.source_profile", language, name=profile.name), text=text))
    if settings.organisation:
        name = translate("drafting.source_organisation", language)
        own.append(Source(name=name, text=settings.organisation))
    return tuple(own)


def _event(brief: Brief, orders: Orders, settings: Settings, now: dt.datetime) -> Attendance:
    """Return what a calendar file of the draft needs; what the brief does not say stays None."""

    date, time, place = (brief.values.get(name) for name in ("date", "time", "place"))
    moments = [mention.value.date for mention in date.moments if isinstance(mention.value, Moment)] if date else []
    zone = ZoneInfo(settings.timezone)
    start = dt.datetime.combine(moments[0], time.times[0], zone) if moments and time else None
    end = dt.datetime.combine(moments[-1], time.times[1], zone) if moments and time and len(time.times) > 1 else None
    link = brief.values.get("link")
    profile = orders.principal
    unique = hashlib.sha256(f"{orders.kind.id}\n{brief.text}\n{now.isoformat()}".encode()).hexdigest()
    return Attendance(
        uid=f"{unique[:32]}@assistai",
        start=start,
        end=end,
        day=moments[0] if moments else None,
        place=place.text if place else link.text if link else "",
        organiser=Recipient(name=profile.name, address=profile.address) if profile else None,
    )


def _implied(kind: Kind) -> str:
    """Return the words by which a brief names the kind and its fields: a draft need not repeat them."""
    return " ".join((*kind.names.both(), *(label for field in kind.fields for label in field.labels.both())))


def _notices(brief: Brief, orders: Orders) -> list[str]:
    """Return what a reader of the draft should know: codes of the `drafting` catalogue."""

    notices = []
    for field in orders.kind.fields:
        value = brief.values.get(field.id)
        if field.type != "date" or field.past or value is None:
            continue
        first = value.moments[0].value
        if isinstance(first, Moment) and first.date < orders.today:
            notices.append("past_date")
        if isinstance(first, Moment) and first.weekday_differs:
            notices.append("weekday_wrong")
    deadline, event = (brief.values.get(name) for name in ("deadline", "date"))
    if orders.kind.event and deadline and event and deadline.moments and event.moments:
        last, day = deadline.moments[0].value, event.moments[0].value
        if isinstance(last, Moment) and isinstance(day, Moment) and last.date > day.date:
            notices.append("deadline_late")
    if same_names((*brief.to, *brief.cc)):
        notices.append("same_name")
    if orders.style.language != orders.language:
        notices.append("style_other_language")
    if re.search(
        r"(?i)ignore[sz]? (?:toutes? |all |the |les )*(?:previous|precedent|précédent|instructions)", brief.text
    ):
        notices.append("instruction_in_brief")
    return list(dict.fromkeys(notices))
