"""An open meeting: header and figures, the minutes beside the transcript."""

from __future__ import annotations

import streamlit as st

from assistai.i18n import translate
from assistai.language.typography import format_date
from assistai.meetings.minutes import Minutes
from assistai.ui import state
from assistai.ui.components.downloads import render_downloads
from assistai.ui.components.items import KINDS, render_items, render_topics
from assistai.ui.components.review import render_review
from assistai.ui.components.speakers import render_speakers
from assistai.ui.components.transcript import render_transcript
from assistai.ui.text import language, plain, t
from assistai.workspace import Meeting


def render_meeting(meeting: Meeting) -> None:
    """Render the meeting and the tools to change, sign and download its minutes."""
    minutes = meeting.minutes
    _render_header(minutes)
    _render_tools(meeting)
    _render_figures(minutes)
    for notice in meeting.transcript.notices:
        st.warning(
            plain(translate(f"notices.{notice.code}", language(), **dict(notice.params))), icon=":material/info:"
        )
    left, right = st.columns([3, 2], gap="large")
    with left:
        labels = [f"{t(kind)} ({len(getattr(minutes, kind))})" for kind in (*KINDS, "topics")]
        *tabs, topics, receipt = st.tabs([*labels, t("coverage")])
        for kind, tab in zip(KINDS, tabs, strict=True):
            with tab:
                render_items(meeting, kind)
        with topics:
            render_topics(meeting)
        with receipt:
            _render_coverage(minutes)
    with right:
        render_transcript(meeting)


def _render_header(minutes: Minutes) -> None:
    st.title(plain(minutes.title))
    with st.container(horizontal=True, vertical_alignment="center"):
        day = format_date(minutes.date, language(), weekday=True) if minutes.date else t("no_date")
        st.badge(day, icon=":material/event:", color="blue" if minutes.date else "orange")
        signed = minutes.review.status != "projet"
        by = t("by", name=plain(minutes.review.reviewer)) if minutes.review.reviewer else ""
        st.badge(
            f"{t(f'status_{minutes.review.status}')}{by}",
            icon=":material/verified_user:" if signed else ":material/edit_note:",
            color="green" if signed else "gray",
        )
        if minutes.participants:
            st.caption(plain(", ".join(minutes.participants)))
    if not minutes.date:
        st.info(t("no_date_effect"), icon=":material/event_busy:")
    if minutes.review.status == "projet":
        st.caption(t("prepared_by_ai"))


def _render_tools(meeting: Meeting) -> None:
    with st.container(horizontal=True):
        if st.button(t("back"), icon=":material/arrow_back:", key="back"):
            state.close()
            st.rerun()
        st.button(t("undo"), icon=":material/undo:", key="undo", disabled=not state.can_undo(), on_click=state.undo)
        st.button(t("redo"), icon=":material/redo:", key="redo", disabled=not state.can_redo(), on_click=state.redo)
        render_speakers(meeting)
        render_review(meeting)
        render_downloads(meeting)


def _render_figures(minutes: Minutes) -> None:
    gaps = sum(gap.last - gap.first + 1 for gap in minutes.coverage.uncited)
    figures = {
        "unverified": sum(not item.verified for kind in KINDS for item in getattr(minutes, kind)),
        "without_owner": sum(not action.owner for action in minutes.actions),
        "without_date": sum(not action.due.date for action in minutes.actions),
        "uncited": gaps,
    }
    with st.container(horizontal=True):
        for name, value in figures.items():
            st.metric(t(name), value, border=True, help=t(f"{name}_help"), width=200)


def _render_coverage(minutes: Minutes) -> None:
    coverage = minutes.coverage
    st.markdown(
        t(
            "coverage_text",
            turns=coverage.turns,
            read=coverage.read,
            cited=coverage.cited,
            off_record=coverage.off_record,
        )
    )
    for part in coverage.failed_parts:
        st.error(plain(part), icon=":material/error:")
    if coverage.uncited:
        st.markdown(t("uncited_list"))
        with st.container(horizontal=True):
            for gap in sorted(coverage.uncited, key=lambda gap: gap.first - gap.last)[:12]:
                label = f"{gap.first + 1}–{gap.last + 1}" if gap.last > gap.first else str(gap.first + 1)
                if st.button(label, key=f"gap-{gap.first}", help=t("see_in_transcript")):
                    state.focus(gap.first)
    st.caption(t("provenance", engine=minutes.provenance.engine, sha=minutes.provenance.source_sha256[:12] or "–"))
