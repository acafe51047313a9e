"""The dialog in which an item is edited or added."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from assistai.meetings import editing
from assistai.meetings.editing import Kind
from assistai.meetings.minutes import Action, Decision, Due, Question
from assistai.records import Quote
from assistai.ui import state
from assistai.ui.text import t
from assistai.workspace import Meeting


def open_form(meeting: Meeting, kind: Kind, item: Action | Decision | Question | None) -> None:
    """Open the dialog for an item, or for a new one of that kind."""

    @st.dialog(t("edit") if item else t(f"add_{kind}"), width="medium")
    def form() -> None:
        with st.form("item", border=False):
            name = "task" if kind == "actions" else "text"
            words = st.text_area(t(f"field_{name}"), value=getattr(item, name, ""), key="item-words")
            fields: dict[str, Any] = {}
            if kind == "actions":
                fields = _action_fields(meeting, item if isinstance(item, Action) else None)
            elif kind == "decisions":
                fields = _decision_fields(meeting, item if isinstance(item, Decision) else None)
            if item is None:
                fields["evidence"] = _chosen_evidence(meeting)
            if not st.form_submit_button(t("save"), type="primary"):
                return
        if not words.strip():
            st.error(t("words_missing"))
            return
        fields[name] = words.strip()
        if item is None:
            state.change(editing.add(meeting.minutes, meeting.transcript, kind, **fields))
        else:
            state.change(editing.edit(meeting.minutes, meeting.transcript, item.id, **fields))
        st.rerun()

    form()


def _person(label: str, meeting: Meeting, value: str | None, key: str) -> str | None:
    names = list(meeting.minutes.participants)
    if value and value not in names:
        names.append(value)
    chosen: str | None = st.selectbox(
        label,
        names,
        index=names.index(value) if value else None,
        placeholder=t("person_placeholder"),
        accept_new_options=True,
        key=key,
    )
    return chosen.strip() or None if chosen else None


def _action_fields(meeting: Meeting, action: Action | None) -> dict[str, Any]:
    owner = _person(t("field_owner"), meeting, action.owner if action else None, "item-owner")
    old = action.due if action else Due()
    day = st.date_input(t("field_due"), value=old.date, format="DD/MM/YYYY", key="item-due")
    due = day if isinstance(day, dt.date) else None
    changed = old.model_copy(update={"date": due, "confidence": 1.0 if due else 0.0, "reason": None})
    fields: dict[str, Any] = {"owner": owner, "due": old if due == old.date else changed}
    if owner:
        fields["owner_candidates"] = ()
    return fields


def _decision_fields(meeting: Meeting, decision: Decision | None) -> dict[str, Any]:
    by = _person(t("field_decided_by"), meeting, decision.decided_by if decision else None, "item-by")
    states = ["settled", "revoked", "replaced"]
    old = decision.state if decision else "settled"
    kept = st.selectbox(t("field_state"), states, index=states.index(old), format_func=lambda one: t(f"state_{one}"))
    return {"decided_by": by, "state": kept}


def _chosen_evidence(meeting: Meeting) -> tuple[Quote, ...]:
    """Let the user name the turn that proves a new item; its whole text becomes the quote."""
    turns = [turn for turn in meeting.transcript.turns if not turn.off_record]
    chosen = st.multiselect(
        t("field_evidence"),
        turns,
        format_func=lambda turn: f"{turn.index + 1} · {turn.speaker or '–'} · {turn.text[:80]}",
        help=t("field_evidence_help"),
        key="item-evidence",
    )
    return tuple(turn.quote(0, len(turn.text)) for turn in chosen)
