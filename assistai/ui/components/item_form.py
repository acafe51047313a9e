"""The dialog in which an item is edited or added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import streamlit as st

from assistai.language.sentences import sentence_spans
from assistai.meetings import editing
from assistai.meetings.editing import Kind
from assistai.meetings.minutes import Action, Decision, Due, Question
from assistai.meetings.transcript import Transcript
from assistai.records import Quote
from assistai.ui import state
from assistai.ui.components.transcript import picked_turns
from assistai.ui.text import t
from assistai.workspace import Meeting


def open_form(meeting: Meeting, kind: Kind, item: Action | Decision | Question | None) -> None:
    """Open the dialog for an item, or for a new one of that kind."""

    @st.dialog(t("edit") if item else t(f"add_{kind}"), width="medium")
    def form() -> None:
        with st.form("item", border=False):
            name = "task" if kind == "actions" else "text"
            words = st.text_area(t(f"field_{name}"), value=getattr(item, name, ""), height=90, key="item-words")
            fields: dict[str, Any]
            if kind == "actions":
                fields = _action_fields(meeting, item if isinstance(item, Action) else None)
            elif kind == "decisions":
                fields = _decision_fields(meeting, item if isinstance(item, Decision) else None)
            else:
                by = item.asked_by if isinstance(item, Question) else None
                fields = {"asked_by": _person(t("field_asked_by"), meeting, by, "item-asked")}
            fields["evidence"] = _evidence(meeting, item.evidence if item else None)
            if not st.form_submit_button(t("save"), type="primary", icon=":material/check:"):
                return
        if not words.strip():
            st.error(t("words_missing"), icon=":material/error:")
            return
        fields[name] = " ".join(words.split())
        if item is None:
            state.change(editing.add(meeting.minutes, meeting.transcript, kind, **fields))
        elif any(getattr(item, field) != value for field, value in fields.items()):
            state.change(editing.edit(meeting.minutes, meeting.transcript, item.id, **fields))
        st.rerun()

    form()


def _person(label: str, meeting: Meeting, value: str | None, key: str, first: Iterable[str] = ()) -> str | None:
    known = [value] if value else []
    names = list(dict.fromkeys((*first, *meeting.minutes.participants, *known)))
    chosen: str | None = st.selectbox(
        label,
        names,
        index=names.index(value) if value else None,
        placeholder=t("person_placeholder"),
        accept_new_options=True,
        key=key,
    )
    return " ".join(chosen.split()) or None if chosen else None


def _action_fields(meeting: Meeting, action: Action | None) -> dict[str, Any]:
    candidates = action.owner_candidates if action else ()
    old = action.due if action else Due()
    left, right = st.columns(2)
    with left:
        owner = _person(t("field_owner"), meeting, action.owner if action else None, "item-owner", candidates)
    with right:
        day = st.date_input(
            t("field_due"),
            value=old.date,
            min_value=dt.date(1900, 1, 1),
            max_value=dt.date(2199, 12, 31),
            format="DD/MM/YYYY",
            help=t("field_due_help"),
            key="item-due",
        )
    due = day if isinstance(day, dt.date) else None
    changed = old.model_copy(update={"date": due, "confidence": 1.0 if due else 0.0, "reason": None})
    return {
        "owner": owner,
        "due": old if due == old.date else changed,
        "owner_candidates": () if owner else candidates,
    }


def _decision_fields(meeting: Meeting, decision: Decision | None) -> dict[str, Any]:
    states = ["settled", "revoked", "replaced"]
    left, right = st.columns(2)
    with left:
        by = _person(t("field_decided_by"), meeting, decision.decided_by if decision else None, "item-by")
    with right:
        kept = st.selectbox(
            t("field_state"),
            states,
            index=states.index(decision.state if decision else "settled"),
            format_func=lambda one: t(f"state_{one}"),
            key="item-state",
        )
    return {"decided_by": by, "state": kept}


def _evidence(meeting: Meeting, present: tuple[Quote, ...] | None) -> tuple[Quote, ...]:
    """Let the user choose the sentences that prove the line; a new one starts with the turns ticked beside it."""
    sentences = _sentences(meeting.transcript)
    ticked = picked_turns(meeting)
    chosen = present if present is not None else tuple(one for one in sentences if one.turn in ticked)
    picked: list[Quote] = st.multiselect(
        t("field_evidence"),
        list(dict.fromkeys((*chosen, *sentences))),
        default=list(chosen),
        format_func=lambda quote: f"{quote.turn + 1} · {quote.speaker or t('unknown_speaker')} · {quote.quote}"[:160],
        placeholder=t("field_evidence_placeholder"),
        filter_mode="contains",
        select_all=False,
        help=t("field_evidence_help"),
        key="item-evidence",
    )
    return tuple(sorted(picked, key=lambda quote: quote.turn))


def _sentences(transcript: Transcript) -> list[Quote]:
    return [
        turn.quote(start, end)
        for turn in transcript.turns
        if not turn.off_record
        for start, end in sentence_spans(turn.text)
    ]
