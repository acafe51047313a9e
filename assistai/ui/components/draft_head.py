"""Above a draft's words: subject, recipients, files that go with it, and the meeting that it invites to."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st

from assistai.drafting.attendance import cancelled, moved
from assistai.drafting.draft import Attendance, Draft, Recipient
from assistai.drafting.replies import with_warnings
from assistai.files.mail import people
from assistai.ui import drafting, state
from assistai.ui.text import plain, td
from assistai.workspace import SavedDraft

Field = Literal["to", "cc", "bcc"]
_FIELDS: tuple[Field, ...] = ("to", "cc", "bcc")


def render_head(saved: SavedDraft) -> None:
    """Render the fields; each change is saved at once."""
    draft = saved.draft
    version = drafting.version()
    key = f"draft-subject-{version}"
    st.text_input(td("subject"), value=draft.subject, key=key, on_change=partial(_set_subject, key))
    used = [field for field in _FIELDS if field == "to" or any(one.field == field for one in draft.recipients)]
    for field in used:
        _render_recipients(draft, field, version)
    marked = [one for one in draft.recipients if one.warning]
    if marked:
        with st.container(horizontal=True, gap="xsmall"):
            for one in marked:
                st.badge(
                    f"{plain(one.name or one.address)} ({td(str(one.warning))})",
                    icon=":material/warning:",
                    color="orange",
                )
    with st.container(horizontal=True, gap="small"):
        if len(used) < len(_FIELDS):
            with st.popover(td("copies"), icon=":material/group_add:", type="tertiary"):
                for field in _FIELDS:
                    if field not in used:
                        _render_recipients(draft, field, version)
        _render_files(draft)
        if draft.event is not None:
            _render_event(draft.event)


def _render_recipients(draft: Draft, field: Field, version: int) -> None:
    key = f"draft-{field}-{version}"
    st.text_input(
        td(f"field_{field}"),
        value="; ".join(_shown(one) for one in draft.recipients if one.field == field),
        placeholder=td("recipients_example"),
        help=td("recipients_help") if field == "to" else None,
        key=key,
        on_change=partial(_set_recipients, key, field),
    )


def _shown(one: Recipient) -> str:
    return f"{one.name} <{one.address}>" if one.name and one.address else one.name or one.address


def _set_subject(key: str) -> None:
    drafting.rewrite(subject=str(st.session_state[key]), typed=True)


def _set_recipients(key: str, field: Field) -> None:
    saved = drafting.current()
    if saved is None:
        return
    named = [Recipient(name=one.name, address=one.address, field=field) for one in people(str(st.session_state[key]))]
    others = [one for one in saved.draft.recipients if one.field != field]
    everyone = sorted((*others, *named), key=lambda one: _FIELDS.index(one.field))
    warned = with_warnings(everyone, state.assistai().settings.mail_domains)
    drafting.change(saved.draft.model_copy(update={"recipients": warned}), typed=True)


def _render_files(draft: Draft) -> None:
    held = drafting.files()
    label = td("files_count", count=len(draft.attachments)) if draft.attachments else td("files")
    with st.popover(label, icon=":material/attach_file:", type="tertiary"):
        st.caption(td("files_help"))
        uploads = st.file_uploader(
            td("files_add"), accept_multiple_files=True, key=f"draft-uploads-{drafting.version()}"
        )
        added = [(one.name, one.getvalue()) for one in uploads if one.name not in held]
        if added:
            drafting.set_files((*held.items(), *added))
            st.rerun()
        for number, name in enumerate(draft.attachments):
            with st.container(horizontal=True, vertical_alignment="center"):
                missing = "" if name in held else f" :orange[{td('file_missing')}]"
                st.markdown(f":material/draft: {plain(name)}{missing}", width="stretch")
                if st.button(td("file_remove"), icon=":material/close:", key=f"draft-file-{number}", type="tertiary"):
                    _remove_file(draft, name)


def _remove_file(draft: Draft, name: str) -> None:
    drafting.files().pop(name, None)
    left = tuple(one for one in draft.attachments if one != name)
    drafting.change(draft.model_copy(update={"attachments": left}))
    st.rerun()


def _render_event(event: Attendance) -> None:
    zone = ZoneInfo(state.assistai().settings.timezone)
    organiser = event.organiser or Recipient()
    start = event.start.astimezone(zone) if event.start else None
    end = event.end.astimezone(zone) if event.end else None
    with st.popover(td("event_cancelled" if event.cancelled else "event"), icon=":material/event:", type="tertiary"):
        st.caption(td("event_help", number=event.sequence))
        with st.form("draft-event", border=False):
            day = st.date_input(td("event_day"), value=event.day, format="DD/MM/YYYY", key="event-day")
            left, right = st.columns(2)
            begins = left.time_input(td("event_start"), value=start.time() if start else None, key="event-start")
            ends = right.time_input(td("event_end"), value=end.time() if end else None, key="event-end")
            place = st.text_input(td("event_place"), value=event.place, key="event-place")
            name = st.text_input(td("event_organiser"), value=organiser.name, key="event-organiser")
            address = st.text_input(td("event_address"), value=organiser.address, key="event-address")
            off = st.checkbox(td("event_off"), value=event.cancelled, key="event-off")
            if not st.form_submit_button(td("event_save"), type="primary", key="event-save"):
                return
        who = Recipient(name=name.strip(), address=address.strip()) if name.strip() or address.strip() else None
        changed = moved(
            event,
            day=day if isinstance(day, dt.date) else None,
            start=begins,
            end=ends,
            place=place,
            organiser=who if who is None or event.organiser != who else event.organiser,
            timezone=zone,
        )
        saved = drafting.current()
        if saved is not None:
            drafting.change(saved.draft.model_copy(update={"event": cancelled(changed, off=off)}))
        st.rerun()
