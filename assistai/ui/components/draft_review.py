"""Sign a draft: what was changed in it, and the road to the next status."""

from __future__ import annotations

import streamlit as st

from assistai.drafting.revision import changes
from assistai.ui import drafting
from assistai.ui.components.signing import render_road, render_signing
from assistai.ui.text import t, td
from assistai.workspace import SavedDraft


def render_draft_review(saved: SavedDraft) -> None:
    """Render the popover in which a person takes the draft to another status."""
    with st.popover(t("review"), icon=":material/verified_user:"):
        render_road(saved.review, td("review_help"))
        count = len(changes(saved.proposal.body, saved.draft.body)) + (saved.proposal.subject != saved.draft.subject)
        st.caption(td("changes_since", count=count) if count else td("no_changes_since"))
        if saved.draft.placeholders:
            st.warning(td("sign_with_placeholders", count=len(saved.draft.placeholders)), icon=":material/warning:")
        render_signing(saved.review, drafting.sign, "draft")
