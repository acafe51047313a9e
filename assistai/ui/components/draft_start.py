"""The start of a draft: a brief or a mail to answer, what to write, for whom; examples and the drafts saved before."""

from __future__ import annotations

import datetime as dt
from typing import cast

import streamlit as st

from assistai.drafting.draft import Draft
from assistai.drafting.kinds import TONES, Kind
from assistai.drafting.service import Engine
from assistai.drafting.thread import Thread, read_thread
from assistai.errors import AssistAIError
from assistai.language.typography import format_date
from assistai.models.chat import Heard
from assistai.records import SENSITIVITIES, Language, Sensitivity
from assistai.resources import sample_mails
from assistai.ui import drafting, state
from assistai.ui.components.draft_saved import render_saved_drafts
from assistai.ui.components.draft_thread import render_thread
from assistai.ui.components.errors import render_error
from assistai.ui.components.language import NAMES
from assistai.ui.text import language, plain, t, td

EXAMPLES = ("invitation", "reminder", "letter", "service_note")
_TYPES = ["eml", "msg", "txt"]
_HEIGHT = 220


def render_draft_start() -> None:
    """Render the form beside the examples and the saved drafts; a draft that is written becomes the open one."""
    st.markdown(td("write_lead"), width=900)
    form, aside = st.columns([3, 2], gap="large")
    with form, st.container(border=True):
        _render_form()
    with aside:
        _render_examples()
        render_saved_drafts()


def _render_form() -> None:
    st.session_state.setdefault("write-source", "brief")
    source = st.segmented_control(
        td("source"),
        ["brief", "reply"],
        format_func=lambda name: td(f"source_{name}"),
        required=True,
        key="write-source",
        persist_state="session",
    )
    thread = _choose_thread() if source == "reply" else None
    answering, to_all = render_thread(thread) if thread is not None else (0, None)
    kind = _choose_kind("reply" if source == "reply" else "email")
    brief = st.text_area(
        td("brief_answer" if source == "reply" else "brief"),
        height=_HEIGHT,
        placeholder=td("brief_answer_example" if source == "reply" else "brief_example"),
        help=td("brief_help"),
        key="write-brief",
        persist_state="session",
    )
    options = _choose_options()
    ready = thread is not None if source == "reply" else bool(brief.strip())
    if st.button(td("write"), type="primary", icon=":material/edit_square:", disabled=not ready, key="write-go"):
        _write(kind.id, brief, thread, options, answering=answering, to_all=to_all)
    if not ready:
        st.caption(td("nothing_yet_reply" if source == "reply" else "nothing_yet"))
    st.caption(_engine())


def _choose_thread() -> Thread | None:
    """Return the thread that the user brings, None where there is none or it cannot be read."""
    upload = st.file_uploader(td("mail_file"), type=_TYPES, help=td("mail_file_help"), key="write-mail")
    pasted = st.text_area(
        td("mail_paste"),
        height=110,
        placeholder=td("mail_paste_example"),
        key="write-thread",
        persist_state="session",
        disabled=upload is not None,
    )
    sample = st.session_state.get("write-sample")
    if upload is None and not pasted.strip() and sample is None:
        return None
    if upload is not None:
        data: bytes | str = upload.getvalue()
        name = upload.name
    elif pasted.strip():
        data, name = pasted, td("pasted_name")
    else:
        path = sample_mails()[0]
        data, name = path.read_bytes(), path.name
    try:
        return read_thread(data, name, state.assistai().settings)
    except AssistAIError as error:
        render_error(error)
        return None


def _choose_kind(usual: str) -> Kind:
    kinds = {kind.id: kind for kind in state.assistai().drafts.kinds()}
    names = {kind.id: _name(kind) for kind in kinds.values()}
    order = sorted(kinds, key=lambda name: (name != usual, names[name].casefold()))
    chosen = st.selectbox(
        td("kind"),
        order,
        format_func=names.__getitem__,
        key=f"write-kind-{usual}",
        persist_state="session",
    )
    kind = kinds[chosen or usual]
    st.caption(plain(kind.description.get(language())) + _fields(kind))
    return kind


def _fields(kind: Kind) -> str:
    """Return which fields a kind needs, which else it knows."""
    needed = [field.labels.get(language())[0] for field in kind.fields if field.required]
    others = [field.labels.get(language())[0] for field in kind.fields if not field.required]
    told = f" {td('fields_needed', names=plain(', '.join(needed)))}" if needed else ""
    return told + (f" {td('fields_other', names=plain(', '.join(others)))}" if others else "")


def _name(kind: Kind) -> str:
    name = kind.names.get(language())[0]
    return name[:1].upper() + name[1:]


def _choose_options() -> dict[str, str | None]:
    """Return tone, language, principal and style as chosen, None where the service chooses."""
    drafts = state.assistai().drafts
    principals = {one.id: one.name for one in drafts.principals()}
    styles = {one.id: one.name.get(language()) for one in drafts.styles()}
    columns = st.columns(4 if principals else 3)
    chosen: dict[str, str | None] = {"principal": None}
    with columns[0]:
        chosen["tone"] = st.selectbox(
            td("tone"),
            TONES,
            index=None,
            format_func={one: td(f"tone_{one}") for one in TONES}.__getitem__,
            placeholder=td("automatic"),
            key="write-tone",
            persist_state="session",
        )
    with columns[1]:
        chosen["language"] = st.selectbox(
            td("draft_language"),
            list(NAMES),
            index=None,
            format_func=NAMES.__getitem__,
            placeholder=td("automatic"),
            key="write-language",
            persist_state="session",
        )
    with columns[2]:
        chosen["style"] = st.selectbox(
            td("house_style"),
            list(styles),
            index=None,
            format_func=styles.__getitem__,
            placeholder=td("automatic"),
            help=td("house_style_help"),
            key="write-style",
            persist_state="session",
        )
    if state.chat_model() is not None:
        chosen["sensitivity"] = st.selectbox(
            t("sensitivity"),
            SENSITIVITIES,
            index=1,
            format_func={level: t(f"sensitivity_{level}") for level in SENSITIVITIES}.__getitem__,
            help=td("sensitivity_help"),
            key="write-sensitivity",
            persist_state="session",
        )
    if principals:
        with columns[3]:
            chosen["principal"] = st.selectbox(
                td("principal"),
                list(principals),
                index=None,
                format_func=principals.__getitem__,
                placeholder=td("principal_none"),
                key="write-principal",
                persist_state="session",
            )
    return chosen


def _write(
    kind: str,
    brief: str,
    thread: Thread | None,
    options: dict[str, str | None],
    *,
    answering: int = 0,
    to_all: bool | None = None,
) -> None:
    drafts = state.assistai().drafts
    written = cast("Language | None", options["language"])
    sensitivity = cast(Sensitivity, options.get("sensitivity") or "internal")

    def write(engine: Engine, heard: Heard | None = None) -> Draft:
        if thread is not None:
            return drafts.reply(
                thread,
                brief,
                kind=kind,
                language=written,
                tone=options["tone"],
                principal=options["principal"],
                style=options["style"],
                to_all=to_all,
                answering=answering,
                sensitivity=sensitivity,
                engine=engine,
                heard=heard,
            )
        return drafts.draft(
            kind,
            brief,
            language=written,
            tone=options["tone"],
            principal=options["principal"],
            style=options["style"],
            sensitivity=sensitivity,
            engine=engine,
            heard=heard,
        )

    try:
        with st.spinner(td("writing")):
            draft = write("embedded")
    except AssistAIError as error:
        render_error(error)
        return
    drafting.begin(draft, lambda heard: write("settings", heard))
    st.session_state.pop("write-sample", None)
    st.rerun()


def _engine() -> str:
    model = state.assistai().settings.model
    return td("engine_model", model=plain(model)) if model else td("engine_embedded")


def _render_examples() -> None:
    st.subheader(td("examples"), anchor=False)
    st.caption(td("examples_help"))
    with st.container(horizontal=True, gap="small"):
        for name in EXAMPLES:
            if st.button(td(f"example_{name}"), icon=":material/lightbulb:", key=f"example-{name}"):
                _write(name, _example(name), None, dict.fromkeys(("tone", "language", "style", "principal")))
        if sample_mails():
            st.button(td("example_reply"), icon=":material/reply:", key="example-reply", on_click=_pick_sample)


def _example(name: str) -> str:
    """Return an example's brief, its days ahead of today."""
    today = state.assistai().clock().date()
    tuesday = today + dt.timedelta(days=14 - (today.weekday() - 1) % 7)
    days = {"day": tuesday, "before": tuesday - dt.timedelta(days=4), "asked": today - dt.timedelta(days=12)}
    shown = {key: format_date(day, language(), weekday=True) for key, day in days.items()}
    return td(f"example_{name}_brief", **shown)


def _pick_sample() -> None:
    st.session_state["write-source"] = "reply"
    st.session_state["write-sample"] = True
    st.session_state["write-brief"] = td("example_reply_brief")
