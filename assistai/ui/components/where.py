"""Where to look: the filters that a question is asked with."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from assistai.language.typography import format_date
from assistai.records import SENSITIVITIES
from assistai.ui import state
from assistai.ui.text import language, plain, t
from assistai.workspace.scope import Filter

_KEYS = ("where-collection", "where-in-force", "where-sensitivity", "where-on")


def render_where() -> Filter:
    """Render the popover and return the filter that it sets."""
    chosen = [st.session_state.get(key) for key in _KEYS]
    count = sum(value is not None and value is not False for value in chosen)
    label = t("ask_where_count", count=count) if count else t("ask_where")
    with st.popover(label, icon=":material/tune:"):
        collection = st.selectbox(
            t("collection"),
            state.assistai().documents.collections(),
            index=None,
            placeholder=t("every_collection"),
            key="where-collection",
            persist_state="session",
        )
        sensitivity = st.selectbox(
            t("ask_sensitivity"),
            range(len(SENSITIVITIES)),
            index=None,
            format_func=lambda level: t(f"sensitivity_{SENSITIVITIES[level]}"),
            placeholder=t("ask_every_sensitivity"),
            key="where-sensitivity",
            persist_state="session",
        )
        in_force = st.toggle(
            t("ask_in_force"), help=t("ask_in_force_help"), key="where-in-force", persist_state="session"
        )
        day = st.date_input(
            t("ask_on"),
            value=None,
            min_value=dt.date(1900, 1, 1),
            max_value=dt.date(2199, 12, 31),
            format="DD/MM/YYYY",
            help=t("ask_on_help"),
            key="where-on",
            persist_state="session",
        )
        if count:
            st.button(t("ask_where_none"), key="where-none", type="tertiary", on_click=look_everywhere)
    on = day if isinstance(day, dt.date) else None
    if in_force and on is None:
        on = state.assistai().clock().date()
    return Filter(
        collection=collection,
        max_sensitivity=sensitivity,
        validity=("in_force",) if in_force else None,
        effective_on=on,
    )


def look_everywhere() -> None:
    """Look in all documents from now on."""
    for key in _KEYS:
        st.session_state[key] = False if key == "where-in-force" else None


def where_text(wanted: Filter) -> str:
    """Return which documents a filter lets through, as harmless Markdown; an empty text where it lets all."""
    parts = [
        t("where_collection", name=plain(wanted.collection)) if wanted.collection is not None else "",
        t("where_sensitivity", level=t(f"sensitivity_{SENSITIVITIES[wanted.max_sensitivity]}").lower())
        if wanted.max_sensitivity is not None
        else "",
        t("where_in_force") if wanted.validity is not None else "",
        t("where_on", day=format_date(wanted.effective_on, language())) if wanted.effective_on is not None else "",
    ]
    return " · ".join(part for part in parts if part)
