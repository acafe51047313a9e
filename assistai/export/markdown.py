"""Minutes as Markdown (CommonMark with GitHub's tables): what people wrote or said stays text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistai.export.view import MinutesView, QuoteView

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#$@^]|&(?=#?\w)|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)
_BLOCK = re.compile(r"^(?:[-+=:]|\d+(?=[.)]))")


def render(view: MinutesView) -> bytes:
    """Return the minutes as UTF-8 Markdown; a revoked or replaced decision is struck and labelled."""
    return "\n\n".join(_blocks(view)).encode() + b"\n"


def escape(text: str) -> str:
    """Return the text on one line so that Markdown shows it as it is: no markup, link, entity, list or heading."""
    line = _MARKUP.sub(r"\\\g<0>", re.sub(r"[ \t\n]+", " ", text).strip(" "))
    return _BLOCK.sub(lambda found: found.group() + "\\" if found.group().isdigit() else f"\\{found.group()}", line)


def _blocks(view: MinutesView) -> Iterable[str]:
    labels = view.labels
    date = f"{view.date} ({view.date_note})" if view.date_note else view.date
    yield f"# {escape(view.title)}"
    facts = {
        "organisation": view.organisation,
        "date": date,
        "participants": ", ".join(view.participants) or labels["no_participants"],
        "status": view.status,
    }
    yield "\n".join(f"- **{labels[key]}** – {escape(value)}" for key, value in facts.items() if value)
    yield f"> {escape(view.notice)}"
    yield f"## {labels['topics']}"
    if not view.topics:
        yield labels["no_topics"]
    for topic in view.topics:
        yield f"### {escape(topic.title)}"
        if topic.place:
            yield escape(topic.place)
        lines = [_item(escape(line.text), (line.mark,), (), line.evidence) for line in topic.summary]
        yield "\n".join(lines) if lines else labels["no_summary"]
    yield f"## {labels['decisions']}"
    decisions = [
        _item(
            f"~~{escape(item.text)}~~" if item.state else escape(item.text),
            (item.state, item.mark),
            (item.settled_by,),
            item.evidence,
        )
        for item in view.decisions
    ]
    yield "\n".join(decisions) if decisions else labels["no_decisions"]
    yield f"## {labels['actions']}"
    yield _actions(view) if view.actions else labels["no_actions"]
    yield f"## {labels['questions']}"
    questions = [_item(escape(item.text), (item.mark,), (item.asked_by,), item.evidence) for item in view.questions]
    yield "\n".join(questions) if questions else labels["no_questions"]
    for heading, sentences in (("coverage", view.coverage), ("notices", view.notices)):
        if sentences:
            yield f"## {labels[heading]}"
            yield "\n".join(f"- {escape(sentence)}" for sentence in sentences)


def _item(text: str, marks: Iterable[str], details: Iterable[str], evidence: tuple[QuoteView, ...]) -> str:
    bold = "".join(f" **[{escape(mark)}]**".replace("[", "\\[").replace("]", "\\]") for mark in marks if mark)
    lines = [f"- {text}{bold}", *(f"  - {escape(detail)}" for detail in details if detail)]
    return "\n".join([*lines, *(f"  - {_quote(quote)}" for quote in evidence)])


def _actions(view: MinutesView) -> str:
    labels = view.labels
    columns = ("task", "owner", "due", "evidence")
    rows = [[labels[column] for column in columns], ["---"] * len(columns)]
    for action in view.actions:
        why = ", ".join(filter(None, (action.due.spoken, action.due.note)))
        evidence = " / ".join(map(_quote, action.evidence)) or labels["no_evidence"]
        mark = f" **\\[{escape(action.mark)}\\]**" if action.mark else ""
        rows.append([escape(action.task) + mark, escape(action.owner), escape(f"{action.due.text} ({why})"), evidence])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _quote(quote: QuoteView) -> str:
    return f"{escape(quote.quoted)} – {escape(quote.source)}"
