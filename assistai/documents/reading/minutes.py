"""Minutes made by assistai itself (`assistai.minutes/1`): topics, decisions, actions and questions as text."""

from __future__ import annotations

import json

from pydantic import ValidationError

from assistai.documents.reading.blocks import Block, Reading, clean
from assistai.errors import UnreadableInput
from assistai.i18n import translate
from assistai.language.typography import format_date
from assistai.meetings.minutes import Minutes


def is_minutes(data: bytes) -> bool:
    """Tell whether JSON bytes say that they are minutes."""
    return b'"assistai.minutes/1"' in data[:400] or b"assistai.minutes/1" in data


def read_minutes(data: bytes, name: str) -> Reading:
    """Return the minutes' lines in the order of the document; raises UnreadableInput where they are none."""
    try:
        return minutes_reading(Minutes.from_json(data.decode("utf-8-sig")))
    except (ValidationError, UnicodeDecodeError, json.JSONDecodeError, ValueError) as error:
        raise UnreadableInput("minutes_broken", name=name) from error


def minutes_reading(minutes: Minutes) -> Reading:
    """Return minutes as the blocks of a document."""
    language = minutes.language

    def word(key: str) -> str:
        return translate(f"ui.{key}", language)

    title = clean(minutes.title)
    when = f" – {format_date(minutes.date, language)}" if minutes.date else ""
    blocks = [Block("heading", f"{title}{when}", level=1)]
    for topic in minutes.topics:
        blocks.append(Block("heading", clean(topic.title), level=2))
        blocks.extend(Block("paragraph", clean(line.text)) for line in topic.summary)
    if minutes.decisions:
        blocks.append(Block("heading", word("decisions"), level=2))
        blocks.extend(Block("item", clean(decision.text)) for decision in minutes.decisions)
    if minutes.actions:
        blocks.append(Block("heading", word("actions"), level=2))
        for action in minutes.actions:
            due = format_date(action.due.date, language) if action.due.date else action.due.spoken
            named = " – ".join(clean(part) for part in (action.task, action.owner, due) if part)
            blocks.append(Block("item", named))
    if minutes.questions:
        blocks.append(Block("heading", word("questions"), level=2))
        blocks.extend(Block("item", clean(question.text)) for question in minutes.questions)
    return Reading("minutes", tuple(blocks), title=f"{title}{when}")
