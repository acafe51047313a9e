"""Sign: how far a text has come on its way from draft to sent, and the form in which a person takes it further."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistai.errors import InputError
from assistai.meetings.minutes import STATUSES, Review, Status
from assistai.ui import state
from assistai.ui.components.errors import render_error
from assistai.ui.text import moment, plain, t


def render_road(review: Review, help_text: str) -> None:
    """Render the four statuses with the one that is reached, and who signed; `help_text` where nobody did."""
    reached = STATUSES.index(review.status)
    steps = [
        f"**:primary[{t(f'status_{status}')}]**" if number == reached else t(f"status_{status}")
        for number, status in enumerate(STATUSES)
    ]
    st.markdown(" → ".join(steps))
    if review.reviewer and review.at:
        at = moment(review.at, state.assistai().settings.timezone)
        st.caption(t("signed_by", name=plain(review.reviewer), at=at))
    else:
        st.caption(help_text)


def render_signing(review: Review, sign: Callable[[Status, str | None], None], key: str) -> None:
    """Render the form in which a person takes a text to another status; then run the page anew.

    `sign` is given the status and the name; the InputError that it raises is shown. `key` begins those of the widgets.
    """
    with st.form(f"{key}-signing", border=False):
        following = min(STATUSES.index(review.status) + 1, len(STATUSES) - 1)
        status = st.radio(
            t("status"),
            STATUSES,
            index=following,
            format_func=lambda one: t(f"status_{one}"),
            horizontal=True,
            key=f"{key}-status",
        )
        name = st.text_input(t("reviewer"), value=review.reviewer or "", key=f"{key}-reviewer")
        if not st.form_submit_button(t("review_save"), type="primary", key=f"{key}-sign"):
            return
    try:
        sign(status, name)
    except InputError as error:
        render_error(error)
        return
    st.rerun()
