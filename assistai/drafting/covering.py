"""From minutes to the briefs of their covering mails: each person's own actions, nothing lost of the others.

This file alone reads the record types of meetings (docs/adr/0020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assistai.drafting.draft import Source
from assistai.i18n import translate
from assistai.language.typography import format_date, list_words
from assistai.language.words import fold
from assistai.meetings.minutes import Action, Minutes
from assistai.records import Language


def minutes_source(minutes: Minutes, language: Language) -> Source:
    """Return the minutes as a text that facts are traced to."""
    lines = [minutes.title]
    if minutes.date:
        lines.append(format_date(minutes.date, language, weekday=True))
    lines += [", ".join(minutes.participants)]
    lines += [statement.text for topic in minutes.topics for statement in topic.summary]
    lines += [decision.text for decision in minutes.decisions]
    lines += [_action(action, language, named=True) for action in minutes.actions]
    name = translate("drafting.source_minutes", language, title=minutes.title)
    return Source(name=name, text="\n".join(line for line in lines if line), date=minutes.date)


def covering_briefs(
    minutes: Minutes, language: Language, *, each: bool, attachments: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """Yield a brief a person, in order of participation, or one for all; actions that nobody owns go to everyone."""
    people = list(minutes.participants)
    people = list(dict.fromkeys((*people, *(action.owner for action in minutes.actions if action.owner))))
    nobody = [_action(action, language) for action in minutes.actions if not action.owner]
    common: dict[str, Any] = {"topic": minutes.title, "date": minutes.date.isoformat() if minutes.date else ""}
    if attachments:
        common["attachments"] = list(attachments)
    if not each or not people:
        owned = [_action(action, language, named=True) for action in minutes.actions if action.owner]
        decisions = [one.text for one in minutes.decisions if one.state == "settled"]
        everyone = {"to": "\n".join(people)} if people else {}
        yield {**everyone, **common, "decisions": decisions, "actions": owned, "unassigned": nobody}
        return
    for person in people:
        mine = [action for action in minutes.actions if action.owner and fold(action.owner) == fold(person)]
        own = [_action(action, language) for action in mine]
        yield {"to": person, **common, "own": own, "unassigned": nobody}


def _action(action: Action, language: Language, *, named: bool = False) -> str:
    text = action.task.strip().rstrip(".")
    if named and action.owner:
        text = f"{action.owner} – {text}"
    if action.owner_candidates and not action.owner:
        text += f" ({translate('drafting.between', language, names=list_words(action.owner_candidates, language))})"
    if action.due.date:
        text += f" ({translate('drafting.due', language, date=format_date(action.due.date, language, weekday=True))})"
    elif action.due.spoken:
        text += f" ({translate('drafting.due', language, date=action.due.spoken)})"
    if not action.verified:
        text += f" ({translate('drafting.unverified', language)})"
    return text
