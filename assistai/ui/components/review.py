"""Sign the minutes: what was changed in them, and the road to the next status."""

from __future__ import annotations

import streamlit as st

from assistai.meetings import editing
from assistai.meetings.comparison import changes_since
from assistai.meetings.minutes import Status
from assistai.ui import state
from assistai.ui.components.signing import render_road, render_signing
from assistai.ui.text import t
from assistai.workspace import Meeting


def render_review(meeting: Meeting) -> None:
    """Render the popover in which a person takes the minutes to another status."""

    def sign(status: Status, name: str | None) -> None:
        state.change(editing.review(meeting.minutes, status, name, state.assistai().clock()))

    with st.popover(t("review"), icon=":material/verified_user:"):
        render_road(meeting.minutes.review, t("review_help"))
        _render_changes(meeting)
        render_signing(meeting.minutes.review, sign, "review")


def _render_changes(meeting: Meeting) -> None:
    changes = changes_since(meeting.proposal, meeting.minutes)
    if changes:
        st.caption(t("changes", added=changes.added, changed=changes.changed, removed=changes.removed))
    else:
        st.caption(t("no_changes"))
