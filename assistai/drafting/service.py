"""The drafts service: the one class behind the page, the command and the Python API. It drafts; it never sends."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistai.drafting.draft import (
    Attendance,
    Draft,
    DraftProvenance,
    Recipient,
    Source,
    StyleFinding,
    TextCheck,
)
from assistai.errors import SettingsError
from assistai.i18n import translate
from assistai.records import Language
from assistai.settings import Settings

if TYPE_CHECKING:
    from assistai.drafting.brief import Brief
    from assistai.drafting.composition import Composed, Orders
    from assistai.drafting.housestyle import HouseStyle
    from assistai.drafting.kinds import Kind, Medium
    from assistai.drafting.principal import Principal
    from assistai.models.chat import ChatModel

BriefInput = Path | str | bytes | Mapping[str, Any] | Sequence[str]
"""A brief: a file, its text, its bytes, labelled values, or a list of notes."""


class Drafts:
    """Drafts messages from briefs and threads, checks any text, revises drafts.

    `chat_model` gives the model that writes the prose, or None; it is asked for at the first draft that wants one.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], dt.datetime],
        chat_model: Callable[[], ChatModel | None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._chat_model = chat_model

    def kinds(self) -> tuple[Kind, ...]:
        """Return the kinds of message that are known, ours and the organisation's."""
        from assistai.drafting.kinds import load_kinds

        return tuple(load_kinds(self._settings.drafting_dir))

    def styles(self) -> tuple[HouseStyle, ...]:
        """Return the house styles that are known."""
        from assistai.drafting.housestyle import load_styles

        return tuple(load_styles(self._settings.drafting_dir).values())

    def principals(self) -> tuple[Principal, ...]:
        """Return the profiles of the people for whom drafts are written."""
        from assistai.drafting.principal import load_principals

        return tuple(load_principals(self._settings.drafting_dir).values())

    def draft(
        self,
        kind: str,
        brief: BriefInput,
        *,
        language: Language | None = None,
        tone: str | None = None,
        principal: str | None = None,
        style: str | None = None,
        sources: Sequence[Source] = (),
        date: dt.date | None = None,
        familiar: bool | None = None,
        subject: str = "",
        use_model: bool = True,
    ) -> Draft:
        """Return a draft of a kind from a brief.

        `kind` is a name in French or English ("relance", "out-of-office"). `language` is by default the brief's,
        `tone` the brief's, the principal's or the kind's. `sources` are texts beside the brief that facts may be traced
        to. `date` is the day that "mardi" counts from, by default today. Raises SettingsError (unknown kind, style,
        principal or tone), InputError (the brief is empty, too long or unreadable).
        """
        from assistai.drafting.brief import parse_brief
        from assistai.drafting.kinds import load_kinds
        from assistai.drafting.principal import find_principal
        from assistai.drafting.reading import read_brief, require_text

        wanted = load_kinds(self._settings.drafting_dir).get(kind)
        profile = find_principal(principal or self._settings.principal, self._settings.drafting_dir)
        text = require_text(read_brief(brief))
        today = date or self._today()
        read = parse_brief(text, wanted, language, today)
        orders = self._orders(
            read, wanted, profile, tone=tone, style=style, familiar=familiar, subject=subject, today=today
        )
        return self._drafted(read, orders, sources, use_model=use_model)

    def check(
        self,
        text: str,
        *,
        sources: Sequence[Source] = (),
        language: Language | None = None,
        style: str | None = None,
        medium: Medium | None = None,
        date: dt.date | None = None,
    ) -> TextCheck:
        """Return what the house style and the fact check say of any text.

        Facts are traced to `sources` only. `medium` ("mail", "letter") also looks for salutation and closing formula.
        Raises InputError where the text is blank or too long, SettingsError where the style is unknown.
        """
        from assistai.drafting.composition import placeholders
        from assistai.drafting.factcheck import check_facts
        from assistai.drafting.housestyle import find_style
        from assistai.drafting.linter import lint
        from assistai.drafting.reading import read_text, require_text
        from assistai.language.words import detect_language

        text = require_text(read_text(text))
        spoken = language or detect_language(text)
        house = find_style(style or self._settings.house_style, spoken, self._settings.drafting_dir)
        facts, promises = check_facts(text, sources, spoken, base=date or self._today())
        return TextCheck(
            language=spoken,
            text=text,
            facts=facts,
            promises=promises,
            style=lint(text, house, medium=medium),
            placeholders=placeholders(text),
            house_style=house.id,
        )

    def fix_style(
        self, text: str, findings: Sequence[StyleFinding] = (), *, style: str = "", language: Language = "fr"
    ) -> str:
        """Return a text with the fixes of some findings made; of every finding that has one where none are given."""
        from assistai.drafting.housestyle import find_style
        from assistai.drafting.linter import apply_fixes, lint

        if findings:
            return apply_fixes(text, findings)
        house = find_style(style or self._settings.house_style, language, self._settings.drafting_dir)
        return apply_fixes(text, lint(text, house), house)

    def _today(self) -> dt.date:
        from zoneinfo import ZoneInfo

        return self._clock().astimezone(ZoneInfo(self._settings.timezone)).date()

    def _orders(
        self,
        brief: Brief,
        kind: Kind,
        principal: Principal | None,
        *,
        tone: str | None,
        style: str | None,
        familiar: bool | None,
        subject: str,
        today: dt.date,
    ) -> Orders:
        from assistai.drafting.composition import Orders, addressed, degree_of
        from assistai.drafting.housestyle import find_style
        from assistai.drafting.kinds import TONES

        if tone is not None and tone not in TONES:
            raise SettingsError("draft_tone_unknown", name=tone, known=", ".join(TONES))
        own = principal.style if principal else ""
        house = find_style(style or own or self._settings.house_style, brief.language, self._settings.drafting_dir)
        chosen = tone or brief.tone or (principal.tone if principal else None) or kind.tone
        degree = degree_of(brief, kind)
        if kind.degrees and degree > 1 and not (tone or brief.tone):
            chosen = "firm"
        close = familiar if familiar is not None else brief.familiar
        if close is None:
            close = house.address == "tu" or bool(principal and brief.to and principal.familiar(brief.to[0].name))
        return Orders(
            kind=kind,
            style=house,
            language=brief.language,
            tone=next(one for one in TONES if one == chosen),
            familiar=bool(close) and addressed(brief.to),
            today=today,
            principal=principal,
            organisation=self._settings.organisation,
            subject=subject,
            degree=degree,
        )

    def _drafted(self, brief: Brief, orders: Orders, sources: Sequence[Source], *, use_model: bool) -> Draft:
        from assistai.drafting.composition import compose

        return self._checked(compose(brief, orders), brief, orders, sources)

    def _checked(self, composed: Composed, brief: Brief, orders: Orders, sources: Sequence[Source]) -> Draft:
        """Return the draft of a text, with facts, style and placeholders as code finds them, whoever wrote it."""
        from assistai.drafting.composition import placeholders
        from assistai.drafting.factcheck import check_facts
        from assistai.drafting.linter import lint
        from assistai.drafting.placing import unplaced

        language, kind = orders.language, orders.kind
        recipients = tuple(
            Recipient(name=person.shown(language), address=person.address, field=field)
            for field, people in (("to", brief.to), ("cc", brief.cc))
            for person in people
        )
        written = "\n".join(
            (composed.subject, composed.body, *(f"{one.name} {one.address}" for one in recipients), brief.signer)
        )
        traced = (Source(name=translate("drafting.source_brief", language), text=brief.text, date=brief.base), *sources)
        facts, promises = check_facts(composed.body, (*traced, *self._own_sources(orders)), language, base=brief.base)
        missing = unplaced(brief.text, written, language, brief.base)
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
            event=self._event(brief, orders) if kind.event else None,
            house_style=orders.style.id,
            principal=orders.principal.id if orders.principal else None,
            notices=tuple(_notices(brief, orders)),
            provenance=DraftProvenance(created_at=self._clock()),
        )

    def _own_sources(self, orders: Orders) -> tuple[Source, ...]:
        """Return what a draft may say beyond its brief: the day's date, and the signature's own facts."""
        from assistai.language.typography import format_date

        language, profile = orders.language, orders.principal
        own = [
            Source(
                name=translate("drafting.source_today", language),
                text=format_date(orders.today, language, weekday=True),
            )
        ]
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
        if orders.organisation:
            own.append(Source(name=translate("drafting.source_organisation", language), text=orders.organisation))
        return tuple(own)

    def _event(self, brief: Brief, orders: Orders) -> Attendance:
        """Return what a calendar file of the draft needs; what the brief does not say stays None."""
        from zoneinfo import ZoneInfo

        from assistai.drafting.mentions import Moment

        date, time, place = (brief.values.get(name) for name in ("date", "time", "place"))
        moments = [mention.value.date for mention in date.moments if isinstance(mention.value, Moment)] if date else []
        zone = ZoneInfo(self._settings.timezone)
        start = dt.datetime.combine(moments[0], time.times[0], zone) if moments and time else None
        end = (
            dt.datetime.combine(moments[-1], time.times[1], zone) if moments and time and len(time.times) > 1 else None
        )
        link = brief.values.get("link")
        profile = orders.principal
        unique = hashlib.sha256(f"{orders.kind.id}\n{brief.text}\n{self._clock().isoformat()}".encode()).hexdigest()
        return Attendance(
            uid=f"{unique[:32]}@assistai",
            start=start,
            end=end,
            day=moments[0] if moments else None,
            place=place.text if place else link.text if link else "",
            organiser=Recipient(name=profile.name, address=profile.address) if profile else None,
        )


def _notices(brief: Brief, orders: Orders) -> list[str]:
    """Return what a reader of the draft should know: codes of the `drafting` catalogue."""
    from assistai.drafting.mentions import Moment
    from assistai.drafting.people import same_names

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
    if same_names((*brief.to, *brief.cc)):
        notices.append("same_name")
    if orders.style.language != orders.language:
        notices.append("style_other_language")
    if re.search(
        r"(?i)ignore[sz]? (?:toutes? |all |the |les )*(?:previous|precedent|précédent|instructions)", brief.text
    ):
        notices.append("instruction_in_brief")
    return list(dict.fromkeys(notices))


def recast(orders: Orders, **changes: Any) -> Orders:
    """Return orders with some changed."""
    return replace(orders, **changes)
