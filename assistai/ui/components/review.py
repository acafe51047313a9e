"""Sign: move the minutes to the next status under a name."""

from __future__ import annotations

import streamlit as st

from assistai.errors import InputError
from assistai.meetings import editing
from assistai.meetings.comparison import changes_since
from assistai.meetings.minutes import Review, Status
from assistai.ui import state
from assistai.ui.text import language, moment, plain, t
from assistai.workspace import Meeting

STATUSES: tuple[Status, ...] = ("projet", "relu", "approuve", "diffuse")


def render_review(meeting: Meeting) -> None:
    """Render the popover in which a person takes the minutes to another status."""
    review = meeting.minutes.review
    with st.popover(t("review"), icon=":material/verified_user:"):
        render_road(review, t("review_help"))
        _render_changes(meeting)
        with st.form("review", border=False):
            following = STATUSES[min(STATUSES.index(review.status) + 1, len(STATUSES) - 1)]
            status = st.radio(
                t("status"),
                STATUSES,
                index=STATUSES.index(following),
                format_func=lambda one: t(f"status_{one}"),
                horizontal=True,
                key="review-status",
            )
            name = st.text_input(t("reviewer"), value=review.reviewer or "", key="review-name")
            if not st.form_submit_button(t("review_save"), type="primary", key="review-sign"):
                return
        try:
            signed = editing.review(meeting.minutes, status, name, state.assistai().clock())
        except InputError as error:
            st.error(error.message(language()), icon=":material/error:")
            return
        state.change(signed)
        st.rerun()


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


def _render_changes(meeting: Meeting) -> None:
    changes = changes_since(meeting.proposal, meeting.minutes)
    if changes:
        st.caption(t("changes", added=changes.added, changed=changes.changed, removed=changes.removed))
    else:
        st.caption(t("no_changes"))
