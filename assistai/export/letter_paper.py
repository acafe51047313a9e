"""Minutes written after the text of a Word file, in its own styles, whether Word named them in French or English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistai.export.view import MinutesView, QuoteView

_NAMES = {
    "title": ("Title", "Titre"),
    "heading": ("Heading 1", "Titre 1"),
    "subheading": ("Heading 2", "Titre 2"),
    "item": ("List Bullet", "Liste à puces"),
    "quote": ("Quote", "Citation"),
    "table": ("Table Grid", "Grille du tableau", "Grille de tableau", "Tableau Grille"),
}
"""The built-in styles that are looked for, by their English and French names; a missing one leaves the default."""


def append(document: Any, view: MinutesView) -> None:
    """Write the minutes at the end of a python-docx document."""
    _Writer(document).minutes(view)


class _Writer:
    """A document and its styles by what they are for."""

    def __init__(self, document: Any) -> None:
        self.document = document
        known = {key.casefold(): style for style in document.styles for key in (style.style_id, style.name or "")}
        self.styles = {
            use: next((known[key] for name in names for key in _spellings(name) if key in known), None)
            for use, names in _NAMES.items()
        }

    def paragraph(self, text: str, use: str = "", *, strike: bool = False, mark: str = "") -> None:
        paragraph = self.document.add_paragraph(style=self.styles.get(use))
        if use == "item" and self.styles["item"] is None:
            text = f"• {text}"
        paragraph.add_run(text).font.strike = strike or None
        if mark:
            paragraph.add_run(f" [{mark}]").bold = True

    def items(self, items: Iterable[tuple[str, str, str, str, tuple[QuoteView, ...]]], none_found: str) -> None:
        """Write items of text, state, mark, detail and evidence, or that there are none."""
        empty = True
        for text, state, mark, detail, evidence in items:
            empty = False
            self.paragraph(text, "item", strike=bool(state), mark="; ".join(filter(None, (state, mark))))
            if detail:
                self.paragraph(detail)
            for quote in evidence:
                self.paragraph(str(quote), "quote")
        if empty:
            self.paragraph(none_found)

    def minutes(self, view: MinutesView) -> None:
        labels = view.labels
        self.paragraph(view.title, "title")
        date = f"{view.date} ({view.date_note})" if view.date_note else view.date
        participants = ", ".join(view.participants) or labels["no_participants"]
        for label, value in (
            (labels["date"], date),
            (labels["participants"], participants),
            (labels["status"], view.status),
        ):
            self.paragraph(f"{label} – {value}")
        self.paragraph(view.notice)
        self.paragraph(labels["topics"], "heading")
        if not view.topics:
            self.paragraph(labels["no_topics"])
        for topic in view.topics:
            self.paragraph(topic.title, "subheading")
            if topic.place:
                self.paragraph(topic.place)
            self.items(((line.text, "", line.mark, "", line.evidence) for line in topic.summary), labels["no_summary"])
        self.paragraph(labels["decisions"], "heading")
        self.items(
            ((item.text, item.state, item.mark, item.settled_by, item.evidence) for item in view.decisions),
            labels["no_decisions"],
        )
        self.paragraph(labels["actions"], "heading")
        if view.actions:
            self.actions(view)
        else:
            self.paragraph(labels["no_actions"])
        self.paragraph(labels["questions"], "heading")
        self.items(
            ((item.text, "", item.mark, item.asked_by, item.evidence) for item in view.questions),
            labels["no_questions"],
        )
        for heading, sentences in (("coverage", view.coverage), ("notices", view.notices)):
            if sentences:
                self.paragraph(labels[heading], "heading")
                for sentence in sentences:
                    self.paragraph(sentence, "item")

    def actions(self, view: MinutesView) -> None:
        rows: list[Sequence[str]] = [[view.labels[column] for column in ("task", "owner", "due", "evidence")]]
        for item in view.actions:
            due = "\n".join(filter(None, (item.due.text, item.due.spoken, item.due.note)))
            quotes = "\n".join(map(str, item.evidence)) or view.labels["no_evidence"]
            rows.append([str(item), item.owner, due, quotes])
        table = self.document.add_table(rows=len(rows), cols=4, style=self.styles["table"])
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        for cell in table.rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True


def _spellings(name: str) -> tuple[str, str]:
    """Return a style's name and the identifier that Word makes of it, both without case."""
    return name.casefold(), name.replace(" ", "").casefold()
