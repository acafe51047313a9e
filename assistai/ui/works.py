"""The work on the library that the whole process does: any session sees it, follows it and can stop it."""

from __future__ import annotations

import threading
from typing import Literal

import streamlit as st

from assistai.ui import state
from assistai.ui.taking import Taking, Work

Name = Literal["adding", "finishing", "rebuilding"]

_BEGINNING = threading.Lock()


def present(name: Name) -> Taking | None:
    """Return the work of that name that goes on, or went on last; None where there is none to tell of."""
    return _works().get(name)


def begin(name: Name, work: Work) -> Taking | None:
    """Begin work of that name and return it; None where some goes on already, begun in another session."""
    with _BEGINNING:
        if (last := _works().get(name)) is not None and last.running:
            return None
        begun = _works()[name] = Taking(work, state.writing())
    return begun


def forget(name: Name) -> None:
    """Tell no more of work that is over."""
    _works().pop(name, None)


def running(*names: Name) -> Taking | None:
    """Return work of one of these names that goes on, None where none does."""
    return next((work for name in names if (work := present(name)) is not None and work.running), None)


@st.cache_resource(show_spinner=False)
def _works() -> dict[Name, Taking]:
    return {}
