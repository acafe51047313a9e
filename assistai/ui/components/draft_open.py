"""An open draft: its words beside what was found in them."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistai.models.usage import usage_text
from assistai.ui import drafting, state
from assistai.ui.components.draft_downloads import render_draft_downloads
from assistai.ui.components.draft_findings import render_findings
from assistai.ui.components.draft_head import render_head
from assistai.ui.components.draft_review import render_draft_review
from assistai.ui.components.draft_revising import render_revising
from assistai.ui.components.draft_text import render_text
from assistai.ui.text import language, plain, t, td
from assistai.workspace import SavedDraft


def render_draft(saved: SavedDraft, tools: DeltaGenerator) -> None:
    """Render the draft, and in `tools` what changes, signs and downloads it."""
    with tools:
        _render_tools(saved)
    _render_problems()
    _render_state(saved)
    left, right = st.columns([3, 2], gap="large")
    with left:
        render_head(saved)
        render_text(saved)
        render_revising(saved)
    with right:
        render_findings(saved)


def _render_tools(saved: SavedDraft) -> None:
    if st.button(td("back"), icon=":material/arrow_back:", key="draft-back", type="tertiary"):
        drafting.close()
        st.rerun()
    for name, ready, act in (
        ("undo", drafting.can_undo(), drafting.undo),
        ("redo", drafting.can_redo(), drafting.redo),
    ):
        st.button(t(name), icon=f":material/{name}:", key=f"draft-{name}", disabled=not ready, on_click=act)
    render_draft_review(saved)
    render_draft_downloads(saved)


def _render_problems() -> None:
    if error := st.session_state.get("draft-unsaved"):
        st.error(f"{td('unsaved')} {plain(error.message(language()))}", icon=":material/error:")
        st.button(t("save_again"), icon=":material/refresh:", key="draft-save-again", on_click=drafting.save_again)
    if st.session_state.pop("draft-reopened", False):
        st.toast(td("reopened"), icon=":material/edit_note:", duration="long")
    if stopped := st.session_state.pop("draft-stopped", None):
        st.toast(td(stopped), icon=":material/stop_circle:", duration="long")


def _render_state(saved: SavedDraft) -> None:
    draft, review = saved.draft, saved.review
    names = {kind.id: kind.names.get(language())[0] for kind in state.assistai().drafts.kinds()}
    principals = {one.id: one.name for one in state.assistai().drafts.principals()}
    kind = names.get(draft.kind, draft.kind)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.title(plain(kind[:1].upper() + kind[1:]), anchor=False, width="content")
        signed = review.status != "projet"
        by = t("by", name=plain(review.reviewer)) if review.reviewer else ""
        st.badge(
            f"{t(f'status_{review.status}')}{by}",
            icon=":material/verified_user:" if signed else ":material/edit_note:",
            color="green" if signed else "gray",
            help=None if signed else td("prepared_by_ai"),
        )
        if draft.tone:
            st.badge(td(f"tone_{draft.tone}"), icon=":material/record_voice_over:", color="blue")
        if draft.principal:
            name = plain(principals.get(draft.principal, draft.principal))
            st.badge(td("for_principal", name=name), icon=":material/person:", color="blue")
        if draft.provenance.model:
            st.badge(plain(draft.provenance.model), icon=":material/smart_toy:", color="violet")
    if usage := usage_text(draft.provenance, language()):
        st.caption(f":material/edit_note: {plain(usage)}")
    for notice in draft.notices:
        st.warning(plain(notice), icon=":material/info:")
