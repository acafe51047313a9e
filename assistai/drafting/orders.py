"""What is ordered of a draft: style, tone, tu or vous, degree; by what was asked, the brief, the profile, the kind."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from assistai.drafting.brief import Brief
from assistai.drafting.composition import Orders, addressed, degree_of
from assistai.drafting.housestyle import find_style
from assistai.drafting.kinds import TONES, Kind
from assistai.drafting.principal import Principal
from assistai.errors import SettingsError
from assistai.settings import Settings


def orders_for(
    brief: Brief,
    kind: Kind,
    principal: Principal | None,
    settings: Settings,
    *,
    today: dt.date,
    tone: str | None = None,
    style: str | None = None,
    familiar: bool | None = None,
    subject: str = "",
) -> Orders:
    """Return the orders for a draft: what was asked for goes before the brief, the brief before the profile.

    Raises SettingsError where there is no such tone or style.
    """
    if tone is not None and tone not in TONES:
        raise SettingsError("draft_tone_unknown", name=tone, known=", ".join(TONES))
    own = principal.style if principal else ""
    house = find_style(style or own or settings.house_style, brief.language, settings.drafting_dir)
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
        organisation=settings.organisation,
        subject=subject,
        degree=degree,
    )


def local_day(moment: dt.datetime, settings: Settings) -> dt.date:
    """Return the day of a moment in the time zone of the settings."""
    return moment.astimezone(ZoneInfo(settings.timezone)).date()
