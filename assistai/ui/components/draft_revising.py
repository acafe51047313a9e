"""Other words for a draft: shorter, warmer, firmer, translated, with something added; each change is taken or left."""

from __future__ import annotations

from functools import partial
from typing import cast

import streamlit as st

from assistai.drafting.draft import Draft
from assistai.drafting.revision import accepted, changes
from assistai.ui import drafting, state
from assistai.ui.components.scrolling import scroll_to
from assistai.ui.text import plain, td
from assistai.workspace import SavedDraft

_WISHES = ("shorter", "warm", "firm", "formal", "translate")


def render_revising(saved: SavedDraft) -> None:
    """Render what can be asked for, and the differences of what was proposed last."""
    with st.container(border=True, gap="small", key="revising"):
        st.markdown(f"**{td('revise')}**")
        with st.container(horizontal=True, gap="xsmall"):
            for name in _WISHES:
                st.button(td(f"wish_{name}"), key=f"wish-{name}", on_click=_ask, args=(td(f"wish_{name}_words"),))
            st.button(td("variants"), icon=":material/style:", key="variants", on_click=_ask_variants)
        with st.form("draft-ask", border=False, clear_on_submit=True):
            left, right = st.columns([4, 1], vertical_alignment="bottom")
            words = left.text_input(td("ask_change"), placeholder=td("ask_change_example"), key="ask-change")
            asked = right.form_submit_button(td("ask"), icon=":material/send:", key="ask-send", width="stretch")
        if asked and words.strip():
            _ask(words.strip())
            st.rerun()
        if not state.assistai().settings.model:
            st.caption(td("revise_embedded"))
        if said := cast("str | None", st.session_state.pop("draft-refused", None)):
            st.info(plain(said), icon=":material/info:")
        if found := cast("list[Draft]", st.session_state.get("draft-revision")):
            _render_proposal(saved.draft, found)
    if occasion := drafting.arrived():
        scroll_to("revising", 200_000 + occasion)


def _ask(instruction: str) -> None:
    if saved := drafting.current():
        drafts = state.assistai().drafts
        drafting.ask(lambda heard: (drafts.revise(saved.draft, instruction=instruction, heard=heard),), "revise_same")


def _ask_variants() -> None:
    if saved := drafting.current():
        drafts = state.assistai().drafts
        drafting.ask(lambda heard: drafts.variants(saved.draft, heard=heard), "variants_none")


def _render_proposal(draft: Draft, found: list[Draft]) -> None:
    """Render the differences between the draft and what is proposed, a box a change."""
    chosen = 0
    if len(found) > 1:
        chosen = (
            st.segmented_control(
                td("variant"),
                range(len(found)),
                format_func=lambda number: td(f"tone_{found[number].tone}"),
                default=0,
                required=True,
                key="variant",
            )
            or 0
        )
    other = found[chosen]
    different = changes(draft.body, other.body)
    st.markdown(f"**{td('differences', count=len(different))}**")
    taken = [change.id for change in different if _render_change(change.before, change.after, f"{chosen}-{change.id}")]
    if other.subject != draft.subject:
        st.caption(td("subject"))
        st.markdown(f"~~{plain(draft.subject)}~~ → **{plain(other.subject)}**")
    with st.container(horizontal=True, gap="small"):
        st.button(
            td("accept", count=len(taken)),
            type="primary",
            icon=":material/check:",
            key="accept",
            on_click=partial(_accept, draft, other, taken, whole=len(taken) == len(different)),
        )
        st.button(td("reject"), icon=":material/close:", key="reject", on_click=_reject)


def _render_change(before: str, after: str, key: str) -> bool:
    with st.container(border=True, gap="xsmall"):
        keep = st.checkbox(td("take_change"), value=True, key=f"take-{drafting.version()}-{key}")
        if before.strip():
            st.markdown(f":red[:material/remove:] ~~{plain(before)}~~")
        if after.strip():
            st.markdown(f":green[:material/add:] {plain(after)}")
    return keep


def _accept(draft: Draft, other: Draft, taken: list[str], *, whole: bool) -> None:
    if whole:
        drafting.change(other)
    else:
        drafting.rewrite(body=accepted(draft.body, changes(draft.body, other.body), taken))
    _reject()


def _reject() -> None:
    st.session_state.pop("draft-revision", None)
