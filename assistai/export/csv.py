"""Actions as CSV that opens right by double-clicking in Excel: French with semicolons, English with commas."""

from __future__ import annotations

import csv
import io

from assistai.export.view import MinutesView
from assistai.meetings.minutes import Minutes

_SEPARATORS = {"fr": ";", "en": ","}
_DATES = {"fr": "%d/%m/%Y", "en": "%Y-%m-%d"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
_COLUMNS = (
    "task",
    "owner",
    "due",
    "spoken",
    "certainty",
    "verified",
    "evidence",
    "speaker",
    "place",
    "meeting",
    "date",
    "item",
    "notice",
)


def render(minutes: Minutes, view: MinutesView) -> bytes:
    """Return one row an action: UTF-8 with BOM, lines ending in CR LF, days as `02/03/2026` (fr) or `2026-03-02` (en).

    A meeting without actions has one row that says so. A cell that a spreadsheet would compute starts with an
    apostrophe (OWASP, CSV injection).
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=_SEPARATORS[view.language], lineterminator="\r\n")
    writer.writerow(view.labels[column] for column in _COLUMNS)
    for row in _rows(minutes, view):
        writer.writerow(_inert(cell) for cell in row)
    return text.getvalue().encode("utf-8-sig")


def _rows(minutes: Minutes, view: MinutesView) -> list[tuple[str, ...]]:
    pattern = _DATES[view.language]
    meeting = (view.title, minutes.date.strftime(pattern) if minutes.date else "")
    if not view.actions:
        return [(view.labels["no_actions"], *[""] * 8, *meeting, "", view.notice)]
    return [
        (
            action.task,
            action.owner,
            record.due.date.strftime(pattern) if record.due.date else "",
            record.due.spoken or "",
            action.due.note,
            view.labels["no" if action.mark else "yes"],
            "\n".join(quote.quoted for quote in action.evidence),
            "\n".join(quote.speaker for quote in action.evidence),
            "\n".join(quote.place for quote in action.evidence),
            *meeting,
            action.id,
            view.notice,
        )
        for record, action in zip(minutes.actions, view.actions, strict=True)
    ]


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
