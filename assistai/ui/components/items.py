"""The lists of decisions, actions and questions: each item with its evidence and what can be done to it."""

from __future__ import annotations

import streamlit as st

from assistai.i18n import translate
from assistai.language.typography import format_date, format_time, list_words
from assistai.meetings import editing
from assistai.meetings.editing import Kind
from assistai.meetings.minutes import Action, Decision, Question
from assistai.records import Quote
from assistai.ui import state
from assistai.ui.components.item_form import open_form
from assistai.ui.text import language, plain, quoted, t
from assistai.workspace import Meeting

KINDS: tuple[Kind, ...] = ("actions", "decisions", "questions")


def render_items(meeting: Meeting, kind: Kind) -> None:
    """Render one list, its filter and the tools that add and merge."""
    items = getattr(meeting.minutes, kind)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(t(f"add_{kind}"), icon=":material/add:", key=f"add-{kind}"):
            open_form(meeting, kind, None)
        chosen = [item.id for item in items if st.session_state.get(f"pick-{item.id}")]
        if st.button(
            t("merge"), icon=":material/merge:", key=f"merge-{kind}", disabled=len(chosen) < 2, help=t("merge_help")
        ):
            state.change(editing.merge(meeting.minutes, meeting.transcript, chosen))
            st.rerun()
        doubtful = st.toggle(t("only_doubtful"), key=f"doubtful-{kind}", help=t("only_doubtful_help"))
    if not items:
        st.info(t(f"none_{kind}"), icon=":material/lightbulb:")
    shown = [item for item in items if not doubtful or _is_doubtful(item)]
    if items and not shown:
        st.success(t("nothing_doubtful"), icon=":material/check:")
    for item in shown:
        _render_item(meeting, kind, item)


def render_topics(meeting: Meeting) -> None:
    """Render the topics with their sentences, each leading to its turn."""
    if not meeting.minutes.topics:
        st.info(t("none_topics"), icon=":material/lightbulb:")
    for topic in meeting.minutes.topics:
        with st.container(border=True):
            st.markdown(f"**{plain(topic.title)}**")
            for number, statement in enumerate(topic.summary):
                st.markdown(plain(statement.text))
                _render_evidence(statement.evidence, f"{topic.id}-{number}", full=False)


def _is_doubtful(item: Action | Decision | Question) -> bool:
    return not item.verified or (isinstance(item, Action) and (not item.owner or not item.due.date))


def _render_item(meeting: Meeting, kind: Kind, item: Action | Decision | Question) -> None:
    with st.container(border=True, key=f"item-{item.id}", gap="xsmall"):
        words = plain(item.task if isinstance(item, Action) else item.text)
        gone = isinstance(item, Decision) and item.state != "settled"
        st.checkbox(f"~~{words}~~" if gone else f"**{words}**", key=f"pick-{item.id}", help=t("pick_help"))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _render_badges(item)
        _render_evidence(item.evidence, item.id, full=True)
        with st.container(horizontal=True):
            if st.button(t("edit"), icon=":material/edit:", key=f"edit-{item.id}", type="tertiary"):
                open_form(meeting, kind, item)
            if st.button(t("delete"), icon=":material/delete:", key=f"delete-{item.id}", type="tertiary"):
                state.change(editing.delete(meeting.minutes, meeting.transcript, item.id))
                st.toast(t("deleted"))
                st.rerun()


def _render_badges(item: Action | Decision | Question) -> None:
    if item.verified:
        st.badge(t("verified"), icon=":material/check_circle:", color="green", help=t("verified_help"))
    else:
        st.badge(t("unverified_one"), icon=":material/warning:", color="orange", help=t("unverified_help"))
    if isinstance(item, Action):
        if item.owner:
            st.badge(plain(item.owner), icon=":material/person:", color="blue")
        elif item.owner_candidates:
            names = list_words(item.owner_candidates, language())
            st.badge(t("ambiguous", names=plain(names)), icon=":material/group:", color="orange")
        else:
            st.badge(t("nobody_named"), icon=":material/person_off:", color="orange")
        _render_due(item)
    elif isinstance(item, Decision):
        if item.state != "settled":
            st.badge(t(f"state_{item.state}"), icon=":material/block:", color="red")
        if item.decided_by:
            st.badge(t("decided_by", name=plain(item.decided_by)), icon=":material/gavel:", color="blue")
        if item.assent:
            names = plain(list_words(item.assent, language()))
            st.badge(t("assent", names=names), icon=":material/thumb_up:", color="gray")
    elif item.asked_by:
        st.badge(t("asked_by", name=plain(item.asked_by)), icon=":material/person:", color="blue")


def _render_due(action: Action) -> None:
    due = action.due
    spoken = f" ({quoted(due.spoken)})" if due.spoken else ""
    if due.date:
        sure = due.confidence >= 0.7
        label = f"{format_date(due.date, language(), weekday=True)}{spoken}"
        st.badge(
            label,
            icon=":material/event:" if sure else ":material/event_note:",
            color="blue" if sure else "orange",
            help=t("confidence", percent=round(due.confidence * 100)),
        )
    elif due.spoken:
        reason = translate(f"due.{due.reason}", language()) if due.reason else ""
        st.badge(f"{quoted(due.spoken)} {reason}".strip(), icon=":material/event_busy:", color="orange")
    else:
        st.badge(t("no_due"), icon=":material/event_busy:", color="gray")


def _render_evidence(evidence: tuple[Quote, ...], key: str, *, full: bool) -> None:
    for number, quote in enumerate(evidence):
        place = format_time(quote.start) if quote.start is not None else t("turn", number=quote.turn + 1)
        who = plain(quote.speaker or t("unknown_speaker"))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if full:
                st.caption(f"{quoted(quote.quote)} — {who}, {place}", width="stretch")
            if st.button(
                t("see") if full else f"{who}, {place}",
                icon=":material/format_quote:",
                key=f"see-{key}-{number}",
                type="tertiary",
                help=t("see_in_transcript"),
            ):
                state.focus(quote.turn)
