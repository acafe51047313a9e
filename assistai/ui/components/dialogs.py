"""Dialogs over a page that keeps itself up to date: it waits with that while one is open, or it would close it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

_OPEN = "dialog-open"


def dialog(
    title: str, *, width: Literal["small", "large"] = "small"
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Return what makes a function a dialog, as st.dialog does; the page is run anew once the user dismisses it."""
    st.session_state[_OPEN] = True
    return st.dialog(title, width=width, on_dismiss="rerun")


def close_dialogs() -> None:
    """Say that none is open, as where a page begins to run anew."""
    st.session_state[_OPEN] = False


def dialog_open() -> bool:
    """Tell whether one is open."""
    return bool(st.session_state.get(_OPEN))
