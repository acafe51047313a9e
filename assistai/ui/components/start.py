"""The start: drop a file, paste text or pick a sample; and the meetings saved before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast, get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.errors import AssistAIError
from assistai.meetings.minutes import Action, Due
from assistai.meetings.readers.titles import title_from_name
from assistai.meetings.service import Engine
from assistai.records import Language, Quote, Sensitivity
from assistai.resources import sample_meetings
from assistai.ui import state
from assistai.ui.components.engine import render_offer
from assistai.ui.components.item_card import render_badges
from assistai.ui.components.language import NAMES
from assistai.ui.components.saved import render_saved
from assistai.ui.text import language, plain, quoted, said, t

_TYPES = ["vtt", "srt", "docx", "txt", "md", "json"]


def render_start(bar: DeltaGenerator) -> None:
    """Render the title in `bar`, the form and the saved meetings.

    A meeting that is summarised or reopened becomes the open one.
    """
    bar.title(t("start_title"), anchor=False, width="content")
    st.markdown(t("start_lead"), width=900)
    if problem := cast("AssistAIError | None", st.session_state.pop("problem", None)):
        st.error(plain(problem.message(language())), icon=":material/error:")
    form, aside = st.columns([3, 2], gap="large")
    with form:
        _render_form()
    with aside:
        render_saved()
        _render_example()


def _render_form() -> None:
    with st.container(border=True):
        source, name = _choose_source()
        left, right = st.columns(2)
        with left:
            date = st.date_input(
                t("date"),
                value=None,
                min_value=dt.date(1900, 1, 1),
                max_value=dt.date(2199, 12, 31),
                format="DD/MM/YYYY",
                help=t("date_help"),
                key="date",
                persist_state="session",
            )
        with right:
            written = st.selectbox(
                t("minutes_language"),
                list(NAMES),
                index=None,
                format_func=NAMES.__getitem__,
                placeholder=t("minutes_language_auto"),
                help=t("minutes_language_help"),
                key="minutes-language",
                persist_state="session",
            )
        sensitivity, engine = _choose_engine()
        if st.button(t("summarise"), type="primary", icon=":material/play_arrow:", disabled=source is None, key="go"):
            day = date if isinstance(date, dt.date) else None
            _summarise(source, name, day, cast("Language | None", written), sensitivity, engine)
        if source is None:
            st.caption(t("nothing_yet"))


def _choose_engine() -> tuple[Sensitivity, Engine]:
    """Return who may see the meeting, and who writes; with no chat model there is nothing to choose."""
    model = state.chat_model()
    left, right = st.columns(2)
    with left:
        sensitivity: Sensitivity = st.selectbox(
            t("sensitivity"),
            get_args(Sensitivity),
            index=1,
            format_func=lambda level: t(f"sensitivity_{level}"),
            help=t("meeting_sensitivity_help"),
            key="meeting-sensitivity",
            persist_state="session",
        )
    if model is None:
        with right:
            render_offer()
        return sensitivity, "embedded"
    with right:
        engine: Engine = st.selectbox(
            t("writer"),
            get_args(Engine),
            format_func=lambda name: t("writer_model", model=model.name) if name == "settings" else t("writer_none"),
            help=t("writer_help"),
            key="writer",
            persist_state="session",
        )
    levels = get_args(Sensitivity)
    limit = state.assistai().settings.remote_sensitivity
    if engine == "settings" and model.remote:
        if levels.index(sensitivity) > levels.index(limit):
            st.warning(t("writer_may_not_see", limit=t(f"sensitivity_{limit}")), icon=":material/shield_lock:")
            return sensitivity, "embedded"
        st.caption(f":material/cloud_upload: {t('writer_remote')}")
    return sensitivity, engine


def _choose_source() -> tuple[Path | bytes | str | None, str | None]:
    """Return what the user brings and its file name, each None where there is none."""
    kind = st.segmented_control(
        t("source"),
        ["file", "paste", "sample"],
        format_func=lambda name: t(f"source_{name}"),
        default="file",
        required=True,
        key="source",
        persist_state="session",
    )
    if kind == "paste":
        text = st.text_area(
            t("paste"), height=240, placeholder=t("paste_example"), key="pasted", persist_state="session"
        )
        return (text if text.strip() else None), None
    if kind == "sample":
        sample = st.selectbox(
            t("sample"),
            sample_meetings(),
            format_func=lambda path: f"{title_from_name(path.name) or path.stem} ({path.suffix})",
            key="sample",
        )
        return sample, None
    upload = st.file_uploader(t("file"), type=_TYPES, help=t("file_help"), key="upload")
    return (upload.getvalue(), upload.name) if upload else (None, None)


def _summarise(
    source: Path | bytes | str | None,
    name: str | None,
    date: dt.date | None,
    written: Language | None,
    sensitivity: Sensitivity,
    engine: Engine,
) -> None:
    if source is None:
        return
    meetings = state.assistai().meetings
    failure = ""
    with st.status(t("working"), expanded=True) as status:
        bar = st.progress(0.0, text=t("stage_reading"))
        # A click runs the page anew, which stops this run at its next progress: that is all that cancelling takes.
        st.button(t("cancel"), icon=":material/close:", key="cancel")

        def advance(stage: str, done: float) -> None:
            bar.progress(done, text=t(f"stage_{stage}"))

        try:
            transcript = meetings.read(source, name=name, date=date)
            minutes = meetings.summarise(
                transcript, language=written, progress=advance, engine="embedded", sensitivity=sensitivity
            )
            if engine == "embedded" or state.chat_model() is None:
                state.begin(transcript, minutes)
            else:
                state.compose(transcript, minutes)
        except AssistAIError as error:
            status.update(label=t("failed"), state="error", expanded=False)
            failure = plain(error.message(language()))
    if failure:
        st.error(failure, icon=":material/error:")
    else:
        st.rerun()


def _render_example() -> None:
    """Show what a line of minutes looks like, and how to read it."""
    quotes = (
        Quote(turn=0, speaker="Marc Petit", start=59.0, quote=t("example_asked")),
        Quote(turn=1, speaker="Sophie Martin", start=64.0, quote=t("example_accepted")),
    )
    due = Due(spoken=t("example_due"), date=dt.date(2026, 3, 6), confidence=1.0)
    action = Action(task=t("example_task"), owner="Sophie Martin", due=due, evidence=quotes, verified=True)
    st.caption(t("example_title"))
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{action.task}**")
        render_badges(action)
        for quote in quotes:
            st.markdown(f"{quoted(quote.quote)} :small[:gray[{said(quote)}]]")
