"""An open meeting: header and figures, the minutes beside the transcript."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.errors import InputError
from assistai.i18n import translate
from assistai.language.typography import format_date
from assistai.meetings import editing
from assistai.meetings.minutes import Action, Minutes
from assistai.meetings.problems import problem_texts
from assistai.models.usage import usage_text
from assistai.records import Sensitivity
from assistai.ui import state
from assistai.ui.components.covering import render_covering
from assistai.ui.components.downloads import render_downloads
from assistai.ui.components.items import KINDS, render_minutes
from assistai.ui.components.review import render_review
from assistai.ui.components.speakers import render_speakers
from assistai.ui.components.transcript import render_transcript
from assistai.ui.text import language, plain, t
from assistai.workspace import Meeting


def render_meeting(meeting: Meeting, tools: DeltaGenerator) -> None:
    """Render the meeting, and in `tools` what changes, signs and downloads its minutes."""
    with tools:
        _render_tools(meeting)
    _render_problems(meeting)
    heading, figures = st.columns([2, 3], gap="medium", vertical_alignment="center")
    with heading:
        _render_heading(meeting)
    with figures:
        _render_figures(meeting.minutes)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        render_minutes(meeting)
    with right:
        render_transcript()


def _render_tools(meeting: Meeting) -> None:
    if st.button(t("back"), icon=":material/arrow_back:", key="back", type="tertiary"):
        state.close()
        st.rerun()
    for name, ready, act in (("undo", state.can_undo(), state.undo), ("redo", state.can_redo(), state.redo)):
        st.button(
            t(name), icon=f":material/{name}:", key=name, help=t(f"{name}_help"), disabled=not ready, on_click=act
        )
    render_speakers(meeting)
    render_covering(meeting)
    render_review(meeting)
    render_downloads(meeting)


def _render_problems(meeting: Meeting) -> None:
    if error := st.session_state.get("unsaved"):
        st.error(f"{t('unsaved')} {plain(error.message(language()))}", icon=":material/error:")
        st.button(t("save_again"), icon=":material/refresh:", key="save-again", on_click=state.save_again)
    if problem := st.session_state.pop("problem", None):
        st.error(plain(problem.message(language())), icon=":material/error:")
    if st.session_state.pop("reopened", False):
        st.toast(t("reopened"), icon=":material/edit_note:", duration="long")
    if st.session_state.pop("composing-stopped", False):
        st.toast(t("composing_stopped"), icon=":material/stop_circle:", duration="long")
    if problems := problem_texts(meeting.minutes.provenance, language()):
        wrote = meeting.minutes.provenance.model is not None
        with st.container(border=True, gap="xsmall"):
            key = "model_parts_failed" if wrote else "model_did_not_help"
            st.markdown(f":material/warning: **{plain(translate(f'notices.{key}', language()))}**")
            for problem in problems:
                st.markdown(f"- {plain(problem)}")
    notices = [
        plain(translate(f"notices.{notice.code}", language(), **dict(notice.params)))
        for notice in meeting.transcript.notices
    ]
    if len(notices) > 2:
        with st.expander(t("notices", count=len(notices)), icon=":material/info:"):
            for notice in notices:
                st.markdown(f"- {notice}")
    else:
        for notice in notices:
            st.warning(notice, icon=":material/info:")


def _render_heading(meeting: Meeting) -> None:
    minutes = meeting.minutes
    st.title(plain(minutes.title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        day = format_date(minutes.date, language(), weekday=True) if minutes.date else t("no_date")
        st.badge(
            day,
            icon=":material/event:" if minutes.date else ":material/event_busy:",
            color="blue" if minutes.date else "orange",
            help=t(f"date_{minutes.date_source}") if minutes.date_source else t("no_date_effect"),
        )
        signed = minutes.review.status != "projet"
        by = t("by", name=plain(minutes.review.reviewer)) if minutes.review.reviewer else ""
        st.badge(
            f"{t(f'status_{minutes.review.status}')}{by}",
            icon=":material/verified_user:" if signed else ":material/edit_note:",
            color="green" if signed else "gray",
            help=None if signed else t("prepared_by_ai"),
        )
        if st.button(t("details"), icon=":material/edit:", key="details", type="tertiary"):
            _open_details(meeting)
    if minutes.participants:
        st.caption(f":material/group: {plain(', '.join(minutes.participants))}")
    if usage := usage_text(minutes.provenance, language()):
        st.caption(f":material/edit_note: {plain(usage)}")


def _open_details(meeting: Meeting) -> None:
    @st.dialog(t("details"))
    def form() -> None:
        with st.form("details", border=False):
            title = st.text_input(t("field_title"), value=meeting.minutes.title, key="details-title")
            date = st.date_input(
                t("date"),
                value=meeting.minutes.date,
                min_value=dt.date(1900, 1, 1),
                max_value=dt.date(2199, 12, 31),
                format="DD/MM/YYYY",
                help=t("details_date_help"),
                key="details-date",
            )
            levels = get_args(Sensitivity)
            sensitivity: Sensitivity = st.selectbox(
                t("sensitivity"),
                levels,
                index=levels.index(meeting.minutes.sensitivity),
                format_func=lambda level: t(f"sensitivity_{level}"),
                help=t("meeting_sensitivity_help"),
                key="details-sensitivity",
            )
            if not st.form_submit_button(t("save"), type="primary"):
                return
        transcript, minutes = meeting.transcript, meeting.minutes
        try:
            minutes = editing.set_sensitivity(editing.set_title(minutes, title), sensitivity)
        except InputError as error:
            st.error(error.message(language()))
            return
        day = date if isinstance(date, dt.date) else None
        if day != minutes.date:
            transcript, minutes = editing.set_date(transcript, minutes, day)
        if minutes != meeting.minutes:
            state.change(minutes, transcript)
        st.rerun()

    form()


def _render_figures(minutes: Minutes) -> None:
    items = [item for kind in KINDS for item in getattr(minutes, kind)]
    actions: tuple[Action, ...] = minutes.actions
    uncited = sum(gap.last - gap.first + 1 for gap in minutes.coverage.uncited)
    figures = {
        "unverified": (sum(not item.verified for item in items), len(items)),
        "without_owner": (sum(not action.owner for action in actions), len(actions)),
        "without_date": (sum(not action.due.date for action in actions), len(actions)),
        "uncited": (uncited, minutes.coverage.read),
    }
    with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        for name, (value, total) in figures.items():
            st.metric(
                t(name),
                t("of", value=value, total=total),
                icon=":material/warning:" if value and name != "uncited" else None,
                help=t(f"{name}_help"),
                border=True,
                width=168,
            )
