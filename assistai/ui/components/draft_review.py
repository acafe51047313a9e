"""Sign a draft: move it to the next status under a name."""

from __future__ import annotations

import streamlit as st

from assistai.drafting.revision import changes
from assistai.errors import InputError
from assistai.ui import drafting
from assistai.ui.components.review import STATUSES, render_road
from assistai.ui.text import language, t, td
from assistai.workspace import SavedDraft


def render_draft_review(saved: SavedDraft) -> None:
    """Render the popover in which a person takes the draft to another status."""
    review = saved.review
    with st.popover(t("review"), icon=":material/verified_user:"):
        render_road(review, td("review_help"))
        count = len(changes(saved.proposal.body, saved.draft.body)) + (saved.proposal.subject != saved.draft.subject)
        st.caption(td("changes_since", count=count) if count else td("no_changes_since"))
        if saved.draft.placeholders:
            st.warning(td("sign_with_placeholders", count=len(saved.draft.placeholders)), icon=":material/warning:")
        with st.form("draft-review", border=False):
            following = STATUSES[min(STATUSES.index(review.status) + 1, len(STATUSES) - 1)]
            status = st.radio(
                t("status"),
                STATUSES,
                index=STATUSES.index(following),
                format_func=lambda one: t(f"status_{one}"),
                horizontal=True,
                key="draft-status",
            )
            name = st.text_input(t("reviewer"), value=review.reviewer or "", key="draft-reviewer")
            if not st.form_submit_button(t("review_save"), type="primary", key="draft-sign"):
                return
        try:
            drafting.sign(status, name)
        except InputError as error:
            st.error(error.message(language()), icon=":material/error:")
            return
        st.rerun()
