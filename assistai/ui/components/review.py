"""Sign: move the minutes to the next status under a name."""

from __future__ import annotations

import streamlit as st

from assistai.errors import InputError
from assistai.meetings import editing
from assistai.meetings.minutes import Status
from assistai.ui import state
from assistai.ui.text import language, t
from assistai.workspace import Meeting

STATUSES: tuple[Status, ...] = ("projet", "relu", "approuve", "diffuse")


def render_review(meeting: Meeting) -> None:
    """Render the popover in which a person takes the minutes to another status."""
    review = meeting.minutes.review
    with st.popover(t("review"), icon=":material/verified_user:"):
        st.markdown(t("review_help"))
        with st.form("review", border=False):
            following = STATUSES[min(STATUSES.index(review.status) + 1, len(STATUSES) - 1)]
            status = st.radio(
                t("status"),
                STATUSES,
                index=STATUSES.index(following),
                format_func=lambda one: t(f"status_{one}"),
                key="review-status",
            )
            name = st.text_input(t("reviewer"), value=review.reviewer or "", key="review-name")
            if not st.form_submit_button(t("review_save"), type="primary"):
                return
        try:
            signed = editing.review(meeting.minutes, status, name, state.assistai().clock())
        except InputError as error:
            st.error(error.message(language()))
            return
        state.change(signed)
        st.rerun()
