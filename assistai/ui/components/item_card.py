"""One decision, action or question: its words, what is known of it, its evidence, and what can be done to it."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from assistai.i18n import translate
from assistai.language.typography import format_date, list_words
from assistai.meetings import editing
from assistai.meetings.editing import Kind
from assistai.meetings.minutes import Action, Decision, Due, Origin, Question, Statement
from assistai.ui import state
from assistai.ui.components.badges import render_badge
from assistai.ui.components.evidence import render_evidence
from assistai.ui.components.item_form import open_form
from assistai.ui.text import language, plain, quoted, t
from assistai.workspace import Meeting

_SURE = 0.7


def render_item(meeting: Meeting, kind: Kind, item: Action | Decision | Question) -> None:
    """Render the item as a card; ticking its words chooses it for a merge."""
    with st.container(border=True, key=f"item-{item.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = plain(item.task if isinstance(item, Action) else item.text)
            gone = isinstance(item, Decision) and item.state != "settled"
            st.checkbox(f"~~{words}~~" if gone else f"**{words}**", key=f"pick-{item.id}", width="stretch")
            if st.button(t("edit"), icon=":material/edit:", key=f"edit-{item.id}", type="tertiary"):
                open_form(meeting, kind, item)
            if st.button(t("delete"), icon=":material/delete:", key=f"delete-{item.id}", type="tertiary"):
                state.change(editing.delete(meeting.minutes, meeting.transcript, item.id))
                st.toast(t("deleted"), icon=":material/delete:")
                st.rerun()
        render_badges(item)
        render_doubts(item)
        render_evidence(item.evidence, item.id)


def render_badges(item: Action | Decision | Question) -> None:
    """Render what is known of an item: first whether its quotes were found."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        render_verified(item)
        render_origin(item.origin)
        if isinstance(item, Action):
            _render_owner(item)
            _render_due(item.due)
        elif isinstance(item, Decision):
            _render_settling(item)
        elif item.asked_by:
            render_badge(t("asked_by", name=plain(item.asked_by)), icon=":material/person:", color="blue")


def render_verified(line: Action | Decision | Question | Statement) -> None:
    """Render whether the checks bear a line out."""
    if line.verified:
        help = t("verified_help") if line.origin == "embedded" else translate("prose.verified_help", language())
        st.badge(t("verified"), icon=":material/check_circle:", color="green", help=help)
    else:
        st.badge(t("unverified_one"), icon=":material/warning:", color="orange", help=t("unverified_help"))


def render_origin(origin: Origin | Literal["written"]) -> None:
    """Render whose words a line is in, where a chat model had a part in it; "written" for a sentence of a summary."""
    if origin != "embedded":
        label, help = (translate(f"prose.origin_{origin}{end}", language()) for end in ("", "_help"))
        st.badge(label, icon=":material/edit_note:", color="violet", help=help)


def render_doubts(line: Action | Decision | Question | Statement) -> None:
    """Render why a line of a chat model is not verified."""
    if line.origin != "embedded" and line.doubts:
        reasons = [translate(f"prose.doubt_{doubt}", language()) for doubt in line.doubts]
        doubts = translate("prose.doubts", language(), doubts="; ".join(reasons))
        st.caption(f":orange[{plain(doubts)}]")


def _render_owner(action: Action) -> None:
    if action.owner:
        render_badge(plain(action.owner), icon=":material/person:", color="blue")
    elif action.owner_candidates:
        names = plain(list_words(action.owner_candidates, language()))
        render_badge(t("ambiguous", names=names), icon=":material/group:", color="orange")
    else:
        st.badge(t("nobody_named"), icon=":material/person_off:", color="orange", help=t("without_owner_help"))


def _render_due(due: Due) -> None:
    spoken = quoted(due.spoken) if due.spoken else ""
    if due.date:
        sure = due.confidence >= _SURE
        day = format_date(due.date, language(), weekday=True)
        render_badge(
            f"{day} ({spoken})" if spoken else day,
            icon=":material/event:" if sure else ":material/event_note:",
            color="blue" if sure else "orange",
            help=t("confidence", percent=round(due.confidence * 100)) if spoken else t("due_by_hand"),
        )
    elif due.spoken:
        reason = translate(f"due.{due.reason}", language()) if due.reason else ""
        render_badge(f"{t('no_date_for')} {spoken}", icon=":material/event_busy:", color="orange", help=reason or None)
    else:
        st.badge(t("no_due"), icon=":material/event_busy:", color="gray")


def _render_settling(decision: Decision) -> None:
    if decision.state != "settled":
        st.badge(t(f"state_{decision.state}"), icon=":material/block:", color="red")
    if decision.decided_by:
        render_badge(t("decided_by", name=plain(decision.decided_by)), icon=":material/gavel:", color="blue")
    if decision.assent:
        names = plain(list_words(decision.assent, language()))
        render_badge(t("assent", names=names), icon=":material/thumb_up:", color="gray")
