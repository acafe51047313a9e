"""The minutes' side of the screen: one list at a time, its filter, and the tools that add and merge."""

from __future__ import annotations

from typing import Any, Literal, get_args

import streamlit as st

from assistai.meetings import editing
from assistai.meetings.editing import Kind
from assistai.meetings.minutes import Action, Decision, Minutes, Question
from assistai.ui import state
from assistai.ui.components.coverage import render_coverage
from assistai.ui.components.evidence import render_evidence
from assistai.ui.components.item_card import render_doubts, render_item, render_origin, render_verified
from assistai.ui.components.item_form import open_form
from assistai.ui.text import plain, t
from assistai.workspace import Meeting

KINDS: tuple[Kind, ...] = ("actions", "decisions", "questions")
"""The lists, in the order in which an assistant needs them."""

Section = Literal["actions", "decisions", "questions", "topics", "coverage"]
"""What the pane shows, one at a time."""

PANE = 720
"""Height in pixels of the two panes: they scroll apart, so that a line and its turn stay side by side."""

_PAGE = 25


def render_minutes(meeting: Meeting) -> None:
    """Render the choice of a section, and that section."""
    minutes = meeting.minutes
    section: Section = st.segmented_control(
        t("section"),
        get_args(Section),
        format_func=lambda name: _section_label(minutes, name),
        default="actions",
        required=True,
        key="section",
        persist_state="session",
        label_visibility="collapsed",
    )
    with st.container(height=PANE, border=False, key="minutes-pane"):
        if section == "coverage":
            render_coverage(minutes)
        elif section == "topics":
            _render_topics(minutes)
        else:
            _render_items(meeting, section)


def _section_label(minutes: Minutes, name: str) -> str:
    return t(name) if name == "coverage" else f"{t(name)} ({len(getattr(minutes, name))})"


def _render_items(meeting: Meeting, kind: Kind) -> None:
    items = getattr(meeting.minutes, kind)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(t(f"add_{kind}"), icon=":material/add:", key=f"add-{kind}"):
            open_form(meeting, kind, None)
        picked = [item.id for item in items if st.session_state.get(f"pick-{item.id}")]
        st.button(
            t("merge_count", count=len(picked)) if picked else t("merge"),
            icon=":material/merge:",
            key=f"merge-{kind}",
            disabled=len(picked) < 2,
            help=t("merge_help"),
            on_click=_merge,
            args=(meeting, picked),
        )
        doubt = _choose_doubt(items, kind)
    if not items:
        st.info(t(f"none_{kind}"), icon=":material/lightbulb:")
    shown = [item for item in items if doubt is None or doubt in _doubts(item)]
    first = 0
    if len(shown) > _PAGE:
        page = st.pagination(-(-len(shown) // _PAGE), key=f"page-{kind}-{doubt}")
        first = (page - 1) * _PAGE
    for item in shown[first : first + _PAGE]:
        render_item(meeting, kind, item)


def _choose_doubt(items: tuple[Any, ...], kind: Kind) -> str | None:
    """Let the user see only what is to be checked for one reason; reasons that nothing has are not offered."""
    counts = {
        doubt: sum(doubt in _doubts(item) for item in items)
        for doubt in ("unverified", "without_owner", "without_date")
    }
    reasons = [doubt for doubt, count in counts.items() if count]
    if not reasons:
        return None
    chosen: str | None = st.pills(
        t("filter"),
        reasons,
        format_func=lambda doubt: f"{t(doubt)} ({counts[doubt]})",
        key=f"doubt-{kind}",
        label_visibility="collapsed",
    )
    return chosen


def _doubts(item: Action | Decision | Question) -> set[str]:
    doubts = set() if item.verified else {"unverified"}
    if isinstance(item, Action):
        doubts |= set() if item.owner else {"without_owner"}
        doubts |= set() if item.due.date else {"without_date"}
    return doubts


def _merge(meeting: Meeting, picked: list[str]) -> None:
    state.change(editing.merge(meeting.minutes, meeting.transcript, picked))
    for item_id in picked:
        st.session_state.pop(f"pick-{item_id}", None)


def _render_topics(minutes: Minutes) -> None:
    if not minutes.topics:
        st.info(t("none_topics"), icon=":material/lightbulb:")
    for topic in minutes.topics:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(topic.title)}**")
            for number, statement in enumerate(topic.summary):
                st.markdown(plain(statement.text))
                if statement.origin != "embedded":
                    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                        render_verified(statement)
                        render_origin("written")
                    render_doubts(statement)
                render_evidence(statement.evidence, f"{topic.id}-{number}", words=False)
