"""A list of saved work, some at a time: each piece can be opened, or deleted for good once that is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from assistai.errors import AssistAIError
from assistai.ui.components.errors import render_error
from assistai.ui.text import t

_PAGE = 6
_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class SavedWork:
    """A piece of saved work as its list shows it: `shown` and `question`, asked before it is deleted, are Markdown."""

    id: str
    shown: str
    question: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be done with saved work of one kind, given its id; `delete` may raise AssistAIError.

    `delete_title` heads the dialog that asks before. `key` is part of the keys of the widgets.
    """

    key: str
    open: Callable[[str], None]
    delete: Callable[[str], None]
    delete_title: str


def render_saved_work(entries: Sequence[_Entry], read: Callable[[_Entry], SavedWork], kind: Kind) -> None:
    """Render the entries, those of one page; `read` tells what is shown of one."""
    page = st.pagination(-(-len(entries) // _PAGE), key=f"saved-{kind.key}-page") if len(entries) > _PAGE else 1
    for entry in entries[(page - 1) * _PAGE : page * _PAGE]:
        _render(read(entry), kind)


def _render(work: SavedWork, kind: Kind) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(work.shown, width="stretch")
        st.button(
            t("open"),
            icon=":material/folder_open:",
            key=f"open-{kind.key}-{work.id}",
            on_click=kind.open,
            args=(work.id,),
        )
        key = f"forget-{kind.key}-{work.id}"
        if st.button(t("delete"), icon=":material/delete:", key=key, type="tertiary"):
            _confirm_delete(work, kind)


def _confirm_delete(work: SavedWork, kind: Kind) -> None:
    @st.dialog(kind.delete_title)
    def ask() -> None:
        st.markdown(work.question)
        with st.container(horizontal=True):
            key = f"forget-{kind.key}"
            if st.button(t("delete_meeting_yes"), type="primary", icon=":material/delete:", key=f"{key}-yes"):
                try:
                    kind.delete(work.id)
                except AssistAIError as error:
                    render_error(error)
                    return
                st.rerun()
            if st.button(t("keep"), key=f"{key}-no"):
                st.rerun()

    ask()
